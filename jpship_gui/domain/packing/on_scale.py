"""A scale on a line of its own says the same weight ten times a second: which of its lines is to be taken (PK-22)."""

from __future__ import annotations

from jpship_gui.domain.packing.weight import ScaleReading

_EMPTY = 5  # grams a scale shows with nothing on it, at most
_SAME = 2  # grams by which one thing at rest may flicker
_STREAM = (
    2.0  # seconds between two lines from which on a line is an act of its own, such as a press of its key
)


class OnScale:
    """One thing is taken once: the parcel that was weighed may stand there while the next is packed."""

    def __init__(self) -> None:
        self._taken: int | None = None
        self._last = 0.0

    def heard(self, reading: ScaleReading, at: float, *, wanted: bool) -> bool:
        """Whether this line is to be taken; `at` in seconds, `wanted` = a weight is waited for."""
        if reading.moving:
            return False
        if reading.grams is None or reading.grams <= _EMPTY:
            self._taken = None
            return False
        streaming, self._last = at - self._last < _STREAM, at
        same = self._taken is not None and abs(reading.grams - self._taken) <= _SAME
        if not wanted or (same and streaming):
            return False
        self._taken = reading.grams
        return True
