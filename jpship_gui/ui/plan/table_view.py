"""The plan: how many go with whom, what needs a look, and every shipment with its service and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.domain.clock import to_jst
from jpship_gui.ui.actions import key_cap
from jpship_gui.ui.plan.line_rows import LineList
from jpship_gui.ui.plan.lines import Head, Line, Row
from jpship_gui.ui.plan.service_figures import ServiceFigures
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Panel
from jpship_gui.ui.widgets.tabs import TabItem, Tabs

ALL, TROUBLE, LATE, TODAY, TOMORROW, LATER = "all", "trouble", "late", "today", "tomorrow", "later"
_DAY = timedelta(days=1)  # Japan has no summer time
_FILTERS = (
    TabItem(ALL, "planpage.filter.all"),
    TabItem(TROUBLE, "planpage.filter.trouble", ink="attention"),
    TabItem(LATE, "planpage.filter.late", ink="ng"),
    TabItem(TODAY, "planpage.filter.today"),
    TabItem(TOMORROW, "planpage.filter.tomorrow"),
    TabItem(LATER, "planpage.filter.later"),
)


class TableView(QWidget):
    """`undecided_asked()`, `print_asked()`, `service_asked(place)` for the lines that are chosen."""

    undecided_asked = Signal()
    print_asked = Signal()
    empty_asked = Signal()
    wait_asked = Signal()
    shown = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.lines: tuple[Line, ...] = ()
        self.only: tuple[str, str] | None = None
        self._undecided = 0
        self._troubled = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self._stack.addWidget(self._work(now))
        self.empty = EmptyState(
            "route", "planpage.table.none", "planpage.table.none.more", act_key="planpage.table.to_check"
        )
        self.empty.act.connect(self.empty_asked)
        self._stack.addWidget(self.empty)
        self.foot = self._foot()
        column.addWidget(self.foot)
        self.show_lines((), 0)

    def _work(self, now: Callable[[], datetime]) -> QWidget:
        work = Panel("surface")
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.figures = ServiceFigures()
        self.figures.chosen.connect(self._chosen)
        place = QHBoxLayout()
        place.setContentsMargins(4, 0, 12, 0)
        place.addWidget(self.figures)
        column.addLayout(place)
        self.banner = Banner("attention", act_key="planpage.table.decide")
        self.banner.act.connect(self.undecided_asked)
        around = QHBoxLayout()
        around.setContentsMargins(24, 0, 24, 8)
        around.addWidget(self.banner)
        column.addLayout(around)
        column.addWidget(Hairline())
        tabs = QHBoxLayout()
        tabs.setContentsMargins(24, 0, 24, 0)
        self.filters = Tabs(_FILTERS, height=44)
        self.filters.chosen.connect(self._filtered)
        tabs.addWidget(self.filters)
        column.addLayout(tabs)
        column.addWidget(Hairline(token="line_strong"))
        self.list = LineList(now)
        self.list.ticks_changed.connect(self._show_foot)
        self.list.current_changed.connect(lambda _: self.shown.emit())
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(EmptyState("filter", "planpage.table.no_match", primary=False, quiet=True))
        column.addWidget(self._lists, 1)
        return work

    def _foot(self) -> FootBar:
        foot = FootBar(left=24)
        self._count = Label(size=28, bold=True, ink="accent")
        self._words = Label(ink="text2")
        foot.row.addWidget(self._count)
        foot.row.addWidget(self._words)
        foot.row.addStretch(1)
        self.service_button = Button(
            "act.choose_service", size="large", icon="truck", cap=key_cap("choose_service")
        )
        self.service_button.clicked.connect(self.list.ask_service)
        self.main_button = Button(kind="primary", size="large", icon="printer", cap=key_cap("print_slips"))
        self.main_button.clicked.connect(self._main)
        self.wait_button = Button("act.wait", size="large", icon="player-pause", cap=key_cap("wait"))
        self.wait_button.clicked.connect(self.wait_asked)
        foot.row.addWidget(self.wait_button)
        foot.row.addWidget(self.service_button)
        foot.row.addWidget(self.main_button)
        return foot

    # Showing ----------------------------------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[Line], undecided: int) -> None:
        """Show these, in the order they are to be worked through; so many groups are not decided on."""
        self.lines, self._undecided = tuple(lines), undecided
        if self.only is not None and all(line.group != self.only for line in lines):
            self.only = None
        self._stack.setCurrentIndex(0 if lines else 1)
        self.foot.setVisible(bool(lines))
        self.banner.setVisible(undecided > 0)
        self.banner.say("planpage.table.undecided", count=undecided)
        self._count_filters()
        self._show_rows()

    def _count_filters(self) -> None:
        counts = dict.fromkeys((TROUBLE, LATE, TODAY, TOMORROW, LATER), 0)
        now = self._now()
        for line in self.lines:
            counts[day_of(line.ship_by, now)] += 1
            counts[TROUBLE] += bool(line.trouble)
        self.filters.set_counters({ALL: len(self.lines), **counts})

    def _show_rows(self) -> None:
        wanted, now = self.filters.current(), self._now()
        shown = [
            line
            for line in self.lines
            if (self.only is None or line.group == self.only)
            and (
                wanted == ALL
                or (bool(line.trouble) if wanted == TROUBLE else day_of(line.ship_by, now) == wanted)
            )
        ]
        self._troubled = any(line.trouble for line in shown)
        groups = by_service(self.lines)
        self.figures.show_heads([head for head, _ in groups], self.only)
        rows: list[Row] = []
        for head, lines in groups if len(shown) == len(self.lines) else by_service(shown):
            rows += [head, *lines]
        self.list.show_rows(rows)
        if isinstance(self.list.current(), Head):
            self.list.go_to(rows[1].key if isinstance(rows[1], Line) else "")
        self._lists.setCurrentIndex(0 if rows else 1)
        self._show_foot()

    def _show_foot(self) -> None:
        ticked = [row for row in self.list.ticked() if isinstance(row, Line)]
        stopped = sum(line.stops for line in self.lines)
        ready = len(self.lines) - stopped
        self._count.setVisible(bool(ticked))
        self._count.show_text(f"{len(ticked):,}")
        if ticked:
            self._words.say("table.ticked", count=len(ticked))
        elif stopped:
            self._words.say("planpage.table.stopped", count=stopped)
        else:
            self._words.say("planpage.table.hint")
        self.service_button.setEnabled(bool(self.list.lines()))
        self.wait_button.setVisible(bool(ticked))
        decide = self._undecided > 0 and not ticked
        self.main_button.set_icon("layers-linked" if decide else "printer")
        self.main_button.set_cap("" if decide else key_cap("print_slips"))
        if decide:
            self.main_button.say("planpage.table.decide_count", count=self._undecided)
        else:
            self.main_button.say("planpage.table.print", count=len(ticked) or ready)
        self.main_button.setEnabled(decide or bool(ticked) or ready > 0)
        self.shown.emit()

    def retranslate_all(self) -> None:
        """Words that carry figures."""
        self.show_lines(self.lines, self._undecided)

    # Acts -------------------------------------------------------------------------------------------------------

    def _chosen(self, head: Head | None) -> None:
        self.only = None if head is None else (head.carrier, head.service)
        self._show_rows()

    def _filtered(self, _: str) -> None:
        self._show_rows()
        self.list.setFocus()

    def _main(self) -> None:
        ticked = any(isinstance(row, Line) for row in self.list.ticked())
        (self.undecided_asked if self._undecided and not ticked else self.print_asked).emit()

    def printable(self) -> list[str]:
        """Keys of what is ticked, else of all that nothing stops."""
        ticked = [row for row in self.list.ticked() if isinstance(row, Line)]
        return [line.key for line in ticked or self.lines if not line.stops]

    def can_print(self) -> bool:
        """Whether there is any of them."""
        ticked = [row for row in self.list.ticked() if isinstance(row, Line)]
        return any(not line.stops for line in ticked or self.lines)

    def troubled(self) -> bool:
        """Whether any line that is listed needs a look."""
        return self._troubled

    def next_trouble(self, step: int = 1) -> None:
        """Walk to the next line that needs a look."""
        rows, at = self.list.rows.rows, self.list.currentIndex().row()
        count = len(rows)
        for away in range(1, count + 1):
            row = rows[(at + step * away) % count]
            if isinstance(row, Line) and row.trouble:
                self.list.go_to(row.key)
                return

    def back(self) -> bool:
        """Ticks, then the chosen service, give way."""
        if self.list.rows.ticked:
            self.list.rows.ticked = set()
            self.list.viewport().update()
            self._show_foot()
            return True
        if self.only is not None:
            self._chosen(None)
            return True
        return False


def by_service(lines: Sequence[Line]) -> list[tuple[Head, list[Line]]]:
    """Lines under the service they go with: first those with none, then by number."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        found.setdefault(line.group, []).append(line)
    made = []
    for (carrier, service), group in found.items():
        costs = [line.cost for line in group if line.cost is not None]
        troubles = sum(bool(line.trouble) for line in group)
        head = Head(
            carrier, service, group[0].service_name, len(group), sum(costs), len(group) - len(costs), troubles
        )
        made.append((head, group))
    return sorted(made, key=lambda one: (bool(one[0].carrier), -one[0].count, one[0].carrier, one[0].service))


def day_of(ship_by: datetime | None, now: datetime) -> str:
    """Late, today, tomorrow or later, in Japan."""
    if ship_by is None:
        return LATER
    if ship_by < now:
        return LATE
    left = ship_by - to_jst(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return TODAY if left < _DAY else TOMORROW if left < 2 * _DAY else LATER
