"""Getting a shop's keys with a login: what is asked for is used once and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating

_WIDE = 320


class SignIn(Retranslating, QWidget):
    """Fields (key of their words, whether what is typed is hidden) and one button; `given` carries what was typed, in
    their order, and the fields are blank again."""

    given = Signal(list)

    def __init__(self, key: str, fields: Sequence[tuple[str, bool]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = [name for name, _ in fields]
        column = QVBoxLayout(self)
        column.setContentsMargins(60, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label(f"{key}.more", ink="text2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.fields: list[QLineEdit] = []
        for _, hidden in fields:
            field = QLineEdit()
            field.setFont(fonts.font(14))
            field.setMaximumWidth(_WIDE)
            if hidden:
                field.setEchoMode(QLineEdit.EchoMode.Password)
                field.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText)
            field.textChanged.connect(self._typed)
            self.fields.append(field)
            row.addWidget(field, 1)
        self.button = Button(f"{key}.do", kind="primary")
        self.button.clicked.connect(self._give)
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)
        self._typed()
        self.retranslate()

    def retranslate(self) -> None:
        """What belongs into the fields."""
        if not hasattr(self, "button"):
            return
        for field, key in zip(self.fields, self._keys, strict=True):
            field.setPlaceholderText(text(key))
            field.setAccessibleName(text(key))

    def _typed(self) -> None:
        if hasattr(self, "button"):
            self.button.setEnabled(all(field.text().strip() for field in self.fields))

    def _give(self) -> None:
        words = [  # a blank may belong to what is hidden
            field.text() if field.echoMode() == QLineEdit.EchoMode.Password else field.text().strip()
            for field in self.fields
        ]
        for field in self.fields:
            field.clear()
        self.given.emit(words)
