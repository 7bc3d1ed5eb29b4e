"""What the journal asks of the file system, and what its refusals mean."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from pathlib import Path
from typing import IO

from jpship_gui.domain.fault import WorldFault

BLOCK = 1 << 16
BINARY = getattr(os, "O_BINARY", 0)
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
ROOM = 1 << 20  # bytes below which a disk counts as full before it is
_LOCKED_UP = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_GONE = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO, getattr(errno, "ESTALE", errno.ENOENT)})


def fault_of(error: OSError, path: Path) -> WorldFault:
    """What the system refused, with the folder and what is left on its disk."""
    folder = path.parent
    values = {"path": str(path), "folder": str(folder), "reason": error.strerror or ""}
    if error.errno in _FULL:
        return WorldFault("journal_full", **values, free=_free(folder))
    if error.errno in _LOCKED_UP:
        return WorldFault("journal_read_only", **values)
    if error.errno in _GONE:
        return WorldFault("journal_gone", **values)
    return WorldFault("journal_write", **values)


def _free(folder: Path) -> str:
    with contextlib.suppress(OSError):
        return f"{shutil.disk_usage(folder).free / 1e6:,.1f} MB"
    return "?"


def open_to_append(path: Path, *, create: bool = True) -> int:
    """Readable too, for its owner alone."""
    return os.open(path, os.O_RDWR | (os.O_CREAT if create else 0) | os.O_APPEND | BINARY, 0o600)


def sync(file: int) -> None:
    """Down to the medium: macOS's own call for that, where the file system has it; FlushFileBuffers on Windows."""
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(file, fcntl.F_FULLFSYNC)
            return
        except OSError as error:
            if error.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY):
                raise
    getattr(os, "fdatasync", os.fsync)(file)


def is_at(file: int, path: Path) -> bool:
    """Whether the open file is the one at this path. Windows lets nobody take an open file away."""
    if sys.platform == "win32":
        return True
    try:
        return os.path.samestat(os.fstat(file), os.stat(path))
    except OSError:
        return False


def write_anew(path: Path, end: int) -> None:
    """The last block once more: after a failed sync the system may hold a page for written that the disk never got."""
    start = max(0, end - 1) // BLOCK * BLOCK
    with path.open("r+b") as file:
        file.seek(start)
        rest = file.read(end - start)
        file.seek(start)
        file.write(rest)
        file.flush()
        sync(file.fileno())


def write_all(file: int, line: bytes) -> None:
    """One write as a rule; the rest of a short one (a disk nearly full) follows or raises."""
    while line:
        line = line[os.write(file, line) :]


def sync_folder(folder: Path) -> None:
    """Make the new file's name durable; Windows keeps it with the file."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def hold(path: Path, desk: str) -> IO[bytes]:
    """A lock that the system drops by itself when the process dies."""
    lock = path.open("a+b")
    try:
        if sys.platform == "win32":
            import msvcrt

            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        if error.errno in (errno.EIO, errno.ENOSPC, errno.EROFS):
            raise
        raise WorldFault("desk_in_use", desk=desk) from error
    return lock
