"""Read back what was accepted, once, and keep what the marketplace shows otherwise (CF-08)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from jpship_gui.domain.confirmation import Difference, OutboxItem, shipment_of
from jpship_gui.domain.order import Order
from jpship_gui.domain.packing.world import Proof
from jpship_gui.flows.confirm.answers import keep_detail_ids
from jpship_gui.flows.confirm.comparing import Seen, compare, compare_parcels
from jpship_gui.flows.confirm.queue import actor
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces.base import MarketplaceApi, ShowsParcels
from jpship_gui.store import differences, history, outbox, shipments, shops
from jpship_gui.store.outbox import Actor

_ASKED_FOR = timedelta(days=60)  # older ones are over, whatever their marketplace shows
_APPEARS = timedelta(minutes=10)  # some show a parcel only minutes after they took it (Amazon: a guess)


def shown(ws: Workspace, item: OutboxItem, order: Order) -> Seen | None:
    """One confirmation against a reading, in what its marketplace shows; None where the reading is of another order."""
    if order.id != item.confirmation.order_id:
        return None
    return compare(item.confirmation, order, _shows(ws, item))


def standing(ws: Workspace, api: MarketplaceApi, items: Sequence[OutboxItem]) -> list[Seen | None]:
    """What the marketplace shows of accepted confirmations now, in their order, read in the way that costs it least;
    None for orders it does not show."""
    numbers = [item.confirmation.order_id.number for item in items]
    if isinstance(api, ShowsParcels):
        parcels = api.parcels_of(numbers)
        return [
            compare_parcels(item.confirmation, parcels[number], _shows(ws, item))
            if number in parcels
            else None
            for item, number in zip(items, numbers, strict=True)
        ]
    orders = {order.id.number: order for order in api.read(numbers)}
    return [
        shown(ws, item, orders[number]) if number in orders else None
        for item, number in zip(items, numbers, strict=True)
    ]


def _shows(ws: Workspace, item: OutboxItem) -> frozenset[str]:
    return ws.markets()[item.confirmation.order_id.marketplace].shows


def audit(ws: Workspace, item: OutboxItem, seen: Seen | None, by: Actor) -> tuple[Difference, ...]:
    """Judge one accepted confirmation by what is shown after it; returns what differs.

    What is not shown yet may still appear: then nothing is kept, and it is read again when it must have.
    """
    confirmation = item.confirmation
    if seen is None:
        key, number = confirmation.shipment_key, confirmation.order_id.number
        found: tuple[Difference, ...] = (Difference(key, number, "order", "", ""),)
    else:
        found = seen.differences
        with ws.store.transaction():
            keep_detail_ids(ws, confirmation, seen.detail_ids)
    by_then = (item.answered_at or item.created_at) + _APPEARS
    if (seen and seen.complete) or ws.now() >= by_then:
        conclude(ws, item, found, by)
    else:
        outbox.set_audit(ws.store, confirmation.shipment_key, by_then)
    return found


def conclude(ws: Workspace, item: OutboxItem, found: Sequence[Difference], by: Actor) -> None:
    """Keep what a reading found of one accepted confirmation; what is new goes into its audit trail."""
    confirmation, now = item.confirmation, ws.now()
    with ws.store.transaction():
        news = differences.replace(
            ws.store, confirmation.order_id.shop, confirmation.shipment_key, found, now
        )
        for one in news:
            detail = {"field": one.field, "ours": one.ours, "theirs": one.theirs}
            outbox.note(ws.store, confirmation.shipment_key, "differs", by, now, detail)
        outbox.set_audit(ws.store, confirmation.shipment_key, None)


def unread(ws: Workspace) -> tuple[Difference, ...]:
    """Accepted confirmations that were not read back in time, of shops whose proof is just that (`readback`): nobody
    knows whether the marketplace shows the number that was scanned."""
    found: list[Difference] = []
    now = ws.now()
    for shop in shops.every(ws.store):
        own = ws.shop_options(shop.name)
        if own.get("pack.proof") != Proof.READBACK:
            continue
        before = now - timedelta(hours=int(own.get("confirm.readback_h")))
        for item in outbox.unread(ws.store, shop.name, before, now - _ASKED_FOR):
            said = item.confirmation
            numbers = "・".join(parcel.tracking_no for parcel in said.parcels if parcel.tracking_no)
            found.append(Difference(said.shipment_key, said.order_id.number, "unread", numbers, ""))
    return tuple(found)


def differences_seen(ws: Workspace, keys: Sequence[str]) -> tuple[str, ...]:
    """A person has seen to what these shipments' marketplaces show otherwise; it is not shown again unless it changes.
    Returns the keys it concerned."""
    by, now = actor(ws), ws.now()
    wanted = set(keys)
    silent = [one.shipment_key for one in unread(ws) if one.shipment_key in wanted]
    with ws.store.transaction():
        concerned = list(dict.fromkeys((*differences.mark_seen(ws.store, keys, now, ws.person), *silent)))
        for key in silent:
            outbox.set_audit(ws.store, key, None)
        for key in concerned:
            outbox.note(ws.store, key, "difference_seen", by, now, {})
        found = shipments.by_keys(ws.store, [shipment_of(key) for key in concerned])
        rows = [shipment.row_id for shipment in found]
        history.add(ws.store, rows, "confirm_difference_seen", now, ws.person, ws.desk)
    return tuple(concerned)
