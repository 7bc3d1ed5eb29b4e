"""XLSX → rows. A workbook is an archive of XML that anybody may have made: its parts are unpacked and measured here,
and the library that reads them sees only what passed.

The library (calamine) lays a sheet out as a full rectangle and copies a shared text into every cell that names it. Two
cells far apart, or one long text named often, would end the whole program, which no `except` can prevent
(github.com/tafia/calamine issues 693, 694).
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers import expat

from jpship_gui.domain.fault import Refused
from jpship_gui.formats.layout import BY_CONTENT, Reading, Row
from jpship_gui.formats.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_PARTS,
    MAX_RATIO,
    MAX_TEXT,
    MAX_UNPACKED,
    SMALL_PART,
)
from jpship_gui.formats.records import check_counts, too_long

_OTHER_WORKBOOKS = ("xl/workbook.bin", "content.xml", "Index/Document.iwa")  # XLSB, ODS, Numbers
_READ = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?!externalLinks/|media/|drawings/|activeX/).*\.(?:xml|rels)"
)
_EVERY = re.compile(r".*[^/]", re.DOTALL)  # but folders
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_CODED = 0x1  # flag of a part under a password
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_SHARED = re.compile(rb"<(?:[\w.-]+:)?si[\s>/]")
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v(?:\s[^>]*)?>\s*(\d*)")
_LAST_MOMENT = datetime.max - timedelta(seconds=1)


def read_workbook(
    name: str, data: bytes, how: Reading = BY_CONTENT
) -> tuple[str, tuple[str, ...], list[Row]]:
    """Name, header and rows of the sheet asked for, else of the first that holds anything; typed cells become the text
    marketplaces write for them. What a formula last showed is its cell's value: nothing is computed.

    Refused: file_archive, file_old_workbook, file_encrypted, workbook_damaged, workbook_too_big, workbook_entities,
    workbook_too_wide, file_no_sheet, file_empty and those of `records`.
    """
    for sheet, cells_of_sheet in _sheets(name, _repacked(_parts(name, data)), how.sheet):
        rows = [row for row in _rows(name, cells_of_sheet) if row.line > how.skip_lines][how.header_row - 1 :]
        if rows:
            header = tuple(cell.strip() for cell in rows[0].cells)
            while header and not header[-1]:
                header = header[:-1]
            check_counts(name, len(rows), 0, rows[-1].line, len(header))
            return sheet, header, rows[1:]
    raise Refused("file_empty", file=name)


def sheet_names(name: str, data: bytes) -> tuple[str, ...]:
    """The sheets in their order; faults as `read_workbook`."""
    return tuple(sheet for sheet, _ in _sheets(name, _repacked(_parts(name, data)), ""))


def checked(name: str, data: bytes) -> bytes:
    """The same workbook, every part of it as it was measured here, for a library that opens them all."""
    return _repacked(_parts(name, data, _EVERY))


def _wanted(name: str, known: Sequence[str], sheet: str) -> Sequence[int]:
    """Places of the sheets to be looked at; one is named by its name or its number."""
    if not sheet:
        return range(len(known))
    if sheet in known:
        return (known.index(sheet),)
    if sheet.isdecimal() and 1 <= int(sheet) <= len(known):
        return (int(sheet) - 1,)
    raise Refused("file_no_sheet", file=name, sheet=sheet, known="・".join(known)[:200])


def _parts(name: str, data: bytes, chosen: re.Pattern[str] = _READ) -> dict[str, bytes]:
    """The parts of the chosen names, unpacked and found harmless: as a rule the XML a sheet is made of, so that
    pictures, macros and caches of other files are not even unpacked."""
    listed = _directory(name, data, chosen)
    names = {info.filename for info in listed}
    if names.intersection(_OTHER_WORKBOOKS):
        raise Refused("file_old_workbook", file=name)
    if "[Content_Types].xml" not in names or not any(part.startswith("xl/") for part in names):
        raise Refused("file_archive", file=name, count=len(listed))
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for info in listed:
        if chosen.fullmatch(info.filename):
            part = _unpacked(name, data, info, left)
            left -= len(part)
            parts[info.filename] = part
    texts = [part for part in parts.values() if _SHARED.search(part)]
    for part_name, part in parts.items():
        is_xml = part_name.endswith((".xml", ".rels")) or part.lstrip().startswith(b"<")
        cells = _Measure(name, part).cells if is_xml else 0
        if cells:
            _check_texts(name, part, cells, texts)
    return parts


def _directory(name: str, data: bytes, chosen: re.Pattern[str]) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        raise Refused("workbook_damaged", file=name) from None
    wanted = [info for info in listed if chosen.fullmatch(info.filename)]
    if any(info.flag_bits & _CODED for info in listed):
        raise Refused("file_encrypted", file=name)
    stated = sum(info.file_size for info in wanted)
    swollen = any(
        info.file_size > SMALL_PART and info.file_size > MAX_RATIO * info.compress_size for info in wanted
    )
    if stated > MAX_UNPACKED or swollen or len(listed) > MAX_PARTS:
        raise _too_big(name)
    return listed


def _unpacked(name: str, data: bytes, info: zipfile.ZipInfo, left: int) -> bytes:
    """One part as it really is: what the directory says of its size is not believed."""
    head = data[info.header_offset : info.header_offset + _LOCAL_HEADER.size]
    if len(head) < _LOCAL_HEADER.size or not head.startswith(b"PK\x03\x04"):
        raise Refused("workbook_damaged", file=name)
    _, name_size, extra_size = _LOCAL_HEADER.unpack(head)
    start = info.header_offset + _LOCAL_HEADER.size + name_size + extra_size
    raw = data[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        part = raw[: left + 1]
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        try:
            part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, left + 1)
        except zlib.error:
            raise Refused("workbook_damaged", file=name) from None
    else:
        raise Refused("workbook_damaged", file=name)
    if len(part) > left or (len(part) > SMALL_PART and len(part) > MAX_RATIO * len(raw)):
        raise _too_big(name)
    if zlib.crc32(part) != info.CRC:
        raise Refused("workbook_damaged", file=name)
    return part


def _too_big(name: str) -> Refused:
    return Refused("workbook_too_big", file=name, limit=MAX_UNPACKED // 1_000_000)


class _Measure:
    """Walks over one part: refuses document types (entities) and sheets that reach too far; counts cells that hold
    something."""

    def __init__(self, name: str, part: bytes) -> None:
        self.cells = 0
        self._name = name
        self._row = self._column = self._rows = self._columns = 0
        self._open = False
        parser = expat.ParserCreate("utf-8")  # what the library takes every part for
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        if b"sheetData" in part:
            parser.StartElementHandler = self._element
        try:
            parser.Parse(part, True)
        except expat.ExpatError as fault:
            raise Refused("workbook_damaged", file=name, line=fault.lineno) from None

    def _doctype(self, *declared: object) -> None:
        raise Refused("workbook_entities", file=self._name)

    def _element(self, tag: str, attributes: Mapping[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._column += 1
            place = attributes.get("r")
            if place is not None:
                self._go_to(place)
            self._open = True
        elif self._open and tag in ("v", "is", "t", "f"):  # a cell with nothing in it takes no room
            self._open = False
            self._filled()
        elif tag == "row":
            self._row, self._column, self._open = self._row + 1, 0, False
            if "r" in attributes:
                self._row = self._number(attributes["r"])

    def _go_to(self, place: str) -> None:
        found = _REFERENCE.fullmatch(place)
        if found is None:
            raise self._too_wide(place)
        column = 0
        for letter in found[1].upper():
            column = column * 26 + ord(letter) - 64
        self._column, self._row = column, int(found[2])

    def _number(self, text: str) -> int:
        if len(text) > 7 or not (text.isascii() and text.isdigit()):
            raise self._too_wide(text)
        return int(text)

    def _filled(self) -> None:
        self.cells += 1
        self._rows = max(self._rows, self._row)
        self._columns = max(self._columns, self._column)
        if self._columns > MAX_COLUMNS or self._rows * self._columns > MAX_CELLS:
            raise self._too_wide(f"R{self._rows}C{self._columns}")

    def _too_wide(self, place: str) -> Refused:
        return Refused("workbook_too_wide", file=self._name, cell=place[:20])


def _check_texts(name: str, sheet: bytes, cells: int, texts: Sequence[bytes]) -> None:
    """Refuse a sheet whose shared texts, copied into every cell that names them, would be too much."""
    lengths = [len(text) for part in texts for text in _SHARED.split(part)[1:]]
    longest = max(lengths, default=0)
    if cells * longest <= MAX_TEXT:
        return
    total = 0
    for found in _VALUE.finditer(sheet):
        index = int(found[1]) if found[1] and len(found[1]) < 8 else len(lengths)
        # What names no text this way counts as the longest, so that no spelling of a number hides one.
        total += lengths[index] if index < len(lengths) else 0 if found[1] else longest
        if total > MAX_TEXT:
            raise _too_big(name)


def _repacked(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts alone, each as it was measured."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        while parts:
            archive.writestr(*parts.popitem())
    return buffer.getvalue()


def _sheets(name: str, archive: bytes, sheet: str) -> Iterator[tuple[str, Sequence[Sequence[object]]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(archive))
        del archive
        known = list(book.sheet_names)
        for index in _wanted(name, known, sheet):
            yield known[index], book.get_sheet_by_index(index).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, OverflowError):
        raise Refused("workbook_damaged", file=name) from None
    except BaseException as fault:
        # What the library never thought of is raised as a BaseException of its own (pyo3), past every Exception.
        if type(fault).__name__ != "PanicException":
            raise
        raise Refused("workbook_damaged", file=name) from None


def _rows(name: str, sheet: Sequence[Sequence[Any]]) -> list[Row]:
    rows: list[Row] = []
    total = 0
    for number, values in enumerate(sheet, start=1):
        cells = tuple(map(_cell_text, values))
        if not any(cells):
            continue
        refusal = too_long(name, rows[0].cells if rows else (), number, cells)
        if refusal is not None:
            raise refusal
        rows.append(Row(number, cells, "".join(map(_cell_type, values))))
        total += len(cells)
        check_counts(name, len(rows), total, number)
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
        value = min(value, _LAST_MOMENT) + timedelta(milliseconds=500)  # days are stored as fractions
        value = value.replace(microsecond=0)
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
