"""Goods a person may mean: the goods list, and what earlier orders held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jpship_gui.domain.packing.kinds import goods_codes, tidy
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products, search, shipments
from jpship_gui.store.products import Product

_LOOKED_AT = 60  # newest shipments whose goods are looked through


@dataclass(frozen=True, slots=True)
class KnownGoods:
    """Goods as the form offers them; the price is the last one an order had, 0 = never sold at one."""

    sku: str
    name: str
    variant: str = ""
    shelf: str = ""
    unit_price: int = 0
    tax_rate: int = 10


def find_goods(ws: Workspace, words: str, limit: int = 8) -> list[KnownGoods]:
    """What fits these words, best first: a bar code or SKU read whole, then every word in name, variant or SKU."""
    wanted = [folded for word in words.split() if (folded := search.fold(word))]
    if not wanted:
        return []
    found: dict[str, KnownGoods] = {}
    exact = _by_code(ws, words)
    sold = {goods.sku.upper(): goods for goods in _sold(ws, words)}
    for product in exact:
        found.setdefault(product.sku.upper(), _of_product(product, sold.get(product.sku.upper())))
    for product in products.every(ws.store):
        if _fits(wanted, product.sku, product.name, product.variant, product.code):
            found.setdefault(product.sku.upper(), _of_product(product, sold.get(product.sku.upper())))
    for key, goods in sold.items():
        if _fits(wanted, goods.sku, goods.name, goods.variant):
            found.setdefault(key, goods)
    return list(found.values())[:limit]


def goods_of(ws: Workspace, skus: Iterable[str]) -> Mapping[str, KnownGoods]:
    """What is known of these SKUs, by the SKU in capitals; unknown ones are absent."""
    found: dict[str, KnownGoods] = {}
    for sku in dict.fromkeys(skus):
        hit = next((goods for goods in find_goods(ws, sku, 40) if goods.sku.upper() == sku.upper()), None)
        if hit is not None:
            found[sku.upper()] = hit
    return found


def _by_code(ws: Workspace, words: str) -> list[Product]:
    codes = goods_codes(tidy(words))
    return [product for code in codes if (product := products.by_code(ws.store, code)) is not None]


def _of_product(product: Product, sold: KnownGoods | None) -> KnownGoods:
    """The list's words before those of orders, which are the marketplaces' long titles."""
    return KnownGoods(
        product.sku,
        product.name or (sold.name if sold else product.sku),
        product.variant or (sold.variant if sold else ""),
        product.shelf,
        sold.unit_price if sold else 0,
        sold.tax_rate if sold else 10,
    )


def _sold(ws: Workspace, words: str) -> list[KnownGoods]:
    match = search.match_of(words, ws.store.postgres)
    if match is None:
        return []
    sql = f"SELECT id FROM shipments WHERE {search.condition(ws.store)} ORDER BY id DESC LIMIT ?"
    rows = [row_id for (row_id,) in ws.store.rows(sql, (match, _LOOKED_AT))]
    return [
        KnownGoods(line.sku, line.name, line.variant, "", line.unit_price, line.tax_rate)
        for shipment in shipments.by_ids(ws.store, rows)
        for line in shipment.lines
        if line.sku and not line.deleted
    ]


def _fits(wanted: Sequence[str], *texts: str) -> bool:
    folded = _folded(texts)
    return all(word in folded for word in wanted)


@lru_cache(maxsize=1 << 16)
def _folded(texts: tuple[str, ...]) -> str:
    """The list is looked through at every key."""
    return " ".join(search.fold(words) for words in texts)
