"""The groups of a checklist as they were read: what each asks, its items with their codes, which orders it is for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.flows.pack import checklist
from jpship_gui.flows.pack.checklist import CheckItem, Checklist, Fitting, Group, Tried
from jpship_gui.texts import text
from jpship_gui.ui.names import short_number
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Sheet

_NUMBERS = 8  # order numbers that are shown


class ChecklistGroups(QWidget):
    """One sheet for each group."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[GroupSheet] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_groups(self, found: Checklist, tried: Tried) -> None:
        """Show these."""
        for sheet in self.sheets:
            sheet.hide()
            sheet.deleteLater()
        self.sheets = [
            GroupSheet(group, tried.fitting.get(group.line, ()), tried.looked) for group in found.groups
        ]
        for sheet in self.sheets:
            self._column.addWidget(sheet)


class GroupSheet(Sheet):
    """Name and what it asks left, how many orders right; items; order numbers."""

    def __init__(self, group: Group, fitting: tuple[Fitting, ...], looked: int) -> None:
        super().__init__()
        self.group, self.fitting = group, fitting
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        name = Label(size=16, bold=True)
        name.show_text(group.name or text("checklist.every"))
        words.addWidget(name)
        if group.asks:
            asks = Label(size=12, ink="text2", wrap=True)
            asks.show_text(checklist.asks_words(group))
            asks.setContentsMargins(0, 0, 0, 3)
            words.addWidget(asks)
        head.addLayout(words, 1)
        count = Label("checklistpage.count", size=20, bold=True, fitting=len(fitting), looked=looked)
        count.set_ink("text" if fitting else "text3")
        head.addWidget(count)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addLayout(self._items(group.items))
        self.orders = Label(size=12, ink="text2", wrap=True)
        self.orders.show_text(_orders(fitting))
        column.addWidget(self.orders)

    def _items(self, items: tuple[CheckItem, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, item in enumerate(items):
            number = Label(ink="text2")
            number.show_text(str(item.number))
            words = Label(wrap=True)
            words.show_text(item.words)
            kind = Label("checklist.must" if item.must else "checklist.may", size=12)
            kind.set_ink("text" if item.must else "text2")
            code = Label(size=12, ink="text2")
            code.show_text(checklist.item_code(item))
            for column, widget in enumerate((number, words, kind, code)):
                grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignVCenter)
        return grid


def _orders(fitting: tuple[Fitting, ...]) -> str:
    if not fitting:
        return text("checklistpage.nowhere")
    shown = "・".join(short_number(one.order) for one in fitting[:_NUMBERS])
    rest = len(fitting) - _NUMBERS
    return f"{shown}　{text('checklistpage.more', count=rest)}" if rest > 0 else shown
