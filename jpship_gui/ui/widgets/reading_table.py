"""A long table for reading: only rows in sight are painted, titles stand small over one line, nothing can be edited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_HEADER = 36


class _Header(QHeaderView):
    def __init__(self, titles: Sequence[str], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._titles = tuple(titles)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(_HEADER)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """As over the orders."""
        painter.fillRect(rect, palette.colour("surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), palette.colour("line_strong"))
        painter.setFont(fonts.font(12))
        painter.setPen(palette.colour("text2"))
        words = text(self._titles[logicalIndex])
        painter.drawText(QRectF(rect).adjusted(12, 0, -8, 0), int(_MIDDLE), words)


class ReadingTable(Retranslating, QTableView):
    """`titles` are keys. `wide` and `narrow` are the columns' pixels from and below `from_width`, one of them 0: that
    column takes what is left, at least `least`."""

    def __init__(
        self,
        titles: Sequence[str],
        row: int,
        wide: Sequence[int],
        narrow: Sequence[int],
        *,
        from_width: int,
        least: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wide, self._narrow = tuple(wide), tuple(narrow)
        self._from_width, self._least = from_width, least
        self.setShowGrid(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(row)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalHeader(_Header(titles, self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The widths of this room."""
        super().resizeEvent(event)
        room = self.viewport().width()
        widths = list(self._narrow if room < self._from_width else self._wide)
        widths[widths.index(0)] = max(self._least, room - sum(widths))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def retranslate(self) -> None:
        """Titles and cells come from the catalogue."""
        if self.model() is not None:
            self.horizontalHeader().viewport().update()
            self.viewport().update()
