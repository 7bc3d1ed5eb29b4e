"""The plan table through the window: how many go with whom, filters, printing what is ticked."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from jpship_gui.flows.plan.split import split
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.texts import text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.plan import painting
from jpship_gui.ui.plan.lines import Head, Line
from jpship_gui.ui.plan.page import BUNDLES, TABLE, WAITS, PlanPage
from jpship_gui.ui.plan.table_view import ALL, LATE, LATER, TODAY, TOMORROW, TableView
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


def test_the_current_row_is_followed_only_as_far_as_it_stays_in_sight(
    plan: PlanPage, window: MainWindow, driver: Driver
) -> None:
    window.resize(1280, 800)
    driver.settle()
    view = plan.table.list
    rows = list(view.rows.rows)
    line, after = rows[1], rows[2]
    assert view.current() == line
    view.show_rows([rows[0], after, line, *rows[3:]])
    assert view.current() == line
    view.show_rows([rows[0], after, *rows[3:], line])
    assert view.rows.rows[view.currentIndex().row()] == rows[3]  # where it stood
    assert view._in_sight()


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
    assert sum(counted[name] or 0 for name in (LATE, TODAY, TOMORROW, LATER)) == counted[ALL]
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
    first = lines(plan.table)[0].group
    wanted = {line.key for line in lines(plan.table) if line.group == first and not line.stops}
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


# ── choosing the service ────────────────────────────────────────────────────────────────────────────────────────────


def chosen(ws: Workspace, *keys: str) -> set[tuple[str, str]]:
    return {(one.carrier, one.service) for one in shipments.by_keys(ws.store, list(keys))}


def test_the_service_is_chosen_in_place_by_keys_and_taken_back(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    plan.table.list.go_to(day.many)
    driver.key(Qt.Key.Key_L, CONTROL, on=window)
    popover = plan.choosing.popover
    assert popover.isVisible()
    assert popover.list.choices[0].chosen
    before = chosen(ws, day.many)
    while popover.list.choices[popover.list.at].service != "nekopos":
        QTest.keyClick(popover.list, Qt.Key.Key_Down)
    driver.key(Qt.Key.Key_Return, on=popover.list)
    assert not popover.isVisible()
    assert chosen(ws, day.many) == {("yamato", "nekopos")}
    assert next(line for line in lines(plan.table) if line.key == day.many).service_name == "ネコポス"
    assert plan.table.list._in_sight()
    driver.click(window.undo_bar.button)
    assert chosen(ws, day.many) == before


def test_the_services_never_cover_the_line_they_are_for(plan: PlanPage, day: Planned, driver: Driver) -> None:
    plan.table.list.go_to(day.many)
    plan.table.list.ask_service()
    driver.settle()
    popover = plan.choosing.popover
    middle = popover.screen().availableGeometry().center()
    popover.ask("山田 花子", [popover.list.choices[0]] * 30, (), middle, by_hand=True)
    box = popover.geometry()
    assert box.top() >= middle.y() or box.bottom() <= middle.y() - 52
    popover.hide()


def test_why_a_service_does_not_fit_and_what_each_costs_is_said(
    plan: PlanPage, day: Planned, driver: Driver
) -> None:
    plan.table.list.go_to(day.never[1])
    plan.table.list.ask_service()
    driver.settle()
    popover = plan.choosing.popover
    first, *others = popover.list.choices
    assert (first.name, first.cost, first.chosen) == ("宅急便（発払い）", 1465, True)
    (small,) = [one for one in others if one.service == "nekopos"]
    assert small.why_not == text("problem.plan_cool.title", cool=text("temperature.chilled"))
    fitting = [one.cost for one in others if not one.why_not and one.cost is not None]
    assert fitting == sorted(fitting), "the cheapest first"
    QTest.keyClick(popover, Qt.Key.Key_Escape)
    assert not popover.isVisible()


def test_ticked_ones_are_changed_together(
    plan: PlanPage, day: Planned, driver: Driver, ws: Workspace
) -> None:
    view = plan.table.list
    for key in day.three:
        view.go_to(key)
        driver.key(Qt.Key.Key_Space, on=view)
    driver.click(plan.table.service_button)
    popover = plan.choosing.popover
    assert popover.title.text() == text("planpage.table.choose_many", count=3)
    popover.list._pick(next(n for n, one in enumerate(popover.list.choices) if one.service == "nekopos"))
    driver.settle()
    assert chosen(ws, *day.three) == {("yamato", "nekopos")}


def test_what_planning_stops_is_listed_found_by_f3_and_not_printed(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver
) -> None:
    table = plan.table
    stopped = {line.key: line for line in table.lines if line.stops}
    assert set(stopped) == set(day.stopped)
    assert not set(table.printable()) & set(day.stopped)
    driver.key(Qt.Key.Key_F3, on=window)
    current = table.list.current()
    assert isinstance(current, Line)
    assert current.key in day.stopped
    cool = text("problem.plan_cool.title", cool=text("temperature.chilled"))
    assert stopped[day.stopped[0]].trouble == cool
    assert [stopped[key].wish_bad for key in day.stopped] == [False, True, True]


def test_a_day_that_cannot_be_kept_is_repaired_in_place(
    plan: PlanPage, day: Planned, driver: Driver, ws: Workspace
) -> None:
    plan.table.list.go_to(day.stopped[1])
    plan.table.list.ask_service()
    driver.settle()
    popover = plan.choosing.popover
    assert ["11/26" in one.text() for one in popover.remedies] == [True, False]
    driver.click(popover.remedies[0])
    (found,) = shipments.by_keys(ws.store, [day.stopped[1]])
    assert found.wish.day == date(2026, 11, 26)
    assert day.stopped[1] in plan.table.printable()


def test_what_a_person_chose_is_given_back_to_the_rules(
    plan: PlanPage, day: Planned, driver: Driver, ws: Workspace
) -> None:
    plan.table.list.go_to(day.stopped[0])
    plan.table.list.ask_service()
    driver.settle()
    driver.click(plan.choosing.popover.rule)
    assert chosen(ws, day.stopped[0]) == {("yamato", "takkyubin")}
    assert day.stopped[0] in plan.table.printable()


# ── waiting for a day ───────────────────────────────────────────────────────────────────────────────────────────────


def test_what_waits_is_listed_with_its_day_and_let_go(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver
) -> None:
    plan._open_tab(WAITS)
    (line,) = plan.waits.list.rows.rows
    assert line.key == day.waits
    assert "11/26" in line.wait
    assert day.waits not in plan.table.printable()
    driver.click(plan.waits.main_button)
    assert not plan.waits.list.rows.rows
    assert day.waits in plan.table.printable()
    driver.click(window.undo_bar.button)
    assert [line.key for line in plan.waits.list.rows.rows] == [day.waits]


def test_chosen_ones_are_kept_back_until_a_day(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver
) -> None:
    plan.table.list.go_to(day.many)
    driver.key(Qt.Key.Key_W, CONTROL, Qt.KeyboardModifier.ShiftModifier, on=window)
    driver.choose("11/25(水)")
    assert {line.key for line in plan.waits.list.rows.rows} == {day.waits, day.many}
    assert day.many not in plan.table.printable()


# ── weight and size ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_weight_and_sides_are_typed_kept_and_taken_back(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    plan.table.list.go_to(day.many)
    plan.table.list.ask_service()
    driver.settle()
    (field,) = plan.choosing.popover.measures.fields.values()
    assert field.isVisible()
    driver.type_words(field, "2.5kg 30×20×10")
    driver.key(Qt.Key.Key_Return, on=field)
    (found,) = shipments.by_keys(ws.store, [day.many])
    assert (found.parcels[0].measures.grams, found.parcels[0].measures.size) == (2_500, 60)
    driver.click(window.undo_bar.button)
    (found,) = shipments.by_keys(ws.store, [day.many])
    assert found.parcels[0].measures.grams is None


def test_each_parcel_of_several_is_weighed_in_its_own_field(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    made = split(ws, day.many, 3)
    plan.refresh()
    driver.settle()
    plan.table.list.go_to(day.many)
    plan.table.list.ask_service()
    driver.settle()
    popover = plan.choosing.popover
    assert list(popover.measures.fields) == [parcel.key for parcel in made.parcels]
    for parcel, words in zip(made.parcels, ("2.5kg 30×20×10", "800g", "1.2kg"), strict=True):
        field = popover.measures.fields[parcel.key]
        assert field.isVisible()
        driver.type_words(field, words)
        driver.key(Qt.Key.Key_Return, on=field)
    assert not popover.isVisible()
    (found,) = shipments.by_keys(ws.store, [day.many])
    assert [parcel.measures.grams for parcel in found.parcels] == [2_500, 800, 1_200]
    assert found.parcels[0].measures.size == 60
    driver.click(window.undo_bar.button)
    (found,) = shipments.by_keys(ws.store, [day.many])
    assert [parcel.measures.grams for parcel in found.parcels] == [2_500, 800, None]


def test_the_heading_says_how_long_until_the_carrier_fetches(
    plan: PlanPage, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    ws.options.set("desk.pickups", {"yamato": "15:00"})
    plan.refresh()
    driver.settle()
    assert plan.table.list.cutoffs == {"yamato": time(15)}
    at = time(15, 0)
    now = datetime(2026, 11, 21, 5, 20, tzinfo=UTC)  # 14:20 in Japan
    assert painting.pickup_words(at, now) == (text("planpage.pickup.left", left="0:40"), "attention")
    assert painting.pickup_words(at, now - timedelta(hours=2))[1] == "text2"
    assert painting.pickup_words(at, now + timedelta(hours=2))[0] == text("planpage.pickup.gone")
    assert painting.pickup_words(None, now)[0] == ""


def test_what_is_ticked_comes_in_the_order_of_the_list_and_goes_with_its_row(
    plan: PlanPage, driver: Driver
) -> None:
    rows = plan.table.list
    lines = [row for row in rows.rows.rows if isinstance(row, Line)]
    rows.rows.ticked = {lines[3].key, lines[0].key, lines[5].key}
    assert rows.ticked() == [lines[0], lines[3], lines[5]]
    assert plan.table.can_print() == any(not line.stops for line in (lines[0], lines[3], lines[5]))
    rows.show_rows([row for row in rows.rows.rows if row is not lines[3]])
    assert rows.ticked() == [lines[0], lines[5]]
    assert rows.rows.place_of(lines[3].key) == -1
