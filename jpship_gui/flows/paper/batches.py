"""Batches that were printed: what they held, and their pages again after a paper jam (PR-09)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.flows.paper.print_slips import PRINTABLE, stage_problem
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.writer import write_whole
from jpship_gui.store import history, prints, shipments
from jpship_gui.store.prints import Print
from jpship_gui.texts import text


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One running number of a batch: its shipment and the pages it takes in the batch's file. `state` is that of the
    newest print with it on, at `at`; `times` counts the prints of it that no queue refused or lost."""

    row: int
    shipment_row: int
    key: str
    pages: tuple[int, ...]
    state: str = ""
    at: datetime | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as printed. `file` is the kept copy of its slips."""

    number: int
    at: datetime
    person: str
    rows: tuple[BatchRow, ...]
    pages: int
    file: Path
    printer: str
    print_id: int


@dataclass(frozen=True, slots=True)
class Reprint:
    """Pages made again. `notices` by key: shipments that since were stopped, or printed in a later batch."""

    batch: int
    keys: tuple[str, ...]
    pages: int
    path: Path
    notices: dict[str, tuple[Problem, ...]]
    print_id: int = 0


def recent(ws: Workspace, count: int = 50) -> tuple[Print, ...]:
    """The newest papers of all kinds, newest first: the record of the printing page."""
    return prints.recent(ws.store, count)


def batch(ws: Workspace, number: int) -> Batch:
    """One batch of slips; Refused("batch_unknown")."""
    made = prints.kept(ws.store, number, prints.SLIP)
    if made is None:
        raise Refused("batch_unknown", batch=number)
    pages: dict[int, list[int]] = {}
    keys: dict[int, str] = {}
    for page in prints.pages_of(ws.store, made.row_id):
        pages.setdefault(page.shipment_row, []).append(page.page)
        keys[page.shipment_row] = page.key
    known = prints.states(ws.store, prints.SLIP, number)
    rows = tuple(
        BatchRow(row, shipment, keys[shipment], tuple(found), *known.get(shipment, ("", None, 0)))
        for row, (shipment, found) in enumerate(pages.items(), 1)
    )
    return Batch(
        *(number, made.at, made.person, rows, made.pages),
        *(ws.places.papers / made.path, made.printer, made.row_id),
    )


def reprint(
    ws: Workspace, number: int, first: int, last: int, out: Path, *, to_queue: bool = False
) -> Reprint:
    """Write the slips with the running numbers `first` … `last` of a batch to `out`, exactly as they were printed.

    `to_queue` as of `print_slips`. Raises Refused("batch_unknown", "batch_range", "paper_missing", "paper_changed");
    nothing is noted then.
    """
    found = batch(ws, number)
    if not 1 <= first <= last <= len(found.rows):
        raise Refused(
            "batch_range", batch=number, first=first, last=last if found.rows == () else len(found.rows)
        )
    wanted = found.rows[first - 1 : last]
    pages = [page for row in wanted for page in row.pages]
    return _again(ws, _made(ws, found.print_id), pages, (first, last), out, to_queue)


def reprint_pages(
    ws: Workspace, print_id: int, first: int, last: int, out: Path, *, to_queue: bool = False
) -> Reprint:
    """Write the pages `first` … `last` of any paper of the record to `out`, exactly as they were printed.

    Raises Refused("print_unknown", "page_range", "paper_missing", "paper_changed"); nothing is noted then.
    """
    made = _made(ws, print_id)
    if not 1 <= first <= last <= made.pages:
        raise Refused("page_range", first=first, last=last, pages=made.pages)
    rows: tuple[int | None, int | None] = (first, last)
    if made.document == prints.SLIP and made.batch is not None:
        on_them = [r.row for r in batch(ws, made.batch).rows if any(first <= p <= last for p in r.pages)]
        rows = (min(on_them), max(on_them)) if on_them else (None, None)
    return _again(ws, made, range(first, last + 1), rows, out, to_queue)


def _made(ws: Workspace, print_id: int) -> Print:
    made = prints.by_id(ws.store, print_id)
    if made is None:
        raise Refused("print_unknown")
    return made


def _again(
    ws: Workspace,
    made: Print,
    pages: Sequence[int],
    rows: tuple[int | None, int | None],
    out: Path,
    to_queue: bool,
) -> Reprint:
    """These pages of a kept paper once more, noted as a print of its own."""
    whole = _kept(ws, made)
    wanted = frozenset(pages)
    pdf = whole if len(wanted) == made.pages else _pages_out(whole, pages)
    on_them = [page for page in prints.pages_of(ws.store, made.row_id) if page.page in wanted]
    keys = {page.shipment_row: page.key for page in on_them}
    now, fingerprint = ws.now(), hashlib.sha256(pdf).hexdigest()
    again = Print(
        *(0, now, ws.person, ws.desk, made.document, made.batch, *rows, len(pages), "", "", fingerprint),
        prints.SENDING if to_queue else "",
    )
    numbered = [(page.shipment_row, page.page) for page in on_them]
    with ws.store.transaction():
        print_id = prints.add(ws.store, again, numbered)
        if made.document == prints.SLIP:
            what, values = "reprinted", {"batch": str(made.batch)}
        else:
            what, values = "paper_printed", {"document": made.document}
        history.add(ws.store, keys, what, now, ws.person, ws.desk, **values)
        ws.store.touch()
        write_whole(out, pdf)
    notices = _notices(ws, made.batch if made.document == prints.SLIP else None, list(keys))
    return Reprint(made.batch or 0, tuple(keys.values()), len(pages), out, notices, print_id)


def whole_file(ws: Workspace, number: int) -> bytes:
    """The slips of a batch as printed; Refused("batch_unknown", "paper_missing", "paper_changed")."""
    return _kept(ws, _made(ws, batch(ws, number).print_id))


def _kept(ws: Workspace, made: Print) -> bytes:
    """The copy in the papers folder, if it is still what was printed."""
    values = {"batch": made.batch or "－", "file": made.path or text(f"paper.document.{made.document}")}
    try:
        pdf = (ws.places.papers / made.path).read_bytes() if made.path else b""
    except FileNotFoundError:
        pdf = b""
    if not pdf:
        raise Refused("paper_gone" if made.gone_at is not None else "paper_missing", **values)
    if hashlib.sha256(pdf).hexdigest() != made.fingerprint:
        raise Refused("paper_changed", **values)
    return pdf


def _pages_out(pdf: bytes, pages: Sequence[int]) -> bytes:
    """A document of these pages (from 1), their content untouched."""
    from io import BytesIO

    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as source, pypdfium2.PdfDocument.new() as taken:
        taken.import_pages(source, [page - 1 for page in pages])
        buffer = BytesIO()
        taken.save(buffer)
        return buffer.getvalue()


def _notices(ws: Workspace, number: int | None, ids: Sequence[int]) -> dict[str, tuple[Problem, ...]]:
    notices: dict[str, tuple[Problem, ...]] = {}
    for shipment in shipments.by_ids(ws.store, ids):
        order = {"order": shipment.order_id.number}
        found = []
        if shipment.stage not in PRINTABLE:
            found.append(stage_problem(shipment, Severity.WARN))
        if number is not None and shipment.batch is not None and shipment.batch != number:
            moved = {**order, "batch": str(shipment.batch)}
            found.append(Problem("print_batch_moved", Severity.WARN, "batch", moved))
        if found:
            notices[shipment.key] = tuple(found)
    return notices
