"""Reads and keeps limits and days in the data thread, and offers the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.plan import entries
from jpship_gui.flows.plan.entries import Before, Entry
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import language, text
from jpship_gui.ui import names
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.plan.entry_form import Ways
from jpship_gui.ui.plan.limits_view import LimitsView


@dataclass(frozen=True, slots=True)
class _Found:
    entries: tuple[Entry, ...]
    carriers: Ways
    ways: Ways


def _read(ws: Workspace) -> _Found:
    known = ws.carriers().values()
    carriers = tuple((one.id, names.carrier_name(one.id)) for one in known)
    ways = tuple(
        (f"{carrier.id}/{one.id}", f"{names.carrier_name(carrier.id)} {one.called(language())}")
        for carrier in known
        for one in carrier.services
    )
    return _Found(entries.every(ws), carriers, ways)


class LimitActs(QObject):
    """Listens to the view."""

    def __init__(self, desk: Desk, view: LimitsView, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.view = view
        view.save_asked.connect(self._save)
        view.remove_asked.connect(self._remove)
        view.settings_asked.connect(lambda place: desk.go("options", place))

    def read(self) -> None:
        """Show what there is."""
        ws = self.desk.ws
        self.desk.tasks.run(lambda _: _read(ws), done=self._show, failed=self.desk.show_fault, quiet=True)

    def _show(self, found: _Found) -> None:
        self.view.show_entries(found.entries, found.carriers, found.ways)

    def _save(self, entry: Entry, instead: Entry | None) -> None:
        self._run(lambda ws: entries.keep(ws, entry, instead), "planlimit.saved")

    def _remove(self, entry: Entry) -> None:
        self._run(lambda ws: entries.remove(ws, entry), "planlimit.removed")

    def _run(self, work: Callable[[Workspace], Before], words: str) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: (words, work(ws)), done=self._done, failed=self._failed, name="planlimit.working"
        )

    def _failed(self, fault: Fault) -> None:
        if fault.code in ("plan_entry_invalid", "plan_entry_empty"):
            self.view.refuse(fault)
        else:
            self.desk.show_fault(fault)

    def _done(self, answer: tuple[str, Before]) -> None:
        words, before = answer
        self.view.saved()
        self.desk.say(text(words), lambda: self._undo(before))
        self.desk.tell_changed()

    def _undo(self, before: Before) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: entries.restore(ws, before), done=self._undone, failed=self.desk.show_fault
        )

    def _undone(self, _: None) -> None:
        self.desk.say(text("planpage.taken_back"))
        self.desk.tell_changed()
