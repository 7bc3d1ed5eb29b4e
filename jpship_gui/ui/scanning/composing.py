"""A scan that went through an input method while a text field or another window had the keys."""

from __future__ import annotations

import re
import time
import unicodedata

from jpship_gui.domain.packing.kinds import shipment_key_of, tidy

_NUMBER = re.compile(r"[A-EN*T]?[\d-]{8,20}[A-EN*T]?")


class Composing:
    """Follows what is being composed. Events of an input method carry no time, so only what is unmistakable by its
    form *and* came as fast as a scanner counts: a key, a command, a number."""

    def __init__(self) -> None:
        self._length = 0
        self._began = 0.0

    def step(self, preedit: str, committed: str, limit: int) -> str:
        """The code once it is committed, else blank."""
        now = time.monotonic()
        if not committed:
            if len(preedit) <= 1 or not self._length:
                self._began = now
            self._length = len(preedit)
            return ""
        length, self._length = self._length, 0
        text = unicodedata.normalize("NFKC", committed).replace("ー", "-")
        slow = not length or (now - self._began) * 1000 > limit * len(committed)
        return committed if not slow and _unmistakable(text) else ""


def _unmistakable(text: str) -> bool:
    bare = tidy(text)
    return bare.startswith("JPCMD") or bool(shipment_key_of(bare)) or bool(_NUMBER.fullmatch(bare))
