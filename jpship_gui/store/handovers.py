"""Hand-overs in the database: sessions, what each took, and what still waits for a driver (PK-21)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

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
_WAITING = (
    f"SELECT s.key, p.key, s.number, p.tracking_no, {_CARRIER}, s.shop, s.name, p.linked_at, s.service, p.no, "
    "(SELECT COUNT(*) FROM parcels q WHERE q.shipment_id = s.id), s.cancelled, s.not_ours, "
    "s.hold_reason <> '', s.changed, s.sent_at IS NOT NULL OR s.accepted_at IS NOT NULL, "
    "(SELECT MIN(m.stops) FROM shipments m WHERE m.bundle = s.bundle AND m.id <> s.id AND m.stops <> ''), "
    "EXISTS (SELECT 1 FROM open_parcels o WHERE o.shipment_id = s.id), "
    "EXISTS (SELECT 1 FROM parcels q WHERE q.shipment_id = s.id AND q.tracking_no = ''), "
    "p.file_no NOT IN ('', p.tracking_no), p.verified_at IS NOT NULL OR s.verified_at IS NOT NULL "
    "FROM parcels p JOIN shipments s ON s.id = p.shipment_id "
    "WHERE p.handed_at IS NULL AND p.tracking_no <> '' AND p.linked_at >= ? AND s.carrier_accepted_at IS NULL"
)


def waiting(
    store: Store, since: datetime, carrier: str | None, by_handover: Callable[[str], bool]
) -> list[Waiting]:
    """Parcels linked since then that no driver took, of a carrier or of all, by carrier in the order of packing.
    `by_handover` says of a shop whether it proves by the hand-over."""
    only, values = (
        (f" AND {_CARRIER} = ?", (to_ms(since), carrier)) if carrier is not None else ("", (to_ms(since),))
    )
    rows = store.rows(f"{_WAITING}{only} ORDER BY 5, p.linked_at, p.id", values)
    made = []
    for row in rows:
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
        made.append(
            Waiting(key, parcel, order, number, of, standing, shop, name, day, service, int(no), int(boxes))
        )
    return made


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
