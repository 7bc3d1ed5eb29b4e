"""Weights of goods that have none, proposed from what parcels of them alone weighed; a person accepts (PK-22)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.goods_set import key_of, opened
from jpship_gui.flows.check.check import check_goods
from jpship_gui.flows.pack.extras import weighing_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import goods_sets, products, shipments, weights
from jpship_gui.store.products import Product

_LOOKED = 2_000  # parcels
_LEAST = 3  # parcels of the same goods, for one may have been weighed wrong
_LAST = 15
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one piece of some goods seems to weigh: the median of the last `parcels`, the lightest and heaviest of
    them."""

    sku: str
    name: str
    grams: int
    parcels: int
    least: int
    most: int


def proposals(ws: Workspace) -> tuple[Proposal, ...]:
    """For goods without a weight of which enough parcels were weighed, those with the most parcels first."""
    seen: defaultdict[str, list[int]] = defaultdict(list)
    spelled: dict[str, tuple[str, str]] = {}
    for sku, name, grams in _single(ws):
        key = key_of(sku)
        spelled.setdefault(key, (sku, name))
        if len(seen[key]) < _LAST:
            seen[key].append(grams)
    facts = products.facts_of(ws.store, [sku for sku, _ in spelled.values()])
    found = [
        Proposal(*spelled[key], round(median(some)), len(some), min(some), max(some))
        for key, some in seen.items()
        if len(some) >= _LEAST and (key not in facts or facts[key].measures.grams is None)
    ]
    return tuple(sorted(found, key=lambda one: (-one.parcels, one.sku)))


def accept(ws: Workspace, sku: str, grams: int | None = None) -> int:
    """Let goods weigh what is proposed, or what a person says; every code of them in the goods list gets it. Returns
    the grams. Refused("weight_not_proposed", "measures_wrong")."""
    if grams is None:
        proposed = next((one for one in proposals(ws) if key_of(one.sku) == key_of(sku)), None)
        if proposed is None:
            raise Refused("weight_not_proposed", sku=sku, least=_LEAST)
        sku, grams = proposed.sku, proposed.grams
    if not 0 < grams <= _MOST:
        raise Refused("measures_wrong", found=grams)
    listed = [one for one in products.every(ws.store) if key_of(one.sku) == key_of(sku)]
    with ws.store.transaction():
        products.put(
            ws.store, [replace(one, grams=grams) for one in listed] or [Product(sku, sku, grams=grams)]
        )
        check_goods(ws, facts=True)
    return grams


def _single(ws: Workspace) -> Iterator[tuple[str, str, int]]:
    """SKU, name and grams of one piece, of the last parcels with one line of goods and nothing else, newest first."""
    samples = weights.newest(ws.store, _LOOKED)
    grams_of = {one.shipment_row: one.grams for one in samples}
    packaging: dict[str, int] = {}
    for shipment in shipments.by_ids(ws.store, [one.shipment_row for one in samples]):
        sets = goods_sets.by_skus(ws.store, (line.sku for line in shipment.lines))
        pieces = opened(shipment.lines, sets)
        skus = {key_of(piece.sku) for piece in pieces}
        count = sum(piece.quantity for piece in pieces)
        if len(skus) != 1 or not count:
            continue
        shop = shipment.order_id.shop
        if shop not in packaging:
            weighing = weighing_of(ws.shop_options(shop))
            packaging[shop] = weighing.packaging if weighing else 0
        whole = grams_of[shipment.row_id] - packaging[shop]
        if whole > 0:
            yield pieces[0].sku, pieces[0].line.name, round(whole / count)
