"""The shop's own prices, a sheet for each service and time: zones down, sizes and weights across (PL-06)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.planning.prices import Price, read_prices
from jpship_gui.domain.planning.tables import TableError
from jpship_gui.flows.check.plan_tables import prices_of, table_of
from jpship_gui.flows.plan import tables
from jpship_gui.flows.workspace import Workspace

Step = tuple[int | None, int | None]  # size in centimetres, weight in grams; None = any
ANY: Step = (None, None)
_STEP = re.compile(
    r"(?:(\d{1,4})(?:\s*cm)?(?:\s*[/・]\s*(?=\d)|$))?(?:(\d{1,3}(?:\.\d)?)\s*kg|(\d{1,6})\s*g)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """Prices of one service from one zone ("" = wherever the shop is) while they are valid; a zone "" = everywhere."""

    carrier: str
    service: str
    from_zone: str = ""
    since: date | None = None
    until: date | None = None
    zones: tuple[str, ...] = ("",)
    steps: tuple[Step, ...] = (ANY,)
    yen: Mapping[tuple[str, Step], int] = field(default_factory=dict)

    @property
    def name(self) -> tuple[str, str, str, date | None, date | None]:
        """What tells it from the others."""
        return self.carrier, self.service, self.from_zone, self.since, self.until


def read_step(words: str) -> Step | None:
    """`60`, `80cm`, `2kg`, `500g`, `60/2kg`; `-` for any; None for what is none of these."""
    bare = words.strip().translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    if bare in ("-", "–"):
        return ANY
    found = _STEP.fullmatch(bare) if bare else None
    if found is None:
        return None
    size, kilos, grams = found.groups()
    weight = round(float(kilos) * 1000) if kilos else int(grams) if grams else None
    return (int(size) if size else None, weight)


def step_words(step: Step) -> str:
    """The reverse of `read_step`."""
    size, grams = step
    weight = "" if grams is None else f"{grams / 1000:g}kg" if grams >= 1000 else f"{grams}g"
    return "/".join(filter(None, (str(size) if size is not None else "", weight))) or "-"


def sheets(ws: Workspace) -> tuple[PriceSheet, ...]:
    """All of them, by carrier and service, the newest first."""
    groups: dict[tuple[Any, ...], list[Price]] = {}
    for price in prices_of(ws).prices:
        name = (price.carrier, price.service, price.from_zone, price.valid_from, price.valid_until)
        groups.setdefault(name, []).append(price)
    made = [_sheet(name, found) for name, found in groups.items()]
    return tuple(
        sorted(made, key=lambda one: (one.carrier, one.service, -(one.since or date.min).toordinal()))
    )


def zones_of(ws: Workspace) -> tuple[str, ...]:
    """Names of the zones the table groups prefectures by."""
    return tuple(dict.fromkeys(zone.name for zone in prices_of(ws).zones))


def keep(ws: Workspace, sheet: PriceSheet, instead: PriceSheet | None = None) -> Mapping[str, Any]:
    """Write a sheet, in place of another where it is that one changed, and plan everything open with it. Returns the
    table there was, for `restore`. Refused("prices_empty", "prices_twice", "prices_invalid")."""
    if not sheet.yen:
        raise Refused("prices_empty")
    others = [one for one in sheets(ws) if instead is None or one.name != instead.name]
    if any(one.name == sheet.name for one in others):
        raise Refused("prices_twice")
    return _write(ws, instead, _rows(sheet))


def remove(ws: Workspace, sheet: PriceSheet) -> Mapping[str, Any]:
    """Take a sheet out of the table; returns the table there was."""
    return _write(ws, sheet, [])


def restore(ws: Workspace, body: Mapping[str, Any]) -> None:
    """A table as it was."""
    tables.keep(ws, tables.PRICES, body)


def _sheet(name: tuple[Any, ...], found: list[Price]) -> PriceSheet:
    zones = tuple(dict.fromkeys(price.to_zone for price in found))
    steps = sorted({(price.size, price.grams) for price in found}, key=lambda s: (s[0] or 0, s[1] or 0))
    carrier, service, start, since, until = name
    return PriceSheet(
        carrier,
        service,
        start,
        since,
        until,
        zones,
        tuple(steps),
        {(p.to_zone, (p.size, p.grams)): p.yen for p in found},
    )


def _rows(sheet: PriceSheet) -> list[dict[str, Any]]:
    made = []
    for (zone, (size, grams)), yen in sheet.yen.items():
        row = {
            "carrier": sheet.carrier,
            "service": sheet.service,
            "yen": yen,
            "from_zone": sheet.from_zone,
            "to_zone": zone,
            "size": size,
            "grams": grams,
            "valid_from": sheet.since.isoformat() if sheet.since else None,
            "valid_until": sheet.until.isoformat() if sheet.until else None,
        }
        made.append({name: value for name, value in row.items() if value not in (None, "")})
    return made


def _write(ws: Workspace, instead: PriceSheet | None, rows: list[dict[str, Any]]) -> Mapping[str, Any]:
    with ws.store.transaction():
        before = table_of(ws, tables.PRICES)
        kept = [row for row in before.get("price", []) if instead is None or _name_of(row) != instead.name]
        body = {**before, "price": [*kept, *rows]}
        try:
            read_prices(body)
        except TableError as error:
            raise Refused("prices_invalid", where=error.where, found=error.found) from error
        tables.keep(ws, tables.PRICES, body)
    return before


def _name_of(row: Mapping[str, Any]) -> tuple[str, str, str, date | None, date | None]:
    (price,) = read_prices({"price": [dict(row)]}).prices
    return price.carrier, price.service, price.from_zone, price.valid_from, price.valid_until
