"""The menus of the orders: filters, columns, a column's head, a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from jpship_gui.flows.table.list_rows import Query, choices
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.table.chooser import ColumnChoice
from jpship_gui.ui.table.columns import BY_ID, COLUMNS
from jpship_gui.ui.table.filters import OFFERED, fill_menu
from jpship_gui.ui.table.marks_menu import MarksMenu
from jpship_gui.ui.table.views import KEPT

_ROW_ACTS = (
    ("approve", "hold", "release"),
    ("bundle", "split"),
    ("print_slips", "preview_slips", "carrier_export", "track", "track_many"),
)


class TableMenus(QObject):
    """`filter_toggled(column, value)`, `sort_asked(column, descending)`, `columns_changed`, `view_dropped(view)`."""

    filter_toggled = Signal(str, str)
    sort_asked = Signal(str, bool)
    columns_changed = Signal()
    view_dropped = Signal(str)

    def __init__(self, desk: Desk, columns: ColumnChoice, query: Callable[[], Query], over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._columns, self._query, self._over = desk, columns, query, over

    def ask_filters(self, button: QWidget) -> None:
        """What may be filtered by, counted first."""
        ws = self._desk.ws

        def show(found: Mapping[str, Sequence[tuple[str, int]]]) -> None:
            menu = self._menu()
            fill_menu(menu, found, self._query().filters, self.filter_toggled.emit)
            _below(menu, button)

        self._desk.tasks.run(
            lambda _: {column: choices(ws, column) for column in OFFERED}, done=show, quiet=True
        )

    def open_columns(self, button: QWidget) -> None:
        """Which columns are shown."""
        menu = self._menu()
        shown = self._columns.ids()
        for column in COLUMNS:
            if column.fixed or column.id == "goods":
                continue
            act = menu.addAction(text(column.title))
            act.setCheckable(True)
            act.setChecked(column.id in shown)
            act.triggered.connect(lambda _=False, c=column.id: self.toggle_column(c))
        menu.addSeparator()
        menu.addAction(text("table.columns_reset")).triggered.connect(self._reset_columns)
        _below(menu, button)

    def open_header(self, column_id: str, place: QPoint) -> None:
        """Sort, filter and hide one column."""
        column, query = BY_ID[column_id], self._query()
        menu = self._menu()
        if column.sort:
            for key, down in (("table.ascending", False), ("table.descending", True)):
                act = menu.addAction(text(key))
                act.setCheckable(True)
                act.setChecked((query.sort, query.descending) == (column.sort, down))
                act.triggered.connect(lambda _=False, d=down: self.sort_asked.emit(column_id, d))
        if column.filter:
            menu.addSeparator()
            found = {column.filter: choices(self._desk.ws, column.filter)[:40]}
            fill_menu(menu, found, query.filters, self.filter_toggled.emit)
        if not column.fixed and column_id != "goods":
            menu.addSeparator()
            menu.addAction(text("table.column_hide")).triggered.connect(lambda: self.toggle_column(column_id))
        if not menu.isEmpty():
            menu.popup(place)

    def open_row(self, place: QPoint, keys: Sequence[str], view: str, copy: Callable[[], None]) -> None:
        """What may be done with these shipments, and with a view of one's own."""
        menu = self._menu()
        actions = self._desk.actions
        for group in _ROW_ACTS:
            for act_id in group:
                if actions.allowed(act_id):
                    menu.addAction(actions.qaction(act_id))
            menu.addSeparator()
        if keys:
            menu.addMenu(MarksMenu(self._desk, keys, menu))
        menu.addAction(text("act.copy")).triggered.connect(copy)
        if view.startswith(KEPT):
            menu.addAction(text("table.view_drop")).triggered.connect(lambda: self.view_dropped.emit(view))
        menu.popup(place)

    def toggle_column(self, column_id: str) -> None:
        """Show or hide it."""
        self._columns.toggle(column_id)
        self.columns_changed.emit()

    def _reset_columns(self) -> None:
        self._columns.reset()
        self.columns_changed.emit()

    def _menu(self) -> QMenu:
        menu = QMenu(self._over)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu


def _below(menu: QMenu, button: QWidget) -> None:
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))
