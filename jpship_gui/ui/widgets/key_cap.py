"""A key as drawn beside the words of an act."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from jpship_gui.ui.theme import fonts

HEIGHT = 18
_SIZE = 11
_PADDING = 5


def width(words: str) -> int:
    """Width of the cap; 0 without words."""
    return round(fonts.width(words, _SIZE)) + 2 * _PADDING if words else 0


def draw(painter: QPainter, words: str, x: float, middle: float, ink: QColor, border: QColor) -> None:
    """Paint the cap from x, centred on the height `middle`."""
    box = QRectF(round(x) + 0.5, round(middle - HEIGHT / 2) + 0.5, width(words) - 1, HEIGHT - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(border, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(ink)
    painter.setFont(fonts.font(_SIZE))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()
