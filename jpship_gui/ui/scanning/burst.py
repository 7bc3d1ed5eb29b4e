"""Tells a scanner's keystrokes from a person's by their own time stamps, never by when they were handled."""

from __future__ import annotations

from dataclasses import dataclass

SHORTEST = 3  # characters a code has at least to be taken for a scan outside the packing page
SILENCE = 3  # gaps of nothing end a code where nothing else does
_WRAP = 1 << 32  # X and Windows count milliseconds in 32 bits
_PAUSE = 6  # gaps; whoever waits longer has begun something new
_SHORTEST_PAUSE = 400
_LONG = 8  # characters from which on a hiccup of the computer is told from fingers
_SOME = 4  # of so many gaps one may be longer, as long as the whole is as quick as a scanner
_NEVER = 1 << 20


def gap(before: int, at: int) -> int:
    """Milliseconds from one time stamp to a later one, which may have begun anew at 0."""
    return (at - before) % _WRAP


@dataclass(frozen=True, slots=True)
class Burst:
    """Characters up to their end. `quick` = every gap was below the limit: a scanner, not fingers. `left_over` was
    typed before a scan came and is no part of it."""

    text: str
    quick: bool
    began: int = 0
    ended: int = 0
    left_over: str = ""


class BurstReader:
    """Collects characters; `limit` is the longest gap in milliseconds between two keys of one scan."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._before = ""
        self._text = ""
        self._last = 0
        self._began = 0
        self._slow = 0

    @property
    def text(self) -> str:
        """What has come since the last end."""
        return self._before + self._text

    def key(self, character: str, at: int) -> None:
        """One character with its event's time stamp in milliseconds."""
        if self._text:
            since = gap(self._last, at)
            if since > max(self.limit * _PAUSE, _SHORTEST_PAUSE):
                self._before, self._text, self._slow = self.text, "", 0
            elif since > self.limit:
                self._slow += 1
        if not self._text:
            self._began = at
        self._text += character
        self._last = at

    def stale(self, at: int) -> bool:
        """Whether a character now could not belong to what has come."""
        return bool(self._text) and gap(self._last, at) > self.limit

    def silent(self, at: int) -> bool:
        """Whether a code that nothing ends was over before now."""
        return bool(self._text) and gap(self._last, at) > self.limit * SILENCE

    def scanned(self) -> bool:
        """Whether what has come since the last pause is a whole scan's worth, though nothing ended it."""
        return len(self._text) >= SHORTEST and self._quick(self._last, 0)

    def ends_scan(self, at: int) -> bool:
        """Whether an end now would be a scanner's."""
        return len(self._text) >= SHORTEST and self._quick(at, gap(self._last, at))

    def _quick(self, at: int, since: int) -> bool:
        """No gap was long, or few in a long code that was quick on the whole: no fingers strike twelve keys in half a
        second, and a computer may be held up once."""
        count = len(self._text)
        slow = self._slow + (since > self.limit)
        if not slow or not count:
            return bool(count)
        whole = gap(self._began, at) <= self.limit * count
        return count >= _LONG and slow <= count // _SOME and whole and since <= _SHORTEST_PAUSE

    def rub_out(self) -> None:
        """Backspace: nobody but a person uses it."""
        if not self._text:
            self._text, self._before = self._before, ""
        self._text = self._text[:-1]
        self._slow = _NEVER

    def enter(self, at: int) -> Burst:
        """The end of a code by a key. A pause before it is a person's too."""
        return self._end(self._quick(at, gap(self._last, at)), at)

    def silence(self) -> Burst:
        """The end of a code whose scanner sends nothing after it."""
        return self._end(self._quick(self._last, 0), self._last)

    def _end(self, quick: bool, at: int) -> Burst:
        if quick and self._before and len(self._text) >= SHORTEST:
            burst = Burst(self._text, True, self._began, at, self._before)
        else:
            burst = Burst(self.text, quick and not self._before, self._began, at)
        self.clear()
        return burst

    def clear(self) -> None:
        """Forget what has come."""
        self._before = ""
        self._text = ""
        self._last = 0
        self._began = 0
        self._slow = 0
