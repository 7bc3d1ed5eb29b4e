"""A device that is read in a thread of its own, lost and found again without a hand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from jpship_gui.domain.fault import WorldFault

RETRY = 1.0  # seconds between two looks for a device that is not there


class Port(Protocol):
    """An open device."""

    def read(self) -> Sequence[str]:
        """Lines that have come; waits a fraction of a second at most. WorldFault once the device is lost."""

    def close(self) -> None:
        """Let go of it."""


class Link:
    """Keeps a device open. `came` gets each line and `told` the fault whenever it changes, None once the device works;
    both are called in the link's thread."""

    def __init__(
        self,
        open_: Callable[[], Port],
        came: Callable[[str], None],
        told: Callable[[WorldFault | None], None],
        retry: float = RETRY,
    ) -> None:
        self._open, self._came, self._told, self._retry = open_, came, told, retry
        self._stop = threading.Event()
        self._code: str | None = ""  # of the fault told last; None = it works
        self._thread = threading.Thread(target=self._run, name="device", daemon=True)

    def start(self) -> None:
        """Begin to look for it."""
        self._thread.start()

    def stop(self) -> None:
        """Let go of it; returns once nothing will come any more."""
        self._stop.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                port = self._open()
            except WorldFault as fault:
                self._say(fault)
            else:
                self._say(None)
                self._follow(port)
            self._stop.wait(self._retry)

    def _follow(self, port: Port) -> None:
        try:
            while not self._stop.is_set():
                for line in port.read():
                    self._came(line)
        except WorldFault as fault:
            self._say(fault)
        finally:
            port.close()

    def _say(self, fault: WorldFault | None) -> None:
        code = fault.code if fault else None
        if code != self._code:
            self._code = code
            self._told(fault)
