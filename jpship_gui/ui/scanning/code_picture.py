"""A bar code on the screen: black on white in any theme, in whole dots of the screen, as large as there is room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.flows.pack.scanner_codes import Bars
from jpship_gui.ui.theme import fonts, palette

_QUIET = 11  # modules of white at both sides
_MOST = 5  # dots a module: wider ones are read no better
_HIGH, _UNDER = 150, 34


class CodePicture(QWidget):
    """Shows one code and what it holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Callable[[int], Bars] | None = None
        self._held = ""
        self.setFixedHeight(_HIGH + _UNDER + 44)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_code(self, bars: Callable[[int], Bars], held: str) -> None:
        """`bars` gives the code with a module of so many dots."""
        self._bars, self._held = bars, held
        self.setAccessibleName(held)
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for the longest."""
        return QSize(960, _HIGH + _UNDER + 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        """White sheet, bars on whole dots, the text beneath."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(palette.colour("line_strong"))
        painter.setBrush(palette.colour("paper"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        if self._bars is None:
            return
        ratio = self.devicePixelRatioF()
        dots = int(self.width() * ratio)
        one = self._bars(2)
        module = max(1, min(round(_MOST * ratio), dots * 2 // (one.width + 4 * _QUIET)))
        bars = self._bars(module)
        left = (dots - bars.width) // 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for offset, width in bars.dark:
            box = QRectF((left + offset) / ratio, 22, width / ratio, _HIGH)
            painter.fillRect(box, palette.colour("ink"))
        painter.setPen(palette.colour("ink"))
        painter.setFont(fonts.font(16))
        under = QRectF(0, 22 + _HIGH, self.width(), _UNDER)
        painter.drawText(under, Qt.AlignmentFlag.AlignCenter, self._held)
        painter.end()
