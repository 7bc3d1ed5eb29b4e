"""Sends what waits, by itself, once the network is back (CF-07), and reads back what is doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from jpship_gui.domain.fault import Fault
from jpship_gui.ui.desk import Desk

if TYPE_CHECKING:
    from jpship_gui.flows.confirm.send import SendReport
    from jpship_gui.flows.progress import Progress
    from jpship_gui.flows.workspace import Workspace

EVERY = 60_000  # ms


class Sender(QObject):
    """Looks once a minute; what a person never queued is never sent."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Send in the background if anything is on its way."""
        if self._busy:
            return
        self._busy = True
        ws = self._desk.ws
        self._desk.tasks.run(lambda _: _anything_open(ws), done=self._found, failed=self._not_now, quiet=True)

    def _found(self, waiting: bool) -> None:
        if not waiting:
            self._busy = False
            return
        ws = self._desk.ws
        self._desk.tasks.run(
            lambda progress: _send(ws, progress),
            done=self._sent,
            failed=self._not_now,
            cancelled=self._stopped,
            lane="net:confirm",
            quiet=True,
        )

    def _sent(self, report: SendReport) -> None:
        self._busy = False
        if report.rows:
            self._desk.tell_changed()

    def _not_now(self, fault: Fault) -> None:
        """The confirm page says what waits and why; the next look may succeed."""
        self._busy = False

    def _stopped(self) -> None:
        self._busy = False


def _anything_open(ws: Workspace) -> bool:
    from jpship_gui.flows.confirm.send import anything_open  # not at the start of the window

    return anything_open(ws)


def _send(ws: Workspace, progress: Progress) -> SendReport:
    from jpship_gui.flows.confirm.send import send

    return send(ws, progress)
