"""The orders: views, search, filters, table, what is ticked, and the detail at the right."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
)

from jpship_gui.flows.table.list_rows import Query, TableRow, ids, rows
from jpship_gui.ui.actions import Handler
from jpship_gui.ui.check.decisions import Decisions
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.page import Page
from jpship_gui.ui.table.chooser import ColumnChoice
from jpship_gui.ui.table.columns import BY_ID
from jpship_gui.ui.table.detail_place import DetailPlace
from jpship_gui.ui.table.elsewhere import elsewhere
from jpship_gui.ui.table.filters import FilterRow, with_toggled
from jpship_gui.ui.table.holder import TableHolder
from jpship_gui.ui.table.menus import TableMenus
from jpship_gui.ui.table.problems import Problems
from jpship_gui.ui.table.scan_search import ScanSearch
from jpship_gui.ui.table.selection_bar import SelectionBar
from jpship_gui.ui.table.top_bar import TopBar
from jpship_gui.ui.table.view import OrderView
from jpship_gui.ui.table.views import Views
from jpship_gui.ui.widgets.sheet import Panel
from jpship_gui.ui.widgets.skeleton import Skeleton

if TYPE_CHECKING:
    from jpship_gui.ui.check.detail_pane import DetailPane

NARROW_BELOW = 1500  # page width; the window is 64 to 200 px wider
_FIRST_VIEWS = ("today", "open", "all")
TICKED_ACTS = ("print_slips", "carrier_export", "hold", "bundle")


class OrdersPage(Page):
    """All orders; other pages open it with a view's id as hint, or with `("order", row id)`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._views = Views(desk.ws.options)
        self._columns = ColumnChoice(desk.ws.options)
        self._query = self._views.query("today")
        self._asked = 0
        self._problems = Problems()
        self._wanted = 0  # row id to go to once the rows are there
        self._first = True
        self._start = True
        self._told = False  # whether any answer has come
        self._waiting_fresh = False
        self.decisions = Decisions(desk, self)
        self._build()
        self._connect()
        self._show_columns()
        self.reload(fresh=True)

    def _build(self) -> None:
        desk = self.desk
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = Panel("surface")
        left.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = TopBar(self._views.items())
        self.tabs, self.search = self._bar.tabs, self._bar.search
        column.addLayout(self._bar)
        self.filter_row = FilterRow()
        column.addWidget(self.filter_row)
        self.view = OrderView(lambda wanted: rows(desk.ws, wanted), desk.ws.now)
        self._holder = TableHolder(desk, self.view)
        self.empty = self._holder.empty
        column.addWidget(self._holder, 1)
        self.skeleton = Skeleton(self.view.viewport())
        self.selection = SelectionBar(TICKED_ACTS)
        column.addWidget(self.selection)
        row.addWidget(left, 1)
        self._place = DetailPlace(desk, self.decisions)
        row.addWidget(self._place)
        self.menus = TableMenus(desk, self._columns, self.query, self)
        self._scans = ScanSearch(desk, self.search, self)

    @property
    def detail(self) -> DetailPane:
        """The pane at the right, made when it is first needed."""
        return self._place.pane()

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.open_view)
        self.search.searched.connect(self._searched)
        self.search.left.connect(self._to_table)
        filters, columns = self._bar.filter_button, self._bar.columns_button
        filters.clicked.connect(lambda: self.menus.ask_filters(filters))
        columns.clicked.connect(lambda: self.menus.open_columns(columns))
        self.filter_row.removed.connect(self._toggle_filter)
        self.filter_row.cleared.connect(self._clear_filters)
        self.filter_row.kept.connect(self._keep_view)
        self.view.header.sort_asked.connect(self._sort)
        self.view.header.menu_asked.connect(self.menus.open_header)
        self.view.widths_changed.connect(self._columns.keep_widths)
        self.view.current_changed.connect(lambda _: self._place.show_soon())
        self.view.entered_detail.connect(lambda: self.detail.take_focus())
        self.view.menu_asked.connect(self._row_menu)
        self.view.orders.ticks_changed.connect(self._ticks_changed)
        self.selection.asked.connect(self.desk.actions.run)
        self.selection.dropped.connect(self.view.tick_none)
        self.empty.act.connect(self._empty_act)
        self.desk.counted.connect(self._counted)
        self._place.due.connect(self._show_current)
        self._place.left.connect(self._to_table)
        self._place.next_asked.connect(self._next_problem)
        self._scans.found.connect(self._search_all)
        self.menus.filter_toggled.connect(self._toggle_filter)
        self.menus.sort_asked.connect(self._sort_by)
        self.menus.columns_changed.connect(self._show_columns)
        self.menus.view_dropped.connect(self._drop_view)

    # What the frame asks ----------------------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Handler]:
        """Acts of the table and of the shipment in the detail."""
        acts = {
            "search": Handler(self._to_search),
            "next_problem": Handler(self._next_problem, lambda: bool(self._problems.ids)),
            "previous_problem": Handler(self._previous_problem, lambda: bool(self._problems.ids)),
            "hold": Handler(self._hold, lambda: bool(self.chosen_ids())),
            "release": Handler(self._release, self._may_release),
            "approve": Handler(
                lambda: self.detail.approve(), lambda: self._may(lambda pane: pane.may_approve())
            ),
            "track_many": Handler(self._track_many),
            "track": Handler(self._track, lambda: self._place.shown() is not None),
            "resend": Handler(lambda: self.detail.resend(), lambda: self._place.shown() is not None),
            "change_entry": Handler(lambda: self.detail.change_entry(), self._entry_open),
            "cancel_entry": Handler(lambda: self.detail.ask_cancel(), self._entry_open),
        }
        acts |= elsewhere(
            self.desk, self.chosen_keys, lambda: len(self.view.orders.ticked() or self.chosen_ids())
        )
        for number in (1, 2, 3):
            acts[f"repair_{number}"] = Handler(
                lambda n=number: self.detail.repair(n),  # type: ignore[misc]
                lambda n=number: self._may(lambda pane: pane.may_repair(n)),  # type: ignore[misc]
            )
        return acts

    def _entry_open(self) -> bool:
        return self._may(lambda pane: pane.entry_open())

    def _may(self, allowed: Callable[[DetailPane], bool]) -> bool:
        """What the detail allows, once there is one."""
        return self._place.made is not None and allowed(self._place.made)

    def left(self) -> None:
        """Scans are for whoever is in sight."""
        self._place.stop()
        self._scans.end()

    def _search_all(self, code: str) -> None:
        """A code that was read is looked for among all of them."""
        if self._query.view != "all":
            self.open_view("all")
        self.search.setText(code)
        self._searched(code)

    def opened(self, hint: object = None) -> None:
        """With a view's id as hint it shows that view, with ("order", row id) that order."""
        if isinstance(hint, str):
            self.open_view(hint)
        elif isinstance(hint, tuple) and len(hint) == 2 and hint[0] == "order":
            self.show_order(int(hint[1]))
        elif self._first:
            self._first = False
        self._scans.begin()
        if self._place.made is None and self.view.current_id():
            self._place.show_soon()
        self._to_table()

    def refresh(self) -> None:
        """The same question again; place, current row and ticks stay."""
        self.reload(fresh=False)
        if self._place.made is not None:
            self._place.made.reload()

    def foot(self) -> int:
        """The bar with what may be done with ticked rows."""
        return self.selection.height() if self.selection.isVisible() else 0

    def back(self) -> bool:
        """Esc: the reason panel closes, then the search and the ticks go, one at a time."""
        if self._may(lambda pane: pane.back()):
            return True
        if self.search.text():
            self.search.clear()
            self._searched("")
            return True
        if self.view.orders.ticked():
            self.view.tick_none()
            return True
        return False

    def scenes(self) -> Mapping[str, Callable[[], None]]:
        """Ticked rows with a problem in the detail; the question why to hold; a search without a hit."""
        return {
            "ticked": self._scene_ticked,
            "hold": self._hold,
            "nothing": lambda: self._searched("ぬぬぬ"),
        }

    def _scene_ticked(self) -> None:
        self.view.orders.tick(self.view.orders.ids()[2:9], True)
        self._next_problem()

    # The question -----------------------------------------------------------------------------------------------

    def query(self) -> Query:
        """What is shown now."""
        return self._query

    def open_view(self, view: str) -> None:
        """Show a view from its beginning."""
        self._start = False
        self.tabs.choose(view)
        self._query = self._views.query(view)
        self.search.blockSignals(True)
        self.search.setText(self._query.search)
        self.search.blockSignals(False)
        self._ask(fresh=True)

    def show_order(self, row_id: int) -> None:
        """Make one order current, in the view in sight if it is there, else among all."""
        if not self.view.go_to(row_id):
            self._wanted = row_id
            self.open_view("all")

    def _ask(self, *, fresh: bool) -> None:
        self.filter_row.show_filters(self._query.filters, self._query.search)
        self.view.header.show_sort(self._query.sort, self._query.descending)
        self.view.header.show_filtered(frozenset(column for column, _ in self._query.filters))
        self.reload(fresh=fresh)

    def reload(self, *, fresh: bool) -> None:
        """Ask for the ids; only the last answer counts."""
        self._asked += 1
        self._waiting_fresh = self._waiting_fresh or fresh
        number, query, ws = self._asked, self._query, self.desk.ws
        attention = Query(view="attention")
        if fresh:
            self.skeleton.setGeometry(self.view.viewport().rect())
            self.skeleton.wait()
        self.desk.tasks.run(
            lambda _: (number, ids(ws, query), ids(ws, attention)), done=self._answered, quiet=True
        )

    def _answered(self, answer: tuple[int, array[int], array[int]]) -> None:
        number, found, attention = answer
        if number != self._asked:
            return
        self.skeleton.stop()
        self._told = True
        self._problems.ids = attention
        fresh, self._waiting_fresh = self._waiting_fresh, False
        self.view.delegate.look_at_clock()
        self.view.show_ids(found, fresh=fresh)
        if self._wanted:
            self.view.go_to(self._wanted)
            self._wanted = 0
        self._say_empty(len(found))
        self._show_place()
        self.desk.actions.refresh()

    def _say_empty(self, count: int) -> None:
        self._holder.show_count(count, self, narrowed=bool(self._query.search or self._query.filters))

    def _empty_act(self) -> None:
        if self._query.search or self._query.filters:
            self.search.clear()
            self._query = replace(self._query, filters=(), search="")
            self._ask(fresh=True)
        else:
            self.desk.actions.run("open_file")

    def _searched(self, words: str) -> None:
        if words != self._query.search:
            self._query = replace(self._query, search=words)
            self._ask(fresh=True)

    def _sort(self, column_id: str) -> None:
        sort = BY_ID[column_id].sort
        descending = sort == self._query.sort and not self._query.descending
        self._query = replace(self._query, sort=sort, descending=descending)
        self._ask(fresh=True)

    def _toggle_filter(self, column: str, value: str) -> None:
        self._query = replace(self._query, filters=with_toggled(self._query.filters, column, value))
        self._ask(fresh=True)

    def _clear_filters(self) -> None:
        self._query = replace(self._query, filters=())
        self._ask(fresh=True)

    def _keep_view(self, name: str) -> None:
        view = self._views.keep(name, self._query)
        self.tabs.set_items(self._views.items())
        self.tabs.choose(view)
        self._counted(self.desk.counters)

    # Menus ------------------------------------------------------------------------------------------------------

    def _sort_by(self, column_id: str, descending: bool) -> None:
        self._query = replace(self._query, sort=BY_ID[column_id].sort, descending=descending)
        self._ask(fresh=True)

    def _row_menu(self, place: QPoint) -> None:
        self.menus.open_row(place, self.chosen_keys(), self.tabs.current(), self.view.copy_row)

    def _drop_view(self, view: str) -> None:
        self._views.drop(view)
        self.tabs.set_items(self._views.items())
        self.open_view("open")

    def _show_columns(self) -> None:
        self.view.set_columns(self._columns.ids(), self._columns.widths(), self._columns.narrow)

    # Rows -------------------------------------------------------------------------------------------------------

    def chosen_ids(self) -> list[int]:
        """Ticked rows in the table's order, else the current one."""
        ticked = self.view.orders.ticked()
        if ticked:
            return [row_id for row_id in self.view.orders.ids() if row_id in ticked]
        return [self.view.current_id()] if self.view.current_id() else []

    def chosen_rows(self) -> list[TableRow]:
        """The same as rows, read now."""
        wanted = self.chosen_ids()
        return [row for at in range(0, len(wanted), 200) for row in rows(self.desk.ws, wanted[at : at + 200])]

    def chosen_keys(self) -> list[str]:
        """The same as shipment keys."""
        return [row.key for row in self.chosen_rows()]

    def waiting(self) -> bool:
        """Whether the current row is still to be shown in the detail."""
        return self._place.waiting()

    def _show_current(self) -> None:
        self.detail.show_shipment(self.view.current_id())
        self._show_place()

    def _show_place(self) -> None:
        """Which problem of how many the detail shows."""
        if self._place.made is not None:
            place = self._problems.place(self.view.current_id())
            self._place.made.show_place(place, len(self._problems.ids))

    def _ticks_changed(self) -> None:
        ticked = self.view.orders.ticked()
        blocked = len(ticked.intersection(self._problems.ids))
        note = "table.ticked_blocked" if blocked else "table.ticked_free"
        foot = self.foot()
        self.selection.show_count(len(ticked), note, {"count": blocked} if blocked else {})
        if self.foot() != foot:
            self.desk.laid.emit()
        for act_id in TICKED_ACTS:
            self.selection.set_allowed(act_id, self.desk.actions.allowed(act_id))
        self.desk.actions.refresh()

    def _next_problem(self) -> None:
        self._jump(1)

    def _previous_problem(self) -> None:
        self._jump(-1)

    def _jump(self, step: int) -> None:
        """To the next shipment that needs a person, in the order of the attention view."""
        row_id = self._problems.beside(self.view.current_id(), step)
        if row_id and not self.view.go_to(row_id):
            self._wanted = row_id
            self.open_view("attention")

    def _hold(self) -> None:
        self.detail.ask_hold(self.chosen_keys())

    def _track(self) -> None:
        """Enter a tracking number by hand, twice."""
        shown = self.detail.shown()
        if shown is None:
            return
        from jpship_gui.ui.pack.tracking_dialog import TrackingDialog

        dialog = TrackingDialog(self.desk, shown.shipment, self.window())
        dialog.tracked.connect(lambda _: self.desk.tell_changed())
        dialog.open()

    def _track_many(self) -> None:
        """The ticked orders one after the other, in the order they stand here."""
        self.desk.go("entry", self.chosen_keys() if self.view.orders.ticked() else None)

    def _may_release(self) -> bool:
        current = self._place.shown()
        return bool(self.view.orders.ticked()) or (current is not None and bool(current.shipment.hold_reason))

    def _release(self) -> None:
        self.decisions.release(self.chosen_keys())

    # Frame ------------------------------------------------------------------------------------------------------

    def _counted(self, counters: Mapping[str, int]) -> None:
        """The first counters decide the first view: the first that has rows, unless a person chose one."""
        self.tabs.set_counters(counters)
        if self._told:
            self._say_empty(self.view.orders.rowCount())
        if self._start and counters:
            first = next((view for view in _FIRST_VIEWS if counters.get(view)), "")
            if first and self._query == self._views.query("today"):
                self._start = False
                if first != "today":
                    self.open_view(first)

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _to_table(self) -> None:
        target = self.view if self._holder.table_in_sight() else self
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1600 px of window the detail and the columns are narrower."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW_BELOW
        self._place.set_narrow(narrow)
        self._bar.set_narrow(narrow)
        if narrow != self._columns.narrow or self._first:
            self._columns.narrow = narrow
            self._show_columns()
