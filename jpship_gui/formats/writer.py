"""Rows → the bytes of a file as a layout wants them: order of columns, header, encoding, quotes, line
ends."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.formats import cp932
from jpship_gui.formats.formulas import disarmed, is_key, is_live
from jpship_gui.formats.layout import Layout

_BOM = "\ufeff"


def header_of(layout: Layout) -> tuple[str, ...]:
    """Header names in the order they are written."""
    return tuple(column.header for column in layout.columns)


def row_of(layout: Layout, values: Mapping[str, str]) -> tuple[str, ...]:
    """Values by field in the layout's order, a column's constant where no value is given; KeyError for a
    stray field."""
    stray = values.keys() - {column.field for column in layout.columns}
    if stray:
        raise KeyError(f"{layout.id} has no column for {sorted(stray)}")
    return tuple(values.get(column.field, column.constant) for column in layout.columns)


def table_bytes(layout: Layout, rows: Iterable[Sequence[str]], encoding: str = "") -> bytes:
    """The whole file. Encoding is the layout's first unless given: cp932, utf-8 or utf-8-sig.

    What a spreadsheet would calculate is disarmed. Raises Refused("cell_not_encodable") naming line, column and
    characters (none is ever replaced by "?") and Refused("cell_formula") where a number or key would be calculated.
    """
    first = len(_head_lines(layout)) + 1
    kept = [_disarmed(layout, line, row) for line, row in enumerate(rows, start=first)]
    text = (_unquoted if layout.quote_none else _quoted)(layout, [*_head_lines(layout), *kept])
    return _encoded(layout, text, kept, encoding or layout.encodings[0])


def _disarmed(layout: Layout, line: int, row: Sequence[str]) -> tuple[str, ...]:
    cells = tuple(row)
    live = [
        place
        for place, column in enumerate(layout.columns[: len(cells)])
        if is_live(cells[place], column.kind)
    ]
    if not live:
        return cells
    for place in live:
        column = layout.columns[place]
        if is_key(column.kind):
            raise Refused("cell_formula", line=line, column=column.header, value=cells[place])
    return tuple(disarmed(c, layout.columns[n].kind) if n in live else c for n, c in enumerate(cells))


def _head_lines(layout: Layout) -> list[tuple[str, ...]]:
    """What stands above the rows: the layout's leading lines, as wide as the header, and the header."""
    header = header_of(layout)
    lead = [tuple(line) + ("",) * (len(header) - len(line)) for line in layout.lead]
    return [*lead, header] if layout.header else lead


_CRLF = "\r\n"


class _Lines:
    """Takes records one by one and ends each as the layout does."""

    def __init__(self, line_end: str) -> None:
        self.text: list[str] = []
        self._end = line_end

    def write(self, record: str) -> None:
        """One record as the csv module writes it."""
        self.text.append(record.removesuffix(_CRLF) + self._end)


def _quoted(layout: Layout, rows: Iterable[Sequence[str]]) -> str:
    lines = _Lines(layout.line_end)
    # The csv module quotes a CR or LF only where its own line ends hold it; a cell with either needs quotes everywhere.
    writer = csv.writer(
        lines,
        delimiter=layout.delimiter,
        quoting=csv.QUOTE_ALL if layout.quote_all else csv.QUOTE_MINIMAL,
        lineterminator=_CRLF,
    )
    writer.writerows(rows)
    return "".join(lines.text)


def _unquoted(layout: Layout, rows: Iterable[Sequence[str]]) -> str:
    breaks = re.compile(rf"\r\n|[\r\n{re.escape(layout.delimiter)}]")
    lines = (layout.delimiter.join(breaks.sub(" ", cell) for cell in row) for row in rows)
    return "".join(line + layout.line_end for line in lines)


def _encoded(layout: Layout, text: str, rows: Sequence[Sequence[str]], encoding: str) -> bytes:
    if encoding == "utf-8-sig":
        return (_BOM + text).encode("utf-8")
    if encoding != "cp932":
        return text.encode(encoding)
    try:
        return cp932.encode(text)
    except UnicodeEncodeError:
        pass
    raise _not_encodable(layout, rows)


def _not_encodable(layout: Layout, rows: Sequence[Sequence[str]]) -> Refused:
    for line, row in enumerate((*_head_lines(layout), *rows), start=1):
        for column, cell in zip(layout.columns, row, strict=False):
            characters = cp932.unencodable(cell)
            if characters:
                found = " ".join(f"{c} (U+{ord(c):04X})" for c in characters)
                return Refused("cell_not_encodable", line=line, column=column.header, characters=found)
    return Refused("cell_not_encodable", line=1, column="", characters="")


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place in one step: readers see the old one or the new one, never a part.

    Raises WorldFault("file_locked") or WorldFault("file_write") with the path's name.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except PermissionError as fault:
        _drop(part)
        raise WorldFault("file_locked", file=path.name) from fault
    except OSError as fault:
        _drop(part)
        raise WorldFault("file_write", file=path.name, reason=fault.strerror or "") from fault


def _drop(part: Path) -> None:
    with suppress(OSError):
        part.unlink(missing_ok=True)
