"""The program, made to die at a chosen place: `python -m tests.torture.breaking POINT COUNT ARGUMENTS…`.

It kills itself with SIGKILL when it comes to POINT for the COUNT-th time; nothing of the program is otherwise changed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from jpship_gui.store import journal, packing

POINTS = (
    "before_write",
    "torn",  # a part of the line is written
    "before_sync",
    "after_sync",  # on disk, and nobody was answered
    "before_apply",  # answered or not: between journal and database
    "in_apply",  # the mark is set, nothing else
    "before_commit",
    "after_commit",
)


class Breaker:
    """Counts down at one point."""

    def __init__(self, point: str, count: int) -> None:
        self.point, self.left = point, count

    def at(self, point: str) -> bool:
        """Whether this is the moment."""
        if point != self.point:
            return False
        self.left -= 1
        return self.left == 0

    def die(self) -> None:
        """As a power cut would have it."""
        os.kill(os.getpid(), signal.SIGKILL)

    def here(self, point: str) -> None:
        """Die if this is the moment."""
        if self.at(point):
            self.die()


def install(breaker: Breaker) -> None:
    """Around the journal's write and sync, and around the database's taking over of one line."""
    write_all, sync = journal.write_all, journal.sync
    apply, advance = packing.apply, packing._advance
    finish = packing._Writer.finish

    def writing(file: int, line: bytes) -> None:
        breaker.here("before_write")
        if breaker.at("torn"):
            write_all(file, line[: max(1, hash(line) % len(line))])
            breaker.die()
        write_all(file, line)

    def syncing(file: int) -> None:
        breaker.here("before_sync")
        sync(file)
        breaker.here("after_sync")

    def applying(*given: Any) -> tuple[str, ...]:
        breaker.here("before_apply")
        keys = apply(*given)
        breaker.here("after_commit")
        return keys

    def advancing(*given: Any) -> bool:
        done = advance(*given)
        breaker.here("in_apply")
        return done

    def finishing(writer: packing._Writer) -> None:
        finish(writer)
        breaker.here("before_commit")

    patches: dict[tuple[Any, str], Callable[..., Any]] = {
        (journal, "write_all"): writing,
        (journal, "sync"): syncing,
        (packing, "apply"): applying,
        (packing, "_advance"): advancing,
        (packing._Writer, "finish"): finishing,
    }
    for (owner, name), patched in patches.items():
        setattr(owner, name, patched)


def main() -> int:
    """Run the program with the rest of the arguments."""
    install(Breaker(sys.argv[1], int(sys.argv[2])))
    from jpship_gui.cli.main import run

    return int(run(sys.argv[3:]))


if __name__ == "__main__":
    sys.exit(main())
