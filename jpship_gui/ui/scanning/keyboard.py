"""Scans as keystrokes, wherever the focus is: one filter over the whole program (PK-13)."""

from __future__ import annotations

import time

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from jpship_gui.domain.scanning.framing import code_of, composed, unframed
from jpship_gui.domain.scanning.setup import Setup, setup_of
from jpship_gui.domain.scanning.taming import Tamer
from jpship_gui.settings.options import Options
from jpship_gui.ui.scanning import strokes
from jpship_gui.ui.scanning.burst import SILENCE, Burst, BurstReader, gap
from jpship_gui.ui.scanning.composing import Composing
from jpship_gui.ui.scanning.holding import Holding
from jpship_gui.ui.scanning.recorder import Recorder
from jpship_gui.ui.scanning.stamps import Stamps

_SLACK = 10  # ms beyond the longest gap before keys held back are taken for a person's


class KeyboardScanner(QObject):
    """Emits `scanned(text, quick)` for each code.

    Whose a key is:
    * a widget has claimed the keys and its window is in front: the scanner's, none reaches a field;
    * a menu, a dialog or another window is in front of it, or nobody claimed them and no text field has the focus:
      held back for the length of one gap. A scan's go no further; a person's reach their widget after that;
    * nobody claimed them and a text field has the focus: the field's, for a code read there was meant for it. Only the
      Enter of an unmistakable scan is kept back.
    A scanner's Enter therefore never closes, chooses or starts anything, whatever is open.
    """

    scanned = Signal(str, bool)
    ignored = Signal(str, str)  # a code left out, and why: again, neighbour
    typing = Signal(str)  # what a claimed keyboard holds so far

    def __init__(self, app: QApplication, limit: int) -> None:
        super().__init__(app)
        self.setup = Setup(gap=limit)
        self._reader = BurstReader(limit)
        self._holding = Holding()
        self._composing = Composing()
        self._tamer = Tamer()
        self._stamps = Stamps()
        self._alt = strokes.AltNumber()
        self._claims: list[QWidget] = []
        self._recorder: Recorder | None = None
        self._last: QWidget | None = None
        self._last_at = 0
        self._ended_at: int | None = None  # Enter of the last scan; a second one right after is its line feed
        self._turns = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setTimerType(Qt.TimerType.PreciseTimer)
        self._soon.timeout.connect(self._waited)
        app.installEventFilter(self)

    # Settings and claims ----------------------------------------------------------------------------------------

    def set_setup(self, setup: Setup) -> None:
        """The desk's settings."""
        self.setup = setup
        self._reader.limit = setup.gap

    def set_limit(self, limit: int) -> None:
        """The longest gap in milliseconds within one scan (setting `scanner.blank_ms`)."""
        self._reader.limit = limit

    def claim(self, widget: QWidget) -> None:
        """Give every key to the scanner while this widget's window is the active one, and every scan while another
        window without a claim is in front of it."""
        self.release(widget)
        self._claims.append(widget)

    def release(self, widget: QWidget) -> None:
        """End a claim."""
        self._claims = [claimed for claimed in self._claims if claimed is not widget]
        self._forget()

    def record(self, recorder: Recorder | None) -> None:
        """Give every press to `recorder` instead, as the set-up wizard needs them; None ends that."""
        self._recorder = recorder
        self._forget()

    def _recording(self) -> Recorder | None:
        """A recorder that went without a word ends its recording: no key of the program may be lost with it."""
        if self._recorder is not None and not shiboken6.isValid(self._recorder):
            self._recorder = None
        return self._recorder

    def begin_anew(self) -> None:
        """As if no key had ever come: for events whose time stamps begin again, as those made in a test."""
        self._soon.stop()
        self._holding.drop()
        self._reader.clear()
        self._composing, self._tamer, self._alt = Composing(), Tamer(), strokes.AltNumber()
        self._stamps = Stamps()
        self._last, self._last_at, self._ended_at = None, 0, None

    def holding(self) -> bool:
        """Whether keys are held back at this moment, until it is sure that they are no scan."""
        return bool(len(self._holding))

    def owner(self) -> QWidget | None:
        """Whose a scan is now: the newest claim in the active window, else the newest in sight."""
        seen = [widget for widget in reversed(self._claims) if _in_sight(widget)]
        window = QApplication.activeWindow()
        near = next((widget for widget in seen if window is None or widget.window() is window), None)
        return near or next(iter(seen), None)

    def _near(self) -> bool:
        """Whether even a person's keys belong to the owner: nothing is open over it."""
        if not self._claims or QApplication.activePopupWidget() is not None:
            return False
        owner, window = self.owner(), QApplication.activeWindow()
        return owner is not None and (window is None or owner.window() is window)

    def _forget(self) -> None:
        self._holding.give()
        self._reader.clear()

    # Keys -------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Key presses and committed input-method text of all windows pass here first."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            if self._holding.giving or not isinstance(watched, QWidget):
                return False
            assert isinstance(event, QKeyEvent)
            return False if self._handed_up(watched, event) else self._pressed(watched, event)
        if kind == QEvent.Type.KeyRelease:
            if self._holding.giving or not isinstance(watched, QWidget):
                return False
            assert isinstance(event, QKeyEvent)
            return self._released(watched, event)
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._override(event)
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return self._composed(watched, event)
        return False

    def _handed_up(self, watched: QWidget, event: QKeyEvent) -> bool:
        """Whether this is a key a child ignored: it comes by once more for each parent."""
        last = self._last
        alive = last is not None and shiboken6.isValid(last) and last is not watched
        if alive and event.timestamp() == self._last_at and watched.isAncestorOf(last):  # type: ignore[arg-type]
            return True
        self._last, self._last_at = watched, event.timestamp()
        return False

    def _override(self, event: QKeyEvent) -> bool:
        """A claimed plain key is nobody's shortcut, nor is a control character in the midst of a scan."""
        plain = strokes.plain(event)
        amid = not plain and bool(self._reader.text) and self._amid(event)
        if (plain or amid) and (self._recording() is not None or self._near() or amid):
            event.accept()
            return True
        return False

    def _amid(self, event: QKeyEvent) -> bool:
        """Whether a control character comes so soon after a character that it belongs to a scan."""
        control = strokes.separates(event) or (strokes.ends(event) and not strokes.ends_by_itself(event))
        return control and self._reader.scanned() and not self._reader.stale(self._stamps.of(event))

    def _pressed(self, watched: QWidget, event: QKeyEvent) -> bool:
        recorder = self._recording()
        if recorder is not None:
            if event.key() == Qt.Key.Key_Escape:
                return False
            recorder.press(event, self._stamps.of(event))
            return True
        if strokes.silent(event):
            return False
        near = self._near()
        if strokes.ends(event) and (strokes.ends_by_itself(event) or self._amid(event)):
            return self._entered(watched, event, near)
        if near:
            return self._claimed_key(event)
        if strokes.plain(event) or (strokes.separates(event) and self._amid(event)):
            return self._passing_key(watched, event)
        self._forget()  # a person's key: what they typed before it comes first
        return not shiboken6.isValid(watched)

    def _claimed_key(self, event: QKeyEvent) -> bool:
        reader = self._reader
        if event.key() == Qt.Key.Key_Backspace:
            reader.rub_out()
            self.typing.emit(reader.text)
            return True
        if self._alt.takes(event):
            return True
        separator = strokes.separates(event) and bool(reader.text)
        if not (strokes.plain(event) or separator) or (not reader.text and strokes.keypad_sign(event)):
            return False
        self._character(strokes.SEPARATOR if separator else event.text(), self._stamps.of(event))
        self.typing.emit(reader.text)
        return True

    def _passing_key(self, watched: QWidget, event: QKeyEvent) -> bool:
        """Nobody's for sure: held back, or shown to a text field while it is read along."""
        at = self._stamps.of(event)
        if self._reader.stale(at):
            self._holding.give()  # read on: a hiccup of the computer does not end a scan
        held = bool(self._claims and self.owner() is not None) or not strokes.takes_text(watched)
        self._character(strokes.SEPARATOR if strokes.separates(event) else event.text(), at)
        if held:
            self._holding.keep(watched, event)
        self._wait()
        return held

    def _character(self, character: str, at: int) -> None:
        reader = self._reader
        if self.setup.silent and reader.silent(at) and reader.scanned():
            self._emit(reader.silence())
        reader.key(character, at)
        ending = self.setup.ending
        if ending and reader.text.endswith(ending) and reader.scanned() and not reader.stale(at):
            self._holding.drop()
            self._emit(reader.enter(at))
        elif self.setup.silent:
            self._wait()

    def _entered(self, watched: QWidget, event: QKeyEvent, near: bool) -> bool:
        at, reader = self._stamps.of(event), self._reader
        second = self._ended_at is not None and not reader.text and gap(self._ended_at, at) <= reader.limit
        if second:
            return True
        if near:
            if reader.text:
                self._emit(reader.enter(at))
            return True
        if reader.ends_scan(at):
            held = bool(len(self._holding))
            self._holding.drop()
            burst = reader.enter(at)
            self._emit(burst)
            if not held:
                self._tidy(watched, burst.text)
            return True
        self._forget()
        return not shiboken6.isValid(watched)

    def _released(self, watched: QWidget, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Alt and (sign := self._alt.sign()) and self._near():
            self._character(sign, self._stamps.of(event))
            return False
        if len(self._holding) and self._holding.holds(event.key()):
            self._holding.keep(watched, event)
            return True
        return False

    # Time -------------------------------------------------------------------------------------------------------

    def _wait(self) -> None:
        self._turns = 0
        self._soon.start(self._reader.limit * (SILENCE if self.setup.silent else 1) + _SLACK)

    def _waited(self) -> None:
        """The gap is over, unless keys still wait in the queue of a window that was busy: they are let in first."""
        if self._turns < 2:
            self._turns += 1
            self._soon.start(0)
            return
        if self.setup.silent and self._reader.scanned():
            self._break_off()
        else:
            self._holding.give()  # read on: should the rest come late after all, the time stamps tell

    def _break_off(self) -> None:
        """Silence: the end of a code where nothing else ends it, else what was held back is a person's."""
        reader = self._reader
        if self.setup.silent and reader.scanned():
            self._holding.drop()
            self._emit(reader.silence())
        else:
            self._forget()

    # Input method -----------------------------------------------------------------------------------------------

    def _composed(self, watched: QObject, event: QInputMethodEvent) -> bool:
        """With a Japanese input method on, a scanner's keys arrive as composed text; its Enter only commits it."""
        committed = event.commitString()
        recorder = self._recording()
        if recorder is not None:
            if committed:
                recorder.line(committed, method=True)
            return True
        if self._near():
            if committed:
                self._give(composed(committed), True, 0, 0, timed=False)
            return True
        code = self._composing.step(event.preeditString(), committed, self._reader.limit)
        if not code:
            return False
        self._give(code, True, 0, 0, timed=False)
        if self.owner() is None and isinstance(watched, QWidget) and strokes.takes_text(watched):
            return False
        QApplication.sendEvent(watched, QInputMethodEvent("", []))  # what was being composed goes
        return True

    # Codes ------------------------------------------------------------------------------------------------------

    def feed(self, text: str) -> None:
        """A code from a device of its own, whole: a serial port, raw input. Its time is now."""
        recorder = self._recording()
        if recorder is not None:
            recorder.line(text)
            return
        now = time.monotonic_ns() // 1_000_000 % (1 << 32)
        code = unframed(text.strip("\r\n\t"), self.setup.prefix, self.setup.ending)
        self._tell(code, True, self._tamer.judge(code, now, now, self.setup.again))

    def _emit(self, burst: Burst) -> None:
        self._soon.stop()
        self._ended_at = burst.ended if burst.quick else None
        self._give(burst.text, burst.quick, burst.began, burst.ended)

    def _give(self, text: str, quick: bool, began: int, ended: int, *, timed: bool = True) -> None:
        code = code_of(text, self.setup) if quick else text
        self._tell(
            code, quick, self._tamer.judge(code, began, ended, self.setup.again) if quick and timed else ""
        )

    def _tell(self, code: str, quick: bool, reason: str) -> None:
        if reason:
            self.typing.emit("")
            self.ignored.emit(code, reason)
        else:
            self.scanned.emit(code, quick)

    def _tidy(self, field: QWidget, sent: str) -> None:
        """In the text field that had a scan's characters, prefix and suffix go."""
        code = code_of(sent, self.setup)
        if code == sent or not isinstance(field, QLineEdit):
            return
        before = field.text()[: field.cursorPosition()]
        if before.endswith(sent):
            field.setSelection(len(before) - len(sent), len(sent))
            field.insert(code)


def _in_sight(widget: QWidget) -> bool:
    return shiboken6.isValid(widget) and widget.isVisible()


def apply_setup(options: Options) -> KeyboardScanner:
    """Let the scanner read as the desk's settings say from now on."""
    setup = setup_of(options.get)
    scanner = scanner_of(setup.gap)
    scanner.set_setup(setup)
    return scanner


def scanner_of(limit: int) -> KeyboardScanner:
    """The one of the running program, made when first asked for."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    found = app.findChild(KeyboardScanner)
    if found is None:
        return KeyboardScanner(app, limit)
    found.set_limit(limit)
    return found
