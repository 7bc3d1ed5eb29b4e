"""Confirmations → the file a profile's shop system takes: a new one, or the downloaded one filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.confirmation import Confirmation, ConfirmedLine, ConfirmedParcel
from jpship_gui.domain.fault import Refused
from jpship_gui.formats.filling import filled
from jpship_gui.formats.formulas import disarmed, is_key, is_live
from jpship_gui.formats.layout import Column, Layout, Reading
from jpship_gui.formats.reader import read_bytes
from jpship_gui.marketplaces.base import FilledFile, KeptFile
from jpship_gui.marketplaces.profile_data import DELIMITERS, FIRST_ROW, OutColumn, OutPart, Profile
from jpship_gui.marketplaces.profile_rows import Headers, keys_of

_FORM_PARTS = re.compile("yyyy|MM|dd|HH|mm|ss|M|d")


# What the cells hold: no key may be changed, and a day is no formula.
_KINDS = {
    **dict.fromkeys(("number", "tracking_no", "package_id", "line_id"), "id"),
    **dict.fromkeys(("ship_date", "order_date"), "date"),
    **dict.fromkeys(("line_quantity", "pieces"), "integer"),
    "ship_time": "time",
}


def confirm_layout(profile: Profile) -> Layout:
    """How the new file looks."""
    part = profile.out
    assert part is not None
    columns = tuple(
        Column(
            f"{column.field}.{n}",
            column.header,
            kind=_KINDS.get(column.field, "text"),
            required=column.field == "number",
            constant=column.text,
        )
        for n, column in enumerate(part.columns, start=1)
    )
    return Layout(
        id=f"{profile.id}.confirm",
        owner=profile.id,
        title=profile.title,
        columns=columns,
        encodings=("utf-8-sig" if part.bom else part.encoding,),
        delimiter=DELIMITERS[part.delimiter],
        quote_all=part.quoting == "all",
        quote_none=part.quoting == "never",
        line_end="\n" if part.eol == "lf" else "\r\n",
        header=part.header,
        max_rows=part.rows or None,
        extra={"ending": part.ending, "name": part.name},
    )


def rows_of(profile: Profile) -> Callable[[Iterable[Confirmation]], Iterator[tuple[str, ...]]]:
    """The function that writes its rows."""
    part = profile.out
    assert part is not None

    def rows(confirmations: Iterable[Confirmation]) -> Iterator[tuple[str, ...]]:
        for confirmation in confirmations:
            for said in _each(part, confirmation):
                yield tuple(_cell(part, column, said) for column in part.columns)

    return rows


@dataclass(frozen=True, slots=True)
class _Said:
    """What one row speaks of."""

    confirmation: Confirmation
    parcels: tuple[ConfirmedParcel, ...]
    line: ConfirmedLine | None = None


def _each(part: OutPart, confirmation: Confirmation) -> Iterator[_Said]:
    if part.each == "order" or part.mode == "fill":
        yield _Said(confirmation, confirmation.parcels)
        return
    for parcel in confirmation.parcels:
        if part.each == "parcel":
            yield _Said(confirmation, (parcel,))
            continue
        for line in parcel.lines or confirmation.lines:
            yield _Said(confirmation, (parcel,), line)


def _cell(part: OutPart, column: OutColumn, said: _Said) -> str:
    text = column.text if column.field == "constant" else _VALUES[column.field](part, column, said)
    return text or part.blank


def _numbers(part: OutPart, column: OutColumn, said: _Said) -> str:
    return part.join.join(tracking_form(parcel.tracking_no, column.form) for parcel in said.parcels)


def tracking_form(number: str, form: str) -> str:
    """A number as it stands, or in groups of four."""
    if form != "4-4-4":
        return number
    return "-".join(number[start : start + 4] for start in range(0, len(number), 4))


def dated(value: date | datetime | None, form: str) -> str:
    """A day or moment in a form of yyyy MM dd M d HH mm ss; "" where there is none."""
    if value is None:
        return ""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    parts = {
        "yyyy": f"{moment.year:04d}",
        "MM": f"{moment.month:02d}",
        "dd": f"{moment.day:02d}",
        "M": str(moment.month),
        "d": str(moment.day),
        "HH": f"{moment.hour:02d}",
        "mm": f"{moment.minute:02d}",
        "ss": f"{moment.second:02d}",
    }
    return _FORM_PARTS.sub(lambda found: parts[found.group()], form)


def _local(moment: datetime | None) -> datetime | None:
    return None if moment is None else to_jst(moment)


_VALUES: Mapping[str, Callable[[OutPart, OutColumn, _Said], str]] = {
    "number": lambda part, column, said: said.confirmation.order_id.number,
    "package_id": lambda part, column, said: said.confirmation.package_id,
    "tracking_no": _numbers,
    "carrier_code": lambda part, column, said: said.parcels[0].carrier_code,
    "carrier_name": lambda part, column, said: said.parcels[0].carrier_name or said.parcels[0].carrier_code,
    "method": lambda part, column, said: said.parcels[0].method,
    "ship_date": lambda part, column, said: dated(said.confirmation.ship_date, column.form or part.date_form),
    "ship_time": lambda part, column, said: dated(
        _local(said.confirmation.shipped_at), column.form or "HH:mm"
    ),
    "order_date": lambda part, column, said: dated(
        _local(said.confirmation.ordered_at), column.form or part.date_form
    ),
    "line_id": lambda part, column, said: said.line.line_id if said.line else "",
    "line_quantity": lambda part, column, said: str(said.line.quantity) if said.line else "",
    "pieces": lambda part, column, said: str(sum(line.quantity for line in said.confirmation.lines)),
}


# -- filling the download ----------------------------------------------------------------------------------------------


def filler(profile: Profile, how: Reading) -> Callable[[KeptFile, Sequence[Confirmation]], FilledFile]:
    """The function that fills a kept download; rows of other orders stay as they are, byte for byte."""
    part = profile.out
    assert part is not None

    def fill(kept: KeptFile, confirmations: Sequence[Confirmation]) -> FilledFile:
        table = read_bytes(kept.name, kept.data, how)
        headers = Headers(table.header)
        places = [(column, headers.find(column.header)) for column in part.columns]
        if any(place is None for _, place in places):
            return FilledFile(kept.data, 0, frozenset())
        rows = keys_of(profile, table)
        edits: dict[tuple[int, int], str] = {}
        told: set[str] = set()
        for confirmation in confirmations:
            mine = _mine(profile, rows, confirmation)
            said = next(_each(part, confirmation))
            for row in mine:
                for column, place in places:
                    assert place is not None
                    if column.field != "number":
                        edits[row, place] = _harmless(column, table.rows[row].line, _cell(part, column, said))
            if mine:
                told.add(confirmation.shipment_key)
        changed = len({row for row, _ in edits})
        return FilledFile(filled(kept.name, kept.data, edits, how), changed, frozenset(told))

    return fill


def _harmless(column: OutColumn, line: int, text: str) -> str:
    """As a new file is written: no cell is calculated by a spreadsheet, and no key is changed for that."""
    kind = _KINDS.get(column.field, "text")
    if is_key(kind) and is_live(text, kind):
        raise Refused("cell_formula", line=line, column=column.header, value=text)
    return disarmed(text, kind)


def _mine(
    profile: Profile, rows: Mapping[str, list[tuple[int, str]]], confirmation: Confirmation
) -> list[int]:
    """The order's rows; of several recipients only those of this one, of an order told on its first row that one."""
    found = rows.get(confirmation.order_id.number, [])
    if confirmation.package_id and any(package for _, package in found):
        found = [(row, package) for row, package in found if package == confirmation.package_id]
    mine = [row for row, _ in found]
    return mine[:1] if profile.rows.mode == FIRST_ROW else mine
