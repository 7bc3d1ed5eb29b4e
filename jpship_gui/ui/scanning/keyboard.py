"""Scans as keystrokes, wherever the focus is: one filter over the whole program (PK-13)."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from jpship_gui.ui.scanning.burst import SHORTEST, BurstReader

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_CHORDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class KeyboardScanner(QObject):
    """Emits `scanned(text, quick)` for each code.

    While a widget has claimed the keys (`claim`), every character belongs to the scanner and none reaches a field.
    Otherwise characters pass through, and only the Enter of an unmistakable scan is kept back, so that it neither
    closes a dialog nor starts anything.
    """

    scanned = Signal(str, bool)
    typing = Signal(str)  # what a claimed keyboard holds so far

    def __init__(self, app: QApplication, limit: int) -> None:
        super().__init__(app)
        self._reader = BurstReader(limit)
        self._claims: list[QWidget] = []
        self._last: QWidget | None = None
        self._last_at = 0
        app.installEventFilter(self)

    def set_limit(self, limit: int) -> None:
        """The longest gap in milliseconds within one scan (setting `scanner.blank_ms`)."""
        self._reader.limit = limit

    def claim(self, widget: QWidget) -> None:
        """Give every key to the scanner while this widget's window is the active one."""
        self.release(widget)
        self._claims.append(widget)
        self._reader.clear()

    def release(self, widget: QWidget) -> None:
        """End a claim."""
        self._claims = [claimed for claimed in self._claims if claimed is not widget]
        self._reader.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Key presses and committed input-method text of all windows pass here first."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._override(event)
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            return False if self._handed_up(watched, event) else self._pressed(event)
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return self._composed(event)
        return False

    def _handed_up(self, watched: QWidget, event: QKeyEvent) -> bool:
        """Whether this is a key a child ignored: it comes by once more for each parent."""
        last = self._last
        alive = last is not None and shiboken6.isValid(last) and last is not watched
        if alive and event.timestamp() == self._last_at and watched.isAncestorOf(last):  # type: ignore[arg-type]
            return True
        self._last, self._last_at = watched, event.timestamp()
        return False

    def owner(self) -> QWidget | None:
        """Whose the keys are now: the newest claim in the active window."""
        window = QApplication.activeWindow()
        for widget in reversed(self._claims):
            if widget.isVisible() and (window is None or widget.window() is window):
                return widget
        return None

    def _claimed(self) -> bool:
        return self.owner() is not None

    def _override(self, event: QKeyEvent) -> bool:
        """A claimed plain key is nobody's shortcut."""
        if self._claimed() and _plain(event):
            event.accept()
            return True
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        claimed = self._claimed()
        if event.key() in _ENDS and not event.modifiers() & _CHORDS:
            return self._ended(event, claimed)
        if event.key() == Qt.Key.Key_Backspace and claimed:
            self._reader.rub_out()
            self.typing.emit(self._reader.text)
            return True
        if not _plain(event) or (claimed and not self._reader.text and _is_keypad_sign(event)):
            return False
        if not claimed and self._reader.stale(event.timestamp()):
            self._reader.clear()  # letters typed earlier are no part of a scan that comes now
        self._reader.key(event.text(), event.timestamp())
        if claimed:
            self.typing.emit(self._reader.text)
        return claimed

    def _ended(self, event: QKeyEvent, claimed: bool) -> bool:
        burst = self._reader.enter(event.timestamp())
        if claimed:
            if burst.text:
                self.scanned.emit(burst.text, burst.quick)
            return True
        if burst.quick and len(burst.text) >= SHORTEST:
            self.scanned.emit(burst.text, True)
            return True
        return False

    def _composed(self, event: QInputMethodEvent) -> bool:
        """With a Japanese input method on, a scanner's keys arrive as composed text; its Enter only commits it."""
        if not self._claimed():
            return False
        committed = event.commitString()
        if committed:
            self.scanned.emit(committed, True)
        return True


def scanner_of(limit: int) -> KeyboardScanner:
    """The one of the running program, made when first asked for."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    found = app.findChild(KeyboardScanner)
    if found is None:
        return KeyboardScanner(app, limit)
    found.set_limit(limit)
    return found


def _is_keypad_sign(event: QKeyEvent) -> bool:
    """* - / + of the keypad outside a code are keys of the packing page, not characters."""
    return bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier) and event.text() in "*-/+"


def _plain(event: QKeyEvent) -> bool:
    """Whether the key types a character and is no chord."""
    words = event.text()
    return bool(words) and words.isprintable() and not event.modifiers() & _CHORDS
