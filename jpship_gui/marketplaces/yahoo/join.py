"""注文情報 and 商品情報 of one import read as one (Yahoo! reference 2.1, 2.7): every order with its lines, or nothing.

The usual cause of orders without lines is two downloads with different search conditions, so a pair with anything left
over on either side is refused as a whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jpship_gui.domain.fault import Refused
from jpship_gui.formats.detect import positions
from jpship_gui.formats.layout import Layout, Row, Table
from jpship_gui.marketplaces.base import Joined
from jpship_gui.marketplaces.yahoo.values import Number, number_of

ORDERS, ITEMS = "yahoo.orders", "yahoo.items"
_SHOWN = 10  # order numbers named in a refusal


@dataclass(frozen=True, slots=True)
class _File:
    """One of the import's files, with its rows by order number."""

    place: int
    table: Table
    layout: Layout
    rows: Mapping[Number, list[int]]
    has_goods: bool

    @property
    def digits(self) -> frozenset[str]:
        """Short numbers, which every template has."""
        return frozenset(number.digits for number in self.rows)


def join(files: Sequence[tuple[Table, Layout]]) -> list[Joined]:
    """Pair order files with the item files that share most of their orders; what finds no partner is refused, except
    an order file that holds its goods itself."""
    opened = [_open(place, table, layout) for place, (table, layout) in enumerate(files)]
    orders = sorted((f for f in opened if f.layout.id == ORDERS), key=lambda f: f.has_goods)
    items = [f for f in opened if f.layout.id == ITEMS]
    made: list[Joined] = []
    for order_file in orders:
        partner = _partner(order_file, items)
        if partner is not None:
            items.remove(partner)
            made.append(_pair(order_file, partner))
        else:
            fault = (
                None if order_file.has_goods else Refused("yahoo_items_missing", file=order_file.table.name)
            )
            made.append(Joined((order_file.place,), order_file.table, order_file.layout, fault))
    for alone in items:
        fault = Refused("yahoo_orders_missing", file=alone.table.name)
        made.append(Joined((alone.place,), alone.table, alone.layout, fault))
    return sorted(made, key=lambda joined: joined.members[0])


def has_goods(table: Table, layout: Layout) -> bool:
    """Whether an order file says what was ordered, and how many."""
    at = positions(table, layout)
    return "line.quantity" in at and ("line.item_number" in at or "line.own_sku" in at)


def _open(place: int, table: Table, layout: Layout) -> _File:
    at = positions(table, layout)["number"]
    rows: dict[Number, list[int]] = {}
    for index, row in enumerate(table.rows):
        text = row.cells[at].strip() if at < len(row.cells) else ""
        rows.setdefault(number_of(text), []).append(index)
    goods = layout.id == ORDERS and has_goods(table, layout)
    return _File(place, table, layout, rows, goods)


def _partner(order_file: _File, items: Sequence[_File]) -> _File | None:
    """The item file with most orders in common; one with none in common only where there is no choice."""
    shared = {f.place: len(f.digits & order_file.digits) for f in items}
    best = max(items, key=lambda f: shared[f.place], default=None)
    if best is None or shared[best.place] or order_file.has_goods:
        return best if best is not None and shared[best.place] else None
    return best if len(items) == 1 else None


def _pair(orders: _File, items: _File) -> Joined:
    pairs, alone, unused = _matched(orders.rows, items.rows)
    fault = _orphans(orders, items, alone, unused)
    table = orders.table if fault else _table(orders.table, items.table, pairs)
    return Joined((orders.place, items.place), table, orders.layout, fault)


def _matched(
    orders: Mapping[Number, Sequence[int]], items: Mapping[Number, Sequence[int]]
) -> tuple[list[tuple[int, int]], list[Number], list[Number]]:
    """(order row, item row) in the order of the order file, orders without lines, lines without an order."""
    by_digits: dict[str, list[Number]] = {}
    for number in items:
        by_digits.setdefault(number.digits, []).append(number)
    used: set[Number] = set()
    alone: list[Number] = []
    found: list[tuple[int, int, int]] = []
    for number, order_rows in orders.items():
        lines = _same(number, by_digits.get(number.digits, ()))
        if lines is None:
            alone.append(number)
            continue
        used.add(lines)
        found += [(row, n, line) for row in order_rows for n, line in enumerate(items[lines])]
    pairs = [(row, line) for row, _, line in sorted(found)]
    return pairs, alone, [number for number in items if number not in used]


def _same(number: Number, candidates: Sequence[Number]) -> Number | None:
    """The same order on the other side: with the same account, or where one side does not tell accounts, the only one
    with its digits."""
    exact = [c for c in candidates if c.account == number.account]
    if exact:
        return exact[0]
    open_ones = [c for c in candidates if not (c.account and number.account)]
    return open_ones[0] if len(open_ones) == 1 else None


def _orphans(
    orders: _File, items: _File, alone: Sequence[Number], unused: Sequence[Number]
) -> Refused | None:
    if not alone and not unused:
        return None
    code = "yahoo_orphans" if alone and unused else "yahoo_orphan_orders" if alone else "yahoo_orphan_items"
    return Refused(
        code,
        orders=orders.table.name,
        items=items.table.name,
        orders_alone=_named(alone),
        items_alone=_named(unused),
    )


def _named(numbers: Sequence[Number]) -> str:
    shown = "・".join(number.long or "–" for number in numbers[:_SHOWN])
    return f"{shown} … ({len(numbers)})" if len(numbers) > _SHOWN else shown


def _table(orders: Table, items: Table, pairs: Sequence[tuple[int, int]]) -> Table:
    """One row a line: the item's cells, then the order's, so that goods are read where they are told apart."""
    return Table(
        name=orders.name,
        header=items.header + orders.header,
        rows=tuple(_rows(orders, items, pairs)),
        encoding=orders.encoding,
        delimiter=orders.delimiter,
        fingerprint=hashlib.sha256((orders.fingerprint + items.fingerprint).encode()).hexdigest(),
        parts=(0, len(items.header)),
        part_names=(items.name, orders.name),
    )


def _rows(orders: Table, items: Table, pairs: Sequence[tuple[int, int]]) -> Iterator[Row]:
    typed = any(row.types for row in (*orders.rows[:1], *items.rows[:1]))
    for order_index, item_index in pairs:
        order, item = orders.rows[order_index], items.rows[item_index]
        inside = [_filled(row.cells, table) for row, table in ((item, items), (order, orders))]
        too_many = (*item.cells[len(items.header) :], *order.cells[len(orders.header) :])
        types = item.types.ljust(len(items.header), "s") + order.types if typed else ""
        yield Row(order.line, (*inside[0], *inside[1], *too_many), types, (item.line, order.line))


def _filled(cells: tuple[str, ...], table: Table) -> tuple[str, ...]:
    width = len(table.header)
    return cells[:width] + ("",) * (width - len(cells))
