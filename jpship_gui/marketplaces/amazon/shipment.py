"""What is to be told of a confirmation, seen what Amazon has now, and how it is said. No HTTP here.

The order is looked at first: a number that stands is not told again, a package somebody else registered is never
edited, and an order whose label was bought at Amazon is not confirmed at all (Amazon reference 6.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from jpship_gui.domain.confirmation import (
    Confirmation,
    ConfirmedLine,
    ConfirmedParcel,
    SendResult,
    SendState,
    shipment_of,
)
from jpship_gui.domain.order import OrderState
from jpship_gui.domain.order_key import number_of
from jpship_gui.marketplaces.amazon.mapping import has_bought_label, standing_packages, state_of

Json = dict[str, Any]
_NOT_NOW: Mapping[OrderState, str] = {
    OrderState.CANCELLED: "order_cancelled",
    OrderState.PROCESSING: "amazon_pending",
}
_MOST_PARCELS = 100  # of one order; the number of a parcel that cannot have its own place follows from it


@dataclass(frozen=True, slots=True)
class PackageReport:
    """One package as `confirmShipment` is to register or edit it."""

    shipment_key: str
    parcel_key: str
    reference: str
    body: Json


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be sent of one confirmation; or what is decided without sending anything. `standing` are (parcel key,
    Amazon's package id) of parcels that are registered already."""

    reports: tuple[PackageReport, ...] = ()
    standing: tuple[tuple[str, str], ...] = ()
    decided: SendResult | None = None


def plan(confirmation: Confirmation, model: Json | None, marketplace_id: str) -> Plan:
    """The packages of a confirmation that Amazon does not have yet."""
    key = confirmation.shipment_key
    if model is None:
        return Plan(decided=SendResult(key, SendState.REFUSED, "order_unknown"))
    free = standing_packages(model)
    standing: list[tuple[str, str]] = []
    missing: list[ConfirmedParcel] = []
    for parcel in confirmation.parcels:
        same = next((package for package in free if _number(package) == _bare(parcel.tracking_no)), None)
        if same is None:
            missing.append(parcel)
        else:
            standing.append((parcel.parcel_key, str(same.get("packageReferenceId") or "")))
    if not missing:
        done = SendResult(key, SendState.ACCEPTED, "already_registered", detail_ids=tuple(standing))
        return Plan(decided=done)
    reports = [_report(confirmation, parcel, free, marketplace_id) for parcel in missing]
    stop = _stop(model, missing, confirmation)
    if stop:
        return Plan(decided=SendResult(key, SendState.REFUSED, stop))
    return Plan(tuple(reports), tuple(standing))


def _stop(model: Json, missing: Sequence[ConfirmedParcel], confirmation: Confirmation) -> str:
    """Why nothing may be told of this order now, "" when it may."""
    if has_bought_label(model):
        return "label_elsewhere"
    state = state_of(model)
    if state in _NOT_NOW:
        return _NOT_NOW[state]
    added = [parcel for parcel in missing if not parcel.detail_id]
    if added and state is OrderState.SHIPPED:
        return "order_shipped_otherwise"
    return "amazon_less_left" if _too_much(model, added, confirmation) else ""


def _too_much(model: Json, added: Sequence[ConfirmedParcel], confirmation: Confirmation) -> bool:
    """Whether more pieces of a line would be told than Amazon has left to ship."""
    left: dict[str, int] = {}
    for line in model.get("orderItems") or []:
        unfulfilled = (line.get("fulfillment") or {}).get("quantityUnfulfilled")
        if unfulfilled is not None:
            left[str(line.get("orderItemId"))] = int(unfulfilled)
    told: dict[str, int] = {}
    for parcel in added:
        for item in _lines(confirmation, parcel):
            told[item.line_id] = told.get(item.line_id, 0) + item.quantity
    return any(quantity > left.get(line, quantity) for line, quantity in told.items())


def _report(
    confirmation: Confirmation, parcel: ConfirmedParcel, known: Iterable[Json], marketplace_id: str
) -> PackageReport:
    reference = _reference(confirmation, parcel, known)
    body = body_of(confirmation, parcel, reference, marketplace_id)
    return PackageReport(confirmation.shipment_key, parcel.parcel_key, reference, body)


def _reference(confirmation: Confirmation, parcel: ConfirmedParcel, known: Iterable[Json]) -> str:
    """The package's id within its order: always the same for the same parcel, so that telling it again edits it. The
    parcel's own place, unless a package of somebody else's stands there."""
    if parcel.detail_id:
        return parcel.detail_id
    place = _place(confirmation, parcel)
    taken = {str(package.get("packageReferenceId") or "") for package in known}
    if str(place) not in taken:
        return str(place)
    return str(number_of(shipment_of(confirmation.shipment_key)) * _MOST_PARCELS + place)


def _place(confirmation: Confirmation, parcel: ConfirmedParcel) -> int:
    """Which of the shipment's parcels it is, from 1; its key ends in P and that number from the second on, unless it is
    the parcel of another order, which carries this one too."""
    tail = parcel.parcel_key.removeprefix(shipment_of(confirmation.shipment_key)).removeprefix("P")
    return int(tail) if tail.isdigit() else parcel.no


def body_of(confirmation: Confirmation, parcel: ConfirmedParcel, reference: str, marketplace_id: str) -> Json:
    """The body of `confirmShipment` (reference 6.1)."""
    assert confirmation.shipped_at is not None  # `fit` sees to it
    package: Json = {"packageReferenceId": reference, "carrierCode": parcel.carrier_code}
    if parcel.carrier_name:
        package["carrierName"] = parcel.carrier_name
    if parcel.method:
        package["shippingMethod"] = parcel.method
    package |= {
        "trackingNumber": _bare(parcel.tracking_no),
        "shipDate": confirmation.shipped_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "orderItems": [
            {"orderItemId": line.line_id, "quantity": line.quantity} for line in _lines(confirmation, parcel)
        ],
    }
    return {"marketplaceId": marketplace_id, "packageDetail": package}


def _lines(confirmation: Confirmation, parcel: ConfirmedParcel) -> tuple[ConfirmedLine, ...]:
    return parcel.lines or confirmation.lines


def _number(package: Json) -> str:
    return _bare(str(package.get("trackingNumber") or ""))


def _bare(number: str) -> str:
    """A number as Amazon wants it: no hyphens, no blanks."""
    return number.replace("-", "").replace(" ", "")
