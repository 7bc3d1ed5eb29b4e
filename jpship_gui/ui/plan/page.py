"""The planning page: whom everything goes with, what travels in one parcel or several, which waybills are void."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.ui.actions import Handler
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.plan.lines import Line
from jpship_gui.ui.plan.reading import Everything, read_everything
from jpship_gui.ui.plan.tab_views import (
    BUNDLES,
    LIMITS,
    NARROW,
    PRICES,
    RULES,
    SPLIT,
    TABLE,
    VOIDS,
    WAITS,
    TabViews,
)
from jpship_gui.ui.widgets.sheet import Hairline, Panel
from jpship_gui.ui.widgets.skeleton import Skeleton
from jpship_gui.ui.widgets.tabs import TabItem, Tabs

_TABS = (
    TabItem(TABLE, "planpage.tab.table"),
    TabItem(BUNDLES, "planpage.tab.bundles", ink="attention"),
    TabItem(WAITS, "planpage.tab.waits"),
    TabItem(VOIDS, "planpage.tab.voids", ink="ng"),
    TabItem(RULES, "planpage.tab.rules"),
    TabItem(PRICES, "planpage.prices"),
    TabItem(LIMITS, "planpage.tab.limits"),
)


class PlanPage(TabViews):
    """A hint opens a tab, or is ("bundle" or "split", keys) of shipments chosen elsewhere. The views of the tabs are
    made when they are first looked at."""

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
        column.addWidget(self._stack, 1)
        self._skeleton = Skeleton(self._stack)
        self.table.undecided_asked.connect(self._to_undecided)
        self.table.print_asked.connect(self._print)
        self.table.wait_asked.connect(self.choosing.ask_day)
        self.table.empty_asked.connect(lambda: desk.go("check"))
        self.table.shown.connect(desk.actions.refresh)
        self.split_begun.connect(lambda: self._open_view(SPLIT))
        self.split_ended.connect(lambda: self._open_tab(self.tabs.current()))
        self._open_tab(TABLE)

    # Frame ------------------------------------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Handler]:
        """Those of the view in sight."""
        table, on = self.table, self._on
        return {
            "bundle": Handler(
                lambda: self.bundles.do_main(), lambda: on(BUNDLES) and self.bundles.can_bundle()
            ),
            "keep_apart": Handler(
                lambda: self.bundles.do_apart(),
                lambda: on(BUNDLES) and self.bundles.current() is not None,
            ),
            "bundle_all": Handler(
                lambda: self._bundling.all(), lambda: on(BUNDLES) and self.bundles.clear_count() > 1
            ),
            "split": Handler(self._split_act, lambda: on(SPLIT) or self._to_split() is not None),
            "choose_service": Handler(table.list.ask_service, lambda: on(TABLE) and bool(table.list.lines())),
            "print_slips": Handler(self._print, lambda: on(TABLE) and table.can_print()),
            "next_problem": Handler(table.next_trouble, lambda: on(TABLE) and table.troubled()),
            "previous_problem": Handler(
                lambda: table.next_trouble(-1), lambda: on(TABLE) and table.troubled()
            ),
            "wait": Handler(self.choosing.ask_day, lambda: on(TABLE) and bool(table.list.lines())),
            "ship_now": Handler(lambda: self.waits.let_go(), lambda: on(WAITS) and bool(self.waits.chosen())),
            "void_destroyed": Handler(
                lambda: self.voids.tell(), lambda: on(VOIDS) and bool(self.voids.list.ticked())
            ),
            "next_tab": Handler(lambda: self._walk(1), lambda: not on(SPLIT)),
            "previous_tab": Handler(lambda: self._walk(-1), lambda: not on(SPLIT)),
        }

    def foot(self) -> int:
        """The bar with the buttons of the view in sight."""
        foot = getattr(self._stack.currentWidget(), "foot", None)
        return foot.height() if isinstance(foot, QWidget) and not foot.isHidden() else 0

    def opened(self, hint: object = None) -> None:
        """Look at everything; a hint says at what."""
        act, keys = hint if isinstance(hint, tuple) else ("", ())
        self._asked = tuple(keys) if act == "bundle" else ()
        self.refresh()
        if act == "bundle":
            self._open_tab(BUNDLES)
            self.bundles.show_first()
        elif act == "split":
            self._split.begin(keys[0])
        elif isinstance(hint, str) and hint in {item.id for item in _TABS}:
            self._open_tab(hint)

    def refresh(self) -> None:
        """Read everything anew, off the window's thread."""
        ws, asked = self.desk.ws, self._asked
        self._skeleton.resize(self._stack.size())
        if not self.table.lines:
            self._skeleton.wait()
        self.desk.tasks.run(
            lambda _: read_everything(ws, asked), done=self._show, failed=self._failed, quiet=True
        )
        for name, acts in ((RULES, "ruling"), (PRICES, "pricing"), (LIMITS, "limiting")):
            if name in self._made:
                getattr(self, acts).read()

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
        if self._on(LIMITS):
            return self.limits.back()
        return self._on(BUNDLES) and self.bundles.drop_reason()

    def scenes(self) -> Mapping[str, Callable[[], None]]:
        """Candidates, the bundles there are, a split, the void waybills."""

        from jpship_gui.ui.plan.bundles_view import TOGETHER, UNDECIDED

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
            "limits": lambda: self._open_tab(LIMITS),
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lists are narrower in a narrow window."""
        super().resizeEvent(event)
        if BUNDLES in self._made:
            self.bundles.set_narrow(self.width() < NARROW)

    def retranslate(self) -> None:
        """Words that carry figures; those of the table are made anew."""
        if hasattr(self, "_skeleton"):
            for view in self._made.values():
                view.retranslate_all()  # type: ignore[attr-defined]
            self.refresh()

    # Showing ----------------------------------------------------------------------------------------------------

    def _on(self, view: str) -> bool:
        return view in self._made and self._stack.currentWidget() is self._made[view]

    def _show(self, found: Everything) -> None:
        self._skeleton.stop()
        first, self._found = not self.table.lines, found
        self.table.list.cutoffs = found.cutoffs
        self.table.show_lines(found.lines, len(found.undecided))
        if BUNDLES in self._made:
            self._show_bundles(self.bundles, found)
        if WAITS in self._made:
            self.waits.show_lines(found.waits)
        if VOIDS in self._made:
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
        place = self._place(name)
        self._stack.setCurrentWidget(self._made[name])
        self._bar.setVisible(name != SPLIT)
        self._line.setVisible(name != SPLIT)
        self.setFocusProxy(place)
        if self.isVisible():
            place.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.actions.refresh()
        self.desk.laid.emit()

    def _walk(self, step: int) -> None:
        ids = [item.id for item in _TABS]
        self._open_tab(ids[(ids.index(self.tabs.current()) + step) % len(ids)])

    # Acts -------------------------------------------------------------------------------------------------------

    def _to_undecided(self) -> None:
        from jpship_gui.ui.plan.bundles_view import UNDECIDED

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
