"""How each document is printed at this desk: queue, paper, tray, copies, resolution (PR-10)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.workspace import Workspace

DOCUMENTS = {
    "slip": "slip",
    "picklist_total": "picklist",
    "picklist_order": "picklist",
    "label": "label",
}
NAMES = ("slip", "picklist", "desk", "label", "a4labels", "form", "receipt", "noshi", "card")


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
_DEFAULTS = {"label": Preset(media="Custom.100x150mm", dpi=203), "card": Preset(media="Postcard")}


def preset(ws: Workspace, document: str) -> Preset:
    """The desk's preset of slip, pick list or label; values that no longer fit fall back to the default."""
    return named(ws, DOCUMENTS[document])


def named(ws: Workspace, name: str) -> Preset:
    """The preset of that name; for a paper that declares itself ask `kinds.preset_of`."""
    stored: dict[str, Any] = ws.options.get(f"printer.{name}") or {}
    default = _DEFAULTS.get(name, Preset())
    known = {f.name: getattr(default, f.name) for f in fields(Preset)}
    given = {name: stored[name] for name in known if type(stored.get(name)) is type(known[name])}
    good = {n: v for n, v in given.items() if n not in _LIMITS or _LIMITS[n][0] <= v <= _LIMITS[n][1]}
    return Preset(**{**known, **good})


def set_preset(ws: Workspace, document: str, chosen: Preset) -> None:
    """Keep a document's preset, as `set_named`."""
    set_named(ws, DOCUMENTS[document], chosen)


def set_named(ws: Workspace, name: str, chosen: Preset) -> None:
    """Keep a preset in the desk's settings; Refused("preset_value") names the field that is out of range."""
    for field, (low, high) in _LIMITS.items():
        value = getattr(chosen, field)
        if not low <= value <= high:
            raise Refused("preset_value", field=field, value=value, low=low, high=high)
    ws.options.set(f"printer.{name}", asdict(chosen))
