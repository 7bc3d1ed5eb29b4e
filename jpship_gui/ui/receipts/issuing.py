"""What the page asks of the flows; runs in the data thread, no Qt."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.paper import sent
from jpship_gui.flows.paper.kinds import preset_of, preview, print_paper
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.flows.paper.preview import Picture, page_sizes, preview_page
from jpship_gui.flows.paper.print_queue import Job
from jpship_gui.flows.paper.receipts import Draft, Issue, ReceiptForm, draft, issued
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text

Send = Callable[[bytes, str, Preset], Job]


@dataclass(frozen=True, slots=True)
class Shown:
    """A draft with its first page; `picture` None where it may not be issued."""

    turn: int
    draft: Draft
    issues: tuple[Issue, ...] = ()
    pdf: bytes = b""
    pages: int = 0
    size: tuple[float, float] = (210.0, 297.0)
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Out:
    """What was issued. `unsent` = it exists and is kept, but no printer took it."""

    number: str
    again: bool
    unsent: Fault | None = None


def show(
    ws: Workspace,
    turn: int,
    key: str,
    document: str,
    form: ReceiptForm | None,
    room: tuple[float, float, float],
) -> Shown:
    """The paper as it would be issued, as large as the room allows; nothing is noted."""
    found = draft(ws, key, document, form)
    every = issued(ws, found.order_id)
    if found.refused is not None:
        return Shown(turn, found, every)
    pdf = preview(ws, document, [key], (form or ReceiptForm()).choices | {"glyphs_seen": "1"}).pdf
    sizes = page_sizes(pdf)
    wide, high, ratio = room
    dpi = max(24.0, min(wide / sizes[0][0], high / sizes[0][1]) * 25.4 * ratio)
    return Shown(turn, found, every, pdf, len(sizes), sizes[0], preview_page(pdf, 1, dpi))


def issue(
    ws: Workspace, key: str, document: str, form: ReceiptForm, path: Path | None, send: Send | None
) -> Out:
    """Issue it into a file, or to the printer. What a printer did not take is issued all the same: the record of the
    print page gives the same paper again."""
    choices = form.choices | {"glyphs_seen": "1"}
    unsent: Fault | None = None
    if path is not None:
        print_paper(ws, document, [key], path, choices)
    elif send is not None:
        with tempfile.TemporaryDirectory(dir=ws.places.temporary) as scratch:
            file = Path(scratch) / f"{document}.pdf"
            made = print_paper(ws, document, [key], file, choices, to_queue=True)
            pdf = file.read_bytes()
        try:
            job = send(pdf, text(f"paper.document.{document}"), preset_of(ws, document))
        except Fault as fault:
            sent.note_unsent(ws, made.print_id)
            unsent = fault
        else:
            sent.note_sent(ws, made.print_id, job)
    order = draft(ws, key, document).order_id
    last = next(one for one in reversed(issued(ws, order)) if one.document == document)
    return Out(last.number, last.issue > 1, unsent)
