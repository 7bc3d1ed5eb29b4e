"""F1: every key of the program, from the list of acts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.actions import ACTS, GROUPS, key_cap
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.key_label import KeyLabel
from jpship_gui.ui.widgets.label import Label

_COLUMNS = (("stages", "pack", "window"), ("intake", "orders", "check"), ("plan", "paper", "confirm"))


class KeysDialog(QDialog):
    """Three columns of groups; Esc closes it. No button is a default, a scanner's Enter does nothing here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(text("keys.title"))
        self.resize(1080, 760)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 24)
        column.setSpacing(20)
        column.addWidget(Label("keys.title", size=20, bold=True))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._groups())
        column.addWidget(area, 1)
        close = Button("ui.close", cap="Esc")
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)

    def _groups(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(48)
        for names in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(24)
            for name in names:
                column.addLayout(self._group(name))
            column.addStretch(1)
            row.addLayout(column, 1)
        return holder

    def _group(self, name: str) -> QGridLayout:
        assert name in GROUPS
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        title = Label(f"keys.group.{name}", size=12, bold=True, ink="text3")
        title.setMinimumHeight(20)
        grid.addWidget(title, 0, 0, 1, 2)
        acts = [act for act in ACTS if act.group == name and act.key]
        for line, act in enumerate(acts, start=1):
            words = Label(act.words)
            words.setMinimumHeight(22)  # else the letters' lower ends are cut
            grid.addWidget(words, line, 0)
            grid.addWidget(KeyLabel(key_cap(act.id)), line, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        return grid
