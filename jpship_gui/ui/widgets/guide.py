"""Numbered steps to be done on somebody else's screen, in the words that screen uses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.label import Label

_RING = 24


class _Ring(QWidget):
    """The number of a step in a thin ring."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._words = str(number)
        self.setFixedSize(QSize(_RING, _RING))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring and figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(palette.colour("line_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(palette.colour("text2"))
        painter.setFont(fonts.font(12, True))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self._words)


class Guide(QWidget):
    """One line a step; the words come by key."""

    def __init__(self, keys: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self.show_steps(keys)

    def show_steps(self, keys: Sequence[str]) -> None:
        """Show these steps instead."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, key in enumerate(keys):
            self._grid.addWidget(_Ring(row + 1), row, 0, Qt.AlignmentFlag.AlignTop)
            words = Label(key, wrap=True, select=True)
            words.setMargin(2)  # the first line stands in the ring's middle
            self._grid.addWidget(words, row, 1)
