"""Photos and files in the order's detail: seen as thumbnails, added, opened, written out, taken off (PK-17)."""

from __future__ import annotations

from pathlib import Path

import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from jpship_gui.flows.pack import evidence
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.texts import text
from jpship_gui.ui.check.evidence_strip import EvidenceStrip
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.table.page import OrdersPage
from tests.ui.driving import Driver


@pytest.fixture
def key(ws: Workspace, page: OrdersPage, driver: Driver) -> str:
    """The order whose papers are shown."""
    driver.click_cell(page.view, 1, 5)
    driver.settle()
    shown = page.detail.shown()
    assert shown is not None
    return shown.shipment.key


def strip(page: OrdersPage, driver: Driver) -> EvidenceStrip:
    """As the tab of the papers shows it."""
    page.detail.tabs.choose("documents")
    page.detail._choose_tab("documents")
    driver.settle()
    return newest(page)


def newest(page: OrdersPage) -> EvidenceStrip:
    """The one in sight: an order read anew has a new one."""
    return page.detail.findChildren(EvidenceStrip)[-1]


def with_thumbs(count: int, page: OrdersPage, driver: Driver) -> EvidenceStrip:
    """Once so many are shown."""
    driver.wait_for(lambda: len(newest(page).thumbs) == count)
    return newest(page)


def a_photo(folder: Path, shade: int, name: str = "a.jpg") -> Path:
    """A real picture."""
    path = folder / name
    Image.new("RGB", (800, 600), (shade, 80, 80)).save(path)
    return path


def test_nothing_attached_says_so(page: OrdersPage, key: str, driver: Driver) -> None:
    shown = strip(page, driver)
    assert shown.none.isVisibleTo(page)
    assert not shown.export_button.isVisibleTo(page)


def test_thumbnails_show_and_open_the_file(
    page: OrdersPage, key: str, ws: Workspace, driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = evidence.attach(ws, key, a_photo(tmp_path, 200))
    shown = strip(page, driver)
    (thumb,) = shown.thumbs
    colour = thumb.grab().toImage().pixelColor(60, 45)
    assert abs(colour.red() - 200) < 12, "the picture itself"
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    thumb.click()
    assert [Path(url.toLocalFile()) for url in opened] == [evidence.path_of(ws, found)]


def test_added_written_out_and_taken_off(
    page: OrdersPage, key: str, ws: Workspace, driver: Driver, tmp_path: Path
) -> None:
    strip(page, driver).add([a_photo(tmp_path, 10), a_photo(tmp_path, 20, "b.png")])
    with_thumbs(2, page, driver).export(tmp_path / "out")
    driver.settle()
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".jpg", ".png"]
    shown = with_thumbs(2, page, driver)
    shown.take_off(shown.thumbs[0].found)
    with_thumbs(1, page, driver)
    assert len(list(ws.places.evidence.iterdir())) == 1


def test_an_order_read_anew_meanwhile_disturbs_nothing(
    page: OrdersPage, key: str, ws: Workspace, window: MainWindow, driver: Driver, tmp_path: Path
) -> None:
    said: list[str] = []
    window.desk.said.connect(lambda words, undo: said.append(words))
    old = strip(page, driver)
    old.add([a_photo(tmp_path, 10)])
    page.detail.reload()
    shiboken6.delete(old)  # as the new one does it, only surely before the answer
    driver.wait_for(lambda: text("evidence.added") in said)
    with_thumbs(1, page, driver)


def test_a_file_of_another_computer_is_shown_as_absent(
    page: OrdersPage, key: str, ws: Workspace, driver: Driver, tmp_path: Path
) -> None:
    found = evidence.attach(ws, key, a_photo(tmp_path, 10))
    evidence.path_of(ws, found).unlink()
    (thumb,) = strip(page, driver).thumbs
    assert not thumb.here
    assert "この机にはありません" in thumb.toolTip()


def test_a_picture_that_is_damaged_is_shown_as_a_file(
    page: OrdersPage, key: str, ws: Workspace, driver: Driver, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture at all")
    evidence.attach(ws, key, broken)
    (thumb,) = strip(page, driver).thumbs
    assert thumb.here
    assert not thumb.grab().isNull()


def test_the_history_says_it_in_words(
    page: OrdersPage, key: str, ws: Workspace, driver: Driver, tmp_path: Path
) -> None:
    evidence.attach(ws, key, a_photo(tmp_path, 10))
    page.detail.reload()
    driver.settle()
    from jpship_gui.ui.check.tabs import history

    shown = page.detail.shown()
    assert shown is not None
    assert any("写真・ファイルを付けました（ファイル）" in line.value for line in history(shown))
    assert shipments.by_key(ws.store, key) is not None
