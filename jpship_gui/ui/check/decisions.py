"""Runs a decision on the data thread, says what came of it, and offers the way back.

The rules behind the decisions take a tenth of a second to load, so they are imported where they are first used: there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.problem import Repair
from jpship_gui.texts import known, text
from jpship_gui.ui.desk import Desk

if TYPE_CHECKING:
    from jpship_gui.flows.check.change import Change
    from jpship_gui.flows.intake.enter import Entered


class Decisions(QObject):
    """What a person may decide about shipments; every decision returns a `Change`."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def approve(self, keys: Sequence[str]) -> None:
        """Let shipments go as they are; recorded with person, reason and the address it was given for."""
        reason = text("check.approve_reason")

        def decide() -> Change:
            from jpship_gui.flows.check.approve import approve

            return approve(self._desk.ws, keys, reason)

        self._run(decide, "check.done.approved")

    def hold(self, keys: Sequence[str], reason: str) -> None:
        """Put shipments on hold."""

        def decide() -> Change:
            from jpship_gui.flows.check.hold import hold

            return hold(self._desk.ws, keys, reason)

        self._run(decide, "check.done.held")

    def release(self, keys: Sequence[str]) -> None:
        """Take shipments off hold."""

        def decide() -> Change:
            from jpship_gui.flows.check.hold import release

            return release(self._desk.ws, keys)

        self._run(decide, "check.done.released")

    def repair(self, key: str, code: str, repair: Repair) -> None:
        """Carry out a proposed repair."""

        def decide() -> Change:
            from jpship_gui.flows.check.repair import apply_repair

            return apply_repair(self._desk.ws, key, code, repair)

        self._run(decide, "check.done.repaired")

    def correct(self, key: str, fields: Mapping[str, str]) -> None:
        """Write what a person typed over the recipient's fields."""

        def decide() -> Change:
            from jpship_gui.flows.check.repair import correct

            return correct(self._desk.ws, key, fields)

        self._run(decide, "check.done.corrected")

    def cancel_entry(self, key: str, reason: str) -> None:
        """Stop an order entered by hand."""

        def decide() -> Entered:
            from jpship_gui.flows.intake.enter import cancel

            return cancel(self._desk.ws, key, reason)

        self._desk.tasks.run(lambda _: decide(), done=self._cancelled)

    def _cancelled(self, done: Entered) -> None:
        from jpship_gui.ui.taking_back import undo_of

        self._desk.say(text("check.done.cancelled", number=done.number), undo_of(self._desk, done.act))
        self._desk.tell_changed()

    def _run(self, decide: Callable[[], Change], words: str) -> None:
        """`words` is a key that takes `count`."""
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
        def back() -> Change:
            from jpship_gui.flows.check.change import undo

            return undo(self._desk.ws, change)

        self._desk.tasks.run(lambda _: back(), done=self._undone)

    def _undone(self, change: Change) -> None:
        self._desk.say(text("check.done.undone", count=len(change.keys)))
        self._desk.tell_changed()


def _reason(code: str) -> str:
    key = f"decision.{code}"
    return text(key) if known(key) else code
