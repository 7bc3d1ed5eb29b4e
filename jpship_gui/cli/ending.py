"""Ctrl+C while scans are answered: it ends the work between two scans, never in the midst of one.

Raised wherever the program happens to be, it may leave a lock taken that the ending waits for.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import IO


class Ending:
    """Within its block the first Ctrl+C is noted and `check` raises it; a second one is raised at once."""

    def __init__(self) -> None:
        self._asked = self._waits = False
        self._before: object = None

    def __enter__(self) -> Ending:
        ours = threading.current_thread() is threading.main_thread()
        if ours and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._before = signal.signal(signal.SIGINT, self._pressed)
        return self

    def __exit__(self, *ended: object) -> None:
        self._restore()

    def check(self) -> None:
        """Between two scans: KeyboardInterrupt where Ctrl+C was pressed."""
        if self._asked:
            raise KeyboardInterrupt

    def line(self, codes: IO[str]) -> str:
        """The next line of an input nothing else is waited for with; here Ctrl+C is raised where it comes."""
        self._waits = True
        try:
            self.check()
            return codes.readline()
        finally:
            self._waits = False

    def _pressed(self, number: int, frame: FrameType | None) -> None:
        self._asked = True
        self._restore()
        if self._waits:
            raise KeyboardInterrupt

    def _restore(self) -> None:
        if self._before is not None:
            self._before = None
            signal.signal(signal.SIGINT, signal.default_int_handler)


class InputLines(Ending):
    """Lines of an open file, such as standard input."""

    def __init__(self, codes: IO[str]) -> None:
        super().__init__()
        self._codes = codes

    def __enter__(self) -> InputLines:
        super().__enter__()
        return self

    def readline(self) -> str:
        """With its line end; "" once there is no more."""
        return self.line(self._codes)
