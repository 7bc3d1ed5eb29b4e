"""The sample's columns with their first values, and what each is used for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from jpship_gui.flows.upkeep.profile_drafts import ColumnSample
from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette

_HEIGHT = 52
Index = QModelIndex | QPersistentModelIndex


class _Columns(QAbstractListModel):
    """The columns and what each is used for; the delegate reads them here."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[ColumnSample, ...] = ()
        self.used: list[list[str]] = []

    def show(self, columns: Sequence[ColumnSample], used_by: Callable[[str], list[str]]) -> bool:
        """Hold these; whether they are others than before by their names."""
        others = [one.name for one in columns] != [one.name for one in self.columns]
        if others:
            self.beginResetModel()
        self.columns = tuple(columns)
        self.used = [used_by(column.name) for column in columns]
        if others:
            self.endResetModel()
        return others

    def rowCount(self, parent: Index | None = None) -> int:
        """All columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The name, for letters typed and for screen readers; all that is known as tool tip."""
        column = self.columns[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.name
        return "\n".join((column.name, *column.values)) if role == Qt.ItemDataRole.ToolTipRole else None


class ColumnsList(QListView):
    """Emits `picked(column)` on a click or Enter; arrows and letters walk along the list."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = _Columns()
        self._columns.setParent(self)
        self.setModel(self._columns)
        self._delegate = _Delegate(self._columns, self)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.clicked.connect(self._pick)

    def show_columns(self, columns: Sequence[ColumnSample], used_by: Callable[[str], list[str]]) -> None:
        """Show these columns; the current one stays where it can."""
        current = self.current()
        if self._columns.show(columns, used_by):
            self.choose(current)
        self.viewport().update()

    def names(self) -> list[str]:
        """The columns that are shown."""
        return [column.name for column in self._columns.columns]

    def current(self) -> str:
        """The current column, "" for none."""
        index = self.currentIndex()
        return self._columns.columns[index.row()].name if index.isValid() else ""

    def choose(self, name: str) -> None:
        """Make a column the current one, if it is there."""
        if name in self.names():
            self.setCurrentIndex(self._columns.index(self.names().index(name)))

    def current_box(self) -> QRect:
        """Where the current column stands in the viewport."""
        return self.visualRect(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter picks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._pick(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _pick(self, index: QModelIndex) -> None:
        self.picked.emit(self._columns.columns[index.row()].name)


class _Delegate(QStyledItemDelegate):
    """Name, first values beneath, and on the right what it is used for."""

    def __init__(self, columns: _Columns, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        column, used = self._columns.columns[index.row()], self._columns.used[index.row()]
        box = QRectF(option.rect)
        widget = option.widget
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focus = chosen and widget is not None and widget.hasFocus()
        painter.fillRect(box, palette.colour("accent_weak" if chosen else "hover" if hovered else "surface"))
        if focus:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), palette.colour("accent"))
        painter.fillRect(
            QRectF(box.left() + 16, box.bottom() - 1, box.width() - 32, 1), palette.colour("line")
        )
        tag = "・".join(text(f"profile.target.{name}") for name in used)
        wide = min(fonts.width(tag, 12), box.width() * 0.45) if tag else 0
        inside = box.adjusted(16, 0, -16, 0)
        line = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        height = 22 if column.filled is not None else box.height() - 10
        if tag:
            painter.setFont(fonts.font(12))
            painter.setPen(palette.colour("accent"))
            shown = fonts.metrics(12).elidedText(tag, Qt.TextElideMode.ElideRight, wide + 2)
            painter.drawText(
                QRectF(inside.right() - wide - 1, box.top() + 5, wide + 4, height),
                line | Qt.AlignmentFlag.AlignRight,
                shown,
            )
        room = inside.width() - (wide + 12 if wide else 0)
        painter.setFont(fonts.font(14, True))
        painter.setPen(palette.colour("text" if column.filled != 0 else "text3"))
        name = fonts.metrics(14, True).elidedText(column.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRectF(inside.left(), box.top() + 5, room + 2, height), line, name)
        painter.setFont(fonts.font(12))
        painter.setPen(palette.colour("text2" if column.filled else "text3"))
        nothing = text("profiles.blank_column") if column.filled == 0 else ""
        told = " ・ ".join(" ".join(value.split()) for value in column.values) or nothing
        told = fonts.metrics(12).elidedText(told, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(QRectF(inside.left(), box.top() + 27, inside.width() + 2, 18), line, told)
