"""What a person chooses from while entering an order: senders, delivery slots, the order a re-send is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jpship_gui.domain.delivery import SLOT_AFTERNOON, SLOT_MORNING
from jpship_gui.domain.order import BY_HAND
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.own_carriers import lately
from jpship_gui.flows.table.list_rows import Query, TableRow, ids, rows
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import shipments, shops


@dataclass(frozen=True, slots=True)
class Sender:
    """An account whose name and address an order can go out under, with its usual way."""

    shop: str
    marketplace: str
    carrier: str
    service: str


def senders(ws: Workspace) -> list[Sender]:
    """All accounts, first the one the last order entered by hand went out under."""
    last = ws.store.value(
        "SELECT shop FROM orders WHERE marketplace = ? ORDER BY id DESC LIMIT 1", (BY_HAND,)
    )
    found = list(_senders(ws))
    return sorted(found, key=lambda one: one.shop != last)


def _senders(ws: Workspace) -> Iterator[Sender]:
    for shop in shops.every(ws.store):
        options = ShopOptions(shop.settings)
        carrier = str(options.get("carrier.default"))
        known = ws.carriers().get(carrier)
        service = str(options.get("carrier.service")) or (known.default_service if known else "")
        yield Sender(shop.name, shop.marketplace, carrier, service)


def slots_of(carrier: str, service: str) -> tuple[str, ...]:
    """Delivery slots of a service in the order of the day; where they are not known, those parcels usually have."""
    known = lately().get(carrier)
    chosen = known.service(service) if known is not None else None
    if chosen is None:
        usual = (one.service("") for one in lately().values())
        chosen = next((one for one in usual if one is not None and one.slots), None)
    slots = chosen.slots if chosen is not None else ()
    return tuple(sorted(slots, key=_time_of_day))


def _time_of_day(slot: str) -> tuple[str, str]:
    return {SLOT_MORNING: "08", SLOT_AFTERNOON: "12"}.get(slot, slot[:2]), slot


@dataclass(frozen=True, slots=True)
class Original:
    """A shipment a re-send may be for."""

    key: str
    marketplace: str
    shop: str
    number: str
    recipient: str
    goods: str
    stage: Stage


def find_originals(ws: Workspace, words: str, limit: int = 8) -> list[Original]:
    """Shipments these words fit (order number, name, tracking number, the slip's code), the newest first."""
    if not words.strip():
        return []
    found = ids(ws, Query(search=words, sort="imported", descending=True))
    return [_original(row) for row in rows(ws, found[:limit])]


def original_of(ws: Workspace, key: str) -> Original | None:
    """One shipment by its key; None when it is no longer there."""
    found = shipments.by_key(ws.store, key)
    return _original(rows(ws, [found.row_id])[0]) if found is not None else None


def _original(row: TableRow) -> Original:
    goods = " ".join(filter(None, (row.goods_name, row.goods_variant)))
    number, who = row.number, row.recipient_name
    return Original(row.key, row.marketplace, row.shop, number, who, goods, row.stage)
