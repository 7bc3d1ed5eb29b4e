"""How many parcels the run that is on still has, counted beside the window."""

from __future__ import annotations

from collections.abc import Callable

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.packing.outcomes import Klass
from jpship_gui.domain.packing.session import Answer
from jpship_gui.flows.pack.desk import Snapshot
from jpship_gui.flows.pack.run_left import run_left
from jpship_gui.ui.desk import Desk


class RunCount:
    """`left` is the last count, less what was closed since; `changed` is called when a count is another."""

    def __init__(self, desk: Desk, changed: Callable[[], None]) -> None:
        self.left = 0
        self._desk = desk
        self._changed = changed
        self._run = ""
        self._closed = 0  # parcels, so that a count begun before the last one was closed is known to be old

    def answered(self, snapshot: Snapshot, answer: Answer) -> None:
        """An answer was given: one parcel less at once, and counted anew where the run began or ended."""
        run = snapshot.state.run
        if run and run == self._run:
            if answer.klass is Klass.COMPLETE:
                self.left = max(0, self.left - 1)
                self._closed += 1
        else:
            self.look(snapshot)

    def look(self, snapshot: Snapshot) -> None:
        """Count; the database has followed."""
        run = self._run = snapshot.state.run
        if not run:
            self.left = 0
            return
        ws, closed = self._desk.ws, self._closed
        self._desk.tasks.run(
            lambda _: run_left(ws, run),
            done=lambda left: self._counted(run, closed, left),
            failed=_failed,
            quiet=True,
        )

    def _counted(self, run: str, closed: int, left: int) -> None:
        if run == self._run and closed == self._closed and left != self.left:
            self.left = left
            self._changed()


def _failed(fault: Fault) -> None:
    """A figure for comfort; the next look may find it."""
