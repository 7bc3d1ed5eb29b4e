"""The menu of acts and the page's own questions: a person's sign, click or Esc; a scan is always a scan."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products
from jpship_gui.texts import LANGUAGES, known, set_language, text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.pack import acts_menu
from jpship_gui.ui.pack.asking import Choice
from jpship_gui.ui.pack.page import PackPage
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import MUG, NAVY, NUMBERS, Day, lay_out
from tests.ui.scanner import Scanner

ANSWERS = [Choice("青", "blue"), Choice("紺", "navy"), Choice("赤", "red", allowed=False)]


@pytest.fixture
def day(ws: Workspace) -> Day:
    return lay_out(ws)


@pytest.fixture
def pack(day: Day, window: MainWindow, driver: Driver) -> Iterator[PackPage]:
    window.open_page("pack")
    driver.settle()
    page = window.page()
    assert isinstance(page, PackPage)
    yield page
    page.left()


def _wait(pack: PackPage, driver: Driver) -> None:
    """Until it is decided what the sign was that stands alone."""
    asking = pack.asking
    driver.wait_for(lambda: not (asking._wait.isActive() or asking._sure.isActive()))


def _click(pack: PackPage, place: QPoint) -> None:
    QTest.mouseClick(pack.face, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_f9_shows_what_can_be_done_and_takes_it_away(pack: PackPage) -> None:
    QTest.keyClick(pack, Qt.Key.Key_F9)
    shown = pack.face.sheet
    assert shown is not None
    assert [row.words for row in shown.rows] == [text(act.words) for act in acts_menu.ACTS if not act.hidden]
    codes = {row.code for row in shown.rows}
    assert {"JPCMDUNDO", "JPCMDHOLD", "JPCMDREOPEN"} <= codes
    QTest.keyClick(pack, Qt.Key.Key_F9)
    assert pack.face.sheet is None


def test_the_three_dots_are_large_enough_for_a_finger(pack: PackPage) -> None:
    pack.face.repaint()
    for name in ("acts", "smaller", "larger"):
        box = pack.face.target(name)
        assert min(box.width(), box.height()) >= 56
    _click(pack, pack.face.target("acts").center().toPoint())
    assert pack.face.sheet is not None


def test_what_is_not_allowed_is_pale_and_says_why_not(pack: PackPage, day: Day) -> None:
    QTest.keyClick(pack, Qt.Key.Key_F9)
    assert pack.face.sheet is not None
    allowed = {row.code for row in pack.face.sheet.rows if row.allowed}
    assert "JPCMDUNDO" not in allowed
    assert "JPCMDREOPEN" in allowed
    assert pack.asking.take(0)
    assert pack.face.sheet is None
    band = pack.face.screen_.band
    assert (band.klass, band.word) == ("attention", text("pack.word.att_nothing"))
    assert text("pack.expects.slip") in band.reason


def test_a_scan_while_the_menu_is_open_is_handled_as_a_scan(pack: PackPage, driver: Driver, day: Day) -> None:
    scanner = Scanner()
    QTest.keyClick(pack, Qt.Key.Key_F9)
    scanner.scan(pack, day.blue)
    assert pack.face.sheet is None
    assert pack.face.screen_.name == "大西"
    QTest.keyClick(pack, Qt.Key.Key_F9)
    scanner.scan(pack, MUG)
    assert pack.face.screen_.goods[0].have == 1
    _wait(pack, driver)
    assert pack.face.screen_.goods[0].have == 1, "no digit of the code answered anything"


def test_a_sign_typed_by_a_person_answers(pack: PackPage, driver: Driver) -> None:
    answered: list[object] = []
    pack.choose("どれ", ANSWERS, lambda choice: answered.append(choice.value))
    Scanner(gap=400).press(pack, Qt.Key.Key_2, "2")
    assert answered == [], "a scanner's code may begin like this"
    _wait(pack, driver)
    assert answered == ["navy"]
    assert pack.face.sheet is None
    assert pack._scanner()._reader.text == "", "the answer is no part of the next code"


def test_a_sign_and_enter_answers_for_fingers_only(pack: PackPage, day: Day) -> None:
    answered: list[object] = []
    pack.choose("どれ", ANSWERS, lambda choice: answered.append(choice.value))
    Scanner(gap=120).scan(pack, "1")
    assert answered == ["blue"]
    pack.choose("どれ", ANSWERS, lambda choice: answered.append(choice.value))
    Scanner(gap=2).scan(pack, "1")
    assert answered == ["blue"]
    assert pack.face.sheet is None


def test_what_may_not_be_chosen_is_not(pack: PackPage, driver: Driver) -> None:
    answered: list[object] = []
    pack.choose("どれ", ANSWERS, lambda choice: answered.append(choice.value))
    Scanner(gap=400).press(pack, Qt.Key.Key_3, "3")
    _wait(pack, driver)
    assert answered == []
    assert pack.face.sheet is not None


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_enter_answers_nothing(pack: PackPage, driver: Driver, key: Qt.Key) -> None:
    answered: list[object] = []
    pack.choose("どれ", ANSWERS, lambda choice: answered.append(choice.value))
    QTest.keyClick(pack, key)
    _wait(pack, driver)
    assert answered == []
    assert pack.face.sheet is not None


def test_escape_leaves_the_question_and_then_the_page(
    pack: PackPage, window: MainWindow, driver: Driver
) -> None:
    left: list[bool] = []
    pack.choose("どれ", ANSWERS, lambda choice: None, lambda: left.append(True))
    driver.key(Qt.Key.Key_Escape, on=pack)
    assert left == [True]
    assert pack.face.sheet is None
    assert window.current() == "pack"
    driver.key(Qt.Key.Key_Escape, on=pack)
    assert window.current() == "all"


def test_a_click_answers_and_one_beside_leaves(pack: PackPage) -> None:
    answered: list[object] = []
    pack.choose("どれ", ANSWERS, lambda choice: answered.append(choice.value))
    pack.face.repaint()
    _click(pack, pack.face.row_box(1).center().toPoint())
    assert answered == ["navy"]
    pack.choose("どれ", ANSWERS, lambda choice: answered.append(choice.value))
    pack.face.repaint()
    _click(pack, QPoint(pack.face.width() - 30, round(pack.face.row_box(2).bottom()) + 20))
    assert answered == ["navy"]
    assert pack.face.sheet is None


def test_an_ng_stays_locked_whatever_is_opened_over_it(pack: PackPage, day: Day) -> None:
    scanner = Scanner()
    scanner.scan(pack, day.blue)
    scanner.scan(pack, NAVY)
    QTest.keyClick(pack, Qt.Key.Key_F9)
    assert pack.face.sheet is not None
    assert not any(row.allowed for row in pack.face.sheet.rows if row.code)
    QTest.keyClick(pack, Qt.Key.Key_Escape)
    assert pack.face.screen_.band.klass == "ng"


def test_every_act_has_words_and_a_key_of_its_own() -> None:
    keys = [act.key for act in acts_menu.ACTS if act.key]
    assert len(set(keys)) == len(keys)
    assert len({act.id for act in acts_menu.ACTS}) == len(acts_menu.ACTS)
    for language in LANGUAGES:
        set_language(language)
        assert [act.id for act in acts_menu.ACTS if not known(act.words)] == []
    set_language("ja")


def test_the_keys_of_acts_do_them(pack: PackPage, day: Day) -> None:
    scanner = Scanner()
    scanner.scan(pack, day.two)
    scanner.scan(pack, MUG)
    QTest.keyClick(pack, Qt.Key.Key_F7)
    assert pack.face.screen_.goods[0].have == 0
    QTest.keyClick(pack, Qt.Key.Key_F8)
    assert not pack.face.screen_.open


def test_words_grow_by_click_and_by_the_menu(pack: PackPage, ws: Workspace) -> None:
    pack.face.repaint()
    _click(pack, pack.face.target("larger").center().toPoint())
    assert ws.options.get("pack.scale") == 110
    _click(pack, pack.face.target("smaller").center().toPoint())
    assert ws.options.get("pack.scale") == 100
    size = next(act for act in acts_menu.ACTS if act.id == "size")
    pack.hands.run_act(size)
    assert pack.asking.take(5)
    assert ws.options.get("pack.scale") == 150


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 800)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_in_pictures(
    pack: PackPage, day: Day, window: MainWindow, driver: Driver, language: str, size: tuple[int, int]
) -> None:
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(*size)
    driver.settle()
    set_language(language)
    Scanner().scan(pack, day.two)
    pack.hands.show_acts()
    image = pack.face.grab()
    assert pack.face.sheet is not None
    assert pack.face.width() == size[0]
    assert pack.face.cut == ()
    boxes = [pack.face.row_box(index) for index in range(len(pack.face.sheet.rows))]
    assert all(box.height() >= 40 * size[1] / 800 and box.bottom() < pack.face._band_top for box in boxes)
    folder = os.environ.get("JPSHIP_TEST_PICTURES")
    if folder:
        image.save(str(Path(folder) / f"pack-acts-{language}-{size[0]}.png"))
    set_language("ja")


def test_a_code_of_two_kinds_is_asked_on_the_page(pack: PackPage, day: Day, ws: Workspace) -> None:
    products.put(ws.store, [products.Product(NUMBERS[1], "other-goods")])
    scanner = Scanner()
    scanner.scan(pack, day.blue)
    scanner.scan(pack, MUG)
    scanner.scan(pack, NUMBERS[1])
    assert pack.face.screen_.band.klass == "attention"
    shown = pack.face.sheet
    assert shown is not None
    assert [row.code for row in shown.rows] == ["JPCMDGOODS", "JPCMDWAYBILL"]
    scanner.scan(pack, "JPCMDWAYBILL")
    assert pack.face.sheet is None
    assert pack.face.screen_.band.klass in ("ok", "complete")


def test_the_answer_may_be_typed(pack: PackPage, driver: Driver, day: Day, ws: Workspace) -> None:
    products.put(ws.store, [products.Product(NUMBERS[1], "other-goods")])
    scanner = Scanner()
    scanner.scan(pack, day.blue)
    scanner.scan(pack, MUG)
    scanner.scan(pack, NUMBERS[1])
    Scanner(gap=400).press(pack, Qt.Key.Key_1, "1")
    _wait(pack, driver)
    assert pack.face.sheet is None
    assert pack.face.screen_.band.klass == "ng", "goods that are not in this order"


def test_the_scanner_is_set_up_from_here_and_reads_afterwards(
    pack: PackPage, day: Day, driver: Driver
) -> None:
    """Nobody but the program holds the wizard; left by Esc, keys and scans are the page's again."""
    from jpship_gui.ui.scanning.wizard import ScannerWizard

    QTest.keyClick(pack, Qt.Key.Key_F9)
    act = next(act for act in acts_menu.ACTS if act.id == "scanner")
    pack.hands.run_act(act)
    gc.collect()
    driver.settle()
    shown = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, ScannerWizard) and one.isVisible()
    ]
    assert len(shown) == 1
    QTest.keyClick(shown[0], Qt.Key.Key_Escape)
    driver.settle()
    assert not [
        one for one in QApplication.topLevelWidgets() if isinstance(one, ScannerWizard) and one.isVisible()
    ]
    Scanner().scan(pack, day.blue)
    assert pack.snapshot().state.shipment == day.blue
