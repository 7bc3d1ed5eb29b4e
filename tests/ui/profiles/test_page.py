"""The list of profiles and the editor around its forms: nothing typed is lost, nothing broken is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from jpship_gui import texts
from jpship_gui.flows.upkeep import profiles, shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.marketplaces.profile_data import of_text
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.options.page import OptionsPage
from jpship_gui.ui.profiles.page import ProfilesPage
from jpship_gui.ui.profiles.steps_dialog import StepsDialog
from tests.marketplaces.profiles import HEADER, OUT, a_profile, a_row, csv_of
from tests.ui import synthetic
from tests.ui.driving import Driver
from tests.ui.profiles.unseen import a_file


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A new desk."""
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: synthetic.NOW)
    yield opened
    opened.close()
    names.learn_marketplaces({})


@pytest.fixture
def page(window: MainWindow, driver: Driver) -> ProfilesPage:
    """The list."""
    window.open_page("profiles")
    driver.settle()
    found = window.page()
    assert isinstance(found, ProfilesPage)
    return found


def begin(page: ProfilesPage, driver: Driver, path: Path) -> None:
    page.begin(path)
    driver.settle()
    assert page.stack.currentWidget() is page.editor


def open_own(page: ProfilesPage, driver: Driver, ws: Workspace) -> None:
    """An own profile in the editor."""
    profiles.save(ws, a_profile(direction="both", out=dict(OUT)), new=True)
    page.show_list()
    driver.settle()
    driver.click(page.list.lines["jisha"].buttons["open"])
    assert page.stack.currentWidget() is page.editor


def shown_fault(window: MainWindow) -> str:
    return window.banner._words.text() if window.banner.isVisible() else ""


# -- the list -----------------------------------------------------------------------------------------------------------


def test_ready_ones_are_listed_with_their_grade_and_opened_as_copies(
    page: ProfilesPage, driver: Driver, ws: Workspace
) -> None:
    assert list(page.list.lines) == [
        "aupay",
        "futureshop",
        "makeshop",
        "mercari",
        "shopify",
        "stores",
        "thebase",
    ]
    driver.click(page.list.lines["shopify"].buttons["open"])
    draft = page.editor.draft
    assert (draft.profile.id, draft.profile.base, draft.kept) == ("shopify_2", "shopify", None)
    assert page.editor.grade.isVisible()
    driver.key(Qt.Key.Key_Escape)
    assert profiles.own_titles(ws) == {}


def test_one_a_shop_works_by_is_not_removed_and_another_comes_back(
    page: ProfilesPage, driver: Driver, ws: Workspace, window: MainWindow
) -> None:
    kept = profiles.save(ws, a_profile(), new=True)
    shops.add(ws, kept.id, "自社", {})
    profiles.save(ws, a_profile(id="other", title="別店"), new=True)
    page.show_list()
    driver.settle()
    driver.click(page.list.lines["jisha"].buttons["remove"])
    assert "自社" in shown_fault(window)
    driver.click(page.list.lines["other"].buttons["remove"])
    assert set(profiles.own_titles(ws)) == {"jisha"}
    window.undo_bar.undo()
    driver.settle()
    assert profiles.own_titles(ws) == {"jisha": "自社サイト", "other": "別店"}
    assert set(page.list.lines) >= {"jisha", "other"}


def test_one_is_exported_and_imported_beside_the_one_that_is_there(
    page: ProfilesPage, driver: Driver, ws: Workspace, tmp_path: Path, window: MainWindow
) -> None:
    kept = profiles.save(ws, a_profile(), new=True)
    file = tmp_path / "shop.toml"
    page.export_to(kept.id, file)
    driver.settle()
    assert of_text(file.read_text(encoding="utf-8")) == kept
    page.import_profile(file)
    driver.settle()
    assert profiles.own_titles(ws) == {"jisha": "自社サイト", "jisha_2": "自社サイト"}
    file.write_text("title = 1", encoding="utf-8")
    page.import_profile(file)
    driver.settle()
    assert shown_fault(window)
    assert len(profiles.own_titles(ws)) == 2


def test_it_is_reached_from_the_shops_settings(window: MainWindow, driver: Driver) -> None:
    window.open_page("options", "shops")
    driver.settle()
    options = window.page()
    assert isinstance(options, OptionsPage)
    driver.click(options.shops.other_button)
    assert isinstance(window.page(), ProfilesPage)


# -- keeping what is typed ------------------------------------------------------------------------------------------------


def test_what_is_left_without_saving_waits_in_the_list(
    page: ProfilesPage, driver: Driver, tmp_path: Path, window: MainWindow
) -> None:
    begin(page, driver, a_file(tmp_path))
    driver.type_words(page.editor.title, "市")
    driver.click(page.editor.back_button)
    assert page.list.banner.isVisible()
    begin(page, driver, a_file(tmp_path, "other.csv"))  # another one in between
    assert page.editor.draft.profile.id != "shop"
    driver.key(Qt.Key.Key_Escape)
    page.list.resume_asked.emit()  # the newest first
    driver.settle()
    driver.click(page.editor.back_button)
    assert [draft.profile.id for draft, _, _ in page._parked] == ["shop", "shop_2"]
    page._parked.pop()
    page.list.resume_asked.emit()
    driver.settle()
    assert (page.editor.title.text(), page.editor.draft.profile.title) == ("市", "市")
    assert page.editor.sample is not None
    window.open_page("all")
    window.open_page("profiles")  # and nothing is lost by looking at another page
    driver.settle()
    assert page.stack.currentWidget() is page.editor
    assert page.editor.draft.profile.title == "市"


def test_another_desk_that_was_quicker_is_told_and_the_draft_stays(
    page: ProfilesPage, driver: Driver, ws: Workspace, window: MainWindow
) -> None:
    open_own(page, driver, ws)
    profiles.save(ws, replace(profiles.show(ws, "jisha"), title="あちら"))
    driver.type_words(page.editor.title, "2")
    page.editor.save()
    driver.settle()
    assert shown_fault(window)
    assert profiles.own_titles(ws) == {"jisha": "あちら"}
    assert page.editor.draft.changed


def test_a_saved_change_is_the_next_version_and_names_the_chip(
    page: ProfilesPage, driver: Driver, ws: Workspace
) -> None:
    open_own(page, driver, ws)
    assert not page.editor.save_button.isEnabled()
    page.editor.title.setText("")
    driver.type_words(page.editor.title, "とても長い名前のお店です")
    driver.click(page.editor.save_button)
    assert profiles.show(ws, "jisha").version == 2
    assert not page.editor.draft.changed
    assert names.marketplace_name("jisha") == "とても長い名前の…"
    assert page.editor.shop_bar.isVisible()  # no shop works by it yet


def test_a_flaw_is_told_with_its_place_and_nothing_is_written(
    page: ProfilesPage, driver: Driver, ws: Workspace, window: MainWindow
) -> None:
    open_own(page, driver, ws)
    editor = page.editor
    driver.click(editor.tabs._tabs[3])
    driver.click(editor.out.columns.lines[1].drop_button)
    assert [line.field.currentData() for line in editor.out.columns.lines] == [
        *("number", "carrier_code", "ship_date")
    ]
    driver.click(editor.save_button)
    assert shown_fault(window) == text(
        "fault.profile_flaw_out_lacks",
        found=text("profile.out.tracking_no"),
        place=text("profiles.tab.out"),
    )
    assert profiles.show(ws, "jisha").version == 1


# -- the sample -----------------------------------------------------------------------------------------------------------


def test_a_file_is_opened_another_way_and_guessed_anew(
    page: ProfilesPage, driver: Driver, tmp_path: Path
) -> None:
    path = tmp_path / "lines.csv"
    path.write_bytes("出力日,2026\r\n".encode() + csv_of([a_row()]))
    begin(page, driver, path)
    editor = page.editor
    assert editor.draft.profile.file.header_row == 2  # found by its names
    editor._choose_tab("file")
    for number, columns in (("1", 2), ("2", 9)):
        field = editor.file.header_row
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, number)
        QTest.keyClick(field, Qt.Key.Key_Tab)
        driver.settle()
        assert len(editor.columns.names()) == columns
    assert editor.draft.sources("recipient.name")[0].columns == ("お名前",)
    assert editor.draft.unsure


def test_a_file_that_cannot_be_read_says_so_and_another_may_be_chosen(
    page: ProfilesPage, driver: Driver, tmp_path: Path
) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    begin(page, driver, path)
    assert page.editor.preview.banner.isVisible()
    assert page.take_files([a_file(tmp_path)])
    driver.settle()
    assert page.editor.sample is not None
    assert page.editor.sample.name == "orders.csv"
    assert page.editor.draft.unsure >= {"number", "recipient.name"}


def test_a_saved_one_is_tried_on_a_file_without_being_changed(
    page: ProfilesPage, driver: Driver, ws: Workspace, tmp_path: Path
) -> None:
    open_own(page, driver, ws)
    assert page.editor.preview.stack.currentWidget() is page.editor.preview.empty
    path = tmp_path / "today.csv"
    path.write_bytes(csv_of([a_row("A-1"), a_row("A-2", 個数="多い"), a_row("A-3", **{"〒": "600001"})]))
    page.take_files([path])
    driver.settle()
    preview = page.editor.preview
    assert [row[0].words for row in preview.orders._rows] == ["A-1", "A-3"]
    assert preview.refused.isVisible()
    assert [row[3].words for row in preview.mended._rows] == ["→"]
    assert text("profiles.count.refused", count=1) in preview.counts.words()
    assert not page.editor.draft.changed


def test_a_column_is_joined_and_taken_off_by_the_chips_menu(
    page: ProfilesPage, driver: Driver, tmp_path: Path
) -> None:
    begin(page, driver, a_file(tmp_path))
    editor = page.editor
    row = editor.targets.rows["line.name"]
    driver.click(row.chips[0])
    driver.choose(text("profiles.menu.join"), "いろ")
    assert editor.draft.sources("line.name")[0].columns == ("商品名", "いろ")
    assert editor.preview.orders._rows[0][3].words.startswith("マグカップ 青")
    driver.click(row.chips[1])
    driver.choose(text("profiles.menu.drop"))
    assert editor.draft.sources("line.name")[0].columns == ("商品名",)


def test_steps_are_made_with_the_samples_values_before_and_after(
    page: ProfilesPage, driver: Driver, tmp_path: Path
) -> None:
    begin(page, driver, a_file(tmp_path))
    editor = page.editor
    driver.click(editor.targets.rows["line.sku"].chips[-1])
    dialog = editor.findChild(StepsDialog)
    assert dialog is not None
    assert [row[0].words for row in dialog.table._rows] == ["mug-blue", "dish-white", "mug-red"]
    dialog.add("split")
    dialog.lines[-1].fields[0].setFocus()
    driver.type_words(dialog.lines[-1].fields[0], "-")
    assert [row[2].words for row in dialog.table._rows] == ["mug", "dish", "mug"]
    driver.click(dialog.take_button)
    assert editor.preview._made is not None
    assert editor.preview._made.trial is not None
    assert [line.sku for line in editor.preview._made.trial.orders[0].lines] == ["mug", "dish"]


# -- the window's own order -------------------------------------------------------------------------------------------------


class _Windows(QObject):
    """Names of widgets that were shown as windows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_part_of_it_ever_flashes_as_a_window_of_its_own(
    page: ProfilesPage, driver: Driver, tmp_path: Path, qapp: QApplication
) -> None:
    watch = _Windows()
    qapp.installEventFilter(watch)
    try:
        begin(page, driver, a_file(tmp_path))
        editor = page.editor
        for tab in ("file", "codes", "out"):
            editor._choose_tab(tab)
        for mode in ("new", "fill", "none"):
            editor.out._set_mode(mode)
            driver.settle()
        page.show_list()
        driver.settle()
    finally:
        qapp.removeEventFilter(watch)
    assert watch.seen == []


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_it_changes_its_language_with_the_window(
    page: ProfilesPage, driver: Driver, tmp_path: Path, window: MainWindow, language: str
) -> None:
    begin(page, driver, a_file(tmp_path))
    editor = page.editor
    editor._choose_tab("out")
    editor.out._set_mode("new")
    driver.settle()
    try:
        texts.set_language(language)
        QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
        driver.settle()
        assert editor.save_button.text() == text("profiles.save")
        assert editor.out.columns.lines[1].field.currentText() == text("profile.out.tracking_no")
        assert editor.title.placeholderText() == text("profiles.title")
        assert editor.targets.rows["number"]._name.text() == text("profile.target.number")
        assert editor.file.mode.currentText() == text("profile.choice.rows.mode.per_item")
    finally:
        texts.set_language("ja")


def test_tab_goes_through_the_form_as_it_is_read_also_after_edits(
    page: ProfilesPage, driver: Driver, tmp_path: Path, window: MainWindow
) -> None:
    begin(page, driver, a_file(tmp_path))
    editor = page.editor
    driver.click(editor.targets.rows["recipient.name"].confirm_button)
    driver.click(editor.targets.rows["recipient.name"].chips[0])
    driver.choose(text("profiles.menu.join"), "いろ")  # its chips are made anew
    driver.activate()
    editor.columns.setFocus()
    rows = editor.targets.rows
    first, second, third = rows["number"], rows["recipient.name"], rows["recipient.postal"]
    way = [
        *(*first.chips, first.confirm_button),
        *second.chips,
        *(*third.chips, third.confirm_button),
    ]
    assert len(second.chips) == 3
    for stop in way:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert window.focusWidget() is stop
    for stop in [*reversed(way[:-1]), editor.columns]:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
        assert window.focusWidget() is stop
    editor.targets.more_button.setFocus()
    QTest.keyClick(editor.targets.more_button, Qt.Key.Key_Tab)
    assert window.focusWidget() is editor.confirm_button  # forms out of sight are passed over


def test_a_suggestion_is_looked_at_and_confirmed_by_keys_alone(
    page: ProfilesPage, driver: Driver, tmp_path: Path
) -> None:
    begin(page, driver, a_file(tmp_path))
    row = page.editor.targets.rows["line.sku"]
    row.chips[0].setFocus()
    QTest.keyClick(row.chips[0], Qt.Key.Key_Space)
    driver.wait_for(lambda: QApplication.activePopupWidget() is not None)
    driver.choose(text("profiles.menu.confirm"))
    assert "line.sku" not in page.editor.draft.unsure
    row = page.editor.targets.rows["line.name"]
    QTest.keyClick(row.confirm_button, Qt.Key.Key_Space)
    driver.settle()
    assert "line.name" not in page.editor.draft.unsure


# -- other kinds of files ---------------------------------------------------------------------------------------------------


def test_a_sheet_of_a_workbook_is_chosen(page: ProfilesPage, driver: Driver, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.title = "説明"
    book.active.append(("この表について", ""))
    sheet = book.create_sheet("受注")
    for cells in (HEADER, *(tuple(a_row(number)[name] for name in HEADER) for number in ("A-1", "A-2"))):
        sheet.append(cells)
    path = tmp_path / "orders.xlsx"
    book.save(path)
    begin(page, driver, path)
    editor = page.editor
    driver.click(editor.tabs._tabs[1])
    assert not editor.file.delimiter.isVisible()
    editor.file.sheet.setFocus()
    while editor.file.sheet.currentData() != "受注":
        QTest.keyClick(editor.file.sheet, Qt.Key.Key_Down)
    driver.settle()
    assert editor.draft.profile.file.sheet == "受注"
    assert [row[0].words for row in editor.preview.orders._rows] == ["A-1", "A-2"]
    assert editor.preview.orders._rows[0][2].words == "〒113-0022"


def test_orders_and_goods_in_two_files_are_joined(
    page: ProfilesPage, driver: Driver, ws: Workspace, tmp_path: Path, window: MainWindow
) -> None:
    heads, goods = tmp_path / "heads.csv", tmp_path / "goods.csv"
    heads.write_bytes(csv_of([a_row("A-1"), a_row("A-2")], ("受注No", "お名前", "〒", "住所", "TEL")))
    goods.write_bytes(
        csv_of([a_row("A-1"), a_row("A-1", 品名="皿"), a_row("A-2")], ("受注No", "品名", "品番", "個数"))
    )
    begin(page, driver, heads)
    editor = page.editor
    driver.click(editor.tabs._tabs[1])
    editor.file.mode.setFocus()
    while editor.file.mode.currentData() != "joined":
        QTest.keyClick(editor.file.mode, Qt.Key.Key_Down)
    driver.settle()
    assert editor.preview.banner.isVisible()  # the second file is still to be chosen
    editor.take_second(goods)
    driver.settle()
    assert [row[3].sub for row in editor.preview.orders._rows] == [text("table.more_lines", count=1), ""]
    driver.type_words(editor.title, "二つ")
    driver.click(editor.confirm_button)
    driver.click(editor.save_button)
    driver.click(editor.shop_bar.add_button)
    window.open_page("intake", [heads, goods])
    driver.settle()
    driver.key(Qt.Key.Key_Return)
    assert ws.store.rows("SELECT number FROM orders ORDER BY number") == [("A-1",), ("A-2",)]


def test_a_download_is_filled_in_by_a_column_chosen_of_it(
    page: ProfilesPage, driver: Driver, tmp_path: Path
) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(csv_of([a_row("A-1")]))
    begin(page, driver, path)
    editor = page.editor
    driver.click(editor.tabs._tabs[3])
    assert editor.out.mode.value() == "fill"  # 伝票番号 gives it away
    driver.click(editor.out.columns.add_button)
    driver.choose("品番")
    out = editor.draft.profile.out
    assert out is not None
    assert [(column.header, column.field) for column in out.columns] == [
        *(("伝票番号", "tracking_no"), ("品番", "carrier_code"))
    ]
    assert editor.preview.file is not None
    assert [cell.words for cell in editor.preview.file._rows[1]] == ["A-1", "-", "400000000003"]
    assert editor.preview.counts.words() == text("profiles.preview.others", count=6)


def test_an_id_another_desk_took_meanwhile_is_no_hindrance(
    page: ProfilesPage, driver: Driver, ws: Workspace, tmp_path: Path
) -> None:
    begin(page, driver, a_file(tmp_path))
    profiles.save(ws, a_profile(id="shop", title="あちら"), new=True)
    editor = page.editor
    driver.type_words(editor.title, "こちら")
    driver.click(editor.confirm_button)
    driver.click(editor.save_button)
    assert profiles.own_titles(ws) == {"shop": "あちら", "shop_2": "こちら"}
    assert (editor.draft.profile.id, editor.draft.changed) == ("shop_2", False)


def test_it_is_opened_again_and_again(page: ProfilesPage, driver: Driver, tmp_path: Path) -> None:
    """Its forms are made anew each time; a wrapper that outlives what it wraps would end the program."""
    path = a_file(tmp_path)
    for _ in range(12):
        begin(page, driver, path)
        for tab in ("file", "codes", "out"):
            page.editor._choose_tab(tab)
            page.editor.out._set_mode("none" if page.editor.draft.profile.out else "new")
            driver.settle()
        page.copy_profile("shopify")
        driver.settle()
        page.show_list()
        driver.settle()
    assert len(page._parked) == 24
