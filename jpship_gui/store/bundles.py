"""Shipments that travel together: which they are, how members follow their leader, how they come and go (PL-02, PL-03).

One row leads: its own id stands in its column `bundle`, and in that of each member. A member's own parcels, prints and
numbers stay as they are, so that taking it out of the bundle restores it; only what says something of the goods on the
desk (printed, checked, linked, …) is the leader's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from jpship_gui.domain.order import Contact
from jpship_gui.domain.recipient import same_recipient
from jpship_gui.domain.stage import FACT_NAMES
from jpship_gui.store.codec import dumps
from jpship_gui.store.database import Store

FOLLOWED = tuple(
    name for name in FACT_NAMES if name not in ("sent", "accepted")
)  # those are each order's own
_FOLLOWED = tuple(f"{name}_{part}" for name in FOLLOWED for part in ("at", "by", "how"))
_PRINTED = ("printed_at", "printed_by", "printed_how", "batch", "batch_row")
_ON_PAPER = (
    *("name", "postal_code", "prefecture", "city", "street", "phone", "lines", "wish_day", "wish_slot"),
    *("carrier", "service", "gift", "wrapping", "noshi", "cod", "buyer_text"),
)
_PLANNED = ("carrier", "service", "plan", "chosen_by", "chosen_why", "wait_until", "wait_by")
_RECIPIENT = tuple(f.name for f in fields(Contact))
_GROUP = 400


@dataclass(frozen=True, slots=True)
class _Standing:
    """What of a shipment may stop those it is packed with."""

    row_id: int
    told: bool
    cancelled: bool
    shipped: bool
    changed: bool
    held: bool
    blocked: bool
    releasable: bool
    stops: str
    recipient: Contact


def any_bundles(store: Store) -> bool:
    """Whether anything at all is bundled; read from an index."""
    return store.value("SELECT 1 FROM shipments WHERE bundle IS NOT NULL LIMIT 1") is not None


def with_bundles(store: Store, row_ids: Iterable[int]) -> list[int]:
    """These rows and those they are packed with, each once."""
    rows = list(dict.fromkeys(row_ids))
    if not rows or not any_bundles(store):
        return rows
    roots = _roots(store, rows)
    family = [row_id for root in roots for row_id in family_of(store, root)]
    return list(dict.fromkeys((*rows, *family)))


def with_leaders(store: Store, row_ids: Iterable[int]) -> list[int]:
    """These rows and the leaders of those among them that travel in another's parcels, each once."""
    rows = list(dict.fromkeys(row_ids))
    if not rows or not any_bundles(store):
        return rows
    return list(dict.fromkeys((*rows, *_roots(store, rows))))


def _roots(store: Store, row_ids: Sequence[int]) -> list[int]:
    found: dict[int, None] = {}
    for start in range(0, len(row_ids), _GROUP):
        group = row_ids[start : start + _GROUP]
        marks = ", ".join("?" * len(group))
        sql = f"SELECT DISTINCT bundle FROM shipments WHERE bundle IS NOT NULL AND id IN ({marks})"
        found |= dict.fromkeys(root for (root,) in store.rows(sql, group))
    return list(found)


def family_of(store: Store, row_id: int) -> list[int]:
    """The rows of a bundle, given any of them: the leader first, then as they came; only itself where it goes alone."""
    root = root_of(store, row_id)
    found = [r for (r,) in store.rows("SELECT id FROM shipments WHERE bundle = ? ORDER BY id", (root,))]
    return sorted(found, key=lambda r: r != root) or [row_id]


def root_of(store: Store, row_id: int) -> int:
    """The row whose parcels a shipment travels in."""
    return int(store.value("SELECT COALESCE(bundle, id) FROM shipments WHERE id = ?", (row_id,)) or row_id)


def lock(store: Store, row_ids: Sequence[int]) -> bool:
    """Keep other desks from opening or changing these rows until the transaction ends; whether what was read before may
    be old by now. SQLite's transaction is alone as it is."""
    if not store.postgres:
        return False
    rows = sorted(set(row_ids))  # in one order everywhere, so nobody waits for each other
    for start in range(0, len(rows), _GROUP):
        group = rows[start : start + _GROUP]
        marks = ", ".join("?" * len(group))
        store.rows(f"SELECT id FROM shipments WHERE id IN ({marks}) ORDER BY id FOR UPDATE", group)
    return bool(row_ids)


def before_packing(store: Store, stages: Sequence[str]) -> Iterator[tuple[str, str, int, Contact]]:
    """Key, shop, leader's row and recipient of all shipments in these stages with no number yet, the most urgent
    first; of a bundle the leader."""
    marks = ", ".join("?" * len(stages))
    rows = store.rows(
        f"SELECT key, shop, COALESCE(bundle, id), {', '.join(_RECIPIENT)} FROM shipments WHERE stage IN ({marks}) "
        "AND linked_at IS NULL AND (bundle IS NULL OR bundle = id) ORDER BY ship_by IS NULL, ship_by, id",
        list(stages),
    )
    for key, shop, root, *contact in rows:
        yield key, shop, root, Contact(*contact)


def leading_before_packing(store: Store, stages: Sequence[str]) -> list[str]:
    """Keys of the leaders of all bundles in these stages with no number yet, the most urgent first."""
    marks = ", ".join("?" * len(stages))
    rows = store.rows(
        f"SELECT key FROM shipments WHERE stage IN ({marks}) AND linked_at IS NULL AND bundle = id "
        "ORDER BY ship_by IS NULL, ship_by, id",
        list(stages),
    )
    return [key for (key,) in rows]


# ── following ───────────────────────────────────────────────────────────────────────────────────────────────────────


def follow(store: Store, row_ids: Iterable[int]) -> list[int]:
    """Let the members among these rows, and those of their bundles, take over their leader's facts, and note of each
    why it stops the others. Returns the rows with those they are packed with. In a transaction."""
    rows = with_bundles(store, row_ids)
    if not rows or not any_bundles(store):
        return rows
    for root in _roots(store, rows):
        copies = ", ".join(f"{name} = l.{name}" for name in _FOLLOWED)
        store.execute(
            f"UPDATE shipments SET {copies} FROM (SELECT * FROM shipments WHERE id = ?) AS l "
            "WHERE shipments.bundle = ? AND shipments.id <> ?",
            (root, root, root),
        )
        _note_stops(store, root)
    return rows


def _note_stops(store: Store, root: int) -> None:
    found = {standing.row_id: standing for standing in _standings(store, root)}
    leader = found.get(root)
    if leader is None:
        return
    changes = []
    for standing in found.values():
        why = _why_it_stops(standing, leader)
        if why != standing.stops:
            changes.append((why, standing.row_id))
    store.many("UPDATE shipments SET stops = ? WHERE id = ?", changes)


def _standings(store: Store, root: int) -> Iterable[_Standing]:
    sql = (
        "SELECT id, sent_at IS NOT NULL OR accepted_at IS NOT NULL, cancelled, shipped_at_source + not_ours, "
        f"changed <> '[]', hold_reason <> '', blocked, releasable, stops, {', '.join(_RECIPIENT)} "
        "FROM shipments WHERE bundle = ?"
    )
    for cells in store.rows(sql, (root,)):
        told, cancelled, shipped, changed, held, blocked, releasable = (bool(cell) for cell in cells[1:8])
        yield _Standing(
            *(cells[0], told, cancelled, shipped, changed, held, blocked, releasable),
            *(cells[8], Contact(*cells[9:])),
        )


def _why_it_stops(standing: _Standing, leader: _Standing) -> str:
    """The code of `bundle.stop.<code>`. What was told of it already stops nobody: its goods are on their way."""
    if standing.told:
        return ""
    table = (
        ("cancelled", standing.cancelled),
        ("shipped", standing.shipped),
        ("recipient", not same_recipient(standing.recipient, leader.recipient)),
        ("changed", standing.changed),
        ("hold", standing.held),
        ("problems", standing.blocked),
        ("waiting", not standing.releasable),
    )
    return next((code for code, holds in table if holds), "")


# ── coming and going ────────────────────────────────────────────────────────────────────────────────────────────────


def join(store: Store, leader: int, member: int) -> bool:
    """Let a shipment, with all that is packed with it, travel in another's parcels; both lose their slips, which list
    too little now. False where they travel together already. In a transaction; `restage` follows."""
    root = root_of(store, leader)
    coming = family_of(store, member)
    if root in coming:
        return False
    for row_id in (root, *coming):
        if _columns(store, row_id, ("bundle",))["bundle"] is None:
            _remember(store, row_id)
    store.many("UPDATE shipments SET bundle = ? WHERE id = ?", [(root, r) for r in (root, *coming)])
    unprint(store, root)
    return True


def separate(store: Store, member: int) -> list[int]:
    """Let a member travel by itself again, as it was before; the last one to go frees the leader too. Returns the rows
    that are free now: none for a leader or a shipment that goes alone. In a transaction; `restage` follows."""
    root = root_of(store, member)
    family = family_of(store, member)
    if root == member or member not in family:
        return []
    goes_on = len(family) > 2
    free = [member] if goes_on else family
    fresh = _was_printed(store, root)
    for row_id in free:
        store.execute("UPDATE shipments SET bundle = NULL, stops = '' WHERE id = ?", (row_id,))
        _recall(store, row_id, fresh)
    if goes_on:
        unprint(store, root)  # whatever was printed lists goods that leave
    return free


def unprint(store: Store, row_id: int) -> None:
    """The slip of a shipment, and with it that of those it is packed with, is no longer right; `restage` follows."""
    store.many(
        "UPDATE shipments SET printed_at = NULL, printed_by = '', printed_how = '' WHERE id = ?",
        [(r,) for r in family_of(store, row_id)],
    )


def parcels_before(store: Store, row_id: int) -> Mapping[str, str]:
    """The parcels a shipment had when it was bundled, with what was noted to lie in them."""
    kept: Mapping[str, str] = _kept(store, row_id).get("parcels", {})
    return kept


def _remember(store: Store, row_id: int) -> None:
    """What bundling takes away: that it was printed, with what stood on the paper; and its parcels as they are."""
    sql = "SELECT key, contents FROM parcels WHERE shipment_id = ?"
    kept = {
        "printed": _columns(store, row_id, _PRINTED),
        "paper": _paper(store, row_id),
        "plan": _columns(store, row_id, _PLANNED),
        "parcels": dict(store.rows(sql, (row_id,))),
    }
    store.execute("UPDATE shipments SET unbundled = ? WHERE id = ?", (dumps(kept), row_id))


def _recall(store: Store, row_id: int, fresh_slip: bool) -> None:
    """Give back what `_remember` kept. A slip printed before counts again unless the bundle's own was printed since, or
    something on it is no longer so. What was done at the desk is derived from the boxes anew."""
    kept = _kept(store, row_id)
    values: dict[str, Any] = {name: None if name.endswith("_at") else "" for name in _FOLLOWED}
    values["unbundled"] = ""
    values |= {name: value for name, value in kept.get("plan", {}).items() if name in _PLANNED}
    planned = {name: values[name] for name in _PLANNED if name in values}
    if planned:  # before the papers are compared: they say by whom it goes
        names = ", ".join(f"{name} = ?" for name in planned)
        store.execute(f"UPDATE shipments SET {names} WHERE id = ?", (*planned.values(), row_id))
    if not fresh_slip and kept.get("paper") == _paper(store, row_id):
        printed = kept.get("printed", {})
        values |= {name: printed[name] for name in _PRINTED if name in values and name in printed}
    names = ", ".join(f"{name} = ?" for name in values)
    store.execute(f"UPDATE shipments SET {names} WHERE id = ?", (*values.values(), row_id))
    store.many(
        "UPDATE parcels SET contents = ? WHERE key = ?",
        [(contents, key) for key, contents in kept.get("parcels", {}).items()],
    )
    store.execute("DELETE FROM parcel_ids WHERE shipment_id = ?", (row_id,))


def _kept(store: Store, row_id: int) -> Mapping[str, Any]:
    kept: Mapping[str, Any] = json.loads(_columns(store, row_id, ("unbundled",)).get("unbundled") or "{}")
    return kept


def _was_printed(store: Store, root: int) -> bool:
    """Whether the bundle's own slip was printed: the leader stands in another place of a batch than before."""
    now = _columns(store, root, _PRINTED)
    before = _kept(store, root).get("printed", {})
    places = ("batch", "batch_row")
    return now["printed_at"] is not None or any(now[p] != before.get(p) for p in places)


def _paper(store: Store, row_id: int) -> str:
    """Fingerprint of what slip and waybill say."""
    return hashlib.sha256(dumps(list(_columns(store, row_id, _ON_PAPER).values())).encode()).hexdigest()[:16]


def _columns(store: Store, row_id: int, names: Sequence[str]) -> dict[str, Any]:
    row = store.row(f"SELECT {', '.join(names)} FROM shipments WHERE id = ?", (row_id,))
    return dict(zip(names, row or (), strict=False))
