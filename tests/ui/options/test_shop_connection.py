"""A shop's form says how it works, what the API lacks, and how carriers are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from jpship_gui.flows.pack.inserts import of_shop
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.upkeep.carrier_codes import codes_of
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.options.page import OptionsPage
from jpship_gui.ui.options.shop_form import ShopForm
from jpship_gui.ui.widgets.label import Label
from tests.ui import synthetic
from tests.ui.driving import Driver


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A desk with one shop and no key."""
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: synthetic.NOW)
    shops.add(opened, "rakuten", "本店", {})
    yield opened
    opened.close()


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
    while form._waiting:  # a group at a time, each in a turn of its own
        driver.settle()
    driver.settle()
    return form


def type_into(driver: Driver, field: QLineEdit, words: str) -> None:
    """Keys as quick as these followed by Enter would be a scan, so the field is left instead."""
    QTest.keyClicks(field, words)
    field.editingFinished.emit()
    driver.settle()


def give(driver: Driver, form: ShopForm, key: str, value: str) -> None:
    field = form.rows[key].control
    assert isinstance(field, QLineEdit)
    type_into(driver, field, value)


def test_without_keys_it_works_by_files_and_says_what_the_api_lacks(form: ShopForm) -> None:
    assert form.card._title.text() == "ファイルでやりとりします"
    assert "serviceSecret / licenseKey" in form.card._more.text()


def test_with_the_last_key_it_works_by_the_api(driver: Driver, form: ShopForm, ws: Workspace) -> None:
    give(driver, form, "service_secret", "SP000000_invented")
    assert "serviceSecret" not in form.card._more.text()
    give(driver, form, "license_key", "SL000000_invented")
    assert form.card._title.text() == "API でやりとりします"
    assert ws.confirms_by("本店") == "api"


def test_the_way_can_be_chosen_by_hand(driver: Driver, form: ShopForm, ws: Workspace) -> None:
    shops.set_values(ws, "本店", {"confirm.by": "api"})
    form._look_again()
    driver.settle()
    assert form.card._title.text() == "API でやりとりします"
    assert "serviceSecret" in form.card._more.text()


def test_trying_the_connection_without_a_key_names_it(driver: Driver, form: ShopForm) -> None:
    driver.click(form.card.button)
    assert "JPSHIP_SECRET_SERVICE_SECRET" in form.card.answer.text()
    assert form.card.button.isEnabled()


def test_the_guides_open_one_at_a_time(driver: Driver, form: ShopForm) -> None:
    driver.click(form.card.keys_link)
    assert form.card.guide.findChildren(Label)[0].text().startswith("RMS")
    first = form.card.guide.findChildren(Label)[0].text()
    driver.click(form.card.upload_link)
    assert form.card.guide.findChildren(Label)[0].text() != first
    driver.click(form.card.upload_link)
    assert not form.card.guide.isVisible()


def test_a_carrier_nobody_mapped_is_mapped_by_typing(driver: Driver, form: ShopForm, ws: Workspace) -> None:
    line = form.codes.rows["amazon", ""]
    assert line._note.text() == "未設定"
    field = line.code.lineEdit()
    assert field is not None
    type_into(driver, field, "1000")
    told = {row.carrier: row for row in codes_of(ws, "本店")}
    assert (told["amazon"].code, told["amazon"].own) == ("1000", True)
    assert line.code.currentText() == "1000  その他"
    driver.click(line.back)
    assert {row.carrier: row.code for row in codes_of(ws, "本店")}["amazon"] == ""
    assert line._note.text() == "未設定"


def test_choosing_from_the_marketplaces_table(driver: Driver, form: ShopForm, ws: Workspace) -> None:
    line = form.codes.rows["seino", ""]
    line.code.setCurrentIndex(line.code.findData("1005"))
    line.code.activated.emit(line.code.currentIndex())
    driver.settle()
    assert {row.carrier: row.code for row in codes_of(ws, "本店") if not row.service}["seino"] == "1005"


def test_rules_for_extras_that_cannot_be_read_are_named_where_they_are_written(
    driver: Driver, form: ShopForm, ws: Workspace
) -> None:
    row = form.rows["inserts.rules"]
    assert row._wrong.isHidden()
    form._set("inserts.rules", "カード | | 11月に確認\nちらし | 3000円 | 確認済み\n見本 | |")
    driver.settle()
    assert not row._wrong.isHidden()
    assert [line[:3] for line in row._wrong.text().splitlines()] == ["2行目", "3行目"]
    assert "3000円" in row._wrong.text()
    assert [flaw.line for flaw in of_shop(ws, "本店")[1]] == [2, 3]
    form._set("inserts.rules", "カード | | 11月に確認")
    driver.settle()
    assert row._wrong.isHidden()
