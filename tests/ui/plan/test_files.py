"""Prices and rules of the planning page as files: written, taken over, planned with, taken back, refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from jpship_gui.flows.plan import prices, rules, tables
from jpship_gui.flows.plan.listing import to_plan
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.plan.page import PRICES, RULES, PlanPage
from tests.ui.driving import Driver
from tests.ui.plan.planning_day import Planned, lay_out


@pytest.fixture
def day(ws: Workspace) -> Planned:
    return lay_out(ws)


def opened(window: MainWindow, driver: Driver, tab: str) -> PlanPage:
    window.open_page("plan", tab)
    driver.settle()
    page = window.page()
    assert isinstance(page, PlanPage)
    return page


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The file a person chooses in the dialog."""
    chosen: list[Path] = []
    monkeypatch.setattr(QFileDialog, "exec", lambda _: int(QFileDialog.DialogCode.Accepted))
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(chosen[-1])])
    return chosen


def cost(ws: Workspace, key: str) -> int | None:
    return next(one.yen for one in to_plan(ws) if one.row.key == key)


@pytest.mark.parametrize("name", ["運賃.csv", "運賃.toml"])
def test_prices_travel_as_a_file_and_come_back(
    day: Planned,
    window: MainWindow,
    driver: Driver,
    ws: Workspace,
    tmp_path: Path,
    choose: list[Path],
    name: str,
) -> None:
    page = opened(window, driver, PRICES)
    before = tables.plain_table(ws, tables.PRICES)
    choose.append(tmp_path / name)
    driver.click(page.prices.files.write_button)
    words = choose[-1].read_text(encoding="utf-8-sig")
    choose[-1].write_text(words.replace("930", "1234"), encoding="utf-8")
    driver.click(page.prices.files.take_button)
    assert cost(ws, day.clear[0]) == 1234
    assert any(one.yen.get(("近畿", (None, None))) == 1234 for one in prices.sheets(ws))
    driver.click(window.undo_bar.button)
    assert tables.plain_table(ws, tables.PRICES) == before
    assert cost(ws, day.clear[0]) == 930


def test_a_file_that_is_no_table_is_refused_in_words(
    day: Planned, window: MainWindow, driver: Driver, ws: Workspace, tmp_path: Path, choose: list[Path]
) -> None:
    page = opened(window, driver, PRICES)
    before = tables.plain_table(ws, tables.PRICES)
    told: list[str] = []
    page.desk.show_fault = lambda fault: told.append(text(f"fault.{fault.code}", **fault.values))  # type: ignore[method-assign]
    choose.append(tmp_path / "運賃.toml")
    choose[-1].write_text(
        'price = [{ carrier = "yamato", service = "takkyubin", yen = -5 }]', encoding="utf-8"
    )
    driver.click(page.prices.files.take_button)
    assert "price.1.yen" in told[0]
    assert "運賃.toml" in told[0]
    assert tables.plain_table(ws, tables.PRICES) == before


def test_rules_travel_as_a_file_and_come_back(
    day: Planned, window: MainWindow, driver: Driver, ws: Workspace, tmp_path: Path, choose: list[Path]
) -> None:
    body = {
        "name": "大阪はゆうパック",
        "if": {"field": "prefecture", "test": "is", "value": "大阪府"},
        "do": [["service", "jppost/yupack"]],
    }
    row_id = rules.add(ws, body)
    page = opened(window, driver, RULES)
    choose.append(tmp_path / "規則.json")
    driver.click(page.rules.files.write_button)
    rules.remove(ws, row_id)
    driver.click(page.rules.files.take_button)
    assert [one.body for one in rules.every(ws)] == [body]
    assert len(page.rules.list.rows.rows) == 1
    driver.click(window.undo_bar.button)
    assert rules.every(ws) == []
    QApplication.processEvents()
