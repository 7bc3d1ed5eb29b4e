"""Item fields packed into the order file: `L1=cup-a&L2=cup-b` (Yahoo! reference 2.5) → one row a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from jpship_gui.formats.detect import positions
from jpship_gui.formats.layout import Layout, Row, Table

# A value may itself contain & and =: only & before L<digits>= parts.
_PART = re.compile(r"(?:^|&)L(\d+)=")
_LINE_ID = "LineId"
# A plain cell of these beside packed ones belongs to none of the lines.
_OWN = ("line.item_number", "line.own_sku", "line.quantity")

Packed = Mapping[int, Mapping[str, str]]  # place of a cell → value by line number


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A table with one row a line. `rows_of` gives, for each of its rows, the row of the file it came from; `mixed` are
    rows of the file whose item cells cannot be told apart, with the place of the cell."""

    table: Table
    rows_of: tuple[int, ...]
    mixed: Mapping[int, int]


def parts_of(cell: str) -> dict[str, str] | None:
    """Value by line number, empty ones included; None for a plain value."""
    found = list(_PART.finditer(cell))
    if not found or found[0].start():
        return None
    ends = [*(match.start() for match in found[1:]), len(cell)]
    return {match[1]: cell[match.end() : end] for match, end in zip(found, ends, strict=True)}


def unpack(table: Table, layout: Layout) -> Unpacked:
    """Give every line of a packed row a row of its own; a table without packed cells stays as it is."""
    at = positions(table, layout)
    fields = {c.field: at[c.field] for c in layout.columns if c.level == "line" and c.field in at}
    packed = [_packed(row, fields.values()) for row in table.rows]
    if not any(packed):
        return Unpacked(table, tuple(range(len(table.rows))), {})
    numbered, width = "line.id" in fields, len(table.header)
    rows: list[Row] = []
    origin: list[int] = []
    mixed: dict[int, int] = {}
    for index, (row, found) in enumerate(zip(table.rows, packed, strict=True)):
        place = _plain_one(row, found, fields)
        if place is not None:
            mixed[index] = place
            continue
        for line, cells in _lines(row, found, width):
            own = () if numbered else (line,)
            rows.append(replace(row, cells=(*cells, *own, *row.cells[width:])))
            origin.append(index)
    header = table.header if numbered else (*table.header, _LINE_ID)
    return Unpacked(replace(table, header=header, rows=tuple(rows)), tuple(origin), mixed)


def _packed(row: Row, places: Iterable[int]) -> Packed:
    cells = ((place, row.cells[place].strip()) for place in places if place < len(row.cells))
    return {place: parts for place, cell in cells if (parts := parts_of(cell)) is not None}


def _plain_one(row: Row, found: Packed, fields: Mapping[str, int]) -> int | None:
    """The place of a cell that names goods or a quantity without saying of which of several lines."""
    if len({line for parts in found.values() for line in parts}) < 2:
        return None
    places = (fields[name] for name in _OWN if name in fields and fields[name] not in found)
    return next((place for place in places if row.cells[place : place + 1] not in ((), ("",))), None)


def _lines(row: Row, found: Packed, width: int) -> Iterator[tuple[str, list[str]]]:
    """Line number and cells of each line; other cells are the same for all."""
    base = [*row.cells[:width], *[""] * (width - len(row.cells))]
    numbers = sorted({line for parts in found.values() for line in parts}, key=int)
    for line in numbers or ["1"]:
        cells = list(base)
        for place, parts in found.items():
            cells[place] = parts.get(line, "")
        yield line, cells
