"""What a paper asks for one print is asked under its row, seen in its pages, and printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.flows.paper.preview import page_sizes
from jpship_gui.flows.paper.print_queue import Job
from jpship_gui.flows.paper.stocks import measured
from jpship_gui.flows.progress import UNWATCHED
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.paper.page import PaperPage
from jpship_gui.ui.paper.printing import print_batch
from jpship_gui.ui.paper.sheet_place import SheetPlace
from jpship_gui.ui.widgets.inputs import Choice
from tests.documents.reading import page_texts
from tests.ui.driving import Driver
from tests.ui.paper.test_page import paper, ws

__all__ = ["paper", "ws"]


def _tick(driver: Driver, page: PaperPage, document: str) -> None:
    if not page.documents.rows[document].isVisible():
        driver.click(page.documents._fold)
    driver.click(page.documents.rows[document].tick)


def _only(driver: Driver, page: PaperPage, document: str) -> None:
    for name, row in page.documents.rows.items():
        if name != document and row.tick.isVisible() and row.tick.isChecked():
            driver.click(row.tick)


def _sheet(page: PaperPage) -> SheetPlace:
    field = page.documents.asks.fields["first"]
    assert isinstance(field, SheetPlace)
    return field


def test_a_click_and_the_arrows_choose_the_first_label_and_the_page_follows(
    driver: Driver, paper: PaperPage, ws: Workspace, tmp_path: Path
) -> None:
    asks = paper.documents.asks
    assert not asks.isVisible()
    _tick(driver, paper, "address")
    assert asks.isVisible()
    assert paper._document == "address"  # what was ticked is shown
    bottom = asks.mapTo(paper._scroll.viewport(), asks.rect().bottomLeft()).y()
    assert bottom < paper._scroll.viewport().height()  # and what it asks is in sight
    sheet, before = _sheet(paper), paper.pane.shown()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.box(4).center().toPoint())
    driver.settle()
    moved = paper.pane.shown()
    assert moved != before
    driver.key(Qt.Key.Key_Right, on=sheet)
    driver.key(Qt.Key.Key_Down, on=sheet)
    assert paper.pane.shown() not in (before, moved)
    columns = sheet._grid[0]
    assert sheet.value == 5 + columns
    assert str(5 + columns) in sheet.accessibleName()
    _only(driver, paper, "address")
    chosen = str(ws.options.get("label.sheet"))
    assert measured(ws, chosen).first == 1
    count = len(paper._found.wanted["address"]) if paper._found else 0
    paper.print_to(tmp_path)
    driver.settle()
    assert len(list(tmp_path.glob("*.pdf"))) == 1
    labels = columns * sheet._grid[1]
    assert measured(ws, chosen).first == (5 + columns - 1 + count) % labels + 1
    assert paper._answers.of("address") == {}  # the next print goes on from there


def test_keys_stay_on_the_sheet(driver: Driver, paper: PaperPage) -> None:
    _tick(driver, paper, "address")
    sheet = _sheet(paper)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Home):
        driver.key(key, on=sheet)
        assert sheet.value == 1
    driver.key(Qt.Key.Key_End, on=sheet)
    last = sheet.value
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        driver.key(key, on=sheet)
        assert sheet.value == last == sheet._grid[0] * sheet._grid[1]
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))  # the rim is no label
    assert sheet.value == last


def test_another_sheet_brings_its_own_grid(driver: Driver, paper: PaperPage) -> None:
    _tick(driver, paper, "address")
    choice = paper.documents.asks.fields["sheet"]
    assert isinstance(choice, Choice)
    driver.key(Qt.Key.Key_End, on=_sheet(paper))
    grid = _sheet(paper)._grid
    other = next(n for n in range(choice.count()) if choice.itemText(n).startswith("4 × 11"))
    choice.setCurrentIndex(other)
    driver.settle()
    assert (_sheet(paper)._grid, grid != (4, 11)) == ((4, 11), True)
    assert _sheet(paper).value == 1  # that sheet is not begun
    assert paper.documents.asks.fields["sheet"] is choice


def test_what_is_not_printed_asks_nothing(driver: Driver, paper: PaperPage) -> None:
    _tick(driver, paper, "address")
    assert paper.documents.asks.isVisible()
    driver.click(paper.documents.rows["address"].tick)
    assert not paper.documents.asks.isVisible()
    _tick(driver, paper, "noshi")  # nobody of these orders asks for one: it cannot be ticked
    assert not paper.documents.asks.isVisible()


def test_a_title_is_typed_once_and_stays_until_a_printer_took_it(
    window: MainWindow,
    driver: Driver,
    ws: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with ws.store.transaction():
        row = ws.store.value("SELECT MIN(id) FROM shipments WHERE stage = 'print'")
        shipments.update(ws.store, int(row), {"noshi": "のし希望"})  # no title we know
        ws.store.touch()
    window.open_page("paper")
    driver.settle()
    page = window.page()
    assert isinstance(page, PaperPage)
    _tick(driver, page, "noshi")
    assert page.pane.pages() == 0  # nothing to be seen before a title is there, but it is asked
    title = page.documents.asks.fields["title"]
    assert isinstance(title, QLineEdit)
    title.setText("寿")
    title.textEdited.emit("寿")  # as an input method does
    driver.settle()
    assert page.pane.pages() == 1
    assert "寿" in page_texts(page.pane.shown())[0]
    assert page.documents.asks.fields["title"] is title
    _only(driver, page, "noshi")

    def refuse(pdf: bytes, name: str, chosen: Preset) -> Job:
        raise Refused("printer_none")

    monkeypatch.setattr("jpship_gui.ui.paper.page.sender", lambda: refuse)
    page.print_now()
    driver.settle()
    assert page.right.telling
    assert page._answers.of("noshi") == {"title": "寿"}
    page.right.close_result()
    driver.settle()
    page.print_to(tmp_path)
    driver.settle()
    (made,) = tmp_path.glob("のし*.pdf")
    assert "寿" in page_texts(made.read_bytes())[0]
    assert page._answers.of("noshi") == {}


def test_what_is_typed_is_not_put_back_by_other_news(driver: Driver, paper: PaperPage, ws: Workspace) -> None:
    keys = [row[0] for row in ws.store.rows("SELECT id FROM shipments WHERE stage = 'print' LIMIT 1")]
    with ws.store.transaction():
        shipments.update(ws.store, int(keys[0]), {"noshi": "内祝 山田"})
        ws.store.touch()
    paper.refresh()
    driver.settle()
    _tick(driver, paper, "noshi")
    names = paper.documents.asks.fields["names"]
    assert isinstance(names, QLineEdit)
    names.setText("佐藤")
    names.textEdited.emit("佐藤")
    paper.documents.asks.flush()
    paper.documents._show_rows()  # as a tick does, before the pages are made
    assert names.text() == "佐藤"
    names.setText("佐藤 次郎")
    names.textEdited.emit("佐藤 次郎")
    paper._choose_document("slip")
    driver.settle()
    assert paper._answers.of("noshi") == {"names": "佐藤 次郎"}
    paper._choose_document("noshi")
    driver.settle()
    names = paper.documents.asks.fields["names"]
    assert isinstance(names, QLineEdit)
    assert names.text() == "佐藤 次郎"
    assert "次郎" in "".join(page_texts(paper.pane.shown())[0].split())


def test_a_sheet_that_is_gone_is_replaced_in_the_window(
    driver: Driver, paper: PaperPage, ws: Workspace
) -> None:
    ws.options.set("label.sheet", "gone")
    _tick(driver, paper, "address")
    assert paper.pane.pages() == 0
    choice = paper.documents.asks.fields["sheet"]
    assert isinstance(choice, Choice)
    choice.setCurrentIndex(choice.findData("28362"))
    driver.settle()
    assert paper.pane.pages() > 0
    assert _sheet(paper).value == 1


def test_words_typed_a_moment_before_printing_are_printed(
    driver: Driver, paper: PaperPage, ws: Workspace, tmp_path: Path
) -> None:
    _tick(driver, paper, "label")
    _only(driver, paper, "label")
    asks = paper.documents.asks
    asks._type("paper", "a6")
    paper.print_to(tmp_path)
    driver.settle()
    (made,) = tmp_path.glob("*.pdf")
    assert [round(side) for side in page_sizes(made.read_bytes())[0]] == [105, 148]


def test_a_consent_to_missing_characters_holds_for_every_paper(
    window: MainWindow, driver: Driver, ws: Workspace, tmp_path: Path
) -> None:
    key, row = ws.store.rows("SELECT key, id FROM shipments WHERE stage = 'print' LIMIT 1")[0]
    with ws.store.transaction():
        shipments.update(ws.store, int(row), {"name": "山田 \uf8ff"})
        ws.store.touch()
    window.open_page("paper", ("print_slips", [str(key)]))
    driver.settle()
    page = window.page()
    assert isinstance(page, PaperPage)
    _tick(driver, page, "label")
    _only(driver, page, "label")
    assert page._found is not None
    report = print_batch(ws, page._found, frozenset({"label"}), None, tmp_path, UNWATCHED, glyphs_seen=False)
    assert [problem.code for problem in report.refused[str(key)]] == ["glyph_missing"]
    assert not list(tmp_path.glob("*.pdf"))
    report = print_batch(ws, page._found, frozenset({"label"}), None, tmp_path, UNWATCHED, glyphs_seen=True)
    assert not report.refused
    assert len(list(tmp_path.glob("*.pdf"))) == 1
