"""Makes the papers of a batch and sends them on; runs in the data thread, no Qt."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.problem import Problem
from jpship_gui.flows.paper import batches, print_queue, sent
from jpship_gui.flows.paper.fitting import GLYPHS_SEEN, YES
from jpship_gui.flows.paper.kinds import kind, kinds, preset_of, print_paper
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.flows.paper.print_picklist import ORDER, TOTAL, print_picklist
from jpship_gui.flows.paper.print_queue import Job
from jpship_gui.flows.paper.print_slips import PrintResult, print_slips
from jpship_gui.flows.paper.wanting import AT_DESK, group_of
from jpship_gui.flows.progress import Progress
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.paper.contents import GIFT, PICK_ORDER, PICK_TOTAL, SLIP, Contents, Printed

Send = Callable[[bytes, str, Preset], Job]  # document, title, preset → what took it; raises Fault

_ORDER = {PICK_TOTAL: 0, SLIP: 1, PICK_ORDER: 2}  # then the other papers


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


def queue_send(pdf: bytes, title: str, chosen: Preset) -> Job:
    """Through the system's print queue."""
    return print_queue.send(pdf, title, chosen)


def print_batch(
    ws: Workspace,
    found: Contents,
    wanted: frozenset[str],
    send: Send | None,
    folder: Path | None,
    progress: Progress,
    glyphs_seen: bool = False,
    answers: Mapping[str, Mapping[str, str]] | None = None,
) -> PrintReport:
    """Make the wanted documents, then send them in the order one picks and packs: list, slips, lists of the orders,
    then every other paper in its place. All have the shipments in the same order.

    `answers` is what was chosen for the others, by document. With `folder` they are laid there instead. What could
    not be sent exists all the same, and says why.
    """
    outlook, queued = found.outlook, folder is None and send is not None
    chosen = {*(outlook.priced if SLIP in wanted else ()), *(outlook.gifts if GIFT in wanted else ())}
    keys = [key for key in outlook.keys if key in chosen]
    others = _Others()
    slips: PrintResult | None = None
    queue: dict[str, tuple[Made, Path]] = {}
    with tempfile.TemporaryDirectory(dir=ws.places.temporary) as scratch:
        place = Path(scratch)
        try:
            if keys:
                path = place / "slip.pdf"
                slips = print_slips(
                    ws, keys, path, glyphs_seen=glyphs_seen, to_queue=queued, progress=progress
                )
                queue[SLIP] = Made(SLIP, slips.print_id, slips.pages), path
            for document, kind in ((PICK_TOTAL, TOTAL), (PICK_ORDER, ORDER)):
                if document in wanted:
                    queue[document] = _picklist(ws, found, place, kind, queued)
        except Fault:
            for one, _ in queue.values():
                sent.note_unsent(ws, one.print_id)
            raise
        for document in kinds():
            if document in wanted:
                said = {**(answers or {}).get(document, {}), **({GLYPHS_SEEN: YES} if glyphs_seen else {})}
                queue |= others.make(ws, document, found.wanted.get(document, ()), said, place, queued)
        batch = slips.batch if slips else found.batch
        order = sorted(queue, key=lambda document: _ORDER.get(document, len(_ORDER)))
        made = tuple(_pass_on(ws, *queue[document], batch, send, folder) for document in order)
    gone = outlook.refused if found.batch else {}
    refused = _both(gone, others.refused)
    report = PrintReport(batch, (*made, *others.failed), outlook.keys, refused, others.notices, others.again)
    if slips is None:
        return report
    return replace(
        report,
        printed=slips.printed,
        refused=_both(slips.refused, others.refused),
        notices=_both(slips.notices, others.notices),
        again=tuple(dict.fromkeys((*slips.again, *others.again))),
    )


@dataclass(slots=True)
class _Others:
    """Papers that declare themselves: one that cannot be made stops no other."""

    refused: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    notices: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    failed: list[Made] = field(default_factory=list)
    again: tuple[str, ...] = ()

    def make(
        self,
        ws: Workspace,
        document: str,
        keys: tuple[str, ...],
        said: Mapping[str, str],
        place: Path,
        queued: bool,
    ) -> dict[str, tuple[Made, Path]]:
        try:
            made = print_paper(ws, document, keys, place / f"{document}.pdf", said, to_queue=queued)
        except Fault as fault:
            refused: Mapping[str, tuple[Problem, ...]] = getattr(fault, "refused", {})
            self.refused = _both(self.refused, refused)
            self.failed.append(Made(document, 0, 0, unsent=fault))
            return {}
        if _travels(document):
            self.again = tuple(dict.fromkeys((*self.again, *made.again)))
        self.refused = _both(self.refused, made.refused)
        self.notices = _both(self.notices, made.notices)
        return {document: (Made(document, made.print_id, made.pages), made.path)}


def _travels(document: str) -> bool:
    """Whether two of it for one parcel do harm: it goes onto or into the parcel."""
    return group_of(kind(document)) != AT_DESK


def _both(
    one: Mapping[str, tuple[Problem, ...]], other: Mapping[str, tuple[Problem, ...]]
) -> dict[str, tuple[Problem, ...]]:
    """Problems by key of two papers, each once."""
    both = {key: list(problems) for key, problems in one.items()}
    for key, problems in other.items():
        known = both.setdefault(key, [])
        known += [problem for problem in problems if problem not in known]
    return {key: tuple(problems) for key, problems in both.items()}


def _picklist(ws: Workspace, found: Contents, place: Path, kind: str, queued: bool) -> tuple[Made, Path]:
    document = PICK_TOTAL if kind == TOTAL else PICK_ORDER
    path = place / f"{document}.pdf"
    made = print_picklist(ws, found.outlook.keys, path, kind, to_queue=queued)
    return Made(document, made.print_id, made.pages), made.path


def _pass_on(
    ws: Workspace, one: Made, path: Path, batch: int, send: Send | None, folder: Path | None
) -> Made:
    name = text(f"paper.document.{one.document}")
    title = f"{name} {batch}" if batch else name
    if folder is not None:
        out = folder / f"{title.replace(' ', '-').replace('/', '-')}.pdf"
        shutil.copyfile(path, out)
        return replace(one, path=out)
    if send is None:
        return one
    try:
        job = send(path.read_bytes(), f"jpship {title}", preset_of(ws, one.document))
    except Fault as fault:
        back = sent.note_unsent(ws, one.print_id)
        return replace(one, unsent=fault, back=len(back))
    sent.note_sent(ws, one.print_id, job)
    return replace(one, printer=job.printer)


def print_range(
    ws: Workspace, batch: int, first: int, last: int, send: Send | None, out: Path | None
) -> PrintReport:
    """Running numbers of a printed batch again, exactly as they were; Refused as `batches.reprint`."""

    def make(path: Path) -> batches.Reprint:
        return batches.reprint(ws, batch, first, last, path, to_queue=out is None and send is not None)

    return _once_more(ws, SLIP, make, send, out)


def print_again(
    ws: Workspace, line: Printed, send: Send | None, out: Path | None, pages: tuple[int, int] | None = None
) -> PrintReport:
    """A line of the record once more, or some of its pages; Refused as `batches.reprint_pages`."""
    if line.document == SLIP and line.batch is not None and not line.path:
        return print_range(ws, line.batch, line.first or 1, line.last or 1, send, out)
    first, last = pages or (1, line.pages)

    def make(path: Path) -> batches.Reprint:
        queued = out is None and send is not None
        return batches.reprint_pages(ws, line.print_id, first, last, path, to_queue=queued)

    return _once_more(ws, line.document, make, send, out)


def _once_more(
    ws: Workspace,
    document: str,
    make: Callable[[Path], batches.Reprint],
    send: Send | None,
    out: Path | None,
) -> PrintReport:
    with tempfile.TemporaryDirectory(dir=ws.places.temporary) as scratch:
        path = out or Path(scratch) / f"{document}.pdf"
        made = make(path)
        one = Made(document, made.print_id, made.pages, path=out)
        if out is None:
            one = _pass_on(ws, one, path, made.batch, send, None)
    again = made.keys if document not in (SLIP, PICK_TOTAL, PICK_ORDER) and _travels(document) else ()
    return PrintReport(made.batch, (one,), made.keys, {}, made.notices, again)
