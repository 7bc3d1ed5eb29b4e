"""Hand-overs in the database: sessions, what each took, and what still waits for a driver (PK-21)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.handover.world import Session, Standing, Waiting, Way
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.store.database import Store, from_ms, to_ms

SUFFIX = "+handover"  # of the journal's name, behind the desk's
_SESSION = (
    "SELECT h.id, h.carrier, h.way, h.place, h.desk, h.person, h.begun_at, h.ended_at, h.ended_by, h.driver, h.note, "
    "(SELECT COUNT(*) FROM handover_parcels p WHERE p.handover = h.id AND p.what = 'taken'), "
    "(SELECT COUNT(*) FROM handover_parcels p WHERE p.handover = h.id AND p.what = 'left') FROM handovers h"
)


@dataclass(frozen=True, slots=True)
class Handed:
    """One parcel of a session: taken, or left with its reason. `recipient` is blank where it is not known any more."""

    parcel: str
    shipment: str
    number: str
    taken: bool
    reason: str
    proof: str
    at: datetime
    person: str
    order: str = ""
    recipient: str = ""


def session(store: Store, id_: str) -> Session | None:
    """By its id."""
    row = store.row(f"{_SESSION} WHERE h.id = ?", (id_,))
    return _session(row) if row else None


def running(store: Store) -> list[Session]:
    """Those that have begun and not ended, the oldest first."""
    return [
        _session(row) for row in store.rows(f"{_SESSION} WHERE h.ended_at IS NULL ORDER BY h.begun_at, h.id")
    ]


def newest(store: Store, count: int) -> list[Session]:
    """The newest so many."""
    return [
        _session(row) for row in store.rows(f"{_SESSION} ORDER BY h.begun_at DESC, h.id LIMIT ?", (count,))
    ]


def parcels(store: Store, id_: str) -> list[Handed]:
    """All of one session, in the order they were read."""
    rows = store.rows(
        "SELECT h.parcel, h.shipment, h.number, h.what, h.reason, h.proof, h.at, h.person, s.number, s.name "
        "FROM handover_parcels h LEFT JOIN shipments s ON s.key = h.shipment WHERE h.handover = ? "
        "ORDER BY h.at, h.parcel",
        (id_,),
    )
    made = []
    for parcel, shipment, number, what, reason, proof, at, person, order, name in rows:
        moment = from_ms(at)
        assert moment is not None
        cells = (
            parcel,
            shipment,
            number,
            what == "taken",
            reason,
            proof,
            moment,
            person,
            order or "",
            name or "",
        )
        made.append(Handed(*cells))
    return made


_CARRIER = "COALESCE(NULLIF(p.carrier, ''), s.carrier)"
_COLUMNS = (
    f"s.key, p.key, s.number, p.tracking_no, {_CARRIER}, s.shop, s.name, p.linked_at, s.service, p.no, "
    "(SELECT COUNT(*) FROM parcels q WHERE q.shipment_id = s.id), s.cancelled, s.not_ours, "
    "s.hold_reason <> '', s.changed, s.sent_at IS NOT NULL OR s.accepted_at IS NOT NULL, "
    "(SELECT MIN(m.stops) FROM shipments m WHERE m.bundle = s.bundle AND m.id <> s.id AND m.stops <> ''), "
    "EXISTS (SELECT 1 FROM open_parcels o WHERE o.shipment_id = s.id), "
    "EXISTS (SELECT 1 FROM parcels q WHERE q.shipment_id = s.id AND q.tracking_no = ''), "
    "p.file_no NOT IN ('', p.tracking_no), p.verified_at IS NOT NULL OR s.verified_at IS NOT NULL"
)
_TOLD = (
    "s.sent_at IS NOT NULL OR s.accepted_at IS NOT NULL OR EXISTS (SELECT 1 FROM shipments m "
    "WHERE m.bundle = s.bundle AND (m.sent_at IS NOT NULL OR m.accepted_at IS NOT NULL))"
)
_CLASH = (
    "EXISTS (SELECT 1 FROM parcels c WHERE c.tracking_no = p.tracking_no AND c.id <> p.id) "
    "OR EXISTS (SELECT 1 FROM parcels c WHERE c.file_no = p.tracking_no AND c.id <> p.id) "
    "OR EXISTS (SELECT 1 FROM void_waybills v WHERE v.number = p.tracking_no OR v.parcel_key = p.key)"
)
_PARCELS = "FROM parcels p JOIN shipments s ON s.id = p.shipment_id"
_WAITS = (
    "WHERE p.handed_at IS NULL AND p.tracking_no <> '' AND p.linked_at >= ? AND s.carrier_accepted_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class Known:
    """A parcel that waits or was taken, with what more must be known to judge it without the database. `clash`: its
    number is another parcel's as well, or was one's that is void."""

    row: Waiting
    proven: bool
    told: bool
    hold: str
    clash: bool


def waiting(
    store: Store, since: datetime, carrier: str | None, by_handover: Callable[[str], bool]
) -> list[Waiting]:
    """Parcels linked since then that no driver took, of a carrier or of all, by carrier in the order of packing.
    `by_handover` says of a shop whether it proves by the hand-over."""
    only, values = (
        (f" AND {_CARRIER} = ?", (to_ms(since), carrier)) if carrier is not None else ("", (to_ms(since),))
    )
    rows = store.rows(f"SELECT {_COLUMNS} {_PARCELS} {_WAITS}{only} ORDER BY 5, p.linked_at, p.id", values)
    return [_waiting(row, by_handover) for row in rows]


def known(store: Store, since: datetime, by_handover: Callable[[str], bool]) -> list[Known]:
    """The same of all carriers, to go by when the database is away."""
    return _known(store, f"{_WAITS} ORDER BY 5, p.linked_at, p.id", (to_ms(since),), by_handover)


def known_of(store: Store, session: str, by_handover: Callable[[str], bool]) -> list[Known]:
    """What a session has taken."""
    of = "WHERE p.key IN (SELECT h.parcel FROM handover_parcels h WHERE h.handover = ? AND h.what = 'taken')"
    return _known(store, of, (session,), by_handover)


def _known(
    store: Store, where: str, values: tuple[object, ...], by_handover: Callable[[str], bool]
) -> list[Known]:
    sql = f"SELECT {_COLUMNS}, {_TOLD}, s.hold_reason, {_CLASH} {_PARCELS} {where}"
    return [
        Known(_waiting(row[:-3], by_handover), bool(row[-4]), bool(row[-3]), str(row[-2]), bool(row[-1]))
        for row in store.rows(sql, values)
    ]


def taken(store: Store, session: str) -> frozenset[str]:
    """The parcels a session has taken."""
    sql = "SELECT parcel FROM handover_parcels WHERE handover = ? AND what = 'taken'"
    return frozenset(parcel for (parcel,) in store.rows(sql, (session,)))


def _waiting(row: tuple[Any, ...], by_handover: Callable[[str], bool]) -> Waiting:
    key, parcel, order, number, of, shop, name, linked, service, no, boxes, *flags = row
    cancelled, not_ours, held, changed, told, stops, opened, lacking, disputed, proven = flags
    table = (
        (cancelled or stops == "cancelled", Standing.CANCELLED),
        (not_ours, Standing.ELSEWHERE),
        (held or (stops and not told), Standing.HOLD),
        (changed not in ("", "[]") and not told, Standing.CHANGED),
        (opened, Standing.OPEN),
        (lacking, Standing.BOXES),
        (disputed, Standing.DISPUTED),
        (not proven and not by_handover(shop), Standing.NOT_PROVEN),
    )
    standing = next((one for holds, one in table if holds), Standing.READY)
    at = from_ms(linked)
    day = to_jst(at).date() if at else None
    return Waiting(key, parcel, order, number, of, standing, shop, name, day, service, int(no), int(boxes))


def take(store: Store, effect: Effect, at: datetime, person: str, desk: str) -> None:
    """The driver has this parcel. In a transaction."""
    _put(store, effect, "taken", "", at, person, desk)


def untake(store: Store, effect: Effect) -> None:
    """He has not. In a transaction."""
    store.execute(
        "DELETE FROM handover_parcels WHERE handover = ? AND parcel = ? AND what = 'taken'",
        (effect.other, effect.parcel),
    )


def leave(store: Store, effect: Effect, at: datetime, person: str, desk: str) -> None:
    """It stays, for a reason; a blank one takes that back. What was taken meanwhile is taken. In a transaction."""
    if effect.reason:
        _put(store, effect, "left", effect.reason, at, person, desk)
        return
    sql = "DELETE FROM handover_parcels WHERE handover = ? AND parcel = ? AND what = 'left'"
    store.execute(sql, (effect.other, effect.parcel))


def _put(store: Store, effect: Effect, what: str, reason: str, at: datetime, person: str, desk: str) -> None:
    kept = "" if what == "taken" else " WHERE handover_parcels.what <> 'taken'"
    store.execute(
        "INSERT INTO handover_parcels (handover, parcel, shipment, number, what, reason, proof, at, person, desk) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (handover, parcel) DO UPDATE SET number = excluded.number, "
        "what = excluded.what, reason = excluded.reason, proof = excluded.proof, at = excluded.at, "
        f"person = excluded.person, desk = excluded.desk{kept}",
        (
            *(effect.other, effect.parcel, effect.shipment, effect.number, what, reason, effect.proof),
            *(to_ms(at), person, desk),
        ),
    )


def _begin(store: Store, effect: Effect, at: datetime, person: str, desk: str) -> None:
    store.execute(
        "INSERT INTO handovers (id, carrier, way, place, desk, person, begun_at) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO NOTHING",
        (
            effect.other,
            effect.carrier,
            effect.how,
            effect.reason,
            desk.removesuffix(SUFFIX),
            person,
            to_ms(at),
        ),
    )


def _end(store: Store, effect: Effect, at: datetime, person: str, desk: str) -> None:
    store.execute(
        "UPDATE handovers SET ended_at = ?, ended_by = ?, driver = ?, note = ? WHERE id = ? AND ended_at IS NULL",
        (to_ms(at), person, effect.words, effect.reason, effect.other),
    )


HANDLERS: Mapping[Do, Callable[[Store, Effect, datetime, str, str], None]] = {
    Do.HAND_BEGIN: _begin,
    Do.HAND_END: _end,
}  # of effects that concern no shipment


def _session(row: tuple[object, ...]) -> Session:
    id_, carrier, way, place, desk, person, begun, ended, ended_by, driver, note, taken, left = row
    at = from_ms(begun)  # type: ignore[arg-type]
    assert at is not None
    return Session(
        *(str(id_), str(carrier), Way(str(way)), str(place), str(desk), str(person), at),
        *(from_ms(ended), str(ended_by), str(driver), str(note), int(str(taken)), int(str(left))),  # type: ignore[arg-type]
    )
