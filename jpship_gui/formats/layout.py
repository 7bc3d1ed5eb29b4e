"""A file format as data: columns found by header name with aliases, never by position."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `field` is jpship's name for the value, `header` the exact name the source writes.

    `kind` says what the cells hold (`text`, `id`, `digits`, `phone`, `integer`, `money`, `rate`, `date`, `datetime`,
    `time`, `flag`), which decides the damage checks; `length` is the exact digit count where one is fixed (postal
    code part 1: 3).
    """

    field: str
    header: str
    aliases: tuple[str, ...] = ()
    kind: str = "text"
    level: str = "order"  # order, package or line
    required: bool = False
    length: int | None = None
    max_bytes: int | None = None  # in CP932, for files we write
    constant: str = ""
    extra: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is opened where its content alone does not tell; the defaults judge everything on the content.

    `skip_lines` are an editor's lines before the table, `header_row` is the record that holds the headers, counted from
    1 behind them; `sheet` is a workbook's sheet by name or number.
    """

    encodings: tuple[str, ...] = ()
    delimiter: str = ""
    skip_lines: int = 0
    header_row: int = 1
    sheet: str = ""


BY_CONTENT = Reading()


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of file. `signature` are headers only this kind has, used for scoring; `refuse` is the fault code of a
    known kind that must not be taken (an old format, another tool's file).

    Where kinds share most of their headers, these decide outright: of `any_of` one must be there, of `none_of` none.
    `lead` are lines a file we write begins with, before the header, filled up with empty cells. `quote_none`: nothing
    is quoted, a delimiter or line break in a cell becomes a blank.
    """

    id: str
    owner: str  # marketplace or carrier id
    title: str  # name of the file kind as its own screen writes it
    columns: tuple[Column, ...]
    encodings: tuple[str, ...] = ("cp932",)
    delimiter: str = ","
    quote_all: bool = False
    quote_none: bool = False
    line_end: str = "\r\n"
    header: bool = True
    signature: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    lead: tuple[tuple[str, ...], ...] = ()
    reading: Reading = BY_CONTENT
    refuse: str = ""
    max_rows: int | None = None
    order_number_pattern: str = ""
    extra: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One record: `line` is the line an editor shows for its first character (quoted line breaks counted), `cells`
    the raw text by header as received. `types` has one letter per cell where the source knows types (a spreadsheet):
    `s` text, `n` number, `d` date, `t` time, `b` truth value, `e` empty; "" where all is text."""

    line: int
    cells: tuple[str, ...]
    types: str = ""
    part_lines: tuple[int, ...] = ()  # of a joined table: the line in each of its files


@dataclass(frozen=True, slots=True)
class Table:
    """A file read whole: header, rows, and how it was read."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str  # cp932, utf-8, utf-8-sig, xlsx, …
    delimiter: str
    fingerprint: str  # sha256 of the bytes
    parts: tuple[int, ...] = ()  # of a joined table: the first column of each file
    part_names: tuple[str, ...] = ()  # and their names

    def line_of(self, index: int, column: int | None = None) -> int:
        """The editor's line of a row; in a joined table that of the file the column came from."""
        row = self.rows[index]
        if not row.part_lines or column is None:
            return row.line
        return row.part_lines[self._part(column)]

    def file_of(self, column: int | None = None) -> str:
        """Name of the file a column of a joined table came from; "" where there is one file only, or no column."""
        return self.part_names[self._part(column)] if self.part_names and column is not None else ""

    def _part(self, column: int) -> int:
        return sum(start <= column for start in self.parts) - 1


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that cannot be taken: editor's line, column header, code of `rejected.<code>` and the value found; `file`
    where several were read as one."""

    line: int
    column: str
    code: str
    value: str = ""
    order: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Damage:
    """Spreadsheet damage in one cell; `repaired` is set only where exactly one original is possible (IN-06)."""

    line: int
    column: str
    code: str  # lost_zero, exponent, date_serial, us_date, …
    found: str
    repaired: str | None = None
    order: str = ""
