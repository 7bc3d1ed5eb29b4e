"""The badge: a bar code that says who stands at the desk.

`JPWHO`, the person's code, and one check character (ISO 7064, MOD 37,36), which finds every wrong character and nearly
every swap of neighbours. The O in it is in no shipment key, so a badge is never taken for one.
"""

from __future__ import annotations

import re

PREFIX = "JPWHO"
LONGEST = 8  # characters of a code
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BASE = len(_ALPHABET)
_CODE = re.compile(rf"[0-9A-Z]{{1,{LONGEST}}}", re.ASCII)


def is_code(text: str) -> bool:
    """Whether a text can be a person's code."""
    return bool(_CODE.fullmatch(text))


def badge_of(code: str) -> str:
    """What the badge of a code holds; ValueError for what is no code."""
    if not is_code(code):
        raise ValueError(f"{code} is no code of a person")
    return PREFIX + code + _check(code)


def is_badge(text: str) -> bool:
    """Whether a tidied text wants to be a badge, well read or not."""
    return text.startswith(PREFIX)


def code_on(text: str) -> str:
    """The person's code on a badge; blank where it is none or was misread."""
    code, check = text[len(PREFIX) : -1], text[-1:]
    return code if is_badge(text) and is_code(code) and _check(code) == check else ""


def _check(code: str) -> str:
    carried = _BASE
    for character in code:
        carried = (carried + _ALPHABET.index(character)) % _BASE or _BASE
        carried = carried * 2 % (_BASE + 1)
    return _ALPHABET[(_BASE + 1 - carried) % _BASE]
