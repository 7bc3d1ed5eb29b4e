"""A watched folder seen from the window: a figure, a notice, a preview on demand, and never an order by itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from jpship_gui.flows.table.list_rows import Query, ids
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.rakuten.samples import rakuten_rows, write_csv
from jpship_gui.texts import text
from jpship_gui.ui.intake.page import IntakePage
from jpship_gui.ui.intake.watching import Watcher, watcher_of
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.options.page import OptionsPage
from tests.ui import synthetic
from tests.ui.driving import Driver

DAY = date(2026, 11, 21)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "downloads"
    made.mkdir()
    return made


@pytest.fixture
def ws(tmp_path: Path, folder: Path) -> Iterator[Workspace]:
    opened = replace(
        open_workspace(str(tmp_path / "home"), person="佐藤", desk="1"), clock=lambda: synthetic.NOW
    )
    shops.add(opened, "rakuten", "楽天 本店", {"shop_number": "900001"})
    opened.options.set("import.watch_folder", str(folder))
    opened.options.set("import.watch", True)
    yield opened
    opened.close()


@pytest.fixture
def watcher(window: MainWindow, driver: Driver) -> Watcher:
    """Begun as the program begins it, the folder still empty."""
    window.watch_folder()
    driver.settle()
    return watcher_of(window.desk)


def orders(folder: Path, name: str = "orders.csv", count: int = 5) -> Path:
    return write_csv(folder / name, list(rakuten_rows(count, shop="900001", day=DAY)))


def numbers(folder: Path) -> Path:
    path = folder / "hakko.csv"
    path.write_bytes(
        "お客様管理番号,送り状種類,伝票番号,出荷予定日\r\nABC,0,400123456003,2026/11/21\r\n".encode("cp932")
    )
    return path


def look(driver: Driver, watcher: Watcher) -> None:
    """Two looks, as the poll makes them."""
    for _ in range(2):
        watcher.look()
        driver.settle()


def page_of(window: MainWindow, driver: Driver) -> IntakePage:
    window.open_page("intake")
    driver.settle()
    page = window.page()
    assert isinstance(page, IntakePage)
    return page


def stored(ws: Workspace) -> int:
    return len(ids(ws, Query()))


def test_a_file_that_appears_is_noticed_by_itself(
    window: MainWindow, driver: Driver, watcher: Watcher, ws: Workspace, folder: Path
) -> None:
    orders(folder)
    driver.wait_for(lambda: watcher.offers.takes == 5)  # the system's own word, nobody asked
    assert window.rail.item("intake").count == 5
    assert window.current() == "all"  # and nothing opened
    assert not window.banner.isVisible()
    assert not window.undo_bar.isVisible()
    assert stored(ws) == 0


def test_the_notice_opens_the_preview_and_a_person_takes(
    window: MainWindow, driver: Driver, watcher: Watcher, ws: Workspace, folder: Path
) -> None:
    path = orders(folder)
    before = path.read_bytes()
    look(driver, watcher)
    page = page_of(window, driver)
    news = page.start.news
    assert news.isVisible()
    assert news.title.text() == text("intakepage.new_files", count=5)
    driver.click(news.look)
    assert page.stack.currentWidget() is page.preview
    assert window.rail.item("intake").count == 0  # somebody is at it
    assert stored(ws) == 0
    driver.key(Qt.Key.Key_Return, on=page)
    assert stored(ws) == 5
    assert path.read_bytes() == before  # the original stays
    look(driver, watcher)
    assert watcher.offers.files == ()


def test_a_preview_that_is_left_is_not_offered_again_here(
    window: MainWindow, driver: Driver, watcher: Watcher, ws: Workspace, folder: Path
) -> None:
    orders(folder)
    look(driver, watcher)
    page = page_of(window, driver)
    driver.click(page.start.news.look)
    driver.key(Qt.Key.Key_Escape, on=page)
    assert not page.start.news.isVisible()
    again = Watcher(window.desk)  # as after the next start
    again.begin()
    look(driver, again)
    assert again.offers.files == ()
    assert stored(ws) == 0
    again.stop()


def test_a_preview_still_open_at_the_end_of_the_day_is_offered_the_next(
    window: MainWindow, driver: Driver, watcher: Watcher, folder: Path
) -> None:
    orders(folder)
    look(driver, watcher)
    driver.click(page_of(window, driver).start.news.look)
    again = Watcher(window.desk)
    again.begin()
    look(driver, again)
    assert again.offers.takes == 5
    again.stop()


def test_waved_aside_is_gone_and_the_next_file_is_offered(
    window: MainWindow, driver: Driver, watcher: Watcher, folder: Path
) -> None:
    orders(folder)
    look(driver, watcher)
    page = page_of(window, driver)
    driver.click(page.start.news.aside)
    assert not page.start.news.isVisible()
    driver.click(window.undo_bar.button)
    driver.wait_for(page.start.news.isVisible)
    driver.click(page.start.news.aside)
    orders(folder, "more.csv", 7)
    look(driver, watcher)
    assert [one.found.path.name for one in watcher.offers.files] == ["more.csv"]


def test_a_carriers_file_goes_where_it_belongs(
    window: MainWindow, driver: Driver, watcher: Watcher, folder: Path
) -> None:
    numbers(folder)
    look(driver, watcher)
    page = page_of(window, driver)
    assert not page.start.news.look.isVisible()
    driver.click(page.start.news.numbers)
    assert window.current() == "paper"
    assert watcher.offers.files == ()


def test_photos_and_downloads_under_way_are_never_named(
    driver: Driver, watcher: Watcher, folder: Path
) -> None:
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    (folder / "orders.csv.crdownload").write_bytes(b"half")
    look(driver, watcher)
    assert watcher.offers.files == ()


def test_orders_that_came_in_another_way_are_no_longer_offered(
    window: MainWindow, driver: Driver, watcher: Watcher, ws: Workspace, folder: Path, tmp_path: Path
) -> None:
    path = orders(folder)
    look(driver, watcher)
    assert watcher.offers.takes == 5
    page = page_of(window, driver)
    page.read_files([Path(shutil.copy(path, tmp_path / "dropped.csv"))])
    driver.settle()
    driver.key(Qt.Key.Key_Return, on=page)
    driver.wait_for(lambda: not watcher.offers.files)
    assert stored(ws) == 5


def test_a_folder_that_vanishes_is_told_and_comes_back(
    window: MainWindow, driver: Driver, watcher: Watcher, folder: Path
) -> None:
    page = page_of(window, driver)
    folder.rmdir()
    look(driver, watcher)
    assert page.start.no_folder.isVisible()
    folder.mkdir()
    orders(folder)
    look(driver, watcher)
    assert not page.start.no_folder.isVisible()
    assert watcher.offers.takes == 5
    assert str(folder) in watcher._system.directories()


def test_nothing_moves_while_somebody_packs(
    window: MainWindow, driver: Driver, watcher: Watcher, folder: Path
) -> None:
    window.open_page("pack")
    driver.settle()
    shown = window.page()
    orders(folder)
    driver.wait_for(lambda: watcher.offers.takes == 5)
    assert window.page() is shown
    assert not window.rail.isVisible()
    assert not window.banner.isVisible()
    assert not window.undo_bar.isVisible()


def test_the_folder_is_chosen_in_the_options_and_watched_at_once(
    window: MainWindow, driver: Driver, watcher: Watcher, ws: Workspace, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    orders(other)
    window.open_page("options", "desk")
    driver.settle()
    options = window.page()
    assert isinstance(options, OptionsPage)
    section = options.desk_section
    section.watch(str(other))
    driver.settle()
    assert ws.options.get("import.watch_folder") == str(other)
    look(driver, watcher)
    assert watcher.offers.takes == 5
    driver.click(section.rows["import.watch"].control)
    assert ws.options.get("import.watch") is False
    assert watcher.offers.files == ()
    assert window.rail.item("intake").count == 0
    section.watch(str(other))  # whoever chooses a folder wants it watched
    assert ws.options.get("import.watch") is True
