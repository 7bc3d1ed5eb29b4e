"""The plan table through the window: how many go with whom, filters, printing what is ticked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.texts import text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.plan.lines import Head, Line
from jpship_gui.ui.plan.page import BUNDLES, TABLE, PlanPage
from jpship_gui.ui.plan.table_view import LATE, TODAY, TableView
from tests.ui import synthetic
from tests.ui.driving import Driver
from tests.ui.plan.planning_day import Planned, lay_out

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def day(ws: Workspace) -> Planned:
    return lay_out(ws)


@pytest.fixture
def plan(day: Planned, window: MainWindow, driver: Driver) -> PlanPage:
    window.open_page("plan", TABLE)
    driver.settle()
    page = window.page()
    assert isinstance(page, PlanPage)
    return page


def heads(table: TableView) -> list[Head]:
    return [row for row in table.list.rows.rows if isinstance(row, Head)]


def lines(table: TableView) -> list[Line]:
    return [row for row in table.list.rows.rows if isinstance(row, Line)]


def test_every_shipment_to_be_printed_stands_once_under_whom_it_goes_with(
    plan: PlanPage, day: Planned
) -> None:
    keys = [line.key for line in lines(plan.table)]
    assert len(keys) == len(set(keys))
    assert set(day.clear) <= set(keys)
    assert day.bundled[0] in keys
    assert day.bundled[1] not in keys, "it travels in the other's parcel"
    group = None
    for row in plan.table.list.rows.rows:
        if isinstance(row, Head):
            group = (row.carrier, row.service)
        else:
            assert row.group == group
    assert sum(head.count for head in heads(plan.table)) == len(keys)


def test_the_keyboard_is_on_the_first_shipment(plan: PlanPage) -> None:
    assert plan.table.list.hasFocus()
    assert isinstance(plan.table.list.current(), Line)


def test_a_figure_shows_only_its_shipments_and_esc_all_again(
    plan: PlanPage, window: MainWindow, driver: Driver
) -> None:
    every = len(lines(plan.table))
    figures = plan.table.figures
    box = figures.box(1)
    QTest.mouseClick(figures, Qt.MouseButton.LeftButton, pos=QPoint(round(box.center().x()), 40))
    driver.settle()
    (head,) = heads(plan.table)
    assert (head.carrier, head.service) == (figures.heads[1].carrier, figures.heads[1].service)
    assert len(lines(plan.table)) == head.count < every
    driver.key(Qt.Key.Key_Escape, on=window)
    assert len(lines(plan.table)) == every


def test_counters_equal_the_lists_they_open(plan: PlanPage, driver: Driver) -> None:
    table = plan.table
    counted = {tab.item.id: tab.count for tab in table.filters._tabs}
    for name, count in counted.items():
        driver.click(next(tab for tab in table.filters._tabs if tab.item.id == name))
        assert len(lines(table)) == count, name
    assert counted[TODAY] == sum(1 for line in table.lines if line.ship_by and line.ship_by >= synthetic.NOW)
    assert counted[LATE] == sum(1 for line in table.lines if line.ship_by and line.ship_by < synthetic.NOW)


def test_undecided_groups_come_first_and_then_the_print(
    plan: PlanPage, window: MainWindow, driver: Driver
) -> None:
    assert plan.table.main_button.text() == text("planpage.table.decide_count", count=4)
    driver.click(plan.table.main_button)
    assert plan._on(BUNDLES)
    driver.click(plan.bundles.all_button)
    for _ in range(2):
        driver.click(plan.bundles.apart_button)
    plan._open_tab(TABLE)
    driver.settle()
    assert not plan.table.banner.isVisible()
    ready = len(plan.table.printable())
    assert plan.table.main_button.text() == text("planpage.table.print", count=ready)
    driver.click(plan.table.main_button)
    assert window.current() == "paper"


def test_a_head_ticks_all_its_shipments_and_only_those_are_printed(
    plan: PlanPage, driver: Driver, ws: Workspace
) -> None:
    view = plan.table.list
    view.go_to(f"head:{heads(plan.table)[0].carrier}:{heads(plan.table)[0].service}")
    driver.key(Qt.Key.Key_Space, on=view)
    wanted = {line.key for line in lines(plan.table) if line.group == lines(plan.table)[0].group}
    assert set(plan.table.printable()) == wanted
    driver.key(Qt.Key.Key_Space, on=view)
    assert len(plan.table.printable()) > len(wanted)


def test_a_line_is_split_by_key(plan: PlanPage, day: Planned, window: MainWindow, driver: Driver) -> None:
    plan.table.list.go_to(day.many)
    driver.key(Qt.Key.Key_D, CONTROL, on=window)
    assert plan.splitting.shipment is not None
    assert plan.splitting.shipment.key == day.many


def test_with_nothing_to_plan_it_says_so(window: MainWindow, driver: Driver, ws: Workspace) -> None:
    with ws.store.transaction():
        rows = [row for (row,) in ws.store.rows("SELECT id FROM shipments WHERE stage = 'print'")]
        shipments.mark(ws.store, rows, "printed", ws.now(), "佐藤")
        shipments.restage(ws.store, rows)
    window.open_page("plan")
    driver.settle()
    page = window.page()
    assert isinstance(page, PlanPage)
    assert page.table.empty.isVisible()
    assert not page.table.foot.isVisible()
    driver.click(page.table.empty.button)
    assert window.current() == "check"
