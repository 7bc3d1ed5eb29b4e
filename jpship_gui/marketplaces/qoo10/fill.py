"""The brief file with tracking numbers in it: two cells of a row are written, all other bytes stay as they came.

Work is done on bytes: no byte of UTF-8 or CP932 text looks like a quote, a comma or a line end but these themselves,
and decoding and encoding again would change characters CP932 has twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jpship_gui.domain.confirmation import Confirmation, ConfirmedParcel
from jpship_gui.domain.fault import Fault
from jpship_gui.formats import cp932
from jpship_gui.formats.detect import positions
from jpship_gui.formats.layout import Layout
from jpship_gui.formats.reader import read_bytes
from jpship_gui.marketplaces.base import FilledFile, KeptFile
from jpship_gui.marketplaces.qoo10 import values as qoo10

_BOM = b"\xef\xbb\xbf"
_TEXT = ("utf-8-sig", "utf-8", "cp932")


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where a cell's bytes stand, quotes included, and what it says."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Row:
    cart: str
    line: str
    carrier: _Cell
    number: _Cell


def fill(kept: KeptFile, confirmations: Sequence[Confirmation], layout: Layout) -> FilledFile:
    """Numbers of the carts this file holds whole; see `Marketplace.fill`. A cart with another number in it already, or
    a word the file's character set lacks, is not told by it."""
    rows, encoding = _rows(kept, layout)
    by_line = {(row.cart, row.line): row for row in rows}
    changes: dict[int, tuple[_Cell, bytes]] = {}
    told: set[str] = set()
    filled = 0
    for confirmation in confirmations:
        cells = _cells_of(confirmation, by_line, encoding)
        if cells is None:
            continue
        told.add(confirmation.shipment_key)
        filled += len(confirmation.lines)
        changes |= {cell.start: (cell, value) for cell, value in cells}
    return FilledFile(_written(kept.data, changes), filled, frozenset(told))


def _cells_of(
    confirmation: Confirmation, by_line: Mapping[tuple[str, str], _Row], encoding: str
) -> list[tuple[_Cell, bytes]] | None:
    """What is to be written for one cart; None when this file cannot tell it whole."""
    found: list[tuple[_Cell, bytes]] = []
    for line in confirmation.lines:
        row = by_line.get((confirmation.order_id.number, line.line_id))
        parcel = parcel_of(confirmation, line.line_id)
        if row is None or parcel is None or not _free(row, parcel):
            return None
        for cell, text in ((row.carrier, parcel.carrier_code), (row.number, parcel.tracking_no)):
            value = _encoded(text, encoding)
            if value is None:
                return None
            if cell.text != text:
                found.append((cell, value))
    return found if confirmation.lines else None


def parcel_of(confirmation: Confirmation, line_id: str) -> ConfirmedParcel | None:
    """The box a line is told in: the one it lies in where that is known, else the first."""
    for parcel in confirmation.parcels:
        if any(line.line_id == line_id for line in parcel.lines):
            return parcel
    return next((parcel for parcel in confirmation.parcels if not parcel.lines), None)


def _free(row: _Row, parcel: ConfirmedParcel) -> bool:
    """Whether the row's number may be written: it has none, has this one, or ours of before (a correction)."""
    there = qoo10.said(row.number.text)
    return not there or there == parcel.tracking_no or bool(parcel.detail_id)


def _encoded(text: str, encoding: str) -> bytes | None:
    try:
        return cp932.encode(text) if encoding == "cp932" else text.encode("utf-8")
    except UnicodeEncodeError:
        return None


def _written(data: bytes, changes: Mapping[int, tuple[_Cell, bytes]]) -> bytes:
    """The file with the cells put in, each quoted as it was."""
    parts, at = [], 0
    for start in sorted(changes):
        cell, value = changes[start]
        quoted = data[start : start + 1] == b'"' or any(mark in value for mark in (b'"', b",", b"\r", b"\n"))
        parts += [data[at:start], b'"' + value.replace(b'"', b'""') + b'"' if quoted else value]
        at = cell.end
    return b"".join((*parts, data[at:]))


# -- records as bytes --------------------------------------------------------------------------------------------------


def _rows(kept: KeptFile, layout: Layout) -> tuple[list[_Row], str]:
    """The file's rows and its encoding; none where it is no text any more or its records do not hold together."""
    try:
        table = read_bytes(kept.name, kept.data)
    except Fault:
        return [], ""
    at = positions(table, layout)
    wanted = [at.get(name) for name in ("number", "line.id", "line.carrier", "line.tracking_no")]
    if table.encoding not in _TEXT or None in wanted:
        return [], ""
    python = "cp932" if table.encoding == "cp932" else "utf-8"
    start = len(_BOM) if kept.data.startswith(_BOM) else 0
    rows = []
    for record in _records(kept.data, start, table.delimiter.encode()):
        if len(record) == len(table.header):
            cells = [_cell(kept.data, record[place], python) for place in wanted if place is not None]
            rows.append(_Row(cells[0].text.strip(), cells[1].text.strip(), cells[2], cells[3]))
    return rows[1:], table.encoding


def _cell(data: bytes, span: tuple[int, int], python: str) -> _Cell:
    raw = data[slice(*span)]
    if raw.startswith(b'"'):
        raw = raw[1:-1].replace(b'""', b'"')
    return _Cell(*span, raw.decode(python))


def _records(data: bytes, start: int, delimiter: bytes) -> Iterator[list[tuple[int, int]]]:
    """Spans of the cells of each record; a quoted cell may hold line ends. Stops where a record is broken."""
    mark = re.escape(delimiter)
    cell = re.compile(rb'("(?:[^"]|"")*"|(?!")[^\r\n' + mark + rb"]*)(" + mark + rb"|\r\n|\r|\n|\Z)")
    record: list[tuple[int, int]] = []
    while start < len(data):
        found = cell.match(data, start)
        if found is None:
            return
        record.append(found.span(1))
        start = found.end()
        if found[2] != delimiter:
            yield record
            record = []
    if record:
        yield [*record, (start, start)]
