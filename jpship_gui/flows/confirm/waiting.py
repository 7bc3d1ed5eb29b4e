"""What waits to be sent, shop by shop: why, when the next try is, and whose ship-by would pass (CF-07)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from jpship_gui.domain.confirmation import OutboxItem, SendState
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import outbox, send_pauses
from jpship_gui.store.send_pauses import Pause

_NEAR = timedelta(
    hours=1
)  # a ship-by within the hour is no longer safe when the next try may be in vain as well


@dataclass(frozen=True, slots=True)
class ShopQueue:
    """One shop's confirmations that a person sent off and that could not leave yet. `late` are the keys of those whose
    ship-by has passed or may pass before they can; `next_try` is None when there is no pause: they leave at once."""

    shop: str
    waiting: int
    late: tuple[str, ...]
    ship_by: datetime | None
    next_try: datetime | None = None
    since: datetime | None = None
    code: str = ""


def waiting(ws: Workspace) -> tuple[ShopQueue, ...]:
    """Every shop with something waiting, by name."""
    return tuple(waiting_by_shop(ws).values())


def waiting_by_shop(ws: Workspace) -> Mapping[str, ShopQueue]:
    """The same by the shops' names."""
    items: dict[str, list[OutboxItem]] = {}
    for item in outbox.in_state(ws.store, [SendState.WAITING]):  # in ship-by order
        items.setdefault(item.confirmation.order_id.shop, []).append(item)
    pauses = send_pauses.every(ws.store)
    return {shop: _queue(ws, shop, items[shop], pauses.get(shop)) for shop in sorted(items)}


def _queue(ws: Workspace, shop: str, items: list[OutboxItem], pause: Pause | None) -> ShopQueue:
    now = ws.now()
    next_try = pause.until if pause is not None and pause.until > now else None
    limit = (next_try or now) + _NEAR
    return ShopQueue(
        shop=shop,
        waiting=len(items),
        late=tuple(
            i.confirmation.shipment_key for i in items if i.ship_by is not None and i.ship_by <= limit
        ),
        ship_by=next((item.ship_by for item in items), None),
        next_try=next_try,
        since=pause.since if pause is not None else None,
        code=pause.code if pause is not None else "",
    )
