"""What the order table shows."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from jpship_gui.flows.check.work_list import with_cutoffs
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import table
from jpship_gui.store.table import FILTERS, SORTS, VIEWS, Query, TableRow

__all__ = [
    "FILTERS",
    "SORTS",
    "VIEWS",
    "Query",
    "TableRow",
    "change_no",
    "choices",
    "counters",
    "ids",
    "rows",
]


def ids(ws: Workspace, query: Query) -> array[int]:
    """Row ids of a query, in its order."""
    return table.ids(ws.store, with_cutoffs(ws, query), ws.now())


def rows(ws: Workspace, row_ids: Sequence[int]) -> list[TableRow]:
    """These rows in the order asked for (some 200 at a time)."""
    return table.rows(ws.store, row_ids)


def counters(ws: Workspace) -> dict[str, int]:
    """Counters of every view and stage."""
    return table.counters(ws.store, ws.now())


def choices(ws: Workspace, column: str) -> list[tuple[str, int]]:
    """Values of a filter column with their counts."""
    return table.choices(ws.store, column)


def change_no(ws: Workspace) -> int:
    """Grows with every change by any desk; poll it to refresh."""
    return ws.store.change_no()
