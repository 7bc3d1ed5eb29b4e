"""Handling marks of a shipment, by what a person said, what its goods need and what its shop always says (PR-11)."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.domain.handling_marks import MARKS, marks_in
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import marks


def marks_of(ws: Workspace, chosen: Sequence[Shipment]) -> dict[str, tuple[str, ...]]:
    """The marks of each shipment by key, those of all that travels with it included, in the order of `MARKS`."""
    every = [one for shipment in chosen for one in shipment.bundle]
    said = marks.said(ws.store, [one.row_id for one in every])
    goods = marks.of_goods(ws.store, (line.sku for one in every for _, line in one.goods))
    usual = {shop: _usual(ws, shop) for shop in {one.order_id.shop for one in every}}
    found = {}
    for shipment in chosen:
        named: set[str] = set()
        for one in shipment.bundle:
            if one.row_id in said:
                named |= set(said[one.row_id])
                continue
            named |= set(usual[one.order_id.shop])
            named |= {mark for _, line in one.goods for mark in goods.get(line.sku, ())}
        found[shipment.key] = tuple(mark for mark in MARKS if mark in named)
    return found


def _usual(ws: Workspace, shop: str) -> tuple[str, ...]:
    return marks_in(" ".join(ws.shop_options(shop).get("carrier.marks")))[0]
