"""Carriers nobody has said how to tell a marketplace of: named before a slip is printed, not too late (PL-09)."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.services import carrier_of, service_of
from jpship_gui.flows.workspace import Workspace


def unmapped(ws: Workspace, chosen: Sequence[Shipment]) -> dict[str, Problem]:
    """By key the shipments whose marketplace, or that of an order in their parcel, has no code for the carrier they go
    with. No other carrier is ever told in its place (CF-03)."""
    markets, known, today = ws.markets(), ws.carriers(), ws.today()
    options = {
        shop: ws.shop_options(shop)
        for shop in {one.order_id.shop for shipment in chosen for one in shipment.bundle}
    }
    asked: dict[tuple[str, str, str], bool] = {}
    found: dict[str, Problem] = {}
    for shipment in chosen:
        own = options[shipment.order_id.shop]
        carrier_id = carrier_of(shipment, own)
        carrier = known.get(carrier_id)
        service = service_of(carrier, shipment, own) if carrier else shipment.service
        for one in shipment.bundle:
            market = markets.get(one.order_id.marketplace)
            if market is None or not market.confirms or not carrier_id:
                continue
            key = (one.order_id.shop, carrier_id, service)
            if key not in asked:
                codes = options[one.order_id.shop].get("carrier.codes")
                repeats = market.repeats_carrier and any(
                    c.carrier == carrier_id for c in market.carrier_codes
                )
                asked[key] = repeats or market.code_of(carrier_id, service, today, codes) is not None
            if not asked[key]:
                values = {
                    "carrier": carrier.name if carrier else carrier_id,
                    "marketplace": market.name,
                    "order": one.order_id.number,
                }
                found.setdefault(shipment.key, Problem("carrier_unmapped", Severity.WARN, "carrier", values))
    return found
