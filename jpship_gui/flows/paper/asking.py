"""Questions several papers share: which label sheet, and where on it the print begins."""

from __future__ import annotations

from dataclasses import replace

from jpship_gui.documents.stocks import Stock
from jpship_gui.flows.paper.kind import CHOICE, NUMBER, PLACE, Ask, Wanted
from jpship_gui.flows.paper.stocks import measured, stocks
from jpship_gui.flows.workspace import Workspace

ON_SHEETS = ("sheet", "first", "frames")  # choices of every paper on label sheets
_MOST = 200  # more labels than these are too small to be pointed at


def sheet_asks(ws: Workspace, wanted: Wanted, option: str) -> tuple[Ask, ...]:
    """Sheet and first free label; nothing without shipments, no label of a sheet that is gone.
    Refused("label_sheets_file")."""
    if not wanted.keys:
        return ()
    every = stocks(ws)
    id_ = wanted.choices.get("sheet") or str(ws.options.get(option))
    which = Ask("sheet", CHOICE, id_, options=tuple((one.id, one.title) for one in every.values()))
    return (which, *_first_ask(ws, wanted, every[id_])) if id_ in every else (which,)


def _first_ask(ws: Workspace, wanted: Wanted, sheet: Stock) -> tuple[Ask, ...]:
    """Where the sheet that was begun goes on; nothing for a sheet of one."""
    if sheet.labels == 1:
        return ()
    said = wanted.choices.get("first", "")
    number = int(said) if said.isdecimal() and int(said) else measured(ws, sheet.id).first
    value = str(min(number, sheet.labels))
    if sheet.labels > _MOST:
        return (Ask("first", NUMBER, value, "ask.first.hint", low=1, high=sheet.labels),)
    columns, rows = sheet.grid
    place = Ask("first", PLACE, value, "ask.first.hint", low=1, high=sheet.labels, columns=columns, rows=rows)
    return (replace(place, cell=sheet.size),)
