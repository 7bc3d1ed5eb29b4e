"""Consignments → rows of a carrier's layout: required columns, lengths and characters are checked here for
every carrier."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jpship_gui.carriers.base import Consignment, HandoverResult, Variant, blocking
from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.domain.shipment import Parcel
from jpship_gui.formats import cp932
from jpship_gui.formats.formulas import disarmed
from jpship_gui.formats.layout import Column, Layout
from jpship_gui.formats.writer import header_of, row_of

_BREAKS = re.compile(r"[\t\r\n\v\f\x00-\x1f]+")


@dataclass(slots=True)
class Filled:
    """What a carrier's own code says of one parcel: values by field, and what it found."""

    values: dict[str, str]
    problems: list[Problem] = field(default_factory=list)


Fill = Callable[[Consignment, Parcel], Filled]


def write_rows(
    layout: Layout, consignments: Sequence[Consignment], fill: Fill, variants: Sequence[Variant] = ()
) -> HandoverResult:
    """One row a parcel. A consignment with a problem that is no mere warning is left out whole."""
    rows: list[tuple[str, ...]] = []
    keys: list[str] = []
    problems: dict[str, tuple[Problem, ...]] = {}
    notes: dict[str, tuple[Problem, ...]] = {}
    for consignment in consignments:
        made = [
            _row(layout, fill(consignment, parcel), consignment, variants) for parcel in consignment.parcels
        ]
        found = _once(problem for _, own in made for problem in own)
        key = consignment.shipment.key
        if blocking(found):
            problems[key] = found
            continue
        if found:
            notes[key] = found
        rows += [row for row, _ in made]
        keys += [parcel.key for parcel in consignment.parcels]
    header = header_of(layout) if layout.header else ()
    return HandoverResult(header, tuple(rows), tuple(keys), problems, notes)


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each finding once: the parcels of a shipment mostly share theirs."""
    kept: list[Problem] = []
    for found in problems:
        if found not in kept:
            kept.append(found)
    return tuple(kept)


def _row(
    layout: Layout, filled: Filled, consignment: Consignment, variants: Sequence[Variant]
) -> tuple[tuple[str, ...], list[Problem]]:
    problems = list(filled.problems)
    told = {problem.field for problem in problems if problem.severity is not Severity.WARN}
    service = filled.values.get("service_code", "")
    values: dict[str, str] = {}
    for column in layout.columns:
        given = filled.values.get(column.field, column.constant)
        plain = given.isascii() and given.isalnum()  # a code, a number, a key: nothing to clean or to replace
        text = given if plain else clean(given) if given else ""
        if plain:
            found = _length(column, text)
        elif text:
            text, noted = _harmless(column, text)
            text, characters = _characters(column, text, variants, consignment)
            problems += [*noted, *characters]
            found = _length(column, text)
        else:  # most columns of most rows
            found = _required(column, service)
        if found and about(column) not in told:
            problems += found
        values[column.field] = text
    return row_of(layout, values), problems


def clean(text: str) -> str:
    """Line breaks, tabs and double quotes have no place in a field: a blank, and a quote naive readers do
    not split at."""
    return cp932.mapped(_BREAKS.sub(" ", text).strip().replace('"', "”"))


def _harmless(column: Column, text: str) -> tuple[str, list[Problem]]:
    """The text as no spreadsheet calculates it; shown, as the waybill will bear it."""
    harmless = disarmed(text, column.kind)
    if harmless == text:
        return text, []
    return harmless, [problem("carrier_formula", column, Severity.WARN, text=text, shown=harmless)]


def about(column: Column) -> str:
    """The field of jpship a problem with this column is shown at."""
    return column.extra.get("about", column.field)


def problem(code: str, column: Column, severity: Severity = Severity.BLOCK, **values: str) -> Problem:
    """A problem that names the column as the carrier's screen does."""
    return Problem(code, severity, about(column), {"column": column.header, **values})


def _required(column: Column, service: str) -> list[Problem]:
    if not column.required or service in column.extra.get("not_for", "").split():
        return []
    if column.extra.get("lacking") == "told":
        return [problem("carrier_setting_missing", column, Severity.WARN)]
    return [problem("carrier_missing", column)]


def _length(column: Column, text: str) -> list[Problem]:
    if column.max_bytes is None or cp932.length(text) <= column.max_bytes:
        return []
    return [
        problem(
            "carrier_too_long",
            column,
            limit=str(column.max_bytes // 2),
            length=str((cp932.length(text) + 1) // 2),
            text=text,
        )
    ]


def _characters(
    column: Column, text: str, variants: Sequence[Variant], consignment: Consignment
) -> tuple[str, list[Problem]]:
    """The text as it may be written; characters are replaced only where a person agreed to the proposal."""
    table: Mapping[str, str] = {variant.found: variant.instead for variant in variants}
    outside, doubtful = cp932.unencodable(text), [c for c in cp932.beyond_jis(text) if c in table]
    if not outside and not doubtful:
        return text, []
    proposal = "".join(table.get(character, character) for character in text)
    if consignment.agreed and not cp932.unencodable(proposal):
        note = problem("carrier_replaced", column, Severity.WARN, text=text, proposal=proposal)
        return proposal, [note]
    if outside:
        known = not cp932.unencodable(proposal)
        code = "carrier_characters_proposal" if known else "carrier_characters"
        found = problem(
            code,
            column,
            characters=" ".join(map(_shown, outside)),
            text=text,
            proposal=proposal if known else "",
        )
        return text, [replace(found, repairs=_repairs(found.field, consignment, table) if known else ())]
    note = problem(
        "carrier_doubtful", column, Severity.WARN, characters=" ".join(doubtful), text=text, proposal=proposal
    )
    return text, [note]


_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # never visible by themselves


def _shown(character: str) -> str:
    """A character as a person can see it."""
    return f"U+{ord(character):04X}" if _SELECTORS.match(character) else character


_REPAIR_KINDS = {"recipient.name": "set_name"}


def _repairs(field: str, consignment: Consignment, table: Mapping[str, str]) -> tuple[Repair, ...]:
    """The replacement as a repair of the recipient's own field; other fields are mended where they come
    from."""
    owner, _, name = field.partition(".")
    if owner != "recipient":
        return ()
    text = str(getattr(consignment.shipment.recipient, name))
    proposal = "".join(table.get(character, character) for character in text)
    return (Repair(_REPAIR_KINDS.get(field, "set_address"), {name: proposal}),)
