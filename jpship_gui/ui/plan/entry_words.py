"""One entry of the limits and days in two lines of words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jpship_gui.flows.plan.entries import AREA, PICKUP, SERVICE, ZONE, Entry
from jpship_gui.texts import text
from jpship_gui.ui import names

_CANNOT = ("closed", "no_slot", "no_cash", "no_chilled", "no_frozen")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def name_of(entry: Entry) -> str:
    """What tells it from the others."""
    return json.dumps([entry.kind, dict(entry.values)], ensure_ascii=False, sort_keys=True, default=str)


def title_of(entry: Entry, ways: Sequence[tuple[str, str]] = ()) -> str:
    """Where, or whom it is about."""
    values = entry.values
    carrier = names.carrier_name(str(values.get("carrier", "")))
    if entry.kind == SERVICE:
        way = f"{values.get('carrier', '')}/{values.get('service', '')}"
        return dict(ways).get(way) or " ".join(filter(None, (carrier, str(values.get("service", "")))))
    if entry.kind == PICKUP:
        return carrier
    if entry.kind == ZONE:
        return str(values.get("name", ""))
    island = text("planlimit.field.island") if values.get("island") else ""
    postal = "・".join(f"〒{code}" for code in values.get("postal", ()))
    return " ".join(filter(None, ("・".join(values.get("prefectures", ())), postal, island)))


def said_of(entry: Entry) -> str:
    """What it says, behind the word of its kind."""
    said = _SAID[entry.kind](entry.values)
    return "  ".join(filter(None, (text(f"planlimit.kind.{entry.kind}"), "・".join(filter(None, said)))))


def _area(values: Mapping[str, Any]) -> list[str]:
    said = [text(f"planlimit.field.{name}") for name in _CANNOT if values.get(name)]
    days = values.get("extra_days", 0)
    return [*said, text("planlimit.extra", count=days)] if days else said


def _service(values: Mapping[str, Any]) -> list[str]:
    said = [f"{values['grams'] / 1000:g}kg"] if values.get("grams") else []
    said += [f"{values['size']}cm"] if values.get("size") else []
    said += ["×".join(f"{side / 10:g}" for side in values["sides"]) + "cm"] if values.get("sides") else []
    said += [f"¥{values['value']:,}"] if values.get("value") else []
    said = [text("planlimit.up_to", most="・".join(said))] if said else []
    return said + ([text("planlimit.parcels", count=values["parcels"])] if values.get("parcels") else [])


def _pickup(values: Mapping[str, Any]) -> list[str]:
    closed = values.get("closed_weekdays", ())
    said = [text(f"day.{n}") for n, day in enumerate(_WEEKDAYS) if day in closed]
    said += [text("planlimit.field.holidays")] if values.get("holidays") else []
    return said + list(values.get("closed_days", ()))


def _zone(values: Mapping[str, Any]) -> list[str]:
    return list(values.get("prefectures", ()))


_SAID: Mapping[str, Callable[[Mapping[str, Any]], list[str]]] = {
    AREA: _area,
    SERVICE: _service,
    PICKUP: _pickup,
    ZONE: _zone,
}
