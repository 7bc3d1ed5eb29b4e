"""How others learn that a sender has died: it holds a lock that the system takes from it whatever way it ends.

Leases in the outbox end by the clock, a quarter of an hour after they were given. A sender that was killed on this
computer need not be waited for so long: the file with its name is there and nobody holds it. Where no lock can be had
(some network folders) nothing is concluded and the lease runs out as ever.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_ENDING = ".sender"
_GUARD = "guard"


@contextmanager
def held(folder: Path) -> Iterator[str]:
    """A name that is alive within the `with` block, and unlike every other."""
    name = uuid.uuid4().hex
    path = folder / f"{name}{_ENDING}"
    with _alone(folder):  # whoever looks finds it held, neither just made nor just let go
        file = path.open("w+b")
        _take(file)  # refused only where locks are unknown: then nobody can find it free either
    try:
        yield name
    finally:
        with _alone(folder):
            file.close()
            path.unlink(missing_ok=True)


def ended(folder: Path) -> list[str]:
    """Names whose programs are gone without having come to the end of their `with` block."""
    with _alone(folder):
        return [path.stem for path in folder.glob(f"*{_ENDING}") if _is_free(path)]


def bury(folder: Path, names: Iterable[str]) -> None:
    """Remove what is left of dead ones, once nothing of theirs is open."""
    for name in names:
        (folder / f"{name}{_ENDING}").unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One at a time, for moments only."""
    with (folder / _GUARD).open("a+b") as file:
        _take(file, wait=True)
        yield


def _is_free(path: Path) -> bool:
    try:
        with path.open("r+b") as file:
            return _take(file)
    except OSError:  # gone meanwhile, or open elsewhere on a system that lets nobody else in
        return False


if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO, *, wait: bool = False) -> bool:
        """Lock the file for as long as it is open; False when somebody else has it or locks are unknown here."""
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(file: BinaryIO, *, wait: bool = False) -> bool:
        """Lock the file for as long as it is open; False when somebody else has it or locks are unknown here."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            return False
        return True
