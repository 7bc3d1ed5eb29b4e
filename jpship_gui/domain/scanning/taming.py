"""Several codes in one trigger are tamed by a blank time (PK-13).

Within it the same code once more is a double trigger, and another code of the same kind is a neighbour that came into
the beam: both are left out, the first one counts. Codes of another kind pass, so that a scanner which reads waybill
number and label in one trigger does two steps at once. What is left out is too few, never too many: a piece missing in
the count is asked for, a piece too many would hide one that is missing in the box.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from jpship_gui.domain.packing.kinds import shipment_key_of, tidy
from jpship_gui.domain.packing.tick_turn import PREFIX as TICK

AGAIN = "again"
NEIGHBOUR = "neighbour"

_COMMAND = "command"
_NUMBER = re.compile(r"[A-EN*T]?\d{11,14}[A-EN*T]?|[A-Z]{2}\d{9}[A-Z]{2}")
_WEIGHT = re.compile(r"[A-Z,\s]*[+-]?\s*\d+[.,]?\d*[\s,]*K?G")  # as a scale types it
_JAN = re.compile(r"\d{13}")


def kind_of(code: str) -> str:
    """command, tick, key, weight, number or goods, by shape alone. JAN and UPC look like numbers of some carriers; what
    counts here is only whether two codes are alike."""
    text = tidy(code)
    if text.startswith("JPCMD"):
        return _COMMAND
    if text.startswith(TICK):
        return "tick"
    if shipment_key_of(text):
        return "key"
    if _WEIGHT.fullmatch(text):
        return "weight"
    bare = text.replace("-", "")
    return "number" if _NUMBER.fullmatch(bare) and not _JAN.fullmatch(bare) else "goods"


@dataclass(slots=True)
class Tamer:
    """Judges one scan after the other; times are of the keystrokes, in milliseconds."""

    kind: Callable[[str], str] = kind_of
    _code: str = ""
    _ended: int = 0
    _any: bool = False

    def judge(self, code: str, began: int, ended: int, blank: int) -> str:
        """ "" for a code that counts, else why it does not. Only what counts starts a blank time; a code read on and
        on keeps being left out."""
        near = self._any and 0 <= began - self._ended < blank
        if near and code == self._code:
            self._ended = ended
            return AGAIN
        if near and (kind := self.kind(code)) != _COMMAND and kind == self.kind(self._code):
            return NEIGHBOUR
        self._code, self._ended, self._any = code, ended, True
        return ""
