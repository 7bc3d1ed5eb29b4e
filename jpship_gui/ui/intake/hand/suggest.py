"""A field that offers what may be meant, in a list beneath it; the keyboard stays in the field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from jpship_gui.ui.intake.hand.cell import Field
from jpship_gui.ui.theme import chips, fonts, icons, palette

_ROW = 40
_PAD = 14
_WAIT = 120  # ms after the last key
_VERTICAL = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that may be meant. `tint` stands bold on its own ground as a variant does in the table, `note` small
    at the right; `chip` is a marketplace with its word, `icon` stands before the words."""

    value: object
    words: str
    tint: str = ""
    note: str = ""
    chip: tuple[str, str] | None = None
    icon: str = ""


class SuggestionList(QWidget):
    """Floats over the page; `picked` carries the number of the row that was clicked."""

    picked = Signal(int)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.over = over
        self.items: tuple[Suggestion, ...] = ()
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.hide()

    def show_items(self, items: Sequence[Suggestion], current: int) -> None:
        """Show these, the current one marked; -1 = none."""
        self.items, self.current = tuple(items), current
        self.update()

    def sizeHint(self) -> QSize:
        """All of them."""
        return QSize(420, len(self.items) * _ROW + 12)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The one under the mouse is marked."""
        number = self._at(event)
        if number != self.current and number >= 0:
            self.current = number
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes it."""
        if (number := self._at(event)) >= 0:
            self.picked.emit(number)

    def _at(self, event: QMouseEvent) -> int:
        number = int(event.position().y() - 6) // _ROW
        return number if 0 <= number < len(self.items) else -1

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shadow, ground, rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(palette.colour("line_strong"), 1))
        painter.setBrush(palette.colour("raised"))
        painter.drawRoundedRect(box, 8, 8)
        for number, item in enumerate(self.items):
            row = QRectF(6, 6 + number * _ROW, self.width() - 12, _ROW)
            if number == self.current:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(palette.colour("accent_weak"))
                painter.drawRoundedRect(row, 5, 5)
            _paint(painter, item, row.adjusted(_PAD - 6, 0, 6 - _PAD, 0))
        painter.end()


def _paint(painter: QPainter, item: Suggestion, row: QRectF) -> None:
    middle, x = row.center().y(), row.left()
    if item.chip is not None:
        x += chips.draw_chip(painter, *item.chip, x, middle, chips.CHIP_TIGHT) + 10
    if item.icon:
        icons.draw(painter, item.icon, x, middle - 9, 18, "text2")
        x += 26
    note = fonts.metrics(12).elidedText(item.note, Qt.TextElideMode.ElideRight, row.width() * 0.4)
    noted = fonts.metrics(12).horizontalAdvance(note)
    painter.setFont(fonts.font(12))
    painter.setPen(palette.colour("text3"))
    painter.drawText(QRectF(row.right() - noted, row.top(), noted + 2, row.height()), _VERTICAL, note)
    tinted = fonts.metrics(14, True).horizontalAdvance(item.tint) + 24 if item.tint else 0
    room = row.right() - noted - 16 - x - tinted
    words = fonts.metrics(14).elidedText(item.words, Qt.TextElideMode.ElideRight, max(room, 40))
    wide = fonts.metrics(14).horizontalAdvance(words)
    painter.setFont(fonts.font(14))
    painter.setPen(palette.colour("text"))
    painter.drawText(QRectF(x, row.top(), wide + 2, row.height()), _VERTICAL, words)
    if item.tint:
        ground = QRectF(x + wide + 10, middle - 13, tinted - 12, 26)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.colour("variant")))
        painter.drawRoundedRect(ground, 4, 4)
        painter.setFont(fonts.font(14, True))
        painter.setPen(palette.colour("text"))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, item.tint)


class SuggestField(Field):
    """Emits `asked(text)` a moment after typing; answer with `offer`. `picked(value)` is what a person took: with
    Enter, after Up and Down, or with the mouse. `entered(text)` = Enter with nothing offered."""

    asked = Signal(str)
    picked = Signal(object)
    entered = Signal(str)

    def __init__(self, size: int = 16, bold: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(size, bold, parent=parent)
        self.returnPressed.disconnect(self._next)
        self._list: SuggestionList | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._ask)
        self.textEdited.connect(lambda _: self._timer.start())

    def offer(self, items: Sequence[Suggestion]) -> None:
        """Show these beneath the field while it has the keyboard; none = close the list."""
        if not items or not self.hasFocus():
            self.close_list()
            return
        shown = self._made()
        shown.show_items(items, 0)
        cell, over = self.parentWidget() or self, shown.over
        place = cell.mapTo(over, QPoint(0, cell.height() - 2))
        size = shown.sizeHint()
        wide = max(cell.width(), size.width())
        high = min(size.height(), over.height())
        if place.y() + high > over.height():  # no room beneath: above
            place.setY(max(0, place.y() - cell.height() - high + 4))
        place.setX(max(0, min(place.x(), over.width() - wide)))
        shown.setGeometry(place.x(), place.y(), wide, high)
        shown.show()
        shown.raise_()

    def open(self) -> bool:
        """Whether the list is in sight."""
        return self._list is not None and self._list.isVisible()

    def offered(self) -> tuple[Suggestion, ...]:
        """What is in sight."""
        return self._list.items if self._list is not None and self._list.isVisible() else ()

    def close_list(self) -> None:
        """Take the list away."""
        if self._list is not None:
            self._list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Enter and Esc belong to the list while there is one."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.open() and self._list is not None:
            if step:
                count = len(self._list.items)
                self._list.show_items(self._list.items, (self._list.current + step) % count)
                return
            if enter:
                self._pick(self._list.current)
                return
            if event.key() == Qt.Key.Key_Escape:
                self.close_list()
                return
        if enter:
            self._enter()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes with the keyboard."""
        super().focusOutEvent(event)
        self.close_list()

    def _enter(self) -> None:
        """What was typed and not asked for yet is asked first; the answer's first row is then one more Enter away."""
        if self._timer.isActive():
            self._ask()
        else:
            self.entered.emit(self.text().strip())

    def _ask(self) -> None:
        self._timer.stop()
        self.asked.emit(self.text().strip())

    def _pick(self, number: int) -> None:
        items = self.offered()
        self.close_list()
        if 0 <= number < len(items):
            self.picked.emit(items[number].value)

    def _made(self) -> SuggestionList:
        """A child of the page's view, so that no scroll area cuts it."""
        if self._list is None:
            over = self.parentWidget() or self
            while (above := over.parentWidget()) is not None and not over.property("holds_lists"):
                over = above
            self._list = SuggestionList(over)
            self._list.picked.connect(self._pick)
        return self._list
