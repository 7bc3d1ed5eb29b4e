"""What became of the orders: four large figures, and their shares as one bar."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

# outcome, ink of the figure, ink of its word, ground of its share
_KINDS = (
    ("new", "text", "text2", "accent"),
    ("changed", "attention", "attention", "attention"),
    ("unchanged", "text3", "text2", "line_strong"),
    ("rejected", "ng", "ng", "ng"),
)
_FIGURE, _WORD = 52, 16
_HEIGHT, _BASE, _BAR = 62, 50, 8
_LEAST = 10  # px of a share that is not nothing


class Figures(Retranslating, QWidget):
    """Counts by outcome (`new`, `changed`, `unchanged`, `rejected`); what is 0 steps back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: Mapping[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show these."""
        self._counts = dict(counts)
        words = (f"{text(f'intake.{kind[0]}')} {self._counts.get(kind[0], 0)}" for kind in _KINDS)
        self.setAccessibleName("、".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        """Figures, gap, bar."""
        return QSize(480, _HEIGHT + 12 + _BAR)

    def retranslate(self) -> None:
        """Words stand in the painting."""
        self.show_counts(self._counts)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Figures on one baseline, the bar beneath."""
        painter = QPainter(self)
        x = 0.0
        gap = 56 if self.width() > 900 else 36
        for name, ink, word_ink, _ in _KINDS:
            count = self._counts.get(name, 0)
            x = _draw(painter, f"{count:,}", x, _FIGURE, True, ink if count else "ghost")
            x = _draw(
                painter,
                text(f"intake.{name}"),
                x + 12,
                _WORD,
                count > 0 and ink != "text",
                word_ink if count else "text3",
            )
            x += gap
        self._paint_bar(painter)
        painter.end()

    def _paint_bar(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        parts = [(self._counts.get(kind[0], 0), kind[3]) for kind in _KINDS if self._counts.get(kind[0], 0)]
        total = sum(count for count, _ in parts)
        top = self.height() - _BAR
        if not total:
            painter.setBrush(palette.colour("line"))
            painter.drawRoundedRect(QRectF(0, top, self.width(), _BAR), 4, 4)
            return
        room = self.width() - 2 * (len(parts) - 1) - _LEAST * len(parts)
        x = 0.0
        for count, token in parts:
            wide = _LEAST + room * count / total
            painter.setBrush(palette.colour(token))
            painter.drawRoundedRect(QRectF(x, top, wide, _BAR), 4, 4)
            x += wide + 2


def _draw(painter: QPainter, words: str, x: float, size: int, bold: bool, ink: str) -> float:
    painter.setFont(fonts.font(size, bold))
    painter.setPen(palette.colour(ink))
    wide = fonts.metrics(size, bold).horizontalAdvance(words)
    painter.drawText(QPointF(x, _BASE), words)
    return x + wide
