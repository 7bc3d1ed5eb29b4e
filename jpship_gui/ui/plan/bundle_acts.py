"""Carries out what is decided on bundles in the data thread, says it, and offers the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.plan import undecided as deciding
from jpship_gui.flows.plan.undecided import Decided
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.plan.bundles_view import BundlesView


class BundleActs(QObject):
    """Listens to the view; `decided()` once something was."""

    decided = Signal()

    def __init__(self, desk: Desk, view: BundlesView, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.view = view
        view.together_asked.connect(self._together)
        view.apart_asked.connect(self._apart)
        view.unbundle_asked.connect(self._unbundle)
        view.all_asked.connect(self.all)

    def _decide(self, work: Callable[[Workspace], Decided], *, name: str = "") -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: work(ws), done=self._decided, failed=self._refused, name=name, quiet=not name
        )

    def _together(self, keys: tuple[str, ...], reason: str) -> None:
        self._decide(lambda ws: deciding.put_together(ws, keys, reason=reason))

    def _apart(self, keys: tuple[str, ...]) -> None:
        self._decide(lambda ws: deciding.keep_apart(ws, keys))

    def _unbundle(self, keys: tuple[str, ...], reason: str) -> None:
        self._decide(lambda ws: deciding.take_apart(ws, keys, reason=reason))

    def all(self) -> None:
        """Every group that is clear."""
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda progress: deciding.put_all_together(ws, progress),
            done=self._decided,
            failed=self._refused,
            cancelled=self.desk.tell_changed,
            name="planpage.bundling",
        )

    def _decided(self, decided: Decided) -> None:
        self.decided.emit()
        if decided.together or decided.apart:
            self.desk.say(_decided_words(decided), lambda: self._take_back(decided))
        if decided.refused:
            self.desk.show_fault(decided.refused[0][1])
        self.desk.tell_changed()

    def _take_back(self, decided: Decided) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: deciding.take_back(ws, decided), done=self._taken_back, failed=self.desk.show_fault
        )

    def _taken_back(self, _: None) -> None:
        self.desk.say(text("planpage.taken_back"))
        self.desk.tell_changed()

    def _refused(self, fault: Fault) -> None:
        if fault.code == "plan_packed":
            self.view.ask_reason()
        else:
            self.desk.show_fault(fault)


def _decided_words(decided: Decided) -> str:
    if decided.together:
        orders = sum(len(keys) for keys in decided.together)
        return text("planpage.bundle.done", count=len(decided.together), orders=orders)
    key = "planpage.bundle.undone" if decided.before else "planpage.bundle.kept_apart"
    return text(key, count=sum(len(keys) for keys in decided.apart))
