"""The packing page with a scanner's keystrokes: every class of outcome, the stop, the way through a parcel."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jpship_gui.domain.stage import Stage
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.texts import set_language, text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack.page import PackPage
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import MUG, NAVY, NUMBERS, PLATE, Day, lay_out
from tests.ui.scanner import Scanner


@pytest.fixture
def day(ws: Workspace) -> Day:
    return lay_out(ws)


@pytest.fixture
def pack(day: Day, window: MainWindow, driver: Driver) -> Iterator[PackPage]:
    window.open_page("pack")
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    yield page
    page.left()


def _band(pack: PackPage) -> tuple[str, str]:
    band = pack.face.screen_.band
    return band.klass, band.word


def test_a_parcel_needs_scans_and_ticks_only(pack: PackPage, day: Day, ws: Workspace, driver: Driver) -> None:
    scanner = Scanner()
    assert _band(pack)[0] == "waiting"
    scanner.scan(pack, day.two)
    assert pack.face.screen_.name == "検品"
    for code in (MUG, MUG, PLATE):
        scanner.scan(pack, code)
        assert _band(pack)[0] == "ok"
    scanner.scan(pack, NUMBERS[0])
    assert _band(pack)[0] == "attention", "wrapping and remark wait to be ticked"
    for _ in range(2):
        keypad = Qt.KeyboardModifier.KeypadModifier
        QTest.keyClick(pack, Qt.Key.Key_Asterisk, keypad)
    scanner.scan(pack, NUMBERS[0])
    driver.settle()
    assert _band(pack)[0] == "complete"
    then = pack.face.screen_.band.then
    assert then is not None
    assert then.words == text("packpage.next.slip")
    states = {step.state for step in pack.face.screen_.steps}
    assert states == {"done", "proven"}
    shipment = shipments.by_key(ws.store, day.two)
    assert shipment is not None
    assert shipment.stage is Stage.CONFIRM
    assert shipment.parcels[0].tracking_no == NUMBERS[0]


def test_gift_and_free_gift_stand_above_the_goods(
    pack: PackPage, day: Day, ws: Workspace, driver: Driver
) -> None:
    lines = [{"line_id": "1", "package_id": "1", "sku": "m", "name": "皿", "quantity": 1, "extra": "しおり"}]
    ws.store.execute(
        "UPDATE shipments SET gift = 1, lines = ? WHERE key = ?",
        (json.dumps(lines, ensure_ascii=False), day.blue),
    )
    Scanner().scan(pack, day.blue)
    driver.settle()
    screen = pack.face.screen_
    assert screen.notes == ("ギフト（金額を入れない）", "おまけ: しおり")
    assert [step.word for step in screen.steps if step.key] == ["おまけ"]


def test_ng_stops_the_line_until_f4(pack: PackPage, day: Day) -> None:
    scanner = Scanner()
    scanner.scan(pack, day.blue)
    scanner.scan(pack, NAVY)
    assert _band(pack)[0] == "ng"
    for code in (MUG, MUG, NUMBERS[1], day.navy, MUG):
        scanner.scan(pack, code)
        assert _band(pack)[0] == "ng"
    QTest.keyClick(pack, Qt.Key.Key_F4)
    assert _band(pack)[0] == "waiting"
    assert pack.face.screen_.goods[0].have == 0
    scanner.scan(pack, MUG)
    assert _band(pack)[0] == "ok"


def test_enter_alone_never_acknowledges(pack: PackPage, day: Day) -> None:
    scanner = Scanner()
    scanner.scan(pack, day.blue)
    scanner.scan(pack, NAVY)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(pack, key)
    assert _band(pack)[0] == "ng"


def test_scans_arrive_wherever_the_focus_is(pack: PackPage, day: Day, window: MainWindow) -> None:
    scanner = Scanner()
    scanner.scan(window, day.blue)
    assert pack.face.screen_.name == "大西"
    scanner.compose(pack, MUG)
    assert _band(pack)[0] == "ok"


def test_a_swapped_waybill_is_stopped(pack: PackPage, day: Day) -> None:
    scanner = Scanner()
    scanner.scan(pack, day.blue)
    scanner.scan(pack, MUG)
    scanner.scan(pack, NUMBERS[0])  # promised to another order by the carrier's file
    assert _band(pack)[0] == "ng"
    assert "9001" in pack.face.screen_.band.reason


def test_undo_takes_the_last_scan_back(pack: PackPage, day: Day) -> None:
    scanner = Scanner()
    scanner.scan(pack, day.two)
    scanner.scan(pack, MUG)
    assert pack.face.screen_.goods[0].have == 1
    QTest.keyClick(pack, Qt.Key.Key_Minus, Qt.KeyboardModifier.KeypadModifier)
    assert pack.face.screen_.goods[0].have == 0


def test_an_open_parcel_is_there_again_after_leaving(
    pack: PackPage, day: Day, window: MainWindow, driver: Driver
) -> None:
    scanner = Scanner()
    scanner.scan(pack, day.two)
    scanner.scan(pack, MUG)
    driver.key(Qt.Key.Key_Escape, on=pack)
    assert window.current() == "all"
    window.open_page("pack")
    driver.settle()
    assert pack.face.screen_.goods[0].have == 1
    assert pack.face.screen_.name == "検品"


def test_language_switches_midway(pack: PackPage, day: Day) -> None:
    scanner = Scanner()
    scanner.scan(pack, day.two)
    set_language("en")
    pack.retranslate()
    assert pack.face.screen_.steps[0].word == "Delivery slip"
    scanner.scan(pack, MUG)
    assert _band(pack)[0] == "ok"


def test_a_number_typed_by_hand_asks_for_double_entry(
    pack: PackPage, day: Day, window: MainWindow, driver: Driver
) -> None:
    from jpship_gui.ui.pack.tracking_dialog import TrackingDialog

    scanner = Scanner()
    scanner.scan(pack, day.blue)
    scanner.scan(pack, MUG)
    fingers = Scanner(gap=180)
    fingers.scan(pack, NUMBERS[1])
    driver.settle()
    (dialog,) = window.findChildren(TrackingDialog)
    assert dialog.shipment.key == day.blue
    dialog.reject()


def test_a_desk_in_use_elsewhere_is_said_in_big_words(
    day: Day, ws: Workspace, window: MainWindow, driver: Driver
) -> None:
    from jpship_gui.flows.pack.desk import Desk

    with Desk(ws, ws.desk, "井上"):
        window.open_page("pack")
        driver.settle()
        page = window.page()
        assert isinstance(page, PackPage)
        assert page.face.screen_.band.klass == "ng"
        page.left()


def test_a_look_alike_is_named_by_what_differs(pack: PackPage, day: Day) -> None:
    scanner = Scanner()
    scanner.scan(pack, day.blue)
    scanner.scan(pack, NAVY)
    band = pack.face.screen_.band
    assert band.word == "種類ちがい"
    assert "紺" in band.reason
    assert "青" in band.reason
    assert band.read is not None
    assert band.read.variant == "紺"


def test_the_bar_counts_from_the_first_moment(pack: PackPage, window: MainWindow) -> None:
    assert pack.face.screen_.left == window.desk.counters["stage:pack"] > 0


def test_a_parcel_without_a_number_is_closed_by_the_slip_read_again(
    day: Day, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    shipment = shipments.by_key(ws.store, day.navy)
    assert shipment is not None
    with ws.store.transaction():
        shipments.update(ws.store, shipment.row_id, {"carrier": "jppost", "service": "ordinary"})
        shipments.set_parcel(ws.store, day.navy, {"carrier": "jppost"})
    window.open_page("pack")
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    scanner = Scanner()
    scanner.scan(page, day.navy)
    scanner.scan(page, NAVY)
    driver.settle()
    step = next(step for step in page.face.screen_.steps if step.word == text("packpage.step.untracked"))
    assert step.state == "next"
    _picture(window, "pack-untracked-waits")
    scanner.scan(page, day.navy)
    driver.settle()
    assert _band(page)[0] == "complete"
    assert text("track.untracked") in page.face.screen_.steps[-1].note
    assert "~" not in page.face.screen_.band.reason
    _picture(window, "pack-untracked-done")
    page.left()


def _picture(window: MainWindow, name: str) -> None:
    folder = os.environ.get("JPSHIP_TEST_PICTURES")
    if folder:
        window.grab().save(str(Path(folder) / f"{name}.png"))


def test_the_first_ng_keeps_its_reason_and_esc_does_not_leave_it(
    pack: PackPage, day: Day, window: MainWindow
) -> None:
    scanner = Scanner()
    for code in (day.navy, MUG):
        scanner.scan(pack, code)
    said = pack.face.screen_.band
    assert said.klass == "ng"
    scanner.scan(pack, NAVY)  # the line is stopped
    assert pack.face.screen_.band.reason == said.reason
    assert pack.back()
    assert window.page() is pack


def test_whose_name_it_is_is_chosen_on_rows(pack: PackPage, day: Day, ws: Workspace, driver: Driver) -> None:
    scanner = Scanner()
    for code in (day.navy, NAVY, NUMBERS[1], day.blue, MUG, NUMBERS[2], day.navy, NUMBERS[1]):
        scanner.scan(pack, code)
        driver.settle()
    assert pack.asking.open
    station = pack.station
    assert station is not None
    question = station.session.state.question
    assert question is not None
    assert pack.face.screen_.name == "？"  # who is to read it on the waybill does not find it here
    asked = pack.face.sheet
    pack.back()  # Esc, or the menu over it: a band that wants a name chosen needs names to choose from
    driver.settle()
    assert pack.face.sheet == asked
    QTest.keyClick(pack, Qt.Key.Key_F9)  # takes it away
    driver.settle()
    assert pack.face.sheet == asked
    pack.asking.take(question.right - 1)
    driver.settle()
    assert not pack.asking.open
    (found,) = shipments.by_keys(ws.store, [day.navy])
    assert found.facts.verified is not None
