"""Makes the papers of a batch and sends them on; runs in the data thread, no Qt."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.problem import Problem
from jpship_gui.flows.paper import batches, print_queue
from jpship_gui.flows.paper.outlook import Outlook
from jpship_gui.flows.paper.presets import Preset, preset
from jpship_gui.flows.paper.print_picklist import ORDER, TOTAL, print_picklist
from jpship_gui.flows.paper.print_slips import PrintResult, print_slips
from jpship_gui.flows.progress import Progress
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.paper.contents import GIFT, PICK_ORDER, PICK_TOTAL, SLIP, Printed

Send = Callable[[bytes, str, Preset], str]  # document, title, preset → the queue that took it; raises Fault


@dataclass(frozen=True, slots=True)
class Made:
    """One document that exists now. `printer` "" = not sent; `unsent` says why, `back` how
    many shipments wait for printing again because of it."""

    document: str
    print_id: int
    pages: int
    printer: str = ""
    path: Path | None = None
    unsent: Fault | None = None
    back: int = 0


@dataclass(frozen=True, slots=True)
class PrintReport:
    """What became of a batch; by key why shipments are not in it and what to know of those that are."""

    batch: int
    made: tuple[Made, ...]
    printed: tuple[str, ...] = ()
    refused: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    notices: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    again: tuple[str, ...] = ()

    @property
    def unsent(self) -> Fault | None:
        """The first reason a document was not sent."""
        return next((one.unsent for one in self.made if one.unsent is not None), None)

    def left_of(self, wanted: frozenset[str]) -> frozenset[str]:
        """Which of the wanted documents did not go to a printer; slips go as one, with and without prices."""
        left = {one.document for one in self.made if one.unsent is not None}
        return frozenset(name for name in wanted if name in left or (name == GIFT and SLIP in left))

    @property
    def smooth(self) -> bool:
        """Whether there is nothing a person has to know."""
        return not (self.unsent or self.refused or self.notices or self.again)


def queue_send(pdf: bytes, title: str, chosen: Preset) -> str:
    """Through the system's print queue."""
    return print_queue.send(pdf, title, chosen).printer


def print_batch(
    ws: Workspace,
    found: Outlook,
    wanted: frozenset[str],
    send: Send | None,
    folder: Path | None,
    progress: Progress,
    glyphs_seen: bool = False,
) -> PrintReport:
    """Make the wanted documents, then send them in the order one picks and packs: list, slips, lists of the orders.

    With `folder` they are laid there instead. What could not be sent exists all the same, and says why.
    """
    chosen = (*(found.priced if SLIP in wanted else ()), *(found.gifts if GIFT in wanted else ()))
    keys = [key for key in found.keys if key in frozenset(chosen)]
    with tempfile.TemporaryDirectory(prefix="jpship-papers-") as scratch:
        place = Path(scratch)
        slips: PrintResult | None = None
        if keys:
            slips = print_slips(ws, keys, place / "slip.pdf", glyphs_seen=glyphs_seen, progress=progress)
        batch = slips.batch if slips else 0
        queue: list[tuple[Made, Path]] = []
        if PICK_TOTAL in wanted:
            queue.append(_picklist(ws, found, place, TOTAL))
        if slips is not None:
            queue.append((Made(SLIP, slips.print_id, slips.pages), slips.path))
        if PICK_ORDER in wanted:
            queue.append(_picklist(ws, found, place, ORDER))
        made = tuple(_pass_on(ws, one, path, batch, send, folder) for one, path in queue)
    if slips is None:
        return PrintReport(batch, made, found.keys, {}, {})
    return PrintReport(batch, made, slips.printed, slips.refused, slips.notices, slips.again)


def _picklist(ws: Workspace, found: Outlook, place: Path, kind: str) -> tuple[Made, Path]:
    document = PICK_TOTAL if kind == TOTAL else PICK_ORDER
    made = print_picklist(ws, found.keys, place / f"{document}.pdf", kind)
    return Made(document, made.print_id, made.pages), made.path


def _pass_on(
    ws: Workspace, one: Made, path: Path, batch: int, send: Send | None, folder: Path | None
) -> Made:
    name = text(f"paper.document.{one.document}")
    title = f"{name} {batch}" if batch else name
    if folder is not None:
        out = folder / f"{title.replace(' ', '-')}.pdf"
        shutil.copyfile(path, out)
        return Made(one.document, one.print_id, one.pages, path=out)
    if send is None:
        return one
    try:
        printer = send(path.read_bytes(), f"jpship {title}", preset(ws, one.document))
    except Fault as fault:
        back = print_queue.note_unsent(ws, one.print_id)
        return Made(one.document, one.print_id, one.pages, unsent=fault, back=len(back))
    print_queue.note_sent(ws, one.print_id, printer)
    return Made(one.document, one.print_id, one.pages, printer)


def print_range(
    ws: Workspace, batch: int, first: int, last: int, send: Send | None, out: Path | None
) -> PrintReport:
    """Running numbers of a printed batch again, exactly as they were; Refused as `batches.reprint`."""
    with tempfile.TemporaryDirectory(prefix="jpship-papers-") as scratch:
        path = out or Path(scratch) / "slip.pdf"
        made = batches.reprint(ws, batch, first, last, path)
        one = Made(SLIP, batches.recent(ws, 1)[0].row_id, made.pages, path=out)
        if out is None:
            one = _pass_on(ws, one, path, batch, send, None)
    return PrintReport(batch, (one,), made.keys, {}, made.notices)


def print_again(ws: Workspace, line: Printed, send: Send | None, out: Path | None) -> PrintReport:
    """A line of the record once more."""
    if line.document == SLIP and line.batch is not None:
        return print_range(ws, line.batch, line.first or 1, line.last or 1, send, out)
    kept = ws.places.papers / line.path
    one = Made(line.document, line.print_id, line.pages)
    if out is not None:
        shutil.copyfile(kept, out)
        return PrintReport(0, (Made(line.document, line.print_id, line.pages, path=out),), (), {}, {})
    return PrintReport(0, (_pass_on(ws, one, kept, 0, send, None),), (), {}, {})
