"""The slip of one parcel printed again from the packing desk, while packing goes on (PK-12)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.domain.packing.effects import Do
from jpship_gui.domain.packing.session import Answer
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.paper import batches, print_queue, sent
from jpship_gui.flows.paper.presets import Preset, preset
from jpship_gui.flows.paper.print_queue import Job
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import prints, shipments

Send = Callable[[bytes, str, Preset], Job]  # document, title, preset → what took it; raises Fault
_LOST = frozenset({"batch_unknown", "paper_missing", "paper_gone", "paper_changed"})


@dataclass(frozen=True, slots=True)
class Reprinted:
    """One slip on its way to a printer. `same` = the very page of the batch; else the slip was made anew."""

    key: str
    order: str
    pages: int
    printer: str
    same: bool


def asked_for(answer: Answer) -> str:
    """Key of the shipment whose slip an answer wants printed again, blank for every other answer."""
    return next((e.shipment for e in answer.effects if e.do is Do.REPRINT), "")


def reprint(ws: Workspace, key: str, send: Send = print_queue.send) -> Reprinted:
    """Print the slip of a shipment once more by the desk's preset of slips, with the same key on it.

    The page of its batch where that still holds; made anew where the order was corrected since, or the kept page is
    gone. Slow: not for the thread that answers scans. Raises what `print_slips` and the printer raise; nothing counts
    as printed then.
    """
    shipment = shipments.by_key(ws.store, key)
    if shipment is None:
        raise Refused("shipment_unknown", key=key)
    with tempfile.TemporaryDirectory(dir=ws.places.temporary) as scratch:
        path = Path(scratch) / "slip.pdf"
        print_id, pages, same = _made(ws, shipment, path)
        try:
            job = send(path.read_bytes(), f"jpship {key}", preset(ws, prints.SLIP))
        except Fault:
            sent.note_unsent(ws, print_id)
            raise
    sent.note_sent(ws, print_id, job)
    return Reprinted(shipment.key, shipment.order_id.number, pages, job.printer, same)


def _made(ws: Workspace, shipment: Shipment, path: Path) -> tuple[int, int, bool]:
    """Print, pages, and whether it is the batch's own page."""
    if shipment.batch is not None and shipment.facts.printed is not None:
        try:
            row = next((r.row for r in batches.batch(ws, shipment.batch).rows if r.key == shipment.key), 0)
            if row:
                again = batches.reprint(ws, shipment.batch, row, row, path, to_queue=True)
                return again.print_id, again.pages, True
        except Refused as refused:
            if refused.code not in _LOST:
                raise
    made = print_slips(ws, [shipment.key], path, every_shop=True, to_queue=True)
    return made.print_id, made.pages, False
