"""Which service of its carrier a shipment travels by, and whether that gives it a number."""

from __future__ import annotations

from collections.abc import Mapping

from jpship_gui.carriers.base import Carrier
from jpship_gui.domain.shipment import Shipment
from jpship_gui.settings.options import ShopOptions


def carrier_of(shipment: Shipment, options: ShopOptions) -> str:
    """The carrier planned, else the shop's usual one."""
    return shipment.carrier or str(options.get("carrier.default"))


def service_of(carrier: Carrier, shipment: Shipment, options: ShopOptions) -> str:
    """The service a shipment would travel by: planned, else the shop's usual one, else the carrier's; with cash on
    delivery the one that is the same with it."""
    usual = str(options.get("carrier.service")) if carrier.id == options.get("carrier.default") else ""
    service = shipment.service or usual or carrier.default_service
    known = carrier.service(service)
    if shipment.cash_on_delivery and known is not None and known.with_cash:
        return known.with_cash
    return service


def untracked(known: Mapping[str, Carrier], shipment: Shipment, options: ShopOptions) -> bool:
    """Whether a shipment travels by a service that gives it no number (SY-09)."""
    carrier = known.get(carrier_of(shipment, options))
    if carrier is None:
        return False
    service = carrier.service(service_of(carrier, shipment, options))
    return service is not None and not service.tracked
