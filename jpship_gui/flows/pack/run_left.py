"""How many parcels a run still has: a figure for the page, counted beside the window's thread."""

from __future__ import annotations

from jpship_gui.domain.packing.state import ANY_GOODS
from jpship_gui.flows.pack.surroundings import label_shops
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import run_mode


def run_left(ws: Workspace, run: str) -> int:
    """Of the goods of this run (`State.run`), or of all that can run; 0 when no run is on."""
    if not run:
        return 0
    return run_mode.size(ws.store, label_shops(ws), "" if run == ANY_GOODS else run)[0]
