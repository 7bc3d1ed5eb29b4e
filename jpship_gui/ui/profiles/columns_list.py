"""The sample's columns with their first values, and what each is used for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from jpship_gui.flows.upkeep.profile_drafts import ColumnSample
from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette

_HEIGHT = 52
_COLUMN = Qt.ItemDataRole.UserRole
_USED = Qt.ItemDataRole.UserRole + 1


class ColumnsList(QListWidget):
    """Emits `picked(column)` on a click or Enter; arrows and letters walk along the list."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Delegate(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.itemClicked.connect(self._pick)

    def show_columns(self, columns: Sequence[ColumnSample], used_by: Callable[[str], list[str]]) -> None:
        """Show these columns; the current one stays where it can."""
        current = self.currentItem().data(_COLUMN).name if self.currentItem() else ""
        names = [self.item(n).data(_COLUMN).name for n in range(self.count())]
        if names != [column.name for column in columns]:
            self.clear()
            for column in columns:
                item = QListWidgetItem(column.name)
                item.setData(_COLUMN, column)
                self.addItem(item)
                if column.name == current:
                    self.setCurrentItem(item)
        for n, column in enumerate(columns):
            self.item(n).setData(_COLUMN, column)
            self.item(n).setData(_USED, used_by(column.name))
            self.item(n).setToolTip("\n".join((column.name, *column.values)))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter picks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self._pick(self.currentItem())
            return
        super().keyPressEvent(event)

    def _pick(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(_COLUMN).name)


class _Delegate(QStyledItemDelegate):
    """Name, first values beneath, and on the right what it is used for."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, _HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        column: ColumnSample = index.data(_COLUMN)
        used: list[str] = index.data(_USED) or []
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
        if tag:
            painter.setFont(fonts.font(12))
            painter.setPen(palette.colour("accent"))
            shown = fonts.metrics(12).elidedText(tag, Qt.TextElideMode.ElideRight, wide + 2)
            painter.drawText(
                QRectF(inside.right() - wide - 1, box.top() + 5, wide + 4, 22),
                line | Qt.AlignmentFlag.AlignRight,
                shown,
            )
        room = inside.width() - (wide + 12 if wide else 0)
        painter.setFont(fonts.font(14, True))
        painter.setPen(palette.colour("text" if column.filled != 0 else "text3"))
        name = fonts.metrics(14, True).elidedText(column.name, Qt.TextElideMode.ElideMiddle, room)
        height = 22 if column.filled is not None else box.height() - 10
        painter.drawText(QRectF(inside.left(), box.top() + 5, room + 2, height), line, name)
        painter.setFont(fonts.font(12))
        painter.setPen(palette.colour("text2" if column.filled else "text3"))
        nothing = text("profiles.blank_column") if column.filled == 0 else ""
        told = " ・ ".join(" ".join(value.split()) for value in column.values) or nothing
        told = fonts.metrics(12).elidedText(told, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(QRectF(inside.left(), box.top() + 27, inside.width() + 2, 18), line, told)
