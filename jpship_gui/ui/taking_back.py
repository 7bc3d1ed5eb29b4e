"""Takes an import or an entry back and tells what became of it."""

from __future__ import annotations

from collections.abc import Callable

from jpship_gui.flows.intake.take_back import TookBack, take_back
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk


def undo_of(desk: Desk, act: int) -> Callable[[], None] | None:
    """What the undo bar calls; None where nothing was written."""
    return (lambda: take_back_act(desk, act)) if act else None


def take_back_act(desk: Desk, act: int) -> None:
    """Take it back now; the reason against it is told like any fault."""
    ws = desk.ws

    def done(back: TookBack) -> None:
        desk.say(_words(back))
        desk.tell_changed()

    desk.tasks.run(lambda _: take_back(ws, act), done=done, name="intakepage.taking_back")


def _words(back: TookBack) -> str:
    name = back.names[0] if back.names else ""
    more = len(back.names) - 1
    shown = text("intakepage.file_and_more", name=name, count=more) if more > 0 else name
    return text("intakepage.took_back", name=shown, removed=len(back.removed), restored=len(back.restored))
