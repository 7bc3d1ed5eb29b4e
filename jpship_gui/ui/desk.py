"""What every page is given: the open data folder, the task runner, the acts, and signals to the frame."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.workspace import Workspace
from jpship_gui.ui.actions import Actions
from jpship_gui.ui.tasks import Tasks


class Desk(QObject):
    """Pages talk to the frame only through these signals; they never know the window."""

    changed = Signal()  # the data changed: every page in sight reads anew
    said = Signal(str, object)  # words, and what takes it back (a function or None)
    warned = Signal(str)  # what is not wrong yet and will be
    fault = Signal(object)  # a Fault to be shown
    asked = Signal(str, object)  # page id, and a hint for that page
    settled = (
        Signal()
    )  # settings changed that the frame shows: who works here, when carriers come, when keys end
    laid = Signal()  # the page's foot came or went: bars that float over it stand elsewhere
    counted = Signal(dict)  # new counters of views and stages

    def __init__(self, ws: Workspace, tasks: Tasks, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ws = ws
        self.tasks = tasks
        self.actions = actions
        self.counters: dict[str, int] = {}
        self.before = ""  # id of the page that was in sight before this one
        self.places: frozenset[str] = frozenset()  # page ids this version has

    def say(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Tell what was done, with the way back where there is one."""
        self.said.emit(words, undo)

    def warn(self, words: str) -> None:
        """Tell what will go wrong unless somebody sees to it."""
        self.warned.emit(words)

    def show_fault(self, fault: Fault) -> None:
        """Tell what the world refused."""
        self.fault.emit(fault)

    def go(self, page_id: str, hint: object = None) -> None:
        """Open a page."""
        self.asked.emit(page_id, hint)

    def tell_changed(self) -> None:
        """Something was written: everything in sight refreshes."""
        self.changed.emit()
