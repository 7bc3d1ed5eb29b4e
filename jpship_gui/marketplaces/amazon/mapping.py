"""An order of the Orders API (2026-01-01) as the rows a report would hold, so that both ways end in the same `Order`
(IN-02), and what only the API says: packages, and which data sets an answer left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.order import LABEL_ELSEWHERE, OrderState, RegisteredParcel
from jpship_gui.marketplaces import load
from jpship_gui.marketplaces.amazon import values as amazon
from jpship_gui.marketplaces.amazon.rows import API
from jpship_gui.marketplaces.base import Reading, ShopAccount
from jpship_gui.marketplaces.order_rows import order_of_fields

Json = dict[str, Any]
Fields = dict[str, str]

_PACKAGE = __name__.rpartition(".")[0]
_LEFT_TO_SHIP = frozenset({"UNSHIPPED", "PARTIALLY_SHIPPED"})

# Our field ← where the JSON has it.
_ORDER: Mapping[str, str] = {
    "number": "orderId",
    "ordered_at": "createdTime",
    "state": "fulfillment.fulfillmentStatus",
    "delivery_method": "fulfillment.fulfillmentServiceLevel",
    "fulfilled_by": "fulfillment.fulfilledBy",
    "ship_by": "fulfillment.shipByWindow.latestDateTime",
    "sales_channel": "salesChannel.channelName",
    "buyer.family_name": "buyer.buyerName",
    "buyer.email": "buyer.buyerEmail",
    "company": "buyer.buyerCompanyName",
    "purchase_order": "buyer.buyerPurchaseOrderNumber",
    "recipient.family_name": "recipient.deliveryAddress.name",
    "recipient.street": "recipient.deliveryAddress.addressLine1",
    "recipient_2.street": "recipient.deliveryAddress.addressLine2",
    "recipient_3.street": "recipient.deliveryAddress.addressLine3",
    "recipient.prefecture": "recipient.deliveryAddress.stateOrRegion",
    "recipient.postal_1": "recipient.deliveryAddress.postalCode",
    "recipient.country": "recipient.deliveryAddress.countryCode",
    "recipient.phone_1": "recipient.deliveryAddress.phone",
    "remark": "recipient.deliveryPreference.addressInstruction",
    "drop_off": "recipient.deliveryPreference.dropOffLocation",
}
_CITY = ("city", "municipality", "districtOrCounty")
_LINE: Mapping[str, str] = {
    "line.id": "orderItemId",
    "line.name": "product.title",
    "line.own_sku": "product.sellerSku",
    "line.ordered": "quantityOrdered",
    "line.shipped": "fulfillment.quantityFulfilled",
    "wish.start": "fulfillment.shipping.scheduledDeliveryWindow.earliestDateTime",
    "wish.end": "fulfillment.shipping.scheduledDeliveryWindow.latestDateTime",
    "wrapping_1.name": "fulfillment.packing.giftOption.giftWrapLevel",
    "gift_message": "fulfillment.packing.giftOption.giftMessage",
    "flag.customized": "product.customization.customizedUrl",
}
_AMOUNTS: Mapping[str, tuple[str, str]] = {  # breakdown → our amount and the tax in it
    "ITEM": ("line.price_sum", "line.tax_sum"),
    "SHIPPING": ("line.postage", "line.postage_tax"),
    "GIFT_WRAP": ("line.wrapping", ""),
    "COD_FEE": ("cod.fee", ""),
    "DISCOUNT": ("line.discount", ""),
}
_CHECKED = ("signatureConfirmation", "recipientIdentityVerification", "recipientAgeVerification")

# What an answer without this part of an order does not tell; fields of the reports' layouts and of `compare`.
_UNTOLD: Mapping[str, frozenset[str]] = {
    "fulfillment": frozenset(
        {"state", "ship_by", "delivery_method", "line.quantity", "flag.elsewhere", "wish.day", "wish.slot"}
        | {"gift_flag", "gift_message", "wrapping_1.name", "wrapping_2.name", "flag.handover_check"}
    ),
    "proceeds": frozenset({"money.charged", "money.goods", "money.total", "line.tax_rate"}),
    "buyer": frozenset({"buyer.family_name", "recipient_is_buyer", "company", "purchase_order"}),
}
_PERSON: Mapping[str, str] = {  # a part of the address → our field
    "name": "recipient.family_name",
    "addressLine1": "recipient.street",
    "stateOrRegion": "recipient.prefecture",
    "city": "recipient.city",
    "postalCode": "recipient.postal_1",
    "phone": "recipient.phone_1",
}


def reading_of(model: Json, account: ShopAccount) -> Reading:
    """The order an answer states, and the fields it could not tell; Refused("order_unreadable") names what makes no
    sense in it."""
    order = order_of_fields(API, account, rows_of(model))
    packages = tuple(
        dataclasses.replace(package, registered=registered_parcels(model)) for package in order.packages
    )
    return Reading(dataclasses.replace(order, packages=packages), untold(model))


def rows_of(model: Json) -> list[Fields]:
    """One row of our field names per order line."""
    order = {field: _text(model, path) for field, path in _ORDER.items()}
    address = _at(model, "recipient.deliveryAddress") or {}
    order["recipient.city"] = next((str(address[name]) for name in _CITY if address.get(name)), "")
    order["programs"] = " ".join(map(str, model.get("programs") or []))
    order["money.charged"] = _yen(_at(model, "proceeds.grandTotal"))
    order["flags"] = "\n".join(_order_flags(model))
    lines = model.get("orderItems") or []
    return [{**order, **_line(model, line)} for line in lines] or [{**order, **_line(model, {})}]


def _line(model: Json, line: Json) -> Fields:
    fields = {field: _text(line, path) for field, path in _LINE.items()}
    constraints = _at(line, "fulfillment.shipping.shippingConstraints") or {}
    fields["line.quantity"] = str(_quantity(model, line))
    fields["flag.transparency"] = _flag("transparency" in _line_flags(line))
    fields["flag.cancel_requested"] = _flag(bool(_at(line, "cancellation.cancellationRequest")))
    fields["cod.mandatory"] = _flag(constraints.get("cashOnDelivery") == "MANDATORY")
    return fields | _amounts(line)


def _flag(holds: bool) -> str:
    return "1" if holds else "0"


def _quantity(model: Json, line: Json) -> int:
    """What is left to ship; of an order that is over, what it was about."""
    ordered = int(line.get("quantityOrdered") or 0)
    left = _at(line, "fulfillment.quantityUnfulfilled")
    over = _text(model, "fulfillment.fulfillmentStatus") not in _LEFT_TO_SHIP
    return ordered if over or left is None else int(left)


def _line_flags(line: Json) -> list[str]:
    return amazon.flags_of(line.get("programs") or [], "line_programs")


def _order_flags(model: Json) -> Iterator[str]:
    """Facts that are not columns of a report."""
    kinds = (str(other.get("associationType")) for other in model.get("associatedOrders") or [])
    yield from amazon.flags_of(kinds, "associations")
    for line in model.get("orderItems") or []:
        yield from _line_flags(line)
        constraints = _at(line, "fulfillment.shipping.shippingConstraints") or {}
        if any(constraints.get(name) == "MANDATORY" for name in _CHECKED):
            yield "handover_check"
    if has_bought_label(model):
        yield LABEL_ELSEWHERE


def has_bought_label(model: Json) -> bool:
    """Whether a parcel's label was bought at Amazon: by a programme of the order, or by what is known of a parcel
    before anything was shipped."""
    if LABEL_ELSEWHERE in amazon.flags_of(model.get("programs") or []):
        return True
    return any(
        _text(package, "packageStatus.detailedStatus") in _label_states()
        for package in model.get("packages") or []
    )


@cache
def _label_states() -> frozenset[str]:
    return frozenset(load.data(_PACKAGE, "codes.toml")["label_states"]["names"])


# -- amounts --------------------------------------------------------------------------------------------------------


def _amounts(line: Json) -> Fields:
    """Amounts with the tax inside, as the reports write them. Whether the answer's amounts hold the tax, its own sum
    shows; without a breakdown only the price of one piece is known."""
    parts = _breakdowns(line)
    if "ITEM" not in parts:
        return {"line.price": _yen(_at(line, "product.price.unitPrice"))}
    taxes = _taxes(line)
    outside = _decimal(_at(line, "proceeds.proceedsTotal")) == sum(parts.values()) and bool(taxes)
    fields: Fields = {}
    for kind, (amount_field, tax_field) in _AMOUNTS.items():
        if kind not in parts:
            continue
        tax = taxes.get(kind, Decimal(0))
        fields[amount_field] = _plain(abs(parts[kind] + (tax if outside else 0)))
        if tax_field and tax:
            fields[tax_field] = _plain(tax)
    return fields


def _breakdowns(line: Json) -> dict[str, Decimal]:
    """Sums by kind."""
    parts: dict[str, Decimal] = {}
    for part in _at(line, "proceeds.breakdowns") or []:
        amount = _decimal(part.get("subtotal"))
        if amount is not None:
            parts[str(part.get("type"))] = parts.get(str(part.get("type")), Decimal(0)) + amount
    return parts


def _taxes(line: Json) -> dict[str, Decimal]:
    """The tax in each kind; one that is not broken down is the goods'."""
    taxes: dict[str, Decimal] = {}
    for part in _at(line, "proceeds.breakdowns") or []:
        if part.get("type") != "TAX":
            continue
        details = [
            (str(d.get("subtype")), _decimal(d.get("value"))) for d in part.get("detailedBreakdowns") or []
        ]
        for kind, amount in details or [("ITEM", _decimal(part.get("subtotal")))]:
            if amount:
                taxes[kind] = taxes.get(kind, Decimal(0)) + amount
    return taxes


def _decimal(money: object) -> Decimal | None:
    try:
        return Decimal(str(money["amount"])) if isinstance(money, dict) else None
    except (InvalidOperation, KeyError):
        return None


def _plain(amount: Decimal) -> str:
    return str(int(amount.to_integral_value()))


def _yen(money: object) -> str:
    amount = _decimal(money)
    return "" if amount is None else _plain(amount)


# -- what is not told -----------------------------------------------------------------------------------------------


def untold(model: Json) -> frozenset[str]:
    """Fields this answer could not tell: whole data sets it leaves out, and personal data Amazon no longer shows. Of an
    order that is over the quantities say nothing any more of what there was to ship."""
    fields = set(_NEVER)
    for part, names in _UNTOLD.items():
        if not model.get(part):
            fields |= names
    if _text(model, "fulfillment.fulfillmentStatus") not in _LEFT_TO_SHIP:
        fields.add("line.quantity")
    address = _at(model, "recipient.deliveryAddress") or {}
    fields.update(field for part, field in _PERSON.items() if not address.get(part))
    if not address:
        fields |= {"recipient_is_buyer", "recipient.country"}
    if not _at(model, "recipient.deliveryPreference"):
        fields |= {"remark", "drop_off"}
    return frozenset(fields)


_NEVER = frozenset(  # what no answer tells of what a report may
    {"payment", "flag.cod_ended", "flag.verge_cancel", "flag.verge_late"}
)


# -- packages -------------------------------------------------------------------------------------------------------


def registered_parcels(model: Json) -> tuple[RegisteredParcel, ...]:
    """What Amazon knows of an order's parcels; a package whose label was cancelled is none."""
    return tuple(
        RegisteredParcel(
            detail_id=_text(package, "packageReferenceId"),
            tracking_no=_text(package, "trackingNumber").replace("-", "").replace(" ", ""),
            carrier_code=carrier_code(_text(package, "carrier")),
            ship_date=_day(package.get("shipTime")),
        )
        for package in standing_packages(model)
    )


def standing_packages(model: Json) -> list[Json]:
    """Packages that were not cancelled."""
    return [p for p in model.get("packages") or [] if _text(p, "packageStatus.status") != "CANCELLED"]


@cache
def carrier_code(word: str) -> str:
    """Amazon's code of a carrier it names by code or name; what is in no table as it is."""
    wanted = word.strip().casefold()
    for code in load.carrier_codes(_PACKAGE):
        if wanted and wanted in (name.casefold() for name in (code.code, code.carrier_name, *code.also)):
            return code.code
    return word


def _day(moment: object) -> date | None:
    try:
        return to_jst(datetime.fromisoformat(str(moment))).date() if moment else None
    except ValueError:
        return None


def _at(model: Json, path: str) -> Any:
    value: Any = model
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _text(model: Json, path: str) -> str:
    value = _at(model, path)
    return "" if value is None else str(value)


def open_states() -> Iterable[str]:
    """Statuses of orders that are to be shipped."""
    return sorted(_LEFT_TO_SHIP)


def state_of(model: Json) -> OrderState:
    """The order's state in our words."""
    return amazon.order_state(_text(model, "fulfillment.fulfillmentStatus"))
