"""Corrects the recipient in place; the order keeps what the marketplace said."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jpship_gui.domain.order import Contact
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label

FIELDS = ("name", "postal_code", "prefecture", "city", "street", "phone")


class CorrectForm(QWidget):
    """Emits `decided(fields)` with what changed, or `dropped()`. Enter in a field goes to the next one."""

    decided = Signal(dict)
    dropped = Signal()

    def __init__(self, contact: Contact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = {name: str(getattr(contact, name)) for name in FIELDS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        self.fields: dict[str, QLineEdit] = {}
        for line, name in enumerate(FIELDS):
            field = QLineEdit(self._before[name])
            field.setAccessibleName(name)
            field.returnPressed.connect(self._next)
            grid.addWidget(Label(f"detail.field.{name}", size=12, ink="text2"), line, 0)
            grid.addWidget(field, line, 1)
            self.fields[name] = field
        column.addLayout(grid)
        row = QHBoxLayout()
        self.save = Button("detail.correct_save", kind="primary", icon="check")
        self.save.clicked.connect(self._save)
        cancel = Button("ui.cancel", kind="quiet", cap="Esc")
        cancel.clicked.connect(self.dropped)
        row.addWidget(self.save)
        row.addWidget(cancel)
        row.addStretch(1)
        column.addLayout(row)

    def changed(self) -> dict[str, str]:
        """Fields that differ from before; codes and numbers as digits only."""
        given = {name: field.text().strip() for name, field in self.fields.items()}
        for name in ("postal_code", "phone"):
            given[name] = "".join(c for c in given[name] if c not in "-‐－ー 〒()")
        return {name: value for name, value in given.items() if value != self._before[name]}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc drops it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def _next(self) -> None:
        self.focusNextChild()

    def _save(self) -> None:
        changed = self.changed()
        if changed:
            self.decided.emit(changed)
        else:
            self.dropped.emit()
