"""Grounds to put things on: sheets, hairlines, plain panels."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from jpship_gui.ui.theme import palette


class Sheet(QFrame):
    """A ground with a thin border and round corners; `line=""` leaves the border out."""

    def __init__(
        self,
        *,
        ground: str = "surface",
        line: str = "line_strong",
        radius: int = 8,
        dashed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ground = ground
        self._line = line
        self._radius = radius
        self._dashed = dashed
        self._width = 1

    def set_colours(self, ground: str, line: str, width: int = 1) -> None:
        """Change ground and border tokens, as for what is chosen (`accent`, 2 px)."""
        self._ground, self._line, self._width = ground, line, width
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(palette.colour(self._ground) if self._ground else Qt.BrushStyle.NoBrush)
        pen = QPen(palette.colour(self._line), self._width) if self._line else QPen(Qt.PenStyle.NoPen)
        if self._line and self._dashed:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([6, 4])
        painter.setPen(pen)
        half = self._width / 2 if self._line else 0
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, self._radius, self._radius)


class Panel(QWidget):
    """A flat ground without border, filling its place."""

    def __init__(self, ground: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = ground

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is asked for."""
        QPainter(self).fillRect(event.rect(), palette.colour(self._ground))


class Hairline(QWidget):
    """One logical pixel, lying or standing; filled, never an antialiased line."""

    def __init__(self, *, upright: bool = False, token: str = "line", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        if upright:
            self.setFixedWidth(1)
            self.setSizePolicy(fixed, wide)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(wide, fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line."""
        QPainter(self).fillRect(self.rect(), palette.colour(self._token))
