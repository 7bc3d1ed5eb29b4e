"""Runs a decision on the data thread, says what came of it, and offers the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.check.change import Change, undo
from jpship_gui.texts import known, text
from jpship_gui.ui.desk import Desk


class Decisions(QObject):
    """Approvals, holds, repairs: all return a `Change`."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def run(self, decide: Callable[[], Change], words: str) -> None:
        """Decide; `words` is a key that takes `count`."""
        self._desk.tasks.run(lambda _: (words, decide()), done=self._decided)

    def _decided(self, answer: tuple[str, Change]) -> None:
        words, change = answer
        desk = self._desk
        if change.keys:
            back = (lambda: self._undo(change)) if change.can_undo else None
            desk.say(text(words, count=len(change.keys)), back)
        if change.refused:
            reasons = {code for _, code in change.refused}
            told = " / ".join(_reason(code) for code in sorted(reasons))
            desk.show_fault(Refused("decision_refused", count=len(change.refused), reason=told))
        desk.tell_changed()

    def _undo(self, change: Change) -> None:
        ws = self._desk.ws
        self._desk.tasks.run(lambda _: undo(ws, change), done=self._undone)

    def _undone(self, change: Change) -> None:
        self._desk.say(text("check.done.undone", count=len(change.keys)))
        self._desk.tell_changed()


def _reason(code: str) -> str:
    key = f"decision.{code}"
    return text(key) if known(key) else code
