"""The ways of working on the page: run mode with what is left, several pieces, a recheck, a slip once more."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products, shipments, shops
from jpship_gui.store.products import Product
from jpship_gui.texts import LANGUAGES, language, set_language, text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack.composing_modes import left_at_the_end
from jpship_gui.ui.pack.page import PackPage
from jpship_gui.ui.pack.screen import NextThing
from tests.builders import a_contact, a_line, an_order, stored
from tests.ui import synthetic
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import MUG, PLATE
from tests.ui.scanner import Scanner


def waybill(n: int) -> str:
    """A Yamato number with a good check digit."""
    body = f"10{n:09d}"
    return body + str(int(body) % 7)


@pytest.fixture
def keys(ws: Workspace) -> list[str]:
    """Five orders of one mug, a sixth of five plates; the carrier's file knows all numbers."""
    now = synthetic.NOW
    shops.add(ws.store, "検品店", "rakuten", {}, now)
    products.put(ws.store, [Product(MUG, "mug-300-bl"), Product(PLATE, "plate-21-wh")])
    mug, plates = a_line(quantity=1), a_line(sku="plate-21-wh", name="平皿", variant="21cm 白", quantity=5)
    orders = [
        an_order(
            9400 + n, "検品店", lines=(mug if n < 6 else plates,), recipient=a_contact(name=f"連続 {n}子")
        )
        for n in range(1, 7)
    ]
    made = stored(ws.store, *orders, ship_by=now + timedelta(hours=2))
    with ws.store.transaction():
        ids = [row_id for row_id, _ in made]
        shipments.mark(ws.store, ids, "printed", now, "佐藤")
        for n, (_, key) in enumerate(made, 1):
            shipments.set_parcel(ws.store, key, {"file_no": waybill(n)})
        shipments.restage(ws.store, ids)
    return [key for _, key in made]


@pytest.fixture
def pack(keys: list[str], window: MainWindow, driver: Driver) -> Iterator[PackPage]:
    window.open_page("pack")
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    yield page
    page.left()


def shot(pack: PackPage, name: str) -> None:
    """A picture of the page where a folder for them is named."""
    folder = os.environ.get("JPSHIP_SHOTS", "")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    before = language()
    for spoken in LANGUAGES:
        set_language(spoken)
        pack.retranslate()
        for wide, high in ((1920, 1080), (1280, 800)):
            pack.face.resize(wide, high)
            QTest.qWait(20)
            pack.face.grab().save(f"{folder}/{name}-{spoken}-{wide}.png")
    set_language(before)
    pack.retranslate()


def test_a_run_on_the_page(pack: PackPage, driver: Driver) -> None:
    scanner = Scanner()
    QTest.keyClick(pack, Qt.Key.Key_F11)
    driver.settle()
    screen = pack.face.screen_
    assert screen.mode == text("packmodes.run.left", count=5)
    assert screen.band.word == text("pack.word.ok_run")
    assert screen.band.then is not None
    assert screen.band.then.words == text("packmodes.run.next_goods")
    shot(pack, "run-begin")
    scanner.scan(pack, MUG)
    screen = pack.face.screen_
    assert screen.steps[0].word == text("packmodes.step.called")
    assert screen.band.then is not None
    assert screen.band.then.words == text("packmodes.run.next_waybill")
    shot(pack, "run-called")
    scanner.scan(pack, waybill(3))
    driver.settle()
    screen = pack.face.screen_
    assert screen.band.klass == "complete"
    assert screen.name == "連続", "the parcel that was closed is in sight"
    assert screen.number.endswith("9403")
    assert screen.mode == text("packmodes.run.left", count=4)
    shot(pack, "run-done")
    scanner.scan(pack, PLATE)
    assert pack.face.screen_.band.klass == "ng"
    shot(pack, "run-wrong-goods")
    QTest.keyClick(pack, Qt.Key.Key_F4)
    QTest.keyClick(pack, Qt.Key.Key_F11)
    driver.settle()
    assert pack.face.screen_.mode == ""


def test_several_pieces_by_key_and_by_code(pack: PackPage, keys: list[str], driver: Driver) -> None:
    scanner = Scanner()
    scanner.scan(pack, keys[5])
    QTest.keyClick(pack, Qt.Key.Key_F12)
    assert pack.face.sheet is not None
    assert [row.words for row in pack.face.sheet.rows][:3] == ["×2", "×3", "×4"]
    shot(pack, "pieces-asked")
    scanner.scan(pack, "JPCMDQTY4")
    driver.settle()
    assert pack.face.sheet is None
    assert pack.face.screen_.band.word == "×4"
    shot(pack, "pieces")
    scanner.scan(pack, PLATE)
    assert (pack.face.screen_.goods[0].have, pack.face.screen_.goods[0].need) == (4, 5)
    QTest.keyClick(pack, Qt.Key.Key_F12)
    QTest.keyClick(pack, Qt.Key.Key_1)
    driver.wait_for(lambda: pack.face.screen_.band.word == "×2")
    scanner.scan(pack, PLATE)
    assert pack.face.screen_.band.klass == "ng"


def test_a_recheck_counts_from_nothing(pack: PackPage, keys: list[str], driver: Driver) -> None:
    scanner = Scanner()
    for code in (keys[5], "JPCMDQTY5", PLATE, waybill(6), "JPCMDRECHECK"):
        scanner.scan(pack, code)
        driver.settle()
    assert pack.face.screen_.mode == text("pack.word.ok_recheck")
    scanner.scan(pack, keys[5])
    screen = pack.face.screen_
    assert (screen.goods[0].have, screen.goods[0].need) == (0, 5)
    assert [step.state for step in screen.steps[:3]] == ["done", "next", "open"]
    shot(pack, "recheck")
    for code in ("JPCMDQTY5", PLATE, waybill(6)):
        scanner.scan(pack, code)
    driver.settle()
    assert pack.face.screen_.band.klass == "complete"


def test_a_recheck_calls_wrong_goods_by_name(pack: PackPage, keys: list[str], driver: Driver) -> None:
    scanner = Scanner()
    for code in (keys[5], "JPCMDQTY5", PLATE, waybill(6), "JPCMDRECHECK", keys[5], MUG):
        scanner.scan(pack, code)
        driver.settle()
    band = pack.face.screen_.band
    assert band.klass == "ng"
    assert "マグカップ 300ml 青" in band.reason
    assert "mug-300-bl" not in band.reason
    shot(pack, "recheck-wrong-goods")


def test_a_printer_that_is_not_there_is_said_and_packing_goes_on(
    pack: PackPage, keys: list[str], window: MainWindow, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jpship_gui.ui.pack import reprinting

    monkeypatch.setattr(reprinting.print_queue, "available", lambda: False)  # Qt knows no printer here
    scanner = Scanner()
    scanner.scan(pack, keys[0])
    scanner.scan(pack, "JPCMDREPRINT")
    assert pack.face.screen_.band.klass == "ok"
    scanner.scan(pack, MUG)
    driver.settle()
    assert window.banner.isVisible()
    assert text("fault.printer_none") in window.banner.words()
    shot(pack, "reprint-failed")
    scanner.scan(pack, waybill(1))
    assert pack.face.screen_.band.klass == "complete"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_ends_in_words(pack: PackPage, driver: Driver, language: str) -> None:
    set_language(language)
    pack.retranslate()
    Scanner().scan(pack, "JPCMDFINISH")
    driver.settle()
    band = pack.face.screen_.band
    assert (band.klass, band.word) == ("ok", text("pack.word.ok_finish"))
    assert "12" in band.reason, "what is left to pack, as in the bar"
    shot(pack, f"finish-{language}")


def test_a_parcel_to_be_opened_again_is_said_until_its_slip_is_read(pack: PackPage, keys: list[str]) -> None:
    """After an NG in between the next slip still takes a packed parcel's number back: the page must not look as usual."""
    scanner = Scanner()
    for code in (keys[0], MUG, waybill(1), "JPCMDREOPEN2"):
        scanner.scan(pack, code)
    scanner.scan(pack, MUG)
    assert pack.face.screen_.band.klass == "ng"
    QTest.keyClick(pack, Qt.Key.Key_F4)
    shown = pack.face.screen_
    assert (shown.mode, shown.band.reason) == (text("pack.word.ok_reopen"), text("pack.ok_reopen.slip"))
    QTest.keyClick(pack, Qt.Key.Key_Minus, Qt.KeyboardModifier.KeypadModifier)
    assert pack.face.screen_.mode == "", "and it can be taken back"


def test_the_end_of_a_run_is_not_its_beginning(pack: PackPage, keys: list[str]) -> None:
    words = []
    for _ in range(2):
        Scanner().scan(pack, "JPCMDRUN")
        words.append(pack.face.screen_.band.word)
    assert words == [text("pack.word.ok_run"), text("pack.word.ok_run.end")]


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"unproven": "3", "held": "1", "late": "2"}, "unproven"),
        ({"unproven": "0", "held": "1", "late": "2"}, "held"),
        ({"unproven": "0", "held": "0", "late": "2"}, "late"),
        ({"unproven": "0", "held": "0", "late": "0", "left": "9"}, "done"),
    ],
)
def test_what_the_day_leaves_undone_stands_in_large_words(values: dict[str, str], key: str) -> None:
    count = values.get(key, "")
    assert left_at_the_end(values) == NextThing(text(f"packmodes.finish.{key}", count=count))
