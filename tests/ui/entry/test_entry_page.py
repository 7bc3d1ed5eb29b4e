"""Tracking numbers away from the station: a scanner's keys in a row, a pasted list, second entries."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest

from jpship_gui.domain.badge import badge_of
from jpship_gui.flows import people
from jpship_gui.flows.pack.entry_row import Asks
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments, shops
from jpship_gui.ui.entry.list_view import ASK, DONE, LOOK, PASTE
from jpship_gui.ui.entry.page import EntryPage
from jpship_gui.ui.main_window import MainWindow
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import NUMBERS, Day, lay_out
from tests.ui.scanner import Scanner

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Space)


@pytest.fixture
def day(ws: Workspace) -> Day:
    return lay_out(ws)


@pytest.fixture
def page(day: Day, window: MainWindow, driver: Driver) -> Iterator[EntryPage]:
    window.open_page("entry")
    shown = window.page()
    assert isinstance(shown, EntryPage)
    driver.settle()
    yield shown
    shown.row.release()


def _parcel(ws: Workspace, key: str) -> tuple[str, str, bool]:
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    return shipment.parcels[0].tracking_no, shipment.parcels[0].how, shipment.parcels[0].proven


def _other(place: int) -> str:
    return str((40012345700 + place) * 10 + (40012345700 + place) % 7)


def _picture(page: EntryPage, name: str) -> None:
    folder = os.environ.get("JPSHIP_TEST_PICTURES")
    if folder:
        page.window().grab().save(str(Path(folder) / f"{name}.png"))


def test_slip_number_number_next(page: EntryPage, day: Day, ws: Workspace) -> None:
    scanner = Scanner()
    for key, number in ((day.navy, NUMBERS[1]), (day.blue, NUMBERS[2])):
        for code in (key, number, number):
            scanner.scan(page.row, code)
        assert _parcel(ws, key) == (number, "scanned", True)
    _picture(page, "entry-row-two")
    assert page.row.row.counts["proven"] == 2


def test_a_scanner_s_enter_neither_confirms_nor_acknowledges(
    page: EntryPage, day: Day, ws: Workspace, window: MainWindow
) -> None:
    scanner = Scanner()
    scanner.scan(page.row, day.navy)
    scanner.scan(page.row, NUMBERS[1])
    for key in ENTERS:
        QTest.keyClick(page.row, key)
    assert _parcel(ws, day.navy)[0] == ""
    scanner.scan(page.row, NUMBERS[2])
    assert page.row.row.asks is Asks.ACK
    _picture(page, "entry-row-ng")
    for key in ENTERS:
        QTest.keyClick(page.row, key)
    scanner.scan(page.row, NUMBERS[1], end=Qt.Key.Key_Tab)
    assert page.row.row.asks is Asks.ACK, "only F4 or its bar code goes on"
    assert window.current() == "entry"
    QTest.keyClick(page.row, Qt.Key.Key_F4)
    scanner.scan(page.row, NUMBERS[1])
    scanner.scan(page.row, NUMBERS[1])
    assert _parcel(ws, day.navy)[0] == NUMBERS[1]


def test_the_order_typed_by_hand_is_hidden_and_marked(page: EntryPage, day: Day, ws: Workspace) -> None:
    fingers = Scanner(gap=200)
    fingers.scan(page.row, "0000009002")
    assert page.row.row.shipment is not None
    assert page.row.row.shipment.key == day.navy
    fingers.scan(page.row, NUMBERS[1])
    assert page.row.numbers[0]._reading.hidden
    fingers.scan(page.row, NUMBERS[1])
    assert _parcel(ws, day.navy) == (NUMBERS[1], "typed", True)


def test_the_last_pair_is_taken_back_by_its_key(page: EntryPage, day: Day, ws: Workspace) -> None:
    scanner = Scanner()
    for code in (day.navy, NUMBERS[1], NUMBERS[1]):
        scanner.scan(page.row, code)
    QTest.keyClick(page.row, Qt.Key.Key_Minus, Qt.KeyboardModifier.KeypadModifier)
    assert _parcel(ws, day.navy)[0] == ""
    assert page.row.row.recent[0].state == "undone"


def test_ticked_orders_are_given_one_after_the_other(
    page: EntryPage, day: Day, ws: Workspace, window: MainWindow, driver: Driver
) -> None:
    window.open_page("entry", [day.blue, day.navy])
    driver.settle()
    assert page.row.row.shipment is not None
    assert page.row.row.shipment.key == day.blue
    _picture(page, "entry-row-given")
    scanner = Scanner()
    for code in (NUMBERS[2], NUMBERS[2], NUMBERS[1], NUMBERS[1]):
        scanner.scan(page.row, code)
    assert (_parcel(ws, day.blue)[0], _parcel(ws, day.navy)[0]) == (NUMBERS[2], NUMBERS[1])
    assert page.row.row.asks is Asks.END


def test_the_scanner_is_another_s_once_the_page_is_left(
    page: EntryPage, day: Day, ws: Workspace, window: MainWindow, driver: Driver
) -> None:
    window.open_page("all")
    driver.settle()
    Scanner().scan(window, day.navy)
    assert page.row.row.shipment is None


def test_a_pasted_list_is_stored_only_after_the_second_confirmation(
    page: EntryPage, day: Day, ws: Workspace, driver: Driver
) -> None:
    page.show_tab("list")
    page.list.take_text(f"受注番号\t送り状番号\n{day.navy}\t{NUMBERS[1]}\n{day.blue}\t4.0E+11\n")
    _picture(page, "entry-list-paste")
    page.list.go_on()
    driver.wait_for(lambda: page.list.step == LOOK)
    _picture(page, "entry-list-look")
    assert [line.code for line in page.list.checked.lines] == ["good", "number_damaged"]
    for key in ENTERS[:2]:
        QTest.keyClick(page.list.table, key)
    Scanner().scan(page.list.table, NUMBERS[2])
    assert page.list.step == LOOK
    page.list.go_on()
    assert page.list.step == ASK
    assert "1" in page.list.word.text()
    _picture(page, "entry-list-ask")
    for key in ENTERS[:2]:
        QTest.keyClick(page.list.table, key)
    Scanner().scan(page.list.table, NUMBERS[2])
    driver.settle()
    assert (page.list.step, _parcel(ws, day.navy)[0]) == (ASK, "")
    assert page.list.next_button.focusPolicy() == Qt.FocusPolicy.NoFocus
    page.list.next_button.click()
    driver.wait_for(lambda: page.list.step == DONE)
    _picture(page, "entry-list-done")
    assert _parcel(ws, day.navy) == (NUMBERS[1], "pasted", False)
    assert _parcel(ws, day.blue)[0] == ""


def test_what_was_not_taken_is_copied_and_saved(
    page: EntryPage, day: Day, driver: Driver, tmp_path: Path
) -> None:
    page.list.take_text(f"{day.navy}\t{NUMBERS[1]}\n{day.blue}\t4.0E+11\n")
    page.list.go_on()
    driver.wait_for(lambda: page.list.step == LOOK)
    page.list.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "4.0E+11" in copied
    assert NUMBERS[1] not in copied
    page.list.save_to(tmp_path / "left.tsv")
    assert (tmp_path / "left.tsv").read_text(encoding="utf-8-sig") == copied


def test_lists_are_dropped_as_text_and_as_file(
    page: EntryPage, day: Day, driver: Driver, tmp_path: Path, window: MainWindow
) -> None:
    data = QMimeData()
    data.setText(f"{day.navy}\t{NUMBERS[1]}")
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, modifiers))
    assert (page.tabs.current(), page.list.step) == ("list", PASTE)
    assert NUMBERS[1] in page.list.field.toPlainText()
    listed = tmp_path / "list.csv"
    listed.write_bytes(f"{day.blue},{NUMBERS[2]}\r\n".encode("cp932"))
    assert page.take_files([listed])
    driver.wait_for(lambda: page.list.step == LOOK)
    assert [line.number for line in page.list.checked.good] == [NUMBERS[2]]


def test_thousands_of_lines_are_judged_beside_the_window(page: EntryPage, day: Day, driver: Driver) -> None:
    page.show_tab("list")
    page.list.take_text("\n".join(f"X-{n:05d}\t{_other(n)}" for n in range(3000)))
    page.list.go_on()
    driver.wait_for(lambda: page.list.step == LOOK)
    assert page.list.table.lines.rowCount() == 3000
    assert not page.list.next_button.isEnabled()


def test_second_entries_by_another_person(page: EntryPage, day: Day, ws: Workspace, driver: Driver) -> None:
    shops.set_settings(ws.store, "検品店", {"track.second": "other"})
    track(ws.as_person("田中"), day.navy, NUMBERS[1], "")
    track(ws, day.blue, NUMBERS[2], "")
    page.show_tab("second")
    driver.wait_for(lambda: len(page.second.found) == 2)
    _picture(page, "entry-second")
    assert [one.why for one in page.second.found] == ["", "person"]
    seen = " ".join(cell.words + cell.sub for row in page.second.table._rows for cell in row)
    assert NUMBERS[1] not in seen.replace("-", "")
    page.second.begin()
    assert page.row.row.total == 1
    assert [one._reading.state for one in page.row.numbers] == ["taken", "next"]
    assert page.row.numbers[0]._reading.hidden
    assert NUMBERS[1] not in page.row.numbers[0]._reading.number
    fingers = Scanner(gap=200)
    fingers.scan(page.row, NUMBERS[2])
    assert page.row.row.asks is Asks.ACK, "a number that waits elsewhere or differs is no second entry"
    driver.settle()
    _picture(page, "entry-second-ng")


def test_entries_carry_the_name_of_whoever_stands_here_now(
    page: EntryPage, day: Day, window: MainWindow, ws: Workspace, driver: Driver
) -> None:
    """A badge read at the packing page or here: who types the second time must be told from who typed first."""
    for name in ("佐藤", "鈴木", "田中"):
        people.add(ws.as_person("佐藤"), name)
    shops.set_settings(ws.store, "検品店", {"track.second": "other"})
    window.desk.ws = window.desk.ws.as_person("鈴木")  # as after a badge on another page
    window.desk.settled.emit()
    Scanner().scan(page.row, day.navy)
    Scanner(gap=200).scan(page.row, NUMBERS[1])
    assert ws.store.value("SELECT person FROM waiting_entries") == "鈴木"
    page.show_tab("second")
    driver.wait_for(lambda: [one.why for one in page.second.found] == ["person"])
    Scanner().scan(page, badge_of("03"))
    assert window.desk.ws.person == "田中"
    driver.wait_for(lambda: [one.why for one in page.second.found] == [""])
    _picture(page, "entry-second-badge")
    page.second.begin()
    Scanner(gap=200).scan(page.row, NUMBERS[1])
    assert _parcel(ws, day.navy) == (NUMBERS[1], "typed", True)
    assert page.person.text() or page.person.accessibleName()


def test_the_dialog_of_one_order_keeps_a_first_entry(
    day: Day, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    from jpship_gui.ui.pack.tracking_dialog import open_tracking

    shops.set_settings(ws.store, "検品店", {"track.second": "other"})
    dialog = open_tracking(window.desk, day.navy, window)
    assert dialog is not None
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    driver.settle()
    Scanner(gap=200).scan(dialog, NUMBERS[1])
    assert _parcel(ws, day.navy)[0] == ""
    assert ws.store.value("SELECT COUNT(*) FROM waiting_entries") == 1
    Scanner().scan(dialog, NUMBERS[1])
    assert not dialog.isVisible()
    assert _parcel(ws, day.navy)[0] == ""
    dialog.deleteLater()
