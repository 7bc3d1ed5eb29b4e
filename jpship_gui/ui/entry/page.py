"""Tracking numbers away from the packing station: many in a row, a pasted list, second entries (PK-01)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.domain.badge import is_badge
from jpship_gui.domain.packing.kinds import tidy
from jpship_gui.flows.pack.crew import by_click
from jpship_gui.flows.pack.entry_row import EntryRow
from jpship_gui.texts import text
from jpship_gui.ui.actions import Handler
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.entry.list_view import PASTE, ListView
from jpship_gui.ui.entry.row_view import RowView
from jpship_gui.ui.entry.second_view import SecondView
from jpship_gui.ui.page import Page
from jpship_gui.ui.scanning.keyboard import KeyboardScanner, scanner_of
from jpship_gui.ui.widgets import foot_bar
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.sheet import Hairline, Panel
from jpship_gui.ui.widgets.tabs import TabItem, Tabs

ROW, LIST, SECOND = "row", "list", "second"


class EntryPage(Page):
    """Hints: keys of shipments (in a list or tuple) to be entered in their order; or row, list or second."""

    title = "stage.entry"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = Panel("surface")
        line = QHBoxLayout(head)
        line.setContentsMargins(20, 0, 20, 0)
        back = IconButton("arrow-left", "entrypage.back", size="small")
        back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        back.clicked.connect(lambda: self.desk.go("all"))
        self.tabs = Tabs([TabItem(one, f"entrypage.{one}") for one in (ROW, LIST, SECOND)])
        self.tabs.chosen.connect(self.show_tab)
        line.addWidget(back)
        line.addSpacing(12)
        line.addWidget(self.tabs, 1)
        self.person = Button(kind="quiet", icon="user")
        self.person.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.person.clicked.connect(self._ask_person)
        line.addWidget(self.person)
        column.addWidget(head)
        column.addWidget(Hairline())
        self.row, self.list, self.second = RowView(desk), ListView(desk), SecondView(desk)
        self.stack = QStackedWidget()
        for view in (self.row, self.list, self.second):
            view.changed.connect(self._written)
            self.stack.addWidget(view)
        column.addWidget(self.stack, 1)
        self.second.begun.connect(self._begin_second)
        self.second.counted.connect(lambda count: self.tabs.set_counters({SECOND: count}))
        self._scanner().scanned.connect(self._scanned)
        desk.settled.connect(self._name)
        self._name()
        self._own = False  # the change that is told now is this page's own

    # Frame ------------------------------------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Handler]:
        """Ctrl+Z takes the last pair back."""
        return {"undo": Handler(self.row.undo, lambda: self.tabs.current() == ROW)}

    def opened(self, hint: object = None) -> None:
        """With orders chosen in the table they are given, else the tab that was here last."""
        if isinstance(hint, (list, tuple)) and hint:
            self.begin([str(key) for key in hint])
        else:
            self.show_tab(hint if hint in (ROW, LIST, SECOND) else self.tabs.current())
        self.second.refresh()

    def left(self) -> None:
        """Scans belong to whoever is in sight."""
        self.row.release()
        self._scanner().release(self)

    def refresh(self) -> None:
        """Somebody else may have typed meanwhile."""
        if not self._own:
            self.second.refresh()

    def back(self) -> bool:
        """Esc goes one step back, then to the orders."""
        if self.tabs.current() == LIST and self.list.back():
            return True
        self.desk.go("all")
        return True

    def foot(self) -> int:
        """The bar with the buttons."""
        return foot_bar.HEIGHT

    def take_files(self, paths: list[Path]) -> bool:
        """A list that is dropped is judged, never stored."""
        self.show_tab(LIST)
        self.list.take_file(paths[0])
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Text as well; files go through the window."""
        if event.mimeData().hasText() and not event.mimeData().hasUrls():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """A list dragged out of another program."""
        self.show_tab(LIST)
        self.list.take_text(event.mimeData().text())
        event.acceptProposedAction()

    def scenes(self) -> Mapping[str, Callable[[], None]]:
        """The other tabs, and a row with an order open."""

        def first() -> None:
            sql = "SELECT key FROM shipments WHERE stage IN ('print', 'pack') ORDER BY id LIMIT 5"
            self.begin([str(key) for (key,) in self.desk.ws.store.rows(sql)])

        def looked() -> None:
            sql = "SELECT number FROM shipments WHERE stage IN ('print', 'pack') ORDER BY id LIMIT 12"
            numbers = [str(number) for (number,) in self.desk.ws.store.rows(sql)]
            self.show_tab(LIST)
            spelt = [f"{10**10 + n}{(10**10 + n) % 7}" for n in range(len(numbers))] + ["4.0E+11"]
            self.list.take_text("\n".join(map("\t".join, zip([*numbers, "X-1"], spelt, strict=False))))
            self.list.go_on()

        def wrong() -> None:
            first()
            for code in ("100000000004", "100000000015"):
                self.row.take(code, True)

        return {
            "given": first,
            "wrong": wrong,
            "list": lambda: self.show_tab(LIST),
            "list-look": looked,
            "second": lambda: self.show_tab(SECOND),
        }

    # Acts -------------------------------------------------------------------------------------------------------

    def begin(self, keys: Sequence[str]) -> None:
        """These orders, in this order."""
        self.show_tab(ROW)
        self.row.begin(EntryRow(self.desk.ws, keys))

    def show_tab(self, tab: object) -> None:
        """One of the three; the row claims the scanner, the second entries only hear who reads a badge."""
        chosen = str(tab)
        self.tabs.choose(chosen)
        self.stack.setCurrentWidget({ROW: self.row, LIST: self.list, SECOND: self.second}[chosen])
        self.left()
        if chosen == ROW:
            self.row.claim()
        if chosen == SECOND:
            self._scanner().claim(self)
        if chosen == LIST and self.list.step == PASTE:
            self.list.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if chosen == SECOND:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.second.refresh()
        self.desk.actions.refresh()

    def _scanner(self) -> KeyboardScanner:
        return scanner_of(self.desk.ws.options.get("scanner.blank_ms"))

    def _scanned(self, code: str, quick: bool) -> None:
        if self._scanner().owner() is self and is_badge(tidy(code)):
            self.row.take(code, quick)

    def _name(self) -> None:
        """Who stands here: it decides who may type the second time."""
        self.person.show_text(self.desk.ws.person or text("people.nobody"))
        if hasattr(self, "_own"):
            self.second.refresh()

    def _ask_person(self) -> None:
        """The same as a badge, for whoever may be chosen so."""
        menu = QMenu(self)
        for name, allowed in by_click(self.desk.ws):
            menu.addAction(name, partial(self.row.stands_here, name)).setEnabled(allowed)
        if menu.isEmpty():  # nobody is entered: the name is the desk's
            self.desk.go("options")
            return
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.person.mapToGlobal(self.person.rect().bottomLeft()))

    def _begin_second(self, keys: list[str]) -> None:
        self.show_tab(ROW)
        self.row.begin(EntryRow(self.desk.ws, keys, waiting_only=True))

    def _written(self) -> None:
        self._own = True
        self.desk.tell_changed()
        self._own = False
        self.second.refresh()
