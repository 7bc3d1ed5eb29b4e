"""Text → records: the delimiter and the quoting are judged on the content, lines are counted as an editor counts them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from jpship_gui.domain.fault import Refused
from jpship_gui.formats.layout import Row
from jpship_gui.formats.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS

DELIMITERS = (",", "\t", ";")
_LINES = {"\n": re.compile(r"[^\n]*\n|[^\n]+"), "\r": re.compile(r"[^\r]*\r|[^\r]+")}
_PROBE = 20_000  # characters in which the header ends
_END = "\x00"  # a line no text has
_UNENDED = "unexpected end of data"
Quoting = Literal[0, 3]  # csv.QUOTE_MINIMAL, csv.QUOTE_NONE

csv.field_size_limit(10 * MAX_CELL)  # what is longer than a cell may be is told with its column below


def records(name: str, text: str) -> tuple[list[Row], str]:
    """Non-empty records, header first, and their delimiter.

    Refused, each naming line and column: file_damaged, file_cut_off, cell_too_long, file_too_many_rows,
    file_too_many_columns, file_too_many_cells; file_empty.
    """
    lines = _LINES["\n" if "\n" in text else "\r"].findall(text)
    delimiter = _delimiter(name, lines)
    try:
        found = _quoted_or_bare(name, lines, delimiter)
    except csv.Error as fault:
        raise _damaged(name, lines, delimiter, fault) from None
    if not found:
        raise Refused("file_empty", file=name)
    if not text.endswith(("\n", "\r")):
        _must_be_whole(name, found)
    return found, delimiter


def column_at(line: str, place: int, delimiter: str = "") -> int:
    """Number of the column a character of a line stands in, from 1."""
    delimiter = delimiter or max(DELIMITERS, key=line.count)
    quoted, column = False, 1
    for character in line[:place]:
        quoted ^= character == '"'
        column += character == delimiter and not quoted
    return column


def too_long(name: str, header: Sequence[str], line: int, cells: Sequence[str]) -> Refused | None:
    """The refusal of a record with a cell that is none any more."""
    for place, cell in enumerate(cells):
        if len(cell) > MAX_CELL:
            column = _title(header, place)
            return Refused(
                "cell_too_long", file=name, line=line, column=column, limit=MAX_CELL
            )
    return None


def check_counts(name: str, rows: int, cells: int, line: int, columns: int = 0) -> None:
    """Refuse a table that outgrows what is held in memory."""
    if rows > MAX_ROWS + 1:
        raise Refused("file_too_many_rows", file=name, line=line, limit=MAX_ROWS)
    if columns > MAX_COLUMNS:
        raise Refused("file_too_many_columns", file=name, line=line, count=columns, limit=MAX_COLUMNS)
    if cells > MAX_CELLS:
        raise Refused("file_too_many_cells", file=name, line=line, limit=MAX_CELLS)


def _delimiter(name: str, lines: Sequence[str]) -> str:
    """The one whose header has most cells."""
    probe, size = [], 0
    for line in lines:
        probe.append(line)
        size += len(line)
        if size > _PROBE:
            break
    best, width = ",", 1
    for delimiter in DELIMITERS:
        try:
            first = _parse(name, probe, delimiter, csv.QUOTE_MINIMAL, strict=False, limit=1)
        except (csv.Error, Refused):
            continue
        if first and len(first[0].cells) > width:
            best, width = delimiter, len(first[0].cells)
    return best


def _quoted_or_bare(name: str, lines: Sequence[str], delimiter: str) -> list[Row]:
    """In a tab file whose quotes do not pair (Amazon's reports) an inch sign is a plain character."""
    try:
        quoted = _parse(name, lines, delimiter, csv.QUOTE_MINIMAL, strict=True)
    except csv.Error as fault:
        if delimiter != "\t":
            if fault.args[1] == _UNENDED:
                raise  # the file ends inside a quoted cell: it was cut off
            return _parse(name, lines, delimiter, csv.QUOTE_MINIMAL, strict=False)
        return _parse(name, lines, delimiter, csv.QUOTE_NONE, strict=False)
    if delimiter != "\t" or not any('"' in line for line in lines):
        return quoted
    bare = _parse(name, lines, delimiter, csv.QUOTE_NONE, strict=False)
    return bare if _ragged(bare) < _ragged(quoted) else quoted


def _parse(
    name: str, lines: Sequence[str], delimiter: str, quoting: Quoting, *, strict: bool, limit: int = 0
) -> list[Row]:
    """Non-empty records with the editor's line of their first character, the first `limit` if given; a csv.Error is
    raised with (lines before the record, message)."""
    reader = csv.reader(_ended(lines, strict or limit > 0), delimiter=delimiter, quoting=quoting, strict=strict)
    found: list[Row] = []
    start = total = 0
    try:
        for cells in reader:
            end = reader.line_num
            # A line of nothing but delimiters is what a spreadsheet leaves of an emptied row.
            if any(cells):
                if end > len(lines):
                    if len(cells) > 1 or cells[0] != _END:
                        raise csv.Error(_UNENDED)
                    break
                if sum(map(len, lines[start:end])) > MAX_CELL:
                    _refuse_long(name, found, start + 1, cells)
                found.append(Row(start + 1, tuple(cells)))
                total += len(cells)
                check_counts(name, len(found), total, start + 1, len(cells) if len(found) == 1 else 0)
                if limit and len(found) == limit:
                    break
            start = end
    except csv.Error as fault:
        raise csv.Error(start, str(fault)) from None
    return found


def _ended(lines: Sequence[str], as_they_are: bool) -> Iterable[str]:
    """Where the csv module would take a cell that is never closed for closed, a last line that it must not swallow."""
    return lines if as_they_are else (*lines, _END)


def _refuse_long(name: str, found: Sequence[Row], line: int, cells: Sequence[str]) -> None:
    refusal = too_long(name, found[0].cells if found else (), line, cells)
    if refusal is not None:
        raise refusal


def _ragged(found: list[Row]) -> int:
    return sum(len(row.cells) != len(found[0].cells) for row in found)


def _damaged(name: str, lines: Sequence[str], delimiter: str, fault: csv.Error) -> Refused:
    """Words a csv.Error: the line and column where the record stops making sense."""
    start, why = fault.args
    first = lines[start] if start < len(lines) else ""
    cells = _cells_of(first, delimiter)
    header = _cells_of(lines[0], delimiter) if lines and start else ()
    column = _title(header, len(cells) - 1) if cells else ""
    if str(why).startswith("field larger"):
        return Refused(
            "cell_too_long", file=name, line=start + 1, column=column, limit=MAX_CELL
        )
    return Refused("file_damaged", file=name, line=start + 1, column=column)


def _cells_of(line: str, delimiter: str) -> Sequence[str]:
    """The cells that begin in one line, however it ends; one where it is too long to say."""
    line = line[: 10 * MAX_CELL].rstrip("\r\n").replace("\r", " ")
    return next(csv.reader([line], delimiter=delimiter), ()) if line else ()


def _must_be_whole(name: str, found: Sequence[Row]) -> None:
    """A last record without line end that is shorter than all before: the download broke off. A table typed by hand is
    short in other rows too."""
    if len(found) < 2:
        return
    header, last = found[0].cells, found[-1]
    if len(last.cells) < min(len(row.cells) for row in found[:-1]):
        column = _title(header, len(last.cells) - 1)
        raise Refused("file_cut_off", file=name, line=last.line, column=column)


def _title(header: Sequence[str], place: int) -> str:
    """A column's name, its number where it has none."""
    return header[place][:40] if place < len(header) and header[place] else str(place + 1)
