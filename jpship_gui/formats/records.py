"""Text → records: delimiter and quoting are judged on the content, lines are counted as an editor counts them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Literal

from jpship_gui.domain.fault import Refused
from jpship_gui.formats.layout import BY_CONTENT, Reading, Row
from jpship_gui.formats.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS

DELIMITERS = (",", "\t", ";")
# A CR within a line that ends in LF is none of an editor's line ends; in a file of the old Macintosh form it is.
_LF_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_CR_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FIRST_BREAK = re.compile(r"\r\n|\r|\n")
_AT_A_TIME = 1_000_000  # characters cut into lines at a time: millions of short lines are never held together
_QUOTED_CELLS = ('\t"', '\n"', '\r"')
_PROBE = 20_000  # characters in which the header ends
_END = "\x00"  # a line no text has
_UNENDED = "unexpected end of data"
Quoting = Literal[0, 3]  # csv.QUOTE_MINIMAL, csv.QUOTE_NONE

csv.field_size_limit(MAX_CELL)


def records(name: str, text: str, how: Reading = BY_CONTENT) -> tuple[list[Row], str]:
    """Non-empty records, header first, and their delimiter; `how` says what lies before the header.

    Refused, each naming line and column: file_damaged, file_cut_off, cell_too_long, file_too_many_rows,
    file_too_many_columns, file_too_many_cells; file_empty.
    """
    skipped = how.skip_lines
    text = "".join(islice(_lines(text), skipped, None)) if skipped else text
    delimiter = how.delimiter or _delimiter(text, how.header_row)
    try:
        found = _quoted_or_bare(name, text, delimiter)
    except csv.Error as fault:
        start, why = fault.args
        raise _damaged(name, text, delimiter, start, why, skipped) from None
    found = found[how.header_row - 1 :]
    if not found:
        raise Refused("file_empty", file=name)
    if skipped:
        found = [replace(row, line=row.line + skipped) for row in found]
    if not text.endswith(("\n", "\r")):
        _must_be_whole(name, found)
    return found, delimiter


def place_of_end(text: str) -> tuple[int, str]:
    """The editor's line and the column (its name, else its number) a text breaks off in, for messages."""
    delimiter, text = _delimiter(text), text + "x"
    line = sum(1 for _ in _lines(text))
    header: Sequence[str] = ()
    last: Sequence[str] = ()
    try:
        for last in csv.reader(_lines(text), delimiter=delimiter):
            header = header or last
    except csv.Error:
        last = [""] * (text[text.rfind("\n") + 1 :].count(delimiter) + 1)
    return line, _title(() if header is last else header, len(last) - 1)


def too_long(name: str, header: Sequence[str], line: int, cells: Sequence[str]) -> Refused | None:
    """The refusal of a record with a cell that is none any more."""
    for place, cell in enumerate(cells):
        if len(cell) > MAX_CELL:
            return Refused(
                "cell_too_long", file=name, line=line, column=_title(header, place), limit=MAX_CELL
            )
    return None


def check_counts(name: str, rows: int, cells: int, line: int, columns: int = 0) -> None:
    """Refuse a table that outgrows what is held in memory; `rows` counts the header."""
    if rows > MAX_ROWS + 1:
        raise Refused("file_too_many_rows", file=name, line=line, limit=MAX_ROWS)
    if columns > MAX_COLUMNS:
        raise Refused("file_too_many_columns", file=name, line=line, count=columns, limit=MAX_COLUMNS)
    if cells > MAX_CELLS:
        raise Refused("file_too_many_cells", file=name, line=line, limit=MAX_CELLS)


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends."""
    first = _FIRST_BREAK.search(text)
    pattern, end = (_CR_LINES, "\r") if first is not None and first[0] == "\r" else (_LF_LINES, "\n")
    return chain.from_iterable(_blocks(text, pattern, end))


def _blocks(text: str, pattern: re.Pattern[str], end: str) -> Iterator[list[str]]:
    start = 0
    while start < len(text):
        stop = text.find(end, start + _AT_A_TIME) + 1 or len(text)
        stop += text[stop - 1 : stop + 1] == "\r\n"
        yield pattern.findall(text, start, stop)
        start = stop


def _delimiter(text: str, header_row: int = 1) -> str:
    """The one whose header has most cells."""
    best, width = ",", 1
    for delimiter in DELIMITERS:
        try:
            rows = filter(any, csv.reader(_lines(text[:_PROBE]), delimiter=delimiter))
            first = next(islice(rows, header_row - 1, None), ())
        except csv.Error:
            continue
        if len(first) > width:
            best, width = delimiter, len(first)
    return best


def _quoted_or_bare(name: str, text: str, delimiter: str) -> list[Row]:
    """In a tab file whose quotes do not pair (Amazon's reports) an inch sign is a plain character."""
    if delimiter == "\t" and not any(start in text for start in _QUOTED_CELLS) and text[:1] != '"':
        return _parse(name, text, delimiter, csv.QUOTE_NONE, strict=False)
    try:
        quoted = _parse(name, text, delimiter, csv.QUOTE_MINIMAL, strict=True)
    except csv.Error as fault:
        if delimiter != "\t":
            if fault.args[1] == _UNENDED:
                raise  # the file ends inside a quoted cell: it was cut off
            return _parse(name, text, delimiter, csv.QUOTE_MINIMAL, strict=False)
        return _parse(name, text, delimiter, csv.QUOTE_NONE, strict=False)
    if delimiter != "\t" or '"' not in text:
        return quoted
    bare = _parse(name, text, delimiter, csv.QUOTE_NONE, strict=False)
    return bare if _ragged(bare) < _ragged(quoted) else quoted


def _parse(name: str, text: str, delimiter: str, quoting: Quoting, *, strict: bool) -> list[Row]:
    """Non-empty records with the editor's line of their first character; a csv.Error is raised with (lines before the
    record, message)."""
    # Where the csv module takes a cell that is never closed for closed, a last line shows whether it was swallowed.
    lines = _lines(text) if strict else chain(_lines(text), (_END,))
    reader = csv.reader(lines, delimiter=delimiter, quoting=quoting, strict=strict)
    found: list[Row] = []
    start = total = 0
    try:
        for cells in reader:
            # A line of nothing but delimiters is what a spreadsheet leaves of an emptied row.
            if any(cells):
                found.append(Row(start + 1, tuple(cells)))
                total += len(cells)
                if total > MAX_CELLS or len(found) > MAX_ROWS or len(found) == 1:
                    check_counts(name, len(found), total, start + 1, len(cells) if len(found) == 1 else 0)
            start = reader.line_num
        if not strict:
            last = found.pop()
            if last.cells != (_END,):
                start = last.line - 1
                raise csv.Error(_UNENDED)
    except csv.Error as fault:
        raise csv.Error(start, str(fault)) from None
    return found


def _ragged(found: list[Row]) -> int:
    return sum(len(row.cells) != len(found[0].cells) for row in found)


def _damaged(name: str, text: str, delimiter: str, start: int, why: str, skipped: int = 0) -> Refused:
    """Words a csv.Error: the line and column where a record stops making sense."""
    first = next(islice(_lines(text), start, None), "")
    column = _title(_header(text, delimiter) if start else (), _bad_cell(first, delimiter))
    if why.startswith("field larger"):
        return Refused("cell_too_long", file=name, line=start + skipped + 1, column=column, limit=MAX_CELL)
    return Refused("file_damaged", file=name, line=start + skipped + 1, column=column)


def _header(text: str, delimiter: str) -> Sequence[str]:
    try:
        return next(csv.reader(_lines(text), delimiter=delimiter), ())
    except csv.Error:
        return ()


def _bad_cell(line: str, delimiter: str) -> int:
    """Index of the first cell of a line that is too long, is broken by a CR or is not closed within it."""
    quoted, index, size = False, 0, 0
    for character in line.rstrip("\r\n"):
        size += 1
        if character == '"':
            quoted = not quoted
        elif not quoted and character == delimiter:
            index, size = index + 1, 0
        if size > MAX_CELL or (character == "\r" and not quoted):
            break
    return index


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
