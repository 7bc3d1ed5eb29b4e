"""Which layout a table follows, judged on its header and values (IN-04)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jpship_gui.domain.fault import Refused
from jpship_gui.formats.damage import without_hidden
from jpship_gui.formats.formulas import restored
from jpship_gui.formats.layout import BY_CONTENT, Column, Layout, Reading, Table
from jpship_gui.formats.reader import read_bytes

ENOUGH = 0.5
CLEAR = 0.08
_SPACES = re.compile("[\\s\\u200b-\\u200f\\u2060\\ufeff]+")
_PROBE_ROWS = 30
_FEW = 3  # fewer known headers may be anything's


@dataclass(frozen=True, slots=True)
class Match:
    """How well a layout fits, 0 to 1, and where its fields stand in the table."""

    layout: Layout
    score: float
    positions: dict[str, int]


@cache
def plain(header: str) -> str:
    """A header name as compared: NFKC, no spaces and nothing nobody sees (byte order marks), small letters; マーケット
    ごとの揺れ such as a blank before a bracket vanish."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", without_hidden(restored(header)))).lower()


def positions(table: Table, layout: Layout) -> dict[str, int]:
    """Cell index by field for the columns the table has; of columns named twice the first counts."""
    places: dict[str, int] = {}
    for index, header in enumerate(table.header):
        places.setdefault(plain(header), index)
    found: dict[str, int] = {}
    for column in layout.columns:
        for name in _names(column):
            if name in places:
                found[column.field] = places[name]
                break
    return found


def _names(column: Column) -> tuple[str, ...]:
    return (plain(column.header), *map(plain, column.aliases))


def score(table: Table, layouts: Sequence[Layout]) -> list[Match]:
    """Every layout with how well it fits, best first; 0 where a required column is missing or a forbidden one there."""
    matches = [_match(table, layout) for layout in layouts]
    return sorted(matches, key=lambda m: m.score, reverse=True)


def _match(table: Table, layout: Layout) -> Match:
    found = positions(table, layout)
    present = set(map(plain, table.header))
    if lacking(layout, found) or not _fits(layout, present):
        return Match(layout, 0.0, found)
    signature = set(map(plain, layout.signature))
    if signature and not layout.columns:
        return Match(layout, len(signature & present) / len(signature), found)
    known = len(set(found.values())) / max(1, len(present))
    own = len(signature & present) / len(signature) if signature else 0.0
    values = _number_share(table, layout, found)
    if values is None:
        return Match(layout, 0.85 * known + 0.15 * own, found)
    return Match(layout, 0.55 * values + 0.30 * known + 0.15 * own, found)


def lacking(layout: Layout, found: Mapping[str, int]) -> tuple[str, ...]:
    """Headers (with the names that do as well) of required columns that are not among the positions found."""
    missing = (column for column in layout.columns if column.required and column.field not in found)
    return tuple("/".join((column.header, *column.aliases)) for column in missing)


def _fits(layout: Layout, present: set[str]) -> bool:
    """Whether the headers that tell this kind from its neighbours are there, and theirs are not."""
    wanted = not layout.any_of or not present.isdisjoint(map(plain, layout.any_of))
    return wanted and present.isdisjoint(map(plain, layout.none_of))


def _number_share(table: Table, layout: Layout, found: dict[str, int]) -> float | None:
    """Share of the first rows whose order number has the layout's form; None where there is nothing to judge."""
    at = found.get("number")
    if at is None or not layout.order_number_pattern:
        return None
    pattern = re.compile(layout.order_number_pattern)
    cells = [
        row.cells[at].strip() for row in table.rows[:_PROBE_ROWS] if len(row.cells) > at and row.cells[at]
    ]
    return sum(bool(pattern.match(cell)) for cell in cells) / len(cells) if cells else None


def recognise(table: Table, layouts: Sequence[Layout], preferred: Collection[str] = ()) -> Match:
    """The one layout that clearly fits best; `Refused` names what the file is when it is something else.

    Where several fit alike, the owners in `preferred` (those somebody has a shop of) come before the others.
    """
    ranked = score(table, [*layouts, *foreign_layouts()])
    best = ranked[0] if ranked else None
    if best is None or best.score < ENOUGH:
        _refuse_incomplete(table, layouts)
        shown = "・".join(header for header in table.header[:4] if header)[:60]
        raise Refused("file_unknown", file=table.name, header=shown)
    if best.layout.refuse:
        raise Refused(best.layout.refuse, file=table.name, seems=best.layout.title, owner=best.layout.owner)
    alike = [m for m in ranked if best.score - m.score < CLEAR]
    wanted = [m for m in alike if m.layout.owner in preferred or m.layout.refuse] or alike
    if len(wanted) > 1:
        titles = "・".join(m.layout.title for m in wanted)
        raise Refused("file_ambiguous", file=table.name, candidates=titles)
    return wanted[0]


def open_as_known(
    name: str, data: bytes, layouts: Sequence[Layout], preferred: Collection[str] = ()
) -> tuple[Table, Match]:
    """A file read and recognised. What does not fit as its content suggests is read once more in each way a layout asks
    for (lines before the header, a sheet by name); the faults are those of the first reading."""
    try:
        table = read_bytes(name, data)
        return table, recognise(table, [lay for lay in layouts if _reads_so(table, lay.reading)], preferred)
    except Refused as fault:
        if fault.code not in _OTHERWISE:
            raise
        for how in dict.fromkeys(layout.reading for layout in layouts if layout.reading != BY_CONTENT):
            found = _opened_so(name, data, [layout for layout in layouts if layout.reading == how], preferred)
            if found is not None:
                return found
        raise


def _reads_so(table: Table, how: Reading) -> bool:
    """Whether a table read by its content is what this way of reading gives as well."""
    plainly = (how.skip_lines, how.header_row, how.sheet) == (0, 1, "")
    if not plainly or not table.delimiter:  # a workbook has neither delimiter nor encoding
        return plainly
    encodings = {encoding.removesuffix("-sig") for encoding in how.encodings}
    fits = not encodings or table.encoding.removesuffix("-sig") in encodings
    return fits and how.delimiter in ("", table.delimiter)


_OTHERWISE = frozenset(("file_unknown", "file_lacks_columns", "file_damaged", "file_encoding", "file_empty"))


def _opened_so(
    name: str, data: bytes, layouts: Sequence[Layout], preferred: Collection[str]
) -> tuple[Table, Match] | None:
    try:
        table = read_bytes(name, data, layouts[0].reading)
        return table, recognise(table, layouts, preferred)
    except Refused as fault:
        if fault.code == "file_ambiguous":
            raise
        return None


def _refuse_incomplete(table: Table, layouts: Sequence[Layout]) -> None:
    """Refused("file_lacks_columns") for a file that is plainly of a kind but lacks what that kind cannot do without."""
    present = set(map(plain, table.header))
    for layout in layouts:
        found = positions(table, layout)
        missing = lacking(layout, found)
        if missing and len(found) >= _FEW and len(found) >= len(present) / 2 and _fits(layout, present):
            raise Refused(
                "file_lacks_columns",
                file=table.name,
                seems=layout.title,
                columns="・".join(missing),
            )


@cache
def foreign_layouts() -> tuple[Layout, ...]:
    """Files a seller also has on the desk, known only so that a refusal can name them."""
    text = files("jpship_gui.formats").joinpath("foreign.toml").read_text(encoding="utf-8")
    return tuple(
        Layout(
            id=entry["id"],
            owner=entry["owner"],
            title=entry["title"],
            columns=(),
            signature=tuple(entry["signature"]),
            refuse=entry.get("refuse", "file_other"),
        )
        for entry in tomllib.loads(text)["files"]
    )
