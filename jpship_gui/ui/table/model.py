"""The table's model: row ids in memory, the rows themselves by pages of 200."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from jpship_gui.flows.table.list_rows import TableRow
from jpship_gui.texts import text
from jpship_gui.ui.table.columns import BY_ID
from jpship_gui.ui.table.words import CELLS, TIPS

PAGE = 200
_KEPT = 24  # pages kept, some 5,000 rows

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class OrderModel(QAbstractTableModel):
    """`fetch(ids)` gives rows for ids, some 200 at a time, in the main thread; rows that are gone may be missing."""

    ticks_changed = Signal()

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], list[TableRow]],
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._now = now
        self._ids: array[int] = array("q")
        self._columns: tuple[str, ...] = ()
        self._pages: OrderedDict[int, list[TableRow | None]] = OrderedDict()
        self._ticked: set[int] = set()

    # What is shown ----------------------------------------------------------------------------------------------

    def set_columns(self, ids: Sequence[str]) -> None:
        """Show these columns, in this order."""
        if tuple(ids) != self._columns:
            self.beginResetModel()
            self._columns = tuple(ids)
            self.endResetModel()

    def columns(self) -> tuple[str, ...]:
        """Ids of the columns shown."""
        return self._columns

    def set_ids(self, ids: array[int]) -> None:
        """Show other rows; ticks of rows that are no longer there are dropped."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()
        if self._ticked:
            kept = self._ticked.intersection(ids)
            if len(kept) != len(self._ticked):
                self._ticked = kept
                self.ticks_changed.emit()

    def forget(self) -> None:
        """The same rows may say something else now; read them again when they are painted."""
        self._pages.clear()
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def ids(self) -> array[int]:
        """All row ids, in order."""
        return self._ids

    def row(self, number: int) -> TableRow | None:
        """The row at a place; None while it is gone from the store."""
        page, offset = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._load(page)
        else:
            self._pages.move_to_end(page)
        return rows[offset]

    def _load(self, page: int) -> list[TableRow | None]:
        wanted = self._ids[page * PAGE : (page + 1) * PAGE]
        found = {row.row_id: row for row in self._fetch(wanted)}
        rows = [found.get(row_id) for row_id in wanted]
        self._pages[page] = rows
        if len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        return rows

    def place_of(self, row_id: int) -> int:
        """Where a row stands; -1 when it is not shown."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return -1

    # Ticks ------------------------------------------------------------------------------------------------------

    def ticked(self) -> frozenset[int]:
        """Row ids that are ticked."""
        return frozenset(self._ticked)

    def is_ticked(self, row_id: int) -> bool:
        """Whether one row is ticked."""
        return row_id in self._ticked

    def tick(self, row_ids: Iterable[int], on: bool) -> None:
        """Tick or untick rows."""
        if on:
            self._ticked.update(row_ids)
        else:
            self._ticked.difference_update(row_ids)
        self.ticks_changed.emit()

    def tick_state(self) -> Qt.CheckState:
        """For the box in the header."""
        if not self._ticked:
            return Qt.CheckState.Unchecked
        all_of_them = len(self._ticked) >= len(self._ids)
        return Qt.CheckState.Checked if all_of_them else Qt.CheckState.PartiallyChecked

    # Qt ---------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """All rows of the query."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """The columns shown."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words and tool tips; the delegate paints from the rows themselves."""
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.CheckStateRole,
        ):
            return None
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole:
            if column != "tick":
                return None
            ticked = self._ids[index.row()] in self._ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        row = self.row(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return TIPS.get(column, CELLS[column])(row, self._now())
        return CELLS[column](row, self._now())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles by key."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = BY_ID[self._columns[section]]
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if column.fixed else text(column.title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return text(column.title)
        return None
