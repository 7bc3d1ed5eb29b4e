"""Sheets a print began that may never come out: their first free label goes back where it was (PR-07)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jpship_gui.flows.paper.stocks import OPTION as SHEETS
from jpship_gui.flows.paper.stocks import keep_measured, measured
from jpship_gui.flows.workspace import Workspace

OPTION = "label.begun"
_MOST = 50  # prints of which this is still known


def starts(ws: Workspace) -> Mapping[str, int]:
    """The first free label of every sheet this desk has begun."""
    return {sheet: measured(ws, sheet).first for sheet in ws.options.get(SHEETS) or {}}


def note(ws: Workspace, print_id: int, before: Mapping[str, int]) -> None:
    """Keep which sheets a print moved on from how they stood `before`."""
    moved = {
        sheet: [before.get(sheet, 1), after]
        for sheet, after in starts(ws).items()
        if after != before.get(sheet, 1)
    }
    if moved:
        known = list((ws.options.get(OPTION) or {}).items())[1 - _MOST :]
        ws.options.set(OPTION, {**dict(known), str(print_id): moved})


def take_back(ws: Workspace, print_id: int) -> None:
    """A print did not come out; a sheet that was begun or set otherwise since stays as it is."""
    known = dict(ws.options.get(OPTION) or {})
    moved = known.pop(str(print_id), None)
    if moved is None:
        return
    ws.options.set(OPTION, known)
    for sheet, (first, after) in moved.items():
        kept = measured(ws, sheet)
        if kept.first == after:
            keep_measured(ws, sheet, replace(kept, first=first))
