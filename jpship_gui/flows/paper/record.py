"""The record of prints and exports that hold people's data (SE-05)."""

from __future__ import annotations

from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import noted
from jpship_gui.store.noted import CARRIER_FILE, EVIDENCE, PRINT, Noted

__all__ = ["CARRIER_FILE", "EVIDENCE", "PRINT", "Noted", "record"]


def record(ws: Workspace, count: int = 50) -> tuple[Noted, ...]:
    """The newest, newest first."""
    return noted.recent(ws.store, count)
