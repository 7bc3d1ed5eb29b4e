"""What the packing page shows besides the parcel: pictures of goods, own pace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products, search, shipments
from jpship_gui.store.database import to_ms
from jpship_gui.store.products import Product

__all__ = ["Product", "goods_of", "pace", "read_goods"]


def goods_of(ws: Workspace, skus: Iterable[str]) -> Mapping[str, Product]:
    """What the goods list knows of these SKUs: bar code, shelf, picture."""
    return products.by_skus(ws.store, skus)


def read_goods(ws: Workspace, sku: str) -> Product | None:
    """What was read instead of what is wanted: as the goods list names it, else as an order that has it does."""
    listed = products.by_skus(ws.store, [sku]).get(sku)
    if listed is not None and (listed.name or listed.variant):
        return listed
    match = search.match_of(sku, ws.store.postgres)
    if match is None:
        return listed
    sql = f"SELECT id FROM shipments WHERE {search.condition(ws.store)} ORDER BY id DESC LIMIT 5"
    for shipment in shipments.by_ids(ws.store, [row_id for (row_id,) in ws.store.rows(sql, (match,))]):
        for line in shipment.lines:
            if line.sku == sku:
                picture = listed.picture if listed is not None else ""
                return Product(listed.code if listed else sku, sku, 1, line.name, line.variant, "", picture)
    return listed


def pace(ws: Workspace) -> int:
    """Parcels this person linked within the last hour."""
    since = to_ms(ws.now() - timedelta(hours=1))
    alone_or_leading = "(bundle IS NULL OR bundle = id)"
    sql = f"SELECT COUNT(*) FROM shipments WHERE linked_at >= ? AND linked_by = ? AND {alone_or_leading}"
    return int(ws.store.value(sql, (since, ws.person)) or 0)
