"""The bar at the foot while rows are ticked: how many, and what may be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.ui.actions import act, key_cap
from jpship_gui.ui.theme import palette
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.label import Label

HEIGHT = 60
_SHORT = {
    "print_slips": "table.act.slips",
    "carrier_export": "table.act.waybills",
    "hold": "act.hold",
    "bundle": "table.act.bundle",
}


class SelectionBar(QWidget):
    """Emits `asked(act id)` and `dropped()` when the ticks are to be taken away."""

    asked = Signal(str)
    dropped = Signal()

    def __init__(self, acts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 0, 12, 0)
        row.setSpacing(8)
        self.count = Label(size=28, bold=True, ink="accent")
        row.addWidget(self.count)
        row.addSpacing(4)
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addStretch(1)
        self._title = Label("table.ticked", bold=True, count=0)
        self._note = Label(size=12, ink="text2")
        column.addWidget(self._title)
        column.addWidget(self._note)
        column.addStretch(1)
        row.addLayout(column)
        row.addStretch(1)
        self.buttons: dict[str, Button] = {}
        for act_id in acts:
            button = Button(_SHORT[act_id], icon=act(act_id).icon, cap=key_cap(act_id))
            button.setObjectName(act_id)
            button.clicked.connect(self._clicked)
            self.buttons[act_id] = button
            row.addWidget(button)
        self._drop = IconButton("x", "table.tick_none")
        self._drop.clicked.connect(self.dropped)
        row.addSpacing(4)
        row.addWidget(self._drop)
        self.hide()

    def show_count(self, count: int, note: str, note_values: dict[str, object]) -> None:
        """How many are ticked, and one line about them."""
        self.count.show_text(f"{count:,}")
        self._title.say("table.ticked", count=count)
        self._note.say(note, **note_values)
        self.setVisible(count > 0)
        self._fold()

    def set_allowed(self, act_id: str, allowed: bool) -> None:
        """Grey what may not be done."""
        self.buttons[act_id].setEnabled(allowed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See which buttons have room."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """The last acts give way in a narrow window; their keys and the menu remain."""
        room = (
            self.width()
            - 26
            - 12
            - 60
            - max(self._note.sizeHint().width(), 90)
            - self.count.sizeHint().width()
        )
        for button in self.buttons.values():
            room -= button.sizeHint().width() + 8
            button.setVisible(room >= 0)

    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.asked.emit(sender.objectName())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Accent ground, line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), palette.colour("accent_weak"))
        painter.fillRect(0, 0, self.width(), 1, palette.colour("accent_line"))
