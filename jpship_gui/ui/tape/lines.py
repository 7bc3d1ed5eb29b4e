"""The lines of the tape as a table: only what is in sight is ever painted, so a year's lines scroll as a day's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.flows.pack.tape import TapeLine
from jpship_gui.ui import names
from jpship_gui.ui.theme import fonts, glyphs, palette
from jpship_gui.ui.widgets.reading_table import ReadingTable

_COLUMNS = ("time", "outcome", "order", "did", "read", "desk", "person")
_WIDTHS = (112, 180, 170, 0, 230, 130, 120)  # 0 = what is left
_NARROW = (104, 168, 136, 0, 190, 100, 84)
_ROW = 34
_SHAPES = {"ng": glyphs.NG, "attention": glyphs.ATTENTION, "complete": glyphs.PROVEN, "ok": glyphs.OK}
_INKS = {"ng": "ng", "attention": "attention", "complete": "done", "ok": "text3"}
_GROUNDS = {"ng": "ng_weak", "attention": "attention_weak"}
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class TapeModel(QAbstractTableModel):
    """Newest line first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: Sequence[TapeLine] = ()

    def show_lines(self, lines: Sequence[TapeLine]) -> None:
        """Oldest first, as they were read."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> TapeLine:
        """The line of a row."""
        return self._lines[len(self._lines) - 1 - row]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell, whole in its tool tip."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return words_of(self.line(index.row()), _COLUMNS[index.column()])


def words_of(line: TapeLine, column: str) -> str:
    """What a cell says."""
    if column == "time":
        return f"{to_jst(line.at):%H:%M:%S}"
    if column == "outcome":
        return line.word
    if column == "order":
        return names.short_number(line.order) if line.order else line.key
    return str(getattr(line, column))


class _Cells(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Shape and word; NG rows on their tint, acts of the office in grey."""
        model = index.model()
        assert isinstance(model, TapeModel)
        line, column = model.line(index.row()), _COLUMNS[index.column()]
        box = QRectF(option.rect)
        painter.save()
        repeated = line.outcome == Outcome.NG_LOCKED
        if line.klass == "ng" and not repeated:
            painter.fillRect(box, palette.colour("ng_weak"))
        elif line.klass == "attention":
            painter.fillRect(box, palette.colour("attention_weak"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), palette.colour("line"))
        left = box.left() + 12
        loud = column == "outcome" and line.klass in ("ng", "attention", "complete") and not repeated
        ink = _INKS[line.klass] if loud else "text" if column in ("order", "did", "outcome") else "text2"
        if column == "outcome":
            ground = "surface" if repeated else _GROUNDS.get(line.klass, "surface")
            shape = _SHAPES.get(line.klass)
            if shape:
                glyphs.draw(painter, shape, left, box.center().y() - 8, 16, _INKS[line.klass], ground)
            left += 26
        painter.setFont(fonts.font(14, loud))
        painter.setPen(palette.colour(ink))
        room = box.right() - left - 8
        words = painter.fontMetrics().elidedText(
            words_of(line, column), Qt.TextElideMode.ElideRight, int(room)
        )
        painter.drawText(QRectF(left, box.top(), room, box.height()), int(_MIDDLE), words)
        painter.restore()


_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class TapeView(ReadingTable):
    """`asked(key)`: a double click or Enter on a line about a shipment."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        titles = [f"tape.column.{name}" for name in _COLUMNS]
        super().__init__(titles, _ROW, _WIDTHS, _NARROW, from_width=1100, least=160, parent=parent)
        self.lines = TapeModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Cells(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.activated.connect(self._chosen)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """To the order."""
        self._chosen(self.indexAt(event.position().toPoint()))

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid() and self.lines.line(index.row()).key:
            self.asked.emit(self.lines.line(index.row()).key)
