"""The temperature each box of a shipment travels at (PL-08, SY-13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jpship_gui.domain.goods_facts import TEMPERATURES
from jpship_gui.domain.goods_set import key_of, opened
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import goods_sets, orders, products

_Line = tuple[str, str]  # shipment key, line id


def cool_of_boxes(ws: Workspace, found: Sequence[Shipment]) -> dict[str, str | None]:
    """By parcel key: chilled, frozen, "" for neither; None where goods of both are in one box, or where goods of
    several temperatures are spread over boxes nobody said the contents of."""
    known: dict[str, str | None] = {box.key: s.extra.get("cool", "") for s in found for box in s.boxes}
    parted = [s for s in found if len(s.boxes) > 1 and s.extra.get("cool", "")]
    if not parted:
        return known
    temperatures = temperatures_of(ws, parted)
    for shipment in parted:
        lines = {(s.key, line.line_id): temperatures[s.key, line.line_id] for s, line in shipment.goods}
        if len(set().union(*lines.values())) < 2:
            continue
        contents = shipment.contents()
        for box in shipment.boxes:
            inside = [lines[one.shipment, one.line_id] for one in contents.get(box.key, ())]
            known[box.key] = _one(set().union(*inside)) if inside else None
    return known


def temperatures_of(ws: Workspace, found: Sequence[Shipment]) -> Mapping[_Line, frozenset[str]]:
    """By line what its goods need, by the goods list or, where that says nothing, by the order's own flag."""
    every = [one for shipment in found for one in shipment.bundle]
    stored = orders.find(ws.store, list({one.order_id for one in every}))
    flags = {order_id: one.order().flags for order_id, one in stored.items()}
    said = {
        one.key: next((flag for flag in flags.get(one.order_id, ()) if flag in TEMPERATURES), "")
        for one in every
    }
    skus = list(dict.fromkeys(line.sku for one in every for line in one.lines if line.sku))
    sets = goods_sets.by_skus(ws.store, skus)
    parts = [part.sku for one in sets.values() for part in one.components]
    facts = products.facts_of(ws.store, [*skus, *parts])

    def needs(shipment: Shipment, skus: Iterable[str]) -> frozenset[str]:
        listed = (facts.get(key_of(sku)) for sku in skus)
        return frozenset((one.temperature if one else "") or said[shipment.key] for one in listed)

    return {
        (one.key, line.line_id): needs(one, (piece.sku for piece in opened([line], sets)))
        for one in every
        for line in one.lines
    }


def _one(inside: set[str]) -> str | None:
    """What goods of these can all travel at: what need not be cool may be."""
    cold = inside - {""}
    return None if len(cold) > 1 else next(iter(cold), "")
