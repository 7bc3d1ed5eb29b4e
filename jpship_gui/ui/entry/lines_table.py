"""The judged lines of a pasted list: only what is in sight is painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from jpship_gui.flows.pack.pasted import Line, words_of
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.theme import fonts, glyphs, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

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


class _Header(QHeaderView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Small titles, one line beneath."""
        painter.fillRect(rect, palette.colour("surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), palette.colour("line_strong"))
        painter.setFont(fonts.font(12))
        painter.setPen(palette.colour("text2"))
        words = text(f"pasted.head.{_COLUMNS[logicalIndex]}")
        painter.drawText(QRectF(rect).adjusted(12, 0, -8, 0), int(_MIDDLE), words)


class LinesTable(Retranslating, QTableView):
    """For reading; nothing can be changed in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LinesModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = _Header(self)
        self.setHorizontalHeader(head)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setFixedHeight(36)
        head.setHighlightSections(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The verdict takes what is left."""
        super().resizeEvent(event)
        wide = self.viewport().width()
        widths = list(_NARROW if wide < 1300 else _WIDTHS)
        widths[-1] = max(200, wide - sum(widths))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def retranslate(self) -> None:
        """Words come from the catalogue."""
        if hasattr(self, "lines"):
            self.horizontalHeader().viewport().update()
            self.viewport().update()
