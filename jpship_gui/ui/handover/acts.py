"""What keys, clicks and the menu do on the hand-over page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.handover.world import Session, Way
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.outcomes import Klass
from jpship_gui.flows.handover.listing import history
from jpship_gui.flows.paper import print_queue
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.flows.paper.print_handover import send_session
from jpship_gui.flows.paper.print_queue import Job
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.handover.acting import HandPage
from jpship_gui.ui.pack.asking import Choice
from jpship_gui.ui.show import show_fault

_SIZES: Mapping[Qt.Key, int] = {
    Qt.Key.Key_Plus: 10,
    Qt.Key.Key_Semicolon: 10,  # where plus sits on a Japanese keyboard
    Qt.Key.Key_Equal: 10,
    Qt.Key.Key_Minus: -10,
    Qt.Key.Key_0: 0,
}
_PAD: Mapping[str, Command] = {"-": Command.UNDO, "*": Command.TICK}
_SHOWN = 9  # hand-overs to choose from


def key(page: HandPage, event: QKeyEvent) -> bool:
    """F4 acknowledges, F9 shows what can be done, F12 ends; keypad minus takes back, keypad star lets a parcel of
    another day go. Whether it was one of these."""
    pressed = Qt.Key(event.key())
    plain: Mapping[Qt.Key, Callable[[], None]] = {
        Qt.Key.Key_F4: lambda: page.command(Command.ACK),
        Qt.Key.Key_F9: lambda: show_menu(page),
        Qt.Key.Key_F12: page.finish,
    }
    if pressed in plain:
        plain[pressed]()
        return True
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier and pressed in _SIZES:
        resize(page, _SIZES[pressed])
        return True
    if event.modifiers() & Qt.KeyboardModifier.KeypadModifier and event.text() in _PAD:
        page.command(_PAD[event.text()])
        return True
    return False


def clicked(page: HandPage, what: str) -> None:
    """What the face says was clicked."""
    done: Mapping[str, Callable[[], None]] = {
        "acknowledge": lambda: page.command(Command.ACK),
        "acts": lambda: show_menu(page),
        "finish": page.finish,
        "smaller": lambda: resize(page, -10),
        "larger": lambda: resize(page, 10),
    }
    done[what]()


def resize(page: HandPage, step: int) -> None:
    """Larger, smaller, or (0) as it was."""
    present = page.desk.ws.options.get("pack.scale")
    page.set_scale(100 if step == 0 else max(80, min(200, present + step)))


def show_menu(page: HandPage) -> None:
    """Everything that can be done here; once more takes it away."""
    if page.asking.open and page.face.sheet is not None and page.face.sheet.title == text("packfeel.acts"):
        page.asking.close()
        page.offer()
        return
    state = page.state()
    running, free = bool(state.session) and not state.locked, not state.session and not state.locked
    other = Way.COUNTER if page.way is Way.DRIVER else Way.DRIVER
    taken = page.station is not None and bool(page.station.session.track.taken)
    options = (
        Choice(
            text("handover.act.undo"),
            lambda: page.command(Command.UNDO),
            key="－",
            code=code_of(Command.UNDO),
            allowed=running and (taken or state.question is not None),
        ),
        Choice(
            text("handover.page.finish"),
            page.finish,
            key="F12",
            code=code_of(Command.FINISH),
            allowed=running,
        ),
        Choice(text(f"handover.act.way.{other.value}"), lambda: _turn(page, other), allowed=free),
        Choice(text("handover.act.print"), lambda: print_list(page, page.ended), allowed=bool(page.ended)),
        Choice(text("handover.act.history"), lambda: _history(page)),
        Choice(text("handover.act.pack"), lambda: page.desk.go("pack")),
    )
    page.choose(text("packfeel.acts"), options, _run)


def _run(choice: Choice) -> None:
    assert callable(choice.value)
    choice.value()


def _turn(page: HandPage, way: Way) -> None:
    page.way = way
    page.offer()


def _history(page: HandPage) -> None:
    """The newest hand-overs; the list of the one chosen is printed again."""
    ws = page.desk.ws

    def found(sessions: list[Session]) -> None:
        options = [
            Choice(
                f"{names.carrier_name(one.carrier)}　{names.moment_words(one.begun_at, ws.today())}",
                one.id,
                note=text("handover.act.taken_left", taken=one.taken, left=one.left),
                allowed=one.taken > 0,
            )
            for one in sessions
        ]
        if options:
            title = text("handover.act.history_title")
            page.choose(title, options, lambda choice: print_list(page, str(choice.value)))
        else:
            page.desk.say(text("handover.act.no_history"))

    page.desk.tasks.run(lambda _: list(history(ws, _SHOWN)), done=found, quiet=True)


def print_list(page: HandPage, session: str) -> None:
    """To the printer, in the background; what became of it is said above the page."""
    ws = page.desk.ws

    def done(job: Job) -> None:
        page.desk.say(text("handover.act.printed", printer=job.printer))

    def failed(fault: Fault) -> None:
        shown = show_fault(fault)
        page.desk.warn(f"{shown.title} {shown.more}".strip())
        page.saying.speaker.play(Klass.ATTENTION.value)

    page.desk.tasks.run(lambda _: send_session(ws, session, _send), done=done, failed=failed)
    page.offer()


def _send(pdf: bytes, title: str, chosen: Preset) -> Job:
    """The system's queue where there is one, else Qt's own printing."""
    if print_queue.available():
        return print_queue.send(pdf, title, chosen)
    from jpship_gui.ui.paper import qt_printing

    return qt_printing.send(pdf, title, chosen)
