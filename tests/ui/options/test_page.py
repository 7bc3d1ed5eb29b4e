"""Settings are kept at once, what is wrong says so at its row, and the scanner's test shows what arrived."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.settings.options import Scope, declared
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.options.page import OptionsPage
from jpship_gui.ui.options.shop_form import grouped
from tests.ui import synthetic
from tests.ui.driving import Driver


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A new desk."""
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: synthetic.NOW)
    yield opened
    opened.close()


@pytest.fixture
def options(window: MainWindow, driver: Driver) -> OptionsPage:
    """The page in sight."""
    window.open_page("options")
    driver.settle()
    page = window.page()
    assert isinstance(page, OptionsPage)
    return page


def type_into(driver: Driver, field: object, words: str) -> None:
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)
    field.editingFinished.emit()
    driver.settle()


def test_a_desk_setting_is_kept_at_once(driver: Driver, options: OptionsPage, ws: Workspace) -> None:
    type_into(driver, options.desk_section.rows["pack.scale"].control, "120")
    assert ws.options.get("pack.scale") == 120


def test_a_number_out_of_bounds_is_not_kept(driver: Driver, options: OptionsPage, ws: Workspace) -> None:
    field = options.desk_section.rows["pack.scale"].control
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, "5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    driver.settle()
    assert ws.options.get("pack.scale") == 100


def test_a_wrong_pickup_time_says_so_and_is_not_kept(
    driver: Driver, options: OptionsPage, ws: Workspace
) -> None:
    type_into(driver, options.desk_section.times["yamato"], "25:00")
    assert options.desk_section.pickups._wrong.isVisible()
    assert ws.options.get("desk.pickups") == {}
    type_into(driver, options.desk_section.times["yamato"], "16:00")
    assert not options.desk_section.pickups._wrong.isVisible()
    assert ws.options.get("desk.pickups") == {"yamato": "16:00"}


def test_the_person_changes_in_the_whole_window(
    window: MainWindow, driver: Driver, options: OptionsPage
) -> None:
    type_into(driver, options.desk_section.rows["desk.person"].control, "tanaka")
    assert window.desk.ws.person == "tanaka"


def test_the_language_switches_without_restart(driver: Driver, options: OptionsPage, ws: Workspace) -> None:
    from jpship_gui import texts

    control = options.desk_section.rows["language"].control
    QTest.keyClick(control, Qt.Key.Key_Right)
    driver.settle()
    assert texts.language() == "en" == ws.options.get("language")


def test_a_shop_is_added_and_its_form_opens(driver: Driver, options: OptionsPage, ws: Workspace) -> None:
    options.show_place("shops")
    driver.settle()
    section = options.shops
    assert section.adding.isVisible()
    driver.click(section.create_button)
    assert section.name_row._wrong.isVisible()
    driver.click(section.market.cards["rakuten"])
    type_into(driver, section.name, "main")
    driver.click(section.create_button)
    assert [shop.name for shop in shops.every(ws)] == ["main"]
    assert section.form is not None
    type_into(driver, section.form.rows["shop_number"].control, "345678")
    assert shops.every(ws)[0].settings["shop_number"] == "345678"


def test_a_wrong_value_of_a_shop_is_refused_at_its_row(
    driver: Driver, options: OptionsPage, ws: Workspace
) -> None:
    shops.add(ws, "rakuten", "main", {})
    options.show_place("shops")
    driver.settle()
    form = options.shops.form
    assert form is not None
    row = form.rows["sender.postal_code"]
    type_into(driver, row.control, "12")
    assert row._wrong.isVisible()
    assert "sender.postal_code" not in shops.every(ws)[0].settings


def test_a_doubtful_registration_number_is_kept_and_the_doubt_is_said(
    driver: Driver, options: OptionsPage, ws: Workspace
) -> None:
    shops.add(ws, "rakuten", "main", {})
    options.show_place("shops")
    driver.settle()
    form = options.shops.form
    assert form is not None
    driver.wait_for(lambda: "invoice.registration_no" in form.rows)
    row = form.rows["invoice.registration_no"]
    type_into(driver, row.control, "8123456789012")
    assert shops.every(ws)[0].settings["invoice.registration_no"] == "T8123456789012"
    assert not row._wrong.isHidden()
    type_into(driver, row.control, "T7123456789012")
    assert row._wrong.isHidden()
    type_into(driver, row.control, "T712")
    assert not row._wrong.isHidden()
    assert shops.every(ws)[0].settings["invoice.registration_no"] == "T7123456789012"


def test_a_secret_goes_to_the_session_where_there_is_no_key_store(
    driver: Driver, options: OptionsPage, ws: Workspace
) -> None:
    shops.add(ws, "rakuten", "main", {})
    options.show_place("shops")
    driver.settle()
    form = options.shops.form
    assert form is not None
    field = form.rows["license_key"].control
    type_into(driver, field, "SL000000_invented")
    assert isinstance(field, QLineEdit)
    assert field.text() == ""
    assert ws.secrets.get("main", "license_key") == "SL000000_invented"
    assert "license_key" not in shops.every(ws)[0].settings


def test_every_shop_setting_has_a_row(ws: Workspace) -> None:
    groups = grouped(shops.options_of(ws, "rakuten"))
    shown = {option.key for found in groups.values() for option in found}
    wanted = {key for key, option in declared().items() if option.scope is Scope.SHOP}
    wanted -= {"shipby.transit", "carrier.codes"}  # tables with places of their own
    wanted -= {"jppost.codes", "jppost.filters"}  # the command line
    assert wanted | set(shops.options_of(ws, "rakuten")) == shown


def test_the_scanner_test_shows_what_arrived(driver: Driver, options: OptionsPage) -> None:
    options.show_place("scanner")
    driver.settle()
    test = options.scanner.test
    driver.click(test.button)
    for number, letter in enumerate("ABC123\r"):
        key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter))
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
        event.setTimestamp(1000 + 5 * number)
        QApplication.sendEvent(test, event)
    driver.settle()
    assert test.code() == "ABC123"
    assert test._quick


def test_leaving_the_page_gives_the_keys_back(
    window: MainWindow, driver: Driver, options: OptionsPage
) -> None:
    options.show_place("scanner")
    driver.click(options.scanner.test.button)
    window.open_page("all")
    driver.settle()
    assert not options.scanner.test._listening
    assert options.scanner.test._scanner.owner() is None
