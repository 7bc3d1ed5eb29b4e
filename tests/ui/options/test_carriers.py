"""Carriers the seller describes, in the window: made, tried, kept, changed, removed and brought back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from jpship_gui import texts
from jpship_gui.flows.upkeep import own_carriers, shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.ui import names
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.options.carrier_rows import CodeRow, NumberRow, ServiceRow
from jpship_gui.ui.options.carriers_section import CarriersSection
from jpship_gui.ui.options.page import OptionsPage
from jpship_gui.ui.theme import palette
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.inputs import Choice
from tests.flows.test_own_carriers import ECOHAI, GOOD
from tests.ui import synthetic
from tests.ui.driving import Driver


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A new desk with a shop at Rakuten."""
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: synthetic.NOW)
    shops.add(opened, "rakuten", "楽天 本店", {})
    yield opened
    opened.close()


@pytest.fixture
def section(window: MainWindow, driver: Driver) -> CarriersSection:
    """The place in sight."""
    window.open_page("options", "carriers")
    driver.settle()
    page = window.page()
    assert isinstance(page, OptionsPage)
    return page.carriers


def fill(driver: Driver, field: QLineEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)
    driver.settle()


def test_a_new_one_is_described_tried_and_kept(
    driver: Driver, section: CarriersSection, ws: Workspace
) -> None:
    assert section.none.isVisible()
    driver.click(section.new_button)
    form = section.form
    fill(driver, form.name, "Kotori")
    fill(driver, form.url, "https://example.test/{number}")
    (number,) = form.numbers.rows
    assert isinstance(number, NumberRow)
    fill(driver, number.looks, "####-####-##")
    number.check.setCurrentIndex(number.check.findData("mod7_integer"))
    number.on_bad.setCurrentIndex(number.on_bad.findData("reject"))
    fill(driver, form.number, GOOD)
    QTest.qWait(200)
    driver.settle()
    assert form.verdict.text().startswith("1234-5678-91　使えます")
    fill(driver, form.number, "1234567892")
    QTest.qWait(200)
    driver.settle()
    assert "止めます" in form.verdict.text()
    driver.click(form.services.add_button)
    service = form.services.rows[0]
    assert isinstance(service, ServiceRow)
    fill(driver, service.name, "Post")
    driver.click(service.untracked)
    driver.click(form.codes.add_button)
    code = form.codes.rows[0]
    assert isinstance(code, CodeRow)
    assert code.market.currentData() == "rakuten"
    assert [code.service.itemText(n) for n in range(code.service.count())] == ["すべてのサービス", "Post"]
    fill(driver, code.code, "1000")
    driver.click(form.save_button)
    (kept,) = own_carriers.every(ws)
    assert kept.carrier is not None
    assert (kept.id, kept.name, kept.unmapped) == ("kotori", "Kotori", ())
    assert kept.carrier.services[0].tracked is False
    assert kept.carrier.codes[0].code == "1000"
    assert section.list.isVisible()
    assert list(section.lines) == ["kotori"]
    assert names.carrier_name("kotori") == "Kotori"
    assert names.gives_no_number("kotori", "service_1")


def test_a_missing_name_is_where_the_keyboard_goes(driver: Driver, section: CarriersSection) -> None:
    driver.click(section.new_button)
    fill(driver, section.form.url, "https://example.test/{number}")
    driver.click(section.form.save_button)
    assert section.form.banner.isVisible()
    name = section.form.name
    assert section.window().focusWidget() is name
    driver.type_words(name, "K")
    assert not section.form.banner.isVisible()  # what it said is being mended


def test_what_is_wrong_is_said_and_nothing_is_lost(
    driver: Driver, section: CarriersSection, ws: Workspace
) -> None:
    driver.click(section.new_button)
    fill(driver, section.form.name, "Kotori")
    fill(driver, section.form.url, "example.test")
    driver.click(section.form.save_button)
    assert section.form.banner.isVisible()
    assert section.form.name.text() == "Kotori"
    assert own_carriers.every(ws) == []


def test_one_is_changed_removed_and_brought_back(
    driver: Driver, section: CarriersSection, ws: Workspace, window: MainWindow
) -> None:
    own_carriers.save(ws, ECOHAI, new=True)
    section.refresh()
    driver.settle()
    driver.click(section.lines["kotori"].open_button)
    assert section.form.value() == ECOHAI
    fill(driver, section.form.name, "Kotori 2")
    driver.click(section.form.save_button)
    assert own_carriers.show(ws, "kotori").version == 2
    driver.click(section.lines["kotori"].remove_button)
    assert own_carriers.every(ws) == []
    window.desk.actions.run("undo")
    driver.settle()
    assert own_carriers.show(ws, "kotori").name == "Kotori 2"


def test_files_out_and_in(driver: Driver, section: CarriersSection, ws: Workspace, tmp_path: Path) -> None:
    own_carriers.save(ws, ECOHAI, new=True)
    section.export_to("kotori", tmp_path / "kotori.toml")
    driver.settle()
    own_carriers.remove(ws, "kotori")
    section.import_file(tmp_path / "kotori.toml")
    driver.settle()
    assert own_carriers.show(ws, "kotori") == ECOHAI


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_everything_has_room_in_every_language(
    driver: Driver,
    section: CarriersSection,
    ws: Workspace,
    window: MainWindow,
    language: str,
    theme: str,
    size: tuple[int, int],
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    own_carriers.save(ws, ECOHAI, new=True)
    own_carriers.save(ws, replace(ECOHAI, id="second", name="とても長い名前の運送会社", codes=()), new=True)
    before = texts.language()
    try:
        texts.set_language(language)
        palette.apply(app, theme)
        QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
        window.resize(*size)
        section.refresh()
        driver.settle()
        _picture(window, f"carriers-list-{language}-{theme}-{size[0]}")
        driver.click(section.lines["kotori"].open_button)
        fill(driver, section.form.number, GOOD)
        QTest.qWait(200)
        driver.settle()
        _picture(window, f"carriers-form-{language}-{theme}-{size[0]}")
        for rows in (section.form.numbers, section.form.services, section.form.codes):
            for row in rows.rows:
                assert row.minimumSizeHint().width() <= row.width(), type(row).__name__
    finally:
        texts.set_language(before)
        palette.apply(app, "light")
        QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))


def _picture(window: MainWindow, name: str) -> None:
    folder = os.environ.get("JPSHIP_TEST_PICTURES")
    if folder:
        window.grab().save(str(Path(folder) / f"{name}.png"))


def test_a_shop_s_tools_and_marks_are_chosen_not_typed(
    driver: Driver, window: MainWindow, ws: Workspace
) -> None:
    window.open_page("options", "shops")
    driver.settle()
    page = window.page()
    assert isinstance(page, OptionsPage)
    form = page.shops.form
    assert form is not None
    for _ in range(20):
        driver.settle()
    choices = form.rows["carrier.tools"].control.findChildren(Choice)
    by_name = {choice.accessibleName(): choice for choice in choices}
    assert {"佐川", "郵便"} <= by_name.keys()
    by_name["佐川"].setCurrentIndex(by_name["佐川"].findData("ehiden2"))
    driver.settle()
    assert ws.shop_options("楽天 本店").get("carrier.tools") == {"sagawa": "ehiden2"}
    by_name["佐川"].setCurrentIndex(0)
    driver.settle()
    assert ws.shop_options("楽天 本店").get("carrier.tools") == {}
    fragile, *_ = form.rows["carrier.marks"].control.findChildren(CheckBox)
    page.stack.currentWidget().ensureWidgetVisible(fragile)
    driver.click(fragile)
    assert ws.shop_options("楽天 本店").get("carrier.marks") == ("fragile",)
    _picture(window, "carriers-shop")
