"""The set-up wizard: real key events in, settings out; its codes are read back from the picture of the window."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
import shiboken6
import zxingcpp
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog

from jpship_gui import texts
from jpship_gui.app import BugHook
from jpship_gui.domain.scanning.diagnosis import JAN, NUMBER, SIGNS
from jpship_gui.ui.bug_dialog import BugDialog
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.scanning.keyboard import apply_setup
from jpship_gui.ui.scanning.recorder import Recorder
from jpship_gui.ui.scanning.wizard import ScannerWizard, open_wizard
from jpship_gui.ui.theme import palette
from tests.domain.scanning.test_framing import sent_by
from tests.ui.driving import Driver
from tests.ui.scanner import Scanner

ENTER = Qt.Key.Key_Return


@pytest.fixture
def wizard(window: MainWindow, driver: Driver) -> Iterator[ScannerWizard]:
    made = open_wizard(window.desk, window)
    driver.settle()
    yield made
    if shiboken6.isValid(made):
        made.reject()
    driver.settle()


def read(wizard: ScannerWizard, codes: list[str], end: Qt.Key | None = ENTER, gap: int = 3) -> None:
    typist = Scanner(gap=gap)
    for code in codes:
        if end is None:
            typist.pause(1000)
            typist.burst(wizard, code)
            wizard._recorder._timer.timeout.emit()  # the silence after it
        else:
            typist.scan(wizard, code, end)


def settings(window: MainWindow) -> dict[str, object]:
    names = ("blank_ms", "prefix", "suffix", "suffix_text", "layout", "caps")
    return {name: window.desk.ws.options.get(f"scanner.{name}") for name in names}


USUAL = {"blank_ms": 40, "prefix": "", "suffix": "enter", "suffix_text": "", "layout": "same", "caps": False}


def us(code: str) -> str:
    return sent_by(code, "us", "jis")


CASES: dict[str, tuple[Callable[[str], str], Qt.Key | None, dict[str, object]]] = {
    "as it comes": (str, ENTER, {}),
    "tab": (str, Qt.Key.Key_Tab, {"suffix": "tab"}),
    "nothing after it": (str, None, {"suffix": "none"}),
    "prefix": (lambda code: "~" + code, ENTER, {"prefix": "~"}),
    "characters after it": (lambda code: code + "#", None, {"suffix": "text", "suffix_text": "#"}),
    "another keyboard": (us, ENTER, {"layout": "us"}),
    "caps lock": (str.swapcase, ENTER, {"caps": True}),
    "all at once": (lambda code: us("<" + code).swapcase(), Qt.Key.Key_Tab, {"prefix": "<", "suffix": "tab", "layout": "us", "caps": True}),
}  # fmt: skip


@pytest.mark.parametrize(("sends", "end", "changed"), CASES.values(), ids=CASES.keys())
def test_it_sets_itself_and_makes_sure(
    wizard: ScannerWizard, window: MainWindow, driver: Driver, sends: Callable[[str], str], end: Qt.Key | None, changed: dict[str, object]
) -> None:  # fmt: skip
    before = settings(window)
    read(wizard, [sends(SIGNS), sends(f"a{NUMBER}a")], end)
    assert settings(window) == before  # nothing before all came
    read(wizard, [sends(JAN)], end)
    assert settings(window) == {**USUAL, **changed}
    assert wizard.step == 3
    typist = Scanner()
    if end is None:
        typist.burst(wizard, sends(SIGNS))
        driver.wait_for(lambda: wizard.step == 4)
    else:
        typist.scan(wizard, sends(SIGNS), end)
    assert wizard.step == 4
    assert wizard.isVisible()  # no Enter closed it
    driver.settle()
    assert wizard.finish.isVisible()


def test_another_code_in_the_beam_is_asked_again(wizard: ScannerWizard) -> None:
    read(wizard, ["4901234567894"])
    assert wizard.step == 0
    read(wizard, [SIGNS, JAN])
    assert wizard.step == 1
    read(wizard, [f"A{NUMBER}A"])
    assert wizard.step == 2


def test_a_scanner_that_cannot_be_mended_changes_nothing(
    wizard: ScannerWizard, window: MainWindow, driver: Driver
) -> None:
    before = settings(window)
    read(wizard, ["0000000", "0000000"])
    read(wizard, [NUMBER, JAN])
    assert settings(window) == before
    assert wizard.diagnosis is not None
    assert not wizard.diagnosis.ok
    driver.settle()
    assert wizard.again.isVisible()
    wizard.again.click()
    read(wizard, [SIGNS])
    assert wizard.step == 1


def test_what_the_scanner_does_not_read_is_said(wizard: ScannerWizard, driver: Driver) -> None:
    wizard.unread.click()
    assert wizard.step == 0  # without the first nothing is known
    read(wizard, [SIGNS])
    wizard.unread.click()
    read(wizard, [JAN])
    assert wizard.diagnosis is not None
    assert "number_unread" in [finding.code for finding in wizard.diagnosis.findings]
    assert wizard.step == 3


def test_a_serial_scanner_and_an_input_method_bring_whole_lines(
    wizard: ScannerWizard, window: MainWindow
) -> None:
    scanner = apply_setup(window.desk.ws.options)
    scanner.feed(SIGNS + "\r\n")
    event = QInputMethodEvent("", [])
    event.setCommitString("".join(chr(ord(d) + 0xFEE0) for d in NUMBER))
    QApplication.sendEvent(wizard, event)
    scanner.feed(JAN)
    assert wizard.step == 3
    assert settings(window)["blank_ms"] == 60


def test_left_early_everything_stays(wizard: ScannerWizard, window: MainWindow, driver: Driver) -> None:
    before = settings(window)
    read(wizard, [SIGNS])
    ended: list[int] = []
    wizard.finished.connect(ended.append)
    Scanner().press(wizard, Qt.Key.Key_Escape, "\x1b")
    driver.settle()
    assert ended == [QDialog.DialogCode.Rejected]
    assert settings(window) == before


def shot(wizard: ScannerWizard) -> Image.Image:
    picture = wizard.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    size = (picture.width(), picture.height())
    return Image.frombytes("RGB", size, bytes(picture.constBits()), "raw", "RGB", picture.bytesPerLine())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_codes_on_the_screen_can_be_read(
    qapp: QApplication, wizard: ScannerWizard, driver: Driver, theme: str, language: str
) -> None:
    palette.apply(qapp, theme)
    texts.set_language(language)
    qapp.sendEvent(wizard, QEvent(QEvent.Type.LanguageChange))
    try:
        for held, kind in ((SIGNS, "Code 128"), (NUMBER, "Codabar"), (JAN, "EAN-13")):
            driver.settle()
            found = zxingcpp.read_barcodes(shot(wizard))
            assert [(code.text.strip("A"), str(code.format)) for code in found] == [(held, kind)]
            read(wizard, [held])
    finally:
        palette.apply(qapp, "light")
        texts.set_language("ja")


def test_a_recorder_that_is_gone_takes_no_keys_with_it(window: MainWindow, driver: Driver) -> None:
    scanner = apply_setup(window.desk.ws.options)
    recorder = Recorder()
    scanner.record(recorder)
    shiboken6.delete(recorder)
    heard: list[str] = []
    scanner.scanned.connect(lambda code, quick: heard.append(code))
    scanner.claim(window)
    Scanner().scan(window, "4901234567894")
    scanner.feed("JP0000013")
    driver.settle()
    scanner.release(window)
    assert heard == ["4901234567894", "JP0000013"]


def test_a_bug_is_said_in_a_window_that_stays(qapp: QApplication, driver: Driver) -> None:
    """Nobody but the hook holds it; the next one is said once it was closed."""
    hook = BugHook(qapp)
    for _ in range(2):
        hook.show(ValueError("x"))
        hook.show(ValueError("y"))
        gc.collect()
        driver.settle()
        shown = [
            one for one in QApplication.topLevelWidgets() if isinstance(one, BugDialog) and one.isVisible()
        ]
        assert len(shown) == 1
        shown[0].reject()
        driver.settle()
