"""Confirmations on their way to a marketplace, and the chained log of what became of each.

One row per shipment. A row is taken with a lease, so that two desks never send the same; a lease that ran out while
nothing had been answered means that the sender died midway, and then nobody knows: the row is doubtful.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jpship_gui.domain.confirmation import (
    Confirmation,
    OutboxItem,
    SendResult,
    SendState,
    part_key,
    shipment_of,
)
from jpship_gui.domain.order import OrderId
from jpship_gui.store.codec import dumps, from_json, to_json
from jpship_gui.store.database import Store, from_ms, to_ms

_SELECT = (
    "SELECT id, payload, state, created_at, attempts, request_id, code, message, answered_at, attempted_at, "
    "ship_by, file_fingerprint FROM outbox"
)
_OPEN = (SendState.WAITING, SendState.REFUSED)  # states in which what is to be said may still be replaced
_GROUP = 400
_TOO_OLD = timedelta(
    days=30
)  # what a shop without keys never read back is not caught up with once it has keys


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something with the outbox, for lease and log."""

    person: str
    desk: str
    lease: str  # unlike that of every other running program


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of a confirmation's audit trail (CF-12)."""

    at: datetime
    person: str
    desk: str
    what: str
    detail: Mapping[str, Any]


def put(
    store: Store, entries: Sequence[tuple[Confirmation, datetime | None]], by: Actor, at: datetime
) -> list[str]:
    """Queue confirmations given with their ship-by; returns the keys queued. A row on its way or done is left alone.
    In a transaction."""
    known = {
        item.confirmation.shipment_key: item for item in by_keys(store, [c.shipment_key for c, _ in entries])
    }
    queued = []
    for confirmation, ship_by in entries:
        key = confirmation.shipment_key
        old = known.get(key)
        if old is not None and old.state not in _OPEN:
            continue
        if old is not None and old.state is SendState.WAITING and old.confirmation == confirmation:
            queued.append(key)
            continue
        _insert(store, confirmation, ship_by, by, at)
        _log(store, key, "queued", by, at, {"values": json.loads(to_json(confirmation))})
        queued.append(key)
    return queued


def _insert(
    store: Store, confirmation: Confirmation, ship_by: datetime | None, by: Actor, at: datetime
) -> None:
    order = confirmation.order_id
    store.execute(
        "INSERT INTO outbox (marketplace, shop, order_number, shipment_key, payload, state, ship_by, created_at, "
        "person) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (shipment_key) DO UPDATE SET payload = excluded.payload, "
        "state = excluded.state, ship_by = excluded.ship_by, person = excluded.person, code = '', message = '', "
        "request_id = '' WHERE outbox.state IN ('waiting', 'refused')",
        (
            *(order.marketplace, order.shop, order.number, confirmation.shipment_key, to_json(confirmation)),
            *(SendState.WAITING.value, to_ms(ship_by), to_ms(at), by.person),
        ),
    )


def withdraw(store: Store, keys: Iterable[str], by: Actor, at: datetime, reason: str) -> None:
    """Take rows back that this actor holds or that wait; the log keeps them. In a transaction."""
    for key in keys:
        gone = store.row(
            "DELETE FROM outbox WHERE shipment_key = ? AND (state = ? OR lease_owner = ?) RETURNING id",
            (key, SendState.WAITING.value, by.lease),
        )
        if gone is not None:
            _log(store, key, "withdrawn", by, at, {"reason": reason})


def by_keys(store: Store, keys: Sequence[str]) -> list[OutboxItem]:
    """Rows of these shipments, in no particular order."""
    found: list[OutboxItem] = []
    for start in range(0, len(keys), _GROUP):
        group = keys[start : start + _GROUP]
        marks = ", ".join("?" * len(group))
        found += _items(store, f"{_SELECT} WHERE shipment_key IN ({marks})", group)
    return found


def parts_of(store: Store, keys: Sequence[str]) -> dict[str, list[OutboxItem]]:
    """Rows by shipment, the parts of what is told of it in their order."""
    found: dict[str, list[OutboxItem]] = {}
    asked = list(keys)
    part = 1
    while asked:
        rows = by_keys(store, [part_key(key, part) for key in asked])
        for item in rows:
            found.setdefault(shipment_of(item.confirmation.shipment_key), []).append(item)
        asked = [shipment_of(i.confirmation.shipment_key) for i in rows if not i.confirmation.whole]
        part += 1
    return found


def told_parcels(store: Store, order: OrderId) -> frozenset[str]:
    """Keys of the parcels of an order whose numbers the marketplace was told, or may have been told."""
    marks = ", ".join("?" * len(_OPEN))
    sql = f"{_SELECT} WHERE order_number = ? AND marketplace = ? AND shop = ? AND state NOT IN ({marks})"
    found = _items(store, sql, (order.number, order.marketplace, order.shop, *_OPEN))
    return frozenset(
        parcel.parcel_key
        for item in found
        for parcel in (*item.confirmation.parcels, *item.confirmation.kept)
    )


def in_state(store: Store, states: Sequence[SendState], shop: str = "") -> list[OutboxItem]:
    """Rows in one of these states in ship-by order; of one shop or of all."""
    marks = ", ".join("?" * len(states))
    where = " AND shop = ?" if shop else ""
    params = [*(state.value for state in states), *([shop] if shop else [])]
    return _items(
        store, f"{_SELECT} WHERE state IN ({marks}){where} ORDER BY ship_by IS NULL, ship_by, id", params
    )


def count(store: Store, shop: str, states: Sequence[SendState]) -> int:
    """How many of a shop's rows are in one of these states."""
    marks = ", ".join("?" * len(states))
    sql = f"SELECT COUNT(*) FROM outbox WHERE shop = ? AND state IN ({marks})"
    return int(store.value(sql, (shop, *(state.value for state in states))))


def counts(store: Store) -> dict[str, dict[SendState, int]]:
    """How many rows of each state, by shop."""
    found: dict[str, dict[SendState, int]] = {}
    for shop, state, count in store.rows("SELECT shop, state, COUNT(*) FROM outbox GROUP BY shop, state"):
        found.setdefault(shop, {})[SendState(state)] = int(count)
    return found


def due_for_audit(store: Store, shop: str, at: datetime, limit: int) -> list[OutboxItem]:
    """Accepted rows of a shop that are to be read back by now, oldest first."""
    return _items(
        store,
        f"{_SELECT} WHERE state = ? AND shop = ? AND audit_due <= ? AND audit_due > ? ORDER BY audit_due, id LIMIT ?",
        (SendState.ACCEPTED.value, shop, to_ms(at), to_ms(at - _TOO_OLD), limit),
    )


def next_audits(store: Store, at: datetime) -> dict[str, datetime]:
    """By shop, when the first of its accepted rows is to be read back; shops without any are absent."""
    rows = store.rows(
        "SELECT shop, MIN(audit_due) FROM outbox WHERE state = ? AND audit_due > ? GROUP BY shop",
        (SendState.ACCEPTED.value, to_ms(at - _TOO_OLD)),
    )
    return {shop: due for shop, ms in rows if (due := from_ms(ms)) is not None}


def unread(store: Store, shop: str, before: datetime, since: datetime) -> list[OutboxItem]:
    """Accepted rows of a shop that came to be so in this time and were not read back since."""
    return _items(
        store,
        f"{_SELECT} WHERE state = ? AND shop = ? AND audit_due IS NOT NULL AND answered_at < ? AND answered_at >= ? "
        "ORDER BY answered_at, id",
        (SendState.ACCEPTED.value, shop, to_ms(before), to_ms(since)),
    )


def set_audit(store: Store, key: str, due: datetime | None) -> None:
    """When this row is to be read back; None = it was."""
    store.execute("UPDATE outbox SET audit_due = ? WHERE shipment_key = ?", (to_ms(due), key))


def note(store: Store, key: str, what: str, by: Actor, at: datetime, detail: Mapping[str, Any]) -> None:
    """A line in a confirmation's audit trail about something that leaves its row as it is. In a transaction."""
    _log(store, key, what, by, at, detail)


def answered_since(store: Store, state: SendState, since: datetime, shop: str = "") -> list[OutboxItem]:
    """Rows that came to this state at or after a moment; of one shop or of all."""
    where = " AND shop = ?" if shop else ""
    return _items(
        store,
        f"{_SELECT} WHERE state = ? AND answered_at >= ?{where} ORDER BY answered_at, id",
        (state.value, to_ms(since), *([shop] if shop else [])),
    )


def take_waiting(
    store: Store, shop: str, by: Actor, at: datetime, lease: timedelta, limit: int
) -> list[OutboxItem]:
    """Claim the most urgent waiting rows of a shop for one try; they become SENDING. Its own transaction."""
    return _take(
        store,
        f"state = '{SendState.WAITING.value}' AND shop = ?",
        (shop,),
        by,
        at,
        lease,
        limit,
        f"state = '{SendState.SENDING.value}', attempts = attempts + 1, attempted_at = {to_ms(at)}, request_id = '', ",
    )


def take_unanswered(
    store: Store, shop: str, by: Actor, at: datetime, lease: timedelta, limit: int
) -> list[OutboxItem]:
    """Claim rows nobody looks after: doubtful ones, and handed-in ones whose answer nobody fetched. Its own
    transaction."""
    states = f"('{SendState.DOUBTFUL.value}', '{SendState.SENDING.value}')"
    return _take(store, f"state IN {states} AND shop = ?", (shop,), by, at, lease, limit, "")


def _take(
    store: Store,
    where: str,
    params: Sequence[Any],
    by: Actor,
    at: datetime,
    lease: timedelta,
    limit: int,
    also: str,
) -> list[OutboxItem]:
    now = to_ms(at)
    lock = " FOR UPDATE SKIP LOCKED" if store.postgres else ""
    chosen = (
        f"SELECT id FROM outbox WHERE {where} AND (lease_until <= ? OR lease_owner = ?) "
        f"ORDER BY ship_by IS NULL, ship_by, id LIMIT ?{lock}"
    )
    with store.transaction():
        ids = [i for (i,) in store.rows(chosen, (*params, now, by.lease, limit))]
        store.many(
            f"UPDATE outbox SET {also}lease_owner = ?, lease_until = ? WHERE id = ?",
            [(by.lease, to_ms(at + lease), i) for i in ids],
        )
        found = []
        for start in range(0, len(ids), _GROUP):
            group = ids[start : start + _GROUP]
            found += _items(store, f"{_SELECT} WHERE id IN ({', '.join('?' * len(group))})", group)
    place = {row_id: n for n, row_id in enumerate(ids)}
    return sorted(found, key=lambda item: place[item.row_id])


def end_leases(store: Store, owners: Iterable[str]) -> None:
    """What programs that are gone had leased is nobody's. In a transaction."""
    store.many(
        "UPDATE outbox SET lease_owner = '', lease_until = 0 WHERE lease_owner = ?",
        [(owner,) for owner in owners],
    )


def abandon_dead(store: Store, by: Actor, at: datetime) -> list[str]:
    """Rows whose sender died before any answer become doubtful; returns their keys. Its own transaction.

    When it died is not known, so what it may have told is as young as this moment.
    """
    with store.transaction():
        dead = [
            key
            for (key,) in store.rows(
                "UPDATE outbox SET state = ?, code = 'sender_gone', lease_owner = '', lease_until = 0, "
                "attempted_at = ? WHERE state = ? AND request_id = '' AND lease_until <= ? RETURNING shipment_key",
                (SendState.DOUBTFUL.value, to_ms(at), SendState.SENDING.value, to_ms(at)),
            )
        ]
        for key in dead:
            _log(store, key, SendState.DOUBTFUL.value, by, at, {"code": "sender_gone"})
    return dead


def settle(
    store: Store, results: Iterable[SendResult], by: Actor, at: datetime, keep_lease: bool = False
) -> list[str]:
    """Write answers for rows this actor holds; returns the keys written (a row taken over by another is left alone).
    In a transaction."""
    written = []
    for result in results:
        final = result.state in (SendState.ACCEPTED, SendState.REFUSED, SendState.FILED)
        doubted = result.state is SendState.DOUBTFUL
        changed = store.row(
            "UPDATE outbox SET state = ?, code = ?, message = ?, request_id = ?, "
            "answered_at = COALESCE(?, answered_at), attempted_at = COALESCE(?, attempted_at), "
            "audit_due = ?, lease_owner = ?, lease_until = CASE WHEN ? = 1 THEN lease_until ELSE 0 END "
            "WHERE shipment_key = ? AND lease_owner = ? RETURNING id",
            (
                *(result.state.value, result.code, result.message, result.request_id),
                *(to_ms(at) if final else None, to_ms(at) if doubted else None),
                to_ms(at) if result.state is SendState.ACCEPTED else None,
                *(by.lease if keep_lease else "", int(keep_lease)),
                *(result.shipment_key, by.lease),
            ),
        )
        if changed is None:
            continue
        written.append(result.shipment_key)
        _log(store, result.shipment_key, result.state.value, by, at, _detail(result))
    return written


def release(store: Store, keys: Iterable[str], by: Actor) -> None:
    """Give leases back without an answer."""
    store.many(
        "UPDATE outbox SET lease_owner = '', lease_until = 0 WHERE shipment_key = ? AND lease_owner = ?",
        [(key, by.lease) for key in keys],
    )


def claim_for_file(store: Store, keys: Sequence[str], at: datetime) -> frozenset[str]:
    """Of these rows those that may go into a file now, locked until the transaction ends: nobody is sending them."""
    allowed = (SendState.WAITING.value, SendState.REFUSED.value, SendState.FILED.value)
    return frozenset(
        key
        for key in keys
        if store.row(
            "UPDATE outbox SET lease_owner = '' WHERE shipment_key = ? AND state IN (?, ?, ?) AND lease_until <= ? "
            "RETURNING id",
            (key, *allowed, to_ms(at)),
        )
    )


def file(
    store: Store, confirmations: Sequence[Confirmation], fingerprint: str, name: str, by: Actor, at: datetime
) -> None:
    """Rows, with what is said in it, went into an upload file. In a transaction."""
    for confirmation in confirmations:
        key, payload, now = confirmation.shipment_key, to_json(confirmation), to_ms(at)
        store.execute(
            "UPDATE outbox SET state = ?, payload = ?, file_fingerprint = ?, attempts = attempts + 1, "
            "attempted_at = ?, answered_at = ?, code = '', message = '' WHERE shipment_key = ?",
            (SendState.FILED.value, payload, fingerprint, now, now, key),
        )
        detail = {"file": name, "fingerprint": fingerprint, "values": json.loads(payload)}
        _log(store, key, SendState.FILED.value, by, at, detail)


def notice(store: Store, key: str, code: str, by: Actor, at: datetime) -> bool:
    """A later reading of the marketplace proves a report that was filed or doubtful; False when it was neither.
    In a transaction."""
    changed = store.row(
        "UPDATE outbox SET state = ?, code = ?, answered_at = ?, audit_due = ?, lease_owner = '', lease_until = 0 "
        "WHERE shipment_key = ? AND state IN (?, ?) AND lease_until <= ? RETURNING id",
        (
            *(SendState.ACCEPTED.value, code, to_ms(at), to_ms(at), key),
            *(SendState.FILED.value, SendState.DOUBTFUL.value, to_ms(at)),
        ),
    )
    if changed is not None:
        _log(store, key, SendState.ACCEPTED.value, by, at, {"code": code})
    return changed is not None


def refuse_filed(store: Store, result: SendResult, by: Actor, at: datetime) -> bool:
    """The marketplace did not take what an upload file said; False when the row is no longer filed. In a
    transaction."""
    changed = store.row(
        "UPDATE outbox SET state = ?, code = ?, message = ?, answered_at = ? WHERE shipment_key = ? AND state = ? "
        "RETURNING id",
        (
            *(SendState.REFUSED.value, result.code, result.message, to_ms(at), result.shipment_key),
            SendState.FILED.value,
        ),
    )
    if changed is not None:
        _log(store, result.shipment_key, SendState.REFUSED.value, by, at, _detail(result))
    return changed is not None


def _detail(result: SendResult) -> dict[str, Any]:
    values = {
        "code": result.code,
        "message": result.message,
        "request": result.request_id,
        "ids": dict(result.detail_ids),
    }
    return {name: value for name, value in values.items() if value}


def _items(store: Store, sql: str, params: Sequence[Any]) -> list[OutboxItem]:
    return [_item(row) for row in store.rows(sql, params)]


def _item(row: Sequence[Any]) -> OutboxItem:
    row_id, payload, state, created, attempts, request_id, code, message, *times, fingerprint = row
    answered, attempted, ship_by = (from_ms(time) for time in times)
    moment = from_ms(created)
    assert moment is not None
    return OutboxItem(
        row_id=row_id,
        confirmation=from_json(Confirmation, payload),
        state=SendState(state),
        created_at=moment,
        attempts=attempts,
        request_id=request_id,
        message=message,
        answered_at=answered,
        code=code,
        attempted_at=attempted,
        file_fingerprint=fingerprint,
        ship_by=ship_by,
    )


# ── the audit trail ─────────────────────────────────────────────────────────────────────────────────────────────────


def _log(store: Store, key: str, what: str, by: Actor, at: datetime, detail: Mapping[str, Any]) -> None:
    store.next_numbers("confirm_log")  # also a lock: lines of several desks chain one after the other
    prev = store.value("SELECT hash FROM confirm_log ORDER BY id DESC LIMIT 1") or ""
    cells = (to_ms(at), by.person, by.desk, key, what, dumps(detail))
    store.execute(
        "INSERT INTO confirm_log (at, person, desk, shipment_key, what, detail, prev, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*cells, prev, _hash(prev, cells)),
    )


def _hash(prev: str, cells: Sequence[Any]) -> str:
    return hashlib.sha256(dumps(["jpship confirm log", prev, *cells]).encode()).hexdigest()


def log_of(store: Store, key: str) -> tuple[LogEntry, ...]:
    """The audit trail of one shipment, oldest first."""
    rows = store.rows(
        "SELECT at, person, desk, what, detail FROM confirm_log WHERE shipment_key = ? ORDER BY id", (key,)
    )
    entries = []
    for at, person, desk, what, detail in rows:
        moment = from_ms(at)
        assert moment is not None
        entries.append(LogEntry(moment, person, desk, what, json.loads(detail)))
    return tuple(entries)


def first_broken_line(store: Store) -> int | None:
    """Number of the first log line that was changed, removed or put in; None while the chain holds to its end."""
    prev, number = "", 0
    rows = store.execute(
        "SELECT at, person, desk, shipment_key, what, detail, prev, hash FROM confirm_log ORDER BY id"
    )
    for number, row in enumerate(rows, start=1):
        cells, before, stored = row[:6], row[6], row[7]
        if before != prev or stored != _hash(prev, cells):
            return number
        prev = stored
    written = int(store.value("SELECT value FROM counters WHERE name = 'confirm_log'") or 0)
    return None if written == number else number + 1
