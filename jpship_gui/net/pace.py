"""How often a site may be called: one clock per site and account, whatever session calls."""

from __future__ import annotations

import threading
import time


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


_paces: dict[tuple[str, str], Pace] = {}
_lock = threading.Lock()


def pace_of(host: str, account: str) -> Pace:
    """The one pace this process keeps towards a host on behalf of an account."""
    with _lock:
        return _paces.setdefault((host, account), Pace())
