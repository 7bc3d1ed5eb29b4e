"""Packing check sheets: one a parcel, for shops that use them."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.documents.check_sheet import (
    CheckData,
    CheckLine,
    CheckParcel,
    check_characters,
    render_checks,
)
from jpship_gui.documents.words import Words
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.tracking_no import grouped
from jpship_gui.flows.check.words import problem_words
from jpship_gui.flows.paper.fitting import GLYPHS_SEEN, legible, some, take
from jpship_gui.flows.paper.goods_rows import goods_rows, inserts_of, together
from jpship_gui.flows.paper.kind import Drawn, Kind, Wanted
from jpship_gui.flows.paper.numbers import letter_of
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.paper.print_slips import not_wanted
from jpship_gui.flows.paper.sheets.return_slip import encloses_return
from jpship_gui.flows.paper.slip_values import SlipSource, wish_words
from jpship_gui.flows.services import service_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import language, text


def _wanted(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    uses = {shop: ws.shop_options(shop).get("check.sheet") for shop in {s.order_id.shop for s in found}}
    return tuple(shipment.key for shipment in found if uses[shipment.order_id.shop] == "always")


def _draw(ws: Workspace, wanted: Wanted) -> Drawn:
    taken = take(ws, wanted)
    no_slip = not_wanted(taken.sources)
    made = legible(
        taken,
        wanted,
        [(source, _check(ws, source, source.shipment.key not in no_slip)) for source in taken.sources],
        check_characters,
    )
    some(taken, made)
    pdf, pages = render_checks([check for _, check in made], language(), named(ws, "desk").dpi)
    keys = (
        (source.shipment.key,) for (source, _), count in zip(made, pages, strict=True) for _ in range(count)
    )
    return taken.drawn(pdf, keys)


def _check(ws: Workspace, source: SlipSource, slip: bool) -> CheckData:
    shipment, options = source.shipment, source.options
    carrier = ws.carriers().get(shipment.carrier or options.get("carrier.default"))
    service = carrier.service(service_of(carrier, shipment, options)) if carrier else None
    forms = ws.number_forms()
    parcels = []
    for parcel in shipment.parcels or (Parcel(shipment.key),):
        number = parcel.tracking_no or parcel.file_no
        printed = grouped(number, forms, carrier.id) if carrier else number
        parcels.append(CheckParcel(number, printed, letter_of(number, forms, carrier.id) if carrier else ""))
    cool = shipment.extra.get("cool", "")
    every = shipment.bundle
    return CheckData(
        key=shipment.key,
        order_number=shipment.order_id.number,
        recipient=shipment.recipient.name,
        lines=tuple(
            CheckLine(row.name, row.quantity, row.sku, row.variant, row.shelf, row.set_name)
            for row in goods_rows(source)
        ),
        parcels=tuple(parcels),
        batch=shipment.batch or 0,
        row=shipment.batch_row or 0,
        carrier=carrier.name if carrier else shipment.carrier,
        service=service.name if service else shipment.service,
        wish=wish_words(shipment.wish, Words(language())),
        cool=text(f"documents.cool.{cool}") if cool in ("chilled", "frozen") else "",
        shop=shipment.order_id.shop,
        enclosed=_enclosed(ws, source, slip),
        notes=together(shipment),
        warnings=tuple(
            dict.fromkeys(problem_words(problem).title for one in every for problem in one.problems)
        ),
        remark="\n".join(dict.fromkeys(one.buyer_text for one in every if one.buyer_text)),
    )


def _enclosed(ws: Workspace, source: SlipSource, slip: bool) -> tuple[str, ...]:
    """Everything that lies in the box beside the goods."""
    every = (source, *source.together)
    gift = any(one.shipment.gift for one in every)
    words = []
    if slip:
        words.append(text("paper.enclosed.gift" if gift else "paper.enclosed.slip"))
    if encloses_return(source):
        words.append(text("paper.enclosed.returns"))
    for one in every:
        words += [text("paper.enclosed.wrapping", text=wrapping) for wrapping in one.shipment.wrapping]
        if one.shipment.noshi:
            words.append(text("paper.enclosed.noshi", text=one.shipment.noshi))
        if one.order.gift_message:
            words.append(text("paper.enclosed.card"))
        extras = (line.extra for line in one.shipment.lines if line.extra and not line.deleted)
        words += [text("paper.enclosed.extra", text=extra) for extra in extras]
    words += [f"{insert.name}（{insert.allowed}）" for insert in inserts_of(source, ws.today())]
    return tuple(dict.fromkeys(words))


KINDS = (Kind("checks", "desk", _wanted, _draw, place=30, choices=(GLYPHS_SEEN,)),)
