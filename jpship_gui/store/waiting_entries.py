"""Numbers typed once that wait for their second entry. Nothing is linked by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jpship_gui.store.database import Store, from_ms, to_ms

_COLUMNS = "w.parcel, s.key, s.marketplace, s.shop, s.number, w.number, w.carrier, w.at, w.person, w.desk"
_FROM = "FROM waiting_entries w JOIN shipments s ON s.id = w.shipment_id"


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """One of them. `number` is for comparing and never for showing to whoever types the second one."""

    parcel: str
    shipment: str
    marketplace: str
    shop: str
    order: str
    number: str
    carrier: str
    at: datetime
    person: str
    desk: str


def put(
    store: Store, row_id: int, parcel: str, number: str, carrier: str, at: datetime, person: str, desk: str
) -> None:
    """Keep a first entry; one that waited for the same parcel gives way."""
    store.execute(
        "INSERT INTO waiting_entries (parcel, shipment_id, number, carrier, at, person, desk) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (parcel) DO UPDATE SET number = excluded.number, "
        "carrier = excluded.carrier, at = excluded.at, person = excluded.person, desk = excluded.desk",
        (parcel, row_id, number, carrier, to_ms(at), person, desk),
    )


def drop(store: Store, parcel: str) -> bool:
    """It waits no longer; whether it did."""
    sql = "DELETE FROM waiting_entries WHERE parcel = ? RETURNING parcel"
    return store.value(sql, (parcel,)) is not None


def every(store: Store) -> list[WaitingEntry]:
    """All that wait, the oldest first."""
    rows = store.rows(f"SELECT {_COLUMNS} {_FROM} ORDER BY w.at, w.parcel")
    return [_entry(row) for row in rows]


def of_parcels(store: Store, parcels: Sequence[str]) -> dict[str, WaitingEntry]:
    """Those of some parcels, by parcel key."""
    if not parcels:
        return {}
    marks = ", ".join("?" * len(parcels))
    rows = store.rows(f"SELECT {_COLUMNS} {_FROM} WHERE w.parcel IN ({marks})", tuple(parcels))
    return {row[0]: _entry(row) for row in rows}


def with_number(store: Store, number: str) -> WaitingEntry | None:
    """The parcel for which this number was typed and waits."""
    rows = store.rows(f"SELECT {_COLUMNS} {_FROM} WHERE w.number = ? ORDER BY w.at LIMIT 1", (number,))
    return _entry(rows[0]) if rows else None


def entries_since(store: Store, person: str, at: datetime) -> int:
    """How many numbers a person has given to parcels since a moment, those that wait included."""
    linked = "SELECT COUNT(*) FROM parcels WHERE linked_by = ? AND linked_at > ?"
    waiting = "SELECT COUNT(*) FROM waiting_entries WHERE person = ? AND at > ?"
    values = (person, to_ms(at))
    return int(store.value(linked, values) or 0) + int(store.value(waiting, values) or 0)


def _entry(row: Sequence[Any]) -> WaitingEntry:
    parcel, shipment, marketplace, shop, order, number, carrier, at, person, desk = row
    moment = from_ms(at)
    assert moment is not None
    return WaitingEntry(parcel, shipment, marketplace, shop, order, number, carrier, moment, person, desk)
