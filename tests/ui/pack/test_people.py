"""Who stands at the desk, on the page: by badge, by a click on the name; the reasons of what people do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jpship_gui.domain.badge import badge_of
from jpship_gui.flows import people, shared_options
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, journal, shipments
from jpship_gui.texts import LANGUAGES, set_language, text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack.page import PackPage
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import MUG, NAVY, NUMBERS, Day, lay_out
from tests.ui.scanner import Scanner

OWNER, PACKER = badge_of("01"), badge_of("02")
PAD = Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def day(ws: Workspace) -> Day:
    boss = ws.as_person("佐藤")
    people.add(boss, "佐藤")
    people.add(boss, "鈴木")
    ws.options.reset("desk.person")
    return lay_out(ws)


@pytest.fixture
def pack(day: Day, window: MainWindow, driver: Driver) -> Iterator[PackPage]:
    window.open_page("pack")
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1920, 1080)
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    yield page
    page.left()
    set_language("ja")


def scan(pack: PackPage, *codes: str) -> None:
    for code in codes:
        Scanner().scan(pack, code)


def answer(pack: PackPage, words: str) -> None:
    """Take the row with these words."""
    shown = pack.face.sheet
    assert shown is not None
    assert pack.asking.take([row.words for row in shown.rows].index(words))


def followed(ws: Workspace, sql: str, key: str) -> None:
    """Let the database follow, which happens beside the window."""
    for _ in range(1500):
        if ws.store.value(sql, (key,)):
            return
        QTest.qWait(20)
    raise AssertionError(sql)


def last(pack: PackPage, ws: Workspace) -> journal.Entry:
    found = journal.last_entry(journal.file_of(ws.places.journal, ws.desk))
    assert found is not None
    return found


def test_a_badge_puts_its_name_in_the_bar_and_in_every_line(
    pack: PackPage, window: MainWindow, day: Day, ws: Workspace
) -> None:
    scan(pack, PACKER, day.navy)
    assert pack.face.screen_.person == window.desk.ws.person == "鈴木"
    assert last(pack, ws).person == "鈴木"
    scan(pack, OWNER)
    assert pack.face.screen_.person == "佐藤"
    assert pack.face.screen_.name == "浅野", "the parcel stays open"
    assert pack.face.screen_.band.word == "佐藤"
    scan(pack, NAVY)
    assert last(pack, ws).person == "佐藤"


def test_the_name_is_clicked_and_somebody_else_chosen(pack: PackPage, ws: Workspace) -> None:
    pack.face.repaint()
    place = pack.face.target("person")
    assert min(place.width(), place.height()) >= 56
    QTest.mouseClick(
        pack.face, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place.center().toPoint()
    )
    shown = pack.face.sheet
    assert shown is not None
    assert [(row.words, row.note, row.code) for row in shown.rows] == [
        ("佐藤", text("people.role.owner"), ""),
        ("鈴木", text("people.role.packer"), ""),
    ], "nobody's badge can be read from the screen"
    answer(pack, "鈴木")
    assert pack.face.screen_.person == "鈴木"
    assert last(pack, ws).outcome == "OK_WHO"


def test_where_only_badges_count_more_rights_are_pale(pack: PackPage, ws: Workspace) -> None:
    shared_options.put(ws, "people.by_click", False)
    QTest.keyClick(pack, Qt.Key.Key_F3)
    shown = pack.face.sheet
    assert shown is not None
    assert [row.allowed for row in shown.rows] == [False, True]


def test_a_badge_over_an_ng_leaves_it_in_the_band(pack: PackPage, day: Day) -> None:
    scan(pack, PACKER, day.navy, MUG)
    before = pack.face.screen_.band
    assert before.klass == "ng"
    scan(pack, OWNER)
    assert pack.face.screen_.band == before
    assert pack.face.screen_.person == "佐藤"
    QTest.keyClick(pack, Qt.Key.Key_F4)
    assert pack.face.screen_.band.klass != "ng"


def test_the_person_stays_while_the_page_is_away(
    pack: PackPage, window: MainWindow, driver: Driver, day: Day
) -> None:
    scan(pack, PACKER)
    window.open_page("all")
    driver.settle()
    assert window.desk.ws.person == "鈴木"
    window.open_page("pack")
    driver.settle()
    assert pack.face.screen_.person == "鈴木"
    scan(pack, "JPCMDFINISH")
    assert window.desk.ws.person == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_taken_before_somebody_said_who_they_are(
    pack: PackPage, day: Day, ws: Workspace, language: str
) -> None:
    shared_options.put(ws, "people.required", True)
    set_language(language)
    pack.refresh()
    assert pack.face.screen_.band.word == text("people.say_who")
    scan(pack, day.navy)
    assert pack.face.screen_.band.klass == "ng"
    assert last(pack, ws).raw == day.navy
    scan(pack, PACKER, "JPCMDACK", day.navy)
    assert pack.face.screen_.open
    pack.face.repaint()
    assert not pack.face.cut


def test_the_keypads_slash_asks_why(pack: PackPage, day: Day, ws: Workspace) -> None:
    shared_options.put(ws, "pack.reasons.hold", "棚卸し中\n入荷待ち")
    scan(pack, PACKER, day.navy)
    QTest.keyClick(pack, Qt.Key.Key_Slash, PAD)
    shown = pack.face.sheet
    assert shown is not None
    assert [(row.words, row.code) for row in shown.rows] == [
        ("棚卸し中", "JPCMDHOLD1"),
        ("入荷待ち", "JPCMDHOLD2"),
    ]
    answer(pack, "入荷待ち")
    followed(ws, "SELECT 1 FROM shipments WHERE key = ? AND hold_reason <> ''", day.navy)
    held = shipments.by_key(ws.store, day.navy)
    assert held is not None
    assert held.hold_reason == "入荷待ち"


def test_a_scan_over_the_reasons_is_a_scan(pack: PackPage, day: Day) -> None:
    scan(pack, PACKER, day.navy)
    QTest.keyClick(pack, Qt.Key.Key_Slash, PAD)
    scan(pack, NAVY)
    assert pack.face.sheet is None
    assert pack.face.screen_.goods[0].have == 1


def test_who_may_not_skip_is_told_who_may(pack: PackPage, day: Day) -> None:
    scan(pack, PACKER, day.navy)
    QTest.keyClick(pack, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert pack.face.sheet is None
    assert pack.face.screen_.band.word == text("pack.word.ng_right")
    assert "佐藤" in pack.face.screen_.band.reason
    scan(pack, OWNER, "JPCMDACK")
    QTest.keyClick(pack, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    reason = text("people.reasons.skip").split("\n")[0]
    answer(pack, reason)
    assert pack.face.screen_.band.word == text("pack.word.ok_skip")
    assert reason in pack.face.screen_.band.reason


def test_a_parcel_packed_here_is_opened_again_with_a_reason(pack: PackPage, day: Day, ws: Workspace) -> None:
    scan(pack, PACKER, day.navy, NAVY, NUMBERS[1])
    followed(ws, "SELECT 1 FROM parcels WHERE key = ? AND linked_seq > 0", day.navy)
    QTest.keyClick(pack, Qt.Key.Key_F6)
    shown = pack.face.sheet
    assert shown is not None
    assert [row.words for row in shown.rows] == ["浅野 様", text("people.by_slip")]
    answer(pack, "浅野 様")
    reason = text("people.reasons.reopen").split("\n")[1]
    answer(pack, reason)
    assert pack.face.screen_.band.word == text("pack.word.ok_reopen")
    assert pack.face.screen_.open
    followed(ws, "SELECT 1 FROM parcels WHERE key = ? AND linked_seq = 0", day.navy)
    found = shipments.by_key(ws.store, day.navy)
    assert found is not None
    assert not found.parcels[0].tracking_no
    told = [e for e in history.of(ws.store, found.row_id) if e.what == "reopened"]
    assert (told[-1].values["reason"], told[-1].person) == (reason, "鈴木")


def test_starting_over_asks_why_only_where_a_number_is_taken_back(
    pack: PackPage, day: Day, ws: Workspace
) -> None:
    scan(pack, PACKER, day.navy, NAVY)
    QTest.keyClick(pack, Qt.Key.Key_F7)
    assert pack.face.sheet is None
    assert pack.face.screen_.goods[0].have == 0
    with ws.store.transaction():
        row = shipments.by_key(ws.store, day.blue)
        assert row is not None
        shipments.set_parcel(ws.store, day.blue, {"tracking_no": NUMBERS[2]})
        ws.store.execute(
            "INSERT INTO parcels (shipment_id, no, key, carrier) VALUES (?, 2, ?, 'yamato')",
            (row.row_id, f"{day.blue}P2"),
        )
    scan(pack, "JPCMDNEXT", day.blue)
    QTest.keyClick(pack, Qt.Key.Key_F7)
    shown = pack.face.sheet
    assert shown is not None
    assert shown.title == text("people.why.restart")
