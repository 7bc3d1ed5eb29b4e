"""The judged lines of a pasted list: only what is in sight is painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from jpship_gui.flows.pack.pasted import Line, words_of
from jpship_gui.ui import names
from jpship_gui.ui.theme import fonts, glyphs, palette
from jpship_gui.ui.widgets.reading_table import ReadingTable

_COLUMNS = ("line", "order", "recipient", "number", "carrier", "verdict")
_WIDTHS = (64, 250, 150, 170, 120, 0)  # 0 = what is left
_NARROW = (52, 208, 106, 176, 84, 0)
_ROW = 52
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class LinesModel(QAbstractTableModel):
    """Lines in the order of the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Others from now on."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._lines[row]

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
        return _cell(self.line(index.row()), _COLUMNS[index.column()])


def _cell(line: Line, column: str) -> str:
    if column == "line":
        return str(line.line)
    if column == "order":
        return line.order or line.raw
    if column == "number":
        return names.tracking_words(line.number)
    if column == "carrier":
        return names.carrier_name(line.carrier) if line.carrier else ""
    return words_of(line) if column == "verdict" else line.recipient


class _Cells(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Shape and words of the verdict; what is not taken stands on its tint."""
        model = index.model()
        assert isinstance(model, LinesModel)
        line, column = model.line(index.row()), _COLUMNS[index.column()]
        box = QRectF(option.rect)
        calm = line.good or line.code == "already"
        ground = "surface" if calm else "ng_weak"
        painter.save()
        painter.fillRect(box, palette.colour(ground))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), palette.colour("line"))
        left = box.left() + 12
        if column == "verdict":
            shape, ink = (glyphs.OK, "ok") if calm else (glyphs.NG, "ng")
            glyphs.draw(painter, shape, left, box.center().y() - 8, 16, ink, ground)
            left += 26
        loud = column == "verdict" and not calm
        painter.setFont(fonts.font(14, loud))
        painter.setPen(palette.colour("text2" if column in ("line", "carrier") else "text"))
        room = QRectF(left, box.top() + 2, box.right() - left - 8, box.height() - 4)
        words = _cell(line, column)
        if column == "verdict":
            painter.drawText(room, int(_MIDDLE | Qt.TextFlag.TextWordWrap), words)
        else:
            mode = Qt.TextElideMode.ElideLeft if column == "order" else Qt.TextElideMode.ElideRight
            painter.drawText(
                room, int(_MIDDLE), painter.fontMetrics().elidedText(words, mode, int(room.width()))
            )
        painter.restore()


class LinesTable(ReadingTable):
    """For reading; nothing can be changed in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        titles = [f"pasted.head.{name}" for name in _COLUMNS]
        super().__init__(titles, _ROW, _WIDTHS, _NARROW, from_width=1300, least=200, parent=parent)
        self.lines = LinesModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Cells(self))
