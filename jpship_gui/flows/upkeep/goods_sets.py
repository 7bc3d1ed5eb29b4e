"""Set products: which SKU opens into which goods, taught one by one or by rows of the goods list (IN-13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.goods_set import Component, GoodsSet, Sets, key_of, why_not
from jpship_gui.flows.check.check import check_goods
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import goods_sets, products

__all__ = ["Component", "GoodsSet", "SetRow", "drop_set", "every_set", "sets_of", "take_rows", "teach_set"]


@dataclass(frozen=True, slots=True)
class SetRow:
    """What one row of a goods list says of a set: the row's own SKU is in it."""

    line: int
    sku: str
    name: str
    component: Component


def teach_set(ws: Workspace, sku: str, components: Sequence[Component], name: str = "") -> GoodsSet:
    """Let a SKU open into components, in place of what it opened into before; Refused("goods_set_<why>").

    Parcels that are open at a desk keep the goods they were opened with.
    """
    made = _spelt(GoodsSet(sku.strip(), tuple(components), name.strip()), _spellings(ws))
    with ws.store.transaction():
        why = why_not(made, goods_sets.every(ws.store))
        if why:
            raise Refused(f"goods_set_{why}", sku=made.sku)
        goods_sets.put(ws.store, [made])
        check_goods(ws)
    return made


def drop_set(ws: Workspace, sku: str) -> None:
    """Let a SKU be goods of its own again; Refused("goods_set_unknown")."""
    with ws.store.transaction():
        if not goods_sets.drop(ws.store, sku):
            raise Refused("goods_set_unknown", sku=sku)
        check_goods(ws)


def every_set(ws: Workspace) -> list[GoodsSet]:
    """All sets, by SKU."""
    return list(goods_sets.every(ws.store).values())


def sets_of(ws: Workspace, skus: Iterable[str]) -> Sets:
    """Of these SKUs those that are sets."""
    return goods_sets.by_skus(ws.store, skus)


def take_rows(ws: Workspace, rows: Iterable[SetRow]) -> tuple[int, list[tuple[int, str]]]:
    """Store the sets that rows of one file tell, each whole or not at all; how many, and the lines left out with a code
    of `fault.goods_<code>`. A row that only repeats another, as for a second bar code, counts once. In a transaction.
    """
    told: dict[str, list[SetRow]] = {}
    for row in rows:
        told.setdefault(key_of(row.sku), []).append(row)
    spellings = _spellings(ws)
    made = {key: _spelt(_set_of(found), spellings) for key, found in told.items()}
    rejected: list[tuple[int, str]] = []
    while True:  # a set left out may be what another stumbled over
        everything = {**goods_sets.every(ws.store), **made}
        wrong = next(((key, why) for key, one in made.items() if (why := why_not(one, everything))), None)
        if wrong is None:
            goods_sets.put(ws.store, made.values())
            return len(made), rejected
        rejected += [(row.line, f"set_{wrong[1]}") for row in told[wrong[0]]]
        del made[wrong[0]]


def _set_of(rows: Sequence[SetRow]) -> GoodsSet:
    name = next((row.name for row in rows if row.name), "")
    return GoodsSet(rows[0].sku, tuple(dict.fromkeys(row.component for row in rows)), name)


def _spellings(ws: Workspace) -> Mapping[str, str]:
    return {key_of(product.sku): product.sku for product in products.every(ws.store)}


def _spelt(made: GoodsSet, spellings: Mapping[str, str]) -> GoodsSet:
    """Components as the goods list writes them, so that names and shelves are found."""
    parts = (
        Component(spellings.get(key_of(part.sku), part.sku.strip()), part.quantity)
        for part in made.components
    )
    return GoodsSet(made.sku, tuple(parts), made.name)
