"""Check boxes, painted alike in tables, headers and forms."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

SIZE = 16


@cache
def _box(state: int, accent: str, mark: str, border: str, ground: str, ratio: float) -> QPixmap:
    made = QPixmap(QSize(round(SIZE * ratio), round(SIZE * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    on = state != 0
    painter.setPen(Qt.PenStyle.NoPen if on else QPen(QColor(border), 1))
    painter.setBrush(QColor(accent if on else ground))
    painter.drawRoundedRect(QRectF(0, 0, 16, 16) if on else QRectF(0.5, 0.5, 15, 15), 4, 4)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(QColor(mark), 2, Qt.PenStyle.SolidLine, cap, join))
    if state == 2:
        painter.drawPolyline([QPointF(4.2, 8.2), QPointF(7, 11), QPointF(11.9, 5.4)])
    elif state == 1:
        painter.drawLine(QPointF(4.6, 8), QPointF(11.4, 8))
    painter.end()
    return made


def draw(painter: QPainter, x: float, y: float, state: Qt.CheckState, live: bool = True) -> None:
    """Paint a box of 16 px with its top left corner at x, y."""
    ratio = painter.device().devicePixelRatioF()
    number = {Qt.CheckState.Unchecked: 0, Qt.CheckState.PartiallyChecked: 1, Qt.CheckState.Checked: 2}[state]
    tokens = palette.tokens()
    accent = tokens.accent if live else tokens.ghost
    border = tokens.line_strong if live else tokens.line
    pixmap = _box(number, accent, tokens.on_accent, border, tokens.surface, ratio)
    painter.drawPixmap(round(x), round(y), pixmap)


class CheckBox(Retranslating, QAbstractButton):
    """A box with words beside it."""

    def __init__(
        self, key: str = "", *, checked: bool = False, parent: QWidget | None = None, **values: object
    ) -> None:
        super().__init__(parent)
        self._key = key
        self._values = values
        self.setCheckable(True)
        self.setChecked(checked)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.retranslate()

    def say(self, key: str, **values: object) -> None:
        """Show the words of a key from now on."""
        self._key = key
        self._values = values
        self.retranslate()

    def retranslate(self) -> None:
        """Words of the key."""
        if self._key:
            self.setText(text(self._key, **self._values))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Box, gap and words; 32 px high so that it is easily hit."""
        words = fonts.metrics(14).horizontalAdvance(self.text())
        return QSize(SIZE + 8 + (round(words) + 10 if words else 0), 32)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, focus ring, words."""
        painter = QPainter(self)
        middle = self.height() / 2
        state = Qt.CheckState.Checked if self.isChecked() else Qt.CheckState.Unchecked
        draw(painter, 4, middle - SIZE / 2, state, self.isEnabled())
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(1, middle - 11, 22, 22), 6, 6)
        painter.setFont(fonts.font(14))
        painter.setPen(palette.colour("text" if self.isEnabled() else "ghost"))
        box = QRectF(4 + SIZE + 8, 0, self.width(), self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self.text())
