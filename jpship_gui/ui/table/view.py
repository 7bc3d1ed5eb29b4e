"""The order table as one sees and works it: current row, ticks, keyboard; all three survive a refresh."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from jpship_gui.flows.table.copied import copied
from jpship_gui.flows.table.list_rows import TableRow
from jpship_gui.ui.table.columns import BY_ID
from jpship_gui.ui.table.delegate import ROW, OrderDelegate
from jpship_gui.ui.table.header import OrderHeader
from jpship_gui.ui.table.model import Index, OrderModel
from jpship_gui.ui.table.words import CELLS, least_width
from jpship_gui.ui.widgets.retranslating import Retranslating

CLOCK = 15_000  # ms between two looks at the clock


class OrderView(Retranslating, QTableView):
    """`current_changed(row id)` (0 = none), `entered_detail()` on Enter or double click, `menu_asked(place)`."""

    current_changed = Signal(int)
    entered_detail = Signal()
    menu_asked = Signal(object)
    widths_changed = Signal(dict)

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], list[TableRow]],
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._own_viewport()
        self.orders = OrderModel(fetch, now, self)
        self.delegate = OrderDelegate(self.orders, now, self)
        self.header = OrderHeader(self.orders, self)
        self._current_id = 0
        self._anchor = -1
        self._placing = False
        self._widths: Mapping[str, int] = {}
        self._narrow = False
        self.setItemDelegate(self.delegate)
        self.setHorizontalHeader(self.header)
        self._look()
        self.setModel(self.orders)
        self._wire()

    def _own_viewport(self) -> None:
        """A viewport made here: to name Qt's own one, PySide would first have to load every class of widget."""
        ground = QWidget()
        ground.setBackgroundRole(QPalette.ColorRole.Base)
        ground.setAutoFillBackground(True)
        self.setViewport(ground)

    def _look(self) -> None:
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setMinimumSectionSize(ROW)
        vertical.setDefaultSectionSize(ROW)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setAutoScroll(False)
        self.verticalScrollBar().setSingleStep(ROW)

    def _wire(self) -> None:
        self.header.tick_all_asked.connect(self.tick_all)
        self.header.sectionResized.connect(self._resized)
        self.orders.ticks_changed.connect(self._ticks_changed)
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK)
        self._clock.timeout.connect(self._look_at_clock)
        self._clock.start()

    # Columns ----------------------------------------------------------------------------------------------------

    def set_columns(self, ids: Sequence[str], widths: Mapping[str, int], narrow: bool) -> None:
        """Show columns with the person's widths where there are any, else the declared ones."""
        self._widths = dict(widths)
        self._narrow = narrow
        self.delegate.narrow = narrow
        current = self._current_id
        self.orders.set_columns(ids)
        self._placing = True
        for section, column_id in enumerate(self.orders.columns()):
            column = BY_ID[column_id]
            mode = QHeaderView.ResizeMode.Interactive
            if not column.wide:
                mode = QHeaderView.ResizeMode.Stretch
            elif column.fixed:
                mode = QHeaderView.ResizeMode.Fixed
            self.header.setSectionResizeMode(section, mode)
            if column.wide:
                declared = (column.narrow or column.wide) if narrow else column.wide
                declared = max(declared, least_width(column_id))
                width = declared if column.fixed else self._widths.get(column_id, declared)
                self.header.resizeSection(section, width)
        self._placing = False
        self._restore(current, self.verticalScrollBar().value())

    def _resized(self, section: int, old: int, new: int) -> None:
        columns = self.orders.columns()
        if self._placing or section >= len(columns) or not BY_ID[columns[section]].wide:
            return
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._widths = {**self._widths, columns[section]: new}
            self.widths_changed.emit(dict(self._widths))

    # Rows -------------------------------------------------------------------------------------------------------

    def show_ids(self, ids: array[int], *, fresh: bool = False) -> None:
        """Show these rows. Unless they answer another question (`fresh`), current row and place on screen stay."""
        value = self.verticalScrollBar().value()
        offset, above = value % ROW, value // ROW
        old = self.orders.ids()
        top_id = old[above] if not fresh and above < len(old) else 0
        at = self.currentIndex().row()
        self._placing = True
        self.setUpdatesEnabled(False)
        self.scrollToTop()
        self.orders.set_ids(ids)
        self._placing = False
        place = self.orders.place_of(top_id) if top_id else -1
        keep = 0 if fresh else place * ROW + offset if place >= 0 else min(value, len(ids) * ROW)
        self._restore(0 if fresh else self._current_id, keep, at)
        self.setUpdatesEnabled(True)

    def _restore(self, row_id: int, scroll: int, at: int = 0) -> None:
        """Make a row current again, or the one at its old place; put the scroll bar back."""
        count = self.orders.rowCount()
        place = self.orders.place_of(row_id) if row_id else -1
        if place < 0 and count:
            place = min(max(at, 0), count - 1)
        self._placing = True
        if place >= 0:
            self.setCurrentIndex(self.orders.index(place, 0))
        self._placing = False
        self.updateGeometries()
        self.verticalScrollBar().setValue(scroll)
        self._set_current(place)

    def refresh_rows(self) -> None:
        """Read the rows in sight again."""
        self.orders.forget()

    def current_id(self) -> int:
        """Row id of the current row; 0 = none."""
        return self._current_id

    def go_to(self, row_id: int) -> bool:
        """Make a row current and bring it into sight; False when it is not shown."""
        place = self.orders.place_of(row_id)
        if place >= 0:
            self.setCurrentIndex(self.orders.index(place, 0))
            self.scrollTo(self.orders.index(place, 0))
        return place >= 0

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt's own current index is the current row."""
        super().currentChanged(current, previous)
        if not self._placing:
            self._set_current(current.row())

    def _set_current(self, place: int) -> None:
        before = self.delegate.current
        self.delegate.current = place
        self._update_row(before)
        self._update_row(place)
        ids = self.orders.ids()
        row_id = ids[place] if 0 <= place < len(ids) else 0
        if row_id != self._current_id:
            self._current_id = row_id
            self.current_changed.emit(row_id)

    # Ticks ------------------------------------------------------------------------------------------------------

    def tick_all(self) -> None:
        """Tick every row of the query; a second time none."""
        ids = self.orders.ids()
        self.orders.tick(ids, self.orders.tick_state() != Qt.CheckState.Checked)

    def tick_none(self) -> None:
        """Untick every row."""
        self.orders.tick(self.orders.ticked(), False)

    def _tick_range(self, start: int, end: int, on: bool) -> None:
        first, last = sorted((start, end))
        self.orders.tick(self.orders.ids()[first : last + 1], on)

    def _toggle(self, place: int) -> None:
        row_id = self.orders.ids()[place]
        self._anchor = place
        self.orders.tick([row_id], not self.orders.is_ticked(row_id))

    def _ticks_changed(self) -> None:
        self.viewport().update()
        self.header.viewport().update()

    # Keys and mouse ---------------------------------------------------------------------------------------------

    def keyboardSearch(self, search: str) -> None:
        """Nothing: a scanner types here, and Qt would look through every row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Ctrl+A all, Enter opens the detail, Shift+Up and Down tick on the way, Ctrl+C copies."""
        place, key = self.currentIndex().row(), event.key()
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Space and place >= 0:
            self._toggle(place)
        elif key == Qt.Key.Key_A and control:
            self.tick_all()
        elif key == Qt.Key.Key_C and control:
            self.copy_row()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_detail.emit()
        elif (
            key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self._walk_ticking(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.orders.rowCount():
            self._walk_to(0 if key == Qt.Key.Key_Home else self.orders.rowCount() - 1)
        elif key == Qt.Key.Key_Escape or (event.text().isprintable() and event.text()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _walk_to(self, place: int) -> None:
        index = self.orders.index(place, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _walk_ticking(self, step: int) -> None:
        place = self.currentIndex().row()
        after = min(max(place + step, 0), self.orders.rowCount() - 1)
        if place >= 0:
            self._tick_range(place, after, True)
            self._walk_to(after)

    def copy_row(self) -> None:
        """The current row's cells as text between tabs, zeros intact."""
        row = self.orders.row(self.currentIndex().row()) if self.currentIndex().isValid() else None
        if row is not None:
            cells = [CELLS[c](row, self.delegate.now) for c in self.orders.columns() if not BY_ID[c].fixed]
            QGuiApplication.clipboard().setText(copied(cells))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click into the tick column ticks, with Shift everything up to it; elsewhere it makes the row current."""
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if not index.isValid() or not left:
            super().mousePressEvent(event)
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        in_ticks = self.orders.columns()[index.column()] == "tick"
        if shift and (in_ticks or self._anchor >= 0):
            start = self._anchor if self._anchor >= 0 else self.currentIndex().row()
            self._tick_range(max(start, 0), index.row(), True)
            self._anchor = index.row()
        elif in_ticks or control:
            self._toggle(index.row())
        if not in_ticks:
            self._anchor = index.row()
            self.setCurrentIndex(index)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens the detail, but in the tick column it is two clicks."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.orders.columns()[index.column()] == "tick":
            self._toggle(index.row())
        elif index.isValid():
            self.entered_detail.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the mouse is a little darker; only two rows are painted."""
        self._hover(self.rowAt(int(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the mouse."""
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, place: int) -> None:
        before = self.delegate.hovered
        if place != before:
            self.delegate.hovered = place
            self._update_row(before)
            self._update_row(place)

    def _update_row(self, place: int) -> None:
        if 0 <= place < self.orders.rowCount():
            y = self.rowViewportPosition(place)
            self.viewport().update(0, y, self.viewport().width(), ROW)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same acts as the keys, for the row under the mouse."""
        index = self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_asked.emit(event.globalPos())

    def menu_place(self) -> QPoint:
        """Where a menu for the current row opens from the keyboard."""
        rect = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(QPoint(rect.left() + 60, rect.bottom()))

    # Frame ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns follow by themselves."""
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The current row's lines show where the keys go."""
        super().focusInEvent(event)
        self.viewport().update()

    def retranslate(self) -> None:
        """All words are painted; columns follow the length of their usual words."""
        if self.orders.columns():
            self.set_columns(self.orders.columns(), self._widths, self._narrow)
        self.viewport().update()
        self.header.viewport().update()

    def rethemed(self) -> None:
        """All colours are painted."""
        self.viewport().update()
        self.header.viewport().update()

    def _look_at_clock(self) -> None:
        self.delegate.look_at_clock()
        self.viewport().update()
