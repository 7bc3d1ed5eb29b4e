"""The frame: places, keys, dropped files, languages and themes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from jpship_gui import texts
from jpship_gui.domain.fault import WorldFault
from jpship_gui.flows.workspace import Workspace
from jpship_gui.ui.keys_dialog import KeysDialog
from jpship_gui.ui.later import LaterPage
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pages import PAGES
from jpship_gui.ui.table.page import OrdersPage
from jpship_gui.ui.tasks import Tasks
from jpship_gui.ui.theme import palette
from tests.ui.driving import Driver

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> Iterator[None]:
    """The next test finds Japanese and light again."""
    yield
    texts.set_language("ja")
    palette.apply(qapp, "light")


def test_ctrl_and_a_digit_open_the_stages(driver: Driver, window: MainWindow) -> None:
    driver.key(Qt.Key.Key_8, CONTROL)
    assert window.current() == "follow"
    assert isinstance(window.page(), LaterPage)
    driver.key(Qt.Key.Key_2, CONTROL)
    page = window.page()
    assert isinstance(page, OrdersPage)
    assert page.tabs.current() == "attention"
    assert window.rail.item("check").isChecked()
    assert not window.rail.item("plan").isChecked()


def test_a_click_on_the_rail_opens_a_stage(driver: Driver, window: MainWindow) -> None:
    driver.click(window.rail.item("check"))
    assert window.current() == "check"
    driver.click(window.rail.item("check"))
    assert window.rail.item("check").isChecked()


def test_a_stage_that_is_not_there_yet_says_so_and_leads_back(driver: Driver, window: MainWindow) -> None:
    window.open_page("figures")
    page = window.page()
    assert isinstance(page, LaterPage)
    driver.click(page.state.button)
    assert window.current() == "all"


def test_pages_are_made_when_first_opened(window: MainWindow) -> None:
    assert set(window._pages) == {"all"}


def test_a_figure_of_the_strip_opens_its_view(driver: Driver, window: MainWindow, page: OrdersPage) -> None:
    driver.click(window.strip._views["late"])
    assert page.tabs.current() == "late"


def test_f1_lists_the_keys_and_a_scanners_enter_does_nothing_to_it(
    driver: Driver, window: MainWindow
) -> None:
    driver.key(Qt.Key.Key_F1)
    dialog = window.findChild(KeysDialog)
    assert dialog is not None
    assert dialog.isVisible()
    for key in (Qt.Key.Key_4, Qt.Key.Key_0, Qt.Key.Key_Return):
        driver.key(key, on=dialog)
    assert dialog.isVisible()
    driver.key(Qt.Key.Key_Escape, on=dialog)
    assert not window.findChildren(KeysDialog)


def test_files_dropped_anywhere_go_to_intake(driver: Driver, window: MainWindow, tmp_path: Path) -> None:
    taken: list[tuple[str, object]] = []
    window.open_page = lambda page_id, hint=None: taken.append((page_id, hint))  # type: ignore[method-assign]
    data = QMimeData()
    path = tmp_path / "orders.csv"
    path.write_text("x")
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(window, enter)
    assert window._overlay.isVisible()
    drop = QDropEvent(QPointF(5, 5), copy, data, Qt.MouseButton.LeftButton, none, QEvent.Type.Drop)
    QApplication.sendEvent(window, drop)
    assert not window._overlay.isVisible()
    assert taken == [("intake", [path])]


def test_a_fault_is_one_line_above_the_page_until_closed(driver: Driver, window: MainWindow) -> None:
    window.desk.show_fault(WorldFault("disk_full", folder="見本"))
    driver.settle()
    assert window.banner.isVisible()
    driver.key(Qt.Key.Key_Escape, on=window)
    assert not window.banner.isVisible()


def test_the_language_switches_everywhere_without_restart(
    driver: Driver, window: MainWindow, page: OrdersPage
) -> None:
    from PySide6.QtCore import QEvent

    driver.click_cell(page.view, 1, 5)
    texts.set_language("en")
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    driver.settle()
    assert window.rail.item("paper").text() == "Print"
    assert page.tabs._tabs[0].text() == "Today"
    assert page.detail.approve_button.text() == "Approve"
    assert page.view.orders.headerData(2, Qt.Orientation.Horizontal) == "Ship by"


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_every_place_is_painted_in_every_language_theme_and_size(
    driver: Driver, window: MainWindow, qapp: QApplication, language: str, theme: str, size: tuple[int, int]
) -> None:
    texts.set_language(language)
    palette.apply(qapp, theme)
    window.resize(*size)
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    for spec in PAGES:
        if spec.id in ("pack", "handover"):  # they take the whole screen
            continue
        window.open_page(spec.id)
        driver.settle()
        picture = window.grab().toImage()
        assert (picture.width(), picture.height()) == size
        ground = picture.pixelColor(size[0] // 2, 2)
        assert ground.name().upper() == palette.tokens().window


def test_practice_mode_wears_its_frame(qapp: QApplication, ws: Workspace, tasks: Tasks) -> None:
    window = MainWindow(replace(ws, practice=True), tasks)
    window.resize(1280, 800)
    window.show()
    Driver(window).settle()
    picture = window.grab().toImage()
    for x, y in ((3, 400), (1276, 400), (640, 3), (640, 796)):
        assert picture.pixelColor(x, y).name().upper() == palette.tokens().practice
    assert "練習" in window.windowTitle()
    window.close()
    Driver(window).settle()
    tasks.close(ws.close)
    window.deleteLater()


def test_bars_leave_the_buttons_at_the_foot_free(window: MainWindow, driver: Driver) -> None:
    for place in ("confirm", "paper"):
        window.open_page(place)
        driver.settle()
        window.desk.say("済みました")
        page = window.page()
        assert page is not None
        assert page.foot() > 0
        foot = window.stack.geometry().bottom() - page.foot()
        assert window.undo_bar.geometry().bottom() <= foot


def test_a_bar_makes_way_for_what_is_ticked(window: MainWindow, driver: Driver) -> None:
    window.open_page("all")
    driver.settle()
    page = window.page()
    assert isinstance(page, OrdersPage)
    window.desk.say("済みました")
    before = window.undo_bar.geometry().bottom()
    page.view.orders.tick(page.view.orders.ids()[:3], True)
    assert page.foot() > 0
    assert window.undo_bar.geometry().bottom() <= window.stack.geometry().bottom() - page.foot()
    page.view.tick_none()
    assert window.undo_bar.geometry().bottom() == before


def test_the_packing_page_begins_without_bars(window: MainWindow, driver: Driver) -> None:
    window.desk.say("済みました")
    assert window.undo_bar.isVisible()
    window.open_page("pack")
    driver.settle()
    assert not window.undo_bar.isVisible()
    window.open_page("all")
