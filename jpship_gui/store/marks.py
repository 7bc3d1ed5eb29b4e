"""What a person said of one shipment for its waybill: handling marks and the office it is collected at; and the marks
of goods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jpship_gui.store.database import Store

_GROUP = 400


def said(store: Store, row_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """What a person said, by shipment; absent where nobody did, () where it was "none"."""
    found: dict[int, tuple[str, ...]] = {}
    for start in range(0, len(row_ids), _GROUP):
        group = row_ids[start : start + _GROUP]
        sql = f"SELECT id, marks FROM shipments WHERE marks IS NOT NULL AND id IN ({', '.join('?' * len(group))})"
        found |= {row_id: tuple(marks.split()) for row_id, marks in store.rows(sql, group)}
    return found


def say(store: Store, row_ids: Sequence[int], marks: Sequence[str] | None) -> None:
    """Note what a person said; None takes it back. In a transaction."""
    text = None if marks is None else " ".join(marks)
    store.many("UPDATE shipments SET marks = ? WHERE id = ?", [(text, row_id) for row_id in row_ids])


def offices(store: Store, row_ids: Sequence[int]) -> dict[int, str]:
    """The office at which each is collected; absent where it is brought to the address."""
    found: dict[int, str] = {}
    for start in range(0, len(row_ids), _GROUP):
        group = row_ids[start : start + _GROUP]
        sql = f"SELECT id, office FROM shipments WHERE office <> '' AND id IN ({', '.join('?' * len(group))})"
        found |= {row_id: str(office) for row_id, office in store.rows(sql, group)}
    return found


def of_goods(store: Store, skus: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Marks of the goods list by SKU; those without are absent."""
    wanted = list(dict.fromkeys(sku for sku in skus if sku))
    found: dict[str, tuple[str, ...]] = {}
    for start in range(0, len(wanted), _GROUP):
        group = wanted[start : start + _GROUP]
        sql = f"SELECT sku, marks FROM products WHERE marks <> '' AND sku IN ({', '.join('?' * len(group))})"
        for sku, marks in store.rows(sql, group):
            found[sku] = tuple(dict.fromkeys((*found.get(sku, ()), *marks.split())))
    return found
