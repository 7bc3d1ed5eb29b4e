"""Badges at the hand-over: the lines that follow carry the name, an NG and a question stay."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jpship_gui.domain.badge import badge_of
from jpship_gui.domain.roles import Right, Role
from jpship_gui.flows import people
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal
from jpship_gui.store.handovers import SUFFIX
from jpship_gui.ui.handover.page import HandoverPage
from jpship_gui.ui.main_window import MainWindow
from tests.ui.driving import Driver
from tests.ui.handover.hand_over_day import Day, lay_out
from tests.ui.scanner import Scanner

PACKER, OTHER = badge_of("02"), badge_of("03")


@pytest.fixture
def day(ws: Workspace) -> Day:
    boss = ws.as_person("佐藤")
    for name in ("佐藤", "鈴木", "田中"):
        people.add(boss, name)
    return lay_out(ws, 6, 2)


@pytest.fixture
def page(day: Day, window: MainWindow, driver: Driver) -> Iterator[HandoverPage]:
    window.open_page("handover")
    driver.settle()
    found = window.page()
    assert isinstance(found, HandoverPage)
    yield found
    found.left()


def lines(ws: Workspace) -> list[journal.Entry]:
    return journal.read(journal.file_of(ws.places.journal, f"{ws.desk}{SUFFIX}"))


def test_the_lines_that_follow_carry_the_name(
    page: HandoverPage, window: MainWindow, day: Day, ws: Workspace
) -> None:
    scanner = Scanner()
    for code in (day.numbers[0], PACKER, day.numbers[1]):
        scanner.scan(page, code)
    assert [entry.person for entry in lines(ws)] == ["佐藤", "鈴木", "鈴木"]
    assert lines(ws)[1].effects == ({"do": "who", "how": "badge", "person": "鈴木"},)
    assert window.desk.ws.person == "鈴木"
    assert page.face.screen_.taken == 2


def test_a_badge_acknowledges_nothing(page: HandoverPage, day: Day) -> None:
    scanner = Scanner()
    for code in (day.numbers[0], day.numbers[0]):
        scanner.scan(page, code)
    before = page.face.screen_.band
    assert before.klass == "ng"
    scanner.scan(page, PACKER)
    assert page.face.screen_.band == before
    assert page.state().locked
    QTest.keyClick(page, Qt.Key.Key_F4)
    assert not page.state().locked


def test_who_may_not_hand_over_does_not_take_the_desk(page: HandoverPage, day: Day, ws: Workspace) -> None:
    people.set_right(ws.as_person("佐藤"), Role.PACKER, Right.HAND_OVER, False)
    Scanner().scan(page, OTHER)
    assert "佐藤" in page.face.screen_.band.word + page.face.screen_.band.reason
    assert page.station is not None
    assert page.station.person == "佐藤"
    assert lines(ws) == []
