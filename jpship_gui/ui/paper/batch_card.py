"""One batch: the coming one with how many wait, or one that went to the printer."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, glyphs, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_HEIGHT = 92


class BatchCard(Retranslating, QWidget):
    """`chosen(number)` when it is picked; the coming batch is 0. Space picks it as well."""

    chosen = Signal(int)

    def __init__(self, number: int, shown: int, parent: QWidget | None = None) -> None:
        """`number` is the batch (0 = the coming one), `shown` the number it has or will have."""
        super().__init__(parent)
        self.number = number
        self._shown = shown
        self._time = ""
        self._count = 0
        self._state = ""
        self._on = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_state(self, count: int, state: str, time: str = "") -> None:
        """`state` is the key of its word: `paperpage.state.<state>`."""
        self._count, self._state, self._time = count, state, time
        self.retranslate()

    def set_on(self, on: bool) -> None:
        """It is the one the page shows."""
        self._on = on
        self.update()

    def retranslate(self) -> None:
        """Words stand in the painting."""
        if self._state:
            state = text(f"paperpage.state.{self._state}")
            self.setAccessibleName(f"{text('paperpage.batch', number=self._shown)} {self._count} {state}")
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(180, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name and time, count and state."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = 2 if self._on or self.hasFocus() else 1
        painter.setPen(QPen(palette.colour("accent" if edge == 2 else "line_strong"), edge))
        painter.setBrush(palette.colour("surface" if self._on else "window"))
        inset = edge / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
        right = self.width() - 18
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(fonts.font(14, self._on))
        painter.setPen(palette.colour("text" if self._on else "text2"))
        painter.drawText(QRectF(18, 10, right - 18, 28), middle, text("paperpage.batch", number=self._shown))
        painter.setFont(fonts.font(14))
        painter.setPen(palette.colour("text2"))
        painter.drawText(QRectF(18, 10, right - 18, 28), middle | Qt.AlignmentFlag.AlignRight, self._time)
        figure = f"{self._count:,}"
        wide = fonts.metrics(28, True).horizontalAdvance(figure)
        painter.setFont(fonts.font(28, True))
        painter.setPen(palette.colour("text" if self._on else "text3"))
        painter.drawText(QRectF(18, 42, wide + 4, 40), middle, figure)
        painter.setFont(fonts.font(14))
        painter.setPen(palette.colour("text2"))
        unit = text("paperpage.pieces", count=self._count)
        state = text(f"paperpage.state.{self._state}") if self._state else ""
        width = fonts.metrics(14).horizontalAdvance(state)
        room = right - (24 + wide + fonts.metrics(14).horizontalAdvance(unit) + 12)
        if width > room:  # the state says more than the unit
            room = right - (24 + wide)
        else:
            painter.drawText(QRectF(24 + wide, 48, 80, 36), middle, unit)
        if width > room:
            painter.setFont(fonts.font(12))
            state = fonts.metrics(12).elidedText(state, Qt.TextElideMode.ElideRight, max(room, 0))
            width = fonts.metrics(12).horizontalAdvance(state)
        elif self._state == "sent" and width + 24 <= room:
            glyphs.draw(painter, glyphs.OK, right - width - 24, 58, 16, "text3", "window")
        painter.setPen(palette.colour("text" if self.number == 0 else "text2"))
        painter.drawText(QRectF(right - width - 2, 48, width + 4, 36), middle, state)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Picked."""
        if self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space picks it; Enter is left alone, a scanner ends with it."""
        if event.key() == Qt.Key.Key_Space:
            self.chosen.emit(self.number)
        else:
            super().keyPressEvent(event)
