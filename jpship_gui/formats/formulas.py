"""Cells a spreadsheet would calculate: told, disarmed when written, restored when read (docs/decisions/formulas.md)."""

from __future__ import annotations

import re

_BLANKS = r"[\s\u3000\"]*"  # a file written without quotes may be read with them
# A Japanese spreadsheet takes the full-width signs for the others.
_LIVE = re.compile(rf"{_BLANKS}[=+\-@＝＋－＠].*\w|[\t\r\n]{_BLANKS}\S", re.DOTALL)
_DISARMED = re.compile(rf"'(?={_BLANKS}[=+\-@＝＋－＠].*\w|[\t\r\n]{_BLANKS}\S)", re.DOTALL)
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?")
_FIGURES = re.compile(r"[+-]?[0-9][0-9 ,.:/()-]*")
_FIGURE_KINDS = frozenset({"digits", "phone", "integer", "money", "rate", "date", "datetime", "time", "flag"})
_KEY_KINDS = frozenset({"id", "key"})


def is_live(text: str, kind: str = "text") -> bool:
    """Whether a spreadsheet would calculate this cell of a column of some kind. A number with its sign is only a
    number; where a column holds figures by declaration so are telephone numbers and dates."""
    if _LIVE.match(text) is None:
        return False
    return not (_FIGURES if kind in _FIGURE_KINDS else _NUMBER).fullmatch(text)


def disarmed(text: str, kind: str = "text") -> str:
    """The cell as it may be written: an apostrophe before what would be calculated, all else as it is."""
    return f"'{text}" if is_live(text, kind) else text


def restored(text: str) -> str:
    """The cell before it was disarmed, by us or by whoever does it the same way."""
    return text[1:] if text.startswith("'") and _DISARMED.match(text) else text


def is_key(kind: str) -> bool:
    """Whether cells of this kind name something at the receiver, so that one more character would name another."""
    return kind in _KEY_KINDS
