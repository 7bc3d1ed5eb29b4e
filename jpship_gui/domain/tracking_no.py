"""Tracking numbers: normalising, patterns and check digits. Constants of each carrier stand in its numbers.toml."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

_HYPHENS = dict.fromkeys([0x2D, *range(0x2010, 0x2016), 0x2212, 0xFF0D, 0x30FC, 0x2043], None)
_CODABAR = "ABCDTN*E"


@dataclass(frozen=True, slots=True)
class NumberForm:
    """One form of number a carrier uses; entries of the check-digit reference."""

    id: str
    carrier: str
    pattern: str
    algorithm: str = ""  # name in ALGORITHMS, "" = no check possible
    payload: tuple[int, int] = (0, 0)
    check_index: int = -1
    printed: str = ""  # grouping with # per character
    on_bad_check_digit: str = "reject"  # reject, confirm, warn, none
    on_other_length: str = "confirm"
    accept: str = ""  # "warn": the form itself is uncertain
    valid: tuple[str, ...] = field(default=())
    invalid: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class TrackingNo:
    """A number whose pattern and check digit held for a carrier; made only by `check_number`."""

    carrier: str
    digits: str


def normalise(raw: str) -> str:
    """A scanner's or person's text as bare number: NFKC, control characters, NW-7 start/stop letters, hyphens, blanks off."""
    text = unicodedata.normalize("NFKC", raw)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf")).strip().upper()
    bare = re.sub(r"\s+", "", text.translate(_HYPHENS))
    if len(bare) > 2 and bare[0] in _CODABAR and bare[-1] in _CODABAR and bare[1:-1].isdigit():
        return bare[1:-1]
    if len(bare) > 1 and bare[0] in _CODABAR and bare[1:].isdigit() and 11 <= len(bare) - 1 <= 15:
        return bare[1:]
    if len(bare) > 1 and bare[-1] in _CODABAR and bare[:-1].isdigit() and 11 <= len(bare) - 1 <= 15:
        return bare[:-1]
    return bare
