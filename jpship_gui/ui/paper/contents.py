"""What the page shows, read in the data thread; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.paper import batches, presets
from jpship_gui.flows.paper.outlook import Outlook, outlook
from jpship_gui.flows.paper.preview import page_sizes
from jpship_gui.flows.paper.print_picklist import ORDER, TOTAL, preview_picklist
from jpship_gui.flows.paper.print_slips import preview_pages
from jpship_gui.flows.table.detail import load
from jpship_gui.flows.table.list_rows import change_no
from jpship_gui.flows.workspace import Workspace

SLIP, GIFT, PICK_TOTAL, PICK_ORDER = "slip", "gift", "picklist_total", "picklist_order"
DOCUMENTS = (PICK_TOTAL, SLIP, GIFT, PICK_ORDER)
_CARDS = 2  # printed batches shown as cards beside the coming one
_RECORD = 30


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Whose page it is; all "" on a list of many orders."""

    order: str = ""
    name: str = ""
    gift: bool = False


@dataclass(frozen=True, slots=True)
class Papers:
    """One document ready to be looked at; `sizes` in mm, one a page. `more` shipments have pages that are not made
    yet."""

    document: str
    pdf: bytes = b""
    pages: tuple[PageInfo, ...] = ()
    sizes: tuple[tuple[float, float], ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of the record. `can` = it can be printed again."""

    print_id: int
    at: datetime
    batch: int | None
    document: str
    first: int | None
    last: int | None
    pages: int
    printer: str
    person: str
    path: str

    @property
    def can(self) -> bool:
        """Whether a copy lies in the papers folder, or the batch it was taken from has one."""
        return bool(self.path) or self.document == SLIP


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything but the pages themselves. `change` is the store's change number it was read at."""

    outlook: Outlook
    batches: tuple[Printed, ...]
    record: tuple[Printed, ...]
    next_batch: int
    presets: dict[str, presets.Preset]
    change: int = 0


def contents(ws: Workspace, keys: Sequence[str] | None) -> Contents:
    """For these shipments, or for all that wait for printing."""
    change = change_no(ws)  # first: what is written meanwhile is read again
    record = tuple(
        Printed(
            *(
                p.row_id,
                p.at,
                p.batch,
                p.document,
                p.first_row,
                p.last_row,
                p.pages,
                p.printer,
                p.person,
                p.path,
            )
        )
        for p in batches.recent(ws, _RECORD)
    )
    whole = [made for made in record if made.document == SLIP and made.path and made.batch is not None]
    newest = max((made.batch or 0 for made in record), default=0)
    chosen = {name: presets.preset(ws, name) for name in ("slip", "picklist_total")}
    return Contents(outlook(ws, keys), tuple(whole[:_CARDS]), record, newest + 1, chosen, change)


def papers(ws: Workspace, found: Outlook, document: str, most: int = 0) -> Papers:
    """A document of the coming batch, as it would be printed; of slips only the first `most` (0 = all)."""
    if document in (PICK_TOTAL, PICK_ORDER):
        if not found.keys:
            return Papers(document)
        kind = TOTAL if document == PICK_TOTAL else ORDER
        pdf = preview_picklist(ws, found.keys, kind)
        sizes = page_sizes(pdf)
        return Papers(document, pdf, (PageInfo(),) * len(sizes), sizes)
    keys = found.gifts if document == GIFT else found.priced
    if not keys:
        return Papers(document)
    shown = keys[:most] if most else keys
    made = preview_pages(ws, shown)
    infos = tuple(_info(shipment) for shipment in made.pages)
    return Papers(document, made.pdf, infos, page_sizes(made.pdf), len(keys) - len(shown))


def batch_papers(ws: Workspace, number: int) -> Papers:
    """The slips of a printed batch, from the copy that was kept."""
    found = batches.batch(ws, number)
    pdf = batches.whole_file(ws, number)
    sizes = page_sizes(pdf)
    known = {s.key: s for s in load(ws, keys=[row.key for row in found.rows])}
    pages = [PageInfo()] * len(sizes)
    for row in found.rows:
        for page in row.pages:
            if row.key in known and page <= len(pages):
                pages[page - 1] = _info(known[row.key])
    return Papers(SLIP, pdf, tuple(pages), sizes)


def people(ws: Workspace, keys: Iterable[str]) -> dict[str, PageInfo]:
    """Whose shipments these are, by key."""
    wanted = list(dict.fromkeys(keys))
    return {s.key: _info(s) for s in load(ws, keys=wanted)} if wanted else {}


def _info(shipment: Shipment) -> PageInfo:
    return PageInfo(shipment.order_id.number, shipment.recipient.name, shipment.gift)
