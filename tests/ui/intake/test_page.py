"""Intake by drop, keys and clicks: nothing is written before a person says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from jpship_gui.flows.table.list_rows import Query, ids
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.rakuten.samples import damaged, rakuten_rows, write_csv
from jpship_gui.practice.yahoo.files import write_pair
from jpship_gui.practice.yahoo.samples import yahoo_orders
from jpship_gui.texts import text
from jpship_gui.ui.intake.file_card import FileCard
from jpship_gui.ui.intake.page import IntakePage
from jpship_gui.ui.main_window import MainWindow
from tests.ui import synthetic
from tests.ui.driving import Driver

DAY = date(2026, 11, 21)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A new desk with one shop and no order."""
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: synthetic.NOW)
    shops.add(opened, "rakuten", "楽天 本店", {"shop_number": "900001"})
    yield opened
    opened.close()


@pytest.fixture
def intake(window: MainWindow) -> IntakePage:
    """The page in sight."""
    window.open_page("intake")
    page = window.page()
    assert isinstance(page, IntakePage)
    return page


def a_file(folder: Path, count: int = 6, name: str = "orders.csv", spoilt: bool = False) -> Path:
    rows = list(rakuten_rows(count, shop="900001", day=DAY))
    return write_csv(folder / name, damaged(rows) if spoilt else rows)


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(QPoint(400, 400)), copy, data, left, none))


def stored(ws: Workspace) -> int:
    return len(ids(ws, Query()))


def test_a_dropped_file_is_shown_and_enter_takes_it(
    window: MainWindow, driver: Driver, intake: IntakePage, ws: Workspace, tmp_path: Path
) -> None:
    drop(window, a_file(tmp_path))
    driver.settle()
    assert intake.stack.currentWidget() is intake.preview
    assert intake.preview.take.text() == text("intakepage.take", count=6)
    assert stored(ws) == 0
    driver.key(Qt.Key.Key_Return, on=intake)
    assert intake.stack.currentWidget() is intake.done
    assert stored(ws) == 6


def test_a_scanners_enter_takes_nothing(
    window: MainWindow, driver: Driver, intake: IntakePage, ws: Workspace, tmp_path: Path
) -> None:
    drop(window, a_file(tmp_path))
    driver.settle()
    keys = [(Qt.Key(ord(letter)), letter) for letter in "4901234567894"] + [(Qt.Key.Key_Return, "\r")]
    for number, (key, letter) in enumerate(keys):
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
        event.setTimestamp(1000 + 5 * number)
        QApplication.sendEvent(intake, event)
    driver.settle()
    assert intake.stack.currentWidget() is intake.preview
    assert stored(ws) == 0


def test_esc_leaves_and_writes_nothing(
    window: MainWindow, driver: Driver, intake: IntakePage, ws: Workspace, tmp_path: Path
) -> None:
    drop(window, a_file(tmp_path))
    driver.settle()
    driver.key(Qt.Key.Key_Escape, on=intake)
    assert intake.stack.currentWidget() is intake.start
    assert stored(ws) == 0


def test_a_second_drop_joins_the_first(
    window: MainWindow, driver: Driver, intake: IntakePage, tmp_path: Path
) -> None:
    drop(window, a_file(tmp_path))
    driver.settle()
    drop(window, a_file(tmp_path, 9, "more.csv"))
    driver.settle()
    cards = [card for card in intake.preview.findChildren(FileCard) if card.isVisible()]
    assert len(cards) == 2
    driver.click(cards[0].drop)
    assert [card for card in intake.preview.findChildren(FileCard) if card.isVisible()] != cards
    assert intake.preview.take.text() == text("intakepage.take", count=9)


def test_two_files_read_as_one_say_so_and_are_refused_together(
    window: MainWindow, driver: Driver, intake: IntakePage, ws: Workspace, tmp_path: Path
) -> None:
    shops.add(ws, "yahoo", "Yahoo! 本店", {})
    models = yahoo_orders(5, day=DAY, plain=True)
    orders, items = write_pair(tmp_path, models)
    drop(window, items, orders)
    driver.settle()
    first, second = visible_cards(intake)
    assert f"＋ {orders.name}" in words_of(first)
    assert first.toolTip() == text("intakepage.joined", name=orders.name)
    assert "＋" not in words_of(second)
    assert intake.preview.take.text() == text("intakepage.take", count=5)
    driver.click(second.drop)
    (left,) = visible_cards(intake)
    assert "注文情報" in words_of(left)  # what is missing
    assert not intake.preview.take.isVisible()


def visible_cards(intake: IntakePage) -> list[FileCard]:
    return [card for card in intake.preview.findChildren(FileCard) if card.isVisible()]


def words_of(card: FileCard) -> str:
    return " ".join(label.text() for label in card.findChildren(QLabel))


def test_refused_repairs_are_read_again_as_found(
    window: MainWindow, driver: Driver, intake: IntakePage, tmp_path: Path
) -> None:
    drop(window, a_file(tmp_path, spoilt=True))
    driver.settle()
    sheet = intake.preview.repairs()
    assert sheet is not None
    assert "lost_zero_phone" in sheet.ticks
    driver.click(sheet.ticks["lost_zero_phone"])
    again = intake.preview.repairs()
    assert again is not None
    assert not again.ticks["lost_zero_phone"].isChecked()
    assert intake._reading is not None
    assert intake._reading.preview.refused_repairs == frozenset({"lost_zero_phone"})


def test_rejected_rows_are_named_and_saved(
    window: MainWindow, driver: Driver, intake: IntakePage, tmp_path: Path
) -> None:
    rows = [dict(row) for row in rakuten_rows(4, shop="900001", day=DAY)]
    rows[0]["個数"] = ""
    drop(window, write_csv(tmp_path / "orders.csv", rows))
    driver.settle()
    assert intake.preview.save.isVisible()
    intake.save_rejected_to(tmp_path / "rejected.csv")
    driver.settle()
    kept = (tmp_path / "rejected.csv").read_text("utf-8-sig")
    assert rows[0]["注文番号"] in kept
    assert rows[-1]["注文番号"] not in kept


def test_a_file_of_another_kind_says_where_it_belongs(
    window: MainWindow, driver: Driver, intake: IntakePage, ws: Workspace, tmp_path: Path
) -> None:
    issued = tmp_path / "hakko.csv"
    issued.write_bytes(
        "お客様管理番号,送り状種類,伝票番号,出荷予定日\r\nABC,0,400123456003,2026/11/21\r\n".encode("cp932")
    )
    picture = tmp_path / "photo.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    drop(window, issued, picture)
    driver.settle()
    first, second = sorted(
        (card for card in intake.preview.findChildren(FileCard) if card.isVisible()), key=lambda c: c.x()
    )
    assert hasattr(first, "link")
    assert not hasattr(second, "link")
    assert not intake.preview.take.isVisible()
    assert stored(ws) == 0


def test_f5_without_keys_says_so_and_that_files_need_none(
    window: MainWindow, driver: Driver, intake: IntakePage
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F5)
    driver.settle()
    assert intake.stack.currentWidget() is intake.start
    assert window.banner.isVisible()


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_the_preview_speaks_every_language(
    window: MainWindow, driver: Driver, intake: IntakePage, tmp_path: Path, language: str
) -> None:
    from PySide6.QtCore import QEvent

    from jpship_gui import texts

    drop(window, a_file(tmp_path, spoilt=True))
    driver.settle()
    texts.set_language(language)
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    driver.settle()
    assert intake.preview.take.text() == text("intakepage.take", count=6)
    assert not window.grab().isNull()
