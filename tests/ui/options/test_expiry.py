"""A key that ends soon is said in the strip and beside the shop's connection, and only then (SE-10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.options.page import OptionsPage
from jpship_gui.ui.options.shop_form import ShopForm
from jpship_gui.ui.widgets.label import Label
from tests.ui import synthetic
from tests.ui.driving import Driver

TODAY = synthetic.NOW.date()


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A desk with one shop whose keys are known."""
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: synthetic.NOW)
    shops.add(opened, "rakuten", "楽天 本店", {})
    for field in ("service_secret", "license_key"):
        shops.keep_secret(opened, "楽天 本店", field, "practice-only")
    yield opened
    opened.close()


def key_made(ws: Workspace, days_ago: int) -> None:
    day = TODAY - timedelta(days=days_ago)
    shops.set_values(ws, "楽天 本店", {"rakuten.key_made": day.isoformat()})


@pytest.mark.parametrize(
    ("days_ago", "figure"),
    [(10, ""), (75, ""), (76, "あと14日"), (88, "あと2日"), (90, "今日まで"), (91, "期限切れ")],
)
def test_the_strip_speaks_only_when_something_is_due(
    window: MainWindow, driver: Driver, ws: Workspace, days_ago: int, figure: str
) -> None:
    key_made(ws, days_ago)
    window.watch_expiries()
    driver.settle()
    shown = window.strip._expiry
    assert shown.isVisible() is bool(figure)
    assert figure in shown.accessibleName()
    assert not figure or "本店" in shown.text()


def test_an_unknown_day_says_nothing_in_the_strip(window: MainWindow, driver: Driver) -> None:
    window.watch_expiries()
    driver.settle()
    assert not window.strip._expiry.isVisible()


def test_a_click_leads_to_the_settings(window: MainWindow, driver: Driver, ws: Workspace) -> None:
    key_made(ws, 89)
    window.watch_expiries()
    driver.settle()
    driver.click(window.strip._expiry)
    assert window.current() == "options"


@pytest.fixture
def form(window: MainWindow, driver: Driver) -> ShopForm:
    window.open_page("options")
    driver.settle()
    page = window.page()
    assert isinstance(page, OptionsPage)
    page.show_place("shops")
    driver.settle()
    form = page.shops.form
    assert form is not None
    while form._waiting:
        driver.settle()
    driver.settle()
    return form


def words_of(form: ShopForm) -> str:
    return "\n".join(label.text() for label in form.card.findChildren(Label) if label.isVisible())


def test_the_form_asks_for_the_day_and_then_tells_the_end(
    window: MainWindow, driver: Driver, form: ShopForm, ws: Workspace
) -> None:
    window.watch_expiries()
    assert "「ライセンスキーの発行日」を入れてください" in words_of(form)
    field = form.rows["rakuten.key_made"].control
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, (TODAY - timedelta(days=88)).isoformat())
    field.editingFinished.emit()
    driver.settle()
    assert "あと2日" in words_of(form)
    window.open_page("all")
    driver.settle()
    assert window.strip._expiry.isVisible()
