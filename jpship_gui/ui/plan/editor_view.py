"""A list left, the form of its current row right, a foot that saves and removes: rules, prices, limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.ui.plan.file_buttons import FileButtons
from jpship_gui.ui.plan.row_list import RowList
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Panel

T = TypeVar("T")


class EditorView(QWidget, Generic[T]):
    """`remove_asked(row)`. Whoever derives makes list and form, calls `_lay_out`, and says how a row is shown, kept,
    removed and begun. What a person is editing stays, whatever the list is told."""

    remove_asked = Signal(object)
    list: RowList[T]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changed = False
        self._wanted = ""  # the row that was just saved, until it is read

    # Building ---------------------------------------------------------------------------------------------------

    def _lay_out(self, left: QWidget, editor: QWidget, none: EmptyState, foot: FootBar) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(Hairline(upright=True, token="line_strong"))
        self._stack = QStackedWidget()
        self._stack.addWidget(editor)
        self.none = none
        self.none.act.connect(self.begin)
        self._stack.addWidget(self.none)
        row.addWidget(self._stack, 1)
        column.addLayout(row, 1)
        self.foot = foot
        column.addWidget(self.foot)
        self._show(None)

    def _beside(self, width: int, title: Label, buttons: Sequence[IconButton], *more: QWidget) -> QWidget:
        """The left: title and buttons, the list, `more` beneath it, and the buttons for files."""
        left = Panel("surface")
        left.setFixedWidth(width)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 8, 12, 8)
        head.setSpacing(4)
        head.addWidget(title, 1)
        for button in buttons:
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(Hairline(token="line_strong"))
        self.list.current_changed.connect(self._moved)
        column.addWidget(self.list, 1)
        for widget in more:
            column.addWidget(widget)
        self.files = FileButtons()
        column.addWidget(self.files)
        return left

    def _ground(self, foot: int) -> tuple[Panel, QVBoxLayout]:
        """What a form lies on, `foot` = the margin beneath it."""
        ground = Panel("window")
        column = QVBoxLayout(ground)
        column.setContentsMargins(28, 20, 28, foot)
        column.setSpacing(8)
        return ground, column

    def _scrolling(self, ground: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(ground)
        return area

    def _foot(self, remove_key: str, middle: QWidget | None = None, *before_save: QWidget) -> FootBar:
        foot = FootBar(left=20)
        self.remove_button = Button(remove_key, kind="quiet", size="large", icon="trash")
        self.remove_button.clicked.connect(self._remove)
        self.save_button = Button(
            "planpage.rule.save", kind="primary", size="large", icon="device-floppy", cap="Ctrl+S"
        )
        self.save_button.clicked.connect(self.save)
        foot.row.addWidget(self.remove_button)
        if middle is None:
            foot.row.addStretch(1)
        else:
            foot.row.addWidget(middle, 1)
        for widget in (*before_save, self.save_button):
            foot.row.addWidget(widget)
        return foot

    # What each has of its own -----------------------------------------------------------------------------------

    def begin(self) -> None:
        """A new one."""
        raise NotImplementedError

    def ask_new(self) -> None:
        """By Ins: a new one, of a kind to be chosen where there are several."""
        self.begin()

    def save(self) -> None:
        """Keep it."""
        raise NotImplementedError

    def _remove(self) -> None:
        raise NotImplementedError

    def _show(self, row: T | None) -> None:
        """Show it as it was read; what was edited is gone."""
        raise NotImplementedError

    def _show_foot(self) -> None:
        """What may be done."""
        raise NotImplementedError

    def _unedited(self) -> None:
        """What was said of it before is no longer so."""

    # Showing ----------------------------------------------------------------------------------------------------

    def _show_rows(self, found: Sequence[T]) -> None:
        editing = self._changed
        self.list.show_rows(found)
        if self._wanted and self.list.go_to(self._wanted):
            self._wanted = ""
        if not editing:
            self._show(self.list.current())

    def _kept(self) -> None:
        """What is shown is what there is."""
        self._changed = False
        self._show_foot()

    def _moved(self, row: T | None) -> None:
        if not self._changed:
            self._show(row)

    def _edited(self) -> None:
        self._changed = True
        self._unedited()
        self._show_foot()

    def retranslate_all(self) -> None:
        """Names of carriers and services."""
        if not self._changed:
            self._show(self.list.current())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+S saves, Ins begins a new one."""
        if event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.key() == Qt.Key.Key_Insert:
            self.ask_new()
        else:
            super().keyPressEvent(event)

    def back(self) -> bool:
        """Esc leaves what was not saved."""
        if self._changed:
            self._show(self.list.current())
            return True
        return False
