"""Waybills that exist and must not be used: their parcel was taken out, or its goods travel in another (PR-16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.store.database import Store, from_ms, to_ms

DESTROYED = "destroyed"  # a person ticked it off
CANCELLED = "cancelled"  # why one is void: its order was cancelled
VALID = "valid"  # its parcel is used again


@dataclass(frozen=True, slots=True)
class VoidWaybill:
    """One of them; `number` is blank while its carrier's file has not told it. `why`: words `void.why.<why>`."""

    row_id: int
    shipment: str
    order: str
    recipient: str
    parcel: str
    number: str
    carrier: str
    why: str
    at: datetime
    person: str


def add(
    store: Store, shipment_row: int, parcel: str, number: str, why: str, at: datetime, person: str
) -> bool:
    """Note that a parcel's waybill is void, if it has one: `number` was linked, or its carrier's file names one, or it
    stood in a file for its carrier. In a transaction."""
    row = store.row("SELECT file_no, tracking_no, carrier FROM parcels WHERE key = ?", (parcel,))
    file_no, linked, carrier = row or ("", "", "")
    known = next((one for one in (number, linked, file_no) if one and not is_untracked(one)), "")
    if not known and not _stood_in_a_file(store, parcel):
        return False
    store.execute(
        "INSERT INTO void_waybills (shipment_id, parcel_key, number, carrier, why, at, person) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (shipment_row, parcel, known, carrier, why, to_ms(at), person),
    )
    return True


def _stood_in_a_file(store: Store, parcel: str) -> bool:
    sql = (
        "SELECT 1 FROM carrier_rows r JOIN carrier_files f ON f.id = r.file_id "
        "WHERE r.parcel_key = ? AND f.direction = 'out' AND NOT EXISTS (SELECT 1 FROM void_waybills v "
        "WHERE v.parcel_key = r.parcel_key AND v.ended = 'destroyed' AND v.ended_at >= f.at) LIMIT 1"
    )
    return store.value(sql, (parcel,)) is not None


def revive(store: Store, shipment_row: int, why: str, at: datetime, person: str) -> None:
    """The waybills of a shipment that became void for this reason are good again, unless they were destroyed. In a
    transaction."""
    store.execute(
        "UPDATE void_waybills SET ended = ?, ended_at = ?, ended_by = ? "
        "WHERE shipment_id = ? AND why = ? AND ended = ''",
        (VALID, to_ms(at), person, shipment_row, why),
    )


def destroy(store: Store, row_id: int, at: datetime, person: str) -> bool:
    """Tick one off; its number belongs to no parcel any more, and its parcel waits for a new waybill. False where it
    was ticked off before. In a transaction."""
    ended = store.row(
        "UPDATE void_waybills SET ended = ?, ended_at = ?, ended_by = ? WHERE id = ? AND ended = '' "
        "RETURNING parcel_key",
        (DESTROYED, to_ms(at), person, row_id),
    )
    if ended is None:
        return False
    store.execute("UPDATE parcels SET file_no = '' WHERE key = ? AND tracking_no = ''", (ended[0],))
    return True


def of_number(store: Store, number: str) -> list[tuple[str, str, str]]:
    """Shipment, parcel and order of every void waybill with this number that nobody has ticked off."""
    return store.rows(
        "SELECT s.key, v.parcel_key, s.number FROM void_waybills v JOIN shipments s ON s.id = v.shipment_id "
        "LEFT JOIN parcels p ON p.key = v.parcel_key WHERE v.ended = '' "
        "AND (v.number = ? OR (v.number = '' AND p.file_no = ?)) ORDER BY v.id",
        (number, number),
    )


def open_of(store: Store, shipment_row: int) -> frozenset[str]:
    """Parcel keys of a shipment's void waybills nobody has ticked off."""
    rows = store.rows(
        "SELECT parcel_key FROM void_waybills WHERE shipment_id = ? AND ended = ''", (shipment_row,)
    )
    return frozenset(key for (key,) in rows)


def open_ones(store: Store) -> list[VoidWaybill]:
    """Those nobody has ticked off, oldest first."""
    rows = store.rows(
        "SELECT v.id, s.key, s.number, s.name, v.parcel_key, "
        "CASE WHEN v.number <> '' THEN v.number ELSE COALESCE(p.file_no, '') END, v.carrier, v.why, v.at, v.person "
        "FROM void_waybills v JOIN shipments s ON s.id = v.shipment_id "
        "LEFT JOIN parcels p ON p.key = v.parcel_key WHERE v.ended = '' ORDER BY v.id"
    )
    found = []
    for row_id, key, order, name, parcel, number, carrier, why, at, person in rows:
        moment = from_ms(at)
        assert moment is not None
        found.append(VoidWaybill(row_id, key, order, name, parcel, number, carrier, why, moment, person))
    return found
