"""Make pick lists: one for the whole selection by shelf, or one quarter sheet for each order (PR-06)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jpship_gui.documents.barcodes import is_jan
from jpship_gui.documents.picklist import PickRow, PickTotal, render_total
from jpship_gui.documents.picklist_order import PickOrder, render_orders, render_placed
from jpship_gui.documents.slip_data import Look
from jpship_gui.documents.words import Words
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.goods_set import NO_SETS, Piece, Sets, codes_needed, opened
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.paper.goods_rows import TAIL, goods_rows, notes, words_of
from jpship_gui.flows.paper.keep import write_both
from jpship_gui.flows.paper.presets import preset
from jpship_gui.flows.paper.print_slips import NothingToPrint, choose, not_wanted, sources_of
from jpship_gui.flows.paper.slip_values import SlipSource, wish_words
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, prints, shipments, table
from jpship_gui.store.prints import Print
from jpship_gui.store.products import Product
from jpship_gui.texts import language, text

TOTAL, ORDER = "total", "order"


@dataclass(frozen=True, slots=True)
class PickResult:
    """What was made: shipment keys on the list, its sums, and by key why others are not on it."""

    path: Path
    fingerprint: str
    printed: tuple[str, ...]
    rows: int
    pieces: int
    pages: int
    refused: Mapping[str, tuple[Problem, ...]]
    print_id: int


def print_picklist(
    ws: Workspace,
    keys: Sequence[str] | None,
    out: Path,
    kind: str = TOTAL,
    *,
    to_queue: bool = False,
) -> PickResult:
    """Write a pick list of these shipments (None: all that wait for printing or packing) to `out`.

    A list per order carries each shipment's key; where the shop encloses no slip it is the paper the shipment is
    packed by and counts as printed. `to_queue` as of `print_slips`.
    Raises Refused("picklist_kind", "shipment_unknown"), NothingToPrint, WorldFault.
    """
    if kind not in (TOTAL, ORDER):
        raise Refused("picklist_kind", kind=kind)
    chosen, refused = choose(ws, _waiting(ws) if keys is None else keys)
    if not chosen:
        raise NothingToPrint(
            "print_all_refused" if refused else "print_nothing_waiting", refused, {}, count=len(refused)
        )
    sources = sources_of(ws, chosen)
    look = Look(dpi=preset(ws, prints.PICK_TOTAL).dpi)
    if kind == TOTAL:
        total = total_of(ws, chosen, sources[0].products, sources[0].sets)
        pdf, rows = render_total(total, look, language()), len(total.rows)
        places: tuple[tuple[int, ...], ...] = ((1,),) * len(chosen)
    else:
        made = [_order_of(source, ws.today()) for source in sources]
        pdf, places = render_placed(made, look, language())
        rows = sum(len(order.lines) for order in made)
    fingerprint = hashlib.sha256(pdf).hexdigest()
    numbered = [(s.row_id, page) for s, found in zip(chosen, places, strict=True) for page in found]
    pages, print_id = _note(
        *(ws, kind, sources, numbered, pdf, fingerprint, out), prints.SENDING if to_queue else ""
    )
    pieces = sum(codes_needed(opened(one.lines, sources[0].sets)) for s in chosen for one in s.bundle)
    return PickResult(out, fingerprint, tuple(s.key for s in chosen), rows, pieces, pages, refused, print_id)


def _waiting(ws: Workspace) -> list[str]:
    """Goods are still to be collected for what is printed and not packed as for what is not printed yet."""
    ids = [
        row_id
        for stage in (Stage.PRINT, Stage.PACK)
        for row_id in table.ids(ws.store, table.Query(view=f"stage:{stage.value}"), ws.now())
    ]
    return [shipment.key for shipment in shipments.by_ids(ws.store, ids) if shipment.facts.checked is None]


def preview_picklist(ws: Workspace, keys: Sequence[str], kind: str = TOTAL) -> bytes:
    """The list as it would be printed now, without noting anything; NothingToPrint when no shipment may be on it."""
    chosen, refused = choose(ws, keys)
    if not chosen:
        raise NothingToPrint("print_all_refused", refused, {}, count=len(refused))
    sources = sources_of(ws, chosen)
    look = Look(dpi=preset(ws, prints.PICK_TOTAL).dpi)
    if kind == TOTAL:
        total = total_of(ws, chosen, sources[0].products, sources[0].sets)
        return render_total(total, look, language())
    return render_orders([_order_of(source, ws.today()) for source in sources], look, language())


def total_of(
    ws: Workspace, chosen: Sequence[Shipment], goods: Mapping[str, Product], sets: Sets = NO_SETS
) -> PickTotal:
    """Every SKU once with its sum, the orders it goes to and the sets it is for; lines without a SKU are told apart by
    their words."""
    rows: dict[tuple[str, str, str], list[tuple[Shipment, Piece]]] = {}
    every = [one for shipment in chosen for one in shipment.bundle]
    for shipment in every:
        for piece in opened(shipment.lines, sets):
            rows.setdefault(_identity(piece), []).append((shipment, piece))
    made = [_row(parts, goods) for parts in rows.values()]
    made += _extras(every)
    batches = {shipment.batch for shipment in chosen}
    batch = batches.pop() if len(batches) == 1 else None
    return PickTotal(tuple(made), len(chosen), to_jst(ws.now()), ws.person, batch)


def _extras(chosen: Sequence[Shipment]) -> list[PickRow]:
    """What goes along free of charge: once for each line it came with, unless its own words say how many."""
    pieces: dict[str, dict[str, int]] = {}
    for shipment in chosen:
        tail = shipment.order_id.number[-TAIL:]
        for line in shipment.lines:
            if line.extra and not line.deleted:
                found = pieces.setdefault(line.extra, {})
                found[tail] = found.get(tail, 0) + 1
    return [
        PickRow("", text("paper.note_extra", text=extra), sum(found.values()), orders=tuple(found.items()))
        for extra, found in pieces.items()
    ]


def _identity(piece: Piece) -> tuple[str, str, str]:
    return (piece.sku, "", "") if piece.sku else ("", piece.line.name, piece.line.variant)


def _row(parts: Sequence[tuple[Shipment, Piece]], goods: Mapping[str, Product]) -> PickRow:
    """One SKU; as orders call it, but in a set as the goods list does."""
    piece = next((piece for _, piece in parts if not piece.in_set), parts[-1][1])
    product = goods.get(piece.sku)
    pieces: dict[str, int] = {}
    for shipment, part in parts:
        tail = shipment.order_id.number[-TAIL:]
        pieces[tail] = pieces.get(tail, 0) + part.quantity
    name, variant = words_of(piece, product)
    return PickRow(
        sku=piece.sku,
        name=name,
        quantity=sum(part.quantity for _, part in parts),
        shelf=product.shelf if product else "",
        variant=variant,
        jan=product.code if product and is_jan(product.code) else "",
        orders=tuple(pieces.items()),
        sets=tuple(dict.fromkeys(part.set_name for _, part in parts if part.in_set)),
    )


def _order_of(source: SlipSource, today: date) -> PickOrder:
    shipment = source.shipment
    carrier = source.carriers.get(shipment.carrier or source.options.get("carrier.default"))
    return PickOrder(
        key=shipment.key,
        order_number=shipment.order_id.number,
        recipient=shipment.recipient.name,
        lines=goods_rows(source),
        batch=shipment.batch,
        row=shipment.batch_row,
        carrier=carrier.name if carrier else shipment.carrier,
        wish=wish_words(shipment.wish, Words(language())),
        notes=(
            *notes(source, today),
            *(note for one in shipment.bundle for note in _remark(one)),
        ),
    )


def _remark(shipment: Shipment) -> tuple[str, ...]:
    words = " ".join(shipment.buyer_text.split())
    return (text("paper.note_remark", text=words),) if words else ()


def _note(
    ws: Workspace,
    kind: str,
    sources: Sequence[SlipSource],
    places: Sequence[tuple[int, int]],
    pdf: bytes,
    fingerprint: str,
    out: Path,
    state: str,
) -> tuple[int, int]:
    """File, kept copy and record come together; gives pages and the print's id."""
    from jpship_gui.flows.paper.preview import page_count

    document = prints.PICK_TOTAL if kind == TOTAL else prints.PICK_ORDER
    store, now, pages = ws.store, ws.now(), page_count(pdf)
    chosen = [source.shipment for source in sources]
    with store.transaction():
        kept = ws.places.papers / f"{document}-{store.next_numbers('picklist'):06d}.pdf"
        made = Print(
            *(
                0,
                now,
                ws.person,
                ws.desk,
                document,
                None,
                None,
                None,
                pages,
                "",
                kept.name,
                fingerprint,
                state,
            )
        )
        print_id = prints.add(store, made, places)
        every = [one.row_id for shipment in chosen for one in shipment.bundle]
        history.add(store, every, "picklist_printed", now, ws.person, ws.desk)
        no_slip = not_wanted(sources) if kind == ORDER else {}
        packed_by = [s.row_id for s in chosen if s.key in no_slip and s.facts.printed is None]
        if packed_by:
            shipments.mark(store, packed_by, "printed", now, ws.person, document)
            shipments.restage(store, packed_by)
        store.touch()
        write_both(kept, out, pdf)
    return pages, print_id
