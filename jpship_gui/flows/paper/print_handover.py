"""The list the driver signs: exactly what was read, at any time again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.handover.listing import parcels_of
from jpship_gui.flows.paper import print_queue, sent
from jpship_gui.flows.paper.kinds import PaperMade, preset_of, print_paper
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.flows.paper.print_queue import Job
from jpship_gui.flows.workspace import Workspace

_DOCUMENT = "handover"


def print_session(ws: Workspace, session: str, out: Path, *, to_queue: bool = False) -> PaperMade:
    """Draw it, write it to `out` and note it; Refused("handover_unknown"), NothingToPrint where nothing was taken."""
    _, read = parcels_of(ws, session)
    keys = tuple(dict.fromkeys(one.shipment for one in read if one.taken))
    return print_paper(ws, _DOCUMENT, keys, out, {"session": session}, to_queue=to_queue)


def send_session(
    ws: Workspace, session: str, send: Callable[[bytes, str, Preset], Job] = print_queue.send
) -> Job:
    """To the desk's printer of such papers; slow. Raises also what the printer raises, and then nothing counts as
    printed."""
    with tempfile.TemporaryDirectory(dir=ws.places.temporary) as scratch:
        path = Path(scratch) / "handover.pdf"
        made = print_session(ws, session, path, to_queue=True)
        try:
            job = send(path.read_bytes(), f"jpship {session}", preset_of(ws, _DOCUMENT))
        except Fault:
            sent.note_unsent(ws, made.print_id)
            raise
    sent.note_sent(ws, made.print_id, job)
    return job
