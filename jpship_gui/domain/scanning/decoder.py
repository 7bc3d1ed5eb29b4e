"""Keys of a scanner's own keyboard device, as numbers, become codes: no window and no input method lies between."""

from __future__ import annotations

from jpship_gui.domain.scanning.keymap import CTRL, ENTER, SHIFT, TAB, TABLES
from jpship_gui.domain.scanning.setup import Layout, Setup

ALT = frozenset({56, 100})
_SEPARATOR_KEY = 27  # Ctrl with it is GS on a US keyboard
_JIS_SEPARATOR_KEY = 43
_LINE_KEYS = frozenset({36, 50})  # J and M: LF and CR as control characters
_DIGIT_KEYS = {71: 7, 72: 8, 73: 9, 75: 4, 76: 5, 77: 6, 79: 1, 80: 2, 81: 3, 82: 0}
_SEPARATOR = "\x1d"


def layout_of(setup: Setup) -> str:
    """Which keyboard the scanner is: what was found out, else the usual one of a desk in Japan."""
    return "us" if setup.layout is Layout.US else "jis"


class KeyDecoder:
    """Give it each press and release; it returns a code when one is complete. Caps Lock is the computer's matter and
    does not reach here."""

    def __init__(self, layout: str) -> None:
        self._layout = layout
        self._table = TABLES[layout]
        self._down: set[int] = set()
        self._text = ""
        self._number = ""

    @property
    def text(self) -> str:
        """What has come of the next code."""
        return self._text

    def key(self, code: int, down: bool) -> str | None:
        """The code that this key ended, without its end."""
        if not down:
            self._down.discard(code)
            if code in ALT:
                self._finish_number()
            return None
        held = bool(self._down & CTRL)
        if code in SHIFT | CTRL | ALT:
            self._down.add(code)
        elif code in ENTER or code == TAB or (held and code in _LINE_KEYS):
            return self.flush()
        elif held and code == (_SEPARATOR_KEY if self._layout == "us" else _JIS_SEPARATOR_KEY):
            self._text += _SEPARATOR
        elif self._down & ALT:
            self._number += str(_DIGIT_KEYS.get(code, ""))
        elif code in self._table:
            self._text += self._table[code][bool(self._down & SHIFT)]
        return None

    def _finish_number(self) -> None:
        """Alt and a number on the keypad."""
        number, self._number = int(self._number or "0"), ""
        if number == ord(_SEPARATOR) or 0x20 <= number < 0x7F:
            self._text += chr(number)

    def flush(self) -> str | None:
        """The code as it stands; None when nothing has come."""
        text, self._text = self._text, ""
        return text or None
