"""The table's header: titles, sort arrow, the box that ticks all."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.table.columns import BY_ID, LEAST
from jpship_gui.ui.table.model import OrderModel
from jpship_gui.ui.theme import fonts, icons, palette
from jpship_gui.ui.widgets import checkbox

HEIGHT = 36
PAD = 10


class OrderHeader(QHeaderView):
    """Emits `sort_asked(column)`, `menu_asked(column, place)`, `tick_all_asked()`."""

    sort_asked = Signal(str)
    menu_asked = Signal(str, object)
    tick_all_asked = Signal()

    def __init__(self, model: OrderModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._orders = model
        self._sorted = ("ship_by", False)
        self._filtered: frozenset[str] = frozenset()
        self._pressed = -1
        self.setMinimumSectionSize(24)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.setFixedHeight(HEIGHT)
        self.sectionClicked.connect(self._clicked)

    def sizeHint(self) -> QSize:
        """36 high."""
        return QSize(self.length(), HEIGHT)

    def show_sort(self, sort: str, descending: bool) -> None:
        """Which sort of the query is in force."""
        self._sorted = (sort, descending)
        self.viewport().update()

    def show_filtered(self, filters: frozenset[str]) -> None:
        """Which filters of the query are in force."""
        self._filtered = filters
        self.viewport().update()

    def least(self, section: int) -> int:
        """Width a column keeps at least."""
        column = self._orders.columns()[section]
        return self.sectionSize(section) if BY_ID[column].fixed else LEAST

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Ground, title, arrow; the arrow stands left of right-aligned titles."""
        painter.fillRect(rect, palette.colour("surface"))
        line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, palette.colour("line_strong"))
        columns = self._orders.columns()
        if not 0 <= logicalIndex < len(columns):
            return
        column = BY_ID[columns[logicalIndex]]
        if column.id == "tick":
            x = rect.left() + (rect.width() - checkbox.SIZE) / 2
            y = rect.top() + (rect.height() - checkbox.SIZE) / 2
            checkbox.draw(painter, x, y, self._orders.tick_state())
            return
        if column.fixed:
            return
        on = bool(column.sort) and column.sort == self._sorted[0]
        filtered = column.filter in self._filtered
        self._paint_title(painter, QRectF(rect).adjusted(PAD, 0, -PAD, 0), column.id, on, filtered)

    def _paint_title(self, painter: QPainter, box: QRectF, column_id: str, on: bool, filtered: bool) -> None:
        column = BY_ID[column_id]
        marks = (16 if on else 0) + (16 if filtered else 0)
        metrics = fonts.metrics(12, on)
        title = metrics.elidedText(text(column.title), Qt.TextElideMode.ElideRight, box.width() - marks)
        width = metrics.horizontalAdvance(title)
        right = bool(column.align & Qt.AlignmentFlag.AlignRight)
        x = box.right() - width if right else box.left()
        painter.setFont(fonts.font(12, on))
        painter.setPen(palette.colour("text" if on else "text2"))
        painter.drawText(QRectF(x, box.top(), width + 2, box.height()), Qt.AlignmentFlag.AlignVCenter, title)
        y = box.top() + (box.height() - 14) / 2
        x = x - 18 if right else x + width + 4
        if on:
            arrow = "arrow-down" if self._sorted[1] else "arrow-up"
            icons.draw(painter, arrow, x, y, 14, "text")
            x += -16 if right else 16
        if filtered:
            icons.draw(painter, "filter", x, y, 14, "accent")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Sorting and filtering of the column under the mouse."""
        section = self.logicalIndexAt(event.pos())
        if section >= 0:
            self.menu_asked.emit(self._orders.columns()[section], event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand says what can be clicked; Qt keeps the cursor of the column borders."""
        super().mouseMoveEvent(event)

    def _clicked(self, section: int) -> None:
        column = BY_ID[self._orders.columns()[section]]
        if column.id == "tick":
            self.tick_all_asked.emit()
        elif column.sort:
            self.sort_asked.emit(column.id)
