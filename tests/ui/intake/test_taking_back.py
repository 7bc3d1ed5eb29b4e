"""What was taken in can be given back: by the bar, on the page that tells of it, and in the list of imports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from jpship_gui.flows.check.hold import hold
from jpship_gui.flows.table.detail import load
from jpship_gui.flows.table.list_rows import Query, ids
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.rakuten.samples import rakuten_rows, write_csv
from jpship_gui.texts import text
from jpship_gui.ui.intake.imports_list import FEW
from jpship_gui.ui.intake.page import IntakePage
from jpship_gui.ui.main_window import MainWindow
from tests.ui import synthetic
from tests.ui.driving import Driver

DAY = date(2026, 11, 21)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: synthetic.NOW)
    shops.add(opened, "rakuten", "楽天 本店", {"shop_number": "900001"})
    yield opened
    opened.close()


@pytest.fixture
def intake(window: MainWindow, driver: Driver) -> IntakePage:
    window.open_page("intake")
    driver.settle()
    page = window.page()
    assert isinstance(page, IntakePage)
    return page


def take(driver: Driver, intake: IntakePage, path: Path, count: int) -> None:
    """Read a file of so many orders and take it in."""
    intake.read_files([write_csv(path, list(rakuten_rows(count, shop="900001", day=DAY)))])
    driver.settle()
    driver.key(Qt.Key.Key_Return, on=intake)
    assert intake.stack.currentWidget() is intake.done


def stored(ws: Workspace) -> int:
    return len(ids(ws, Query()))


def test_the_first_day_shows_what_to_begin_with(driver: Driver, intake: IntakePage) -> None:
    start = intake.start
    assert start.practice.isVisible()
    assert not start.imports.isVisible()
    assert start.title.text() == text("intakepage.start")


def test_ctrl_z_gives_back_what_was_just_taken(
    window: MainWindow, driver: Driver, intake: IntakePage, ws: Workspace, tmp_path: Path
) -> None:
    take(driver, intake, tmp_path / "a.csv", 4)
    assert stored(ws) == 4
    assert window.undo_bar.waiting()
    driver.key(Qt.Key.Key_Z, CTRL)
    assert stored(ws) == 0


def test_the_page_that_tells_of_it_has_the_way_back_too(
    window: MainWindow, driver: Driver, intake: IntakePage, ws: Workspace, tmp_path: Path
) -> None:
    take(driver, intake, tmp_path / "a.csv", 4)
    window.undo_bar.dismiss()
    driver.click(intake.done.undo)
    assert stored(ws) == 0
    assert intake.stack.currentWidget() is intake.start


def test_the_list_tells_what_was_taken_and_gives_it_back(
    driver: Driver, intake: IntakePage, ws: Workspace, tmp_path: Path
) -> None:
    take(driver, intake, tmp_path / "a.csv", 4)
    driver.click(intake.done.again)
    driver.settle()
    start = intake.start
    assert start.imports.isVisible()
    assert not start.practice.isVisible()
    (row,) = start.imports.rows
    assert row.button is not None
    row.button.setFocus()
    driver.key(Qt.Key.Key_Space, on=row.button)  # the keyboard gets there as well
    assert stored(ws) == 0
    (row,) = start.imports.rows
    assert row.button is None  # it was taken back; that stays in the list


def test_what_a_person_decided_on_stays_and_the_list_says_why(
    driver: Driver, intake: IntakePage, ws: Workspace, tmp_path: Path
) -> None:
    take(driver, intake, tmp_path / "a.csv", 4)
    found = load(ws, row_ids=list(ids(ws, Query())))
    hold(ws, [found[0].key], "お客様に確認中")
    intake.desk.tell_changed()
    driver.click(intake.done.again)
    driver.settle()
    (row,) = intake.start.imports.rows
    assert row.button is None
    assert row.why == text("imports.stays.decided")


def test_a_way_back_that_closed_meanwhile_is_told_as_a_fault(
    window: MainWindow, driver: Driver, intake: IntakePage, ws: Workspace, tmp_path: Path
) -> None:
    take(driver, intake, tmp_path / "a.csv", 4)
    found = load(ws, row_ids=list(ids(ws, Query())))
    hold(ws, [found[0].key], "お客様に確認中")
    driver.key(Qt.Key.Key_Z, CTRL)
    assert stored(ws) == 4
    assert window.banner.isVisible()


def test_older_imports_are_a_click_away(
    driver: Driver, intake: IntakePage, ws: Workspace, tmp_path: Path
) -> None:
    for number in range(FEW + 2):
        take(driver, intake, tmp_path / f"{number}.csv", number + 1)
        intake.begin_anew()
    driver.settle()
    imports = intake.start.imports
    assert len(imports.rows) == FEW
    driver.click(imports.more)
    assert len(imports.rows) == FEW + 2
    assert not imports.more.isVisible()


def test_an_earlier_import_read_again_since_stays(
    driver: Driver, intake: IntakePage, ws: Workspace, tmp_path: Path
) -> None:
    take(driver, intake, tmp_path / "a.csv", 4)
    intake.begin_anew()
    rows = [dict(row) for row in rakuten_rows(4, shop="900001", day=DAY)]
    for row in rows:
        row["個数"] = "9"
    intake.read_files([write_csv(tmp_path / "b.csv", rows)])
    driver.settle()
    driver.key(Qt.Key.Key_Return, on=intake)
    intake.begin_anew()
    driver.settle()
    newer, older = intake.start.imports.rows
    assert newer.button is not None
    assert older.button is None
    driver.click(newer.button)
    # Once the newer one is gone the older one may go as well.
    assert [row.why for row in intake.start.imports.rows if row.button is not None] == [""]
    assert stored(ws) == 4
