"""A printed batch is chosen by its card: its papers are listed, shown and printed for exactly its shipments."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from jpship_gui.flows.check.hold import hold
from jpship_gui.flows.paper import batches, wanting
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.flows.paper.preview import page_count
from jpship_gui.flows.paper.print_queue import Job
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import prints
from jpship_gui.ui.paper.contents import PICK_TOTAL, SLIP
from jpship_gui.ui.paper.page import PaperPage
from tests.ui.driving import Driver
from tests.ui.paper.test_page import paper, ws

__all__ = ["paper", "ws"]


def _printed(driver: Driver, page: PaperPage, folder: Path) -> None:
    for row in page.documents.rows.values():  # slips alone
        if row.document != SLIP and row.tick.isChecked():
            row.tick.setChecked(False)
    page.print_to(folder)
    driver.settle()


def test_labels_of_a_printed_batch_come_in_the_order_of_its_slips(
    driver: Driver, paper: PaperPage, ws: Workspace, tmp_path: Path
) -> None:
    _printed(driver, paper, tmp_path)
    driver.key(Qt.Key.Key_Space, on=paper.batches[1])
    every = wanting.of_batch(ws, 1)
    slips = paper.documents.rows[SLIP]
    assert not slips.tick.isEnabled()
    assert paper.pane.pages() == batches.batch(ws, 1).pages
    driver.click(paper.documents._fold)
    driver.click(paper.documents.rows["label"].tick)
    paper._choose_document("label")
    driver.settle()
    assert paper._batch == 1
    assert paper._amounts["label"].count == paper.pane.pages() == len(every)
    paper.print_to(tmp_path)
    driver.settle()
    made = batches.recent(ws)[0]
    assert (made.document, made.batch) == ("label", 1)
    assert [page.key for page in prints.pages_of(ws.store, made.row_id)] == list(every)
    assert paper._batch == 1  # still the batch that was looked at
    assert [one.document for one in batches.recent(ws)].count(SLIP) == 1


def test_what_was_stopped_meanwhile_is_left_out_and_named(
    driver: Driver, paper: PaperPage, ws: Workspace, tmp_path: Path
) -> None:
    _printed(driver, paper, tmp_path)
    every = wanting.of_batch(ws, 1)
    hold(ws, [every[1]], "電話待ち")
    driver.key(Qt.Key.Key_Space, on=paper.batches[1])
    driver.click(paper.documents.rows[PICK_TOTAL].tick)
    paper.print_to(tmp_path)
    driver.settle()
    assert paper.right.telling
    made = batches.recent(ws)[0]
    keys = [page.key for page in prints.pages_of(ws.store, made.row_id)]
    assert (made.document, keys) == (PICK_TOTAL, [key for key in every if key != every[1]])
    assert paper.right.result._make is not None
    reasons = [row for section in paper.right.result._make().sections for row in section.rows]
    assert len(reasons) == 1


def test_pages_of_any_paper_are_printed_again_from_the_record(
    driver: Driver, paper: PaperPage, ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take(pdf: bytes, title: str, chosen: Preset) -> Job:
        sent.append(page_count(pdf))
        return Job("laser-7", "laser", 1)

    sent: list[int] = []
    monkeypatch.setattr("jpship_gui.ui.paper.print_acts.sender", lambda: take)
    driver.click(paper.documents._fold)
    driver.click(paper.documents.rows["label"].tick)
    paper.print_to(tmp_path)
    driver.settle()
    label = next(made for made in batches.recent(ws) if made.document == "label")
    which = paper.record.which
    assert which.currentIndex() == 0  # the slips of the batch
    at = paper.record._choices.index(label.row_id)
    which.setCurrentIndex(at)
    assert paper.record.last.text() == str(label.pages)
    paper.record.first.setText("3")
    paper.record.last.setText("5")
    driver.click(paper.record.reprint)
    driver.settle()
    assert sent == [3]
    again = batches.recent(ws)[0]
    assert (again.document, again.pages, again.first_row, again.last_row) == ("label", 3, 3, 5)
    assert paper.right.telling  # a second label for a parcel is warned of
    paper.right.close_result()
    driver.settle()
    assert "ページ 3–5" in paper.record._cells(paper.record._record[0])[2].words
    assert which.currentIndex() >= 0
    assert paper.record._chosen() == label.row_id
