"""The place of the detail at the right of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jpship_gui.ui.check.decisions import Decisions
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.theme import palette

if TYPE_CHECKING:
    from jpship_gui.flows.table.detail import Detail
    from jpship_gui.ui.check.detail_pane import DetailPane

_WIDE, _NARROW = 492, 376
_ROWS_FIRST = 60  # ms until the detail is made: by then the rows are painted


class DetailPlace(QWidget):
    """The pane is made when it is first needed: after the first rows are on screen. `due`: the current row is to be
    shown; `left`, `next_asked`: of the pane."""

    due = Signal()
    left = Signal()
    next_asked = Signal()

    def __init__(self, desk: Desk, decisions: Decisions) -> None:
        super().__init__()
        self._desk, self._decisions = desk, decisions
        self._narrow = False
        self.made: DetailPane | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_ROWS_FIRST)
        self._soon.timeout.connect(self.due)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.set_narrow(False)

    def pane(self) -> DetailPane:
        """The detail, made now at the latest."""
        if self.made is None:
            from jpship_gui.ui.check.detail_pane import DetailPane

            self.made = DetailPane(self._desk, self._decisions)
            self.made.left.connect(self.left)
            self.made.next_asked.connect(self.next_asked)
            self.made.set_narrow(self._narrow)
            row = self.layout()
            assert row is not None
            row.addWidget(self.made)
        return self.made

    def shown(self) -> Detail | None:
        """The shipment in the detail."""
        return self.made.shown() if self.made is not None else None

    def show_soon(self) -> None:
        """Another row is current. The first detail waits until the rows are painted."""
        if self.made is None:
            self._soon.start()
        else:
            self.due.emit()

    def stop(self) -> None:
        """Nothing is to be shown any more."""
        self._soon.stop()

    def waiting(self) -> bool:
        """Whether the current row is still to be shown."""
        return self._soon.isActive() or (self.made is not None and self.made.waiting())

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window it is narrower."""
        self._narrow = narrow
        self.setFixedWidth(_NARROW if narrow else _WIDE)
        if self.made is not None:
            self.made.set_narrow(narrow)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What the detail looks like before it is there."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), palette.colour("surface"))
        painter.fillRect(0, 0, 1, self.height(), palette.colour("line_strong"))
