"""What happened to a shipment, by whom, in the order it happened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.store.codec import dumps
from jpship_gui.store.database import Store, from_ms, to_ms


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
