"""What an act may use of the hand-over page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from jpship_gui.domain.handover.state import State
from jpship_gui.domain.handover.world import Way
from jpship_gui.domain.packing.commands import Command
from jpship_gui.flows.handover.desk import HandoverDesk
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.handover.face import HandoverFace
from jpship_gui.ui.pack.asking import Asking, Choice
from jpship_gui.ui.pack.saying import Saying


class HandPage(Protocol):
    """The page as its acts see it. `way` is where the next hand-over is, `ended` the one that ended here last."""

    desk: Desk
    face: HandoverFace
    asking: Asking
    saying: Saying
    way: Way
    ended: str

    @property
    def station(self) -> HandoverDesk | None:
        """The desk as long as the page is in sight."""

    def state(self) -> State:
        """What the desk remembers."""

    def command(self, command: Command) -> None:
        """The same as its bar code."""

    def finish(self) -> None:
        """End it, or ask what became of the rest."""

    def offer(self) -> None:
        """Ask which carrier is here, where none runs."""

    def choose(self, title: str, options: Sequence[Choice], done: Callable[[Choice], None]) -> None:
        """Ask on the page."""

    def set_scale(self, percent: int) -> None:
        """Size of the words."""
