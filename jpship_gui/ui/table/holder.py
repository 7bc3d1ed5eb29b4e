"""The table, or why there is nothing in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

from jpship_gui.ui.actions import key_cap
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.table.view import OrderView
from jpship_gui.ui.widgets.empty_state import EmptyState


class TableHolder(QWidget):
    """One of both is in sight."""

    def __init__(self, desk: Desk, view: OrderView) -> None:
        super().__init__()
        self._desk, self._view = desk, view
        self.empty = EmptyState(
            "stack-2", "table.empty", "table.empty.more", act_key="act.open_file", cap=key_cap("open_file")
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(view)
        self._stack.addWidget(self.empty)

    def table_in_sight(self) -> bool:
        """Whether there are rows."""
        return self._stack.currentWidget() is self._view

    def show_count(self, count: int, page: QWidget, *, narrowed: bool) -> None:
        """So many rows were found; `narrowed` = by a search or a filter. The keyboard's focus stays with the page."""
        had_focus = self._view.hasFocus() or page.hasFocus()
        if had_focus and not count:
            page.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt hands it to whatever comes next
        self._stack.setCurrentIndex(0 if count else 1)
        if had_focus and count:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        if narrowed:
            self.empty.say("search", "table.nothing", "table.nothing.more", "table.clear")
        elif not self._desk.counters.get("all"):
            there = "intake" in self._desk.places
            self.empty.say(
                *("file-import", "table.empty", "table.empty.more"),
                *(("act.open_file", key_cap("open_file")) if there else ()),
            )
        else:
            self.empty.say("circle-check", "table.view_empty", "table.view_empty.more")
