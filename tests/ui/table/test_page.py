"""The orders page by mouse and keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from jpship_gui.domain.stage import Stage
from jpship_gui.flows.table.list_rows import rows
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.table.delegate import ROW
from jpship_gui.ui.table.page import OrdersPage
from jpship_gui.ui.tasks import Tasks
from tests.ui import synthetic
from tests.ui.driving import Driver

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def names(page: OrdersPage) -> list[str]:
    model = page.view.orders
    found = [model.row(place) for place in range(model.rowCount())]
    return [row.recipient_name for row in found if row is not None]


def test_today_is_shown_with_the_most_urgent_first(page: OrdersPage) -> None:
    assert page.tabs.current() == "today"
    assert names(page)[:3] == ["中西 遥", "山田 花子", "高木 俊介"]
    assert len(names(page)) == 25


def test_with_nothing_due_today_the_window_opens_on_what_waits_and_leaves_a_chosen_view_alone(
    ws: Workspace, tasks: Tasks
) -> None:
    weeks_before = replace(ws, clock=lambda: synthetic.NOW - timedelta(days=30))
    window = MainWindow(weeks_before, tasks)
    window.show()
    window.count()
    driver = Driver(window)
    driver.settle()
    page = window.page()
    assert isinstance(page, OrdersPage)
    assert page.tabs.current() == "open"
    assert names(page)
    page.open_view("today")
    window.count()
    driver.settle()
    assert page.tabs.current() == "today"
    window.close()


def test_counters_stand_in_tabs_rail_and_strip(window: MainWindow, page: OrdersPage) -> None:
    assert window.desk.counters["attention"] == 4
    assert window.rail.item("check").count == 4
    assert window.rail.item("paper").count == 11


def test_views_are_opened_by_a_click(driver: Driver, page: OrdersPage) -> None:
    tab = next(tab for tab in page.tabs._tabs if tab.item.id == "attention")
    driver.click(tab)
    assert names(page) == ["中西 遥", "山田 花子", "菅野 由紀", "藤井 真理子"]


def test_search_finds_two_kanji_and_esc_takes_it_back(driver: Driver, page: OrdersPage) -> None:
    driver.key(Qt.Key.Key_F, CONTROL)
    assert page.search.hasFocus()
    driver.type_words(page.search, "山田")
    driver.key(Qt.Key.Key_Return, on=page.search)
    assert names(page) == ["山田 花子"]
    driver.key(Qt.Key.Key_Escape, on=page.search)
    assert len(names(page)) == 25


def test_a_search_without_a_hit_says_so_and_offers_the_way_back(driver: Driver, page: OrdersPage) -> None:
    page.search.setText("どこにもいない")
    driver.key(Qt.Key.Key_Return, on=page.search)
    assert page.empty.isVisible()
    driver.click(page.empty.button)
    assert page.view.isVisible()
    assert len(names(page)) == 25


def test_header_click_sorts_and_a_second_one_turns_it(driver: Driver, page: OrdersPage) -> None:
    section = page.view.orders.columns().index("goods")
    page.view.header.sectionClicked.emit(section)
    driver.settle()
    goods = [row.goods_name for row in rows(page.desk.ws, list(page.view.orders.ids()))]
    assert goods == sorted(goods)
    page.view.header.sectionClicked.emit(section)
    driver.settle()
    turned = [row.goods_name for row in rows(page.desk.ws, list(page.view.orders.ids()))]
    assert turned == sorted(goods, reverse=True)


def test_filters_narrow_and_their_buttons_take_them_away(driver: Driver, page: OrdersPage) -> None:
    page._toggle_filter("marketplace", "yahoo")
    driver.settle()
    assert page.filter_row.isVisible()
    assert {row.marketplace for row in rows(page.desk.ws, list(page.view.orders.ids()))} == {"yahoo"}
    page._toggle_filter("marketplace", "amazon")
    driver.settle()
    assert {row.marketplace for row in rows(page.desk.ws, list(page.view.orders.ids()))} == {
        "yahoo",
        "amazon",
    }
    page._clear_filters()
    driver.settle()
    assert not page.filter_row.isVisible()


def test_a_kept_view_is_a_tab_and_is_there_after_a_restart(driver: Driver, page: OrdersPage) -> None:
    page._toggle_filter("carrier", "jppost")
    page.filter_row.kept.emit("郵便だけ")
    driver.settle()
    assert page.tabs.current() == "kept:郵便だけ"
    again = OrdersPage(page.desk)
    again.open_view("kept:郵便だけ")
    driver.settle()
    assert again.query().filters == (("carrier", "jppost"),)
    again.deleteLater()


def test_space_ticks_shift_walks_ctrl_a_takes_all(driver: Driver, page: OrdersPage) -> None:
    page.view.setFocus()
    driver.key(Qt.Key.Key_Home)
    driver.key(Qt.Key.Key_Space)
    assert len(page.view.orders.ticked()) == 1
    driver.key(Qt.Key.Key_Down, SHIFT)
    driver.key(Qt.Key.Key_Down, SHIFT)
    assert len(page.view.orders.ticked()) == 3
    driver.key(Qt.Key.Key_A, CONTROL)
    assert len(page.view.orders.ticked()) == 25
    assert page.selection.isVisible()
    assert page.selection.count.text() == "25"
    driver.key(Qt.Key.Key_Escape)
    assert not page.view.orders.ticked()
    assert not page.selection.isVisible()


def test_clicks_into_the_tick_column_tick_and_shift_ticks_the_range(driver: Driver, page: OrdersPage) -> None:
    driver.click_cell(page.view, 2, 0)
    driver.click_cell(page.view, 6, 0, SHIFT)
    assert page.view.orders.ticked() == set(page.view.orders.ids()[2:7])
    driver.click_cell(page.view, 4, 0)
    assert len(page.view.orders.ticked()) == 4


def test_a_click_makes_a_row_current_and_the_detail_shows_it(driver: Driver, page: OrdersPage) -> None:
    driver.click_cell(page.view, 6, 5)
    shown = page.detail.shown()
    assert shown is not None
    assert shown.shipment.recipient.name == "石川 直人"
    assert not page.view.orders.ticked()


def test_a_scanners_digits_do_nothing_in_the_table(driver: Driver, page: OrdersPage) -> None:
    page.view.setFocus()
    before = page.view.current_id()
    for key in (Qt.Key.Key_4, Qt.Key.Key_0, Qt.Key.Key_1):
        driver.key(key)
    assert page.view.current_id() == before
    assert page.tabs.current() == "today"


def test_refresh_keeps_current_row_ticks_and_place(driver: Driver, page: OrdersPage, ws: Workspace) -> None:
    page.open_view("all")
    driver.settle()
    page.view.setFixedHeight(ROW * 8)
    driver.settle()
    ids = page.view.orders.ids()
    page.view.go_to(ids[15])
    page.view.orders.tick(ids[3:5], True)
    page.view.verticalScrollBar().setValue(ROW * 11 + 7)
    with ws.store.transaction():
        shipments.update(ws.store, ids[1], {"hold_reason": "在庫待ち"})
        shipments.restage(ws.store, [ids[1]])
        ws.store.touch()
    page.refresh()
    driver.settle()
    assert page.view.current_id() == ids[15]
    assert page.view.orders.ticked() == set(ids[3:5])
    assert page.view.verticalScrollBar().value() == ROW * 11 + 7
    row = page.view.orders.row(1)
    assert row is not None
    assert row.stage is Stage.HOLD


def test_changes_made_elsewhere_are_noticed(
    driver: Driver, window: MainWindow, page: OrdersPage, ws: Workspace
) -> None:
    window._look_for_changes()
    driver.settle()
    with ws.store.transaction():
        shipments.update(ws.store, page.view.orders.ids()[6], {"hold_reason": "在庫待ち"})
        shipments.restage(ws.store, [page.view.orders.ids()[6]])
        ws.store.touch()
    window._look_for_changes()
    driver.settle()
    assert window.desk.counters["hold"] == 2


def test_copying_a_row_keeps_zeros(driver: Driver, page: OrdersPage) -> None:
    driver.click_cell(page.view, 6, 5)
    driver.key(Qt.Key.Key_C, CONTROL, on=page.view)
    assert "456789-20261121-0028410455" in QGuiApplication.clipboard().text().split("\t")


def test_columns_are_chosen_and_remembered(driver: Driver, page: OrdersPage) -> None:
    page.menus.toggle_column("tracking_no")
    page.menus.toggle_column("wish")
    shown = page.view.orders.columns()
    assert "tracking_no" in shown
    assert "wish" not in shown
    page._columns.keep_widths({"number": 200})
    again = OrdersPage(page.desk)
    again.resize(1700, 900)
    again.grab()
    assert again.view.orders.columns() == shown
    assert again.view.header.sectionSize(shown.index("number")) == 200
    driver.settle()
    again.deleteLater()


@pytest.mark.parametrize(("width", "there"), [(1920, True), (1280, False)])
def test_a_narrow_window_folds_carrier_and_state_into_the_detail(
    driver: Driver, window: MainWindow, page: OrdersPage, width: int, there: bool
) -> None:
    window.resize(width, 800)
    driver.settle()
    assert ("carrier" in page.view.orders.columns()) is there
    assert window.rail.width() == (200 if there else 64)
    assert page.detail.width() == (492 if there else 376)


def test_a_code_scanned_over_the_table_is_looked_for_among_all(
    driver: Driver, page: OrdersPage, ws: Workspace
) -> None:
    key = rows(ws, page.view.orders.ids()[6:7])[0].key
    page.view.setFocus()
    driver.scan(page.view, key)
    assert page.tabs.current() == "all"
    assert names(page) == ["石川 直人"]
    shown = page.detail.shown()
    assert shown is not None
    assert shown.shipment.key == key


def test_a_scan_while_a_reason_is_typed_is_left_alone(driver: Driver, page: OrdersPage) -> None:
    driver.key(Qt.Key.Key_H, CONTROL)
    reason = page.detail.hold_panel.reason
    driver.scan(reason, "400123456003")
    driver.settle()
    assert page.tabs.current() == "today"
    assert len(names(page)) == 25
