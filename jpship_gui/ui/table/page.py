"""The orders: views, search, filters, table, what is ticked, and the detail at the right."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from jpship_gui.flows.table.list_rows import Query, TableRow, choices, ids, rows
from jpship_gui.texts import text
from jpship_gui.ui.actions import Handler, key_cap
from jpship_gui.ui.check.decisions import Decisions
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.page import Page
from jpship_gui.ui.scanning.keyboard import KeyboardScanner, scanner_of
from jpship_gui.ui.table.chooser import ColumnChoice
from jpship_gui.ui.table.columns import BY_ID, COLUMNS
from jpship_gui.ui.table.filters import OFFERED, FilterRow, fill_menu, with_toggled
from jpship_gui.ui.table.marks_menu import MarksMenu
from jpship_gui.ui.table.selection_bar import SelectionBar
from jpship_gui.ui.table.view import OrderView
from jpship_gui.ui.table.views import KEPT, Views
from jpship_gui.ui.theme import palette
from jpship_gui.ui.widgets.button import IconButton
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.search_field import SearchField
from jpship_gui.ui.widgets.skeleton import Skeleton
from jpship_gui.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from jpship_gui.flows.table.detail import Detail
    from jpship_gui.ui.check.detail_pane import DetailPane

NARROW_BELOW = 1500  # page width; the window is 64 to 200 px wider
DETAIL_WIDE, DETAIL_NARROW = 492, 376
_ROWS_FIRST = 60  # ms until the detail is made: by then the rows are painted
_FIRST_VIEWS = ("today", "open", "all")
# Acts that another page carries out; it is opened with (act id, shipment keys) as hint.
_ELSEWHERE = {
    "print_slips": "paper",
    "preview_slips": "paper",
    "carrier_export": "paper",
    "bundle": "plan",
    "split": "plan",
}
_SO_MANY = {"bundle": (2, 99), "split": (1, 1)}  # least and most shipments, where not any number will do
TICKED_ACTS = ("print_slips", "carrier_export", "hold", "bundle")


class _Ground(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        """The surface the table lies on."""
        QPainter(self).fillRect(self.rect(), palette.colour("surface"))


class _DetailGround(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        """What the detail looks like before it is there."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), palette.colour("surface"))
        painter.fillRect(0, 0, 1, self.height(), palette.colour("line_strong"))


class OrdersPage(Page):
    """All orders; other pages open it with a view's id as hint, or with `("order", row id)`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._views = Views(desk.ws.options)
        self._columns = ColumnChoice(desk.ws.options)
        self._query = self._views.query("today")
        self._asked = 0
        self._attention: array[int] = array("q")
        self._wanted = 0  # row id to go to once the rows are there
        self._first = True
        self._start = True
        self._told = False  # whether any answer has come
        self._listening = False
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
        left = _Ground()
        left.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar())
        self.filter_row = FilterRow()
        column.addWidget(self.filter_row)
        self.view = OrderView(lambda wanted: rows(desk.ws, wanted), desk.ws.now)
        self.empty = EmptyState(
            "stack-2", "table.empty", "table.empty.more", act_key="act.open_file", cap=key_cap("open_file")
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        column.addWidget(holder, 1)
        self.skeleton = Skeleton(self.view.viewport())
        self.selection = SelectionBar(TICKED_ACTS)
        column.addWidget(self.selection)
        row.addWidget(left, 1)
        self._detail: DetailPane | None = None
        self._detail_ground: QWidget = _DetailGround()
        row.addWidget(self._detail_ground)
        self._detail_soon = QTimer(self)
        self._detail_soon.setSingleShot(True)
        self._detail_soon.setInterval(_ROWS_FIRST)
        self._detail_soon.timeout.connect(self._show_current)

    @property
    def detail(self) -> DetailPane:
        """The pane at the right, made when it is first needed: after the first rows are on screen."""
        if self._detail is None:
            self._detail = self._make_detail()
        return self._detail

    def _make_detail(self) -> DetailPane:
        from jpship_gui.ui.check.detail_pane import DetailPane

        pane = DetailPane(self.desk, self.decisions)
        pane.left.connect(self._to_table)
        pane.next_asked.connect(self._next_problem)
        pane.set_narrow(self.width() < NARROW_BELOW)
        pane.setFixedWidth(DETAIL_NARROW if self.width() < NARROW_BELOW else DETAIL_WIDE)
        row = self.layout()
        if row is not None:
            row.replaceWidget(self._detail_ground, pane)
        self._detail_ground.hide()
        self._detail_ground.deleteLater()
        return pane

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(24, 0, 16, 0)
        bar.setSpacing(8)
        self.tabs = Tabs(self._views.items())
        self.search = SearchField("table.search", short_key="table.search_short", cap=key_cap("search"))
        self.search.setFixedHeight(36)
        self.filter_button = IconButton("filter", "table.filter", kind="plain")
        self.columns_button = IconButton("columns-3", "table.columns", kind="plain")
        bar.addWidget(self.tabs, 1)
        bar.addSpacing(16)
        bar.addWidget(self.search)
        bar.addWidget(self.filter_button)
        bar.addWidget(self.columns_button)
        return bar

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.open_view)
        self.search.searched.connect(self._searched)
        self.search.left.connect(self._to_table)
        self.filter_button.clicked.connect(self._ask_choices)
        self.columns_button.clicked.connect(self._open_columns)
        self.filter_row.removed.connect(self._toggle_filter)
        self.filter_row.cleared.connect(self._clear_filters)
        self.filter_row.kept.connect(self._keep_view)
        self.view.header.sort_asked.connect(self._sort)
        self.view.header.menu_asked.connect(self._header_menu)
        self.view.widths_changed.connect(self._columns.keep_widths)
        self.view.current_changed.connect(self._current_changed)
        self.view.entered_detail.connect(self._enter_detail)
        self.view.menu_asked.connect(self._row_menu)
        self.view.orders.ticks_changed.connect(self._ticks_changed)
        self.selection.asked.connect(self.desk.actions.run)
        self.selection.dropped.connect(self.view.tick_none)
        self.empty.act.connect(self._empty_act)
        self.desk.counted.connect(self._counted)

    # What the frame asks ----------------------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Handler]:
        """Acts of the table and of the shipment in the detail."""
        acts = {
            "search": Handler(self._to_search),
            "next_problem": Handler(self._next_problem, lambda: bool(self._attention)),
            "previous_problem": Handler(self._previous_problem, lambda: bool(self._attention)),
            "hold": Handler(self._hold, lambda: bool(self.chosen_ids())),
            "release": Handler(self._release, self._may_release),
            "approve": Handler(lambda: self.detail.approve(), self._may_approve),
            "track_many": Handler(self._track_many),
            "track": Handler(self._track, lambda: self._shown() is not None),
            "resend": Handler(lambda: self.detail.resend(), lambda: self._shown() is not None),
            "change_entry": Handler(lambda: self.detail.change_entry(), self._entry_open),
            "cancel_entry": Handler(lambda: self.detail.ask_cancel(), self._entry_open),
        }
        for act_id, place in _ELSEWHERE.items():
            acts[act_id] = Handler(
                lambda a=act_id, p=place: self.desk.go(p, (a, self.chosen_keys())),  # type: ignore[misc]
                lambda a=act_id, p=place: p in self.desk.places and self._so_many(a),  # type: ignore[misc]
            )
        for number in (1, 2, 3):
            acts[f"repair_{number}"] = Handler(
                lambda n=number: self.detail.repair(n),  # type: ignore[misc]
                lambda n=number: self._detail is not None and self._detail.may_repair(n),  # type: ignore[misc]
            )
        return acts

    def _so_many(self, act_id: str) -> bool:
        least, most = _SO_MANY.get(act_id, (1, len(self.view.orders.ids())))
        return least <= len(self.view.orders.ticked() or self.chosen_ids()) <= most

    def _entry_open(self) -> bool:
        return self._detail is not None and self._detail.entry_open()

    def left(self) -> None:
        """Scans are for whoever is in sight."""
        self._detail_soon.stop()
        if self._listening:
            self._listening = False
            self._scanner().scanned.disconnect(self._scanned)

    def _scanner(self) -> KeyboardScanner:
        return scanner_of(self.desk.ws.options.get("scanner.blank_ms"))

    def _scanned(self, words: str, quick: bool) -> None:
        """Any code read while the orders are in sight is looked for among all of them (UX-04)."""
        focused = QApplication.focusWidget()
        typing = isinstance(focused, QLineEdit) and focused is not self.search
        if typing or QApplication.activeModalWidget() is not None or self._scanner().owner() is not None:
            return
        from jpship_gui.domain.packing.kinds import shipment_key_of, tidy
        from jpship_gui.domain.tracking_no import normalise

        code = shipment_key_of(tidy(words)) or normalise(words)
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
        if not self._listening:
            self._listening = True
            self._scanner().scanned.connect(self._scanned)
        if self._detail is None and self.view.current_id():
            self._detail_soon.start()
        self._to_table()

    def refresh(self) -> None:
        """The same question again; place, current row and ticks stay."""
        self.reload(fresh=False)
        if self._detail is not None:
            self._detail.reload()

    def foot(self) -> int:
        """The bar with what may be done with ticked rows."""
        return self.selection.height() if self.selection.isVisible() else 0

    def back(self) -> bool:
        """Esc: the reason panel closes, then the search and the ticks go, one at a time."""
        if self._detail is not None and self._detail.back():
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
        self._attention = attention
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
        had_focus = self.view.hasFocus() or self.hasFocus()
        if had_focus and not count:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt hands it to whatever comes next
        self._stack.setCurrentIndex(0 if count else 1)
        if had_focus and count:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._query.search or self._query.filters:
            self.empty.say("search", "table.nothing", "table.nothing.more", "table.clear")
        elif not self.desk.counters.get("all"):
            there = "intake" in self.desk.places
            self.empty.say(
                *("file-import", "table.empty", "table.empty.more"),
                *(("act.open_file", key_cap("open_file")) if there else ()),
            )
        else:
            self.empty.say("circle-check", "table.view_empty", "table.view_empty.more")

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

    def _ask_choices(self) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: {column: choices(ws, column) for column in OFFERED}, done=self._open_filters, quiet=True
        )

    def _open_filters(self, found: Mapping[str, Sequence[tuple[str, int]]]) -> None:
        menu = self._menu()
        fill_menu(menu, found, self._query.filters, self._toggle_filter)
        menu.popup(self.filter_button.mapToGlobal(QPoint(0, self.filter_button.height() + 4)))

    def _open_columns(self) -> None:
        menu = self._menu()
        shown = self._columns.ids()
        for column in COLUMNS:
            if column.fixed or column.id == "goods":
                continue
            act = menu.addAction(text(column.title))
            act.setCheckable(True)
            act.setChecked(column.id in shown)
            act.triggered.connect(lambda _=False, c=column.id: self._toggle_column(c))
        menu.addSeparator()
        menu.addAction(text("table.columns_reset")).triggered.connect(self._reset_columns)
        menu.popup(self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height() + 4)))

    def _header_menu(self, column_id: str, place: QPoint) -> None:
        column, ws = BY_ID[column_id], self.desk.ws
        menu = self._menu()
        if column.sort:
            for key, down in (("table.ascending", False), ("table.descending", True)):
                act = menu.addAction(text(key))
                act.setCheckable(True)
                act.setChecked((self._query.sort, self._query.descending) == (column.sort, down))
                act.triggered.connect(lambda _=False, d=down: self._sort_by(column_id, d))
        if column.filter:
            menu.addSeparator()
            fill_menu(
                menu,
                {column.filter: choices(ws, column.filter)[:40]},
                self._query.filters,
                self._toggle_filter,
            )
        if not column.fixed and column_id != "goods":
            menu.addSeparator()
            menu.addAction(text("table.column_hide")).triggered.connect(
                lambda: self._toggle_column(column_id)
            )
        if not menu.isEmpty():
            menu.popup(place)

    def _sort_by(self, column_id: str, descending: bool) -> None:
        self._query = replace(self._query, sort=BY_ID[column_id].sort, descending=descending)
        self._ask(fresh=True)

    def _row_menu(self, place: QPoint) -> None:
        menu = self._menu()
        actions = self.desk.actions
        for group in (
            ("approve", "hold", "release"),
            ("bundle", "split"),
            ("print_slips", "preview_slips", "carrier_export", "track", "track_many"),
        ):
            for act_id in group:
                if actions.allowed(act_id):
                    menu.addAction(actions.qaction(act_id))
            menu.addSeparator()
        keys = self.chosen_keys()
        if keys:
            menu.addMenu(MarksMenu(self.desk, keys, menu))
        copy = menu.addAction(text("act.copy"))
        copy.triggered.connect(self.view.copy_row)
        view = self.tabs.current()
        if view.startswith(KEPT):
            menu.addAction(text("table.view_drop")).triggered.connect(lambda: self._drop_view(view))
        menu.popup(place)

    def _drop_view(self, view: str) -> None:
        self._views.drop(view)
        self.tabs.set_items(self._views.items())
        self.open_view("open")

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _toggle_column(self, column_id: str) -> None:
        self._columns.toggle(column_id)
        self._show_columns()

    def _reset_columns(self) -> None:
        self._columns.reset()
        self._show_columns()

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

    def _current_changed(self, row_id: int) -> None:
        if self._detail is None:
            self._detail_soon.start()
        else:
            self._show_current()

    def waiting(self) -> bool:
        """Whether the current row is still to be shown in the detail."""
        return self._detail_soon.isActive() or (self._detail is not None and self._detail.waiting())

    def _show_current(self) -> None:
        self.detail.show_shipment(self.view.current_id())
        self._show_place()

    def _enter_detail(self) -> None:
        self.detail.take_focus()

    def _shown(self) -> Detail | None:
        """The shipment in the detail."""
        return self._detail.shown() if self._detail is not None else None

    def _may_approve(self) -> bool:
        return self._detail is not None and self._detail.may_approve()

    def _show_place(self) -> None:
        """Which problem of how many the detail shows."""
        if self._detail is None:
            return
        try:
            place = self._attention.index(self.view.current_id()) + 1
        except ValueError:
            place = 0
        self._detail.show_place(place, len(self._attention))

    def _ticks_changed(self) -> None:
        ticked = self.view.orders.ticked()
        blocked = len(ticked.intersection(self._attention))
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
        if not self._attention:
            return
        try:
            place = (self._attention.index(self.view.current_id()) + step) % len(self._attention)
        except ValueError:
            place = 0 if step > 0 else len(self._attention) - 1
        row_id = self._attention[place]
        if not self.view.go_to(row_id):
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
        dialog.tracked.connect(self._tracked)
        dialog.open()

    def _track_many(self) -> None:
        """The ticked orders one after the other, in the order they stand here."""
        self.desk.go("entry", self.chosen_keys() if self.view.orders.ticked() else None)

    def _tracked(self, key: str) -> None:
        self.desk.tell_changed()

    def _may_release(self) -> bool:
        current = self._shown()
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
        target = self.view if self._stack.currentWidget() is self.view else self
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1600 px of window the detail and the columns are narrower."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW_BELOW
        pane = self._detail or self._detail_ground
        pane.setFixedWidth(DETAIL_NARROW if narrow else DETAIL_WIDE)
        if self._detail is not None:
            self._detail.set_narrow(narrow)
        self.search.set_short(narrow)
        self.search.setFixedWidth(212 if narrow else 380)
        self.tabs.set_gap(14 if narrow else 24)
        if narrow != self._columns.narrow or self._first:
            self._columns.narrow = narrow
            self._show_columns()
