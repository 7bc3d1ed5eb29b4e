"""Carries out a split in the data thread, says it, and offers the way back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.plan.split import Split, split
from jpship_gui.flows.plan.split_by import RULES, Proposal, propose
from jpship_gui.flows.table.detail import load
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.plan.split_view import SplitView

_WEIGHTS = (5_000, 10_000, 15_000, 20_000, 25_000, 30_000)  # grams a box may hold, as offered


class SplitActs(QObject):
    """Listens to the view. `begun()`: a shipment is there to be split; `ended()`: it is done, or left."""

    begun = Signal()
    ended = Signal()

    def __init__(self, desk: Desk, view: SplitView, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.view = view
        view.decided.connect(self._split)
        view.left.connect(self.ended)
        view.proposal_asked.connect(self._ask_rule)

    def begin(self, key: str) -> None:
        """Let a person split this one."""
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: load(ws, keys=[key]), done=self._split_loaded, failed=self.desk.show_fault, quiet=True
        )

    def _split_loaded(self, found: list[Shipment]) -> None:
        if found:
            self.view.show_shipment(found[0])
            self.begun.emit()

    def _ask_rule(self, key: str) -> None:
        """By what is it to be split? A menu beneath the button."""
        menu = QMenu(self.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for by in RULES:
            for grams in _WEIGHTS if by == "weight" else (0,):
                words = text(f"planpage.split.by.{by}", kilos=grams // 1000)
                chosen = menu.addAction(words).triggered
                chosen.connect(lambda _=False, by=by, grams=grams: self._propose(key, by, grams))
        button = self.view.propose_button
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _propose(self, key: str, by: str, grams: int) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: propose(ws, key, by, grams=grams),
            done=self._proposed,
            failed=self.desk.show_fault,
            quiet=True,
        )

    def _proposed(self, found: Proposal) -> None:
        self.view.propose(found.lines)
        if len(found.lines) < 2:
            self.desk.say(text("planpage.split.one_is_enough"))

    def _split(self, key: str, contents: tuple[dict[int, int], ...], count: int, reason: str) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: split(ws, key, count, lines=contents, reason=reason),
            done=self._was_split,
            failed=self._split_refused,
            quiet=True,
        )

    def _was_split(self, made: Split) -> None:
        before = self.view.shipment
        count = len(made.parcels)
        back = (lambda: self._split_back(before)) if before is not None and before.key == made.key else None
        self.desk.say(text("planpage.split.done", count=count), back)
        self.ended.emit()
        self.desk.tell_changed()

    def _split_back(self, before: Shipment) -> None:
        """The boxes there were, with what lay in them where that was noted."""
        goods = {(one.key, line.line_id): n for n, (one, line) in enumerate(before.goods, start=1)}
        known = before.contents() if len(before.boxes) > 1 else {}
        lines = tuple({goods[c.shipment, c.line_id]: c.quantity for c in box} for box in known.values())
        ws, count = self.desk.ws, max(1, len(before.boxes))
        self.desk.tasks.run(
            lambda _: split(ws, before.key, count, lines=lines),
            done=self._split_was_undone,
            failed=self.desk.show_fault,
        )

    def _split_was_undone(self, _: Split) -> None:
        self.desk.say(text("planpage.taken_back"))
        self.desk.tell_changed()

    def _split_refused(self, fault: Fault) -> None:
        if fault.code == "plan_packed":
            self.view.ask_reason()
        else:
            self.desk.show_fault(fault)
