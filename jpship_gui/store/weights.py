"""What parcels weighed at the packing desk, each with time and person (PK-22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jpship_gui.store.database import Store, from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Weighed:
    """A parcel on the scale. `grams` is None where it was let go unweighed, `due` 0 where it could not be told."""

    parcel: str
    grams: int | None
    due: int
    at: datetime
    person: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A parcel with one line of goods in it and nothing else, as it weighed."""

    shipment_row: int
    grams: int


def put(store: Store, parcel: str, grams: int, due: int, at: datetime, person: str) -> None:
    """Note a weight; 0 = let go unweighed. In a transaction."""
    store.execute(
        "UPDATE parcels SET weighed_g = ?, weighed_due = ?, weighed_at = ?, weighed_by = ? WHERE key = ?",
        (grams or None, due, to_ms(at), person, parcel),
    )


def take_back(store: Store, parcel: str) -> None:
    """The parcel counts as unweighed again. In a transaction."""
    store.execute(
        "UPDATE parcels SET weighed_g = NULL, weighed_due = 0, weighed_at = NULL, weighed_by = '' WHERE key = ?",
        (parcel,),
    )


def of_shipment(store: Store, shipment_row: int) -> tuple[Weighed, ...]:
    """Of its parcels that were on the scale, in their order."""
    rows = store.rows(
        "SELECT key, weighed_g, weighed_due, weighed_at, weighed_by FROM parcels "
        "WHERE shipment_id = ? AND weighed_at IS NOT NULL ORDER BY no",
        (shipment_row,),
    )
    found = []
    for key, grams, due, at, person in rows:
        moment = from_ms(at)
        assert moment is not None
        found.append(Weighed(key, grams, due, moment, person))
    return tuple(found)


def newest(store: Store, count: int) -> list[Sample]:
    """The last weighed parcels of shipments that travel alone in one box, the newest first."""
    rows = store.rows(
        "SELECT p.shipment_id, p.weighed_g FROM parcels p JOIN shipments s ON s.id = p.shipment_id "
        "WHERE p.weighed_g IS NOT NULL AND p.weighed_at IS NOT NULL AND s.bundle IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM parcels o WHERE o.shipment_id = p.shipment_id AND o.id <> p.id) "
        "ORDER BY p.weighed_at DESC, p.id DESC LIMIT ?",
        (count,),
    )
    return [Sample(int(row_id), int(grams)) for row_id, grams in rows]
