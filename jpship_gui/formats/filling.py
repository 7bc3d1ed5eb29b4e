"""Put values into cells of a table as received, and leave every other byte of it as it was."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jpship_gui.domain.fault import Refused
from jpship_gui.formats import cp932
from jpship_gui.formats.layout import BY_CONTENT, Reading, Table
from jpship_gui.formats.reader import is_workbook, read_bytes, sheet_of
from jpship_gui.formats.workbook import checked

Edits = Mapping[tuple[int, int], str]  # (index into Table.rows, column) → text

# Bytes that part a table are no part of a character in these encodings, so that it can be taken apart undecoded.
_PLAIN = frozenset(("utf-8", "utf-8-sig", "cp932", "euc_jp", "gb18030", "cp949"))
_TRIPPED = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
)  # over odd parts
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell's bytes in the file, quotes included."""

    start: int
    end: int
    text: bytes
    quoted: bool


def filled(name: str, data: bytes, edits: Edits, how: Reading = BY_CONTENT) -> bytes:
    """The file with these cells changed. Refused("file_fill_odd") where it cannot be taken apart without a doubt,
    Refused("file_fill_kind") for an old workbook, Refused("cell_not_encodable")."""
    if not edits:
        return data
    table = read_bytes(name, data, how)
    if is_workbook(data):
        return _filled_workbook(name, data, table, edits, how)
    if table.encoding not in _PLAIN:
        raise Refused("file_fill_kind", file=name, kind=table.encoding)
    records = _records(name, data, table, how)
    pieces: list[bytes] = []
    done = 0
    for (row, column), text in sorted(edits.items()):
        cells = records[row]
        if column >= len(cells):
            raise Refused("file_fill_odd", file=name, line=table.rows[row].line)
        cell = cells[column]
        pieces += [data[done : cell.start], _written(table, row, column, text, cell)]
        done = cell.end
    return b"".join((*pieces, data[done:]))


def _written(table: Table, row: int, column: int, text: str, cell: _Cell) -> bytes:
    if table.encoding == "cp932":
        characters = cp932.unencodable(text)
        if characters:
            shown = " ".join(f"{c} (U+{ord(c):04X})" for c in characters)
            line, header = table.rows[row].line, table.header[column]
            raise Refused("cell_not_encodable", line=line, column=header, characters=shown)
        raw = cp932.encode(text)
    else:
        raw = text.encode("utf-8" if table.encoding == "utf-8-sig" else table.encoding)
    delimiter = table.delimiter.encode("ascii")
    if cell.quoted or any(sign in raw for sign in (b'"', b"\r", b"\n", delimiter)):
        return b'"' + raw.replace(b'"', b'""') + b'"'
    return raw


def _records(name: str, data: bytes, table: Table, how: Reading) -> list[list[_Cell]]:
    """The table's rows as places in the file; both ways of reading quotes are tried, as the reader does."""
    for quotes in (True, False):
        records = _taken_apart(data, table.delimiter, how.skip_lines, quotes=quotes)
        rows = records[how.header_row :]
        if len(rows) == len(table.rows) and all(
            map(_same, rows, (r.cells for r in table.rows), _again(table))
        ):
            return rows
    raise Refused("file_fill_odd", file=name, line=1)


def _again(table: Table) -> Sequence[str]:
    return (table.encoding.removesuffix("-sig"),) * len(table.rows)


def _same(cells: Sequence[_Cell], wanted: Sequence[str], encoding: str) -> bool:
    return [cell.text.decode(encoding) for cell in cells] == list(wanted)


@cache
def _token(delimiter: str, *, quotes: bool) -> re.Pattern[bytes]:
    sign = re.escape(delimiter).encode("ascii")
    bare = b"([^" + sign + b"\r\n]*)"
    end = b"(" + sign + b"|\r\n|\r|\n|\\Z)"
    quoted = b'"([^"]*(?:""[^"]*)*)"' + bare
    return re.compile(b"(?:" + quoted + b"|" + bare + b")" + end if quotes else b"()()" + bare + end)


def _taken_apart(data: bytes, delimiter: str, skip: int, *, quotes: bool) -> list[list[_Cell]]:
    """Records that hold anything, as the reader keeps them."""
    place = len(_MARK) if data.startswith(_MARK) else 0
    stop = len(data) - data.endswith(b"\x1a")
    for _ in range(skip):
        found = re.compile(b"\r\n|\r|\n").search(data, place)
        place = found.end() if found else stop
    token = _token(delimiter, quotes=quotes)
    records: list[list[_Cell]] = []
    cells: list[_Cell] = []
    while place < stop or cells:
        found = token.match(data, place, stop)
        if found is None:
            return []
        quoted = found[1] is not None and found[3] is None
        text = found[1].replace(b'""', b'"') + found[2] if quoted else found[3]
        cells.append(_Cell(found.start(), found.start(4), text, quoted))
        place = found.end()
        if found[4] != delimiter.encode("ascii"):
            if any(cell.text for cell in cells):
                records.append(cells)
            cells = []
    return records


def _filled_workbook(name: str, data: bytes, table: Table, edits: Edits, how: Reading) -> bytes:
    """A workbook is written anew: its cells keep their values, formulas and formats, its bytes do not."""
    if table.encoding != "xlsx":
        raise Refused("file_fill_kind", file=name, kind=table.encoding)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(checked(name, data)))
        sheet = book[sheet_of(name, data, how)]
    except _TRIPPED:
        raise Refused("file_fill_odd", file=name, line=1) from None
    for (row, column), text in edits.items():
        cell = sheet.cell(table.rows[row].line, column + 1)
        cell.value = text
        cell.data_type = "s"  # a text, whatever it begins with
        cell.number_format = "@"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
