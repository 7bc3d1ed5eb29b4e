"""What a parcel needs beside goods and waybill: ticks, the seller's checklist, the scale, a photo (PK-15 – 17, 22)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from jpship_gui.domain.goods_set import Piece, Sets, key_of, opened
from jpship_gui.domain.packing.checklist import (
    CheckGoods,
    CheckItem,
    Checklist,
    CheckSubject,
    items_for,
    read_checklist,
)
from jpship_gui.domain.packing.weight import Weighing
from jpship_gui.domain.receipt_wish import asks
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.handling import marks_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import checklists, evidence, marks, orders, products
from jpship_gui.store.products import Product

_NO_WEIGHTS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Extras:
    """Of one parcel. `ticks` are instructions by name, `grams` one piece's weight by SKU in capitals."""

    ticks: tuple[str, ...] = ()
    items: tuple[CheckItem, ...] = ()
    weighing: Weighing | None = None
    photo: bool = False
    grams: Mapping[str, int] = field(default_factory=lambda: _NO_WEIGHTS)


NONE = Extras()


def extras_of(
    ws: Workspace, shipment: Shipment, options: Mapping[str, ShopOptions], sets: Sets, carrier: str
) -> Extras:
    """As its shop wants it; `options` by shop of all that travels together, `carrier` the planned one."""
    bundle = (shipment,) if shipment.is_member else shipment.bundle
    own = options[shipment.order_id.shop]
    checklist = read_cached(checklists.newest(ws.store)[1])
    weighing = weighing_of(own)
    pieces = [piece for one in bundle for piece in opened(one.lines, sets)]
    listed: Mapping[str, Product] = {}
    if weighing is not None or checklist.about_goods:
        listed = products.by_skus(ws.store, (piece.sku for piece in pieces))
    items: tuple[CheckItem, ...] = ()
    if checklist.groups:
        goods_marks = marks.of_goods(ws.store, listed) if listed else {}
        items = items_for(checklist, subject_of(bundle, pieces, listed, goods_marks, carrier))
    weights = {key_of(sku): one.grams for sku, one in listed.items() if one.grams is not None}
    return Extras(
        _ticks(ws, bundle, options),
        items,
        weighing,
        own.get("pack.evidence") == "required" and not evidence.any_of(ws.store, [s.row_id for s in bundle]),
        weights if weighing is not None else _NO_WEIGHTS,
    )


@lru_cache(maxsize=4)
def read_cached(text: str) -> Checklist:
    """The groups of a checklist; it is read for every scan and changes once a month."""
    return read_checklist(text)


def weighing_of(options: ShopOptions) -> Weighing | None:
    """What a shop wants of the scale."""
    kind = str(options.get("pack.weight"))
    if kind == "off":
        return None
    return Weighing(
        stop=kind == "stop",
        after=options.get("pack.weigh_when") == "after",
        packaging=int(options.get("weight.packaging")),
        tolerance_g=int(options.get("weight.tolerance_g")),
        tolerance_pct=int(options.get("weight.tolerance_pct")),
    )


def subject_of(
    bundle: Sequence[Shipment],
    pieces: Sequence[Piece],
    listed: Mapping[str, Product],
    goods_marks: Mapping[str, tuple[str, ...]],
    carrier: str,
) -> CheckSubject:
    """What travels together, as the checklist asks about it."""
    return CheckSubject(
        goods=tuple(_goods(piece, listed.get(piece.sku), goods_marks.get(piece.sku, ())) for piece in pieces),
        pieces=sum(piece.quantity for piece in pieces),
        carrier=carrier,
        service=bundle[0].service,
        shops=frozenset(one.order_id.shop for one in bundle),
        gift=any(one.gift for one in bundle),
    )


def _goods(piece: Piece, product: Product | None, named: tuple[str, ...]) -> CheckGoods:
    name = product.name if product is not None and piece.in_set else piece.line.name
    if product is None:
        return CheckGoods(piece.sku, name)
    return CheckGoods(piece.sku, name, product.shelf, named, product.temperature, product.grams)


def _ticks(ws: Workspace, bundle: Sequence[Shipment], options: Mapping[str, ShopOptions]) -> tuple[str, ...]:
    """Instructions the order's own fields do not show: a card, a receipt, marks to be stuck on."""
    wanted = {
        "card": _has_card(ws, [one for one in bundle if one.gift]),
        "receipt": any(
            options[one.order_id.shop].get("invoice.mode") != "off" and asks(one.buyer_text, "receipt")
            for one in bundle
        ),
        "marks": any(bool(options[one.order_id.shop].get("pack.tick_marks")) for one in bundle)
        and bool(marks_of(ws, bundle[:1])[bundle[0].key]),
    }
    return tuple(code for code, given in wanted.items() if given)


def _has_card(ws: Workspace, gifts: Iterable[Shipment]) -> bool:
    ids = [one.order_id for one in gifts]
    return (
        any(one.order().gift_message.strip() for one in orders.find(ws.store, ids).values()) if ids else False
    )
