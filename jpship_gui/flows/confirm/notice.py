"""Draw the conclusions from a newer reading of the marketplace: a report that was filed or doubtful has arrived."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from jpship_gui.domain.confirmation import OutboxItem, SendResult, SendState
from jpship_gui.domain.order import Order, OrderState
from jpship_gui.flows.confirm.answers import set_facts
from jpship_gui.flows.confirm.comparing import compare
from jpship_gui.flows.confirm.queue import actor
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import orders, outbox


def notice_arrivals(ws: Workspace) -> tuple[str, ...]:
    """Accept every filed or doubtful report whose parcels, or whose order as shipped, the stored orders show; returns
    the shipment keys. To be called after each fetch or import."""
    items = outbox.in_state(ws.store, [SendState.FILED, SendState.DOUBTFUL])
    if not items:
        return ()
    known = orders.find(ws.store, [item.confirmation.order_id for item in items])
    results = []
    for item in items:
        stored = known.get(item.confirmation.order_id)
        shows = ws.markets()[item.confirmation.order_id.marketplace].shows
        result = _arrived(item, stored.order(), shows) if stored else None
        if result is not None:
            results.append(result)
    with ws.store.transaction():
        taken = [r for r in results if outbox.notice(ws.store, r.shipment_key, r.code, actor(ws), ws.now())]
        set_facts(ws, taken, how="seen")
    return tuple(result.shipment_key for result in taken)


def _arrived(item: OutboxItem, order: Order, shows: frozenset[str]) -> SendResult | None:
    seen = compare(item.confirmation, order, shows)
    key = item.confirmation.shipment_key
    if seen.complete:
        return SendResult(key, SendState.ACCEPTED, "seen_registered", detail_ids=seen.detail_ids)
    if order.state is OrderState.SHIPPED and item.state is SendState.FILED:
        return SendResult(key, SendState.ACCEPTED, "seen_shipped")
    return None


def notice_left(ws: Workspace, shop: str, at: datetime, waiting: Collection[str]) -> tuple[str, ...]:
    """Accept every filed report of a shop, written before `at`, whose order was not among those that waited then: the
    marketplace took the upload. `waiting` are order numbers; returns the shipment keys."""
    left = [
        item.confirmation.shipment_key
        for item in outbox.in_state(ws.store, [SendState.FILED], shop)
        if item.confirmation.order_id.number not in waiting and (item.attempted_at or item.created_at) < at
    ]
    with ws.store.transaction():
        taken = [key for key in left if outbox.notice(ws.store, key, "seen_left", actor(ws), ws.now())]
        set_facts(ws, [SendResult(key, SendState.ACCEPTED, "seen_left") for key in taken], how="seen")
    return tuple(taken)


def file_uploaded(ws: Workspace, fingerprint: str) -> tuple[str, ...]:
    """A person says that the marketplace took an upload file without a complaint; returns the shipment keys."""
    items = [i for i in outbox.in_state(ws.store, [SendState.FILED]) if i.file_fingerprint == fingerprint]
    with ws.store.transaction():
        keys = [item.confirmation.shipment_key for item in items]
        taken = [key for key in keys if outbox.notice(ws.store, key, "upload_told", actor(ws), ws.now())]
        set_facts(ws, [SendResult(key, SendState.ACCEPTED, "upload_told") for key in taken], how="file")
    return tuple(taken)
