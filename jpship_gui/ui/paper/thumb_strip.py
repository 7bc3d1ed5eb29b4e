"""All pages small, one beneath the other; only those in sight are ever made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from jpship_gui.ui.paper.pictures import Pictures
from jpship_gui.ui.theme import fonts, palette

WIDTH = 104
_SHEET = 84  # px of a page's width
_DPI = 28
_SLOT = 150
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_Home: -(10**6),
    Qt.Key.Key_End: 10**6,
}


class ThumbStrip(QAbstractScrollArea):
    """Emits `chosen(page)`, from 1, when a person picks another page by mouse or keys."""

    chosen = Signal(int)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._sizes: Sequence[tuple[float, float]] = ()
        self._current = 0
        self.setFixedWidth(WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        pictures.ready.connect(self._came)

    def _came(self, page: int) -> None:
        self.viewport().update()

    def show_pages(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Pages of another document, by their sizes in mm."""
        self._sizes = sizes
        self._current = 1 if sizes else 0
        self._measure()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def go(self, page: int) -> None:
        """Show this page as the current one, and bring it into sight."""
        self._current = page
        bar, top = self.verticalScrollBar(), (page - 1) * _SLOT
        if top < bar.value():
            bar.setValue(top)
        elif top + _SLOT > bar.value() + self.viewport().height():
            bar.setValue(top + _SLOT - self.viewport().height())
        self.viewport().update()

    def _measure(self) -> None:
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, len(self._sizes) * _SLOT - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(_SLOT // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The range changes with the height."""
        self._measure()

    def sizeHint(self) -> QSize:
        """A narrow column."""
        return QSize(WIDTH, 400)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pages in sight, their numbers, a frame round the current one."""
        painter = QPainter(self.viewport())
        top = self.verticalScrollBar().value()
        first = top // _SLOT
        for index in range(first, min(len(self._sizes), (top + self.viewport().height()) // _SLOT + 1)):
            self._paint_page(painter, index, index * _SLOT - top)
        painter.end()

    def _paint_page(self, painter: QPainter, index: int, y: int) -> None:
        wide, high = self._sizes[index]
        height = min(_SHEET * high / wide, _SLOT - 30)
        width = height * wide / high
        box = QRectF(round(8 + (_SHEET - width) / 2), y + 4, round(width), round(height))
        painter.fillRect(box, palette.colour("paper"))
        image = self._pictures.picture(index + 1, _DPI)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if image is not None:
            painter.drawImage(box, image)
        on = index + 1 == self._current
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if on:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(palette.colour("accent"), 3))
            painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), 4, 4)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        else:
            painter.setPen(QPen(palette.colour("line_strong"), 1))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setFont(fonts.font(12, on))
        painter.setPen(palette.colour("accent" if on else "text2"))
        below = QRectF(0, y + _SLOT - 24, 8 + _SHEET + 8, 18)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"{index + 1}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The page under the mouse."""
        index = int(event.position().y() + self.verticalScrollBar().value()) // _SLOT
        if 0 <= index < len(self._sizes):
            self.chosen.emit(index + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, pages of ten, first and last."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self._sizes:
            super().keyPressEvent(event)
            return
        self.chosen.emit(min(max(self._current + step, 1), len(self._sizes)))
