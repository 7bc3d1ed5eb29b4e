"""Paper: what is printed is what is shown, the carrier's file goes out and its numbers come back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.paper import batches
from jpship_gui.flows.paper.hand_to_carrier import ExportResult
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.flows.paper.preview import page_count
from jpship_gui.flows.paper.print_queue import Job, JobState
from jpship_gui.flows.table.list_rows import Query, ids
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.rakuten.samples import rakuten_rows, write_csv
from jpship_gui.texts import text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.options.page import OptionsPage
from jpship_gui.ui.paper import qt_printing, results
from jpship_gui.ui.paper.contents import PICK_TOTAL, PageInfo
from jpship_gui.ui.paper.page import PaperPage
from jpship_gui.ui.paper.ruler_sheet import ruler_sheet
from jpship_gui.ui.widgets.plain_table import PlainTable
from tests.ui import synthetic
from tests.ui.driving import Driver

_SENDER = {
    "sender.name": "くらしの道具 ことり舎",
    "sender.postal_code": "605-0000",
    "sender.address": "京都府京都市東山区ことり町9-9",
    "sender.phone": "075-000-0000",
    "yamato.customer_code": "0300000000",
}


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A desk whose orders of the morning are taken in."""
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: synthetic.NOW)
    shops.add(opened, "rakuten", "楽天 本店", {"shop_number": "900001", **_SENDER})
    rows = rakuten_rows(10, shop="900001", day=date(2026, 11, 21))
    accept(opened, preview(opened, [write_csv(tmp_path / "orders.csv", rows)]))
    yield opened
    opened.close()


@pytest.fixture
def paper(window: MainWindow, driver: Driver) -> PaperPage:
    """The page in sight, its first pages there."""
    window.open_page("paper")
    driver.settle()
    page = window.page()
    assert isinstance(page, PaperPage)
    return page


def test_pages_are_turned_by_keys_and_by_click(driver: Driver, paper: PaperPage) -> None:
    assert paper.pane.page == 1
    driver.key(Qt.Key.Key_Down, on=paper.pane.thumbs)
    assert paper.pane.page == 2
    driver.key(Qt.Key.Key_End, on=paper.pane.thumbs)
    assert paper.pane.page == paper.pane.pages() > 5


def test_later_pages_are_made_when_a_person_comes_to_them(
    window: MainWindow, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jpship_gui.ui.paper.page._FIRST", 3)
    window.open_page("paper")
    driver.settle()
    page = window.page()
    assert isinstance(page, PaperPage)
    assert page.pane.pages() == 3
    driver.key(Qt.Key.Key_End, on=page.pane.thumbs)
    assert page.pane.page == 3
    assert page.pane.pages() > 5


def test_the_preview_shows_ink(driver: Driver, paper: PaperPage) -> None:
    driver.settle()
    image: QImage = paper.pane.view.grab().toImage()
    dark = sum(
        image.pixelColor(x, y).lightness() < 60
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )
    assert dark > 200


def test_papers_as_pdf_are_what_was_counted(
    driver: Driver, paper: PaperPage, ws: Workspace, tmp_path: Path
) -> None:
    waiting = len(ids(ws, Query(view="stage:print")))
    out = tmp_path / "out"
    out.mkdir()
    paper.print_to(out)
    driver.settle()
    slips, lists = sorted(out.glob("*.pdf"), key=lambda path: "ピッキング" in path.name)
    assert page_count(slips.read_bytes()) >= waiting > 0
    assert page_count(lists.read_bytes()) >= 1
    assert not ids(ws, Query(view="stage:print"))
    assert [card.number for card in paper.batches] == [0, 1]
    assert len(batches.batch(ws, 1).rows) == waiting


def test_without_ticks_nothing_can_be_printed(driver: Driver, paper: PaperPage) -> None:
    for row in paper.documents.rows.values():
        if row.tick.isVisible() and row.tick.isChecked():
            driver.click(row.tick)
    assert not paper.print.isEnabled()
    driver.click(paper.documents.rows[PICK_TOTAL].tick)
    assert paper.print.isEnabled()


def test_a_document_is_shown_when_its_row_is_clicked(driver: Driver, paper: PaperPage) -> None:
    row = paper.documents.rows[PICK_TOTAL]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().center() - row.rect().center() * 0.6)
    driver.settle()
    assert paper.pane.pages() < 5


def test_a_paper_nobody_here_needs_says_so_and_leads_to_where_shops_choose_it(
    window: MainWindow, driver: Driver, paper: PaperPage
) -> None:
    paper._choose_document("receipt")
    driver.settle()
    assert paper.pane._empty.title.text() == text("paperpage.unneeded")  # not that no order waits: ten do
    assert not paper.pane._empty.button.isVisible()
    paper._choose_document("checks")
    driver.settle()
    assert paper.pane._empty.title.text() == text("paperpage.unused")
    driver.click(paper.pane._empty.button)
    page = window.page()
    assert isinstance(page, OptionsPage)
    assert page.places["shops"].isChecked()


def test_a_papers_settings_are_those_of_its_printer(
    window: MainWindow, driver: Driver, paper: PaperPage
) -> None:
    paper.documents.settings_asked.emit("checks")
    driver.settle()
    page = window.page()
    assert isinstance(page, OptionsPage)
    form = page.printers.forms["desk"]
    assert 0 <= form.mapTo(page.stack, QPoint(0, 0)).y() < 60


def test_the_carriers_file_goes_out_and_its_numbers_come_back(
    driver: Driver, paper: PaperPage, ws: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "b2.csv"
    paper.carrier_acts.export_to("yamato", out)
    driver.settle()
    assert paper.right.telling
    rows = list(csv.reader(out.read_text("cp932").splitlines()))
    at = rows[0].index("お客様管理番号")
    lines = ["お客様管理番号,送り状種類,クール区分,伝票番号,出荷予定日"]
    for number, row in enumerate(rows[1:]):
        body = 40012345000 + number
        lines.append(f"{row[at]},0,,{body}{body % 7},2026/11/21")
    issued = tmp_path / "issued.csv"
    issued.write_bytes("\r\n".join(lines).encode("cp932"))
    assert paper.take_files([issued])
    driver.settle()
    taken = "SELECT COUNT(*) FROM parcels WHERE file_no <> ''"
    assert ws.store.value(taken) == 0
    driver.key(Qt.Key.Key_Return)
    assert ws.store.value(taken) == len(rows) - 1 > 0
    driver.key(Qt.Key.Key_Escape, on=paper)
    assert not paper.right.telling


def test_an_order_file_dropped_here_goes_to_intake(
    window: MainWindow, driver: Driver, paper: PaperPage, tmp_path: Path
) -> None:
    assert paper.take_files([tmp_path / "orders.csv"])
    driver.settle()
    assert window.current() == "intake"


def test_a_range_is_reprinted_as_it_was(
    driver: Driver, paper: PaperPage, ws: Workspace, tmp_path: Path
) -> None:
    from jpship_gui.ui.paper import printing

    out = tmp_path / "out"
    out.mkdir()
    paper.print_to(out)
    driver.settle()
    again = printing.print_range(ws, 1, 2, 3, None, tmp_path / "again.pdf")
    assert len(again.printed) == 2
    assert page_count((tmp_path / "again.pdf").read_bytes()) >= 2


def test_a_selection_is_left_by_esc(
    window: MainWindow, driver: Driver, paper: PaperPage, ws: Workspace
) -> None:
    all_keys = paper._found.outlook.keys if paper._found else ()
    window.open_page("paper", ("print_slips", list(all_keys[:2])))
    driver.settle()
    assert paper.batches[0]._count == 2
    driver.key(Qt.Key.Key_Escape, on=paper)
    assert paper.batches[0]._count == len(all_keys)


def test_qt_printing_keeps_pages_and_size(qapp: object, tmp_path: Path) -> None:
    chosen = Preset(dpi=150)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    qt_printing.draw(printer, ruler_sheet(chosen), chosen)
    assert page_count((tmp_path / "printed.pdf").read_bytes()) == 1


def test_what_no_printer_took_waits_again_and_is_saved_from_the_result(
    driver: Driver, paper: PaperPage, ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(pdf: bytes, title: str, chosen: Preset) -> Job:
        raise Refused("printer_none")

    out = tmp_path / "out"
    out.mkdir()
    for module in ("page", "print_acts"):
        monkeypatch.setattr(f"jpship_gui.ui.paper.{module}.sender", lambda: refuse)
    monkeypatch.setattr(paper.prints, "ask_folder", lambda: out)
    waiting = ids(ws, Query(view="stage:print"))
    paper.print_now()
    driver.settle()
    assert paper.right.telling
    told = paper.right.result._make
    assert told is not None
    assert told().figures == ()  # no "0 sheets, 0 left out"
    assert text("paperpage.choose_printer") in told().more
    lost = [row[2] for row in paper.record.slim._rows if row[2].sub == text("paperpage.sent.unsent")]
    assert lost
    assert {cell.ink for cell in lost} == {"ng"}
    assert ids(ws, Query(view="stage:print")) == waiting
    again = paper.right.result.buttons[1]
    driver.click(again)
    assert paper.right.telling
    driver.click(paper.right.result.buttons[0])
    assert not paper.right.telling
    assert len(list(out.glob("*.pdf"))) == 2
    assert not ids(ws, Query(view="stage:print"))


def test_a_result_names_orders_and_people_and_gives_the_whole_reason(qapp: object) -> None:
    why = Problem("glyph_missing", Severity.BLOCK, "recipient", {"order": "1", "characters": "𠮷" * 90})
    people = {"JP0000001": PageInfo("345678-20261121-0416812377", "高木 俊介")}
    done = ExportResult("yamato", "b2.csv", "", 0, (), {"JP0000001": (why,)}, {}, ())
    section = results.export_result(done, people, ()).sections[0]
    order, reason = section.rows[0]
    assert (order.words, order.sub) == ("0416812377", "高木 俊介")
    assert reason.words.count("𠮷") == 90
    table = PlainTable(section.columns, 48)
    table.show_rows(section.rows)
    heights = []
    for width in (2400, 500):
        table.resize(width, 200)
        table.grab()  # a widget that is not shown is told of its size only then
        heights.append(table.sizeHint().height())
    assert heights[0] < heights[1]


def test_papers_nobody_prints_are_folded_away_and_a_tick_is_remembered(
    window: MainWindow, driver: Driver, paper: PaperPage, ws: Workspace
) -> None:
    label = paper.documents.rows["label"]
    assert not label.isVisible()
    driver.click(paper.documents._fold)
    assert label.isVisible()
    driver.click(label.tick)
    driver.click(paper.documents._fold)
    assert label.isVisible()  # it is printed now, so it stays in sight
    assert ws.options.get("papers.ticked") == {"label": True}
    assert "label" in paper.documents.wanted()


def test_a_paper_that_declares_itself_is_shown_and_printed_in_the_order_of_the_slips(
    driver: Driver, paper: PaperPage, ws: Workspace, tmp_path: Path
) -> None:
    driver.click(paper.documents._fold)
    driver.click(paper.documents.rows["label"].tick)
    paper._choose_document("label")
    driver.settle()
    assert paper.pane.pages() > 5
    assert paper.pane.shown().startswith(b"%PDF")
    paper.print_to(tmp_path)
    driver.settle()
    slips = batches.batch(ws, 1)
    label = next(made for made in batches.recent(ws) if made.document == "label")
    assert label.pages == len(slips.rows)
    assert len(list(tmp_path.glob("*.pdf"))) == 3


def test_a_job_that_was_cancelled_is_told_and_its_slips_wait_again(
    driver: Driver, paper: PaperPage, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take(pdf: bytes, title: str, chosen: Preset) -> Job:
        return Job("laser-7", "laser", 1)

    states = iter([(JobState.PRINTING, ""), (JobState.CANCELLED, "")])
    last = (JobState.CANCELLED, "")
    monkeypatch.setattr("jpship_gui.ui.paper.page.sender", lambda: take)
    monkeypatch.setattr("jpship_gui.flows.paper.print_queue.available", lambda: True)
    monkeypatch.setattr("jpship_gui.flows.paper.print_queue.state_of", lambda job: next(states, last))
    waiting = ids(ws, Query(view="stage:print"))
    paper.print_now()
    driver.settle()
    assert not ids(ws, Query(view="stage:print"))
    paper.prints.follow()
    driver.settle()
    assert paper.right.telling
    assert sorted(ids(ws, Query(view="stage:print"))) == sorted(waiting)
    assert paper._found is not None
    assert any(made.lost for made in paper._found.record)
