"""Who is at this desk when the program begins again."""

from __future__ import annotations

from jpship_gui.flows.pack.desk import DEFAULT_DESK
from jpship_gui.flows.pack.present import present
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal


def still_here(ws: Workspace) -> str:
    """Whoever read a badge today and did not end the day; blank for nobody in particular."""
    return present(ws, journal.file_of(ws.places.journal, ws.desk or DEFAULT_DESK))
