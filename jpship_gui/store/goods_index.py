"""Which stock keys shipments have, one row each: the packing desk asks at every scan, among all orders ever taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jpship_gui.domain.order import OrderLine
from jpship_gui.store.database import Store


def skus_of(lines: Iterable[OrderLine]) -> tuple[str, ...]:
    """The stock keys of a shipment, as its order writes them."""
    return tuple(dict.fromkeys(line.sku for line in lines if line.sku))


def add(store: Store, entries: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Note the stock keys of shipments that are new, inside a transaction."""
    rows = {(row_id, sku.upper()): sku for row_id, skus in entries for sku in skus}
    store.many(
        "INSERT INTO shipment_goods (shipment_id, sku, written) VALUES (?, ?, ?)",
        [(row_id, sku, written) for (row_id, sku), written in rows.items()],
    )


def replace(store: Store, entries: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Note the stock keys of shipments anew, inside a transaction."""
    entries = list(entries)
    store.many("DELETE FROM shipment_goods WHERE shipment_id = ?", [(row_id,) for row_id, _ in entries])
    add(store, entries)


def known(store: Store, codes: Sequence[str]) -> str:
    """The stock key, as an order writes it, that equals the first of these codes any order has; without case."""
    for code in codes:
        written = store.value("SELECT written FROM shipment_goods WHERE sku = ? LIMIT 1", (code.upper(),))
        if written:
            return str(written)
    return ""


def waiting(store: Store, sku: str, stages: Sequence[str], most: int) -> list[int]:
    """Rows of shipments at these stages that have the stock key, the most urgent first."""
    found = store.rows(
        "SELECT s.id FROM shipment_goods g JOIN shipments s ON s.id = g.shipment_id "
        f"WHERE g.sku = ? AND s.stage IN ({', '.join('?' * len(stages))}) ORDER BY s.ship_by, s.id LIMIT ?",
        (sku.upper(), *stages, most),
    )
    return [row_id for (row_id,) in found]
