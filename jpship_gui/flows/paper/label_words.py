"""Words that labels have in common."""

from __future__ import annotations

import re

from jpship_gui.carriers.base import Carrier
from jpship_gui.flows.paper.slip_values import SLIP_WORDS, SlipSource
from jpship_gui.settings.options import declared
from jpship_gui.texts import text_in

_TAIL = 5  # digits of an order number by which a packer knows it


def order_tail(source: SlipSource, market: str = "") -> str:
    """楽天 …12461 3-37: the order as a packer knows it; the place in the batch where it has one and no market is
    named (a copy shows it large)."""
    shipment = source.shipment
    place = f"{shipment.batch}-{shipment.batch_row}" if shipment.batch and not market else ""
    return " ".join(filter(None, (market, place, f"…{shipment.order_id.number[-_TAIL:]}")))


def phone_groups(digits: str) -> str:
    """A mobile number in its groups; the groups of others differ from town to town."""
    return re.sub(r"(0[5-9]0)(\d{4})(\d{4})", r"\1-\2-\3", digits) if len(digits) == 11 else digits


def goods_words(source: SlipSource, carrier: Carrier | None) -> str:
    """品名: what the shop says all its parcels with this carrier hold, else the first line's name (its short one where
    the goods list has it)."""
    key = f"{carrier.id}.goods_name" if carrier else ""
    own = str(source.options.get(key)) if key in declared() else ""
    lines = [line for _, line in source.shipment.goods]
    if own or not lines:
        return own
    product = source.products.get(lines[0].sku)
    name = (product.name if product else "") or lines[0].name
    more = len(lines) - 1
    return text_in(SLIP_WORDS, "documents.copy_more", name=name, lines=more) if more else name


def service_name(source: SlipSource, carrier: Carrier | None) -> str:
    """The carrier's own name of the service, the id where it has none of that id."""
    wanted = source.shipment.service or source.options.get("carrier.service")
    found = carrier.service(wanted) if carrier else None
    return found.name if found else str(wanted)


def cash_due(source: SlipSource) -> int | None:
    """What the driver collects: the package's own total where the order goes to several addresses."""
    order = source.order
    if len(order.packages) > 1:
        package = next((p for p in order.packages if p.package_id == source.shipment.package_id), None)
        return package.total if package else None
    return None if "charged" in order.money.undecided else order.money.charged
