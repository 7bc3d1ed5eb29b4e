"""A form's paper with its fields: dragged by hand, or moved by tenths of a millimetre with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from jpship_gui.flows.paper.forms import Form, FormField, sample
from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_GRID = 100  # tenths of a millimetre between the fine lines
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ALIGN = {"left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight}
_WIDE = 780  # of the settings' column
_POINT = 254 / 72  # tenths of a millimetre


class FormCanvas(Retranslating, QWidget):
    """Emits `chosen(index)` and `moved(index, x, y)`; it shows what it is given and keeps nothing."""

    chosen = Signal(int)
    moved = Signal(int, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form: Form | None = None
        self._current = -1
        self._held: tuple[QPointF, int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(300)
        self.retranslate()

    def retranslate(self) -> None:
        """Name for screen readers."""
        self.setAccessibleName(text("formpage.canvas"))

    def sizeHint(self) -> QSize:
        """As high as the form is at this width."""
        if self._form is None:
            return QSize(_WIDE, 300)
        wide, high = self._form.size
        return QSize(_WIDE, min(900, round(_WIDE * high / wide) + 2))

    def show_form(self, form: Form, current: int) -> None:
        """Show this, with a field marked (-1 = none)."""
        resized = self._form is None or self._form.size != form.size
        self._form, self._current = form, current
        if resized:
            self.setFixedHeight(self.sizeHint().height())
        self.update()

    def _scale(self) -> float:
        """Pixels a tenth of a millimetre."""
        assert self._form is not None
        wide, high = self._form.size
        return min((self.width() - 2) / wide, (self.height() - 2) / high)

    def box_of(self, index: int) -> QRectF:
        """Where a field lies on the widget."""
        assert self._form is not None
        field, scale = self._form.fields[index], self._scale()
        return QRectF(1 + field.x * scale, 1 + field.y * scale, field.width * scale, field.height * scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper, a line each centimetre, fields with their samples."""
        if self._form is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self._scale()
        wide, high = self._form.size
        paper = QRectF(1, 1, wide * scale, high * scale)
        painter.fillRect(paper, palette.colour("paper"))
        painter.setPen(QPen(palette.colour("paper_line"), 1))
        for x in range(_GRID, wide, _GRID):
            painter.drawLine(QPointF(1 + x * scale, 1), QPointF(1 + x * scale, paper.bottom()))
        for y in range(_GRID, high, _GRID):
            painter.drawLine(QPointF(1, 1 + y * scale), QPointF(paper.right(), 1 + y * scale))
        for index, field in enumerate(self._form.fields):
            self._paint_field(painter, self.box_of(index), field, scale, index == self._current)
        painter.setPen(QPen(palette.colour("accent" if self.hasFocus() else "line_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper)

    def _paint_field(
        self, painter: QPainter, box: QRectF, field: FormField, scale: float, current: bool
    ) -> None:
        ground = palette.colour("accent")
        painter.setOpacity(0.22 if current else 0.1)
        painter.fillRect(box, ground)
        painter.setOpacity(1.0)
        painter.setPen(QPen(palette.colour("accent"), 2 if current else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        font = fonts.font(10, field.bold)
        font.setPixelSize(max(5, round(field.size * _POINT * scale)))
        painter.setFont(font)
        painter.setPen(palette.colour("ink"))
        words = sample(field)
        if field.pitch:
            for number, character in enumerate(c for c in words if c not in " -"):
                place = QRectF(
                    box.x() + number * field.pitch * scale, box.y(), field.pitch * scale, box.height()
                )
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, character)
            return
        align = _ALIGN.get(field.align, Qt.AlignmentFlag.AlignHCenter)
        painter.save()
        painter.setClipRect(box)
        lines = (
            Qt.TextFlag.TextWrapAnywhere
            if field.height > field.size * _POINT * 2
            else Qt.TextFlag.TextSingleLine
        )
        painter.drawText(box, int(align | Qt.AlignmentFlag.AlignVCenter) | int(lines), words)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of the topmost field there."""
        if self._form is None or event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position()
        indexes = reversed(range(len(self._form.fields)))
        found = next((index for index in indexes if self.box_of(index).contains(at)), -1)
        self.chosen.emit(found)
        if found >= 0:
            field = self._form.fields[found]
            self._current, self._held = found, (at, field.x, field.y)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags it, in whole tenths of a millimetre."""
        if self._held is None:
            return
        start, x, y = self._held
        way = (event.position() - start) / self._scale()
        self.moved.emit(self._current, round(x + way.x()), round(y + way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by 0.1 mm, with Shift by 1 mm."""
        way = _ARROWS.get(Qt.Key(event.key()))
        if way is None or self._form is None or self._current < 0:
            super().keyPressEvent(event)
            return
        step = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        field = self._form.fields[self._current]
        self.moved.emit(self._current, field.x + way[0] * step, field.y + way[1] * step)
