"""What the packing page shows besides the parcel: pictures of goods, own pace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products
from jpship_gui.store.database import to_ms
from jpship_gui.store.products import Product

__all__ = ["Product", "goods_of", "pace"]


def goods_of(ws: Workspace, skus: Iterable[str]) -> Mapping[str, Product]:
    """What the goods list knows of these SKUs: bar code, shelf, picture."""
    return products.by_skus(ws.store, skus)


def pace(ws: Workspace) -> int:
    """Parcels this person linked within the last hour."""
    since = to_ms(ws.now() - timedelta(hours=1))
    sql = "SELECT COUNT(*) FROM shipments WHERE linked_at >= ? AND linked_by = ?"
    return int(ws.store.value(sql, (since, ws.person)) or 0)
