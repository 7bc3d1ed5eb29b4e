"""Both reports of one shop in one import: the 未出荷レポート says which orders of the 注文レポート still wait."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from jpship_gui.formats import values
from jpship_gui.formats.detect import positions
from jpship_gui.formats.layout import Layout, Table
from jpship_gui.marketplaces.amazon.rows import made_at
from jpship_gui.marketplaces.base import Joined

UNSHIPPED = "amazon.unshipped"
_LAG = timedelta(hours=1)  # a report may not know the newest orders yet (Amazon reference 7: 30 minutes)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """The orders of one 未出荷レポート, and when it was made."""

    numbers: frozenset[str]
    made_at: datetime


def join(files: Sequence[tuple[Table, Layout]]) -> Sequence[Joined]:
    """Each file by itself, a 注文レポート without the rows of orders that wait no longer: it also holds shipped and
    cancelled orders and does not say which (Seller Central's help on order reports)."""
    lists = list(_lists(files))
    return [_joined(place, table, layout, lists) for place, (table, layout) in enumerate(files)]


def _lists(files: Sequence[tuple[Table, Layout]]) -> Iterator[_Waiting]:
    for table, layout in files:
        at = made_at(table, layout)
        if layout.id == UNSHIPPED and at is not None:
            yield _Waiting(frozenset(_numbers(table, layout)), at)


def _joined(place: int, table: Table, layout: Layout, lists: Sequence[_Waiting]) -> Joined:
    numbers = _numbers(table, layout)
    # Only a list that shares orders with it is surely the same shop's.
    fitting = [one for one in lists if not one.numbers.isdisjoint(numbers)]
    if layout.id == UNSHIPPED or not fitting:
        return Joined((place,), table, layout)
    waiting = frozenset().union(*(one.numbers for one in fitting))
    until = max(one.made_at for one in fitting) - _LAG
    ordered = positions(table, layout).get("ordered_at")
    kept = tuple(
        row
        for row, number in zip(table.rows, numbers, strict=True)
        if number in waiting or not _before(row.cells, ordered, until)
    )
    if len(kept) == len(table.rows):
        return Joined((place,), table, layout)
    return Joined((place,), replace(table, rows=kept), layout, warnings=("amazon_not_waiting",))


def _numbers(table: Table, layout: Layout) -> list[str]:
    at = positions(table, layout)["number"]
    return [row.cells[at].strip() if len(row.cells) > at else "" for row in table.rows]


def _before(cells: Sequence[str], place: int | None, until: datetime) -> bool:
    at = values.moment(cells[place].strip()) if place is not None and len(cells) > place else None
    return at is not None and at < until
