"""The filters of ゆうプリR and ゆうプリクラウド in a shop's settings: chosen, written to a file, taken from one, put back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.flows.upkeep import carrier_filters, shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.options.filters_group import FiltersGroup
from jpship_gui.ui.options.page import OptionsPage
from tests.ui import synthetic
from tests.ui.driving import Driver


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: synthetic.NOW)
    shops.add(opened, "rakuten", "main", {})
    yield opened
    opened.close()


@pytest.fixture
def group(window: MainWindow, driver: Driver) -> FiltersGroup:
    window.open_page("options")
    driver.settle()
    page = window.page()
    assert isinstance(page, OptionsPage)
    page.show_place("shops")
    driver.settle()
    form = page.shops.form
    assert form is not None
    driver.wait_for(lambda: hasattr(form, "filters") and bool(form.filters.lines))
    driver.click(form.more)
    driver.settle()
    return form.filters


def used(ws: Workspace, slot: str) -> str:
    return carrier_filters.show(ws, slot, "main").title


def test_it_shows_what_each_file_looks_like(group: FiltersGroup) -> None:
    assert list(group.lines) == ["r.out", "r.back", "cloud.out", "cloud.back"]
    assert group.isVisible()
    assert group.lines["r.out"].choice.currentData() == "r117"
    assert "117" in group.lines["r.out"]._more.words()


def test_another_standard_is_chosen_and_put_back(
    driver: Driver, group: FiltersGroup, ws: Workspace, window: MainWindow
) -> None:
    said: list[object] = []
    group._desk.said.connect(lambda words, undo: said.append(undo))
    choice = group.lines["r.out"].choice
    choice.setCurrentIndex(choice.findData("r69"))
    driver.settle()
    assert used(ws, "r.out") == "ゆうプリR 標準（69列）"
    assert "69" in group.lines["r.out"]._more.words()
    undo = said[-1]
    assert callable(undo)
    undo()
    driver.settle()
    assert used(ws, "r.out") == "ゆうプリR 標準（117列）"
    assert group.lines["r.out"].choice.currentData() == "r117"


def test_a_changed_file_becomes_the_shop_s_own(
    driver: Driver, group: FiltersGroup, ws: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "r.toml"
    group.export_to("r.out", path)
    driver.settle()
    path.write_text(path.read_text("utf-8").replace("ゆうプリR 標準（117列）", "うちの形"), "utf-8")
    group.import_file(path)
    driver.settle()
    assert used(ws, "r.out") == "うちの形"
    line = group.lines["r.out"]
    assert (line.choice.currentData(), line.choice.currentText()) == ("", "うちの形")
    assert "佐藤" in line._more.words()


def test_a_file_that_cannot_be_used_changes_nothing(
    driver: Driver, group: FiltersGroup, ws: Workspace, tmp_path: Path
) -> None:
    faults: list[str] = []
    group._desk.fault.connect(lambda fault: faults.append(fault.code))
    path = tmp_path / "r.toml"
    group.export_to("r.out", path)
    driver.settle()
    path.write_text(path.read_text("utf-8").replace('"parcel_key"', '""'), "utf-8")
    group.import_file(path)
    driver.settle()
    path.write_text("no", "utf-8")
    group.import_file(path)
    driver.settle()
    assert faults == ["filter_flaw_lacks", "filter_flaw_toml"]
    assert used(ws, "r.out") == "ゆうプリR 標準（117列）"
