"""A scanner's keystrokes as Qt events with time stamps of their own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_PLAIN = Qt.KeyboardModifier.NoModifier


class Clock:
    """One for all made keystrokes of the process, as a computer has one: it never goes back from test to test, and is
    far from the time stamps QTest gives to its own."""

    now = 100_000_000  # ms
    _handled = 0

    @classmethod
    def fingers(cls) -> int:
        """When a key was handled that QTest made, which carries no time: no scanner is that slow, on no machine."""
        cls._handled += 200
        return cls._handled


class Scanner:
    """Types codes into whatever has the focus; `gap` is milliseconds between two keys."""

    def __init__(self, gap: int = 3) -> None:
        Clock.now += 100_000
        self._now = Clock.now
        self._gap = gap

    def press(self, target: QWidget, key: int, text: str, modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
        """One key with the next time stamp."""
        self._now += self._gap
        Clock.now = max(Clock.now, self._now)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, text)
            event.setTimestamp(self._now)
            QApplication.sendEvent(target, event)

    def pause(self, milliseconds: int) -> None:
        """Time goes by."""
        self._now += milliseconds

    def at(self, milliseconds: int) -> None:
        """The time stamps of this scanner go on from here, be it before the others'."""
        self._now = milliseconds

    def burst(self, target: QWidget, code: str) -> None:
        """Characters alone."""
        for character in code:
            self.press(target, 0, character)

    def scan(self, target: QWidget, code: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
        """A code and its Enter."""
        self.pause(1_000)
        self.burst(target, code)
        self.press(target, end, "\t" if end == Qt.Key.Key_Tab else "\r")

    def compose(self, target: QWidget, code: str) -> None:
        """The same with an input method on: composed text, committed by the scanner's Enter."""
        event = QInputMethodEvent("", [])
        event.setCommitString(code)
        QApplication.sendEvent(target, event)
