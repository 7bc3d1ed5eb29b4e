"""Problems and decisions in the detail, by keys as at the desk."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.ui.check.correct_form import CorrectForm
from jpship_gui.ui.check.problem_card import ProblemCard
from jpship_gui.ui.check.quote import marks_of
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.table.page import OrdersPage
from jpship_gui.ui.widgets.fact_list import FactList
from tests.ui.driving import Driver

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def name(page: OrdersPage) -> str:
    shown = page.detail.shown()
    return shown.shipment.recipient.name if shown is not None else ""


def cards(page: OrdersPage) -> list[ProblemCard]:
    return [card for card in page.detail.findChildren(ProblemCard) if card.isVisible()]


def test_f3_walks_through_what_needs_a_person_and_around(driver: Driver, page: OrdersPage) -> None:
    driver.key(Qt.Key.Key_Home, on=page.view)
    seen = [name(page)]
    for _ in range(4):
        driver.key(Qt.Key.Key_F3)
        seen.append(name(page))
    assert seen == ["中西 遥", "山田 花子", "菅野 由紀", "藤井 真理子", "中西 遥"]
    driver.key(Qt.Key.Key_F3, SHIFT)
    assert name(page) == "藤井 真理子"


def test_f3_leaves_a_view_that_does_not_show_the_problem(driver: Driver, page: OrdersPage) -> None:
    page.open_view("gift")
    driver.settle()
    driver.key(Qt.Key.Key_F3, SHIFT)
    assert page.tabs.current() == "attention"
    assert name(page) == "藤井 真理子"


def test_each_problem_is_a_card_with_its_repairs_and_one_is_loudest(driver: Driver, page: OrdersPage) -> None:
    driver.click_cell(page.view, 1, 5)
    numbers = [row.number for card in cards(page) for row in card.rows]
    assert numbers == [1, 2, 3, 4]
    assert cards(page)[0].rows[0].button.text() == "番号を直す"


def test_alt_1_repairs_and_ctrl_z_takes_it_back(
    driver: Driver, window: MainWindow, page: OrdersPage, ws: Workspace
) -> None:
    page.open_view("all")
    driver.settle()
    driver.click_cell(page.view, 1, 5)
    row_id = page.view.current_id()
    driver.key(Qt.Key.Key_1, ALT)
    (after,) = shipments.by_ids(ws.store, [row_id])
    assert after.recipient.postal_code == "5410041"
    assert page.view.current_id() == row_id
    assert window.undo_bar.isVisible()
    driver.key(Qt.Key.Key_Z, CONTROL)
    (back,) = shipments.by_ids(ws.store, [row_id])
    assert back.recipient.postal_code == "5300001"


def test_a_bare_digit_repairs_nothing(driver: Driver, page: OrdersPage, ws: Workspace) -> None:
    driver.click_cell(page.view, 1, 5)
    driver.key(Qt.Key.Key_1)
    (after,) = shipments.by_ids(ws.store, [page.view.current_id()])
    assert after.recipient.postal_code == "5300001"


def test_ctrl_k_approves_with_person_and_address(driver: Driver, page: OrdersPage, ws: Workspace) -> None:
    page.open_view("all")
    driver.settle()
    driver.click_cell(page.view, 1, 5)
    row_id = page.view.current_id()
    driver.key(Qt.Key.Key_K, CONTROL)
    shown = page.detail.shown()
    assert shown is not None
    entry = shown.history[-1]
    assert (entry.what, entry.person) == ("approved", "佐藤")
    assert "530" in entry.values["address"]
    (after,) = shipments.by_ids(ws.store, [row_id])
    assert after.remark_read


def test_hold_asks_for_a_reason_in_place_and_a_scan_is_none(
    driver: Driver, page: OrdersPage, ws: Workspace
) -> None:
    driver.click_cell(page.view, 6, 5)
    row_id = page.view.current_id()
    driver.key(Qt.Key.Key_H, CONTROL)
    panel = page.detail.hold_panel
    assert panel.isVisible()
    driver.type_words(panel.reason, "400123456003")
    driver.key(Qt.Key.Key_Return, on=panel.reason)
    assert panel.isVisible()
    driver.click(panel.presets["stock"])
    (after,) = shipments.by_ids(ws.store, [row_id])
    assert after.hold_reason == "在庫待ち"
    assert not panel.isVisible()


def test_hold_takes_all_ticked_rows_and_esc_asks_no_more(
    driver: Driver, page: OrdersPage, ws: Workspace
) -> None:
    page.open_view("all")
    driver.settle()
    for place in (7, 8, 10):
        driver.click_cell(page.view, place, 0)
    ids = sorted(page.view.orders.ticked())
    driver.key(Qt.Key.Key_H, CONTROL)
    driver.key(Qt.Key.Key_Escape)
    assert not page.detail.hold_panel.isVisible()
    driver.key(Qt.Key.Key_H, CONTROL)
    driver.click(page.detail.hold_panel.presets["address"])
    assert {s.hold_reason for s in shipments.by_ids(ws.store, ids)} == {"住所の確認"}
    assert page.view.orders.ticked() == set(ids)


def test_release_takes_a_shipment_off_hold(driver: Driver, page: OrdersPage, ws: Workspace) -> None:
    driver.click_cell(page.view, 9, 5)
    row_id = page.view.current_id()
    driver.click(page.detail.release_button)
    (after,) = shipments.by_ids(ws.store, [row_id])
    assert after.hold_reason == ""


def test_the_recipient_is_corrected_in_place(driver: Driver, page: OrdersPage, ws: Workspace) -> None:
    driver.click_cell(page.view, 6, 5)
    row_id = page.view.current_id()
    page.detail._correct()
    driver.settle()
    form = page.detail.findChild(CorrectForm)
    assert form is not None
    form.fields["phone"].setText("03-0000-0000")
    driver.click(form.save)
    (after,) = shipments.by_ids(ws.store, [row_id])
    assert after.recipient.phone == "0300000000"


@pytest.mark.parametrize("tab", ["summary", "source", "history", "documents", "proof"])
def test_every_tab_says_something(driver: Driver, page: OrdersPage, tab: str) -> None:
    driver.click_cell(page.view, 20, 5)
    page.detail.tabs.choose(tab)
    page.detail.tabs.chosen.emit(tab)
    driver.settle()
    lists = [found for found in page.detail.findChildren(FactList) if found.isVisible()]
    if tab in ("history", "documents"):
        assert not lists
    else:
        assert lists[0].lines()


@pytest.mark.parametrize(
    ("marks", "ranges"),
    [
        ("", []),
        ("0-3:wish 5-7", [(0, 3), (5, 7)]),
        ("5-7 0-3:wish", [(0, 3), (5, 7)]),
        ("0-5 3-8", [(0, 5), (5, 8)]),
        ("2-99", [(2, 10)]),
        ("x-y 4-4", []),
    ],
)
def test_marks_are_ordered_apart_and_within_the_text(marks: str, ranges: list[tuple[int, int]]) -> None:
    assert marks_of(marks, 10) == ranges


def test_the_keys_go_back_to_the_table_when_the_asking_panel_leaves(
    driver: Driver, page: OrdersPage, window: MainWindow
) -> None:
    driver.key(Qt.Key.Key_H, CONTROL)
    assert page.detail.hold_panel.reason.hasFocus()
    driver.key(Qt.Key.Key_F3)
    assert not page.detail.hold_panel.isVisible()
    assert window.focusWidget() is page.view


def test_the_keys_go_back_to_the_table_when_a_repair_button_is_gone(
    driver: Driver, page: OrdersPage, window: MainWindow
) -> None:
    driver.key(Qt.Key.Key_F3)
    driver.key(Qt.Key.Key_Return, on=page.view)
    button = window.focusWidget()
    assert button is not None
    assert page.detail.isAncestorOf(button)
    driver.key(Qt.Key.Key_Space)  # held back until it is surely no scan's first character
    driver.wait_for(lambda: window.focusWidget() is page.view)
