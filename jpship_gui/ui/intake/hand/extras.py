"""What the buyer and the shop have to say, and the gift, which opens only when there is one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jpship_gui.flows.intake.entry import Entry
from jpship_gui.texts import text
from jpship_gui.ui.intake.hand.cell import Cell, CellSheet, Field, Paper
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.retranslating import Retranslating

_GIFT = ("giver", "wrapping", "noshi")
_TALL = 78


class ExtrasSheet(Retranslating, CellSheet):
    """Emits `changed()`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.remark, self.memo = Paper(), Paper()
        self.giver, self.wrapping, self.noshi = Field(), Field(), Field()
        self.gift = CheckBox("handform.gift")
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 4, 16, 4)
        row.addWidget(self.gift)
        row.addStretch(1)
        self.cells = {name: Cell(f"entry.field.{name}", getattr(self, name)) for name in _GIFT}
        for name in ("remark", "memo"):
            self.cells[name] = Cell(f"entry.field.{name}", getattr(self, name), height=_TALL)
        self.add([(self.cells["remark"], 1), (self.cells["memo"], 1)])
        self.add_widget(head)
        self._gift_row = self.add([(self.cells[name], 1) for name in _GIFT])
        self._gift_row.hide()
        self.gift.toggled.connect(self._gift_chosen)
        for name in _GIFT:
            getattr(self, name).textChanged.connect(lambda _: self.changed.emit())
        for paper in (self.remark, self.memo):
            paper.textChanged.connect(self.changed)
        self.retranslate()

    def values(self) -> dict[str, Any]:
        """Fields of an `Entry`; what is hidden with the gift is not part of it."""
        on = self.gift.isChecked()
        given = {name: getattr(self, name).text() if on else "" for name in _GIFT}
        papers = {"remark": self.remark.toPlainText(), "memo": self.memo.toPlainText()}
        return {**papers, "gift": on, **given}

    def show_values(self, entry: Entry) -> None:
        """Show an entry's."""
        self.remark.setPlainText(entry.remark)
        self.memo.setPlainText(entry.memo)
        for name in _GIFT:
            getattr(self, name).setText(getattr(entry, name))
        self.gift.setChecked(entry.gift)

    def _gift_chosen(self, on: bool) -> None:
        self._gift_row.setVisible(on)
        if on and self.gift.hasFocus():
            self.giver.setFocus()
        self.changed.emit()

    def retranslate(self) -> None:
        """What the fields are for."""
        if hasattr(self, "cells"):
            self.remark.setPlaceholderText(text("handform.remark"))
            self.memo.setPlaceholderText(text("handform.memo"))
