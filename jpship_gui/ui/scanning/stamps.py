"""When a key was struck."""

from __future__ import annotations

import time

from PySide6.QtGui import QKeyEvent


def now() -> int:
    """Milliseconds of a clock that only goes forward."""
    return time.monotonic_ns() // 1_000_000


class Stamps:
    """The keys' own time stamps. What an input method or another program passes on may carry none: such a key was
    struck as long after the one before as it was handled after it, so that a person's keys stay apart from each other
    and a scanner's stay together."""

    def __init__(self) -> None:
        self._at = 0
        self._handled = now()

    def of(self, event: QKeyEvent) -> int:
        """Milliseconds; only differences mean something."""
        handled = now()
        at = event.timestamp() or self._at + handled - self._handled
        self._at, self._handled = at, handled
        return at
