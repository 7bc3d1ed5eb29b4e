"""Single entries of the tables for planning, as a page edits them: what areas and services cannot do, the days a
carrier fetches, the zones of the prices (PL-08, CK-17, XT-03)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jpship_gui.domain.address import PREFECTURES
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.planning.limits import read_limits
from jpship_gui.domain.planning.prices import read_prices
from jpship_gui.domain.planning.tables import TableError
from jpship_gui.flows.plan import tables
from jpship_gui.flows.workspace import Workspace

AREA, SERVICE, PICKUP, ZONE = "area", "service", "pickup", "zone"
KINDS = (AREA, SERVICE, PICKUP, ZONE)
# At least one of these, or the entry says nothing.
_SAYS = {
    AREA: ("closed", "no_slot", "no_cash", "no_chilled", "no_frozen", "extra_days"),
    SERVICE: ("grams", "size", "sides", "value", "parcels"),
    PICKUP: ("closed_weekdays", "closed_days", "holidays"),
    ZONE: ("prefectures",),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One of them; `values` as the table has them."""

    kind: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Before:
    """A table as it was, for `restore`."""

    kind: str
    table: Mapping[str, Any]


def table_of(kind: str) -> str:
    """The table an entry of this kind stands in."""
    return tables.PRICES if kind == ZONE else tables.LIMITS


def every(ws: Workspace) -> tuple[Entry, ...]:
    """The seller's own, kind by kind, in the order of their table."""
    found = {name: tables.plain_table(ws, name) for name in (tables.LIMITS, tables.PRICES)}
    return tuple(Entry(kind, one) for kind in KINDS for one in found[table_of(kind)].get(kind, ()))


def keep(ws: Workspace, entry: Entry, instead: Entry | None = None) -> Before:
    """Write an entry, in place of another of its kind where it is that one changed, and plan everything open with it.

    Refused("plan_entry_invalid") names the field; ("plan_entry_changed") where the other is not there any more;
    ("plan_table_service"); ("plan_entry_empty") where it limits nothing.
    """
    _must_be_right(entry)
    return _write(ws, entry.kind, instead, [dict(entry.values)])


def remove(ws: Workspace, entry: Entry) -> Before:
    """Take an entry out of its table; Refused("plan_entry_changed")."""
    return _write(ws, entry.kind, entry, [])


def restore(ws: Workspace, before: Before) -> None:
    """The table as it was."""
    tables.keep(ws, before.kind, before.table)


def _must_be_right(entry: Entry) -> None:
    try:
        (read_prices if entry.kind == ZONE else read_limits)({entry.kind: [dict(entry.values)]})
    except TableError as error:
        field = error.where.split(".")[2]  # `area.1.postal`, or `area.1.postal.2`
        raise Refused("plan_entry_invalid", field=field, value=error.found) from error
    values = entry.values
    unknown = [one for one in values.get("prefectures", ()) if one not in PREFECTURES]
    wrong = [one for one in values.get("postal", ()) if not one.isdecimal() or len(one) > 7]
    if unknown or wrong:
        field = "prefectures" if unknown else "postal"
        raise Refused("plan_entry_invalid", field=field, value="、".join(unknown or wrong))
    if not any(values.get(name) for name in _SAYS[entry.kind]):
        raise Refused("plan_entry_empty")


def _write(ws: Workspace, kind: str, instead: Entry | None, rows: list[dict[str, Any]]) -> Before:
    table = table_of(kind)
    with ws.store.transaction():
        before = tables.plain_table(ws, table)
        found = list(before.get(kind, ()))
        place = len(found)
        if instead is not None:
            if instead.values not in found:
                raise Refused("plan_entry_changed")
            place = found.index(instead.values)
            del found[place]
        tables.put(ws, table, {**before, kind: [*found[:place], *rows, *found[place:]]})
    return Before(table, before)
