"""A label sheet in small: which of its labels the print begins on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_WIDE, _HIGH = 168, 216  # px the sheet may take
_RIM = 6
_GAP = 2


class SheetPlace(Retranslating, QWidget):
    """Labels before the first are hatched as used; a click or the arrow keys choose another (`chosen`, from 1)."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = 1
        self._grid = (1, 1)
        self._cell = (10.0, 10.0)
        self._over = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_sheet(self, columns: int, rows: int, cell: tuple[float, float], value: int) -> None:
        """Another sheet or place; `cell` is width : height of a label."""
        self._grid = (columns, rows)
        scale = min(_WIDE / (columns * cell[0]), _HIGH / (rows * cell[1]))
        self._cell = (cell[0] * scale, cell[1] * scale)
        self.value = value
        self._over = 0
        self.setFixedSize(self.sizeHint())
        self.retranslate()

    def sizeHint(self) -> QSize:
        """All labels and a rim."""
        wide, high = (side * count for side, count in zip(self._cell, self._grid, strict=True))
        return QSize(round(wide) + 2 * _RIM, round(high) + 2 * _RIM)

    def words(self) -> str:
        """Where the chosen label lies."""
        row, column = divmod(self.value - 1, self._grid[0])
        return text("paperpage.first_at", row=row + 1, column=column + 1)

    def box(self, number: int) -> QRectF:
        """Where a label is drawn."""
        row, column = divmod(number - 1, self._grid[0])
        wide, high = self._cell
        gap = min(_GAP, wide / 5, high / 5)
        return QRectF(_RIM + column * wide, _RIM + row * high, wide, high).adjusted(
            gap / 2, gap / 2, -gap / 2, -gap / 2
        )

    def retranslate(self) -> None:
        """What a screen reader says."""
        number = text("paperpage.first_from", number=self.value)
        self.setAccessibleName(f"{text('ask.first')} {number}")
        self.setAccessibleDescription(self.words())
        self.update()

    def _choose(self, number: int) -> None:
        number = min(max(number, 1), self._grid[0] * self._grid[1])
        if number != self.value:
            self.value = number
            self.retranslate()
            self.chosen.emit(number)

    def _at(self, place: QPointF) -> int:
        """The label there, 0 = none."""
        column = int((place.x() - _RIM) // self._cell[0])
        row = int((place.y() - _RIM) // self._cell[1])
        inside = 0 <= column < self._grid[0] and 0 <= row < self._grid[1]
        return row * self._grid[0] + column + 1 if inside else 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The label there is the first."""
        number = self._at(event.position())
        if number and event.button() == Qt.MouseButton.LeftButton:
            self._choose(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The label a click would choose."""
        over = self._at(event.position())
        if over != self._over:
            self._over = over
            self.setToolTip(text("paperpage.first_from", number=over) if over else "")
            self.update()

    def leaveEvent(self, event: object) -> None:
        """None."""
        self._over = 0
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End."""
        across, down = self._grid
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -across,
            Qt.Key.Key_Down: across,
            Qt.Key.Key_Home: 1 - self.value,
            Qt.Key.Key_End: across * down - self.value,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif 1 <= self.value + step <= across * down:
            self._choose(self.value + step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Its ring comes."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Its ring goes."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page, used labels hatched, the first filled with its number, those that are free."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = self.hasFocus()
        painter.setPen(QPen(palette.colour("accent" if ring else "line_strong"), 2 if ring else 1))
        painter.setBrush(palette.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        for number in range(1, self._grid[0] * self._grid[1] + 1):
            self._draw(painter, number)
        painter.end()

    def _draw(self, painter: QPainter, number: int) -> None:
        box = self.box(number)
        round_ = min(2.0, box.height() / 4)
        painter.setPen(Qt.PenStyle.NoPen)
        if number < self.value:
            painter.setBrush(palette.colour("window"))
            painter.drawRoundedRect(box, round_, round_)
            painter.setBrush(QBrush(palette.colour("text3"), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(box, round_, round_)
        elif number == self.value:
            painter.setBrush(palette.colour("accent"))
            painter.drawRoundedRect(box, round_, round_)
        if number != self.value:
            hot = number == self._over
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.colour("accent" if hot else "line_strong"), 2 if hot else 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), round_, round_)
        if number == self.value or number == self._over:
            self._figure(painter, box, number)

    def _figure(self, painter: QPainter, box: QRectF, number: int) -> None:
        """The number, where a label has room for it."""
        size = 14 if box.height() >= 18 else 11 if box.height() >= 13 else 0
        if not size or fonts.metrics(size).horizontalAdvance(str(number)) > box.width():
            return
        if number != self.value and number < self.value:
            painter.fillRect(box.adjusted(2, 2, -2, -2), palette.colour("surface"))
        painter.setFont(fonts.font(size, True))
        painter.setPen(palette.colour("on_accent" if number == self.value else "accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))
