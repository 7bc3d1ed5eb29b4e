"""What is to be told of a confirmation, seen how Yahoo! has the order now. No HTTP here.

Procedure of reference 5.7: the order is looked at first, and what stands there already is never told again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jpship_gui.domain.confirmation import Confirmation, SendResult, SendState
from jpship_gui.marketplaces.yahoo.api import DONE, Refusal, Shipping, Taken
from jpship_gui.marketplaces.yahoo.values import parcel_id, plain_number

SHIP_NOW = "2"
SHIPPED_STATES = frozenset({"3", "4"})
# OrderStatus in which nothing is to be told.
NOT_NOW: Mapping[str, str] = {"1": "order_reserved", "3": "order_on_hold", "4": "order_cancelled"}


def plan(confirmation: Confirmation, order: Mapping[str, str] | Refusal) -> Shipping | SendResult:
    """What to tell, or what is decided without telling anything; `order` are the fields of the order as it stands."""
    key = confirmation.shipment_key
    if isinstance(order, Refusal):
        return SendResult(key, SendState.REFUSED, "order_unknown", order.text)
    told = Shipping(
        confirmation.parcels[0].carrier_code,
        [parcel.tracking_no for parcel in confirmation.parcels],
        confirmation.ship_date,
        _method(confirmation),
    )
    status = order.get("OrderStatus", "")
    if status in NOT_NOW:
        return SendResult(key, SendState.REFUSED, NOT_NOW[status])
    standing = numbers_of(order)
    if order.get("ShipStatus") not in SHIPPED_STATES:
        return told
    if standing == list(map(plain_number, told.numbers)):
        return SendResult(key, SendState.ACCEPTED, "already_registered", detail_ids=_ids(confirmation))
    ids = dict(_ids(confirmation))
    ours = all(p.detail_id in ids.values() for p in confirmation.parcels)  # told before: this is a correction
    if status != DONE and (ours or not standing):
        return told
    return SendResult(key, SendState.REFUSED, "yahoo_other_number", "・".join(standing))


def numbers_of(order: Mapping[str, str]) -> list[str]:
    """The tracking numbers that stand in an order."""
    found = (plain_number(order.get(f"ShipInvoiceNumber{place}", "")) for place in (1, 2))
    return [number for number in found if number]


def result_of(confirmation: Confirmation, answer: Taken | Refusal) -> SendResult:
    """The answer to orderShipStatusChange; a warning is kept with what was accepted."""
    key = confirmation.shipment_key
    if isinstance(answer, Refusal):
        return SendResult(key, SendState.REFUSED, answer.code, answer.text)
    return SendResult(key, SendState.ACCEPTED, answer.warning, answer.text, _ids(confirmation))


def _ids(confirmation: Confirmation) -> tuple[tuple[str, str], ...]:
    number = confirmation.order_id.number
    return tuple((p.parcel_key, parcel_id(number, n)) for n, p in enumerate(confirmation.parcels, start=1))


def _method(confirmation: Confirmation) -> str:
    methods = {parcel.method for parcel in confirmation.parcels}
    return methods.pop() if len(methods) == 1 else ""


def may_complete(order: Mapping[str, str] | Refusal, numbers: Sequence[str]) -> bool:
    """Whether an order stands shipped with these very numbers and waits to be completed."""
    return (
        not isinstance(order, Refusal)
        and order.get("OrderStatus") == SHIP_NOW
        and order.get("ShipStatus") in SHIPPED_STATES
        and numbers_of(order) == list(map(plain_number, numbers))
    )
