"""How each document is printed at this desk: queue, paper, tray, copies, resolution (PR-10)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.workspace import Workspace

DOCUMENTS = {
    "slip": "printer.slip",
    "picklist_total": "printer.picklist",
    "picklist_order": "printer.picklist",
    "label": "printer.label",
}


@dataclass(frozen=True, slots=True)
class Preset:
    """`printer` "" = the system's default queue; `media` and `tray` as the queue calls them, "" = its own choice;
    offsets in 0.1 mm, right and down."""

    printer: str = ""
    media: str = "A4"
    tray: str = ""
    copies: int = 1
    dpi: int = 300
    offset_x: int = 0
    offset_y: int = 0


_LIMITS = {"copies": (1, 99), "dpi": (150, 1200), "offset_x": (-100, 100), "offset_y": (-100, 100)}


def preset(ws: Workspace, document: str) -> Preset:
    """The desk's preset of a document; values that no longer fit fall back to the default."""
    stored: dict[str, Any] = ws.options.get(DOCUMENTS[document]) or {}
    known = {f.name: f.default for f in fields(Preset)}
    given = {name: stored[name] for name in known if type(stored.get(name)) is type(known[name])}
    good = {n: v for n, v in given.items() if n not in _LIMITS or _LIMITS[n][0] <= v <= _LIMITS[n][1]}
    return Preset(**good)


def set_preset(ws: Workspace, document: str, chosen: Preset) -> None:
    """Keep a preset in the desk's settings; Refused("preset_value") names the field that is out of range."""
    for name, (low, high) in _LIMITS.items():
        value = getattr(chosen, name)
        if not low <= value <= high:
            raise Refused("preset_value", field=name, value=value, low=low, high=high)
    ws.options.set(DOCUMENTS[document], asdict(chosen))
