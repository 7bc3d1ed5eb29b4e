"""A titled sheet of setting rows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Sheet


class Group(QWidget):
    """Title above, rows between hairlines."""

    def __init__(self, title: str, rows: Iterable[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        if title:
            column.addWidget(Label(title, size=16, bold=True))
        sheet = Sheet()
        self._inside = QVBoxLayout(sheet)
        self._inside.setContentsMargins(1, 4, 1, 4)
        self._inside.setSpacing(0)
        column.addWidget(sheet)
        for row in rows:
            self.add(row)

    def add(self, row: QWidget) -> None:
        """One more row at the end."""
        if self._inside.count():
            self._inside.addWidget(Hairline())
        self._inside.addWidget(row)
