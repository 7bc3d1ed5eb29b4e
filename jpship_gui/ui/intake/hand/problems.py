"""What the rules say of the order while it is typed, each with its proposal on Alt and a digit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jpship_gui.domain.problem import Problem, Repair
from jpship_gui.ui.check.problem_card import ProblemCard


class Problems(QWidget):
    """Emits `asked(number)`, counted over all proposals from 1. Cards change only when the findings do."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[Problem, ...] = ()
        self._narrow = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these."""
        if tuple(problems) != self.shown:
            self.shown = tuple(problems)
            self.show_again()

    def set_narrow(self, narrow: bool) -> None:
        """Labels over their values."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.show_again()

    def show_again(self) -> None:
        """Make the cards anew, as after a change of language."""
        while (item := self._column.takeAt(0)) is not None:
            if (card := item.widget()) is not None:
                card.hide()
                card.deleteLater()
        first = 1
        for problem in self.shown:
            made = ProblemCard(problem, first, narrow=self._narrow)
            made.asked.connect(self.asked)
            self._column.addWidget(made)
            first += len(problem.repairs)

    def repairs(self) -> tuple[Repair, ...]:
        """All proposals, in the order of their numbers."""
        return tuple(repair for problem in self.shown for repair in problem.repairs)
