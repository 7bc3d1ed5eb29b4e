"""Tells a scanner's keystrokes from a person's by their own time stamps, never by when they were handled."""

from __future__ import annotations

from dataclasses import dataclass

SHORTEST = 4  # characters a code has at least to be taken for a scan outside the packing page


@dataclass(frozen=True, slots=True)
class Burst:
    """Characters up to an Enter. `quick` = every gap was below the limit: a scanner, not fingers."""

    text: str
    quick: bool


class BurstReader:
    """Collects characters; `limit` is the longest gap in milliseconds between two keys of one scan."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._text = ""
        self._last = 0
        self._quick = True

    @property
    def text(self) -> str:
        """What has come since the last Enter."""
        return self._text

    def key(self, character: str, at: int) -> None:
        """One character with its event's time stamp in milliseconds."""
        if self._text and at - self._last > self.limit:
            self._quick = False
        self._text += character
        self._last = at

    def stale(self, at: int) -> bool:
        """Whether a character now could not belong to what has come."""
        return bool(self._text) and at - self._last > self.limit

    def rub_out(self) -> None:
        """Backspace: nobody but a person uses it."""
        self._text = self._text[:-1]
        self._quick = False

    def enter(self, at: int) -> Burst:
        """The end of a code. A pause before Enter is a person's too."""
        quick = self._quick and bool(self._text) and at - self._last <= self.limit
        burst = Burst(self._text, quick)
        self.clear()
        return burst

    def clear(self) -> None:
        """Forget what has come."""
        self._text = ""
        self._quick = True
