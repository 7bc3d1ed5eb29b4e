"""Codes of goods: every bar code or alias leads to a SKU."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jpship_gui.domain.goods_facts import Measures, ProductFacts, sides_of
from jpship_gui.domain.goods_set import key_of
from jpship_gui.store.database import Store


@dataclass(frozen=True, slots=True)
class Product:
    """One code. `quantity` is how many pieces a scan of it counts (case bar codes)."""

    code: str
    sku: str
    quantity: int = 1
    name: str = ""
    variant: str = ""
    shelf: str = ""
    picture: str = ""
    marks: tuple[str, ...] = ()  # handling marks, ids of domain.handling_marks
    temperature: str = ""  # "", chilled, frozen
    grams: int | None = None  # of one piece, as are the sides
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None


_SIDES = "length_mm, width_mm, height_mm"
_COLUMNS = f"code, sku, quantity, name, variant, shelf, picture, marks, temperature, grams, {_SIDES}"
_MARKS = ", ".join("?" * len(_COLUMNS.split(", ")))


def put(store: Store, products: Iterable[Product]) -> None:
    """Add codes or replace what they meant; codes are compared without case."""
    rows = [
        (
            *(p.code.upper(), p.sku, p.quantity, p.name, p.variant, p.shelf, p.picture, " ".join(p.marks)),
            *(p.temperature, p.grams, p.length_mm, p.width_mm, p.height_mm),
        )
        for p in products
    ]
    with store.transaction():
        store.many("DELETE FROM products WHERE code = ?", [(row[0],) for row in rows])
        store.many(
            f"INSERT INTO products ({_COLUMNS}) VALUES ({_MARKS})",
            rows,
        )


def by_code(store: Store, code: str) -> Product | None:
    """What a code means, if known."""
    row = store.row(
        f"SELECT {_COLUMNS} FROM products WHERE code = ?",
        (code.upper(),),
    )
    return None if row is None else _product(row)


def every(store: Store) -> list[Product]:
    """The whole list, by SKU."""
    sql = f"SELECT {_COLUMNS} FROM products ORDER BY sku, quantity, code"
    return [_product(row) for row in store.rows(sql)]


def by_skus(store: Store, skus: Iterable[str]) -> dict[str, Product]:
    """The first code of each SKU, for shelf, picture and bar code on paper."""
    wanted = list(dict.fromkeys(skus))
    found: dict[str, Product] = {}
    for start in range(0, len(wanted), 400):
        group = wanted[start : start + 400]
        sql = (
            f"SELECT {_COLUMNS} FROM products "
            f"WHERE sku IN ({', '.join('?' * len(group))}) ORDER BY quantity, code"
        )
        for row in store.rows(sql, group):
            found.setdefault(row[1], _product(row))
    return found


def of_skus(store: Store, skus: Iterable[str]) -> list[Product]:
    """Every code that means one of these SKUs; SKUs are compared as written."""
    wanted = list(dict.fromkeys(skus))
    found: list[Product] = []
    for start in range(0, len(wanted), 400):
        group = wanted[start : start + 400]
        sql = f"SELECT {_COLUMNS} FROM products WHERE sku IN ({', '.join('?' * len(group))})"
        found += [_product(row) for row in store.rows(sql, group)]
    return found


def facts_of(store: Store, skus: Iterable[str]) -> dict[str, ProductFacts]:
    """Temperature, measures and shelf by SKU in capitals, of those the list knows."""
    return {
        key_of(sku): ProductFacts(
            one.temperature,
            Measures(one.grams, sides_of(one.length_mm, one.width_mm, one.height_mm)),
            one.shelf,
        )
        for sku, one in by_skus(store, skus).items()
    }


def _product(row: Sequence[Any]) -> Product:
    cells = dict(zip(_COLUMNS.split(", "), row, strict=True))
    return Product(**{**cells, "marks": tuple(cells["marks"].split())})
