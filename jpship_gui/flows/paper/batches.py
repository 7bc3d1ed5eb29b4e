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


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One running number of a batch: its shipment and the pages it takes in the batch's file."""

    row: int
    shipment_row: int
    key: str
    pages: tuple[int, ...]


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
    rows = tuple(
        BatchRow(row, shipment, keys[shipment], tuple(found))
        for row, (shipment, found) in enumerate(pages.items(), 1)
    )
    return Batch(
        *(number, made.at, made.person, rows, made.pages),
        *(ws.places.papers / made.path, made.printer, made.row_id),
    )


def reprint(ws: Workspace, number: int, first: int, last: int, out: Path) -> Reprint:
    """Write the slips with the running numbers `first` … `last` of a batch to `out`, exactly as they were printed.

    Raises Refused("batch_unknown", "batch_range", "paper_missing", "paper_changed"); nothing is noted then.
    """
    found = batch(ws, number)
    if not 1 <= first <= last <= len(found.rows):
        raise Refused(
            "batch_range", batch=number, first=first, last=last if found.rows == () else len(found.rows)
        )
    wanted = found.rows[first - 1 : last]
    pages = [page for row in wanted for page in row.pages]
    pdf = _pages_out(_whole(ws, found), pages)
    ids = [row.shipment_row for row in wanted]
    now, fingerprint = ws.now(), hashlib.sha256(pdf).hexdigest()
    made = Print(
        0, now, ws.person, ws.desk, prints.SLIP, number, first, last, len(pages), "", "", fingerprint
    )
    numbered = [(row.shipment_row, page) for row in wanted for page in row.pages]
    with ws.store.transaction():
        prints.add(ws.store, made, numbered)
        history.add(ws.store, ids, "reprinted", now, ws.person, ws.desk, batch=str(number))
        ws.store.touch()
        write_whole(out, pdf)
    return Reprint(number, tuple(row.key for row in wanted), len(pages), out, _notices(ws, number, ids))


def whole_file(ws: Workspace, number: int) -> bytes:
    """The slips of a batch as printed; Refused("batch_unknown", "paper_missing", "paper_changed")."""
    return _whole(ws, batch(ws, number))


def _whole(ws: Workspace, found: Batch) -> bytes:
    values = {"batch": found.number, "file": found.file.name}
    try:
        pdf = found.file.read_bytes()
    except FileNotFoundError as fault:
        raise Refused("paper_missing", **values) from fault
    made = prints.kept(ws.store, found.number, prints.SLIP)
    if made is None or hashlib.sha256(pdf).hexdigest() != made.fingerprint:
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


def _notices(ws: Workspace, number: int, ids: Sequence[int]) -> dict[str, tuple[Problem, ...]]:
    notices: dict[str, tuple[Problem, ...]] = {}
    for shipment in shipments.by_ids(ws.store, ids):
        order = {"order": shipment.order_id.number}
        found = []
        if shipment.stage not in PRINTABLE:
            found.append(stage_problem(shipment, Severity.WARN))
        if shipment.batch is not None and shipment.batch != number:
            moved = {**order, "batch": str(shipment.batch)}
            found.append(Problem("print_batch_moved", Severity.WARN, "batch", moved))
        if found:
            notices[shipment.key] = tuple(found)
    return notices
