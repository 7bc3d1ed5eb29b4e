"""Which parcels stood in which carrier file, out and in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.store.codec import dumps
from jpship_gui.store.database import Store, from_ms, to_ms

OUT = "out"
IN = "in"
_GROUP = 200


@dataclass(frozen=True, slots=True)
class CarrierFile:
    """A file written for a carrier's tool or read back from it."""

    row_id: int
    at: datetime
    person: str
    carrier: str
    direction: str
    name: str
    fingerprint: str
    tool: str = ""


def add(
    store: Store,
    file: CarrierFile,
    counts: dict[str, int],
    rows: Iterable[tuple[str, str, int]],
) -> int:
    """Note a file (its `row_id` is ignored) with its rows (parcel key, tracking number, line). In a
    transaction."""
    row_id = store.insert(
        "INSERT INTO carrier_files (at, person, carrier, direction, name, fingerprint, tool, counts) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(to_ms(file.at), file.person, file.carrier, file.direction, file.name, file.fingerprint),
            *(file.tool, dumps(counts)),
        ),
    )
    store.many(
        "INSERT INTO carrier_rows (file_id, parcel_key, tracking_no, line) VALUES (?, ?, ?, ?)",
        [(row_id, key, number, line) for key, number, line in rows],
    )
    return row_id


def last_written(store: Store, carrier: str, parcel_keys: Sequence[str]) -> dict[str, CarrierFile]:
    """The newest file written for this carrier that each of these parcels stood in; never written ones are
    absent, and those whose waybill was destroyed since."""
    found: dict[str, CarrierFile] = {}
    for start in range(0, len(parcel_keys), _GROUP):
        group = parcel_keys[start : start + _GROUP]
        rows = store.rows(
            "SELECT r.parcel_key, f.id, f.at, f.person, f.carrier, f.direction, f.name, f.fingerprint, f.tool "
            "FROM carrier_rows r JOIN carrier_files f ON f.id = r.file_id WHERE f.carrier = ? AND f.direction = ? "
            "AND NOT EXISTS (SELECT 1 FROM void_waybills v WHERE v.parcel_key = r.parcel_key "
            "AND v.ended = 'destroyed' AND v.ended_at >= f.at) "
            f"AND r.parcel_key IN ({', '.join('?' * len(group))}) ORDER BY f.id",
            (carrier, OUT, *group),
        )
        for key, row_id, at, *rest in rows:
            found[key] = CarrierFile(row_id, _at(at), *rest)
    return found


def of_parcel(store: Store, parcel_key: str) -> tuple[CarrierFile, ...]:
    """Every file a parcel stood in, oldest first."""
    rows = store.rows(
        "SELECT DISTINCT f.id, f.at, f.person, f.carrier, f.direction, f.name, f.fingerprint, f.tool "
        "FROM carrier_files f JOIN carrier_rows r ON r.file_id = f.id WHERE r.parcel_key = ? ORDER BY f.id",
        (parcel_key,),
    )
    return tuple(CarrierFile(row_id, _at(at), *rest) for row_id, at, *rest in rows)


def _at(ms: int) -> datetime:
    moment = from_ms(ms)
    assert moment is not None
    return moment


@dataclass(frozen=True, slots=True)
class Holder:
    """A parcel that has a number: linked by a person, or promised by a carrier's file; `told` =
    confirmation sent."""

    parcel: str
    shipment: str
    order: str
    linked: bool
    from_file: bool
    linked_at: datetime | None
    told: bool


def holders(store: Store, numbers: Sequence[str]) -> dict[str, list[Holder]]:
    """Parcels that have one of these numbers, by number."""
    found: dict[str, list[Holder]] = {}
    for start in range(0, len(numbers), _GROUP):
        group = numbers[start : start + _GROUP]
        marks = ", ".join("?" * len(group))
        for number, file_no, parcel, shipment, order, linked_at, sent_at in store.rows(
            "SELECT p.tracking_no, p.file_no, p.key, s.key, s.number, p.linked_at, s.sent_at FROM parcels p "
            f"JOIN shipments s ON s.id = p.shipment_id WHERE p.tracking_no IN ({marks}) OR p.file_no IN ({marks})",
            (*group, *group),
        ):
            for known in dict.fromkeys(n for n in (number, file_no) if n):
                holder = Holder(
                    parcel,
                    shipment,
                    order,
                    linked=known == number,
                    from_file=known == file_no,
                    linked_at=from_ms(linked_at),
                    told=sent_at is not None,
                )
                found.setdefault(known, []).append(holder)
    return found
