"""How a long flow says where it stands and learns that it is to stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What a flow reports to."""

    def step(self, done: int, total: int = 0, note: str = "") -> None:
        """`done` of `total` (0 = unknown) is finished; raises `Cancelled` once the person asked to stop."""


class Unwatched:
    """Nobody looks and nobody stops it."""

    def step(self, done: int, total: int = 0, note: str = "") -> None:
        """Nothing."""


UNWATCHED = Unwatched()
