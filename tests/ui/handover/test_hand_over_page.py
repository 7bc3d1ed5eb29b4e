"""The hand-over page with a scanner's keystrokes: count, list, name, end; a sudden end and a second desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jpship_gui.flows.handover.desk import HandoverDesk
from jpship_gui.flows.handover.listing import history, parcels_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.texts import LANGUAGES, set_language, text
from jpship_gui.ui.handover.page import HandoverPage
from jpship_gui.ui.main_window import MainWindow
from tests.ui.driving import Driver
from tests.ui.handover.hand_over_day import Day, lay_out
from tests.ui.scanner import Scanner


@pytest.fixture
def day(ws: Workspace) -> Day:
    return lay_out(ws, 6, 2)


@pytest.fixture
def page(day: Day, window: MainWindow, driver: Driver) -> Iterator[HandoverPage]:
    window.open_page("handover")
    driver.settle()
    found = window.page()
    assert isinstance(found, HandoverPage)
    yield found
    found.left()
    set_language("ja")


def band(page: HandoverPage) -> str:
    return page.face.screen_.band.klass


def test_scans_alone_hand_everything_over(
    page: HandoverPage, day: Day, ws: Workspace, driver: Driver
) -> None:
    scanner = Scanner()
    assert band(page) == "waiting"
    assert [card.count for card in page.face.screen_.cards] == ["2", "6"] or len(page.face.screen_.cards) == 2
    for n, number in enumerate(day.numbers, start=1):
        scanner.scan(page, number)
        assert (page.face.screen_.taken, page.face.screen_.total) == (n, 6)
        assert number not in {row.number.replace("-", "") for row in page.face.screen_.rows}
        assert band(page) == ("complete" if n == 6 else "ok")
    driver.settle()
    scanner.scan(page, "JPCMDFINISH")
    driver.settle()
    (over,) = history(ws)
    assert (over.taken, over.left, over.carrier) == (6, 0, "yamato")
    assert over.ended_at is not None
    assert page.face.sheet is not None
    assert page.face.sheet.title == text("handover.page.print_title")
    scanner.scan(page, day.other_numbers[0])
    assert page.face.screen_.carrier == "sagawa", "the next parcel begins the next carrier's"
    driver.settle()
    found = shipments.by_keys(ws.store, list(day.keys))
    assert all(one.facts.handed_over is not None for one in found)


def test_an_ng_stops_until_f4_and_a_scanners_enter_ends_nothing(
    page: HandoverPage, day: Day, driver: Driver
) -> None:
    scanner = Scanner()
    scanner.scan(page, day.numbers[0])
    scanner.scan(page, day.other_numbers[0])
    assert band(page) == "ng"
    said = page.face.screen_.band.reason
    scanner.scan(page, day.numbers[1])
    assert page.face.screen_.taken == 1
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_F12)
    assert page.face.screen_.band.reason == said  # the first NG's reason stays
    assert page.back()
    assert page.isVisible()  # Esc does not leave it standing behind another page
    assert page.state().locked
    assert page.state().session
    QTest.keyClick(page, Qt.Key.Key_F4)
    scanner.scan(page, day.numbers[1])
    assert (band(page), page.face.screen_.taken) == ("ok", 2)
    QTest.keyClick(page, Qt.Key.Key_Minus, Qt.KeyboardModifier.KeypadModifier)
    driver.settle()
    assert page.face.screen_.taken == 1
    assert len(page.face.screen_.rows) == 5


def test_the_end_asks_and_remembers_why_parcels_stay(
    page: HandoverPage, day: Day, ws: Workspace, driver: Driver
) -> None:
    scanner = Scanner()
    for number in day.numbers[:3]:
        scanner.scan(page, number)
    driver.settle()
    page.face.repaint()
    box = page.face.parcel_box(day.keys[4])
    QTest.mouseClick(page.face, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    driver.settle()
    assert page.state().left == {day.keys[4]: "not_found"}
    QTest.keyClick(page, Qt.Key.Key_F12)
    assert page.face.sheet is not None
    scanner.scan(page, day.numbers[3])
    assert page.face.sheet is None, "a scan leaves the question and counts"
    assert page.face.screen_.taken == 4
    QTest.mouseClick(page.face, Qt.MouseButton.LeftButton, pos=page.face.target("finish").center().toPoint())
    page.face.repaint()
    QTest.mouseClick(page.face, Qt.MouseButton.LeftButton, pos=page.face.row_box(0).center().toPoint())
    driver.settle()
    (over,) = history(ws)
    _, read = parcels_of(ws, over.id)
    assert {one.parcel: one.reason for one in read if not one.taken} == {
        day.keys[4]: "not_found",
        day.keys[5]: "later",
    }


def test_a_carrier_is_chosen_by_a_digit_or_a_click(page: HandoverPage, day: Day, driver: Driver) -> None:
    page.face.repaint()
    cards = page.face.screen_.cards
    place = next(n for n, card in enumerate(cards) if card.carrier == "yamato")
    for typed in ("JP", "?"):
        Scanner().scan(page, typed)
        assert not page.state().session, "what a scanner sends chooses nothing"
        QTest.keyClick(page, Qt.Key.Key_F4)
    driver.settle()
    page.face.repaint()
    QTest.mouseClick(page.face, Qt.MouseButton.LeftButton, pos=page.face.row_box(place).center().toPoint())
    assert page.face.screen_.carrier == "yamato"
    assert page.face.screen_.total == 6


def test_it_goes_on_where_it_stood_and_a_second_desk_joins(
    page: HandoverPage, day: Day, ws: Workspace, window: MainWindow, driver: Driver
) -> None:
    scanner = Scanner()
    scanner.scan(page, day.numbers[0])
    window.open_page("all")
    driver.settle()
    window.open_page("handover")
    driver.settle()
    assert page.face.screen_.carrier == "yamato"
    with HandoverDesk(ws.as_person("中西", "2"), "2") as other:
        other.scan(day.numbers[1])
        other.apply_pending()
    scanner.scan(page, day.numbers[1])
    assert band(page) == "ng"
    QTest.keyClick(page, Qt.Key.Key_F4)
    scanner.scan(page, day.numbers[2])
    assert page.face.screen_.taken == 3, "what the other desk took counts"


def test_the_name_is_chosen_on_the_page(ws: Workspace, window: MainWindow, driver: Driver) -> None:
    day = lay_out(ws, 5, 0, proof="handover")
    window.open_page("handover")
    driver.settle()
    page = window.page()
    assert isinstance(page, HandoverPage)
    Scanner().scan(page, day.numbers[0])
    laid = page.face.sheet
    assert laid is not None
    assert band(page) == "attention"
    (found,) = shipments.by_keys(ws.store, [day.keys[0]])
    right = next(n for n, row in enumerate(laid.rows) if row.words == found.recipient.name)
    page.face.repaint()
    QTest.mouseClick(page.face, Qt.MouseButton.LeftButton, pos=page.face.row_box(right).center().toPoint())
    driver.settle()
    (found,) = shipments.by_keys(ws.store, [day.keys[0]])
    assert found.facts.verified is not None
    assert found.facts.verified.how == "handover"
    Scanner().scan(page, day.numbers[1])
    laid = page.face.sheet
    assert laid is not None
    page.face.repaint()
    nobody = len(laid.rows) - 1
    QTest.mouseClick(page.face, Qt.MouseButton.LeftButton, pos=page.face.row_box(nobody).center().toPoint())
    driver.settle()
    assert band(page) == "ng"
    (found,) = shipments.by_keys(ws.store, [day.keys[1]])
    assert found.facts.verified is None
    assert found.hold_reason
    page.left()


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 800)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut(
    page: HandoverPage,
    day: Day,
    ws: Workspace,
    window: MainWindow,
    driver: Driver,
    language: str,
    size: tuple[int, int],
) -> None:
    ws.store.execute("UPDATE shipments SET cancelled = 1 WHERE key = ?", (day.keys[4],))
    ws.store.execute("UPDATE parcels SET linked_at = linked_at - 86400000 WHERE key = ?", (day.keys[5],))
    ws.options.set("desk.pickups", {"yamato": (ws.now() + timedelta(hours=9, minutes=20)).strftime("%H:%M")})
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(*size)
    set_language(language)
    page.refresh()
    driver.settle()
    cut = list(page.face.cut)
    for code in (day.numbers[0], day.numbers[4], "JPCMDACK", day.numbers[5], day.numbers[1], "JPCMDFINISH"):
        Scanner().scan(page, code)
        driver.settle()
        page.face.repaint()
        cut += page.face.cut
    assert cut == []
