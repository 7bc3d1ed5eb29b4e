"""A table of amounts to type into: zones down, sizes or weights across; pastes what a spreadsheet copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_MOST = 10_000_000
_FULL_WIDTH = str.maketrans("０１２３４５６７８９，￥．", "0123456789,¥.")


def amount_of(words: str) -> int | None:
    """Whole yen as people and spreadsheets write them; None for what is no amount."""
    bare = words.translate(_FULL_WIDTH).strip().removeprefix("¥").removesuffix("円").replace(",", "").strip()
    return int(bare) if bare.isascii() and bare.isdigit() and int(bare) < _MOST else None


class PriceModel(QAbstractTableModel):
    """`cells` by (row, column); what is not there has no price. Emits `edited()` for each change of a person."""

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[str, ...] = ()
        self.columns: tuple[str, ...] = ()
        self.cells: dict[tuple[int, int], int] = {}

    def show_prices(
        self, rows: Sequence[str], columns: Sequence[str], cells: dict[tuple[int, int], int]
    ) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows, self.columns, self.cells = tuple(rows), tuple(columns), dict(cells)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Zones."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Sizes."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be typed into."""
        given = super().flags(index)
        return given | Qt.ItemFlag.ItemIsEditable if index.isValid() else given

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """With separators to read, without to edit; no price is a dash."""
        if not index.isValid():
            return None
        amount = self.cells.get((index.row(), index.column()))
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{amount:,}" if amount is not None else "–"
        if role == Qt.ItemDataRole.EditRole:
            return "" if amount is None else str(amount)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(palette.colour("text" if amount is not None else "ghost"))
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """An amount, or nothing for no price; anything else is not taken."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        return self.write({(index.row(), index.column()): str(value)})

    def write(self, cells: dict[tuple[int, int], str]) -> bool:
        """All of these, or, where one is no amount, none of them."""
        made: dict[tuple[int, int], int | None] = {}
        for place, words in cells.items():
            amount = amount_of(words)
            if amount is None and words.strip() not in ("", "-", "–"):
                return False
            made[place] = amount
        for place, amount in made.items():
            if amount is None:
                self.cells.pop(place, None)
            else:
                self.cells[place] = amount
        if self.rows and self.columns:
            last = self.index(len(self.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.edited.emit()
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Zones and sizes."""
        titles = self.columns if orientation == Qt.Orientation.Horizontal else self.rows
        if role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(titles):
            return titles[section]
        return None


class PriceGrid(Retranslating, QTableView):
    """Type, Ctrl+C, Ctrl+V, Del; `refused()` when something pasted is no amount."""

    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.prices = PriceModel(self)
        self.setModel(self.prices)
        self.setFont(fonts.font(14))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header, size in ((self.horizontalHeader(), 84), (self.verticalHeader(), 34)):
            header.setFont(fonts.font(12))
            header.setDefaultSectionSize(size)
            header.setHighlightSections(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumWidth(120)
        self.horizontalHeader().setFixedHeight(34)
        self._style = ""
        self.rethemed()
        self.retranslate()

    def retranslate(self) -> None:
        """Name for screen readers."""
        self.setAccessibleName(text("planpage.prices"))

    def rethemed(self) -> None:
        """Headers as flat as everywhere, grid as thin."""
        tokens = palette.tokens()
        style = (
            f"QTableView {{ background: {tokens.surface}; gridline-color: {tokens.line}; }} "
            f"QHeaderView, QTableCornerButton::section {{ background: {tokens.surface}; border: 0; }} "
            f"QHeaderView::section {{ background: {tokens.surface}; color: {tokens.text2}; border: 0; "
            f"border-bottom: 1px solid {tokens.line}; border-right: 1px solid {tokens.line}; padding: 0 8px; }}"
        )
        if style != getattr(self, "_style", style):
            self._style = style
            self.setStyleSheet(style)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copying, pasting, emptying; the rest is Qt's."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.prices.write({(at.row(), at.column()): "" for at in self.selectedIndexes()})
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """What is chosen, as a spreadsheet takes it."""
        chosen = sorted((at.row(), at.column()) for at in self.selectedIndexes())
        lines: dict[int, list[str]] = {}
        for place in chosen:
            amount = self.prices.cells.get(place)
            lines.setdefault(place[0], []).append("" if amount is None else str(amount))
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines.values()))

    def paste(self) -> None:
        """From the current cell on; what reaches beyond the table is left out."""
        at = self.currentIndex()
        if not at.isValid():
            return
        cells = {
            (at.row() + down, at.column() + right): words
            for down, line in enumerate(QGuiApplication.clipboard().text().rstrip("\r\n").splitlines())
            for right, words in enumerate(line.split("\t"))
            if at.row() + down < len(self.prices.rows) and at.column() + right < len(self.prices.columns)
        }
        if not self.prices.write(cells):
            self.refused.emit()
