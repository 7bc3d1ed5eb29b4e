"""F5 reads every shop on its own: a slow one is seen and holds nobody up, and all of it can be stopped."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace
from jpship_gui.practice.desk import open_practice
from jpship_gui.practice.rakuten.shops import MAIN, SECOND
from jpship_gui.ui.intake.page import IntakePage
from jpship_gui.ui.main_window import MainWindow
from tests.ui.driving import Driver


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """Practice mode with the two shops of one marketplace only."""
    with open_practice(str(tmp_path), person="佐藤", desk="1") as opened:
        for shop in shops.every(opened):
            if shop.marketplace != "rakuten":
                opened.store.execute("DELETE FROM shops WHERE name = ?", (shop.name,))
        yield opened
        opened.close()


@pytest.fixture
def intake(window: MainWindow, driver: Driver) -> IntakePage:
    window.open_page("intake")
    driver.settle()
    page = window.page()
    assert isinstance(page, IntakePage)
    return page


def behave(ws: Workspace, **trick: object) -> None:
    url = shops.every(ws)[0].settings["api.url"]
    request = urllib.request.Request(f"{url}/practice/behave", data=json.dumps(trick).encode(), method="POST")
    urllib.request.urlopen(request).read()


def until(true: object) -> None:
    deadline = QDeadlineTimer(20_000)
    while not true():  # type: ignore[operator]
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
        assert not deadline.hasExpired()


def press_f5(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F5)


def test_all_shops_come_in_and_are_told_together(
    window: MainWindow, driver: Driver, intake: IntakePage
) -> None:
    press_f5(window)
    driver.settle()
    assert intake.stack.currentWidget() is intake.done
    fetched = intake.done._fetched
    assert fetched is not None
    assert {shop.shop: shop.fault for shop in fetched.shops} == {MAIN.name: None, SECOND.name: None}
    assert all(shop.counts["new"] > 0 for shop in fetched.shops)


def test_a_slow_shop_holds_nobody_up(
    window: MainWindow, driver: Driver, intake: IntakePage, ws: Workspace
) -> None:
    behave(ws, how="late", function="searchOrder", times=1, seconds=1.5)
    press_f5(window)
    until(lambda: any(line.mark.isVisible() for line in intake.fetching.lines.values()))
    ended = [line.mark.isVisible() for line in intake.fetching.lines.values()]
    assert sorted(ended) == [False, True]
    assert intake.stack.currentWidget() is intake.fetching
    driver.settle()
    assert intake.stack.currentWidget() is intake.done


def test_stopping_leaves_what_was_not_read_as_it_was(
    window: MainWindow, driver: Driver, intake: IntakePage, ws: Workspace
) -> None:
    behave(ws, how="late", function="getOrder", times=9, seconds=1.0)
    press_f5(window)
    until(lambda: intake.stack.currentWidget() is intake.fetching)
    driver_key = Qt.Key.Key_Escape
    QTest.keyClick(window, driver_key)
    driver.settle()
    assert intake.stack.currentWidget() is intake.start
    assert ws.store.value("SELECT count(*) FROM orders") == 0
    press_f5(window)
    driver.settle()
    assert intake.stack.currentWidget() is intake.done


def test_a_shop_that_fails_is_named_beside_those_that_came(
    window: MainWindow, driver: Driver, intake: IntakePage, ws: Workspace
) -> None:
    shops.set_values(ws, SECOND.name, {"api.url": "http://127.0.0.1:9"})
    press_f5(window)
    driver.settle()
    fetched = intake.done._fetched
    assert fetched is not None
    faults = {shop.shop: shop.fault.code if shop.fault else "" for shop in fetched.shops}
    assert faults == {MAIN.name: "", SECOND.name: "net_unreachable"}
