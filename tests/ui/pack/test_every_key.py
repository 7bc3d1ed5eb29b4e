"""Every key and command of the packing page, in every state it can stand in: it acts, or the page says why not now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.outcomes import Expect
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products
from jpship_gui.texts import text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack import acts_menu
from jpship_gui.ui.pack.page import PackPage
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import MUG, NAVY, NUMBERS, Day, lay_out
from tests.ui.scanner import Scanner

ELSEWHERE = {"handover", "tape", "scanner"}  # they open another page or a window, in every state
FILES = {"photo", "photo_file"}  # a dialog asks for one
LAST = (Command.HOLD, Command.FINISH)  # after these the parcel of the state is another one


@pytest.fixture
def day(ws: Workspace) -> Day:
    made = lay_out(ws)
    products.put(ws.store, [products.Product(NUMBERS[1], "other-goods")])
    return made


@pytest.fixture
def pack(day: Day, window: MainWindow, driver: Driver) -> Iterator[PackPage]:
    window.open_page("pack")
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    yield page
    page.left()


def _packed(day: Day) -> tuple[str, ...]:
    """The blue mug and the navy one, each with its number; what another parcel in between makes of a second reading."""
    ask = (code_of(Command.WAYBILL),)
    return (day.blue, MUG, NUMBERS[1], *ask, day.navy, NAVY, NUMBERS[2])


STATES: dict[str, tuple[Callable[[Day], tuple[str, ...]], Expect]] = {
    "nothing open": (lambda day: (), Expect.SLIP),
    "open": (lambda day: (day.two,), Expect.ITEM),
    "a tick waits": (lambda day: (day.two, MUG, MUG, "4901234567917"), Expect.TICK),
    "the waybill waits": (lambda day: (day.blue, MUG), Expect.WAYBILL),
    "closed": (lambda day: (day.blue, MUG, NUMBERS[2]), Expect.SLIP),
    "NG": (lambda day: (day.blue, NAVY), Expect.ACK),
    "NG with nothing open": (lambda day: (NAVY,), Expect.ACK),
    "which kind is asked": (lambda day: (day.blue, MUG, NUMBERS[1]), Expect.ASK),
    "the name is asked": (
        lambda day: (*_packed(day), day.blue, NUMBERS[1], code_of(Command.WAYBILL)),
        Expect.NAME,
    ),
    "a recheck waits": (lambda day: (*_packed(day), code_of(Command.RECHECK)), Expect.SLIP),
    "in a recheck": (lambda day: (*_packed(day), code_of(Command.RECHECK), day.blue), Expect.ITEM),
    "a reopening waits": (lambda day: (*_packed(day), code_of(Command.REOPEN)), Expect.SLIP),
    "a quantity waits": (lambda day: (day.two, code_of(Command.QTY, "2")), Expect.ITEM),
}


def _stand(pack: PackPage, day: Day, state: str, driver: Driver) -> None:
    scanner = Scanner()
    codes, expects = STATES[state]
    for code in codes(day):
        scanner.scan(pack, code)
        driver.settle()
    assert pack.snapshot().expects is expects


@pytest.fixture
def running(pack: PackPage, day: Day, ws: Workspace) -> PackPage:
    """Run mode, as if orders of one piece waited."""
    station = pack.station
    assert station is not None
    station.session.track = replace(
        station.session.track, state=replace(station.session.state, run="MUG-300-BL")
    )
    return pack


def _seen(pack: PackPage) -> tuple[object, ...]:
    """What tells a person that something happened."""
    newest = pack._recent[0] if pack._recent else None
    window = pack.window()
    assert isinstance(window, MainWindow)
    above = window.banner.words() if window.banner.isVisible() else ""
    return id(newest), pack.face.sheet, pack.face.screen_.band, above


def _walk(pack: PackPage, act: Callable[[], None], name: str, *, can: bool) -> None:
    """Do it in the state as it stands, look, and put the state back."""
    station = pack.station
    assert station is not None
    kept, band = station.session.track, pack.face.screen_.band
    question, last, asked = pack.asking.open, pack._last, pack.hands._asked
    before = _seen(pack)
    act()
    after = _seen(pack)
    assert after != before, f"{name} is silent"
    shown = pack.face.screen_.band
    if not can:
        assert shown.klass in ("attention", "ng"), f"{name} does not say that it cannot be done now"
        assert shown.reason or shown.klass == "ng", f"{name} does not say why not"
        assert pack.asking.open == question, f"{name} took the question away"
    elif pack.face.sheet is None:
        assert shown.word, name
    assert shown.klass == "ng" or band.klass != "ng" or name == "ACK", f"{name} covered the NG"
    station.session.track, pack._last, pack.hands._asked = kept, last, asked
    pack.asking.close()
    pack._loud = None
    pack.hands.ask_again()
    pack._render()
    window = pack.window()
    assert isinstance(window, MainWindow)
    window.banner.hide()


def _press(pack: PackPage, act: acts_menu.Act) -> None:
    if act.key.startswith("Num"):
        sign = act.key[-1]
        event = QKeyEvent(QKeyEvent.Type.KeyPress, ord(sign), Qt.KeyboardModifier.KeypadModifier, sign)
    else:
        pressed = QKeySequence(act.key)[0]
        event = QKeyEvent(QKeyEvent.Type.KeyPress, pressed.key(), pressed.keyboardModifiers())
    pack.keyPressEvent(event)


def _choose(pack: PackPage, act: acts_menu.Act) -> None:
    """From the menu, where it is shown."""
    rows = [choice.value for choice in acts_menu.choices(pack)]
    pack.asking.close()
    pack.hands.show_acts()
    assert pack.asking.take(rows.index(act))


@pytest.mark.parametrize("state", STATES)
def test_every_key_acts_or_says_why_not(pack: PackPage, day: Day, state: str, driver: Driver) -> None:
    _stand(pack, day, state, driver)
    for act in acts_menu.ACTS:
        if act.id in ELSEWHERE:
            assert act.can(pack)
            continue
        can = act.can(pack)
        if can and act.id in FILES:
            continue
        if act.key and act.key != "Ctrl++":
            _walk(pack, lambda act=act: _press(pack, act), f"key of {act.id}", can=can)  # type: ignore[misc]
        if not act.hidden or can:
            _walk(pack, lambda act=act: _choose(pack, act), f"menu {act.id}", can=True)  # type: ignore[misc]


@pytest.mark.parametrize("state", STATES)
def test_every_command_code_acts_or_says_why_not(
    pack: PackPage, day: Day, state: str, driver: Driver
) -> None:
    _stand(pack, day, state, driver)
    scanner = Scanner()
    for command in sorted(Command, key=LAST.count):
        code = code_of(command, "3" if command is Command.QTY else "")
        _walk(pack, lambda code=code: scanner.scan(pack, code), command.value, can=True)  # type: ignore[misc]


def test_in_run_mode_too(running: PackPage) -> None:
    for act in acts_menu.ACTS:
        can = act.can(running)
        if act.key and act.key != "Ctrl++" and act.id not in ELSEWHERE | (FILES if can else set()):
            _walk(running, lambda act=act: _press(running, act), act.id, can=can)  # type: ignore[misc]


def test_f6_with_a_parcel_open_says_what_to_do_first(pack: PackPage, day: Day) -> None:
    Scanner().scan(pack, day.two)
    _press(pack, acts_menu.named("reopen"))
    band = pack.face.screen_.band
    assert (band.klass, band.reason) == ("attention", text("pack.att_nothing.open_first"))


def test_the_name_in_the_bar_says_where_people_are_entered(pack: PackPage) -> None:
    pack.hands.clicked("person")
    assert pack.face.screen_.band.reason == text("people.nobody_entered")
