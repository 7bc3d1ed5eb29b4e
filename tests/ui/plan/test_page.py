"""The planning page through the window: candidates decided by click and key, split, void waybills, all taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from jpship_gui.flows.check.together import candidates
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.plan.split import split as split_up
from jpship_gui.flows.plan.void import void_waybills
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products, shipments
from jpship_gui.store.products import Product
from jpship_gui.texts import text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pages import PAGES
from jpship_gui.ui.plan.page import BUNDLES, SPLIT, VOIDS, PlanPage
from jpship_gui.ui.table.page import OrdersPage
from tests.flows.confirming import yamato_number
from tests.flows.planning import tables
from tests.ui.driving import Driver
from tests.ui.plan.planning_day import Planned, lay_out
from tests.ui.scanner import Scanner

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def day(ws: Workspace) -> Planned:
    return lay_out(ws)


@pytest.fixture
def plan(day: Planned, window: MainWindow, driver: Driver) -> PlanPage:
    window.open_page("plan", BUNDLES)
    driver.settle()
    page = window.page()
    assert isinstance(page, PlanPage)
    return page


def leaders(ws: Workspace, keys: tuple[str, ...]) -> set[str]:
    return {one.leader for one in shipments.by_keys(ws.store, list(keys))}


def listed(plan: PlanPage) -> list[tuple[str, ...]]:
    return [group.keys for group in plan.bundles.lists["undecided"].rows.rows]


# ── what one sees ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_rail_has_the_place(plan: PlanPage, window: MainWindow) -> None:
    (spec,) = (spec for spec in PAGES if spec.id == "plan")
    assert spec.make is not None
    assert window.current() == "plan"


def test_groups_stand_most_urgent_first_and_the_first_is_compared(plan: PlanPage, day: Planned) -> None:
    assert listed(plan) == [day.clear, day.three, day.doubtful, day.never]
    current = plan.bundles.current()
    assert current is not None
    assert current.keys == day.clear
    assert plan.bundles.name.words() == "見本 花子"


def test_an_address_written_another_way_is_marked_and_does_not_count_as_different(plan: PlanPage) -> None:
    rows = {row.title: row for row in plan.bundles.grid.rows}
    address = rows["detail.address"]
    assert not address.differs
    assert [marked for _, marked in address.cells[0]] == [False]
    assert any(marked for _, marked in address.cells[1])
    same = "".join(words for words, marked in address.cells[1] if not marked)
    assert "１０１" in same, "wide digits are no difference"
    assert "".join(words for words, _ in address.cells[1]).endswith("コーポみほん１０１")


def test_what_differs_is_loud(plan: PlanPage, day: Planned, driver: Driver) -> None:
    plan.bundles.lists["undecided"].go_to(" ".join(day.doubtful))
    driver.settle()
    loud = {row.title for row in plan.bundles.grid.rows if row.differs}
    assert loud == {"detail.wish"}
    assert plan.bundles.doubts.isVisible()
    assert plan.bundles.main_button.isEnabled()


def test_what_can_never_go_together_can_only_be_kept_apart(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    plan.bundles.lists["undecided"].go_to(" ".join(day.never))
    driver.settle()
    assert not plan.bundles.main_button.isEnabled()
    driver.key(Qt.Key.Key_B, CONTROL, on=window)
    assert leaders(ws, day.never) == {""}
    driver.key(Qt.Key.Key_B, CONTROL, SHIFT, on=window)
    assert day.never not in [found.keys for found in candidates(ws)]


# ── deciding ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_key_bundles_the_current_group_and_the_next_stands_there(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    before = tables(ws)
    driver.key(Qt.Key.Key_B, CONTROL, on=window)
    assert leaders(ws, day.clear) == {day.clear[0]}
    current = plan.bundles.current()
    assert current is not None
    assert current.keys == day.three
    assert window.undo_bar.isVisible()
    driver.key(Qt.Key.Key_Z, CONTROL, on=window)
    assert tables(ws) == before
    assert listed(plan)[0] == day.clear


def test_a_click_keeps_them_apart_and_it_is_taken_back(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    driver.click(plan.bundles.apart_button)
    assert listed(plan) == [day.three, day.doubtful, day.never]
    assert leaders(ws, day.clear) == {""}
    driver.click(window.undo_bar.button)
    assert listed(plan)[0] == day.clear


def test_all_clear_ones_at_once_and_no_doubtful_one(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    assert "2" in plan.bundles.all_button.text()
    driver.click(plan.bundles.all_button)
    assert listed(plan) == [day.doubtful, day.never]
    assert leaders(ws, day.three) == {day.three[0]}
    assert not plan.bundles.all_button.isVisible()
    driver.click(window.undo_bar.button)
    assert listed(plan) == [day.clear, day.three, day.doubtful, day.never]


def test_a_bundle_is_taken_apart_and_not_asked_again(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    plan.bundles.show_list("together")
    driver.settle()
    before = tables(ws)
    driver.click(plan.bundles.main_button)
    assert leaders(ws, day.bundled) == {""}
    assert day.bundled not in listed(plan)
    driver.click(window.undo_bar.button)
    assert leaders(ws, day.bundled) == {day.bundled[0]}
    assert {name: len(rows) for name, rows in tables(ws).items()} == {n: len(r) for n, r in before.items()}


def test_what_is_packed_already_asks_why(
    plan: PlanPage, day: Planned, driver: Driver, ws: Workspace, window: MainWindow
) -> None:
    packed(ws, day.clear[0])
    plan.refresh()
    driver.settle()
    driver.key(Qt.Key.Key_B, CONTROL, on=window)
    assert leaders(ws, day.clear) == {""}
    why = plan.bundles.why
    assert why.isVisible()
    driver.click(why.presets["buyer"])
    assert leaders(ws, day.clear) == {day.clear[0]}
    assert not why.isVisible()


def packed(ws: Workspace, key: str) -> None:
    """The first of two boxes has its number already."""
    split_up(ws, key, 2)
    assert track(ws, key, yamato_number(1), yamato_number(1)).ok


def test_a_scan_decides_nothing(plan: PlanPage, day: Planned, driver: Driver, ws: Workspace) -> None:
    before = tables(ws)
    Scanner().scan(plan.bundles.lists["undecided"], day.clear[0])
    driver.settle()
    assert tables(ws) == before


# ── splitting ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def split(plan: PlanPage, day: Planned, window: MainWindow, driver: Driver) -> PlanPage:
    window.open_page("plan", ("split", [day.many]))
    driver.settle()
    return plan


def test_pieces_are_moved_by_key_and_the_boxes_made(
    split: PlanPage, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    grid = split.splitting.grid
    assert grid.at == (0, 1)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Down, Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        QTest.keyClick(grid, key)
    driver.settle()
    assert split.splitting.draft is not None
    assert split.splitting.draft.boxes == [[2, 1, 12], [1, 1, 0]]
    driver.key(Qt.Key.Key_D, CONTROL, on=window)
    (made,) = shipments.by_keys(ws.store, [day.many])
    inside = made.contents()
    assert [sum(c.quantity for c in inside[parcel.key]) for parcel in made.parcels] == [15, 2]
    driver.click(window.undo_bar.button)
    (made,) = shipments.by_keys(ws.store, [day.many])
    assert len(made.parcels) == 1


def test_pieces_are_moved_by_mouse(split: PlanPage) -> None:
    grid = split.splitting.grid
    cell = grid._cell(2, 1)
    QTest.mouseClick(
        grid, Qt.MouseButton.LeftButton, pos=QPoint(round(cell.right()) - 20, round(cell.center().y()))
    )
    assert split.splitting.draft is not None
    assert split.splitting.draft.boxes == [[3, 2, 11], [0, 0, 1]]


def test_with_an_empty_box_only_their_number_is_decided(
    split: PlanPage, day: Planned, driver: Driver, ws: Workspace
) -> None:
    view = split.splitting
    QTest.keyClick(view.grid, Qt.Key.Key_Insert)
    assert view.told.isVisible()
    assert view.main_button.text() == text("planpage.split.count_only", count=3)
    driver.click(view.main_button)
    (made,) = shipments.by_keys(ws.store, [day.many])
    assert (len(made.parcels), made.contents()) == (3, {})


def test_a_split_is_proposed_by_temperature_and_by_weight(
    split: PlanPage, day: Planned, driver: Driver, ws: Workspace
) -> None:
    products.put(
        ws.store,
        [
            Product("4901234567894", "plan-mug", temperature="chilled", grams=4_000),
            Product("4901234567917", "plan-plate", grams=3_000),
            Product("4901234567900", "plan-tea", grams=500),
        ],
    )
    view = split.splitting
    assert view.draft is not None
    QTest.mouseClick(view.propose_button, Qt.MouseButton.LeftButton)
    driver.choose(text("planpage.split.by.temperature"))
    assert sorted(view.draft.boxes) == [[0, 2, 12], [3, 0, 0]]
    QTest.mouseClick(view.propose_button, Qt.MouseButton.LeftButton)
    driver.choose(text("planpage.split.by.weight", kilos=15))
    grams = (4_000, 3_000, 500)
    loads = [sum(g * n for g, n in zip(grams, box, strict=True)) for box in view.draft.boxes]
    assert (sum(loads), len(loads)) == (24_000, 2)
    assert max(loads) <= 15_000
    driver.click(view.main_button)
    (made,) = shipments.by_keys(ws.store, [day.many])
    assert len(made.parcels) == 2


def test_what_is_linked_already_is_split_with_a_reason(
    split: PlanPage, day: Planned, driver: Driver, ws: Workspace
) -> None:
    assert track(ws, day.many, yamato_number(1), yamato_number(1)).ok
    view = split.splitting
    QTest.keyClick(view.grid, Qt.Key.Key_Plus)
    driver.click(view.main_button)
    assert view.why.isVisible()
    driver.type_words(view.why.reason, "箱に入りきらない")
    driver.click(view.why.ok)
    (made,) = shipments.by_keys(ws.store, [day.many])
    assert [parcel.tracking_no for parcel in made.parcels] == ["", ""]


def test_esc_leaves_it_undone(
    split: PlanPage, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    before = tables(ws)
    driver.key(Qt.Key.Key_Escape, on=window)
    assert split._on(BUNDLES)
    assert tables(ws) == before


# ── void waybills ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_ticked_ones_are_destroyed_and_gone(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    for _ in range(2):
        driver.key(Qt.Key.Key_Tab, CONTROL, on=window)
    assert plan._on(VOIDS)
    assert [void.parcel for void in plan.voids.list.rows.rows] == [v.parcel for v in void_waybills(ws)]
    assert not plan.voids.main_button.isEnabled()
    driver.key(Qt.Key.Key_Space, on=plan.voids.list)
    driver.click(plan.voids.main_button)
    assert len(void_waybills(ws)) == len(day.voids) - 1
    driver.key(Qt.Key.Key_A, CONTROL, on=plan.voids.list)
    driver.key(Qt.Key.Key_D, CONTROL, SHIFT, on=window)
    assert void_waybills(ws) == []
    assert not plan.voids.foot.isVisible()


# ── from the table of orders ────────────────────────────────────────────────────────────────────────────────────────


def orders_page(window: MainWindow, driver: Driver) -> OrdersPage:
    window.open_page("all", "open")
    driver.settle()
    page = window.page()
    assert isinstance(page, OrdersPage)
    return page


def test_ticked_orders_are_compared_before_they_are_bundled(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    page = orders_page(window, driver)
    rows = [one.row_id for one in shipments.by_keys(ws.store, list(day.three[:2]))]
    page.view.orders.tick(rows, True)
    driver.settle()
    driver.key(Qt.Key.Key_B, CONTROL, on=window)
    assert window.current() == "plan"
    current = plan.bundles.current()
    assert current is not None
    assert current.keys == day.three[:2]
    driver.key(Qt.Key.Key_B, CONTROL, on=window)
    assert leaders(ws, day.three) == {day.three[0], ""}


def test_strangers_ticked_together_are_told_why_it_cannot_be(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    page = orders_page(window, driver)
    found = shipments.by_keys(ws.store, [day.three[0], day.clear[0]])
    page.view.orders.tick([one.row_id for one in found], True)
    driver.settle()
    driver.key(Qt.Key.Key_B, CONTROL, on=window)
    assert not plan.bundles.main_button.isEnabled()
    assert text("bundle.doubt.bundle_recipient") in plan.bundles.doubts._words.text()


def test_the_current_order_is_split_from_the_table(
    plan: PlanPage, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    page = orders_page(window, driver)
    (found,) = shipments.by_keys(ws.store, [day.many])
    assert page.view.go_to(found.row_id)
    driver.settle()
    driver.key(Qt.Key.Key_D, CONTROL, on=window)
    assert plan._on(SPLIT)
    assert plan.splitting.shipment is not None
    assert plan.splitting.shipment.key == day.many


def test_views_of_other_tabs_are_made_when_they_are_looked_at(
    day: Planned, window: MainWindow, driver: Driver
) -> None:
    window.open_page("plan")
    driver.settle()
    page = window.page()
    assert isinstance(page, PlanPage)
    assert set(page._made) == {"table"}
    for name, found in (("bundles", 3), ("waits", 1), ("voids", len(day.voids))):
        driver.settle()
        page.tabs.choose(name)
        page._open_tab(name)
        driver.settle()
        rows = page._place(name).rows.rows  # type: ignore[attr-defined]
        assert len(rows) >= found, f"{name} shows what was read before it was made"
    assert set(page._made) == {"table", "bundles", "waits", "voids"}
