"""The desk's own copy of each waybill (PR-07): a page a parcel, in the order of the slips."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from jpship_gui.carriers.base import Carrier
from jpship_gui.documents.layout import PaperLayout
from jpship_gui.documents.waybill_copy import SIZES, CopyData, copy_characters, render_copies
from jpship_gui.documents.words import Words, postal
from jpship_gui.domain.order import BY_HAND
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.tracking_no import NumberForm, grouped
from jpship_gui.flows.check.cool import cool_of_boxes
from jpship_gui.flows.paper.fitting import GLYPHS_SEEN, legible, some, take, too_full
from jpship_gui.flows.paper.kind import CHOICE, Ask, Drawn, Kind, Wanted
from jpship_gui.flows.paper.label_words import cash_due, goods_words, order_tail, phone_groups, service_name
from jpship_gui.flows.paper.layouts import cached
from jpship_gui.flows.paper.marks import marks_of
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.paper.slip_values import SLIP_WORDS, SlipSource, addressee, wish_words
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text_in

_OF_MEDIA = {"Custom.100x150mm": "100x150", "A6": "a6", "A5": "a5"}


def _wanted(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    return tuple(shipment.key for shipment in found)


def _draw(ws: Workspace, wanted: Wanted) -> Drawn:
    """Choice `paper` (100x150, a6, a5): else what the preset's paper is."""
    taken = take(ws, wanted)
    preset = named(ws, "label")
    size = _paper(ws, wanted)
    made = legible(taken, wanted, copies_of(ws, taken.sources, cached(ws, "label")), copy_characters)
    some(taken, made)
    rendered = render_copies([copy for _, copy in made], size, preset.dpi)
    shown = too_full(taken, "label", made, rendered.over)
    some(taken, shown)
    return taken.drawn(rendered.pdf, ((source.shipment.key,) for source, _ in shown))


def _paper(ws: Workspace, wanted: Wanted) -> str:
    said = wanted.choices.get("paper", "")
    return said if said in SIZES else _OF_MEDIA.get(named(ws, "label").media, "100x150")


def _asks(ws: Workspace, wanted: Wanted) -> tuple[Ask, ...]:
    titles = {"100x150": "100 × 150 mm"}
    papers = tuple((size, titles.get(size, size.upper())) for size in SIZES)
    return (Ask("paper", CHOICE, _paper(ws, wanted), options=papers),)


def copies_of(
    ws: Workspace, sources: Sequence[SlipSource], layout_of: Callable[[str], PaperLayout]
) -> list[tuple[SlipSource, CopyData]]:
    """One for each parcel, drawn as its shop wants it."""
    every = [source.shipment for source in sources]
    marks, cools = marks_of(ws, every), cool_of_boxes(ws, every)
    words = Words(SLIP_WORDS)
    carriers, forms, names = ws.carriers(), ws.number_forms(), _market_names(ws)
    made = []
    for source in sources:
        shipment = source.shipment
        carrier = carriers.get(shipment.carrier or source.options.get("carrier.default"))
        said = tuple(words(f"mark.{mark}") for mark in marks[shipment.key])
        parcels = shipment.parcels or (Parcel(shipment.key),)
        for parcel in parcels:
            common = _common(source, carrier, parcel, forms, words, cools.get(parcel.key) or "")
            copy = CopyData(
                **common,
                pieces=len(parcels),
                marks=said,
                layout=layout_of(shipment.order_id.shop),
                order=order_tail(source, names.get(shipment.order_id.marketplace, "")),
            )
            made.append((source, copy))
    return made


def _market_names(ws: Workspace) -> dict[str, str]:
    names = {id_: market.name for id_, market in ws.markets().items()}
    return {**names, BY_HAND: ""}


def _common(
    source: SlipSource,
    carrier: Carrier | None,
    parcel: Parcel,
    forms: Sequence[NumberForm],
    words: Words,
    cool: str,
) -> dict[str, Any]:
    """All but marks, pieces and the order's name."""
    shipment, order, shop = source.shipment, source.order, source.shop
    person = addressee(shipment.recipient, order.company)
    number = parcel.tracking_no or parcel.file_no
    return {
        "key": parcel.key,
        "name": person.name,
        "postal_code": person.postal_code,
        "lines": person.lines,
        "company": person.company,
        "phone": phone_groups(shipment.recipient.phone),
        "carrier": carrier.name if carrier else shipment.carrier,
        "service": service_name(source, carrier),
        "piece": parcel.no,
        "wish": wish_words(shipment.wish, words),
        "cool": text_in(SLIP_WORDS, f"documents.cool.{cool}") if cool in ("chilled", "frozen") else "",
        "cash": cash_due(source) if shipment.cash_on_delivery and parcel.no == 1 else None,
        "sender": shop.name,
        "sender_phone": shop.phone,
        "sender_address": f"{postal(shop.postal_code)} {shop.address}".strip(),
        "goods": goods_words(source, carrier),
        "number": number,
        "printed": grouped(number, forms, carrier.id) if carrier else number,
        "letter": _letter(number, forms, carrier.id) if carrier else "A",
        "batch": shipment.batch or 0,
        "row": shipment.batch_row or 0,
    }


def _letter(number: str, forms: Sequence[NumberForm], carrier: str) -> str:
    """The start and stop letter the carrier's own waybills carry, "A" where that is not known."""
    for form in forms:
        if form.carrier == carrier and form.letters and re.fullmatch(form.pattern, number):
            return form.letters[0]
    return "A"


KINDS = (Kind("label", "label", _wanted, _draw, 40, on=False, choices=("paper", GLYPHS_SEEN), asks=_asks),)
