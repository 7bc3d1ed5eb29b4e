"""What is to be sent for a confirmation, seen what Rakuten has now, and what its answers mean. No HTTP here.

The procedure is the reference's safe one (4.5): the order as it stands is looked at first, a parcel that is registered
already is never sent again, and a row somebody made without a number is filled in rather than joined by a second one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jpship_gui.domain.confirmation import Confirmation, ConfirmedParcel, SendResult, SendState
from jpship_gui.domain.order import RegisteredParcel
from jpship_gui.marketplaces.rakuten.api import Message
from jpship_gui.marketplaces.rakuten.mapping import registered_parcels

Json = dict[str, Any]

MAX_PARCELS = 20
SHIP_NOW = 300
NOT_NOW: Mapping[int, str] = {
    100: "order_unconfirmed",
    200: "order_processing",
    400: "order_changing",
    800: "order_cancelling",
    900: "order_cancelled",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """Whose parcel stands at one place of a report; its place counts from 1 through all baskets (dataNumber)."""

    shipment_key: str
    parcel_key: str


@dataclass(slots=True)
class OrderReport:
    """One order's report in the making."""

    number: str
    baskets: dict[int, list[tuple[Slot, Json]]] = field(default_factory=dict)

    @property
    def slots(self) -> list[Slot]:
        """Parcels in the order they are sent."""
        return [slot for parcels in self.baskets.values() for slot, _ in parcels]

    @property
    def shipment_keys(self) -> list[str]:
        """The confirmations this report is about."""
        return list(dict.fromkeys(slot.shipment_key for slot in self.slots))

    def json(self) -> Json:
        """The body of updateOrderShipping."""
        baskets = [
            {"basketId": basket, "ShippingModelList": [parcel for _, parcel in parcels]}
            for basket, parcels in self.baskets.items()
        ]
        return {"orderNumber": self.number, "BasketidModelList": baskets}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be sent, and what is decided without sending."""

    reports: tuple[OrderReport, ...]
    decided: tuple[SendResult, ...]


def plan_reports(confirmations: Iterable[Confirmation], models: Mapping[str, Json]) -> Plan:
    """Reports for the confirmations, given the orders as Rakuten has them now (order number → OrderModel)."""
    reports: dict[str, OrderReport] = {}
    decided: list[SendResult] = []
    for confirmation in confirmations:
        number = confirmation.order_id.number
        model = models.get(number)
        package = _package_of(model, confirmation.package_id) if model else None
        if model is None or package is None:
            code = "order_unknown" if model is None else "package_unknown"
            decided.append(SendResult(confirmation.shipment_key, SendState.REFUSED, code))
            continue
        done, parcels = _to_send(confirmation, registered_parcels(package))
        if not parcels:
            decided.append(_accepted(confirmation, done))
            continue
        stop = _stop(model, parcels) or _too_many(package, parcels)
        if stop:
            decided.append(SendResult(confirmation.shipment_key, SendState.REFUSED, stop))
            continue
        report = reports.setdefault(number, OrderReport(number))
        report.baskets.setdefault(int(package["basketId"]), []).extend(parcels)
    return Plan(tuple(reports.values()), tuple(decided))


def results_of(report: OrderReport, messages: Sequence[Message]) -> list[SendResult]:
    """Results of a report answered at once; a parcel no message speaks of leaves its confirmation doubtful."""
    by_place = {m.data_number: m for m in messages if m.data_number}
    whole = next((m for m in messages if m.refused), None)
    answers: dict[str, list[tuple[Slot, Message | None]]] = {}
    for place, slot in enumerate(report.slots, start=1):
        answers.setdefault(slot.shipment_key, []).append((slot, by_place.get(place, whole)))
    return [_result(key, pairs) for key, pairs in answers.items()]


def refused_result(shipment_key: str, note: Message) -> SendResult:
    """Refused in the marketplace's own words."""
    return SendResult(shipment_key, SendState.REFUSED, note.code, note.text)


def _result(key: str, pairs: Sequence[tuple[Slot, Message | None]]) -> SendResult:
    ids = tuple((slot.parcel_key, m.detail_id) for slot, m in pairs if m and m.detail_id and not m.refused)
    for _, note in pairs:
        if note is not None and note.refused:
            return SendResult(key, SendState.REFUSED, note.code, note.text, ids)
    if any(note is None for _, note in pairs):
        return SendResult(key, SendState.DOUBTFUL, "answer_incomplete", detail_ids=ids)
    notice = next((m for _, m in pairs if m is not None and m.kind == "WARNING"), None)
    return SendResult(
        key, SendState.ACCEPTED, notice.code if notice else "", notice.text if notice else "", ids
    )


def _package_of(model: Json, package_id: str) -> Json | None:
    """The package of a confirmation; an order file without 送付先ID is enough only where there is one recipient."""
    packages: list[Json] = [p for p in model.get("PackageModelList") or [] if p.get("packageDeleteFlag") != 1]
    if not package_id and len(packages) == 1:
        return packages[0]
    return next((p for p in packages if str(p.get("basketId")) == package_id), None)


def _to_send(
    confirmation: Confirmation, registered: Sequence[RegisteredParcel]
) -> tuple[list[tuple[str, str]], list[tuple[Slot, Json]]]:
    """(parcel key, 発送明細ID) of parcels registered already, and what is to be sent for the others."""
    free = list(registered)
    done: list[tuple[str, str]] = []
    rest: list[ConfirmedParcel] = []
    for parcel in confirmation.parcels:
        same = next((r for r in free if _same(parcel, r)), None)
        if same is None:
            rest.append(parcel)
        else:
            free.remove(same)
            done.append((parcel.parcel_key, same.detail_id))
    parcels = []
    for parcel in rest:
        row = _row_to_change(parcel, free)
        if row is not None:
            free.remove(row)
        slot = Slot(confirmation.shipment_key, parcel.parcel_key)
        parcels.append((slot, _parcel_json(parcel, confirmation, row)))
    return done, parcels


def _same(parcel: ConfirmedParcel, row: RegisteredParcel) -> bool:
    return (parcel.carrier_code, parcel.tracking_no) == (row.carrier_code, row.tracking_no)


def _row_to_change(parcel: ConfirmedParcel, free: Sequence[RegisteredParcel]) -> RegisteredParcel | None:
    """The row this parcel was registered in before (a correction), one that has its number under another carrier, else
    one that holds no number yet."""
    if parcel.detail_id:
        for row in free:
            if row.detail_id == parcel.detail_id:
                return row
    same = (row for row in free if row.tracking_no == parcel.tracking_no)
    return next(same, None) or next((row for row in free if not row.tracking_no), None)


def _parcel_json(parcel: ConfirmedParcel, confirmation: Confirmation, row: RegisteredParcel | None) -> Json:
    values: Json = {
        "deliveryCompany": parcel.carrier_code,
        "shippingNumber": parcel.tracking_no,
        "shippingDate": confirmation.ship_date.isoformat(),
    }
    return values if row is None else {"shippingDetailId": int(row.detail_id), **values}


def _stop(model: Json, parcels: Sequence[tuple[Slot, Json]]) -> str:
    """Why nothing may be sent for this order now, "" when it may."""
    state = int(model.get("orderProgress") or 0)
    if model.get("rakutenConfirmFlag") == 1:
        return "order_under_review"
    if state in NOT_NOW:
        return NOT_NOW[state]
    if state != SHIP_NOW and any("shippingDetailId" not in parcel for _, parcel in parcels):
        return "order_shipped_otherwise"
    return ""


def _too_many(package: Json, parcels: Sequence[tuple[Slot, Json]]) -> str:
    added = sum("shippingDetailId" not in parcel for _, parcel in parcels)
    return "too_many_parcels" if len(registered_parcels(package)) + added > MAX_PARCELS else ""


def _accepted(confirmation: Confirmation, done: Sequence[tuple[str, str]]) -> SendResult:
    return SendResult(
        confirmation.shipment_key, SendState.ACCEPTED, "already_registered", detail_ids=tuple(done)
    )
