"""A marketplace's folder of data → frozen values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jpship_gui.formats.layout import Column, Layout
from jpship_gui.marketplaces.base import Credential, DatedCode, NumberRule, Takes
from jpship_gui.settings.options import Option, read_declarations


class DataError(ValueError):
    """A data file of the program itself is wrong; names file and place."""


@cache
def data(package: str, name: str) -> dict[str, Any]:
    """A TOML file of a marketplace's folder; treat as read-only."""
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


def layouts(package: str, name: str) -> tuple[Layout, ...]:
    """Layouts of orders.toml or confirm.toml, belonging to the marketplace whose folder it lies in. With `columns_of` a
    layout has the columns of another one of the same file before its own, which replace those of the same field."""
    entries = {entry["id"]: entry for entry in data(package, name)["layouts"]}
    return tuple(_layout(package, name, dict(entry), entries) for entry in entries.values())


def _layout(package: str, name: str, entry: dict[str, Any], others: Mapping[str, Any]) -> Layout:
    entry.pop("source", None)
    own = entry.pop("columns")
    replaced = {column["field"] for column in own}
    shared = others[entry.pop("columns_of")]["columns"] if "columns_of" in entry else []
    columns = tuple(
        Column(**_tuples(column))
        for column in (*(one for one in shared if one["field"] not in replaced), *own)
    )
    fields = [column.field for column in columns]
    if len(set(fields)) != len(fields):
        raise DataError(f"{package} {name} {entry['id']}: a field stands twice")
    return Layout(owner=package.rpartition(".")[2], columns=columns, **_tuples(entry))


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _tuple(values: list[Any]) -> tuple[Any, ...]:
    return tuple(_tuple(value) if isinstance(value, list) else value for value in values)


def carrier_codes(package: str) -> tuple[DatedCode, ...]:
    """Carrier codes of codes.toml; every entry has a source, its own or the table's."""
    table = data(package, "codes.toml")["carriers"]
    return tuple(_code(entry, table["source"]) for entry in table["codes"])


def _code(entry: Mapping[str, Any], source: str) -> DatedCode:
    start = entry.get("valid_from")
    return DatedCode(
        carrier=entry["carrier"],
        code=entry["code"],
        name=entry["name"],
        service=entry.get("service", ""),
        valid_from=start if isinstance(start, date) else None,
        source=entry.get("source", source),
        method=entry.get("method", ""),
        carrier_name=entry.get("carrier_name", ""),
        also=tuple(entry.get("also", ())),
    )


def takes(package: str) -> tuple[Takes, ...]:
    """What the marketplace takes, of limits.toml; every entry has source and grade."""
    return tuple(Takes(**_tuples(entry)) for entry in data(package, "limits.toml")["takes"])


def number_rules(package: str) -> tuple[NumberRule, ...]:
    """Forms of tracking numbers it asks for, of limits.toml."""
    return tuple(NumberRule(**entry) for entry in data(package, "limits.toml").get("numbers", ()))


def credentials(package: str) -> tuple[Credential, ...]:
    """What expires, of credentials.toml."""
    return tuple(Credential(**_tuples(entry)) for entry in data(package, "credentials.toml")["credentials"])


def options(package: str) -> Mapping[str, Option]:
    """The marketplace's own settings of a shop, declared like jpship's own (settings/options.toml)."""
    return read_declarations(Path(str(files(package).joinpath("options.toml"))))
