"""Grey rows that stand for rows still on their way, shown only when they take longer than 150 ms."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from jpship_gui.ui.theme import palette

DELAY = 150
_ROW = 34
_BARS = ((0.03, 0.02), (0.08, 0.07), (0.18, 0.09), (0.30, 0.10), (0.43, 0.12), (0.58, 0.24), (0.86, 0.09))


class Skeleton(QWidget):
    """Lay it over a table; `wait()` shows it after 150 ms, `stop()` takes it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.show)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def wait(self) -> None:
        """Something was asked for."""
        if not self.isVisible():
            self._timer.start()

    def stop(self) -> None:
        """It is there."""
        self._timer.stop()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars where the columns will be, fainter from row to row."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), palette.colour("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.colour("line"))
        for row in range(self.height() // _ROW + 1):
            painter.setOpacity(max(0.15, 1 - row / 14))
            for left, width in _BARS:
                box = QRectF(self.width() * left, row * _ROW + 11, self.width() * width, 12)
                painter.drawRoundedRect(box, 4, 4)
