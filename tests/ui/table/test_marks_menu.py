"""Handling marks of the chosen orders, by the menu of a row."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from jpship_gui.flows.paper.marks import marks_by_key
from jpship_gui.flows.workspace import Workspace
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.table.marks_menu import MarksMenu
from jpship_gui.ui.table.page import OrdersPage
from tests.ui.driving import Driver


def opened(page: OrdersPage, driver: Driver) -> MarksMenu:
    page.view.menu_asked.emit(page.mapToGlobal(page.rect().center()))
    driver.settle()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    (found,) = menu.findChildren(MarksMenu)
    return found


def test_a_mark_is_said_and_taken_back(
    page: OrdersPage, driver: Driver, ws: Workspace, window: MainWindow
) -> None:
    keys = page.chosen_keys()
    assert len(keys) == 1
    menu = opened(page, driver)
    assert menu.marks["fragile"].isEnabled()
    assert not menu.marks["fragile"].isChecked()
    menu.marks["fragile"].trigger()
    menu.marks["upright"].trigger()
    menu.parentWidget().close()
    driver.settle()
    assert marks_by_key(ws, keys)[keys[0]] == ("fragile", "upright")
    again = opened(page, driver)
    assert again.marks["upright"].isChecked()
    again.marks["fragile"].trigger()
    again.parentWidget().close()
    driver.settle()
    assert marks_by_key(ws, keys)[keys[0]] == ("upright",)
    back = opened(page, driver)
    back.usual.trigger()
    back.parentWidget().close()
    driver.settle()
    assert marks_by_key(ws, keys)[keys[0]] == ()
