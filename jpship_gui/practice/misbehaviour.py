"""How the practice marketplace misbehaves on request, one word each."""

from __future__ import annotations

import threading
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


class Misbehaviour:
    """The list of standing orders; the first that fits a call is used up by one."""

    def __init__(self) -> None:
        self._tricks: list[Trick] = []
        self._lock = threading.Lock()

    def ask(self, trick: Trick) -> None:
        """Add a standing order behind those already there."""
        with self._lock:
            self._tricks.append(trick)

    def clear(self) -> None:
        """Behave well from now on."""
        with self._lock:
            self._tricks.clear()

    def take(self, function: str) -> Trick | None:
        """The standing order that concerns this call, if any."""
        with self._lock:
            for trick in self._tricks:
                if trick.function in ("*", function) and trick.times > 0:
                    trick.times -= 1
                    return trick
            return None
