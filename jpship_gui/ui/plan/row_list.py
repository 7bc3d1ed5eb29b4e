"""A list of painted rows of one height: current row, ticks and keys; only what is in sight is painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from jpship_gui.ui.theme import palette
from jpship_gui.ui.widgets import checkbox
from jpship_gui.ui.widgets.retranslating import Retranslating

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
TICK = 40  # width of the column of ticks


class RowModel(QAbstractListModel, Generic[T]):
    """Rows as values; `name_of` is what stays the same of a row from one reading to the next."""

    def __init__(
        self, name_of: Callable[[T], str], words: Callable[[T], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._name_of = name_of
        self._words = words
        self.rows: tuple[T, ...] = ()
        self._names: tuple[str, ...] = ()
        self._places: dict[str, int] = {}
        self.ticked: set[str] = set()

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show these; ticks of rows that are gone are dropped."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self._names = tuple(map(self._name_of, self.rows))
        self._places = {name: place for place, name in reversed(list(enumerate(self._names)))}
        self.ticked &= self._places.keys()
        self.endResetModel()

    def name(self, place: int) -> str:
        """What row it is; "" where there is none."""
        return self._names[place] if 0 <= place < len(self._names) else ""

    def place_of(self, name: str) -> int:
        """Where that row stands now; -1 where it is gone."""
        return self._places.get(name, -1)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """All rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for screen readers and tool tips; the delegate paints from the rows themselves."""
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(self.rows[index.row()])
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: RowList[T]) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are all alike."""
        return QSize(200, self._view.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, hairline, tick; then what the list was given for it."""
        view, place = self._view, index.row()
        box = QRectF(option.rect)
        current = place == view.currentIndex().row()
        ticked = view.rows.name(place) in view.rows.ticked
        ground = "accent_weak" if ticked or current else "hover" if place == view.hovered else "surface"
        painter.fillRect(box, palette.colour(ground))
        if current:
            painter.fillRect(QRectF(box.left(), box.top(), 4, box.height()), palette.colour("accent"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), palette.colour("line"))
        if view.ticking:
            state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            checkbox.draw(painter, box.left() + 16, box.center().y() - checkbox.SIZE / 2, state)
            box.setLeft(box.left() + TICK)
        view.paint_row(painter, box.adjusted(16, 0, -16, 0), view.rows.rows[place])


class RowList(Retranslating, QListView, Generic[T]):
    """`current_changed(row or None)`, `ticks_changed()`, `entered()` on Enter or double click.

    Letters and digits do nothing: a scanner types here.
    """

    current_changed = Signal(object)
    ticks_changed = Signal()
    entered = Signal()

    def __init__(
        self,
        model: RowModel[T],
        paint_row: Callable[[QPainter, QRectF, T], None],
        row_height: int,
        *,
        ticking: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = model
        self.paint_row = paint_row
        self.row_height = row_height
        self.ticking = ticking
        self.hovered = -1
        self._placing = False
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(row_height)

    def show_rows(self, rows: Sequence[T]) -> None:
        """Show these; the current row stays, or the one that took its place becomes current: where it is gone, and
        where it went out of sight, so that a person goes on where the eyes are."""
        at, name = self.currentIndex().row(), self.rows.name(self.currentIndex().row())
        scroll = self.verticalScrollBar().value()
        seen = self._in_sight()
        self._placing = True
        self.rows.set_rows(rows)
        place = self.rows.place_of(name) if name else -1
        if place < 0 and rows:
            place = min(max(at, 0), len(rows) - 1)
        if place >= 0:
            self.setCurrentIndex(self.rows.index(place, 0))
        self.verticalScrollBar().setValue(scroll)
        if seen and place >= 0 and not self._in_sight():
            self.setCurrentIndex(self.rows.index(min(max(at, 0), len(rows) - 1), 0))
            self.verticalScrollBar().setValue(scroll)
        self._placing = False
        self.current_changed.emit(self.current())

    def _in_sight(self) -> bool:
        return self.visualRect(self.currentIndex()).intersects(self.viewport().rect())

    def current(self) -> T | None:
        """The current row."""
        place = self.currentIndex().row()
        return self.rows.rows[place] if 0 <= place < len(self.rows.rows) else None

    def go_to(self, name: str) -> bool:
        """Make a row current; False where it is not shown."""
        place = self.rows.place_of(name)
        if place >= 0:
            self.setCurrentIndex(self.rows.index(place, 0))
        return place >= 0

    def ticked(self) -> list[T]:
        """Rows that are ticked, in their order."""
        places = sorted(map(self.rows.place_of, self.rows.ticked))
        return [self.rows.rows[place] for place in places if place >= 0]

    def tick_all(self) -> None:
        """Every row; a second time none."""
        names = {self.rows.name(n) for n in range(len(self.rows.rows))}
        self.rows.ticked = set() if self.rows.ticked == names else names
        self._ticked()

    def _toggle(self, place: int) -> None:
        self.rows.ticked ^= {self.rows.name(place)}
        self._ticked()

    def _ticked(self) -> None:
        self.viewport().update()
        self.ticks_changed.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt's own current index is the current row."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if not self._placing:
            self.current_changed.emit(self.current())

    def keyboardSearch(self, search: str) -> None:
        """Nothing: a scanner types here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Ctrl+A all, Enter opens; arrows, page keys, Home and End walk."""
        place, key = self.currentIndex().row(), event.key()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        elif self.ticking and key == Qt.Key.Key_Space and place >= 0:
            self._toggle(place)
        elif (
            self.ticking and key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self.tick_all()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape or (event.text().isprintable() and event.text()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click into the ticks ticks; elsewhere it makes the row current."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        if self.ticking and event.position().x() < TICK + 8:
            self._toggle(index.row())
        self.setCurrentIndex(index)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens, but among the ticks it is two clicks."""
        if self.ticking and event.position().x() < TICK + 8:
            self.mousePressEvent(event)
        elif self.indexAt(event.position().toPoint()).isValid():
            self.entered.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the mouse is a little darker."""
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the mouse."""
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, place: int) -> None:
        if place != self.hovered:
            self.hovered = place
            self.viewport().update()

    def retranslate(self) -> None:
        """All words are painted."""
        self.viewport().update()

    def rethemed(self) -> None:
        """All colours are painted."""
        self.viewport().update()
