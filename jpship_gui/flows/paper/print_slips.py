"""Make the delivery slips of a batch: one file, page n = running number n, printed noted for each shipment."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jpship_gui.documents.layout import PAPERS, PaperLayout
from jpship_gui.documents.slip import render_slips, slip_characters, slip_missing
from jpship_gui.documents.slip_data import Look, SlipData
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.together import undecided_problems
from jpship_gui.flows.check.work_list import with_cutoffs
from jpship_gui.flows.paper.keep import write_both
from jpship_gui.flows.paper.layouts import for_shop
from jpship_gui.flows.paper.presets import preset
from jpship_gui.flows.paper.slip_values import SlipSource, asks_for_slip, shopfront, slip_of
from jpship_gui.flows.progress import UNWATCHED, Progress
from jpship_gui.flows.unmapped import unmapped
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import goods_sets, history, orders, prints, products, shipments, table
from jpship_gui.store.prints import Print

PRINTABLE = frozenset({Stage.PRINT, Stage.PACK, Stage.VERIFY, Stage.CONFIRM, Stage.PACKED})


@dataclass(frozen=True, slots=True)
class PrintResult:
    """What was made. `printed` are shipment keys in page order; by key: `refused` why a shipment may not be printed,
    `skipped` why its shop wants no slip for it (`slip_never`, `slip_not_asked`), `notices` what a person should know.
    `again` were printed before: two slips with the same key may lie about.
    """

    batch: int
    pages: int
    path: Path
    fingerprint: str
    printed: tuple[str, ...]
    refused: Mapping[str, tuple[Problem, ...]]
    skipped: Mapping[str, str]
    again: tuple[str, ...]
    notices: Mapping[str, tuple[Problem, ...]]
    print_id: int


class NothingToPrint(Refused):
    """No shipment could be printed; `refused` and `skipped` say why for each."""

    def __init__(
        self,
        code: str,
        refused: Mapping[str, tuple[Problem, ...]],
        skipped: Mapping[str, str],
        **values: object,
    ) -> None:
        super().__init__(code, **values)
        self.refused = refused
        self.skipped = skipped


def print_slips(
    ws: Workspace,
    keys: Sequence[str] | None,
    out: Path,
    *,
    priced_gifts: bool = False,
    every_shop: bool = False,
    glyphs_seen: bool = False,
    to_queue: bool = False,
    progress: Progress = UNWATCHED,
) -> PrintResult:
    """Write the slips of these shipments (None: all that wait for printing, in the work list's order) to `out`.

    `priced_gifts` = a person wants prices in gifts; `every_shop` prints although the shop's setting wants no slip;
    `glyphs_seen` = a person saw which characters come out as 〓; with `to_queue` the caller sends the file on and then
    says how that ended (`sent.note_sent`, `note_unsent`). Raises Refused("shipment_unknown"), NothingToPrint
    ("print_nothing_waiting", "print_all_refused") and WorldFault("file_locked", "file_write"); nothing is noted then.
    """
    chosen, refused = choose(ws, keys)
    sources = sources_of(ws, chosen)
    skipped = {} if every_shop else not_wanted(sources)
    sources = [source for source in sources if source.shipment.key not in skipped]
    drafts = [slip_of(source, 0, 0, ws.today(), priced_gifts=priced_gifts) for source in sources]
    lacking = _lacking(drafts)
    if not glyphs_seen:
        refused |= lacking
        drafts = [draft for draft in drafts if draft.key not in lacking]
    if not drafts:
        code = "print_all_refused" if refused or skipped else "print_nothing_waiting"
        raise NothingToPrint(code, refused, skipped, count=len(refused) + len(skipped))
    progress.step(0, len(drafts))
    batch = prints.next_batch(ws.store)
    slips = [replace(draft, batch=batch, row=row) for row, draft in enumerate(drafts, 1)]
    rendered = render_slips(slips, Look(dpi=preset(ws, prints.SLIP).dpi))
    by_key = {source.shipment.key: source.shipment for source in sources}
    taken = [by_key[slip.key] for slip in slips]
    fingerprint = hashlib.sha256(rendered.pdf).hexdigest()
    state = prints.SENDING if to_queue else ""
    print_id = _note(ws, batch, taken, rendered.pages, rendered.pdf, fingerprint, out, state)
    progress.step(len(slips), len(slips))
    return PrintResult(
        batch=batch,
        pages=sum(rendered.pages),
        path=out,
        fingerprint=fingerprint,
        printed=tuple(shipment.key for shipment in taken),
        refused=refused,
        skipped=skipped,
        again=tuple(shipment.key for shipment in taken if shipment.facts.printed is not None),
        notices=_notices(slips, lacking, unmapped(ws, taken)),
        print_id=print_id,
    )


@dataclass(frozen=True, slots=True)
class SlipPreview:
    """Pages marked as a preview; `pages` has, for each page, the shipment on it."""

    pdf: bytes
    pages: tuple[Shipment, ...]


def preview_slips(ws: Workspace, keys: Sequence[str], *, priced_gifts: bool = False) -> bytes:
    """The same pages marked as a preview, without noting anything; whatever may not be printed is shown too."""
    return preview_pages(ws, keys, priced_gifts=priced_gifts).pdf


def preview_pages(ws: Workspace, keys: Sequence[str], *, priced_gifts: bool = False) -> SlipPreview:
    """As `preview_slips`, with whose slip each page is."""
    found = shipments.leading(ws.store, shipments.by_keys(ws.store, list(dict.fromkeys(keys))))
    drafts = [
        slip_of(source, 0, 0, ws.today(), priced_gifts=priced_gifts) for source in sources_of(ws, found)
    ]
    rendered = render_slips(drafts, Look(dpi=preset(ws, prints.SLIP).dpi))
    pages = zip(found, rendered.pages, strict=True)
    return SlipPreview(rendered.pdf, tuple(shipment for shipment, count in pages for _ in range(count)))


def choose(
    ws: Workspace, keys: Sequence[str] | None
) -> tuple[list[Shipment], dict[str, tuple[Problem, ...]]]:
    """The shipments to print, in order, and by key why others may not be; what travels in another's parcel is printed
    with that one. Refused("shipment_unknown")."""
    if keys is None:
        query = with_cutoffs(ws, table.Query(view=f"stage:{Stage.PRINT.value}", sort="work"))
        waiting = table.ids(ws.store, query, ws.now())
        found = shipments.by_ids(ws.store, list(waiting))
    else:
        found = shipments.by_keys(ws.store, list(dict.fromkeys(keys)))
        unknown = sorted(set(keys) - {shipment.key for shipment in found})
        if unknown:
            raise Refused("shipment_unknown", key=", ".join(unknown))
    found = shipments.leading(ws.store, found)
    refused = {shipment.key: why for shipment in found if (why := _why_not(shipment))}
    refused |= undecided_problems(ws, [shipment for shipment in found if shipment.key not in refused])
    return [shipment for shipment in found if shipment.key not in refused], refused


def _why_not(shipment: Shipment) -> tuple[Problem, ...]:
    """Why a shipment may not be printed now: its stage with the problems behind it, an unread remark, or what stops
    another that travels with it."""
    unread = next((s for s in shipment.bundle if s.buyer_text and not s.remark_read), None)
    if unread is not None:
        order = {"order": unread.order_id.number}
        return (Problem("print_remark_unread", Severity.BLOCK, "remark", order),)
    if shipment.stage in PRINTABLE:
        return ()
    stopper = None if shipment.hold_reason else shipment.stopped_by
    if stopper is not None:
        values = {"order": shipment.order_id.number, "other": stopper.order_id.number}
        return (Problem("print_bundle_stopped", Severity.BLOCK, "stage", values),)
    waits = next((p for p in shipment.problems if p.code == "plan_wait"), None)
    if waits is not None and shipment.stage is Stage.WAITING:
        values = {"order": shipment.order_id.number, "day": waits.values["day"]}
        return (Problem("print_waits", Severity.BLOCK, "stage", values),)
    why = stage_problem(shipment, Severity.BLOCK)
    return (why, *(problem for problem in shipment.problems if problem.severity is not Severity.WARN))


def stage_problem(shipment: Shipment, severity: Severity) -> Problem:
    """That a shipment's stage allows no printing; a code for each stage (`print_stage_hold` …)."""
    values = {"order": shipment.order_id.number, "stage": shipment.stage.value}
    return Problem(f"print_stage_{shipment.stage.value}", severity, "stage", values)


def sources_of(
    ws: Workspace, chosen: Sequence[Shipment], layout_of: Callable[[str], PaperLayout] | None = None
) -> list[SlipSource]:
    """What the slips of these shipments are made of, read in few queries; `layout_of` gives a shop's layout where it is
    not the one assigned."""
    every = [one for shipment in chosen for one in shipment.bundle]
    wanted = list({shipment.order_id for shipment in every})
    known = {order_id: stored.order() for order_id, stored in orders.find(ws.store, wanted).items()}
    skus = [line.sku for shipment in every for line in shipment.lines]
    sets = goods_sets.by_skus(ws.store, skus)
    parts = [part.sku for found in sets.values() for part in found.components]
    goods = products.by_skus(ws.store, [*skus, *parts])
    of_carriers, forms = ws.carriers(), ws.number_forms()
    settings: dict[str, ShopOptions] = {}
    fronts = {}
    drawn_by: dict[str, PaperLayout] = {}
    for shop in {shipment.order_id.shop for shipment in every}:
        settings[shop] = ws.shop_options(shop)
        drawn_by[shop] = layout_of(shop) if layout_of else for_shop(ws, prints.SLIP, shop, settings[shop])
        fronts[shop] = shopfront(shop, settings[shop], drawn_by[shop])

    def source(s: Shipment) -> SlipSource:
        shop = s.order_id.shop
        made = SlipSource(s, known[s.order_id], settings[shop], fronts[shop], goods, sets, drawn_by[shop])
        return replace(made, carriers=of_carriers, forms=forms)

    return [replace(source(s), together=tuple(source(o) for o in s.bundle if o is not s)) for s in chosen]


def not_wanted(sources: Sequence[SlipSource]) -> dict[str, str]:
    """Shipments whose shop wants no slip for them (PR-04); what travels together gets one where any of it does."""
    skipped: dict[str, str] = {}
    for source in sources:
        reasons = [_not_wanted(one) for one in (source, *source.together)]
        if all(reasons):
            skipped[source.shipment.key] = reasons[0]
    return skipped


def _not_wanted(source: SlipSource) -> str:
    when = source.options.get("slip.when")
    if when == "never":
        return "slip_never"
    asked = asks_for_slip(f"{source.shipment.buyer_text}\n{source.order.remark}")
    return "slip_not_asked" if when == "request" and not asked else ""


def _lacking(slips: Sequence[SlipData]) -> dict[str, tuple[Problem, ...]]:
    """By key: characters no font holds (PR-14)."""
    found: dict[str, tuple[Problem, ...]] = {}
    for slip in slips:
        characters = slip_missing(slip)
        if characters:
            values = {"order": slip.order_number, "characters": _named(characters)}
            found[slip.key] = (Problem("glyph_missing", Severity.BLOCK, "recipient", values),)
    return found


def _named(characters: Sequence[str]) -> str:
    return " ".join(f"{c} (U+{ord(c):04X})" for c in characters)


def _notices(
    slips: Sequence[SlipData], lacking: Mapping[str, tuple[Problem, ...]], unsaid: Mapping[str, Problem]
) -> dict[str, tuple[Problem, ...]]:
    """By key: what is printed as 〓, what is left out, and a carrier the marketplace cannot be told of yet."""
    from jpship_gui.documents.characters import left_out

    notices: dict[str, tuple[Problem, ...]] = {}
    for slip in slips:
        found = [*lacking.get(slip.key, ()), *([unsaid[slip.key]] if slip.key in unsaid else [])]
        dropped = left_out(slip_characters(slip))
        if dropped:
            values = {
                "order": slip.order_number,
                "characters": " ".join(f"U+{ord(c[0]):04X}" for c in dropped),
            }
            found.append(Problem("glyph_left_out", Severity.WARN, "recipient", values))
        paper = _paper(slip)
        if paper != _paper(slips[0]):
            values = {"order": slip.order_number, "paper": paper, "first": _paper(slips[0])}
            found.append(Problem("slip_paper_differs", Severity.WARN, "layout", values))
        if found:
            notices[slip.key] = tuple(found)
    return notices


def _paper(slip: SlipData) -> str:
    """The name of the sheet a slip is drawn on."""
    size = slip.layout.paper if slip.layout else PAPERS["A4"]
    return next((name for name, known in PAPERS.items() if known == size), "")


def _note(
    ws: Workspace,
    batch: int,
    taken: Sequence[Shipment],
    pages: Sequence[int],
    pdf: bytes,
    fingerprint: str,
    out: Path,
    state: str,
) -> int:
    """File, kept copy and record come together: the record is undone when a file cannot be written."""
    store, now = ws.store, ws.now()
    row_ids = [shipment.row_id for shipment in taken]
    kept = ws.places.papers / f"slip-{batch:06d}.pdf"
    with store.transaction():
        made = Print(
            *(0, now, ws.person, ws.desk, prints.SLIP, batch, 1, len(taken), sum(pages), "", kept.name),
            *(fingerprint, state),
        )
        print_id = prints.add(store, made, _numbered(row_ids, pages))
        prints.set_places(store, batch, row_ids)
        shipments.mark(store, row_ids, "printed", now, ws.person, prints.SLIP)
        every = [one.row_id for shipment in taken for one in shipment.bundle]
        history.add(store, every, "printed", now, ws.person, ws.desk, batch=str(batch))
        shipments.restage(store, row_ids)
        write_both(kept, out, pdf)
    return print_id


def _numbered(row_ids: Sequence[int], pages: Sequence[int]) -> list[tuple[int, int]]:
    """(shipment row id, page) of every page."""
    numbered = []
    page = 0
    for row_id, count in zip(row_ids, pages, strict=True):
        for _ in range(count):
            page += 1
            numbered.append((row_id, page))
    return numbered
