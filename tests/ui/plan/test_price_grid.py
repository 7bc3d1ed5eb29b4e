"""The table of amounts: typed, pasted, emptied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from jpship_gui.ui.plan.price_grid import PriceGrid, amount_of


@pytest.fixture
def grid(qtbot: QtBot) -> PriceGrid:
    made = PriceGrid()
    qtbot.addWidget(made)
    made.prices.show_prices(("関東", "関西"), ("60", "80", "100"), {(0, 0): 930, (1, 2): 1_650})
    made.resize(600, 200)
    made.show()
    return made


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("1,200", 1200),
        ("¥930", 930),
        ("９３０円", 930),
        ("", None),
        ("abc", None),
        ("-5", None),
        ("1.5", None),
    ],
)
def test_amounts_as_people_write_them(words: str, amount: int | None) -> None:
    assert amount_of(words) == amount


def test_the_model_is_sound(grid: PriceGrid, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(grid.prices)
    assert grid.prices.data(grid.prices.index(1, 2)) == "1,650"
    assert grid.prices.data(grid.prices.index(0, 1)) == "–"


def test_what_is_no_amount_is_not_taken(grid: PriceGrid) -> None:
    at = grid.prices.index(0, 0)
    assert not grid.prices.setData(at, "無料")
    assert grid.prices.setData(at, "1,010")
    assert grid.prices.cells[0, 0] == 1010


def test_a_spreadsheet_is_pasted_whole_or_not_at_all(grid: PriceGrid, qtbot: QtBot) -> None:
    grid.setCurrentIndex(grid.prices.index(0, 1))
    QGuiApplication.clipboard().setText("1,150\t1,390\t9\n1,200\t\r\n7\t7")
    with qtbot.waitSignal(grid.prices.edited):
        QTest.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert grid.prices.cells == {(0, 0): 930, (0, 1): 1150, (0, 2): 1390, (1, 1): 1200}
    before = dict(grid.prices.cells)
    QGuiApplication.clipboard().setText("5\t高い")
    with qtbot.waitSignal(grid.refused):
        QTest.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert grid.prices.cells == before


def test_chosen_cells_are_copied_and_emptied(grid: PriceGrid) -> None:
    model = grid.selectionModel()
    model.select(grid.prices.index(0, 0), QItemSelectionModel.SelectionFlag.Select)
    model.select(grid.prices.index(0, 1), QItemSelectionModel.SelectionFlag.Select)
    QTest.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "930\t"
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    assert (0, 0) not in grid.prices.cells
