"""The planning page: whom everything goes with, what travels in one parcel or several, which waybills are void."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.plan import undecided as deciding
from jpship_gui.flows.plan.undecided import Group
from jpship_gui.flows.plan.void import VoidWaybill, destroyed, void_waybills
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.actions import Handler
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.page import Page
from jpship_gui.ui.plan.bundle_acts import BundleActs
from jpship_gui.ui.plan.bundles_view import TOGETHER, UNDECIDED, BundlesView
from jpship_gui.ui.plan.lines import Line
from jpship_gui.ui.plan.price_acts import PriceActs
from jpship_gui.ui.plan.prices_view import PricesView
from jpship_gui.ui.plan.reading import read_lines, service_names
from jpship_gui.ui.plan.rule_acts import CHOICES, FIELDS, RuleActs
from jpship_gui.ui.plan.rules_view import RulesView
from jpship_gui.ui.plan.service_acts import ServiceActs
from jpship_gui.ui.plan.split_acts import SplitActs
from jpship_gui.ui.plan.split_view import SplitView
from jpship_gui.ui.plan.table_view import TableView
from jpship_gui.ui.plan.void_view import VoidView
from jpship_gui.ui.plan.wait_view import WaitView
from jpship_gui.ui.widgets.sheet import Hairline, Panel
from jpship_gui.ui.widgets.skeleton import Skeleton
from jpship_gui.ui.widgets.tabs import TabItem, Tabs

TABLE, BUNDLES, WAITS, VOIDS = "table", "bundles", "waits", "voids"
RULES, PRICES, SPLIT = "rules", "prices", "split"
_NARROW = 1400  # px of the page
_TABS = (
    TabItem(TABLE, "planpage.tab.table"),
    TabItem(BUNDLES, "planpage.tab.bundles", ink="attention"),
    TabItem(WAITS, "planpage.tab.waits"),
    TabItem(VOIDS, "planpage.tab.voids", ink="ng"),
    TabItem(RULES, "planpage.tab.rules"),
    TabItem(PRICES, "planpage.prices"),
)


@dataclass(frozen=True, slots=True)
class _Read:
    """Everything the page shows, read in one go."""

    lines: list[Line]
    waits: list[Line]
    services: dict[tuple[str, str], str]
    undecided: tuple[Group, ...]
    bundled: tuple[Group, ...]
    voids: list[VoidWaybill]


def _read(ws: Workspace, asked: tuple[str, ...]) -> _Read:
    """`asked` are shipments a person chose to put together elsewhere; they stand first."""
    undecided = deciding.undecided(ws)
    group = deciding.of(ws, asked) if asked else None
    if group is not None:
        undecided = (group, *(one for one in undecided if set(one.keys) != set(group.keys)))
    return _Read(*read_lines(ws), service_names(ws), undecided, deciding.bundled(ws), void_waybills(ws))


class PlanPage(Page):
    """A hint opens a tab, or is ("bundle" or "split", keys) of shipments chosen elsewhere."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = Panel("surface")
        bar = QVBoxLayout(self._bar)
        bar.setContentsMargins(24, 0, 24, 0)
        self.tabs = Tabs(_TABS)
        self.tabs.chosen.connect(self._open_tab)
        bar.addWidget(self.tabs)
        column.addWidget(self._bar)
        self._line = Hairline(token="line_strong")
        column.addWidget(self._line)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self.table = TableView(desk.ws.now)
        self.bundles = BundlesView(desk.ws.now)
        self.waits = WaitView()
        self.voids = VoidView()
        self.rules = RulesView(FIELDS, CHOICES)
        self.prices = PricesView()
        self.splitting = SplitView()
        self._views: dict[str, QWidget] = {
            TABLE: self.table,
            BUNDLES: self.bundles,
            WAITS: self.waits,
            VOIDS: self.voids,
            RULES: self.rules,
            PRICES: self.prices,
            SPLIT: self.splitting,
        }
        for view in self._views.values():
            self._stack.addWidget(view)
        self._skeleton = Skeleton(self._stack)
        self._bundling = BundleActs(desk, self.bundles, self)
        self._split = SplitActs(desk, self.splitting, self)
        self.choosing = ServiceActs(desk, self.table.list, self)
        self.pricing = PriceActs(desk, self.prices, self)
        self.ruling = RuleActs(desk, self.rules, self)
        self._wire()
        self._open_tab(TABLE)

    def _wire(self) -> None:
        refresh = self.desk.actions.refresh
        self.table.undecided_asked.connect(self._to_undecided)
        self.table.print_asked.connect(self._print)
        self.table.wait_asked.connect(self.choosing.ask_day)
        self.table.empty_asked.connect(lambda: self.desk.go("check"))
        self.table.shown.connect(refresh)
        self.bundles.list_changed.connect(refresh)
        self.waits.go_asked.connect(self.choosing.let_go)
        self.waits.ticks_changed.connect(refresh)
        self.voids.destroyed_told.connect(self._destroyed)
        self.voids.ticks_changed.connect(refresh)
        self._split.begun.connect(lambda: self._open_view(SPLIT))
        self._split.ended.connect(lambda: self._open_tab(self.tabs.current()))

    # Frame ------------------------------------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Handler]:
        """Those of the view in sight."""
        table, bundles, voids = self.table, self.bundles, self.voids
        return {
            "bundle": Handler(bundles.do_main, lambda: self._on(BUNDLES) and bundles.can_bundle()),
            "keep_apart": Handler(
                bundles.do_apart, lambda: self._on(BUNDLES) and bundles.current() is not None
            ),
            "bundle_all": Handler(
                self._bundling.all, lambda: self._on(BUNDLES) and bundles.clear_count() > 1
            ),
            "split": Handler(self._split_act, lambda: self._on(SPLIT) or self._to_split() is not None),
            "choose_service": Handler(
                table.list.ask_service, lambda: self._on(TABLE) and bool(table.list.lines())
            ),
            "print_slips": Handler(self._print, lambda: self._on(TABLE) and bool(table.printable())),
            "next_problem": Handler(table.next_trouble, lambda: self._on(TABLE) and table.troubled()),
            "previous_problem": Handler(
                lambda: table.next_trouble(-1), lambda: self._on(TABLE) and table.troubled()
            ),
            "wait": Handler(self.choosing.ask_day, lambda: self._on(TABLE) and bool(table.list.lines())),
            "ship_now": Handler(self.waits.let_go, lambda: self._on(WAITS) and bool(self.waits.chosen())),
            "void_destroyed": Handler(voids.tell, lambda: self._on(VOIDS) and bool(voids.list.ticked())),
            "next_tab": Handler(lambda: self._walk(1), lambda: not self._on(SPLIT)),
            "previous_tab": Handler(lambda: self._walk(-1), lambda: not self._on(SPLIT)),
        }

    def foot(self) -> int:
        """The bar with the buttons of the view in sight."""
        foot = getattr(self._stack.currentWidget(), "foot", None)
        return foot.height() if isinstance(foot, QWidget) and not foot.isHidden() else 0

    def opened(self, hint: object = None) -> None:
        """Look at everything; a hint says at what."""
        act, keys = hint if isinstance(hint, tuple) else ("", ())
        self._bundling.asked = tuple(keys) if act == "bundle" else ()
        self.refresh()
        if act == "bundle":
            self._open_tab(BUNDLES)
            self.bundles.show_first()
        elif act == "split":
            self._split.begin(keys[0])
        elif isinstance(hint, str) and hint in self._views and hint != SPLIT:
            self._open_tab(hint)

    def refresh(self) -> None:
        """Read everything anew, off the window's thread."""
        ws, asked = self.desk.ws, self._bundling.asked
        self._skeleton.resize(self._stack.size())
        if not self.table.lines:
            self._skeleton.wait()
        self.desk.tasks.run(lambda _: _read(ws, asked), done=self._show, failed=self._failed, quiet=True)
        self.ruling.read()
        self.pricing.read()

    def back(self) -> bool:
        """A question, the split, then ticks and filters give way."""
        if self._on(SPLIT):
            if not self.splitting.drop_reason():
                self._open_tab(self.tabs.current())
            return True
        if self._on(TABLE):
            return self.table.back()
        if self._on(RULES):
            return self.rules.back()
        if self._on(PRICES):
            return self.prices.back()
        return self._on(BUNDLES) and self.bundles.drop_reason()

    def scenes(self) -> Mapping[str, Callable[[], None]]:
        """Candidates, the bundles there are, a split, the void waybills."""

        def bundles(which: str) -> None:
            self._open_tab(BUNDLES)
            self.bundles.show_list(which)

        def splitting() -> None:
            bundles(UNDECIDED)
            found = self.bundles.current()
            if found is not None:
                self.splitting.show_shipment(found.shipments[0])
                self.splitting.grid.shift(0, 1, 1)
                self._open_view(SPLIT)

        return {
            "candidates": lambda: bundles(UNDECIDED),
            "together": lambda: bundles(TOGETHER),
            "split": splitting,
            "waits": lambda: self._open_tab(WAITS),
            "voids": lambda: self._open_tab(VOIDS),
            "rules": lambda: self._open_tab(RULES),
            "prices": lambda: self._open_tab(PRICES),
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lists are narrower in a narrow window."""
        super().resizeEvent(event)
        self.bundles.set_narrow(self.width() < _NARROW)

    def retranslate(self) -> None:
        """Words that carry figures; those of the table are made anew."""
        if hasattr(self, "_bundling"):
            for view in (
                self.table,
                self.bundles,
                self.waits,
                self.voids,
                self.rules,
                self.prices,
                self.splitting,
            ):
                view.retranslate_all()
            self.refresh()

    # Showing ----------------------------------------------------------------------------------------------------

    def _on(self, view: str) -> bool:
        return self._stack.currentWidget() is self._views[view]

    def _show(self, found: _Read) -> None:
        self._skeleton.stop()
        first = not self.table.lines
        self.table.show_lines(found.lines, len(found.undecided))
        self.bundles.grid.services = found.services
        self.bundles.show_groups(found.undecided, found.bundled)
        self.waits.show_lines(found.waits)
        self.voids.show_voids(found.voids)
        counts = {TABLE: len(found.lines), BUNDLES: len(found.undecided), VOIDS: len(found.voids)}
        counts[WAITS] = len(found.waits)
        self.tabs.set_counters(counts)
        if first and not self._on(SPLIT):
            self._open_tab(self.tabs.current())  # what was not there could not have the keyboard
        self.desk.actions.refresh()
        self.desk.laid.emit()

    def _failed(self, fault: Fault) -> None:
        self._skeleton.stop()
        self.desk.show_fault(fault)

    def _open_tab(self, name: str) -> None:
        self.tabs.choose(name)
        self._open_view(name)

    def _open_view(self, name: str) -> None:
        self._stack.setCurrentWidget(self._views[name])
        self._bar.setVisible(name != SPLIT)
        self._line.setVisible(name != SPLIT)
        places: Mapping[str, QWidget] = {
            TABLE: self.table.list,
            BUNDLES: self.bundles.lists[self.bundles.which.current()],
            WAITS: self.waits.list,
            VOIDS: self.voids.list,
            RULES: self.rules.list,
            PRICES: self.prices.list,
            SPLIT: self.splitting.grid,
        }
        self.setFocusProxy(places[name])
        if self.isVisible():
            places[name].setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.actions.refresh()
        self.desk.laid.emit()

    def _walk(self, step: int) -> None:
        ids = [item.id for item in _TABS]
        self._open_tab(ids[(ids.index(self.tabs.current()) + step) % len(ids)])

    # Acts -------------------------------------------------------------------------------------------------------

    def _to_undecided(self) -> None:
        self._open_tab(BUNDLES)
        self.bundles.show_list(UNDECIDED)

    def _print(self) -> None:
        keys = self.table.printable()
        if keys:
            self.desk.go("paper", ("print_slips", keys))

    def _to_split(self) -> str | None:
        """Key of the shipment that would be split now."""
        if self._on(TABLE):
            line = self.table.list.current()
            return line.key if isinstance(line, Line) else None
        group = self.bundles.current() if self._on(BUNDLES) and not self.bundles.deciding() else None
        return group.keys[0] if group is not None else None

    def _split_act(self) -> None:
        key = self._to_split()
        if self._on(SPLIT):
            self.splitting.decide()
        elif key is not None:
            self._split.begin(key)

    def _destroyed(self, parcels: tuple[str, ...]) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: destroyed(ws, parcels), done=self._were_destroyed, failed=self._failed, quiet=True
        )

    def _were_destroyed(self, parcels: tuple[str, ...]) -> None:
        self.desk.say(text("planpage.void.done", count=len(parcels)))
        self.desk.tell_changed()
