"""Orders entered by hand in the list: changed, cancelled with a reason, and any order sent once more."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from jpship_gui.domain.stage import Stage
from jpship_gui.flows.intake.enter import enter
from jpship_gui.flows.upkeep import shops as accounts
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.ui.intake.page import IntakePage
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.table.page import OrdersPage
from tests.flows.entering import an_entry
from tests.ui.driving import Driver

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def key(ws: Workspace, page: OrdersPage, driver: Driver) -> str:
    """An order entered by hand, shown in the detail."""
    accounts.add(ws, "rakuten", "手入力用", {"shop_number": "900001"})
    made = enter(ws, an_entry(shop="手入力用")).key
    page.desk.tell_changed()
    show(driver, page, "例山 花子")
    shown = page.detail.shown()
    assert shown is not None
    assert shown.shipment.key == made
    return made


def show(driver: Driver, page: OrdersPage, words: str) -> None:
    page.open_view("all")
    page.search.setText(words)
    driver.wait_for(lambda: page.view.model().rowCount() == 1)
    driver.click_cell(page.view, 0, 5)
    driver.wait_for(lambda: page.detail.shown() is not None and not page.detail.waiting())


def stage(ws: Workspace, key: str) -> Stage:
    found = shipments.by_key(ws.store, key)
    assert found is not None
    return found.stage


def test_it_is_cancelled_with_a_reason_and_that_is_undone(
    window: MainWindow, driver: Driver, page: OrdersPage, ws: Workspace, key: str
) -> None:
    before = stage(ws, key)
    driver.key(Qt.Key.Key_Delete, CONTROL)
    panel = page.detail.cancel_panel
    assert panel.isVisible()
    assert panel.reason.hasFocus()
    assert stage(ws, key) is before
    driver.click(panel.presets["twice"])
    assert stage(ws, key) is Stage.CANCELLED
    assert not panel.isVisible()
    driver.click(window.undo_bar.button)
    assert stage(ws, key) is before


def test_esc_asks_no_more(driver: Driver, page: OrdersPage, ws: Workspace, key: str) -> None:
    before = stage(ws, key)
    driver.key(Qt.Key.Key_Delete, CONTROL)
    driver.key(Qt.Key.Key_Escape)
    assert not page.detail.cancel_panel.isVisible()
    assert stage(ws, key) is before


def test_its_key_opens_the_form_over_it(
    window: MainWindow, driver: Driver, page: OrdersPage, key: str
) -> None:
    driver.key(Qt.Key.Key_M, CONTROL)
    intake = window.page()
    assert isinstance(intake, IntakePage)
    assert intake.form.changing
    assert intake.form.view.recipient.name.text() == "例山 花子"


def test_a_marketplaces_order_is_neither_changed_nor_cancelled_here(
    window: MainWindow, driver: Driver, page: OrdersPage, ws: Workspace
) -> None:
    driver.click_cell(page.view, 1, 5)
    assert not page.desk.actions.allowed("change_entry")
    assert not page.desk.actions.allowed("cancel_entry")


def test_any_order_may_be_sent_once_more(
    window: MainWindow, driver: Driver, page: OrdersPage, ws: Workspace
) -> None:
    accounts.add(ws, "rakuten", "手入力用", {"shop_number": "900001"})
    driver.click_cell(page.view, 1, 5)
    shown = page.detail.shown()
    assert shown is not None
    driver.key(Qt.Key.Key_R, CONTROL)
    intake = window.page()
    assert isinstance(intake, IntakePage)
    view = intake.form.view
    assert view.original.key == shown.shipment.key
    assert view.recipient.name.text() == shown.shipment.recipient.name
    assert not view.goods.total.isVisible()
    driver.key(Qt.Key.Key_S, CONTROL)
    made = shipments.by_ids(ws.store, [shipments_of_hand(ws)])[0]
    assert made.lines[0].sku == shown.shipment.lines[0].sku


def shipments_of_hand(ws: Workspace) -> int:
    return int(ws.store.value("SELECT id FROM shipments WHERE marketplace = 'hand'"))
