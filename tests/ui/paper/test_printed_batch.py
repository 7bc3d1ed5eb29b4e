"""A printed batch is chosen by its card: its papers are listed, shown and printed for exactly its shipments."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from jpship_gui.flows.check.hold import hold
from jpship_gui.flows.paper import batches, wanting
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
