"""The sample orders as the Orders API (2026-01-01) models them. Written from Amazon's model, on purpose without a look
at the connector's mapping: each is to find the other's mistakes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from jpship_gui.practice.amazon.samples import MARKETPLACE, Item, SampleOrder, amounts

Json = dict[str, Any]
SERVICES = {
    "Standard": "STANDARD",
    "Expedited": "EXPEDITED",
    "NextDay": "NEXT_DAY",
    "SameDay": "SAME_DAY",
    "SecondDay": "SECOND_DAY",
    "Scheduled": "SCHEDULED",
}


def time_text(moment: datetime) -> str:
    """A moment as Amazon writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def model_of(order: SampleOrder, index: int = 0) -> Json:
    """One order with every data set. Amounts hold the tax in every second order (`index`), and leave it out in the
    others: nothing says which Japan's do."""
    inclusive = index % 2 == 0
    items = [_item(order, item, inclusive) for item in order.items]
    total = sum(amounts(item).total for item in order.items)
    model: Json = {
        "orderId": order.number,
        "createdTime": time_text(order.made),
        "lastUpdatedTime": time_text(order.made),
        "programs": list(order.programs),
        "associatedOrders": _associated(order),
        "salesChannel": {
            "channelName": "AMAZON",
            "marketplaceId": MARKETPLACE,
            "marketplaceName": "Amazon.co.jp",
        },
        "buyer": _present(
            buyerName=order.buyer_name,
            buyerEmail=order.buyer_email,
            buyerCompanyName=order.company,
            buyerPurchaseOrderNumber=order.purchase_order,
        ),
        "recipient": _recipient(order),
        "proceeds": {"grandTotal": _money(total)},
        "fulfillment": {
            "fulfillmentStatus": order.status,
            "fulfilledBy": "AMAZON" if order.by_amazon else "MERCHANT",
            "fulfillmentServiceLevel": SERVICES[order.service],
            "shipByWindow": {
                "earliestDateTime": time_text(order.made),
                "latestDateTime": time_text(order.ship_by),
            },
        },
        "orderItems": items,
        "packages": _packages(order),
    }
    return model


def _present(**values: str) -> Json:
    return {name: value for name, value in values.items() if value}


def _money(amount: int) -> Json:
    return {"amount": str(amount), "currencyCode": "JPY"}


def _associated(order: SampleOrder) -> list[Json]:
    if not order.replaces:
        return []
    return [{"orderId": order.replaces, "associationType": "REPLACEMENT_ORIGINAL_ID"}]


def _recipient(order: SampleOrder) -> Json:
    person = order.recipient
    address = _present(
        name=person.name,
        addressLine1=person.lines[0],
        addressLine2=person.lines[1],
        addressLine3=person.lines[2],
        stateOrRegion=person.prefecture,
        postalCode=person.postal_code,
        countryCode="JP",
        phone=person.phone,
        addressType="COMMERCIAL" if order.company else "RESIDENTIAL",
    )
    preference = _present(
        dropOffLocation=order.drop_off, addressInstruction=order.instructions.replace("\n", " ")
    )
    return {"deliveryAddress": address, "deliveryPreference": preference}


def _item(order: SampleOrder, item: Item, inclusive: bool) -> Json:
    made: Json = {
        "orderItemId": item.item_id,
        "quantityOrdered": item.quantity,
        "programs": ["TRANSPARENCY"] if item.transparency else [],
        "product": {
            "asin": f"B0{item.item_id[-8:]}",
            "title": item.goods.title,
            "sellerSku": item.goods.sku,
            "condition": {"conditionType": "NEW", "conditionSubtype": "NEW"},
            "price": {"unitPrice": _money(item.goods.price)},
        },
        "proceeds": _proceeds(item, inclusive),
        "expense": {"pointsCost": {"pointsGranted": {"pointsNumber": item.goods.price // 100}}},
        "fulfillment": {
            "quantityFulfilled": item.shipped,
            "quantityUnfulfilled": 0 if order.status == "CANCELLED" else item.quantity - item.shipped,
            "packing": {
                "giftOption": _present(giftMessage=item.message.replace("\n", " "), giftWrapLevel=item.wrap)
            },
        },
    }
    if item.cancel_reason:
        made["cancellation"] = {
            "cancellationRequest": {"requester": "BUYER", "cancelReason": item.cancel_reason}
        }
    if order.window:
        made["fulfillment"]["shipping"] = {
            "scheduledDeliveryWindow": {
                "earliestDateTime": time_text(order.window[0]),
                "latestDateTime": time_text(order.window[1]),
            }
        }
    return made


def _proceeds(item: Item, inclusive: bool) -> Json:
    sums = amounts(item)
    net = 0 if inclusive else 1
    parts = [{"type": "ITEM", "subtotal": _money(sums.goods - net * sums.goods_tax)}]
    taxes = [{"subtype": "ITEM", "value": _money(sums.goods_tax)}]
    if sums.postage:
        parts.append({"type": "SHIPPING", "subtotal": _money(sums.postage - net * sums.postage_tax)})
        taxes.append({"subtype": "SHIPPING", "value": _money(sums.postage_tax)})
    tax: Json = {
        "type": "TAX",
        "subtotal": _money(sums.goods_tax + sums.postage_tax),
        "detailedBreakdowns": taxes,
    }
    return {"proceedsTotal": _money(sums.total), "breakdowns": [*parts, tax]}


def _packages(order: SampleOrder) -> list[Json]:
    """The label bought at Amazon, and what was shipped before."""
    made = []
    if order.label:
        made.append(
            {
                "packageReferenceId": "1",
                "createdTime": time_text(order.made),
                "packageStatus": {"status": "PENDING", "detailedStatus": "PENDING_DROP_OFF"},
                "carrier": "YAMATO",
                "trackingNumber": order.label,
                "packageItems": [{"orderItemId": i.item_id, "quantity": i.quantity} for i in order.items],
            }
        )
    left = [item for item in order.items if item.shipped]
    if left:
        made.append(
            {
                "packageReferenceId": "7001",
                "createdTime": time_text(order.made),
                "packageStatus": {"status": "SHIPPED"},
                "carrier": "YAMATO",
                "shipTime": time_text(order.made),
                "trackingNumber": "400000000003",
                "packageItems": [{"orderItemId": i.item_id, "quantity": i.shipped} for i in left],
            }
        )
    return made
