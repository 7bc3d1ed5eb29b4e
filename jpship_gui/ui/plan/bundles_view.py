"""Bundling: the groups nobody decided on and the bundles there are, one of them compared, two buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.flows.plan.undecided import Group
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.actions import key_cap
from jpship_gui.ui.check.reason_panel import ReasonPanel
from jpship_gui.ui.plan.compare_grid import CompareGrid
from jpship_gui.ui.plan.group_rows import GroupList
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.sheet import Hairline, Panel, Sheet
from jpship_gui.ui.widgets.tabs import TabItem, Tabs

_LIST, _LIST_NARROW = 380, 300
UNDECIDED, TOGETHER = "undecided", "together"


class BundlesView(QWidget):
    """`together_asked(keys, reason)`, `apart_asked(keys)`, `unbundle_asked(keys, reason)`, `all_asked()`."""

    together_asked = Signal(tuple, str)
    apart_asked = Signal(tuple)
    unbundle_asked = Signal(tuple, str)
    all_asked = Signal()
    list_changed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self.nothing = EmptyState("layers-linked", "planpage.bundle.none", "planpage.bundle.none.more")
        self._stack.addWidget(self._work(now))
        self._stack.addWidget(self.nothing)
        self.foot = self._foot()
        column.addWidget(self.foot)
        self._show_current(None)

    def _work(self, now: Callable[[], datetime]) -> QWidget:
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._left = Panel("surface")
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        place = QHBoxLayout()
        place.setContentsMargins(20, 0, 12, 0)
        self.which = Tabs(
            (
                TabItem(UNDECIDED, "planpage.bundle.undecided", ink="attention"),
                TabItem(TOGETHER, "planpage.bundle.together"),
            ),
            height=44,
        )
        self.which.chosen.connect(self._chosen)
        place.addWidget(self.which)
        left.addLayout(place)
        left.addWidget(Hairline(token="line"))
        self.lists = {UNDECIDED: GroupList(now), TOGETHER: GroupList(now, together=True)}
        self._pages = QStackedWidget()
        self._none = {}
        for name, view in self.lists.items():
            view.current_changed.connect(self._moved)
            view.entered.connect(self.do_main)
            self._pages.addWidget(view)
            self._none[name] = EmptyState(
                "layers-linked", f"planpage.bundle.no_{name}", primary=False, quiet=True
            )
            self._pages.addWidget(self._none[name])
        left.addWidget(self._pages, 1)
        row.addWidget(self._left)
        row.addWidget(Hairline(upright=True, token="line_strong"))
        row.addWidget(self._right(now), 1)
        return work

    def _right(self, now: Callable[[], datetime]) -> QWidget:
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = Panel("window")
        column = QVBoxLayout(ground)
        column.setContentsMargins(28, 20, 28, 24)
        column.setSpacing(14)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.name = ElidedLabel(size=24, bold=True)
        self._honorific = Label("detail.honorific", ink="text2")
        self._honorific.setContentsMargins(0, 0, 0, 5)
        head.addWidget(self.name)
        head.addWidget(self._honorific, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        self._sum = Label(size=20, bold=True)
        head.addWidget(self._sum)
        column.addLayout(head)
        self._to = Label(ink="text2", wrap=True)
        column.addWidget(self._to)
        self.doubts = Banner("attention")
        column.addWidget(self.doubts)
        self.why = ReasonPanel("replan", ("buyer", "mistake"), icon="arrow-back-up")
        self.why.decided.connect(self._reasoned)
        self.why.dropped.connect(self.drop_reason)
        column.addWidget(self.why)
        sheet = Sheet()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 6, 1, 4)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.grid = CompareGrid(now)
        holder = Panel("surface")
        holding = QVBoxLayout(holder)
        holding.setContentsMargins(0, 0, 0, 0)
        holding.addWidget(self.grid)
        area.setWidget(holder)
        area.setSizePolicy(self.grid.sizePolicy())
        self._area = area
        inside.addWidget(area)
        column.addWidget(sheet)
        column.addStretch(1)
        self._scroll.setWidget(ground)
        self._compared = ground
        return self._scroll

    def _foot(self) -> FootBar:
        foot = FootBar(left=20)
        self.all_button = Button(
            "planpage.bundle.all", size="large", icon="checks", cap=key_cap("bundle_all"), count=0
        )
        self.all_button.clicked.connect(self.all_asked)
        self.split_button = Button("act.split", size="large", icon="arrows-split", cap=key_cap("split"))
        self.apart_button = Button(
            "planpage.bundle.apart", size="large", icon="packages", cap=key_cap("keep_apart")
        )
        self.apart_button.clicked.connect(self.do_apart)
        self.main_button = Button(
            "act.bundle", kind="primary", size="large", icon="layers-linked", cap=key_cap("bundle")
        )
        self.main_button.clicked.connect(self.do_main)
        foot.row.addWidget(self.all_button)
        foot.row.addStretch(1)
        for button in (self.apart_button, self.main_button):
            foot.row.addWidget(button)
        return foot

    # Showing ----------------------------------------------------------------------------------------------------

    def show_groups(self, undecided: Sequence[Group], together: Sequence[Group]) -> None:
        """Show what there is now; where one stood, one stays."""
        for name, groups in ((UNDECIDED, undecided), (TOGETHER, together)):
            self.lists[name].show_rows(groups)
        self.which.set_counters({UNDECIDED: len(undecided), TOGETHER: len(together)})
        self._stack.setCurrentIndex(0 if undecided or together else 1)
        self.foot.setVisible(bool(undecided or together))
        self._show_list()

    def clear_count(self) -> int:
        """Groups against which nothing speaks."""
        return sum(group.clear for group in self.lists[UNDECIDED].rows.rows)

    def current(self) -> Group | None:
        """The group that is compared."""
        return self.lists[self.which.current()].current()

    def can_bundle(self) -> bool:
        """Whether the current group is undecided and may travel in one parcel."""
        group = self.current()
        return self.deciding() and group is not None and group.possible

    def deciding(self) -> bool:
        """Whether the list of undecided groups is shown, not that of bundles."""
        return self.which.current() == UNDECIDED

    def show_first(self) -> None:
        """The group that comes first, once it is read."""
        self.which.choose(UNDECIDED)
        self.lists[UNDECIDED].show_rows(())

    def show_list(self, name: str) -> None:
        """Show the undecided groups, or the bundles there are."""
        self.which.choose(name)
        self._chosen(name)

    def _chosen(self, name: str) -> None:
        self._show_list()
        self.lists[name].setFocus()
        self.list_changed.emit()

    def _show_list(self) -> None:
        name = self.which.current()
        view = self.lists[name]
        self._pages.setCurrentWidget(view if view.rows.rows else self._none[name])
        self._show_current(view.current())

    def _moved(self, group: Group | None) -> None:
        if self.sender() is self.lists[self.which.current()]:
            self._show_current(group)

    def _show_current(self, group: Group | None) -> None:
        self.drop_reason()
        self._compared.setVisible(group is not None and bool(group.shipments))
        if group is not None and group.shipments:
            first = group.shipments[0].recipient
            self.name.show_text(first.name)
            self._to.show_text(f"〒{names.postal_words(first.postal_code)}  {first.address}")
            self._say(group)
            self.grid.show_shipments(group.shipments)
            high = self.grid.sizeHint().height() + 2
            wide = self.grid.minimumWidth() > self._area.viewport().width()
            self._area.setFixedHeight(high + (16 if wide else 0))
            self._scroll.verticalScrollBar().setValue(0)
        self._show_foot(group)
        self.list_changed.emit()

    def _say(self, group: Group) -> None:
        orders, deciding = len(group.keys), self.deciding()
        pieces = sum(one.pieces for one in group.shipments)
        self._sum.say("planpage.bundle.sum", orders=orders, pieces=pieces)
        self.doubts.setVisible(deciding and bool(group.doubts))
        self.doubts.set_kind("attention" if group.possible else "ng")
        self.doubts.show_text("\n".join(text(f"bundle.doubt.{code}") for code in group.doubts))

    def _show_foot(self, group: Group | None) -> None:
        deciding, clear = self.deciding(), self.clear_count()
        self.all_button.say("planpage.bundle.all", count=clear)
        self.all_button.setVisible(deciding and clear > 1)
        self.all_button.set_kind("primary" if clear > 1 else "plain")
        self.apart_button.setVisible(deciding)
        self.apart_button.setEnabled(group is not None)
        loud = group is not None and group.clear and clear < 2
        self.main_button.say("act.bundle" if deciding else "planpage.bundle.undo")
        self.main_button.set_icon("layers-linked" if deciding else "unlink")
        self.main_button.set_cap(key_cap("bundle" if deciding else "keep_apart"))
        self.main_button.set_kind("primary" if deciding and loud else "plain")
        self.main_button.setEnabled(group is not None and (group.possible or not deciding))

    def retranslate_all(self) -> None:
        """Words that carry figures."""
        self._show_current(self.current())

    def set_narrow(self, narrow: bool) -> None:
        """A window below 1600 px has a narrower list."""
        self._left.setFixedWidth(_LIST_NARROW if narrow else _LIST)

    # Acts -------------------------------------------------------------------------------------------------------

    def do_main(self) -> None:
        """Together, or of the bundles the current one apart."""
        group = self.current()
        if group is None or not self.main_button.isEnabled():
            return
        if self.deciding():
            self.together_asked.emit(group.keys, "")
        else:
            self.unbundle_asked.emit(group.keys, "")

    def do_apart(self) -> None:
        """Apart, whichever list is shown."""
        group = self.current()
        if group is None:
            return
        if self.deciding():
            self.apart_asked.emit(group.keys)
        else:
            self.unbundle_asked.emit(group.keys, "")

    def ask_reason(self) -> None:
        """Something is packed already: why is it changed?"""
        self.why.ask(1)

    def drop_reason(self) -> bool:
        """Leave it as it is; whether anything was asked."""
        asked = self.why.isVisible()
        self.why.hide()
        return asked

    def _reasoned(self, reason: str) -> None:
        group = self.current()
        self.why.hide()
        if group is not None:
            signal = self.together_asked if self.deciding() else self.unbundle_asked
            signal.emit(group.keys, reason)
