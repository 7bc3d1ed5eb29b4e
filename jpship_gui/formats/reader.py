"""Bytes of a file → `Table`: encoding, delimiter and records are judged on the content, never on the name (IN-04)."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.formats.layout import Row, Table

MAX_BYTES = 300_000_000
DELIMITERS = (",", "\t", ";")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BINARY = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"RIFF", "RIFF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
)
_ZIP = b"PK\x03\x04"
Quoting = Literal[0, 3]  # csv.QUOTE_MINIMAL, csv.QUOTE_NONE
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

csv.field_size_limit(10_000_000)


def read_file(path: Path) -> Table:
    """Read a file whole; `Refused` when it is no table, `WorldFault` when the disk or another program refuses."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Refused("file_too_big", file=path.name, megabytes=size // 1_000_000)
        data = path.read_bytes()
    except FileNotFoundError:
        raise Refused("file_missing", file=path.name) from None
    except IsADirectoryError:
        raise Refused("file_not_table", file=path.name, seems="") from None
    except PermissionError:
        raise WorldFault("file_locked", file=path.name) from None
    except OSError as fault:
        raise WorldFault("file_unreadable", file=path.name, reason=str(fault.strerror)) from None
    return read_bytes(path.name, data)


def read_bytes(name: str, data: bytes) -> Table:
    """The same from bytes already in memory; `name` only appears in messages."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe\x1a"):
        raise Refused("file_empty", file=name)
    for magic, kind in _BINARY:
        if data.startswith(magic):
            raise Refused("file_not_table", file=name, seems=kind)
    fingerprint = hashlib.sha256(data).hexdigest()
    if data.startswith((_ZIP, _OLE)):
        return _read_workbook(name, data, fingerprint)
    text, encoding = decode(name, data)
    if _NO_TEXT.search(text):
        raise Refused("file_not_table", file=name, seems="")
    return _read_text(name, text, encoding, fingerprint)


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Byte order mark, else strict UTF-8, else strict CP932, each on the whole file; never a guess beyond that."""
    if data.startswith(b"\xef\xbb\xbf"):
        candidates: tuple[str, ...] = ("utf-8-sig",)
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ("utf-16",)
    else:
        candidates = ("utf-8", "cp932")
    # Old programs end a file with the control character SUB.
    for encoding in candidates:
        try:
            return data.removesuffix(b"\x1a").decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Refused("file_encoding", file=name)


def _read_text(name: str, text: str, encoding: str, fingerprint: str) -> Table:
    delimiter = _delimiter(text)
    try:
        records = _records(text, delimiter)
    except csv.Error as fault:
        raise Refused("file_damaged", file=name, line=fault.args[0]) from None
    if not records:
        raise Refused("file_empty", file=name)
    header, rows = records[0], records[1:]
    return Table(name, header.cells, tuple(rows), encoding, delimiter, fingerprint)


def _delimiter(text: str) -> str:
    """The one whose header has most cells."""
    best, width = ",", 1
    for delimiter in DELIMITERS:
        first = _parse(text[:20_000], delimiter, csv.QUOTE_MINIMAL, strict=False, limit=1)
        if first and len(first[0].cells) > width:
            best, width = delimiter, len(first[0].cells)
    return best


def _records(text: str, delimiter: str) -> list[Row]:
    """All records. In a tab file whose quotes do not pair (Amazon's reports) an inch sign is a plain character."""
    try:
        quoted = _parse(text, delimiter, csv.QUOTE_MINIMAL, strict=True)
    except csv.Error as fault:
        if delimiter != "\t":
            if fault.args[1] == "unexpected end of data":
                raise  # the file ends inside a quoted cell: it was cut off
            return _parse(text, delimiter, csv.QUOTE_MINIMAL, strict=False)
        return _parse(text, delimiter, csv.QUOTE_NONE, strict=False)
    if delimiter != "\t" or '"' not in text:
        return quoted
    bare = _parse(text, delimiter, csv.QUOTE_NONE, strict=False)
    return bare if _ragged(bare) < _ragged(quoted) else quoted


def _parse(text: str, delimiter: str, quoting: Quoting, *, strict: bool, limit: int = 0) -> list[Row]:
    """Non-empty records with the editor's line of their first character, the first `limit` if given; a csv.Error is
    raised with (line, message)."""
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, quoting=quoting, strict=strict)
    records: list[Row] = []
    start = 1
    try:
        for cells in reader:
            # A line of nothing but delimiters is what a spreadsheet leaves of an emptied row.
            if any(cells):
                records.append(Row(start, tuple(cells)))
                if limit and len(records) == limit:
                    break
            start = reader.line_num + 1
    except csv.Error as fault:
        raise csv.Error(start, str(fault)) from None
    return records


def _ragged(records: list[Row]) -> int:
    return sum(len(row.cells) != len(records[0].cells) for row in records)


def _read_workbook(name: str, data: bytes, fingerprint: str) -> Table:
    """First sheet that holds anything; typed cells become the text the marketplaces write for them."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            book.get_sheet_by_index(i).to_python(skip_empty_area=False) for i in range(len(book.sheet_names))
        ]
    except (CalamineError, OSError, ValueError):
        raise Refused("file_not_table", file=name, seems="ZIP" if data.startswith(_ZIP) else "") from None
    kind = "xlsx" if data.startswith(_ZIP) else "xls"
    for cells_of_sheet in sheets:
        rows = _workbook_rows(cells_of_sheet)
        if rows:
            header = tuple(cell.strip() for cell in rows[0].cells)
            while header and not header[-1]:
                header = header[:-1]
            return Table(name, header, tuple(rows[1:]), kind, "", fingerprint)
    raise Refused("file_empty", file=name)


def _workbook_rows(sheet: Sequence[Sequence[object]]) -> list[Row]:
    rows = []
    for number, values in enumerate(sheet, start=1):
        cells = tuple(map(_cell_text, values))
        if any(cells):
            rows.append(Row(number, cells, "".join(map(_cell_type, values))))
    return rows


def _cell_text(value: object) -> str:
    if isinstance(value, str):
        # A spreadsheet stores a line break as LF, some writers as CRLF or the escape _x000D_.
        return (
            value.replace("_x000D_\n", "\n").replace("_x000D_", "\n").replace("\r\n", "\n") if value else ""
        )
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        value = (value + timedelta(milliseconds=500)).replace(microsecond=0)  # days are stored as fractions
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return "" if value is None else str(value)


def _cell_type(value: object) -> str:
    if isinstance(value, str):
        return "s" if value else "e"
    if isinstance(value, bool):
        return "b"
    if isinstance(value, (int, float)):
        return "n"
    if isinstance(value, date):
        return "d"
    return "t" if isinstance(value, (time, timedelta)) else "e"
