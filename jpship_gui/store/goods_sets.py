"""Which SKUs are sets, and what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from jpship_gui.domain.goods_set import Component, GoodsSet, key_of
from jpship_gui.store.database import Store

_SELECT = "SELECT set_key, sku, name, component, quantity FROM product_sets"
_GROUP = 400  # keys per statement, below SQLite's smallest limit of parameters


def put(store: Store, sets: Iterable[GoodsSet]) -> None:
    """Add sets, or replace what was in them."""
    sets = list(sets)
    rows = [
        (key_of(one.sku), place, one.sku, one.name, part.sku, key_of(part.sku), part.quantity)
        for one in sets
        for place, part in enumerate(one.components, start=1)
    ]
    with store.transaction():
        store.many("DELETE FROM product_sets WHERE set_key = ?", [(key_of(one.sku),) for one in sets])
        store.many(
            "INSERT INTO product_sets (set_key, place, sku, name, component, component_key, quantity) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )


def drop(store: Store, sku: str) -> bool:
    """Let a SKU be a set no longer; whether it was one."""
    sql = "DELETE FROM product_sets WHERE set_key = ? RETURNING place"
    return bool(store.rows(sql, (key_of(sku),)))


def every(store: Store) -> dict[str, GoodsSet]:
    """All sets by their SKU in capitals."""
    return _sets(store.rows(f"{_SELECT} ORDER BY set_key, place"))


def by_skus(store: Store, skus: Iterable[str]) -> dict[str, GoodsSet]:
    """Of these SKUs those that are sets, by the SKU in capitals."""
    wanted = list(dict.fromkeys(key_of(sku) for sku in skus if sku))
    found: dict[str, GoodsSet] = {}
    for start in range(0, len(wanted), _GROUP):
        group = wanted[start : start + _GROUP]
        marks = ", ".join("?" * len(group))
        found |= _sets(store.rows(f"{_SELECT} WHERE set_key IN ({marks}) ORDER BY set_key, place", group))
    return found


def containing(store: Store, sku: str) -> list[str]:
    """SKUs of the sets this one is in."""
    sql = "SELECT DISTINCT sku FROM product_sets WHERE component_key = ? ORDER BY sku"
    return [found for (found,) in store.rows(sql, (key_of(sku),))]


def component_of(store: Store, codes: Sequence[str]) -> str:
    """The component's SKU that equals one of these codes; "" when none does."""
    for code in codes:
        found = store.value(
            "SELECT component FROM product_sets WHERE component_key = ? LIMIT 1", (key_of(code),)
        )
        if found:
            return str(found)
    return ""


def _sets(rows: Iterable[tuple[Any, ...]]) -> dict[str, GoodsSet]:
    parts: dict[str, list[Component]] = {}
    heads: dict[str, tuple[str, str]] = {}
    for key, sku, name, component, quantity in rows:
        heads[key] = (sku, name)
        parts.setdefault(key, []).append(Component(component, quantity))
    return {key: GoodsSet(sku, tuple(parts[key]), name) for key, (sku, name) in heads.items()}
