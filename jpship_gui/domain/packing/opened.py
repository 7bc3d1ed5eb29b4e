"""The goods of an open shipment stay those it was opened with, whatever becomes of the sets in it meanwhile (IN-13)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jpship_gui.domain.packing.kinds import tidy
from jpship_gui.domain.packing.world import PackLine, PackView


def goods_at_opening(view: PackView) -> str:
    """What the effect that opens a shipment keeps of its goods: nothing unless a set is among them."""
    if not any(line.set_sku for line in view.lines):
        return ""
    lines = [[x.sku, x.quantity, x.source, x.each, x.set_sku, x.set_name] for x in view.lines]
    return json.dumps(lines, ensure_ascii=False, separators=(",", ":"))


def with_goods(view: PackView, kept: str) -> PackView:
    """The shipment with the goods kept at its opening, in every box too; names and codes are the present ones where
    they still stand."""
    if not kept:
        return view
    present = list(view.lines)
    orders = {line.source: line.order for line in present}
    lines = []
    for sku, quantity, source, each, set_sku, set_name in json.loads(kept):
        same = next((x for x in present if (x.sku, x.source, x.set_sku) == (sku, source, set_sku)), None)
        if same is not None:
            present.remove(same)
            lines.append(replace(same, quantity=quantity, each=each, set_name=set_name))
            continue
        made = PackLine(sku, quantity, frozenset({tidy(sku)}), sku, "", orders.get(source, ""))
        lines.append(replace(made, source=source, each=each, set_sku=set_sku, set_name=set_name))
    boxes = tuple(replace(p, contents=_moved(p.contents, view.lines, lines)) for p in view.parcels)
    return replace(view, lines=tuple(lines), parcels=boxes)


def _moved(
    contents: Mapping[int, int], present: Sequence[PackLine], kept: Sequence[PackLine]
) -> Mapping[int, int]:
    """What lies in a box, counted in the lines kept: it holds so many whole pieces of each order line."""
    units = {present[index].source: pieces // present[index].each for index, pieces in contents.items()}
    return {index: units[x.source] * x.each for index, x in enumerate(kept) if units.get(x.source)}
