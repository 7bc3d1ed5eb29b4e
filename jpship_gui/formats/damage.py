"""Spreadsheet damage in order files: noticed cell by cell, repaired only where exactly one original is possible
(IN-06)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import itemgetter

from jpship_gui.formats.formulas import restored
from jpship_gui.formats.layout import Column, Damage, Layout, Rejection, Table

LOST_ZERO_POSTAL = "lost_zero_postal"
LOST_ZERO_PHONE = "lost_zero_phone"
PHONE_UNCERTAIN = "phone_uncertain"
US_DATE = "us_date"
DATE_SERIAL = "date_serial"
DATE_UNCERTAIN = "date_uncertain"
HIDDEN_CHARACTERS = "hidden_characters"

_EXPONENT = re.compile(r"^\d(?:[.,]\d+)?E\+?\d+$", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+(\d{1,2}:\d{2}(?::\d{2})?))?$")
_SERIAL = re.compile(r"^[3-7]\d{4}(?:\.\d+)?$")
_SUSPECT_DATE = re.compile(r"\n(?:\d{1,2}/|[3-7]\d{4}(?:[.\n]|$))")
_DATE_IN_TEXT = re.compile(
    r"^(?:\d{4}/\d{1,2}/\d{1,2}|\d{1,2}月\d{1,2}日|(?:19|20)\d{2}-\d{2}-\d{2}|[A-Z][a-z]{2}-\d{2})$"
)
# No width, or they turn the writing round: nobody sees them, yet two numbers that differ by one are two numbers.
_HIDDEN = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
_ERRORS = frozenset({"#NAME?", "#REF!", "#VALUE!", "#N/A", "#DIV/0!", "#NULL!", "#NUM!"})
_EPOCH = datetime(1899, 12, 30)
_WHOLE = 7  # digits of a postal code in one cell
_FOUR_AND_FOUR = frozenset(
    {"070", "080", "090", "050"}
)  # lengths of parts 2 and 3 are fixed: Rakuten reference 2.4
_OTHER_PARTS = frozenset({"0120", "0800", "0570"})  # service numbers whose parts are not those of land lines


@dataclass(slots=True)
class Mended:
    """Rows with accepted repairs put in (untouched rows are the table's own tuples), and what was found by row
    index."""

    rows: list[tuple[str, ...]]
    damages: dict[int, list[Damage]] = field(default_factory=dict)
    rejections: dict[int, list[Rejection]] = field(default_factory=dict)

    def column(self, at: int) -> Iterator[str]:
        """The cells of one column, top to bottom."""
        return map(itemgetter(at), self.rows)

    def joined(self, at: int) -> str:
        """The same as one text, every cell after a line break."""
        return "\n" + "\n".join(self.column(at))

    def note(self, index: int, damage: Damage) -> None:
        self.damages.setdefault(index, []).append(damage)

    def put(self, index: int, position: int, value: str) -> None:
        cells = list(self.rows[index])
        cells[position] = value
        self.rows[index] = tuple(cells)


@dataclass(frozen=True, slots=True)
class Noted:
    """What was found by row index before the cells are examined here."""

    damages: Mapping[int, Sequence[Damage]] = field(default_factory=dict)
    rejections: Mapping[int, Sequence[Rejection]] = field(default_factory=dict)


NOTHING_NOTED = Noted()


def mend(
    table: Table,
    layout: Layout,
    positions: Mapping[str, int],
    refused: frozenset[str] = frozenset(),
    noted: Noted = NOTHING_NOTED,
) -> Mended:
    """Examine every cell whose column can be damaged. `positions` are the cells' places by field; repairs whose code
    is in `refused` are found but not put in."""
    width = len(table.header)
    rows = [
        r.cells if len(r.cells) >= width else r.cells + ("",) * (width - len(r.cells)) for r in table.rows
    ]
    found = Mended(
        rows,
        {index: list(damages) for index, damages in noted.damages.items()},
        {index: list(rejections) for index, rejections in noted.rejections.items()},
    )
    columns = {c.field: c for c in layout.columns if c.field in positions}
    _reject_long_rows(table, found)
    _mend_hidden(table, columns, positions, found, refused)
    _reject_lost_cells(table, columns, positions, found)
    for prefix in _prefixes(columns, ".postal_1"):
        _mend_postal(table, columns, positions, prefix, found, refused)
    for prefix in _prefixes(columns, ".phone_1"):
        _mend_phone(table, columns, positions, prefix, found, refused)
    _mend_dates(table, layout, columns, positions, found, refused)
    return found


def _prefixes(columns: Iterable[str], suffix: str) -> list[str]:
    return [name.removesuffix(suffix) for name in columns if name.endswith(suffix)]


def _reject_long_rows(table: Table, found: Mended) -> None:
    width = len(table.header)
    for index, row in enumerate(table.rows):
        if len(row.cells) > width and any(row.cells[width:]):
            extra = next(cell for cell in row.cells[width:] if cell)
            column = str(row.cells.index(extra, width) + 1)
            found.rejections.setdefault(index, []).append(Rejection(row.line, column, "row_too_long", extra))


def without_hidden(text: str) -> str:
    """A text without the characters nobody sees."""
    return text if text.isascii() else _HIDDEN.sub("", text)


def _mend_hidden(
    table: Table,
    columns: Mapping[str, Column],
    positions: Mapping[str, int],
    found: Mended,
    refused: frozenset[str],
) -> None:
    """Identifiers without what nobody sees in them (pasted from a web page, or put there to deceive)."""
    for at in (positions[name] for name, column in columns.items() if column.kind == "id"):
        if not _HIDDEN.search(found.joined(at)):
            continue
        for index, cells in enumerate(found.rows):
            mended = without_hidden(cells[at])
            if mended != cells[at]:
                shown = _HIDDEN.sub(lambda hidden: f"<U+{ord(hidden[0]):04X}>", cells[at])
                line = table.line_of(index, at)
                found.note(index, Damage(line, table.header[at], HIDDEN_CHARACTERS, shown, mended))
                if HIDDEN_CHARACTERS not in refused:
                    found.put(index, at, mended)


def _reject_lost_cells(
    table: Table, columns: Mapping[str, Column], positions: Mapping[str, int], found: Mended
) -> None:
    """Cells whose content cannot be had back: exponents and dates in identifiers and streets, formula errors."""
    with_types = bool(table.rows and table.rows[0].types)
    for name, column in columns.items():
        kind = "street" if name.endswith(".street") else column.kind
        if kind not in _LOSSES:
            continue
        at = positions[name]
        suspect, judge = _LOSSES[kind]
        typed = with_types and kind != "text"
        # Thousands of cells are looked at as one text: nearly no column has anything to be judged cell by cell.
        if not typed and not suspect.search(found.joined(at)):
            continue
        _restore(found, at)
        for index, text in enumerate(list(found.column(at))):
            is_date = typed and table.rows[index].types[at : at + 1] in ("d", "t")
            code = judge(text) or ("date_in_text" if is_date else "")
            if code:
                line = table.line_of(index, at)
                rejection = Rejection(line, table.header[at], code, text, file=table.file_of(at))
                found.rejections.setdefault(index, []).append(rejection)


def _restore(found: Mended, at: int) -> None:
    """Cells of a column as they were before somebody disarmed them for a spreadsheet."""
    for index, text in enumerate(list(found.column(at))):
        if restored(text) != text:
            found.put(index, at, restored(text))


def _lost_identifier(value: str) -> str:
    if _EXPONENT.match(value):
        return "digits_lost"
    return "spreadsheet_error" if value in _ERRORS else ""


def _lost_street(value: str) -> str:
    if _DATE_IN_TEXT.match(value):
        return "date_in_text"
    return _lost_identifier(value)


def _lost_text(value: str) -> str:
    return "spreadsheet_error" if value in _ERRORS else ""


# By kind: what a column must hold for its cells to be looked at one by one, and the judge of a cell.
_LOSSES: dict[str, tuple[re.Pattern[str], Callable[[str], str]]] = {
    "id": (re.compile(r"\n(?:['#]|\d(?:[.,]\d+)?E)", re.IGNORECASE), _lost_identifier),
    "street": (re.compile(r"\n(?:['#\d]|[A-Z][a-z]{2}-)"), _lost_street),
    "text": (re.compile(r"\n['#]"), _lost_text),
}


def _mend_postal(
    table: Table,
    columns: Mapping[str, Column],
    positions: Mapping[str, int],
    prefix: str,
    found: Mended,
    refused: frozenset[str],
) -> None:
    parts = [f"{prefix}.postal_{n}" for n in (1, 2) if f"{prefix}.postal_{n}" in columns]
    places = [(positions[p], columns[p].length or 0) for p in parts]
    doubtful = {at: {text for text in set(found.column(at)) if text and len(text) != n} for at, n in places}
    if not any(doubtful.values()):
        return
    for index, cells in enumerate(found.rows):
        if all(len(cells[at]) == length or not cells[at] for at, length in places):
            continue
        if any(len(cells[at]) > length or not cells[at].isdecimal() for at, length in places if cells[at]):
            continue
        if any(length == _WHOLE and 0 < len(cells[at]) < _WHOLE - 2 for at, length in places):
            continue  # codes begin at 001: a whole one never lost more than two zeros
        mended = [cells[at].zfill(length) if cells[at] else "" for at, length in places]
        _propose(table, found, refused, index, [at for at, _ in places], mended, LOST_ZERO_POSTAL)


def _propose(
    table: Table,
    found: Mended,
    refused: frozenset[str],
    index: int,
    places: Sequence[int],
    mended: Sequence[str],
    code: str,
) -> None:
    """Note one repair of neighbouring cells, and put it in unless its kind is refused."""
    cells = found.rows[index]
    before = "-".join(filter(None, (cells[at] for at in places)))
    after = "-".join(filter(None, mended))
    line = table.line_of(index, places[0])
    found.note(index, Damage(line, table.header[places[0]], code, before, after))
    if code not in refused:
        for at, value in zip(places, mended, strict=True):
            found.put(index, at, value)


def _mend_phone(
    table: Table,
    columns: Mapping[str, Column],
    positions: Mapping[str, int],
    prefix: str,
    found: Mended,
    refused: frozenset[str],
) -> None:
    places = [positions[f"{prefix}.phone_{n}"] for n in (1, 2, 3) if f"{prefix}.phone_{n}" in columns]
    for index, text in enumerate(list(found.column(places[0]))):
        if text[:1] == "0":
            continue
        cells = found.rows[index]
        first = next((cells[at] for at in places if cells[at]), "0")
        if first[0] == "0" or first == "999" or not first.isdecimal():
            continue  # 999-9999-9999 stands for a recipient not yet named (Rakuten reference 4.4)
        mended = mend_phone([cells[at] for at in places])
        if mended is None:
            before = "-".join(filter(None, (cells[at] for at in places)))
            line = table.line_of(index, places[0])
            found.note(index, Damage(line, table.header[places[0]], PHONE_UNCERTAIN, before))
        else:
            _propose(table, found, refused, index, places, mended, LOST_ZERO_PHONE)


def mend_phone(parts: Sequence[str]) -> list[str] | None:
    """The parts with their zeros back, or None where more than one number is possible.

    Mobile and IP numbers have 3-4-4 digits; of land lines part 3 has 4 and the whole 10 (Rakuten reference 2.4).
    """
    filled = [n for n, part in enumerate(parts) if part]
    if any(not parts[n].isdecimal() for n in filled):
        return None
    mended = list(parts)
    mended[filled[0]] = "0" + parts[filled[0]]
    head = mended[filled[0]]
    total = sum(map(len, mended))
    if len(filled) == 1:
        return mended if total == (11 if head[:3] in _FOUR_AND_FOUR else 10) else None
    if len(filled) == 3 and head in _FOUR_AND_FOUR:
        mended[1:] = [part.zfill(4) for part in mended[1:]]
        return mended if sum(map(len, mended)) == 11 else None
    if total == 10 or (total == 11 and head == "0800"):
        return mended
    if len(filled) < 3 or head in _OTHER_PARTS:
        return mended if total == 11 and head[:3] in _FOUR_AND_FOUR else None
    mended[2] = mended[2].zfill(4)
    return mended if sum(map(len, mended)) == 10 else None


def _mend_dates(
    table: Table,
    layout: Layout,
    columns: Mapping[str, Column],
    positions: Mapping[str, int],
    found: Mended,
    refused: frozenset[str],
) -> None:
    """Month-first dates and serial numbers back to `YYYY-MM-DD`, the former only when the file itself proves the
    order."""
    suspects: list[tuple[int, set[str]]] = []
    for name, column in columns.items():
        if column.kind in ("date", "datetime"):
            at = positions[name]
            if not _SUSPECT_DATE.search(found.joined(at)):
                continue
            odd = {v for v in set(found.column(at)) if _MONTH_FIRST.match(v) or _SERIAL.match(v)}
            if odd:
                suspects.append((at, odd))
    if not suspects:
        return
    proven = _month_first_proven(layout, positions, found.rows, suspects)
    for at, odd in suspects:
        cures = {value: _cure_date(value, proven) for value in odd}
        for index, cells in enumerate(found.rows):
            if cells[at] not in odd:
                continue
            code, mended = cures[cells[at]]
            if mended is None:
                line, header = table.line_of(index, at), table.header[at]
                found.note(index, Damage(line, header, code, cells[at]))
            else:
                _propose(table, found, refused, index, [at], [mended], code)


def _month_first_proven(
    layout: Layout,
    positions: Mapping[str, int],
    rows: Sequence[tuple[str, ...]],
    suspects: Sequence[tuple[int, set[str]]],
) -> bool:
    """True when some date can only be month first and none can only be day first; the order number's own date decides
    where days up to the 12th leave it open."""
    month_first = day_first = False
    for _, values in suspects:
        for match in filter(None, map(_MONTH_FIRST.match, values)):
            month_first |= int(match[2]) > 12
            day_first |= int(match[1]) > 12
    in_number = layout.extra.get("date_in_number", "")
    at, number_at = positions.get("ordered_at", positions.get("ordered_day")), positions.get("number")
    if in_number and at is not None and number_at is not None:
        pattern = re.compile(in_number)
        for cells in rows:
            written, stated = _MONTH_FIRST.match(cells[at]), pattern.match(cells[number_at])
            if written and stated and written[1] != written[2]:
                month, day = int(stated[2]), int(stated[3])
                month_first |= (int(written[1]), int(written[2])) == (month, day)
                day_first |= (int(written[2]), int(written[1])) == (month, day)
    return month_first and not day_first


def _cure_date(value: str, month_first: bool) -> tuple[str, str | None]:
    match = _MONTH_FIRST.match(value)
    if match is None:
        moment = _EPOCH + timedelta(days=float(value))
        moment = (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
        return DATE_SERIAL, f"{moment:%Y-%m-%d}" if "." not in value else f"{moment:%Y-%m-%d %H:%M}"
    first, second, year, clock = match.groups()
    if not month_first and first != second:
        return DATE_UNCERTAIN, None
    try:
        day = date(int(year), int(first), int(second))
    except ValueError:
        return DATE_UNCERTAIN, None
    return US_DATE, f"{day.isoformat()} {clock}" if clock else day.isoformat()
