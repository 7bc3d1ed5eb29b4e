"""What the page shows, read in the data thread; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.paper import batches, wanting
from jpship_gui.flows.paper.kind import Ask
from jpship_gui.flows.paper.kinds import asks, kind, kinds, preset_name, preset_of, preview
from jpship_gui.flows.paper.of_batch import OfBatch, of_batch
from jpship_gui.flows.paper.outlook import Outlook, outlook
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.flows.paper.preview import page_sizes
from jpship_gui.flows.paper.print_picklist import ORDER, TOTAL, preview_picklist
from jpship_gui.flows.paper.print_slips import NothingToPrint, preview_pages
from jpship_gui.flows.paper.sent import LOST
from jpship_gui.flows.paper.wanting import AT_DESK, IN_PARCEL
from jpship_gui.flows.table.detail import load
from jpship_gui.flows.table.list_rows import change_no
from jpship_gui.flows.workspace import Workspace

SLIP, GIFT, PICK_TOTAL, PICK_ORDER = "slip", "gift", "picklist_total", "picklist_order"
_OWN = {SLIP: IN_PARCEL, GIFT: IN_PARCEL, PICK_TOTAL: AT_DESK, PICK_ORDER: AT_DESK}
_PRESETS = {GIFT: SLIP}
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
    yet; `asks` is what may be chosen for this print alone."""

    document: str
    pdf: bytes = b""
    pages: tuple[PageInfo, ...] = ()
    sizes: tuple[tuple[float, float], ...] = ()
    more: int = 0
    asks: tuple[Ask, ...] = ()


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
    state: str = ""
    gone: bool = False

    @property
    def can(self) -> bool:
        """Whether a copy lies in the papers folder, or the batch it was taken from has one."""
        return bool(self.path) and not self.gone

    @property
    def lost(self) -> bool:
        """Whether no paper came of it that anybody could rely on."""
        return self.state in LOST


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the list: in which group, whether it is ticked from the start; `free` needs no shipment, a `due`
    one shows whenever there is something on it."""

    document: str
    group: str
    on: bool
    free: bool = False
    due: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything but the pages themselves. `presets` and `wanted` (the shipments that need it) by document; `change`
    is the store's change number it was read at, `of` the printed batch that is looked at."""

    outlook: Outlook
    batches: tuple[Printed, ...]
    record: tuple[Printed, ...]
    next_batch: int
    presets: Mapping[str, Preset]
    wanted: Mapping[str, tuple[str, ...]]
    papers: tuple[Paper, ...]
    change: int = 0
    of: OfBatch | None = None

    @property
    def batch(self) -> int:
        """The printed batch whose papers are shown, 0 = the coming one."""
        return self.of.number if self.of else 0

    def shown(self) -> Contents:
        """What is printed from here: for a printed batch, its own shipments and no slips."""
        if self.of is None:
            return self
        mine = replace(
            self.outlook,
            keys=self.of.keys,
            priced=(),
            gifts=(),
            skipped={},
            refused=self.of.refused,
            again=(),
        )
        return replace(self, outlook=mine, wanted=self.of.wanted)


def contents(ws: Workspace, keys: Sequence[str] | None, batch: int = 0) -> Contents:
    """For these shipments, or for all that wait for printing; and for a printed batch (0 = none)."""
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
                p.state,
                p.gone_at is not None,
            )
        )
        for p in batches.recent(ws, _RECORD)
    )
    whole = [made for made in record if made.document == SLIP and made.path and made.batch is not None]
    newest = max((made.batch or 0 for made in record), default=0)
    found = outlook(ws, keys)
    needed = wanting.wanted(ws, found.shipments)
    listed = _papers(ws)
    chosen = {paper.document: preset_of(ws, _PRESETS.get(paper.document, paper.document)) for paper in listed}
    return Contents(
        *(found, tuple(whole[:_CARDS]), record, newest + 1, chosen, needed, listed, change),
        of=of_batch(ws, batch) if batch else None,
    )


def printer_settings(document: str) -> str:
    """Under which name the settings keep the printer of a document."""
    return preset_name(_PRESETS.get(document, document))


def _papers(ws: Workspace) -> tuple[Paper, ...]:
    """Everything this build prints, group by group, ticked as this desk left it."""
    ticked: Mapping[str, bool] = ws.options.get("papers.ticked")
    own = [Paper(document, group, document != PICK_ORDER) for document, group in _OWN.items()]
    others = [
        Paper(kind.id, wanting.group_of(kind), kind.on, not kind.needs_batch, kind.due)
        for kind in kinds().values()
    ]
    both = (*own, *others)
    listed = [paper for group in wanting.GROUPS for paper in both if paper.group == group]
    return tuple(replace(paper, on=ticked.get(paper.document, paper.on) is True) for paper in listed)


def papers(
    ws: Workspace,
    found: Outlook,
    document: str,
    most: int = 0,
    needed: Sequence[str] = (),
    answers: Mapping[str, str] | None = None,
) -> Papers:
    """A document of the coming batch, as it would be printed; of slips, and of papers for the shipments `needed`, only
    the first `most` (0 = all), after what was chosen for them."""
    if document in (PICK_TOTAL, PICK_ORDER):
        if not found.keys:
            return Papers(document)
        pdf = preview_picklist(ws, found.keys, TOTAL if document == PICK_TOTAL else ORDER)
        sizes = page_sizes(pdf)
        return Papers(document, pdf, (PageInfo(),) * len(sizes), sizes)
    if document not in _OWN:
        return _other(ws, document, needed, most, answers or {})
    keys = found.gifts if document == GIFT else found.priced
    if not keys:
        return Papers(document)
    shown = keys[:most] if most else keys
    made = preview_pages(ws, shown)
    infos = tuple(_info(shipment) for shipment in made.pages)
    return Papers(document, made.pdf, infos, page_sizes(made.pdf), len(keys) - len(shown))


def _other(
    ws: Workspace, document: str, keys: Sequence[str], most: int, answers: Mapping[str, str]
) -> Papers:
    """A paper that declares itself; an empty one where it is not needed."""
    if not keys and kind(document).needs_batch:
        return Papers(document)
    shown = tuple(keys[:most] if most else keys)
    asked = asks(ws, document, keys, answers)
    try:
        made = preview(ws, document, shown, answers)
    except Refused as fault:  # what is asked may be the way out
        if not (isinstance(fault, NothingToPrint) or fault.code == "label_sheet_unknown"):
            raise
        return Papers(document, asks=asked)
    whose = people(ws, [on_page[0] for on_page in made.pages if len(on_page) == 1])
    infos = tuple(whose.get(on_page[0], PageInfo()) if on_page else PageInfo() for on_page in made.pages)
    return Papers(document, made.pdf, infos, page_sizes(made.pdf), len(keys) - len(shown), asked)


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
