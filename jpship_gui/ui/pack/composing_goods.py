"""The goods of the page: what goes into the box now, how far it is, and what tells look-alikes apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jpship_gui.domain.packing.differing import NOWHERE, differing
from jpship_gui.domain.packing.outcomes import Expect
from jpship_gui.domain.packing.state import RECHECK, State
from jpship_gui.domain.packing.world import PackLine, PackView
from jpship_gui.flows.pack.desk import Snapshot
from jpship_gui.flows.pack.desk_figures import Product
from jpship_gui.ui.pack.screen import Good

_ALIKE = 4  # signs with which names of look-alikes begin


def goods_of(
    view: PackView,
    snapshot: Snapshot,
    products: Mapping[str, Product],
    closed: bool,
    alike: Mapping[str, tuple[str, ...]],
) -> tuple[Good, ...]:
    """Everything, or where it is known what lies in which box, what goes into the one being packed."""
    again = snapshot.state.round == RECHECK  # counted anew, though they were checked
    complete = closed or (view.checked and not again) or not view.goods
    here = {} if complete else _of_this_box(snapshot.state, view)
    made: list[Good] = []
    wanted = snapshot.expects is Expect.ITEM
    for index, line in enumerate(view.lines):
        need, have = here.get(index, (0, 0)) if here else (line.quantity, snapshot.state.counts.get(index, 0))
        if not need:
            continue
        have = need if complete and view.goods else have
        following = wanted and have < need
        wanted = wanted and not following
        product = products.get(line.sku)
        code = product.code if product is not None else line.sku
        picture = product.picture if product is not None else ""
        made.append(
            Good(
                *(line.name, line.variant, code, need, have, following, picture),
                set_name=line.set_name,
                differs=_differs(line, view.lines, alike),
            )
        )
    return tuple(made)


def _differs(
    line: PackLine, lines: Sequence[PackLine], alike: Mapping[str, tuple[str, ...]]
) -> tuple[int, int]:
    """First what the order itself holds of the same name, then what the goods list does. Goods without variants are
    told by their names, where these begin alike."""
    if line.variant:
        here = [other.variant for other in lines if other.name == line.name and other.variant]
        found = differing(line.variant, here)
        return found if found != NOWHERE else differing(line.variant, alike.get(line.name, ()), whole=False)
    likes = [
        other.name
        for other in lines
        if not other.variant and other.name != line.name and other.name[:_ALIKE] == line.name[:_ALIKE]
    ]
    return differing(line.name, likes, whole=False)


def _of_this_box(state: State, view: PackView) -> dict[int, tuple[int, int]]:
    """Pieces that belong into the next box and those counted for it, by line; nothing where that is not known."""
    if not view.by_box or view.next_box is None:
        return {}
    packed: dict[int, int] = {}
    for box in view.parcels:
        for index, pieces in box.contents.items() if box.key in state.boxes else ():
            packed[index] = packed.get(index, 0) + pieces
    return {
        index: (pieces, max(0, state.counts.get(index, 0) - packed.get(index, 0)))
        for index, pieces in view.next_box.contents.items()
    }
