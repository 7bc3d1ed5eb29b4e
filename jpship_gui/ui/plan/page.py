"""The planning page: what travels in one parcel, what in several, and which waybills are void."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.plan import undecided as deciding
from jpship_gui.flows.plan.split import Split, split
from jpship_gui.flows.plan.undecided import Decided, Group
from jpship_gui.flows.plan.void import VoidWaybill, destroyed, void_waybills
from jpship_gui.flows.table.detail import load
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.actions import Handler
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.page import Page
from jpship_gui.ui.plan.bundles_view import BundlesView
from jpship_gui.ui.plan.split_view import SplitView
from jpship_gui.ui.plan.void_view import VoidView
from jpship_gui.ui.widgets.sheet import Hairline, Panel
from jpship_gui.ui.widgets.skeleton import Skeleton
from jpship_gui.ui.widgets.tabs import TabItem, Tabs

BUNDLES, VOIDS, SPLIT = "bundles", "voids", "split"
_NARROW = 1400  # px of the page
_TABS = (
    TabItem(BUNDLES, "planpage.tab.bundles", ink="attention"),
    TabItem(VOIDS, "planpage.tab.voids", ink="ng"),
)


@dataclass(frozen=True, slots=True)
class _Read:
    """Everything the page shows, read in one go."""

    undecided: tuple[Group, ...]
    bundled: tuple[Group, ...]
    voids: list[VoidWaybill]


def _read(ws: Workspace, asked: tuple[str, ...]) -> _Read:
    """`asked` are shipments a person chose to put together elsewhere; they stand first."""
    undecided = deciding.undecided(ws)
    group = deciding.of(ws, asked) if asked else None
    if group is not None:
        undecided = (group, *(one for one in undecided if set(one.keys) != set(group.keys)))
    return _Read(undecided, deciding.bundled(ws), void_waybills(ws))


class PlanPage(Page):
    """A hint opens a tab, or is ("bundle" or "split", keys) of shipments chosen elsewhere."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._asked: tuple[str, ...] = ()
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
        self.bundles = BundlesView(desk.ws.now)
        self.voids = VoidView()
        self.splitting = SplitView()
        self._views: dict[str, QWidget] = {
            BUNDLES: self.bundles,
            VOIDS: self.voids,
            SPLIT: self.splitting,
        }
        for view in self._views.values():
            self._stack.addWidget(view)
        self._skeleton = Skeleton(self._stack)
        self._wire()
        self._open_tab(BUNDLES)

    def _wire(self) -> None:
        self.bundles.together_asked.connect(self._together)
        self.bundles.apart_asked.connect(self._apart)
        self.bundles.unbundle_asked.connect(self._unbundle)
        self.bundles.all_asked.connect(self._all)
        self.bundles.list_changed.connect(self.desk.actions.refresh)
        self.voids.destroyed_told.connect(self._destroyed)
        self.voids.ticks_changed.connect(self.desk.actions.refresh)
        self.splitting.decided.connect(self._split)
        self.splitting.left.connect(self._leave_split)

    # Frame ------------------------------------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Handler]:
        """Those of the tab in sight."""
        bundles = self.bundles
        return {
            "bundle": Handler(
                bundles.do_main, lambda: self._on(BUNDLES) and bundles.deciding() and _can(bundles)
            ),
            "keep_apart": Handler(
                bundles.do_apart, lambda: self._on(BUNDLES) and bundles.current() is not None
            ),
            "bundle_all": Handler(self._all, lambda: self._on(BUNDLES) and bundles.clear_count() > 1),
            "split": Handler(self._split_act, lambda: self._on(SPLIT) or self._to_split() is not None),
            "void_destroyed": Handler(
                self.voids.tell, lambda: self._on(VOIDS) and bool(self.voids.list.ticked())
            ),
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
        self._asked = tuple(keys) if act == "bundle" else ()
        self.refresh()
        if act == "bundle":
            self._open_tab(BUNDLES)
            self.bundles.show_first()
        elif act == "split":
            self._begin_split(keys[0])
        elif isinstance(hint, str) and hint in (BUNDLES, VOIDS):
            self._open_tab(hint)

    def refresh(self) -> None:
        """Read everything anew, off the window's thread."""
        ws, asked = self.desk.ws, self._asked
        self._skeleton.resize(self._stack.size())
        if not self.bundles.lists["undecided"].rows.rows:
            self._skeleton.wait()
        self.desk.tasks.run(lambda _: _read(ws, asked), done=self._show, failed=self._failed, quiet=True)

    def back(self) -> bool:
        """A question, then the split, gives way."""
        if self._on(SPLIT):
            if not self.splitting.drop_reason():
                self._leave_split()
            return True
        return self._on(BUNDLES) and self.bundles.drop_reason()

    def scenes(self) -> Mapping[str, Callable[[], None]]:
        """The bundles there are, a split, the void waybills."""

        def together() -> None:
            self._open_tab(BUNDLES)
            self.bundles.show_list("together")

        def splitting() -> None:
            self._open_tab(BUNDLES)
            self.bundles.show_list("undecided")
            found = self.bundles.current()
            if found is not None:
                self.splitting.show_shipment(found.shipments[0])
                self.splitting.grid.shift(0, 1, 1)
                self._open_view(SPLIT)

        return {
            "together": together,
            "split": splitting,
            "voids": lambda: self._open_tab(VOIDS),
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lists are narrower in a narrow window."""
        super().resizeEvent(event)
        self.bundles.set_narrow(self.width() < _NARROW)

    def retranslate(self) -> None:
        """Words that carry figures."""
        if hasattr(self, "voids"):
            self.bundles.retranslate_all()
            self.voids.retranslate_all()
            self.splitting.retranslate_all()

    # Showing ----------------------------------------------------------------------------------------------------

    def _on(self, view: str) -> bool:
        return self._stack.currentWidget() is self._views[view]

    def _show(self, found: _Read) -> None:
        self._skeleton.stop()
        self.bundles.show_groups(found.undecided, found.bundled)
        self.voids.show_voids(found.voids)
        self.tabs.set_counters({BUNDLES: len(found.undecided), VOIDS: len(found.voids)})
        self.desk.actions.refresh()
        self.desk.laid.emit()

    def _open_tab(self, name: str) -> None:
        self.tabs.choose(name)
        self._open_view(name)

    def _open_view(self, name: str) -> None:
        self._stack.setCurrentWidget(self._views[name])
        self._bar.setVisible(name != SPLIT)
        self._line.setVisible(name != SPLIT)
        self._focus(name)
        self.desk.actions.refresh()
        self.desk.laid.emit()

    def _focus(self, name: str) -> None:
        places: Mapping[str, QWidget] = {
            BUNDLES: self.bundles.lists[self.bundles.which.current()],
            VOIDS: self.voids.list,
            SPLIT: self.splitting.grid,
        }
        self.setFocusProxy(places[name])
        if self.isVisible():
            places[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _walk(self, step: int) -> None:
        ids = [item.id for item in _TABS]
        self._open_tab(ids[(ids.index(self.tabs.current()) + step) % len(ids)])

    # Bundles ----------------------------------------------------------------------------------------------------

    def _decide(self, work: Callable[[Workspace], Decided], *, name: str = "") -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: work(ws), done=self._decided, failed=self._refused, name=name, quiet=not name
        )

    def _together(self, keys: tuple[str, ...], reason: str) -> None:
        self._decide(lambda ws: deciding.put_together(ws, keys, reason=reason))

    def _apart(self, keys: tuple[str, ...]) -> None:
        self._decide(lambda ws: deciding.keep_apart(ws, keys))

    def _unbundle(self, keys: tuple[str, ...], reason: str) -> None:
        self._decide(lambda ws: deciding.take_apart(ws, keys, reason=reason))

    def _all(self) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda progress: deciding.put_all_together(ws, progress),
            done=self._decided,
            failed=self._refused,
            cancelled=self.desk.tell_changed,
            name="planpage.bundling",
        )

    def _decided(self, decided: Decided) -> None:
        self._asked = ()
        if decided.together or decided.apart:
            self.desk.say(_decided_words(decided), lambda: self._take_back(decided))
        if decided.refused:
            self.desk.show_fault(decided.refused[0][1])
        self.desk.tell_changed()

    def _take_back(self, decided: Decided) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: deciding.take_back(ws, decided), done=self._taken_back, failed=self._failed
        )

    def _taken_back(self, _: None) -> None:
        self.desk.say(text("planpage.taken_back"))
        self.desk.tell_changed()

    def _refused(self, fault: Fault) -> None:
        if fault.code == "plan_packed":
            self.bundles.ask_reason()
        else:
            self._failed(fault)

    def _failed(self, fault: Fault) -> None:
        self._skeleton.stop()
        self.desk.show_fault(fault)

    # Split ------------------------------------------------------------------------------------------------------

    def _to_split(self) -> str | None:
        """Key of the shipment that would be split now."""
        group = self.bundles.current() if self._on(BUNDLES) and not self.bundles.deciding() else None
        return group.keys[0] if group is not None else None

    def _split_act(self) -> None:
        key = self._to_split()
        if self._on(SPLIT):
            self.splitting.decide()
        elif key is not None:
            self._begin_split(key)

    def _begin_split(self, key: str) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: load(ws, keys=[key]), done=self._split_loaded, failed=self._failed, quiet=True
        )

    def _split_loaded(self, found: list[Shipment]) -> None:
        if found:
            self.splitting.show_shipment(found[0])
            self._open_view(SPLIT)

    def _leave_split(self) -> None:
        self._open_tab(self.tabs.current())

    def _split(self, key: str, contents: tuple[dict[int, int], ...], count: int, reason: str) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: split(ws, key, count, lines=contents, reason=reason),
            done=self._was_split,
            failed=self._split_refused,
            quiet=True,
        )

    def _was_split(self, made: Split) -> None:
        before = self.splitting.shipment
        count = len(made.parcels)
        back = (lambda: self._split_back(before)) if before is not None and before.key == made.key else None
        self.desk.say(text("planpage.split.done", count=count), back)
        self._leave_split()
        self.desk.tell_changed()

    def _split_back(self, before: Shipment) -> None:
        """The boxes there were, with what lay in them where that was noted."""
        goods = {(one.key, line.line_id): n for n, (one, line) in enumerate(before.goods, start=1)}
        known = before.contents() if len(before.boxes) > 1 else {}
        lines = tuple({goods[c.shipment, c.line_id]: c.quantity for c in box} for box in known.values())
        ws, count = self.desk.ws, max(1, len(before.boxes))
        self.desk.tasks.run(
            lambda _: split(ws, before.key, count, lines=lines),
            done=self._split_was_undone,
            failed=self._failed,
        )

    def _split_was_undone(self, _: Split) -> None:
        self._taken_back(None)

    def _split_refused(self, fault: Fault) -> None:
        if fault.code == "plan_packed":
            self.splitting.ask_reason()
        else:
            self._failed(fault)

    # Void waybills ----------------------------------------------------------------------------------------------

    def _destroyed(self, parcels: tuple[str, ...]) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: destroyed(ws, parcels), done=self._were_destroyed, failed=self._failed, quiet=True
        )

    def _were_destroyed(self, parcels: tuple[str, ...]) -> None:
        self.desk.say(text("planpage.void.done", count=len(parcels)))
        self.desk.tell_changed()


def _can(bundles: BundlesView) -> bool:
    group = bundles.current()
    return group is not None and group.possible


def _decided_words(decided: Decided) -> str:
    if decided.together:
        orders = sum(len(keys) for keys in decided.together)
        return text("planpage.bundle.done", count=len(decided.together), orders=orders)
    key = "planpage.bundle.undone" if decided.before else "planpage.bundle.kept_apart"
    return text(key, count=sum(len(keys) for keys in decided.apart))
