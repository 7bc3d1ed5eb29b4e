"""The list the driver signs: exactly what was read, at any time again."""

from __future__ import annotations

from pathlib import Path

from jpship_gui.flows.handover.listing import parcels_of
from jpship_gui.flows.paper.kinds import PaperMade, print_paper
from jpship_gui.flows.workspace import Workspace


def print_session(ws: Workspace, session: str, out: Path, *, to_queue: bool = False) -> PaperMade:
    """Draw it, write it to `out` and note it; Refused("handover_unknown"), NothingToPrint where nothing was taken."""
    _, read = parcels_of(ws, session)
    keys = tuple(dict.fromkeys(one.shipment for one in read if one.taken))
    return print_paper(ws, "handover", keys, out, {"session": session}, to_queue=to_queue)
