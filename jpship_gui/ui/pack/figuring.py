"""What the page shows beside the parcel: left, late, pick-ups, own pace; and which goods look alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.pack.desk_figures import pace
from jpship_gui.flows.pack.look_alikes import look_alikes
from jpship_gui.flows.workspace import Workspace
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.pack.composing import Figures
from jpship_gui.ui.pack.pickups import pickups

T = TypeVar("T")


class Figuring:
    """Asked for beside the window's thread; `changed` is called when an answer is there."""

    def __init__(self, desk: Desk, changed: Callable[[], None]) -> None:
        self._desk = desk
        self._changed = changed
        self.figures = Figures()
        self.alike: Mapping[str, tuple[str, ...]] = {}

    def begin(self) -> None:
        """The page comes into sight."""
        self._ask(look_alikes, self._alike_found)

    def count(self, counters: Mapping[str, int]) -> None:
        """The window's counters."""
        left, late = counters.get("stage:pack", 0), counters.get("late", 0)
        self.figures = replace(self.figures, left=left, late=late)

    def measure(self) -> None:
        """Look at the clock."""
        ws = self._desk.ws
        self.figures = replace(self.figures, pickups=pickups(ws.options.get("desk.pickups"), ws.now()))
        self._ask(pace, self._paced)

    def _ask(self, question: Callable[[Workspace], T], done: Callable[[T], None]) -> None:
        ws = self._desk.ws
        self._desk.tasks.run(lambda _: question(ws), done=done, failed=_passed_over, quiet=True)

    def _paced(self, parcels: int) -> None:
        self.figures = replace(self.figures, pace=parcels)
        self._changed()

    def _alike_found(self, found: Mapping[str, tuple[str, ...]]) -> None:
        self.alike = found
        self._changed()


def _passed_over(fault: Fault) -> None:
    """A figure for comfort; the next look may find it."""
