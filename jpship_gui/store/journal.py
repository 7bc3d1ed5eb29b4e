"""The scan journal: one append-only file a desk, each line chained to the one before and on disk before the answer.

A line is JSON and ends with the SHA-256 over all that stands before its hash, the previous line's hash included. The
database may lag or be lost; what the journal says happened, happened.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jpship_gui.domain.fault import Fault, WorldFault
from jpship_gui.store.journal_file import (
    BINARY,
    BLOCK,
    ROOM,
    fault_of,
    hold,
    is_at,
    open_to_append,
    sync,
    sync_folder,
    write_all,
    write_anew,
)

_DOMAIN = b"jpship scan journal 1\n"
_BLOCK = BLOCK
_AT = re.compile(rb'"at":"([^"]+)"')
_SAFE = re.compile(r"[^0-9A-Za-z_-]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `n` counts from 1; `effects` are plain records; `body` is everything as written."""

    n: int
    at: str
    desk: str
    person: str
    kind: str
    raw: str
    outcome: str
    shipment: str
    effects: tuple[Mapping[str, Any], ...]
    hash: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """What one line is to say."""

    raw: str = ""
    outcome: str = ""
    klass: str = ""
    reason: str = ""
    shipment: str = ""
    expects: str = ""
    effects: Sequence[Mapping[str, Any]] = ()


def file_of(folder: Path, desk: str) -> Path:
    """The journal of a desk; names that are no safe file name carry a short hash, so that two desks never meet."""
    safe = _SAFE.sub("_", desk)[:40]
    if safe != desk or not safe or safe.lower() != safe:
        safe = f"{safe or 'desk'}-{hashlib.sha256(desk.encode()).hexdigest()[:8]}"
    return folder / f"{safe}.jsonl"


def files(folder: Path) -> list[Path]:
    """Every journal in a folder, by name."""
    return sorted(folder.glob("*.jsonl")) if folder.is_dir() else []


class Journal:
    """A desk's journal, open for appending and held by this process alone.

    WorldFaults say why it cannot be written to: "journal_full", "journal_read_only", "journal_gone" (file, folder or
    drive), "journal_write" (anything else the system says), "journal_touched" (the file is not as we left it). After
    any of them the next `append` begins with a look at what is on the disk; nobody has to reopen anything.
    """

    def __init__(self, path: Path, desk: str) -> None:
        """Open or create. WorldFault("desk_in_use") while another process holds it; a line torn by a power cut is put
        aside beside the file (`torn`)."""
        self.path = path
        self.desk = desk
        self.torn: Path | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = not path.exists()
            self._lock = hold(path.with_suffix(".lock"), desk)
            try:
                self._file = open_to_append(path)
                if fresh:
                    sync_folder(path.parent)
                self._recover()
                last = last_entry(path)
            except BaseException:
                self._lock.close()
                raise
        except OSError as error:
            raise fault_of(error, path) from error
        self._end = os.fstat(self._file).st_size
        self._doubt = False  # whether a write or sync failed since the last look at the disk
        self.n = last.n if last else 0
        self._hash = last.hash if last else ""

    def append(
        self,
        kind: str,
        *,
        at: str,
        person: str,
        raw: str = "",
        outcome: str = "",
        klass: str = "",
        reason: str = "",
        shipment: str = "",
        expects: str = "",
        effects: Sequence[Mapping[str, Any]] = (),
    ) -> Entry:
        """Write one line and return once it is on disk; a WorldFault and nothing written when it cannot be."""
        line = Line(raw, outcome, klass, reason, shipment, expects, effects)
        return self.append_all(kind, [line], at=at, person=person)[0]

    def append_all(self, kind: str, lines: Sequence[Line], *, at: str, person: str) -> list[Entry]:
        """Write lines that belong together with one sync; as `append`. A power cut before the sync may leave the first
        of them, never a part of one."""
        n, prev, written, made = self.n, self._hash, bytearray(), []
        for line in lines:
            n += 1
            body = {
                **{"n": n, "at": at, "desk": self.desk, "person": person, "kind": kind, "raw": line.raw},
                **{"outcome": line.outcome, "class": line.klass, "reason": line.reason},
                **{"shipment": line.shipment, "expects": line.expects, "effects": list(line.effects)},
                "prev": prev,
            }
            text = _encode(body)
            prev = _digest(text)
            written += text[:-1] + b',"hash":"' + prev.encode() + b'"}\n'
            made.append(_entry({**body, "hash": prev}))
        try:
            self._be_ready()
            self._doubt = True
            write_all(self._file, bytes(written))
            sync(self._file)
            self._doubt = False
        except OSError as error:
            self._take_back()
            raise fault_of(error, self.path) from error
        self.n, self._hash = n, prev
        self._end += len(written)
        return made

    def look(self) -> None:
        """Whether a line could be written now, as far as can be told without writing; its WorldFault where not. Safe
        beside an `append` in another thread."""
        try:
            if not self.path.parent.is_dir():
                raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
            if not os.access(self.path.parent, os.W_OK):
                raise OSError(errno.EROFS, os.strerror(errno.EROFS))
            if shutil.disk_usage(self.path.parent).free < ROOM:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise fault_of(error, self.path) from error

    def close(self) -> None:
        """Let other processes have the desk."""
        with contextlib.suppress(OSError):
            os.close(self._file)
        self._lock.close()

    def _be_ready(self) -> None:
        """The file at our path ends with our last line. What a failed write left is cut off; a file that was deleted is
        put back from the one still open; a drive that came back is opened anew."""
        if self._as_left():
            return
        there = self.path.exists()
        if not there and not self._was_deleted():
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
        self._must_hold()
        if not there:
            self._put_back()
        elif self._doubt or not is_at(self._file, self.path):
            self._reopen()
        size = os.fstat(self._file).st_size
        if self._doubt and size > self._end:
            os.ftruncate(self._file, self._end)
            size = self._end
        if size != self._end or not self._ends_with_our_line():
            raise WorldFault("journal_touched", path=str(self.path), folder=str(self.path.parent))
        write_anew(self.path, self._end)
        sync(self._file)
        self._doubt = False

    def _as_left(self) -> bool:
        """Whether nothing happened to the file since our last line; a handle gone bad is in doubt."""
        if self._doubt or not is_at(self._file, self.path):
            return False
        try:
            return os.fstat(self._file).st_size == self._end
        except OSError:
            self._doubt = True
            return False

    def _must_hold(self) -> None:
        """A lock file that was taken away holds nobody off; WorldFault("desk_in_use") when somebody came meanwhile."""
        if sys.platform != "win32" and not is_at(self._lock.fileno(), self.path.with_suffix(".lock")):
            lock = hold(self.path.with_suffix(".lock"), self.desk)
            self._lock.close()
            self._lock = lock

    def _was_deleted(self) -> bool:
        """The file alone is gone: its folder is still that of the open file, and no drive was taken away with it."""
        folder = self.path.parent
        return folder.is_dir() and os.stat(folder).st_dev == os.fstat(self._file).st_dev

    def _put_back(self) -> None:
        """The open file has every line of the deleted one."""
        size = min(os.fstat(self._file).st_size, self._end)
        beside = self.path.with_suffix(".back")
        file = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC | BINARY, 0o600)
        try:
            for start in range(0, size, _BLOCK):
                write_all(file, os.pread(self._file, min(_BLOCK, size - start), start))
            sync(file)
        finally:
            os.close(file)
        os.replace(beside, self.path)
        sync_folder(self.path.parent)
        self._reopen()

    def _reopen(self) -> None:
        before, self._file = self._file, open_to_append(self.path, create=False)
        with contextlib.suppress(OSError):
            os.close(before)

    def _ends_with_our_line(self) -> bool:
        last = last_entry(self.path)
        return (last.n, last.hash) == (self.n, self._hash) if last else not self.n

    def _take_back(self) -> None:
        """Cut a failed line off at once; where even that fails the next line tries again."""
        with contextlib.suppress(OSError):
            if self._doubt:
                os.ftruncate(self._file, self._end)

    def _recover(self) -> None:
        """Cut off what stands after the last line end and keep it in a file of its own."""
        size = os.fstat(self._file).st_size
        good = _end_of_last_line(self.path, size)
        if good == size:
            return
        with self.path.open("rb") as file:
            file.seek(good)
            rest = file.read()
        self.torn = self.path.with_name(f"{self.path.stem}.torn-{good}")
        with self.torn.open("wb") as kept:
            kept.write(rest)
            kept.flush()
            os.fsync(kept.fileno())
        os.ftruncate(self._file, good)
        sync(self._file)


def read(path: Path, after: int = 0) -> list[Entry]:
    """Entries with n above `after`, in order; read from the end, so a long journal costs nothing. Not verified; a
    torn last line is left out."""
    found = []
    for entry in backwards(path):
        if entry.n <= after:
            break
        found.append(entry)
    return found[::-1]


def last_entry(path: Path) -> Entry | None:
    """The newest whole line."""
    return next(backwards(path), None)


def backwards(path: Path) -> Iterator[Entry]:
    """Entries from the newest back. WorldFault("journal_broken") for a line that is no entry."""
    for line in _lines_backwards(path):
        try:
            yield _entry(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise WorldFault("journal_broken", path=str(path), line="") from error


def naming(path: Path, words: Sequence[bytes], since: datetime) -> Iterator[Entry]:
    """Entries from the newest back to a moment whose line holds one of these words; the others are not even read."""
    for line in _lines_backwards(path):
        at = _AT.search(line)
        if at is not None and datetime.fromisoformat(at[1].decode()) < since:
            return
        if any(word in line for word in words):
            yield _entry(json.loads(line))


def verify(path: Path, marks: Mapping[int, str] | None = None) -> tuple[int, list[Fault]]:
    """Number of lines and every break of the chain: a changed, missing, inserted or reordered line.

    `marks` are line numbers with the hash they had when the database took them over: they find a cut-off end and a
    chain written anew, which the file alone cannot show.
    """
    faults: list[Fault] = []
    marks = dict(marks or {})
    prev, n = "", 0
    with path.open("rb") as file:
        for n, line in enumerate(file, start=1):
            found = _check_line(line, n, prev)
            digest = _hash_of(line)
            if n in marks and marks.pop(n) != digest and not found:
                found = "rewritten"
            if found:
                faults.append(Fault(f"journal_{found}", path=path.name, line=n))
            prev = digest
    if any(missing > n for missing in marks):
        faults.append(Fault("journal_cut", path=path.name, line=n + 1))
    return n, faults


def _check_line(line: bytes, n: int, prev: str) -> str:
    """Code of what is wrong with a line, blank when nothing is."""
    if not line.endswith(b"\n"):
        return "torn"
    try:
        body = json.loads(line)
        entry = _entry(body)
    except (ValueError, KeyError, TypeError, AttributeError):
        return "unreadable"
    unhashed = {key: value for key, value in body.items() if key != "hash"}
    if _digest(_encode(unhashed)) != entry.hash or line != _encode(body) + b"\n":
        return "changed"
    return "" if entry.n == n and body["prev"] == prev else "unchained"


def _hash_of(line: bytes) -> str:
    try:
        return str(json.loads(line)["hash"])
    except (ValueError, KeyError, TypeError):
        return ""


def _entry(body: Mapping[str, Any]) -> Entry:
    texts = {
        name: str(body[name])
        for name in ("at", "desk", "person", "kind", "raw", "outcome", "shipment", "hash")
    }
    return Entry(n=int(body["n"]), effects=tuple(dict(e) for e in body["effects"]), body=body, **texts)


def _encode(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def _digest(text: bytes) -> str:
    return hashlib.sha256(_DOMAIN + text).hexdigest()


def _end_of_last_line(path: Path, size: int) -> int:
    with path.open("rb") as file:
        end = size
        while end > 0:
            start = max(0, end - _BLOCK)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                return start + found + 1
            end = start
    return 0


def _lines_backwards(path: Path) -> Iterator[bytes]:
    if not path.exists():
        return
    with path.open("rb") as file:
        end = _end_of_last_line(path, file.seek(0, os.SEEK_END))
        rest = b""
        while end > 0:
            start = max(0, end - _BLOCK)
            file.seek(start)
            lines = (file.read(end - start) + rest).split(b"\n")
            rest = lines[0] if start else b""
            yield from (line for line in reversed(lines[1 if start else 0 :]) if line)
            end = start
