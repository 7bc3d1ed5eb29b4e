"""A key cap as a widget."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from jpship_gui.ui.theme import palette
from jpship_gui.ui.widgets import key_cap


class KeyLabel(QWidget):
    """Shows one key; zero wide without words."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setFixedSize(key_cap.width(words), key_cap.HEIGHT + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cap."""
        ink, border = palette.colour("text3"), palette.colour("line_strong")
        key_cap.draw(QPainter(self), self._words, 0, self.height() / 2, ink, border)
