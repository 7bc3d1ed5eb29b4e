"""Draw the conclusions from a newer reading of the marketplace: a report that was filed or doubtful has arrived."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from jpship_gui.domain.confirmation import OutboxItem, SendResult, SendState
from jpship_gui.domain.order import OrderState
from jpship_gui.flows.confirm.answers import set_facts
from jpship_gui.flows.confirm.audit import conclude, shown
from jpship_gui.flows.confirm.comparing import Seen
from jpship_gui.flows.confirm.queue import actor
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import orders, outbox
from jpship_gui.store.outbox import Actor


def notice_arrivals(ws: Workspace, shop: str = "") -> tuple[str, ...]:
    """Accept every filed or doubtful report (of one shop or of all) whose parcels, or whose order as shipped, the
    stored orders show; returns the shipment keys. To be called after each fetch or import."""
    items = outbox.in_state(ws.store, [SendState.FILED, SendState.DOUBTFUL], shop)
    if not items:
        return ()
    known = orders.find(ws.store, [item.confirmation.order_id for item in items])
    by, arrived = actor(ws), []
    with ws.store.transaction():
        for item in items:
            stored = known.get(item.confirmation.order_id)
            if stored is None:
                continue
            order = stored.order()
            seen = shown(ws, item, order)
            result = _arrived(item, seen, order.state) if seen else None
            if seen and result and outbox.notice(ws.store, result.shipment_key, result.code, by, ws.now()):
                arrived.append(result)
                if seen.complete:
                    _read_back(ws, item, seen, by)
        set_facts(ws, arrived, how="seen")
    return tuple(result.shipment_key for result in arrived)


def _arrived(item: OutboxItem, seen: Seen, state: OrderState) -> SendResult | None:
    key = item.confirmation.shipment_key
    if seen.complete:
        return SendResult(key, SendState.ACCEPTED, "seen_registered", detail_ids=seen.detail_ids)
    if state is OrderState.SHIPPED and item.state is SendState.FILED:
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


def _read_back(ws: Workspace, item: OutboxItem, seen: Seen, by: Actor) -> None:
    """The reading that proved a report is its audit as well, unless it says nothing of carrier or date, as some files
    do: then the audit is still to come."""
    said = tuple(one for one in seen.differences if one.theirs)
    conclude(ws, item, said, by)
    if len(said) < len(seen.differences):
        outbox.set_audit(ws.store, item.confirmation.shipment_key, ws.now())


def file_uploaded(ws: Workspace, fingerprint: str) -> tuple[str, ...]:
    """A person says that the marketplace took an upload file without a complaint; returns the shipment keys."""
    items = [i for i in outbox.in_state(ws.store, [SendState.FILED]) if i.file_fingerprint == fingerprint]
    with ws.store.transaction():
        keys = [item.confirmation.shipment_key for item in items]
        taken = [key for key in keys if outbox.notice(ws.store, key, "upload_told", actor(ws), ws.now())]
        set_facts(ws, [SendResult(key, SendState.ACCEPTED, "upload_told") for key in taken], how="file")
    return tuple(taken)
