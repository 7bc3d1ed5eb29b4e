"""The shop's prices in the window: typed, pasted, kept, planned with, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.plan.listing import to_plan
from jpship_gui.flows.plan.prices import PriceSheet, keep, read_step, sheets, step_words
from jpship_gui.flows.workspace import Workspace
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.plan.page import PRICES, PlanPage
from jpship_gui.ui.plan.prices_view import PricesView
from tests.ui.driving import Driver
from tests.ui.plan.planning_day import Planned, lay_out

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def day(ws: Workspace) -> Planned:
    return lay_out(ws)


@pytest.fixture
def view(day: Planned, window: MainWindow, driver: Driver) -> PricesView:
    window.open_page("plan", PRICES)
    driver.settle()
    page = window.page()
    assert isinstance(page, PlanPage)
    return page.prices


def cost(ws: Workspace, key: str) -> int | None:
    return next(one.yen for one in to_plan(ws) if one.row.key == key)


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("60", (60, None)),
        ("８０cm", (80, None)),
        ("2kg", (None, 2000)),
        ("500g", (None, 500)),
        ("60/2kg", (60, 2000)),
        ("-", (None, None)),
        ("大", None),
        ("", None),
    ],
)
def test_sizes_and_weights_as_people_write_them(
    words: str, step: tuple[int | None, int | None] | None
) -> None:
    assert read_step(words) == step
    if step is not None:
        assert read_step(step_words(step)) == step


def test_what_there_is_stands_in_sheets(view: PricesView, ws: Workspace) -> None:
    found = {(one.carrier, one.service): one for one in sheets(ws)}
    assert set(found) == {
        ("yamato", "takkyubin"),
        ("yamato", "nekopos"),
        ("sagawa", "takkyubin"),
        ("jppost", "yupack"),
    }
    assert found["yamato", "takkyubin"].zones == ("近畿", "")
    assert len(view.list.rows.rows) == 4


def test_a_changed_price_is_planned_with_at_once_and_taken_back(
    view: PricesView, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    view.list.go_to("yamato/takkyubin///")
    driver.settle()
    assert cost(ws, day.clear[0]) == 930
    assert view.grid.prices.setData(view.grid.prices.index(0, 0), "1,010")
    driver.key(Qt.Key.Key_S, CONTROL, on=view.grid)
    assert cost(ws, day.clear[0]) == 1010
    assert cost(ws, day.three[0]) == 1190
    driver.click(window.undo_bar.button)
    assert cost(ws, day.clear[0]) == 930


def test_zones_and_sizes_are_typed_and_the_prices_pasted(
    view: PricesView, day: Planned, driver: Driver, ws: Workspace
) -> None:
    view.begin()
    view.way.setCurrentIndex(
        view.way.findData("yamato/compact") if view.way.findData("yamato/compact") >= 0 else 1
    )
    driver.type_words(view.since, "2026-04-01")
    view.zones.setText("近畿、沖縄県")
    view.steps.setText("60、80、2kg")
    view._laid()
    view.grid.setCurrentIndex(view.grid.prices.index(0, 0))
    QGuiApplication.clipboard().setText("610\t720\t900\n1,200\t1,400\t1,600")
    QTest.keyClick(view.grid, Qt.Key.Key_V, CONTROL)
    driver.click(view.save_button)
    (made,) = [one for one in sheets(ws) if one.since is not None]
    assert made.zones == ("近畿", "沖縄県")
    assert set(made.steps) == {(60, None), (80, None), (None, 2000)}
    assert made.yen["沖縄県", (80, None)] == 1400
    view.zones.setText("沖縄県")
    view._laid()
    assert view.grid.prices.cells == {
        (0, n): made.yen["沖縄県", step] for n, step in enumerate(made.steps)
    }, "what stays keeps its prices"


def test_what_cannot_be_read_is_said_and_not_kept(view: PricesView, driver: Driver, ws: Workspace) -> None:
    before = sheets(ws)
    driver.type_words(view.since, "四月")
    driver.click(view.save_button)
    assert view.told.isVisible()
    assert sheets(ws) == before
    assert view.back()
    view.steps.setText("大きい")
    view._laid()
    assert view.told.isVisible()


def test_a_sheet_is_removed_and_put_back(
    view: PricesView, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    view.list.go_to("yamato/takkyubin///")
    driver.settle()
    driver.click(view.remove_button)
    assert cost(ws, day.clear[0]) is None
    driver.click(window.undo_bar.button)
    assert cost(ws, day.clear[0]) == 930


def test_two_sheets_for_one_time_are_refused(day: Planned, ws: Workspace) -> None:
    sheet = PriceSheet("yamato", "takkyubin", yen={("", (None, None)): 1})
    for made, code in ((sheet, "prices_twice"), (PriceSheet("yamato", "x"), "prices_empty")):
        with pytest.raises(Refused) as refused:
            keep(ws, made)
        assert refused.value.code == code
