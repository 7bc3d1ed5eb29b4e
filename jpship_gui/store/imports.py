"""Acts of importing: what was read together, what it made, and how all of it goes away again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jpship_gui.store.codec import dumps
from jpship_gui.store.database import Store, from_ms, to_ms

_GROUP = 400  # ids per statement, below SQLite's smallest limit of parameters


@dataclass(frozen=True, slots=True)
class ImportAct:
    """Readings taken in together. `ids` in their order, `made` what each wrote besides orders; `known` is False for
    acts of a version that kept no earlier readings."""

    first: int
    ids: tuple[int, ...]
    at: datetime
    person: str
    source: str
    names: tuple[str, ...]
    layouts: tuple[str, ...]
    counts: Mapping[str, int]
    made: tuple[Mapping[str, Any], ...]
    known: bool = True


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An act that was taken back; nothing else is left of it."""

    at: datetime
    person: str
    imported_at: datetime
    imported_by: str
    source: str
    names: tuple[str, ...]
    counts: Mapping[str, int]


def acts(store: Store, limit: int, left_out: str = "") -> list[ImportAct]:
    """The last acts, newest first; without those of one source."""
    rows = store.rows(
        "SELECT DISTINCT COALESCE(part_of, id) AS first FROM imports WHERE source <> ? ORDER BY first DESC LIMIT ?",
        (left_out, limit),
    )
    return [act for (first,) in rows if (act := act_of(store, first)) is not None]


def act_of(store: Store, first: int) -> ImportAct | None:
    """The act that began with this reading."""
    rows = store.rows(
        "SELECT id, at, person, source, name, layout, counts, made, part_of FROM imports "
        "WHERE COALESCE(part_of, id) = ? ORDER BY id",
        (first,),
    )
    if not rows:
        return None
    at = from_ms(rows[0][1])
    assert at is not None
    counts: dict[str, int] = {}
    for row in rows:
        for name, count in json.loads(row[6]).items():
            counts[name] = counts.get(name, 0) + count
    return ImportAct(
        first=first,
        ids=tuple(row[0] for row in rows),
        at=at,
        person=rows[0][2],
        source=rows[0][3],
        names=tuple(row[4] for row in rows),
        layouts=tuple(row[5] for row in rows),
        counts=counts,
        made=tuple(json.loads(row[7]) for row in rows),
        known=rows[0][8] is not None,
    )


def note_made(store: Store, import_id: int, made: Mapping[str, Any]) -> None:
    """Remember what a reading wrote besides orders. In a transaction."""
    store.execute("UPDATE imports SET made = ? WHERE id = ?", (dumps(dict(made)), import_id))


def fingerprints(store: Store, wanted: Sequence[str]) -> frozenset[str]:
    """Of these fingerprints those of files that were taken in."""
    found: set[str] = set()
    for start in range(0, len(wanted), _GROUP):
        group = wanted[start : start + _GROUP]
        marks = ", ".join("?" * len(group))
        rows = store.rows(f"SELECT DISTINCT fingerprint FROM imports WHERE fingerprint IN ({marks})", group)
        found |= {row[0] for row in rows}
    return frozenset(found)


def forget(store: Store, act: ImportAct, at: datetime, person: str, desk: str) -> None:
    """Remove the act's readings with their source rows, and note that it was taken back. In a transaction, after its
    orders are gone or have their earlier reading."""
    marks = ", ".join("?" * len(act.ids))
    store.execute(f"DELETE FROM source_rows WHERE import_id IN ({marks})", act.ids)
    store.execute(f"DELETE FROM imports WHERE id IN ({marks})", act.ids)
    store.execute(
        "INSERT INTO taken_back (at, person, desk, imported_at, imported_by, source, names, counts) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(to_ms(at), person, desk, to_ms(act.at), act.person, act.source),
            *(dumps(list(act.names)), dumps(dict(act.counts))),
        ),
    )


def taken_back(store: Store, limit: int) -> list[TakenBack]:
    """The last acts that were taken back, newest first."""
    rows = store.rows(
        "SELECT at, person, imported_at, imported_by, source, names, counts FROM taken_back ORDER BY id DESC LIMIT ?",
        (limit,),
    )
    found = []
    for at, person, imported_at, imported_by, source, names, counts in rows:
        moment, then = from_ms(at), from_ms(imported_at)
        assert moment is not None
        assert then is not None
        found.append(
            TakenBack(moment, person, then, imported_by, source, tuple(json.loads(names)), json.loads(counts))
        )
    return found
