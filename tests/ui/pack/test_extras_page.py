"""Checklist, keyboard scale and photos on the packing page: real keystrokes, a real camera command, real drops."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from jpship_gui.flows.pack import checklist, evidence
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products, shops
from jpship_gui.store.products import Product
from jpship_gui.texts import text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack.page import PackPage
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import MUG, NAVY, NUMBERS, Day, lay_out
from tests.ui.scanner import Scanner

SCALE = {"pack.weight": "stop", "weight.packaging": "100", "weight.tolerance_g": "20"}


@pytest.fixture
def day(ws: Workspace) -> Day:
    made = lay_out(ws)
    products.put(ws.store, [Product(MUG, "mug-300-bl", grams=312), Product(NAVY, "mug-300-nv", grams=312)])
    return made


@pytest.fixture
def pack(day: Day, window: MainWindow, driver: Driver) -> Iterator[PackPage]:
    window.open_page("pack")
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    yield page
    page.left()


def set_shop(ws: Workspace, **settings: str) -> None:
    """Settings of the packing shop."""
    shops.set_settings(ws.store, "検品店", {"pack.proof": "double", **settings})


def band(pack: PackPage) -> tuple[str, str]:
    """Class and word of the outcome band."""
    return pack.face.screen_.band.klass, pack.face.screen_.band.word


def steps(pack: PackPage) -> dict[str, tuple[str, str]]:
    """The stations of the way: state and note."""
    return {step.word: (step.state, step.note) for step in pack.face.screen_.steps}


def a_camera(ws: Workspace, folder: Path, body: str) -> None:
    """A program that is this desk's camera."""
    script = folder / "camera.py"
    script.write_text(f"import sys, time\nfrom PIL import Image\n{body}\n", encoding="utf-8")
    ws.options.set("camera.command", f'"{sys.executable}" "{script}" %f')


SHOOTS = 'Image.new("RGB", (64, 48), (200, 10, 10)).save(sys.argv[1], "JPEG")'


def test_items_are_stations_of_the_way_ticked_by_key_or_code(pack: PackPage, day: Day, ws: Workspace) -> None:
    checklist.save(ws, "[割れ物] sku:mug-*\n4 四隅に緩衝材\n7 テープは十字に\n9 チラシ | 任意")
    scanner = Scanner()
    for code in (day.blue, MUG):
        scanner.scan(pack, code)
    assert [task.word for task in pack.face.screen_.tasks] == ["四隅に緩衝材", "テープは十字に"]
    scanner.scan(pack, NUMBERS[1])
    assert band(pack) == ("attention", "先に「四隅に緩衝材」")
    scanner.scan(pack, "JPTICK7")
    assert steps(pack)["テープは十字に"] == ("done", "済")
    QTest.keyClick(pack, Qt.Key.Key_Asterisk, Qt.KeyboardModifier.KeypadModifier)
    assert steps(pack)["四隅に緩衝材"][0] == "done"
    assert steps(pack)["チラシ"] == ("open", "任意")
    QTest.keyClick(pack, Qt.Key.Key_Asterisk, Qt.KeyboardModifier.KeypadModifier)
    assert steps(pack)["チラシ"][0] == "done"
    scanner.scan(pack, NUMBERS[1])
    assert band(pack)[0] == "ok"


def test_many_items_are_told_as_numbers_but_for_the_next(pack: PackPage, day: Day, ws: Workspace) -> None:
    checklist.save(ws, "\n".join(f"{n} item {n}{' | 任意' if n > 7 else ''}" for n in range(1, 11)))
    scanner = Scanner()
    for code in (day.blue, MUG, "JPTICK1", "JPTICK3", "JPTICK9"):
        scanner.scan(pack, code)
    shown = steps(pack)
    assert shown["作業"] == ("open", "2 / 7")
    assert shown["Item 2"][0] == "attention"
    assert shown["任意の作業"] == ("open", "1 / 3")
    assert not {"Item 1", "Item 4", "Item 8"} & shown.keys()
    for n in (2, 4, 5, 6, 7):
        scanner.scan(pack, f"JPTICK{n}")
    assert steps(pack)["作業"] == ("done", "7 / 7")


def test_a_scale_that_types_like_a_keyboard(pack: PackPage, day: Day, ws: Workspace) -> None:
    set_shop(ws, **SCALE)
    scanner = Scanner()
    scanner.scan(pack, "  0.500kg")
    assert band(pack)[0] == "attention"
    for code in (day.blue, MUG):
        scanner.scan(pack, code)
    assert steps(pack)["重さ"] == ("next", "412 g")
    scanner.scan(pack, "ST,GS,+  0.100kg")
    assert band(pack) == ("ng", "重さちがい")
    assert "マグカップ 300ml 青 1個分" in pack.face.screen_.band.reason
    QTest.keyClick(pack, Qt.Key.Key_F4)
    scanner.scan(pack, "  0.415kg")
    assert band(pack) == ("ok", "重さOK")
    assert steps(pack)["重さ"][0] == "done"
    scanner.scan(pack, NUMBERS[1])
    assert band(pack)[0] == "ok"
    assert pack.snapshot().state.idle


def test_after_the_waybill_the_scale_closes_the_parcel(pack: PackPage, day: Day, ws: Workspace) -> None:
    set_shop(ws, **SCALE, **{"pack.weigh_when": "after"})
    scanner = Scanner()
    for code in (day.blue, MUG, NUMBERS[1]):
        scanner.scan(pack, code)
    assert pack.snapshot().expects.value == "weight"
    scanner.scan(pack, "412g")
    assert band(pack)[0] == "ok"
    assert pack.snapshot().state.idle


def test_a_required_photo_is_taken_by_the_camera_without_a_key(
    pack: PackPage, day: Day, ws: Workspace, driver: Driver, tmp_path: Path
) -> None:
    set_shop(ws, **{"pack.evidence": "required"})
    a_camera(ws, tmp_path, SHOOTS)
    scanner = Scanner()
    for code in (day.blue, MUG):
        scanner.scan(pack, code)
    driver.wait_for(lambda: band(pack) == ("ok", "写真OK"))
    assert pack.snapshot().expects.value == "waybill"
    scanner.scan(pack, NUMBERS[1])
    assert band(pack)[0] == "ok"
    driver.wait_for(lambda: len(evidence.listed(ws, day.blue)) == 1)  # the second shows the same picture
    assert evidence.listed(ws, day.blue)[0].kind == "photo"


def test_scans_never_wait_for_the_camera(
    pack: PackPage, day: Day, ws: Workspace, driver: Driver, tmp_path: Path
) -> None:
    """The camera hangs until the test lets go; meanwhile every scan is answered."""
    gate = tmp_path / "go"
    set_shop(ws, **{"pack.evidence": "ask"})
    a_camera(ws, tmp_path, f"import os\nwhile not os.path.exists({str(gate)!r}): time.sleep(0.02)\n{SHOOTS}")
    scanner = Scanner()
    for code in (day.blue, MUG, NUMBERS[1], day.navy, NAVY, NUMBERS[2]):
        scanner.scan(pack, code)
        assert band(pack)[0] == "ok", code
    assert evidence.listed(ws, day.blue) == ()
    gate.touch()
    driver.wait_for(lambda: bool(evidence.listed(ws, day.blue)) and bool(evidence.listed(ws, day.navy)))
    assert band(pack)[0] == "ok", "a photo that only may be taken covers nothing"


def test_a_camera_that_fails_is_told_and_the_parcel_waits(
    pack: PackPage, day: Day, ws: Workspace, driver: Driver, tmp_path: Path
) -> None:
    set_shop(ws, **{"pack.evidence": "required"})
    a_camera(ws, tmp_path, "raise SystemExit(1)")
    scanner = Scanner()
    for code in (day.blue, MUG):
        scanner.scan(pack, code)
    driver.wait_for(lambda: band(pack) == ("attention", "写真待ち"))
    assert pack.snapshot().expects.value == "photo"
    a_camera(ws, tmp_path, SHOOTS)
    QTest.keyClick(pack, Qt.Key.Key_Insert)
    driver.wait_for(lambda: band(pack) == ("ok", "写真OK"))


def test_a_photo_that_comes_during_an_ng_covers_nothing(
    pack: PackPage, day: Day, ws: Workspace, driver: Driver, tmp_path: Path
) -> None:
    set_shop(ws, **{"pack.evidence": "required"})
    scanner = Scanner()
    for code in (day.blue, MUG, NAVY):
        scanner.scan(pack, code)
    assert band(pack)[0] == "ng"
    drop(pack, a_photo(tmp_path))
    driver.wait_for(lambda: bool(evidence.listed(ws, day.blue)))
    driver.settle()
    assert band(pack)[0] == "ng"


def test_a_picture_let_go_over_the_page_is_the_parcels(
    pack: PackPage, day: Day, ws: Workspace, driver: Driver, tmp_path: Path
) -> None:
    set_shop(ws, **{"pack.evidence": "required"})
    scanner = Scanner()
    for code in (day.blue, MUG, NUMBERS[1]):
        scanner.scan(pack, code)
    assert band(pack) == ("attention", "写真待ち")
    assert drop(pack, a_photo(tmp_path))
    driver.wait_for(lambda: band(pack) == ("ok", "写真OK"))
    scanner.scan(pack, NUMBERS[1])
    assert band(pack)[0] == "ok"


def test_an_order_file_let_go_over_the_page_is_no_photo(pack: PackPage, day: Day, tmp_path: Path) -> None:
    Scanner().scan(pack, day.blue)
    orders = tmp_path / "orders.csv"
    orders.write_text("a,b")
    assert not drop(pack, orders)


def a_photo(folder: Path) -> Path:
    """A real PNG."""
    path = folder / "photo.png"
    Image.new("RGB", (30, 30), (9, 9, 9)).save(path)
    return path


def drop(pack: PackPage, path: Path) -> bool:
    """Drag a file over the page and let it go; whether the page takes it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    act, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPointF(50, 50).toPoint(), act, data, left, plain)
    over.ignore()
    pack.dragEnterEvent(over)  # sent, it would go on to the window, which takes any file
    if not over.isAccepted():
        return False
    pack.dropEvent(QDropEvent(QPointF(50, 50), act, data, left, plain))
    return True


def test_without_a_camera_the_key_asks_for_a_file(
    pack: PackPage, day: Day, ws: Workspace, driver: Driver, tmp_path: Path
) -> None:
    """The page fills the screen, nothing can be dragged into it. Scans go on; the file is that parcel's."""
    set_shop(ws, **{"pack.evidence": "required"})
    scanner = Scanner()
    for code in (day.blue, MUG, "JPCMDPHOTO"):
        scanner.scan(pack, code)
    driver.wait_for(lambda: band(pack) == ("attention", "写真待ち"))
    assert not pack.window().findChildren(QFileDialog), "a scan opens nothing"
    QTest.keyClick(pack, Qt.Key.Key_Insert)
    driver.settle()
    (dialog,) = pack.window().findChildren(QFileDialog)
    assert dialog.isVisible()
    scanner.scan(dialog, "JPCMDNEXT")
    assert (dialog.isVisible(), pack.snapshot().state.shipment) == (True, "")
    dialog.filesSelected.emit([str(a_photo(tmp_path))])
    driver.wait_for(lambda: bool(evidence.listed(ws, day.blue)))
    dialog.reject()
    driver.settle()
    scanner.scan(pack, day.blue)
    assert pack.snapshot().expects.value in ("item", "waybill")


def test_going_on_without_a_photo_is_not_called_a_photo(pack: PackPage, day: Day, ws: Workspace) -> None:
    set_shop(ws, **{"pack.evidence": "required"})
    scanner = Scanner()
    for code in (day.blue, MUG, "JPCMDSKIP2"):
        scanner.scan(pack, code)
    assert band(pack) == ("ok", text("pack.word.ok_photo.waived"))
