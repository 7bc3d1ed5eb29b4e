"""What a key event is to a scanner: a character, an end, or nothing of its own."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

SEPARATOR = "\x1d"  # GS, between the fields of a GS1 code
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_CHORDS = _CONTROL | _ALT | Qt.KeyboardModifier.MetaModifier
_SILENT = frozenset(
    {
        Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock,
        Qt.Key.Key_Zenkaku_Hankaku, Qt.Key.Key_Hiragana_Katakana, Qt.Key.Key_Eisu_toggle, Qt.Key.Key_Eisu_Shift,
    }
)  # fmt: skip
_CONTROL_ENDS = (Qt.Key.Key_M, Qt.Key.Key_J)  # CR and LF of scanners that send them as control characters


def plain(event: QKeyEvent) -> bool:
    """Whether the key types a character and is no chord."""
    words = event.text()
    return bool(words) and words.isprintable() and not event.modifiers() & _CHORDS


def ends(event: QKeyEvent) -> bool:
    """Whether it ends a code. Shift+Tab and chords with Enter are a person's."""
    if event.key() in _ENDS:
        return not event.modifiers() & _CHORDS
    return event.key() in _CONTROL_ENDS and event.modifiers() & _CHORDS == _CONTROL


def ends_by_itself(event: QKeyEvent) -> bool:
    """An end that is a person's key too: Enter and Tab, not the control characters, which are shortcuts."""
    return event.key() in _ENDS and not event.modifiers() & _CHORDS


def separates(event: QKeyEvent) -> bool:
    """Whether it is the GS between two fields."""
    if event.text() == SEPARATOR:
        return True
    return event.key() == Qt.Key.Key_BracketRight and event.modifiers() & _CHORDS == _CONTROL


def silent(event: QKeyEvent) -> bool:
    """Keys that only change what others mean; they come between the characters of a scan."""
    return event.key() in _SILENT


def keypad_sign(event: QKeyEvent) -> bool:
    """* - / + of the keypad outside a code are keys of the packing page, not characters."""
    return bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier) and event.text() in "*-/+"


class AltNumber:
    """Signs typed as Alt and a number on the keypad, as some scanners send what no keyboard has. Windows makes the
    sign itself."""

    def __init__(self) -> None:
        self._digits = ""

    def takes(self, event: QKeyEvent) -> bool:
        """Whether the press is a digit of such a number."""
        digits = (
            event.modifiers() & _CHORDS == _ALT and event.modifiers() & Qt.KeyboardModifier.KeypadModifier
        )
        if not digits or not Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9:
            return False
        self._digits += chr(event.key())
        return True

    def sign(self) -> str:
        """The sign once Alt is released, blank when there is none."""
        digits, self._digits = self._digits, ""
        number = int(digits or "0")
        if sys.platform == "win32" or not (number == 0x1D or 0x20 <= number < 0x7F):
            return ""
        return chr(number)


def takes_text(widget: QWidget | None) -> bool:
    """Whether a person types into it: a scan made while the cursor stands there was meant for it."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox)
