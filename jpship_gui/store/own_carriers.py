"""Carriers a seller described, as text; shared by all desks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.domain.fault import Refused
from jpship_gui.store.database import Store, from_ms, to_ms

_CHANGES = (
    "own_carriers"  # counter that grows with every change, so that desks notice it with one small question
)


@dataclass(frozen=True, slots=True)
class StoredCarrier:
    """One carrier; `body` is its text, `version` counts how often it was saved."""

    id: str
    version: int
    at: datetime
    person: str
    body: str


def every(store: Store) -> list[StoredCarrier]:
    """All of them by id."""
    return [
        _carrier(row)
        for row in store.rows("SELECT id, version, at, person, body FROM own_carriers ORDER BY id")
    ]


def find(store: Store, carrier_id: str) -> StoredCarrier | None:
    """One by id."""
    row = store.row("SELECT id, version, at, person, body FROM own_carriers WHERE id = ?", (carrier_id,))
    return None if row is None else _carrier(row)


def change_no(store: Store) -> int:
    """Grows with every carrier any desk saves or removes."""
    return int(store.value("SELECT value FROM counters WHERE name = ?", (_CHANGES,)) or 0)


def put(store: Store, carrier: StoredCarrier, before: int) -> None:
    """Keep one whose last version was `before` (0 = none); Refused("own_carrier_changed") where another desk was
    quicker. In a transaction."""
    now = find(store, carrier.id)
    if (now.version if now else 0) != before:
        raise Refused("own_carrier_changed", id=carrier.id, person=now.person if now else "")
    store.execute(
        "INSERT INTO own_carriers (id, version, at, person, body) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET version = excluded.version, at = excluded.at, "
        "person = excluded.person, body = excluded.body",
        (carrier.id, carrier.version, to_ms(carrier.at), carrier.person, carrier.body),
    )
    store.next_numbers(_CHANGES)


def remove(store: Store, carrier_id: str) -> None:
    """Forget one; in a transaction."""
    store.execute("DELETE FROM own_carriers WHERE id = ?", (carrier_id,))
    store.next_numbers(_CHANGES)


def in_use(store: Store, carrier_id: str, over: Sequence[str]) -> int:
    """How many shipments whose stage is not among `over` are planned for it or have a box that goes with it."""
    marks = ", ".join("?" * len(over))
    return int(
        store.value(
            f"SELECT COUNT(*) FROM shipments s WHERE s.stage NOT IN ({marks}) AND (s.carrier = ? OR EXISTS "
            "(SELECT 1 FROM parcels p WHERE p.shipment_id = s.id AND p.carrier = ?))",
            (*over, carrier_id, carrier_id),
        )
        or 0
    )


def _carrier(row: tuple[str, int, int, str, str]) -> StoredCarrier:
    at = from_ms(row[2])
    assert at is not None
    return StoredCarrier(row[0], row[1], at, row[3], row[4])
