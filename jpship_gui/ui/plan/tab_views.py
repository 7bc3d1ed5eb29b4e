"""The views of the planning page, each made, with what carries it out, when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.page import Page
from jpship_gui.ui.plan.reading import Everything
from jpship_gui.ui.plan.service_acts import ServiceActs
from jpship_gui.ui.plan.table_view import TableView

if TYPE_CHECKING:
    from jpship_gui.ui.plan.bundle_acts import BundleActs
    from jpship_gui.ui.plan.bundles_view import BundlesView
    from jpship_gui.ui.plan.limit_acts import LimitActs
    from jpship_gui.ui.plan.limits_view import LimitsView
    from jpship_gui.ui.plan.price_acts import PriceActs
    from jpship_gui.ui.plan.prices_view import PricesView
    from jpship_gui.ui.plan.rule_acts import RuleActs
    from jpship_gui.ui.plan.rules_view import RulesView
    from jpship_gui.ui.plan.split_acts import SplitActs
    from jpship_gui.ui.plan.split_view import SplitView
    from jpship_gui.ui.plan.void_view import VoidView
    from jpship_gui.ui.plan.wait_view import WaitView

V = TypeVar("V", bound=QWidget)
TABLE, BUNDLES, WAITS, VOIDS = "table", "bundles", "waits", "voids"
RULES, PRICES, LIMITS, SPLIT = "rules", "prices", "limits", "split"
NARROW = 1400  # px of the page


class TabViews(Page):
    """What the tabs show; `_found` is what was read last, and what a new view shows first."""

    split_begun = Signal()
    split_ended = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._found: Everything | None = None
        self._asked: tuple[str, ...] = ()  # shipments a person chose elsewhere to put together
        self._stack = QStackedWidget()
        self._made: dict[str, QWidget] = {}
        self.table = self._put(TABLE, TableView(desk.ws.now))
        self.choosing = ServiceActs(desk, self.table.list, self)

    def _put(self, name: str, view: V) -> V:
        self._stack.addWidget(view)
        self._made[name] = view
        return view

    @cached_property
    def bundles(self) -> BundlesView:
        """What might travel together, and what does."""
        from jpship_gui.ui.plan.bundles_view import BundlesView

        view = self._put(BUNDLES, BundlesView(self.desk.ws.now))
        view.list_changed.connect(self.desk.actions.refresh)
        view.set_narrow(self.width() < NARROW)
        if self._found is not None:
            self._show_bundles(view, self._found)
        return view

    @cached_property
    def _bundling(self) -> BundleActs:
        from jpship_gui.ui.plan.bundle_acts import BundleActs

        acts = BundleActs(self.desk, self.bundles, self)
        acts.decided.connect(self._nothing_asked)
        return acts

    @cached_property
    def waits(self) -> WaitView:
        """What waits for a day."""
        from jpship_gui.ui.plan.wait_view import WaitView

        view = self._put(WAITS, WaitView())
        view.go_asked.connect(self.choosing.let_go)
        view.ticks_changed.connect(self.desk.actions.refresh)
        if self._found is not None:
            view.show_lines(self._found.waits)
        return view

    @cached_property
    def voids(self) -> VoidView:
        """Waybills that must not be used."""
        from jpship_gui.ui.plan.void_view import VoidView

        view = self._put(VOIDS, VoidView())
        view.destroyed_told.connect(self._destroyed)
        view.ticks_changed.connect(self.desk.actions.refresh)
        if self._found is not None:
            view.show_voids(self._found.voids)
        return view

    @cached_property
    def ruling(self) -> RuleActs:
        """What carries out the rules' tab."""
        from jpship_gui.ui.plan import file_buttons
        from jpship_gui.ui.plan.file_buttons import FileActs
        from jpship_gui.ui.plan.rule_acts import CHOICES, FIELDS, RuleActs
        from jpship_gui.ui.plan.rules_view import RulesView

        view = self._put(RULES, RulesView(FIELDS, CHOICES))
        FileActs(self.desk, view.files, file_buttons.RULES, self)
        acts = RuleActs(self.desk, view, self)
        acts.read()
        return acts

    @property
    def rules(self) -> RulesView:
        """The rules that choose a service."""
        return self.ruling.view

    @cached_property
    def pricing(self) -> PriceActs:
        """What carries out the prices' tab."""
        from jpship_gui.ui.plan import file_buttons
        from jpship_gui.ui.plan.file_buttons import FileActs
        from jpship_gui.ui.plan.price_acts import PriceActs
        from jpship_gui.ui.plan.prices_view import PricesView

        view = self._put(PRICES, PricesView())
        FileActs(self.desk, view.files, file_buttons.PRICES, self)
        acts = PriceActs(self.desk, view, self)
        acts.read()
        return acts

    @property
    def prices(self) -> PricesView:
        """The shop's prices."""
        return self.pricing.view

    @cached_property
    def limiting(self) -> LimitActs:
        """What carries out the tab of limits and days."""
        from jpship_gui.ui.plan import file_buttons
        from jpship_gui.ui.plan.file_buttons import FileActs
        from jpship_gui.ui.plan.limit_acts import LimitActs
        from jpship_gui.ui.plan.limits_view import LimitsView

        view = self._put(LIMITS, LimitsView())
        FileActs(self.desk, view.files, file_buttons.LIMITS, self)
        acts = LimitActs(self.desk, view, self)
        acts.read()
        return acts

    @property
    def limits(self) -> LimitsView:
        """What areas and services cannot do, and the days carriers fetch."""
        return self.limiting.view

    @cached_property
    def _split(self) -> SplitActs:
        from jpship_gui.ui.plan.split_acts import SplitActs
        from jpship_gui.ui.plan.split_view import SplitView

        acts = SplitActs(self.desk, self._put(SPLIT, SplitView()), self)
        acts.begun.connect(self.split_begun)
        acts.ended.connect(self.split_ended)
        return acts

    @property
    def splitting(self) -> SplitView:
        """One shipment into several boxes."""
        return self._split.view

    def _place(self, name: str) -> QWidget:
        """What has the keyboard in a view, which is made by it."""
        places: Mapping[str, Callable[[], QWidget]] = {
            TABLE: lambda: self.table.list,
            BUNDLES: lambda: self._bundling.view.lists[self.bundles.which.current()],
            WAITS: lambda: self.waits.list,
            VOIDS: lambda: self.voids.list,
            RULES: lambda: self.rules.list,
            PRICES: lambda: self.prices.list,
            LIMITS: lambda: self.limits.list,
            SPLIT: lambda: self.splitting.grid,
        }
        return places[name]()

    def _show_bundles(self, view: BundlesView, found: Everything) -> None:
        view.grid.services = found.services
        view.show_groups(found.undecided, found.bundled)

    def _nothing_asked(self) -> None:
        self._asked = ()

    def _destroyed(self, parcels: tuple[str, ...]) -> None:
        from jpship_gui.flows.plan.void import destroyed

        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: destroyed(ws, parcels),
            done=self._were_destroyed,
            failed=self.desk.show_fault,
            quiet=True,
        )

    def _were_destroyed(self, parcels: tuple[str, ...]) -> None:
        self.desk.say(text("planpage.void.done", count=len(parcels)))
        self.desk.tell_changed()
