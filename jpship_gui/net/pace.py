"""How often a site may be called: one clock per site, account and lane, whatever session calls; and calls saved up."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass

from jpship_gui.net.faults import Throttled


class Pace:
    """Lets calls through no closer together than `seconds`, in the order they came."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self, seconds: float) -> None:
        """Sleep until the next call may leave."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next)
            self._next = start + seconds
        if start > now:
            time.sleep(start - now)


@dataclass(frozen=True, slots=True)
class Rate:
    """Calls a second in the long run, and how many may be made at once after a rest."""

    per_second: float
    burst: int = 1


class Bucket:
    """Calls saved up (a token bucket), kept in a mapping that outlives the program, in wall-clock seconds."""

    def __init__(
        self,
        rate: Rate,
        memory: MutableMapping[str, str],
        key: str,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate = rate
        self._memory = memory
        self._key = f"bucket.{key}"
        self._clock = clock
        self._sleep = sleep

    def due_in(self) -> float:
        """Seconds until the next call may leave; 0 = now."""
        return max(0.0, (1.0 - self._calls()) / self._rate.per_second)

    def left(self) -> int:
        """How many calls may leave at once."""
        return int(self._calls())

    def take(self, patience: float) -> None:
        """Use one call, after a pause of at most `patience` seconds; Throttled("net_not_due") tells how long it is."""
        wait = self.due_in()
        if wait > patience:
            raise Throttled("net_not_due", seconds=round(wait), minutes=max(1, round(wait / 60)))
        if wait:
            self._sleep(wait)
        self._write(max(0.0, self._calls() - 1.0))

    def empty(self) -> None:
        """The site said that there were no calls left after all."""
        self._write(0.0)

    def _calls(self) -> float:
        burst = float(self._rate.burst)
        try:
            calls, at = json.loads(self._memory.get(self._key, ""))
            rested = max(0.0, self._clock() - float(at))
            return min(burst, float(calls) + rested * self._rate.per_second)
        except (ValueError, TypeError):
            return burst

    def _write(self, calls: float) -> None:
        self._memory[self._key] = json.dumps([round(calls, 6), round(self._clock(), 3)])


_paces: dict[tuple[str, str, str], Pace] = {}
_lock = threading.Lock()


def pace_of(host: str, account: str, lane: str = "") -> Pace:
    """The one pace this process keeps towards a host on behalf of an account; a site that counts each address or kind
    of call by itself is called in lanes."""
    with _lock:
        return _paces.setdefault((host, account, lane), Pace())
