"""Label sheets of this desk: those of the build and the seller's own, and how each was measured for this printer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from jpship_gui.documents.stocks import Stock, read_stocks, shipped
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.reader import file_bytes
from jpship_gui.formats.toml_text import dumps
from jpship_gui.formats.writer import write_whole

OPTION = "label.sheets"
_FILE = "label_sheets.toml"
_LIMITS = {
    "x": (-100, 100),
    "y": (-100, 100),
    "scale": (980, 1020),
    "padding": (0, 150),
    "first": (1, 2500),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """How a sheet is printed at this desk: offset and padding in 0.1 mm, scale in 0.1 %, the first free label of the
    sheet that was begun."""

    x: int = 0
    y: int = 0
    scale: int = 1000
    padding: int = 30
    first: int = 1


def stocks(ws: Workspace) -> Mapping[str, Stock]:
    """Every sheet by id, the seller's own first; Refused("label_sheets_file") where their file cannot be read."""
    own = _own(ws)
    return {**own, **{id_: stock for id_, stock in shipped().items() if id_ not in own}}


def stock(ws: Workspace, id_: str) -> Stock:
    """One sheet; Refused("label_sheet_unknown")."""
    found = stocks(ws).get(id_)
    if found is None:
        raise Refused("label_sheet_unknown", sheet=id_, known=", ".join(stocks(ws)))
    return found


def add_stocks(ws: Workspace, path: Path) -> tuple[str, ...]:
    """Take the sheets of a file over into the seller's own; their ids. Refused("label_sheets_file")."""
    try:
        text = file_bytes(path).decode("utf-8-sig")
        found = read_stocks(text, own=True)
    except ValueError as fault:
        raise Refused("label_sheets_file", file=path.name, detail=str(fault)) from fault
    write_whole(_path(ws), dumps(_tables({**_own(ws), **found})).encode("utf-8"))
    return tuple(found)


def export_stock(ws: Workspace, id_: str, out: Path) -> None:
    """Write one sheet as a file `add_stocks` takes: the pattern for a sheet of one's own."""
    write_whole(out, dumps(_tables({id_: stock(ws, id_)})).encode("utf-8"))


def measured(ws: Workspace, id_: str) -> Measured:
    """What was kept of a sheet at this desk; values out of range fall back to the default."""
    kept: dict[str, Any] = (ws.options.get(OPTION) or {}).get(id_) or {}
    known = {f.name: f.default for f in fields(Measured)}
    good = {
        name: kept[name]
        for name, (low, high) in _LIMITS.items()
        if type(kept.get(name)) is int and low <= kept[name] <= high
    }
    return Measured(**{**known, **good})


def keep_measured(ws: Workspace, id_: str, values: Measured) -> None:
    """Keep it in the desk's settings; Refused("preset_value") names what is out of range."""
    for name, (low, high) in _LIMITS.items():
        value = getattr(values, name)
        if not low <= value <= high:
            raise Refused("preset_value", field=name, value=value, low=low, high=high)
    ws.options.set(OPTION, {**(ws.options.get(OPTION) or {}), id_: asdict(values)})


def _path(ws: Workspace) -> Path:
    return ws.places.layouts / _FILE


def _own(ws: Workspace) -> dict[str, Stock]:
    path = _path(ws)
    if not path.exists():
        return {}
    try:
        return read_stocks(path.read_text(encoding="utf-8-sig"), own=True)
    except (ValueError, OSError) as fault:
        raise Refused("label_sheets_file", file=path.name, detail=str(fault)) from fault


def _tables(found: Mapping[str, Stock]) -> dict[str, Any]:
    return {id_: _table(one) for id_, one in found.items()}


def _table(one: Stock) -> dict[str, Any]:
    table: dict[str, Any] = {"grid": list(one.grid)}
    for key in ("size", "pitch", "margin", "page"):
        table[key] = list(getattr(one, key))
    if one.maker:
        table["maker"] = list(one.maker)
    if one.name:
        table["name"] = one.name
    return table
