"""Keys that carry no time of their own, as an input method or another program passes them on: a person's stay a
person's and a scanner's a scanner's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from jpship_gui.ui.scanning import stamps
from jpship_gui.ui.scanning.keyboard import KeyboardScanner
from tests.ui.scanner import Scanner

CODE = "200000001116"


class Hands:
    """Sends keys without a time stamp; what passes in between is said."""

    def __init__(self) -> None:
        self.now = 5_000

    def press(self, target: QWidget, text: str, after: int) -> None:
        """One key, handled so many milliseconds after the one before."""
        self.now += after
        key = Qt.Key.Key_Return if text == "\r" else 0
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

    def type(self, target: QWidget, words: str, gap: int) -> None:
        """Words and their Enter."""
        for letter in f"{words}\r":
            self.press(target, letter, gap)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    made = Hands()
    monkeypatch.setattr(stamps, "now", lambda: made.now)
    return made


@pytest.fixture
def codes(qapp: QApplication, hands: Hands) -> Iterator[list[tuple[str, bool]]]:
    """What a scanner of this test's own read, over a page that claimed the keys."""
    others = qapp.findChildren(KeyboardScanner)
    for other in others:
        qapp.removeEventFilter(other)
    scanner, got = KeyboardScanner(qapp, 60), []
    scanner.scanned.connect(lambda text, quick: got.append((text, quick)))
    scanner.ignored.connect(lambda text, why: got.append((why, False)))
    page = QWidget()
    page.show()
    qapp.processEvents()
    scanner.claim(page)
    yield got
    scanner.release(page)
    page.close()
    qapp.removeEventFilter(scanner)
    shiboken6.delete(scanner)
    for other in others:
        qapp.installEventFilter(other)


@pytest.fixture
def dialog(codes: list[tuple[str, bool]]) -> Iterator[QDialog]:
    made = QDialog()
    column = QVBoxLayout(made)
    column.addWidget(QLineEdit())
    button = QPushButton("OK")
    button.clicked.connect(made.accept)
    column.addWidget(button)
    made.open()
    yield made
    made.close()
    shiboken6.delete(made)


def test_words_a_person_types_and_their_enter_go_to_the_dialog(
    dialog: QDialog, codes: list[tuple[str, bool]], hands: Hands
) -> None:
    (field,) = dialog.findChildren(QLineEdit)
    hands.type(field, "123456", 130)
    assert codes == []
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_scan_presses_nothing_and_the_next_enter_of_a_person_does(
    dialog: QDialog, codes: list[tuple[str, bool]], hands: Hands
) -> None:
    (field,) = dialog.findChildren(QLineEdit)
    hands.type(field, CODE, 3)
    hands.press(field, "\r", 4)  # its line feed
    assert codes == [(CODE, True)]
    assert dialog.isVisible()
    hands.press(field, "\r", 700)
    assert not dialog.isVisible()


def test_a_code_read_again_later_counts_again(
    dialog: QDialog, codes: list[tuple[str, bool]], hands: Hands
) -> None:
    (field,) = dialog.findChildren(QLineEdit)
    hands.type(field, CODE, 3)
    hands.now += 5_000
    hands.type(field, CODE, 3)
    assert codes == [(CODE, True), (CODE, True)]


def test_a_code_whose_keys_are_partly_passed_on_is_one_code(
    dialog: QDialog, codes: list[tuple[str, bool]], hands: Hands
) -> None:
    (field,) = dialog.findChildren(QLineEdit)
    timed = Scanner(gap=3)
    for place, letter in enumerate(CODE):
        if place % 3 != 1:
            hands.now += 3
            timed.press(field, 0, letter)
        else:
            timed.pause(3)
            hands.press(field, letter, 3)
    hands.press(field, "\r", 3)
    assert codes == [(CODE, True)]
    assert dialog.isVisible()
