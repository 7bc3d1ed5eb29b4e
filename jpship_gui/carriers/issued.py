"""A carrier's issued data → our keys and its numbers, by a result layout. One reader for all carriers.

Columns are found by header name; only where no header is there by position. A file of the wrong kind is
refused whole.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from jpship_gui.carriers.base import IssuedFile, IssuedNumber
from jpship_gui.domain.delivery_state import DeliveryState
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order_key import is_key
from jpship_gui.domain.tracking_no import NumberForm, check_digit_holds, check_number, normalise
from jpship_gui.formats.cells import DamagedNumber, damaged_number
from jpship_gui.formats.layout import Layout, Row, Table

Rejected = tuple[int, str, str, str]
StateIn = Callable[[Mapping[str, str]], tuple[str, DeliveryState | None]]
_KEY_LENGTH = 9


@dataclass(frozen=True, slots=True)
class _Read:
    """Where the fields stand, and the rows that hold data."""

    places: Mapping[str, int]
    rows: tuple[Row, ...]
    by_position: bool


def read_issued(
    table: Table,
    layout: Layout,
    forms: Sequence[NumberForm],
    carrier: str,
    state_in: StateIn | None = None,
) -> IssuedFile:
    """Numbers by parcel key. Rows whose key or number cannot be trusted are rejected, each with line,
    column and reason. `state_in` tells where a parcel is from its row's values by field.

    Raises Refused: carrier_file_other (no such columns), carrier_file_is_import (no number anywhere: the
    file written for the carrier was chosen), carrier_file_empty.
    """
    read = _locate(table, layout)
    if not read.rows:
        raise Refused("carrier_file_empty", file=table.name)
    if not any(_cell(row, read.places["tracking_no"]) for row in read.rows):
        raise Refused("carrier_file_is_import", file=table.name)
    found: list[IssuedNumber] = []
    rejected: list[Rejected] = []
    deleted = _deleted(read, layout)
    for row in read.rows:
        if row.line in deleted:
            rejected.append((row.line, *deleted[row.line]))
            continue
        taken = _take_row(row, read, layout, forms, carrier)
        if isinstance(taken, IssuedNumber) and state_in is not None:
            values = {name: _cell(row, place) for name, place in read.places.items()}
            status, state = state_in(values)
            taken = replace(taken, status=status, state=state)
        if isinstance(taken, IssuedNumber):
            found.append(taken)
        else:
            rejected.append(taken)
    kept, repeated, clashing = _without_clashes(found, layout)
    return IssuedFile(kept, tuple(sorted(rejected + clashing)), repeated, read.by_position)


def _deleted(read: _Read, layout: Layout) -> dict[int, tuple[str, str, str]]:
    """Lines of rows a deletion column marks, each with column, reason and value. What the mark is was never seen, so it
    is whatever `extra.kept` does not name; and where every row bears one it marks no deletion."""
    column = next((column for column in layout.columns if column.field == "deleted"), None)
    if column is None or "deleted" not in read.places:
        return {}
    kept = {"", *column.extra.get("kept", "").split()}
    marked = {row.line: _cell(row, read.places["deleted"]) for row in read.rows}
    found = {line: text for line, text in marked.items() if text not in kept}
    if len(found) == len(marked):
        return {}
    return {line: (column.header, "carrier_row_deleted", text) for line, text in found.items()}


def known_header(text: str) -> str:
    """A header as compared: width and blanks do not count."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _locate(table: Table, layout: Layout) -> _Read:
    names: dict[str, int] = {}
    for place, name in enumerate(table.header):
        names.setdefault(known_header(name), place)
    places = {
        column.field: names[known_header(name)]
        for column in layout.columns
        for name in (*column.aliases[::-1], column.header)
        if known_header(name) in names
    }
    if all(column.field in places for column in layout.columns if column.required):
        return _Read(places, tuple(row for row in table.rows if any(row.cells)), by_position=False)
    first = Row(1, table.header)
    positions = {c.field: int(c.extra["position"]) - 1 for c in layout.columns if "position" in c.extra}
    if positions and _looks_headerless(first, positions, layout):
        rows = (first, *table.rows)
        return _Read(positions, tuple(row for row in rows if any(row.cells)), by_position=True)
    if _is_import(table, layout):
        raise Refused("carrier_file_is_import", file=table.name)
    missing = [c.header for c in layout.columns if c.required and c.field not in places]
    shown = "、".join(name for name in table.header[:5] if name)
    raise Refused(
        "carrier_file_other", file=table.name, title=layout.title, missing="、".join(missing), found=shown
    )


def _is_import(table: Table, layout: Layout) -> bool:
    """Whether this is the file written for the tool, where that has no column of numbers: our key stands in its place
    (`extra.import_key`) in a row as wide as it (`extra.import_widths`)."""
    widths = {int(width) for width in layout.extra.get("import_widths", "").split()}
    place = int(layout.extra.get("import_key", "1")) - 1
    rows = [Row(1, table.header), *table.rows[:1]]
    return any(len(row.cells) in widths and is_parcel_key(_cell(row, place)) for row in rows)


def _looks_headerless(first: Row, positions: Mapping[str, int], layout: Layout) -> bool:
    widths = {int(width) for width in layout.extra.get("widths", "").split()}
    if len(first.cells) not in widths:
        return False
    number = normalise(_cell(first, positions["tracking_no"]))
    return is_parcel_key(_cell(first, positions["parcel_key"])) or (number.isdigit() and len(number) >= 10)


def _take_row(
    row: Row, read: _Read, layout: Layout, forms: Sequence[NumberForm], carrier: str
) -> IssuedNumber | Rejected:
    headers = {column.field: column.header for column in layout.columns}
    key = unicodedata.normalize("NFKC", _cell(row, read.places["parcel_key"])).strip().upper()
    raw = _cell(row, read.places["tracking_no"])
    if not key:
        return row.line, headers["parcel_key"], "carrier_key_missing", raw
    if not is_parcel_key(key):
        return row.line, headers["parcel_key"], "carrier_key_foreign", key
    if not raw:
        return row.line, headers["tracking_no"], "carrier_number_missing", key
    number, repaired_from, code = _number(raw, forms, carrier)
    if code:
        return row.line, headers["tracking_no"], code, raw
    rest = {
        name: _cell(row, place) for name, place in read.places.items() if name in ("ship_date", "recipient")
    }
    return IssuedNumber(
        row.line, key, number, rest.get("ship_date", ""), rest.get("recipient", ""), repaired_from
    )


def _number(raw: str, forms: Sequence[NumberForm], carrier: str) -> tuple[str, str, str]:
    """Number, the damaged text it was repaired from, or the code why it cannot be taken."""
    damages = _damages(raw, [form for form in forms if form.carrier == carrier and form.algorithm])
    if damages:
        repairs = {candidate for damage in damages for candidate in damage.candidates}
        return (repairs.pop(), raw, "") if len(repairs) == 1 else ("", "", "carrier_number_damaged")
    checked = check_number(raw, forms, carrier)
    if checked.tracking_no is None:
        return "", "", f"carrier_number_{checked.reason}"
    return checked.tracking_no.digits, "", ""


def _damages(raw: str, own: Sequence[NumberForm]) -> list[DamagedNumber]:
    """What a spreadsheet did to the number, for each all-digit form; a whole number lost no zero."""
    whole = any(check_digit_holds(normalise(raw), form) for form in own)
    found = []
    for form in own:
        if form.payload[0] == 0 and form.check_index > 0:
            damage = damaged_number(raw, form.check_index + 1, partial(check_digit_holds, form=form))
            if damage is not None and not (whole and damage.code == "lost_zero"):
                found.append(damage)
    return found


def _without_clashes(
    found: Sequence[IssuedNumber], layout: Layout
) -> tuple[tuple[IssuedNumber, ...], int, list[Rejected]]:
    """Rows that say the same twice count once; one key with two numbers, or one number on two keys, is for
    a person."""
    headers = {column.field: column.header for column in layout.columns}
    unique = {(issued.parcel_key, issued.tracking_no): issued for issued in reversed(found)}
    numbers_of, keys_of = defaultdict(set), defaultdict(set)
    for key, number in unique:
        numbers_of[key].add(number)
        keys_of[number].add(key)
    kept: list[IssuedNumber] = []
    clashing: list[Rejected] = []
    for issued in reversed(unique.values()):
        if len(numbers_of[issued.parcel_key]) > 1:
            value = f"{issued.parcel_key} → {issued.tracking_no}"
            clashing.append((issued.line, headers["parcel_key"], "carrier_key_twice", value))
        elif len(keys_of[issued.tracking_no]) > 1:
            value = f"{issued.parcel_key} → {issued.tracking_no}"
            clashing.append((issued.line, headers["tracking_no"], "carrier_number_twice", value))
        else:
            kept.append(issued)
    return tuple(kept), len(found) - len(unique), clashing


def is_parcel_key(text: str) -> bool:
    """Whether a text is a parcel key of ours: the shipment's key, or that with P and the parcel's number."""
    key, rest = text[:_KEY_LENGTH], text[_KEY_LENGTH:]
    return is_key(key) and (not rest or (rest[0] == "P" and rest[1:].isdigit()))


def _cell(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""
