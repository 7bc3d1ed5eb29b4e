"""What happened to a shipment, by whom, in the order it happened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.store.codec import dumps
from jpship_gui.store.database import Store, from_ms, to_ms

_GROUP = 400  # ids per statement, below SQLite's smallest limit of parameters


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One happening; words from `history.<what>` with `values`."""

    at: datetime
    person: str
    desk: str
    what: str
    values: Mapping[str, str]


def add(
    store: Store, row_ids: Iterable[int], what: str, at: datetime, person: str, desk: str = "", **values: str
) -> None:
    """Note the same happening for several shipments, inside the transaction of the change itself."""
    detail = dumps(values)
    ms = to_ms(at)
    store.many(
        "INSERT INTO history (shipment_id, at, person, desk, what, detail) VALUES (?, ?, ?, ?, ?, ?)",
        [(row_id, ms, person, desk, what, detail) for row_id in row_ids],
    )


def add_each(
    store: Store,
    happened: Iterable[tuple[int, Mapping[str, str]]],
    what: str,
    at: datetime,
    person: str,
    desk: str = "",
) -> None:
    """The same happening for several shipments, each with values of its own; inside the transaction of the change."""
    ms = to_ms(at)
    store.many(
        "INSERT INTO history (shipment_id, at, person, desk, what, detail) VALUES (?, ?, ?, ?, ?, ?)",
        [(row_id, ms, person, desk, what, dumps(values)) for row_id, values in happened],
    )


def of(store: Store, row_id: int) -> tuple[HistoryEntry, ...]:
    """Everything noted of one shipment, oldest first."""
    rows = store.rows(
        "SELECT at, person, desk, what, detail FROM history WHERE shipment_id = ? ORDER BY id", (row_id,)
    )
    entries = []
    for at, person, desk, what, detail in rows:
        moment = from_ms(at)
        assert moment is not None
        entries.append(HistoryEntry(moment, person, desk, what, json.loads(detail)))
    return tuple(entries)


def besides(
    store: Store, row_ids: Sequence[int], left_out: Sequence[str]
) -> list[tuple[int, int, str, Mapping[str, str]]]:
    """What was noted of these shipments but for some happenings: (line, shipment row, what, values), oldest first."""
    marks = ", ".join("?" * len(left_out))
    found: list[tuple[int, int, str, Mapping[str, str]]] = []
    for start in range(0, len(row_ids), _GROUP):
        group = row_ids[start : start + _GROUP]
        sql = (
            "SELECT id, shipment_id, what, detail FROM history "
            f"WHERE shipment_id IN ({', '.join('?' * len(group))}) AND what NOT IN ({marks})"
        )
        rows = store.rows(sql, (*group, *left_out))
        found += [(line, row_id, what, json.loads(detail)) for line, row_id, what, detail in rows]
    return sorted(found, key=lambda entry: entry[0])
