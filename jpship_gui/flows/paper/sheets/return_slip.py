"""Return slips, for shops that enclose one."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.documents.return_slip import ReturnData, ReturnLine, render_returns, return_characters
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.paper import layouts
from jpship_gui.flows.paper.fitting import GLYPHS_SEEN, legible, some, take
from jpship_gui.flows.paper.kind import Drawn, Kind, Wanted
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.paper.slip_values import SlipSource
from jpship_gui.flows.workspace import Workspace


def encloses_return(source: SlipSource) -> bool:
    """Whether a return slip goes into this parcel."""
    return any(one.options.get("returns.slip") == "always" for one in (source, *source.together))


def _wanted(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    shops = {one.order_id.shop for shipment in found for one in shipment.bundle}
    enclosing = {shop for shop in shops if ws.shop_options(shop).get("returns.slip") == "always"}
    return tuple(s.key for s in found if any(one.order_id.shop in enclosing for one in s.bundle))


def _draw(ws: Workspace, wanted: Wanted) -> Drawn:
    taken = take(ws, wanted)
    layout = layouts.cached(ws, "returns")
    made = legible(
        taken,
        wanted,
        [(source, _slip(source, layout(source.order.id.shop))) for source in taken.sources],
        return_characters,
    )
    some(taken, made)
    pdf, pages = render_returns([slip for _, slip in made], named(ws, "slip").dpi)
    keys = (
        (source.shipment.key,) for (source, _), count in zip(made, pages, strict=True) for _ in range(count)
    )
    return taken.drawn(pdf, keys)


def _slip(source: SlipSource, layout: layouts.PaperLayout) -> ReturnData:
    """The goods as they were bought, not as they were packed: a set comes back as one."""
    lines = []
    for _, line in source.shipment.goods:
        product = source.products.get(line.sku)
        name = (product.name if product else "") or line.name
        lines.append(ReturnLine(line.sku or line.item_number, name, line.quantity, line.variant))
    order = source.order
    return ReturnData(
        key=source.shipment.key,
        order_number=order.id.number,
        recipient=source.shipment.recipient.name,
        lines=tuple(lines),
        shop=source.shop,
        ordered_on=to_jst(order.ordered_at).date() if order.ordered_at else None,
        layout=layout,
    )


KINDS = (Kind("returns", "slip", _wanted, _draw, place=25, to_buyer=True, choices=(GLYPHS_SEEN,)),)
