"""A few choices side by side, one of them taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_HEIGHT = 36
_PAD = 16


class Segments(Retranslating, QWidget):
    """Values with the keys of their words; emits `chosen(value)` when a person takes another. Left and Right work."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._value = value
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def value(self) -> str:
        """What is taken."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show another as taken, without a signal."""
        self._value = value
        self.retranslate()

    def retranslate(self) -> None:
        """Words and the width they need."""
        self.setAccessibleName(next((text(key) for value, key in self._choices if value == self._value), ""))
        self.updateGeometry()
        self.update()

    def _edges(self) -> list[float]:
        edges = [0.0]
        for _, key in self._choices:
            edges.append(edges[-1] + max(64, fonts.width(text(key), 14, True) + 2 * _PAD))
        return edges

    def sizeHint(self) -> QSize:
        """All of them in a row."""
        return QSize(round(self._edges()[-1]), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """One border, the taken one filled."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edges = self._edges()
        whole = QRectF(0.5, 0.5, edges[-1] - 1, _HEIGHT - 1)
        painter.setPen(QPen(palette.colour("line_strong"), 1))
        painter.setBrush(palette.colour("surface"))
        painter.drawRoundedRect(whole, 6, 6)
        for number, (value, key) in enumerate(self._choices):
            box = QRectF(edges[number], 0, edges[number + 1] - edges[number], _HEIGHT)
            on = value == self._value
            if on:
                painter.setPen(QPen(palette.colour("accent"), 2 if self.hasFocus() else 1.2))
                painter.setBrush(palette.colour("accent_weak"))
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
            painter.setPen(palette.colour("text" if on else "text2"))
            painter.setFont(fonts.font(14, on))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text(key))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The one under the mouse."""
        edges = self._edges()
        for number, (value, _) in enumerate(self._choices):
            if edges[number] <= event.position().x() < edges[number + 1]:
                self._take(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right take the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        values = [value for value, _ in self._choices]
        if step is None or self._value not in values:
            super().keyPressEvent(event)
            return
        self._take(values[min(max(values.index(self._value) + step, 0), len(values) - 1)])

    def _take(self, value: str) -> None:
        if value != self._value:
            self.set_value(value)
            self.chosen.emit(value)
