"""How the practice marketplace misbehaves, one word each: on request, or by chance."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """What happens to a call. "accepted" means that the call took effect before the answer went wrong."""

    LATE = "late"  # accepted, answered after `seconds`
    SILENT = "silent"  # accepted, answered so late that the caller has given up
    DEAF = "deaf"  # not accepted, not answered
    TWICE = "twice"  # accepted, every entry of the answer twice and the answer itself sent twice
    HTML_500 = "html500"  # not accepted, a gateway's page
    ACCEPTED_500 = "accepted500"  # accepted, then status 500 with a page
    EMPTY_500 = "empty500"  # not accepted, no body
    BUSY = "429"
    CUT_BEFORE = "cut_before"  # the connection is dropped, not accepted
    CUT_AFTER = "cut_after"  # the connection is dropped after accepting
    CUT_THEN_ACCEPTED = "cut_then_accepted"  # dropped at once, takes effect `seconds` later
    PARTIAL = "partial"  # every second order of a report is refused
    GATEWAY = "ES04-01"  # HTTP 200 with the gateway's own error shape
    WRONG_ORDER = "wrong_order"  # accepted, the answer speaks of another order
    EXPIRED = "expired"  # 401 as after 90 days


@dataclass(slots=True)
class Trick:
    """A standing order: the next `times` calls of `function` ("*" = any) go wrong in this way."""

    function: str
    how: How
    times: int = 1
    seconds: float = 1.0


class Chance:
    """One call in `one_in` goes wrong, drawn from a seed. `seconds` is how late an answer or a report taken later
    comes, `silence` how long a call hangs that is never answered: longer than its callers wait."""

    def __init__(self, one_in: int, seed: str, seconds: float = 0.3, silence: float = 1.5) -> None:
        self._one_in = max(1, one_in)
        self._dice = random.Random(seed)
        self._seconds = seconds
        self._silence = silence

    def draw(self, function: str, hows: Sequence[How]) -> Trick | None:
        """What happens to a call of this function, if anything."""
        if not hows or self._dice.randrange(self._one_in):
            return None
        how = self._dice.choice(hows)
        seconds = self._silence if how in (How.SILENT, How.DEAF) else self._seconds
        return Trick(function, how, seconds=seconds)


class Misbehaviour:
    """The list of standing orders; the first that fits a call is used up by one. Where none does, chance decides."""

    def __init__(self) -> None:
        self._tricks: list[Trick] = []
        self._chance: Chance | None = None
        self._lock = threading.Lock()

    def ask(self, trick: Trick) -> None:
        """Add a standing order behind those already there."""
        with self._lock:
            self._tricks.append(trick)

    def leave_to(self, chance: Chance) -> None:
        """From now on misbehave by chance as well."""
        with self._lock:
            self._chance = chance

    def clear(self) -> None:
        """Behave well from now on."""
        with self._lock:
            self._tricks.clear()
            self._chance = None

    def take(self, function: str, mishaps: Sequence[How] = ()) -> Trick | None:
        """The standing order that concerns this call, else what chance has for it among `mishaps`."""
        with self._lock:
            for trick in self._tricks:
                if trick.function in ("*", function) and trick.times > 0:
                    trick.times -= 1
                    return trick
            return self._chance.draw(function, mishaps) if self._chance else None
