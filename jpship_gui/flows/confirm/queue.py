"""Put green shipments into the outbox; nothing else happens here (CF-07)."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jpship_gui.domain.confirmation import SendState
from jpship_gui.flows import people
from jpship_gui.flows.confirm.cases import cases_of, confirmation_of, open_cases
from jpship_gui.flows.confirm.reasons import Case, Reason, reasons_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import bundles, history, outbox, shipments
from jpship_gui.store.outbox import Actor


@dataclass(frozen=True, slots=True)
class Queued:
    """Which shipments wait now, and why others do not; shipments on their way already are in neither."""

    keys: tuple[str, ...]
    red: tuple[tuple[str, tuple[Reason, ...]], ...]


def actor(ws: Workspace) -> Actor:
    """Who acts, for the audit trail, with a lease of its own: two runs of one program are two actors."""
    return Actor(ws.person, ws.desk, str(uuid.uuid4()))


def queue(ws: Workspace, keys: Sequence[str] | None = None, *, by: str = "") -> Queued:
    """Queue these shipments, or all green ones; of shops that confirm `by` api or file only, where given.
    Refused("not_allowed")."""
    people.must(ws, people.Right.CONFIRM)
    with ws.store.transaction():
        cases = _chosen(ws, keys, by)
        asked = [(case, reasons_of(case)) for case in cases]
        green = [case for case, reasons in asked if not reasons]
        entries = [(confirmation_of(case), case.shipment.ship_by) for case in green]
        queued = outbox.put(ws.store, entries, actor(ws), ws.now())
    red = tuple((case.shipment.key, reasons) for case, reasons in asked if reasons)
    return Queued(tuple(queued), red)


def retry(ws: Workspace, keys: Sequence[str]) -> Queued:
    """Try again what the marketplace refused, although nothing changed here; any other reason still holds it back.
    Refused("not_allowed")."""
    people.must(ws, people.Right.CONFIRM)
    with ws.store.transaction():
        found = cases_of(ws, shipments.by_keys(ws.store, keys))
        refused = [c for c in found if c.item is not None and c.item.state is SendState.REFUSED]
        asked = [(case, _without_refusal(reasons_of(case))) for case in refused]
        green = [case for case, reasons in asked if not reasons]
        entries = [(confirmation_of(case), case.shipment.ship_by) for case in green]
        queued = outbox.put(ws.store, entries, actor(ws), ws.now())
        rows = [part.row_id for case in green for part in case.parts]
        history.add(ws.store, rows, "confirm_retried", ws.now(), ws.person, ws.desk)
    return Queued(tuple(queued), tuple((c.shipment.key, reasons) for c, reasons in asked if reasons))


def take_back(ws: Workspace, shops: Collection[str]) -> tuple[str, ...]:
    """A person stopped the sending: what of these shops has not left is not queued any more, so that it does not leave
    by itself either; it stays green. Returns the keys."""
    with ws.store.transaction():
        keys = [
            item.confirmation.shipment_key
            for shop in shops
            for item in outbox.in_state(ws.store, [SendState.WAITING], shop)
        ]
        outbox.withdraw(ws.store, keys, actor(ws), ws.now(), "stopped")
        if keys:
            ws.store.touch()
    return tuple(keys)


def withdraw_red(ws: Workspace, keys: Collection[str], by: Actor) -> tuple[str, ...]:
    """Take queued shipments back that turned red meanwhile, or whose values changed; in a transaction, until whose
    end no other desk changes the shipments told of. Returns the keys still good."""
    good: list[str] = []
    bad: list[tuple[str, tuple[Reason, ...]]] = []
    items = {item.confirmation.shipment_key: item for item in outbox.by_keys(ws.store, list(keys))}
    told_of = list(dict.fromkeys(s for item in items.values() for s in item.confirmation.shipments))
    found = shipments.by_keys(ws.store, told_of)
    if bundles.lock(ws.store, [one.row_id for shipment in found for one in shipment.bundle]):
        found = shipments.by_keys(ws.store, told_of)
    cases = {case.unit.key: case for case in cases_of(ws, found)}
    for key in items:
        case = cases.get(key)
        reasons = reasons_of(case) if case else ()
        if case is None or reasons or not _as_queued(case):
            bad.append((key, reasons))
        else:
            good.append(key)
    for key, reasons in bad:
        why = ", ".join(reason.code for reason in reasons) or "values_changed"
        outbox.withdraw(ws.store, [key], by, ws.now(), why)
    return tuple(good)


def _as_queued(case: Case) -> bool:
    """Whether what would be said now is what was queued; the day may have moved on without a hand-over noted."""
    assert case.item is not None
    now, then = confirmation_of(case), case.item.confirmation
    same = (now.package_id, now.parcels, now.lines) == (then.package_id, then.parcels, then.lines)
    return same and (now.with_keys, now.whole) == (then.with_keys, then.whole)


def _chosen(ws: Workspace, keys: Sequence[str] | None, by: str) -> list[Case]:
    if keys is None:
        cases = open_cases(ws)
    else:
        found = cases_of(ws, shipments.by_keys(ws.store, keys))
        cases = [case for case in found if not case.unit.on_its_way]
    if not by:
        return cases
    ways = {shop: ws.confirms_by(shop) for shop in {case.shipment.order_id.shop for case in cases}}
    return [case for case in cases if ways[case.shipment.order_id.shop] == by]


def _without_refusal(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(reason for reason in reasons if reason.code != "refused")
