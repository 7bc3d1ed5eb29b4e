"""Bring the database up to the journals: whatever was answered before the power went is taken over at start."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.packing.effects import Effect, from_plain
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal, packing
from jpship_gui.store.journal import Entry, Journal


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """Lines taken over per desk and the keys of shipments they changed."""

    lines: int
    keys: tuple[str, ...]


def catch_up(ws: Workspace) -> CaughtUp:
    """Take over what the database lacks of every journal in the data folder, in the order it happened.

    WorldFault("journal_foreign") when the database knows another journal under a desk's name (two computers with one
    name), "journal_short" when it knows more lines than the file has, "journal_broken" for an unreadable one.
    """
    marks = packing.marks(ws.store)
    lacking = []
    for path in journal.files(ws.places.journal):
        last = journal.last_entry(path)
        if last is not None:
            lacking.append(missing(path, *marks.get(last.desk, (0, ""))))
    lines, keys = 0, dict[str, None]()
    for entry in heapq.merge(*lacking, key=lambda e: datetime.fromisoformat(e.at)):
        keys |= dict.fromkeys(take_over(ws, entry))
        lines += 1
    return CaughtUp(lines, tuple(keys))


def must_continue(ws: Workspace, opened: Journal) -> None:
    """Before the first new line: the journal must reach as far as the database knows, else new lines would be taken for
    old ones. WorldFault as `catch_up`."""
    n, mark = packing.marks(ws.store).get(opened.desk, (0, ""))
    missing(opened.path, n, mark)


def missing(path: Path, n: int, mark: str) -> Sequence[Entry]:
    """Entries after the database's mark, whose line must still be the one the database saw."""
    entries = journal.read(path, max(n - 1, 0))
    if not n:
        return entries
    if not entries or entries[0].n != n:
        raise WorldFault("journal_short", path=path.name, line=n)
    if entries[0].hash != mark:
        raise WorldFault("journal_foreign", path=path.name, line=n)
    return entries[1:]


def take_over(ws: Workspace, entry: Entry) -> tuple[str, ...]:
    """Apply one line; returns the keys of the shipments it changed."""
    moment = datetime.fromisoformat(entry.at)
    return packing.apply(ws.store, entry.desk, entry.n, entry.hash, moment, entry.person, effects_of(entry))


def effects_of(entry: Entry) -> tuple[Effect, ...]:
    """The line's effects; WorldFault("journal_newer") for kinds this version does not know."""
    try:
        return tuple(from_plain(plain) for plain in entry.effects)
    except ValueError as error:
        raise WorldFault("journal_newer", desk=entry.desk, line=entry.n) from error
