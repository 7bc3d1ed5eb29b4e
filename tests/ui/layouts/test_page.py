"""The layout editor worked with clicks and keys: what changes in the form changes on the page beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from jpship_gui.flows.paper import layouts
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shops
from jpship_gui.ui.layouts.page import LayoutsPage
from jpship_gui.ui.main_window import MainWindow
from tests.builders import an_order
from tests.documents.reading import page_texts
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable
from tests.ui import synthetic
from tests.ui.driving import Driver


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = replace(open_desk(tmp_path, slip__greeting="本店の挨拶"), clock=lambda: synthetic.NOW)
    shops.add(desk.store, "支店", "rakuten", {}, synthetic.NOW)
    printable(desk, an_order())
    yield desk
    desk.close()


@pytest.fixture
def page(window: MainWindow, driver: Driver) -> LayoutsPage:
    window.open_page("paper")
    driver.settle()
    window.open_page("layouts", "slip")
    driver.settle()
    found = window.page()
    assert isinstance(found, LayoutsPage)
    return found


def shown(page: LayoutsPage) -> str:
    """Text of the page beside the form."""
    return "".join(page_texts(page.pane.shown())).replace("\n", "")


def copied(page: LayoutsPage, driver: Driver) -> None:
    driver.click(page.begin_button)


def test_a_layout_of_the_build_is_seen_with_the_shops_order_and_cannot_be_changed(
    page: LayoutsPage, driver: Driver
) -> None:
    assert list(page.list.lines) == ["standard", "half", "compact"]
    assert "山田 花子" in shown(page)
    assert "本店の挨拶" in shown(page)
    assert not page.form.fields["sku"].isEnabled()
    assert not page.save_button.isVisible()
    driver.click(page.list.lines["compact"])
    assert page.pane.page_label.text().endswith("A5")


def test_what_is_changed_is_drawn_and_then_kept(page: LayoutsPage, driver: Driver, ws: Workspace) -> None:
    copied(page, driver)
    assert "注文日" in shown(page)
    driver.click(page.form.fields["ordered_on"])
    assert "注文日" not in shown(page)
    title = page.form.texts["title"]
    assert isinstance(title, QLineEdit)
    title.setFocus()
    driver.type_words(title, "お買上げ明細")
    assert "お買上げ明細" in shown(page)
    assert page.list.lines["own-1"]._unsaved
    assert layouts.show(ws, "slip", "own-1").texts == {}
    driver.click(page.save_button)
    kept = layouts.show(ws, "slip", "own-1")
    assert (kept.version, kept.texts, kept.fields) == (2, {"title": "お買上げ明細"}, {"ordered_on": False})
    assert not page.save_button.isEnabled()


def test_after_saving_the_keyboard_stays_on_the_page(page: LayoutsPage, driver: Driver) -> None:
    copied(page, driver)
    name = page.form.name
    assert name is not None
    name.setFocus()
    driver.type_words(name, "x")
    driver.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, on=name)
    assert not page.save_button.isEnabled()
    focus = page.window().focusWidget()
    assert focus is not None
    assert focus is page or page.isAncestorOf(focus)  # not the rail, where Enter opens another page


def test_form_and_size_are_chosen_from_lists(page: LayoutsPage, driver: Driver, ws: Workspace) -> None:
    copied(page, driver)
    page.form.form.setCurrentIndex(page.form.form.findData("half"))
    driver.settle()
    assert "返品票" in shown(page)
    sizes = page.form.sizes["goods"]
    assert [sizes.itemText(n) for n in (0, sizes.count() - 1)] == ["8 pt", "12 pt"]
    sizes.setCurrentIndex(0)
    driver.click(page.save_button)
    kept = layouts.show(ws, "slip", "own-1")
    assert (kept.form, kept.sizes) == ("half", {"goods": 8.0})


def test_a_shop_takes_a_layout_with_one_tick_and_the_bar_takes_it_back(
    window: MainWindow, page: LayoutsPage, driver: Driver, ws: Workspace
) -> None:
    copied(page, driver)
    driver.click(page.form.shops["本店"])
    assert layouts.assigned(ws, "slip", "本店") == "own-1"
    assert layouts.assigned(ws, "slip", "支店") == "standard"
    assert not page.form.shops["本店"].isEnabled()
    assert not page.remove_button.isEnabled()
    driver.click(page.list.lines["standard"])
    driver.click(page.form.shops["本店"])
    assert layouts.assigned(ws, "slip", "本店") == "standard"


def test_what_is_not_saved_waits_while_another_is_looked_at(page: LayoutsPage, driver: Driver) -> None:
    copied(page, driver)
    driver.click(page.form.fields["sku"])
    driver.click(page.list.lines["compact"])
    driver.click(page.list.lines["own-1"])
    assert not page.form.fields["sku"].isChecked()
    assert page.save_button.isEnabled()


def test_versions_files_and_logo(page: LayoutsPage, driver: Driver, ws: Workspace, tmp_path: Path) -> None:
    copied(page, driver)
    Image.new("RGB", (300, 100), (0, 90, 40)).save(tmp_path / "logo.png")
    page.take_files([tmp_path / "logo.png"])
    driver.settle()
    driver.click(page.save_button)
    logo = layouts.show(ws, "slip", "own-1").logo
    assert logo is not None
    driver.click(page.form.logo_remove)
    driver.click(page.save_button)
    assert layouts.show(ws, "slip", "own-1").logo is None
    page.take_back(2)
    driver.settle()
    assert layouts.show(ws, "slip", "own-1").logo == logo
    page.export(tmp_path / "own.toml")
    driver.settle()
    page.take_files([tmp_path / "own.toml"])
    driver.settle()
    assert page.list.lines["own-2"].isChecked()
    assert layouts.show(ws, "slip", "own-2").logo == logo
    driver.click(page.remove_button)
    assert "own-2" not in page.list.lines


def test_samples_show_a_present_and_a_long_order(page: LayoutsPage, driver: Driver) -> None:
    page.pane.samples.setFocus()
    driver.key(Qt.Key.Key_Right, on=page.pane.samples)
    assert "お届け明細" in shown(page)
    driver.key(Qt.Key.Key_Right, on=page.pane.samples)
    assert "1 / 1 " not in page.pane.page_label.text()
    driver.key(Qt.Key.Key_PageDown, on=page.pane)
    assert page.pane.page_label.text().startswith("2 / ")


def test_receipts_and_invoices_have_layouts_too(page: LayoutsPage, driver: Driver) -> None:
    driver.click(page.kinds["receipt"])
    assert "領収書" in shown(page)
    driver.click(page.kinds["invoice"])
    assert "適格請求書" in shown(page)


def test_a_name_that_is_taken_is_refused_and_the_edit_stays(
    page: LayoutsPage, driver: Driver, ws: Workspace
) -> None:
    copied(page, driver)
    driver.click(page.copy_button)
    assert page.form.name is not None
    page.form.name.setText("標準（A4） 2")
    page.form.name.textEdited.emit("標準（A4） 2")
    driver.settle()
    driver.click(page.save_button)
    assert page.save_button.isEnabled()
    assert layouts.show(ws, "slip", "own-2").name != "標準（A4） 2"


def test_the_print_page_leads_here_and_esc_back(
    window: MainWindow, driver: Driver, page: LayoutsPage
) -> None:
    driver.key(Qt.Key.Key_Escape, on=page)
    assert not isinstance(window.page(), LayoutsPage)
    driver.click(window.page().layouts_button)  # type: ignore[union-attr]
    assert isinstance(window.page(), LayoutsPage)


def test_a_vector_logo_is_drawn_as_dots(
    page: LayoutsPage, driver: Driver, ws: Workspace, tmp_path: Path
) -> None:
    copied(page, driver)
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 30'><rect x='15' width='60' height='30'/></svg>"
    (tmp_path / "logo.svg").write_text(svg, encoding="utf-8")
    page.take_files([tmp_path / "logo.svg"])
    driver.settle()
    driver.click(page.save_button)
    logo = layouts.show(ws, "slip", "own-1").logo
    assert logo is not None
    assert (logo.width, logo.height) == (800, 400)
