"""A scan in every kind of window: handled once, and nothing is typed, pressed, chosen or closed by it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QInputDialog,
    QLineEdit,
    QListWidget,
    QMenu,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from jpship_gui.domain.scanning.setup import Setup, Suffix
from jpship_gui.ui.scanning.keyboard import KeyboardScanner
from tests.ui.scanner import Scanner

CODE = "200000001116"


@pytest.fixture
def scanner(qapp: QApplication) -> Iterator[KeyboardScanner]:
    others = qapp.findChildren(KeyboardScanner)
    for other in others:  # of windows that other tests had
        qapp.removeEventFilter(other)
    made = KeyboardScanner(qapp, 60)
    yield made
    qapp.removeEventFilter(made)
    shiboken6.delete(made)
    for other in others:
        qapp.installEventFilter(other)


@pytest.fixture
def codes(scanner: KeyboardScanner) -> list[str]:
    got: list[str] = []
    scanner.scanned.connect(lambda text, quick: got.append(text))
    return got


@pytest.fixture
def desk(qapp: QApplication, scanner: KeyboardScanner) -> Iterator[QWidget]:
    """A page that has claimed the keys, as the packing page does."""
    page = QWidget()
    page.resize(400, 300)
    page.show()
    qapp.processEvents()
    scanner.claim(page)
    yield page
    scanner.release(page)
    page.close()


def wait(qapp: QApplication, seconds: float = 0.15) -> None:
    end, rounds = time.monotonic() + seconds, 0
    while (
        time.monotonic() < end or rounds < 10
    ):  # a machine that was held up all the while still gets its turns
        qapp.processEvents()
        time.sleep(0.005)
        rounds += 1


def message(kind: QMessageBox.StandardButton) -> QMessageBox:
    box = QMessageBox(QMessageBox.Icon.Question, "", "?", kind)
    return box


def with_button() -> QDialog:
    dialog = QDialog()
    QVBoxLayout(dialog).addWidget(QPushButton("OK", clicked=dialog.accept))
    return dialog


def with_box() -> QDialog:
    dialog = QDialog()
    column = QVBoxLayout(dialog)
    column.addWidget(QLineEdit("before"))
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    box.accepted.connect(dialog.accept)
    column.addWidget(box)
    return dialog


def with_text() -> QInputDialog:
    dialog = QInputDialog()
    dialog.setTextValue("before")
    return dialog


DIALOGS: dict[str, Callable[[], QDialog]] = {
    "ok": lambda: message(QMessageBox.StandardButton.Ok),
    "yes and no": lambda: message(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No),
    "button": with_button,
    "button box and field": with_box,
    "input": with_text,
}


@pytest.mark.parametrize("make", DIALOGS.values(), ids=DIALOGS.keys())
@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_dialog_over_the_desk_is_not_touched(
    qapp: QApplication,
    desk: QWidget,
    scanner: KeyboardScanner,
    codes: list[str],
    make: Callable[[], QDialog],
    end: Qt.Key,
) -> None:
    dialog = make()
    done: list[int] = []
    dialog.finished.connect(done.append)
    dialog.setModal(True)
    dialog.show()
    qapp.processEvents()
    focus = dialog.focusWidget() or dialog
    typist = Scanner()
    typist.scan(focus, CODE, end)
    typist.scan(focus, "JP00000VK", end)
    typist.scan(focus, " A B  ", end)  # blanks press buttons
    wait(qapp)
    assert codes == [CODE, "JP00000VK", " A B  "]
    assert scanner.owner() is desk
    assert (dialog.isVisible(), done) == (True, [])
    assert [field.text() for field in dialog.findChildren(QLineEdit) if field.text() != "before"] == []
    assert dialog.focusWidget() is focus or dialog.focusWidget() is None
    dialog.close()


def test_a_person_types_into_a_dialog_over_the_desk(
    qapp: QApplication, desk: QWidget, codes: list[str]
) -> None:
    dialog = with_box()
    dialog.show()
    qapp.processEvents()
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.clear()
    typist = Scanner(gap=120)
    for sign in "reason":
        typist.press(field, 0, sign)
    assert field.text() == "reaso"  # the last waits for its gap
    wait(qapp)
    assert field.text() == "reason"
    typist.press(field, Qt.Key.Key_Return, "\r")
    assert not dialog.isVisible()
    assert codes == []


def test_a_scan_that_the_computer_was_slow_to_bring_is_still_one(
    qapp: QApplication, desk: QWidget, codes: list[str]
) -> None:
    """Its keys came close together, but the second half was handed to the program much later."""
    dialog = with_button()
    dialog.show()
    qapp.processEvents()
    typist = Scanner()
    typist.burst(dialog, CODE[:6])
    wait(qapp, 0.3)
    typist.burst(dialog, CODE[6:])
    typist.press(dialog, Qt.Key.Key_Return, "\r")
    assert (codes, dialog.isVisible()) == ([CODE], True)
    dialog.close()


def test_quick_fingers_lose_nothing_and_keep_their_order(
    qapp: QApplication, desk: QWidget, codes: list[str]
) -> None:
    dialog = with_box()
    dialog.show()
    qapp.processEvents()
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.clear()
    typist = Scanner(gap=40)
    typist.press(field, 0, "a")
    typist.press(field, 0, "b")
    typist.press(field, Qt.Key.Key_Left, "")
    typist.press(field, 0, "c")
    wait(qapp)
    assert field.text() == "acb"
    dialog.close()
    assert codes == []


def test_an_open_menu_stays_and_nothing_is_chosen(
    qapp: QApplication, desk: QWidget, codes: list[str]
) -> None:
    menu = QMenu(desk)
    chosen: list[str] = []
    for name in ("&1 first", "&2 second", "&J third"):
        menu.addAction(name).triggered.connect(lambda _=False, name=name: chosen.append(name))
    menu.popup(desk.mapToGlobal(desk.rect().center()))
    qapp.processEvents()
    menu.setActiveAction(menu.actions()[0])
    Scanner().scan(menu, CODE)
    Scanner().scan(menu, "JP00000VK")
    wait(qapp)
    assert codes == [CODE, "JP00000VK"]
    assert (menu.isVisible(), chosen) == (True, [])
    typist = Scanner(gap=150)
    typist.press(menu, Qt.Key.Key_Down, "")
    typist.press(menu, Qt.Key.Key_Return, "\r")
    assert chosen == ["&2 second"]


def test_what_takes_letters_without_being_a_field_is_not_moved(
    qapp: QApplication, scanner: KeyboardScanner, codes: list[str]
) -> None:
    """Nobody has claimed the keys; lists and combo boxes look for what is typed, buttons are pressed by a blank."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    pressed: list[bool] = []
    combo, items, table = QComboBox(), QListWidget(), QTableWidget(3, 1)
    button = QPushButton("x", clicked=pressed.append)
    for widget in (combo, items, table, button):
        column.addWidget(widget)
    combo.addItems(["zero", "2 kg", "JP"])
    items.addItems(["zero", "2 kg", "JP"])
    items.setCurrentRow(0)
    table.setCurrentCell(0, 0)
    holder.show()
    qapp.processEvents()
    for widget in (combo, items, table, button):
        Scanner().scan(widget, CODE)
        Scanner().scan(widget, " JP 00 ")
    wait(qapp)
    assert codes == [CODE, " JP 00 "] * 4
    assert (combo.currentIndex(), items.currentRow(), table.currentRow(), pressed) == (0, 0, 0, [])
    assert table.state() == table.State.NoState
    typist = Scanner(gap=150)
    typist.press(combo, Qt.Key.Key_2, "2")
    typist.press(button, Qt.Key.Key_Space, " ")
    wait(qapp)
    assert (combo.currentIndex(), len(pressed)) == (1, 1)
    holder.close()


def test_a_code_read_into_a_field_stays_there_without_its_frame(
    qapp: QApplication, scanner: KeyboardScanner, codes: list[str]
) -> None:
    scanner.set_setup(Setup(prefix="~", suffix=Suffix.ENTER))
    dialog = with_box()
    dialog.show()
    qapp.processEvents()
    field = dialog.findChild(QLineEdit)
    assert field is not None
    Scanner().scan(field, "~" + CODE)
    assert (field.text(), codes, dialog.isVisible()) == ("before" + CODE, [CODE], True)
    dialog.close()


def test_the_line_feed_after_an_enter_closes_nothing(
    qapp: QApplication, scanner: KeyboardScanner, codes: list[str]
) -> None:
    dialog = with_button()
    dialog.show()
    qapp.processEvents()
    typist = Scanner()
    typist.scan(dialog, CODE)
    typist.press(dialog, Qt.Key.Key_Return, "\r")
    typist.press(dialog, Qt.Key.Key_Enter, "\n")
    assert (dialog.isVisible(), codes) == (True, [CODE])
    dialog.close()


def test_without_an_end_silence_ends_a_code(
    qapp: QApplication, scanner: KeyboardScanner, desk: QWidget, codes: list[str]
) -> None:
    scanner.set_setup(Setup(suffix=Suffix.NONE))
    typist = Scanner()
    typist.burst(desk, CODE)
    typist.pause(300)
    typist.burst(
        desk, "JP00000VK"
    )  # both came while the window was busy: only their time stamps set them apart
    assert codes == [CODE]
    wait(qapp, 0.4)
    assert codes == [CODE, "JP00000VK"]


def test_characters_may_end_a_code(
    qapp: QApplication, scanner: KeyboardScanner, desk: QWidget, codes: list[str]
) -> None:
    scanner.set_setup(Setup(suffix=Suffix.TEXT, suffix_text="#"))
    typist = Scanner()
    typist.burst(desk, CODE + "#")
    typist.pause(400)
    typist.burst(desk, "JP00000VK#")
    assert codes == [CODE, "JP00000VK"]


def test_letters_typed_before_a_scan_are_no_part_of_it(
    desk: QWidget, scanner: KeyboardScanner, codes: list[str]
) -> None:
    typist = Scanner(gap=3)
    typist.press(desk, 0, "x")
    typist.pause(900)
    typist.scan(desk, CODE)
    assert codes == [CODE]


def test_control_characters_within_a_code(desk: QWidget, scanner: KeyboardScanner, codes: list[str]) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    typist = Scanner()
    typist.burst(desk, "010490123456789410AB")
    typist.press(desk, Qt.Key.Key_BracketRight, "\x1d", control)
    typist.burst(desk, "3710")
    typist.press(desk, Qt.Key.Key_M, "\r", control)
    assert codes == ["010490123456789410AB\x1d3710"]


def test_shift_keys_between_the_characters_change_nothing(
    desk: QWidget, scanner: KeyboardScanner, codes: list[str]
) -> None:
    typist = Scanner()
    for sign in "JP00000VK":
        if sign.isalpha():
            typist.press(desk, Qt.Key.Key_Shift, "")
        typist.press(desk, 0, sign)
    typist.press(desk, Qt.Key.Key_Return, "\r")
    assert codes == ["JP00000VK"]


def test_a_double_trigger_is_told_and_not_handed_on(
    desk: QWidget, scanner: KeyboardScanner, codes: list[str]
) -> None:
    left_out: list[tuple[str, str]] = []
    scanner.ignored.connect(lambda code, reason: left_out.append((code, reason)))
    typist = Scanner()
    typist.scan(desk, "JP00000VK")
    typist.pause(60)
    typist.burst(desk, "JP00000VK")
    typist.press(desk, Qt.Key.Key_Return, "\r")
    typist.burst(desk, "JP00000WP")
    typist.press(desk, Qt.Key.Key_Return, "\r")
    typist.scan(desk, "JP00000VK")
    assert codes == ["JP00000VK", "JP00000VK"]
    assert left_out == [("JP00000VK", "again"), ("JP00000WP", "neighbour")]


def test_time_stamps_may_begin_anew(desk: QWidget, scanner: KeyboardScanner, codes: list[str]) -> None:
    typist = Scanner(gap=5)
    typist.at((1 << 32) - 22)
    for n, sign in enumerate(CODE):
        typist.press(desk, 0, sign)
        if n == 3:
            typist.at(2)
    typist.press(desk, Qt.Key.Key_Return, "\r")
    assert codes == [CODE]


def test_a_code_of_its_own_device_is_read_with_a_dialog_open(
    qapp: QApplication, desk: QWidget, scanner: KeyboardScanner, codes: list[str]
) -> None:
    dialog = with_text()
    dialog.show()
    qapp.processEvents()
    scanner.feed(CODE + "\r\n")
    assert (codes, scanner.owner() is desk, dialog.textValue()) == ([CODE], True, "before")
    dialog.close()
