"""Double entry of a number: the second reading closes the pair, nothing else does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack.tracking_dialog import TrackingDialog, open_tracking
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import NUMBERS, Day, lay_out
from tests.ui.scanner import Scanner


@pytest.fixture
def day(ws: Workspace) -> Day:
    return lay_out(ws)


@pytest.fixture
def dialog(day: Day, window: MainWindow, driver: Driver) -> Iterator[TrackingDialog]:
    made = open_tracking(window.desk, day.navy, window)
    assert made is not None
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    driver.settle()
    yield made
    made.reject()
    made.deleteLater()


def _number(ws: Workspace, key: str) -> str:
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    return shipment.parcels[0].tracking_no


def test_two_equal_scans_record_the_number(dialog: TrackingDialog, day: Day, ws: Workspace) -> None:
    scanner = Scanner()
    scanner.scan(dialog, NUMBERS[1])
    assert _number(ws, day.navy) == ""
    assert dialog.isVisible()
    scanner.scan(dialog, NUMBERS[1])
    assert _number(ws, day.navy) == NUMBERS[1]
    assert dialog.isVisible(), "it shows the match until the next reading"
    scanner.scan(dialog, "JP0000013")
    assert not dialog.isVisible()


def test_how_it_came_is_kept(dialog: TrackingDialog, day: Day, ws: Workspace) -> None:
    fingers = Scanner(gap=200)
    for _ in range(2):
        fingers.scan(dialog, NUMBERS[1])
    shipment = shipments.by_key(ws.store, day.navy)
    assert shipment is not None
    assert shipment.parcels[0].how == "typed"


def test_a_mismatch_stops_until_f4_and_starts_over(dialog: TrackingDialog, day: Day, ws: Workspace) -> None:
    scanner = Scanner()
    scanner.scan(dialog, NUMBERS[1])
    scanner.scan(dialog, NUMBERS[2])
    scanner.scan(dialog, NUMBERS[1])
    assert _number(ws, day.navy) == "", "an NG takes nothing until it is acknowledged"
    QTest.keyClick(dialog, Qt.Key.Key_F4)
    scanner.scan(dialog, NUMBERS[1])
    scanner.scan(dialog, NUMBERS[1])
    assert _number(ws, day.navy) == NUMBERS[1]


@pytest.mark.parametrize("code", ["208941962741", "600078420325", NUMBERS[0], "4901234567894"])
def test_a_number_that_cannot_be_right_is_refused_at_once(
    dialog: TrackingDialog, day: Day, ws: Workspace, code: str
) -> None:
    scanner = Scanner()
    scanner.scan(dialog, code)
    scanner.scan(dialog, code)
    assert _number(ws, day.navy) == ""
    assert dialog.isVisible()


def test_a_scanners_enter_neither_confirms_nor_closes(
    dialog: TrackingDialog, day: Day, ws: Workspace
) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Return):
        QTest.keyClick(dialog, key)
    assert dialog.isVisible()
    assert _number(ws, day.navy) == ""


def test_escape_leaves_without_recording(dialog: TrackingDialog, day: Day, ws: Workspace) -> None:
    Scanner().scan(dialog, NUMBERS[1])
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert _number(ws, day.navy) == ""


def test_the_first_typed_entry_is_hidden(dialog: TrackingDialog) -> None:
    Scanner(gap=200).scan(dialog, NUMBERS[1])
    assert dialog.rows[0]._reading.hidden


def test_a_service_without_numbers_is_done_with_one_key(
    day: Day, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    shipment = shipments.by_key(ws.store, day.navy)
    assert shipment is not None
    with ws.store.transaction():
        shipments.update(ws.store, shipment.row_id, {"carrier": "jppost", "service": "ordinary"})
        shipments.set_parcel(ws.store, day.navy, {"carrier": "jppost"})
    window.desk.tell_changed()
    driver.settle()
    made = open_tracking(window.desk, day.navy, window)
    assert made is not None
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    driver.settle()
    assert made.silent.isVisible()
    _picture(made, "tracking-untracked-before")
    QTest.keyClick(made, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    _picture(made, "tracking-untracked-done")
    found = shipments.by_key(ws.store, day.navy)
    assert found is not None
    assert is_untracked(found.parcels[0].tracking_no)
    assert found.facts.verified is not None
    assert not made.silent.isVisible()
    made.reject()
    made.deleteLater()


def test_it_is_not_offered_where_a_number_is_given(dialog: TrackingDialog, day: Day, ws: Workspace) -> None:
    assert not dialog.silent.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert _number(ws, day.navy) == ""


def _picture(widget: TrackingDialog, name: str) -> None:
    folder = os.environ.get("JPSHIP_TEST_PICTURES")
    if folder:
        widget.grab().save(str(Path(folder) / f"{name}.png"))
