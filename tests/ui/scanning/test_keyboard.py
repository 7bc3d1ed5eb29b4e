"""Telling a scanner from fingers, and whose the keys are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from jpship_gui.ui.scanning.burst import BurstReader
from jpship_gui.ui.scanning.keyboard import KeyboardScanner
from tests.ui.scanner import Scanner


@pytest.mark.parametrize(("gap", "quick"), [(1, True), (60, True), (61, False), (200, False)])
def test_speed_decides(gap: int, quick: bool) -> None:
    reader = BurstReader(60)
    for n, character in enumerate("123456789012"):
        reader.key(character, n * gap)
    burst = reader.enter(12 * gap)
    assert (burst.text, burst.quick) == ("123456789012", quick)


@pytest.mark.parametrize(("slow", "quick"), [(1, True), (3, True), (4, False), (12, False)])
def test_a_computer_held_up_makes_no_typist(slow: int, quick: bool) -> None:
    """Keys whose time stamps stand apart since the computer was busy, in a code that was quick on the whole."""
    reader = BurstReader(60)
    at = 0
    for n, character in enumerate("123456789012"):
        at += 100 if n and n <= slow else 5
        reader.key(character, at)
    assert reader.enter(at + 5 if slow < 12 else at + 100).quick is quick


def test_fingers_are_never_that_quick() -> None:
    reader = BurstReader(60)
    for n, character in enumerate("123456789012"):
        reader.key(character, n * 80)
    assert not reader.enter(12 * 80).quick


def test_one_slow_key_makes_it_typing() -> None:
    reader = BurstReader(60)
    for at, character in ((0, "1"), (10, "2"), (500, "3"), (510, "4")):
        reader.key(character, at)
    assert not reader.enter(520).quick


def test_each_code_starts_anew() -> None:
    reader = BurstReader(60)
    reader.key("1", 0)
    assert not reader.enter(900).quick
    reader.key("2", 5000)
    assert reader.enter(5010).quick


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
def codes(scanner: KeyboardScanner) -> list[tuple[str, bool]]:
    got: list[tuple[str, bool]] = []
    scanner.scanned.connect(lambda text, quick: got.append((text, quick)))
    return got


def test_a_claimed_window_gives_all_keys_to_the_scanner(
    qapp: QApplication, scanner: KeyboardScanner, codes: list[tuple[str, bool]]
) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    field = QLineEdit()
    column.addWidget(field)
    holder.show()
    qapp.processEvents()
    scanner.claim(holder)
    Scanner().scan(field, "123456789012")
    Scanner(gap=150).scan(field, "777")
    assert codes == [("123456789012", True), ("777", False)]
    assert field.text() == ""
    scanner.release(holder)
    Scanner(gap=150).scan(field, "777")
    assert field.text() == "777"
    holder.close()


def test_a_scan_closes_no_dialog(
    qapp: QApplication, scanner: KeyboardScanner, codes: list[tuple[str, bool]]
) -> None:
    dialog = QDialog()
    column = QVBoxLayout(dialog)
    field, button = QLineEdit(), QPushButton("OK")
    button.clicked.connect(dialog.accept)
    column.addWidget(field)
    column.addWidget(button)
    dialog.show()
    qapp.processEvents()
    Scanner().scan(field, "123456789012")
    assert dialog.isVisible()
    assert codes == [("123456789012", True)]
    dialog.close()


def test_keypad_signs_are_keys_only_outside_a_code(
    qapp: QApplication, scanner: KeyboardScanner, codes: list[tuple[str, bool]]
) -> None:
    holder = QWidget()
    holder.show()
    qapp.processEvents()
    scanner.claim(holder)
    keypad = Qt.KeyboardModifier.KeypadModifier
    typist = Scanner()
    typist.press(holder, Qt.Key.Key_Minus, "-", keypad)
    for character in "345678":
        typist.press(holder, 0, character)
    typist.press(holder, Qt.Key.Key_Minus, "-", keypad)
    typist.press(holder, Qt.Key.Key_Return, "\r")
    assert codes == [("345678-", True)]
    scanner.release(holder)
    holder.close()
