"""confirmShipment of the practice Amazon: what it takes of a package, and what it does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from jpship_gui.practice.amazon.answer import Answer, Json, error, invalid, moment_of

CARRIERS = frozenset(
    (
        *(
            "YAMATO",
            "SAGAWA",
            "Japan Post",
            "NipponExpress",
            "SEINO TRANSPORTATION",
            "4PX",
            "Aramex",
            "Asendia",
        ),
        *("Canada Post", "China Post", "Chronopost", "Deutsche Post", "DHL", "DHL eCommerce", "FedEx"),
        *("Hongkong Post", "India Post", "La Poste", "Royal Mail", "SF Express", "SFC", "TNT", "UPS", "USPS"),
        *("Yanwen", "YDH", "Yun Express", "OneWorldExpress", "CNE", "Sunyou", "Bombino Express"),
        *(
            "Huahan Logisitics",
            "ePost Global",
            "Equick",
            "WanbExpress",
            "APC POSTAL LOGISTICS",
            "Other",
            "JCEX",
        ),
        *("ShipGlobal", "JT", "Kerry", "Buylogic", "Flyt", "Topyou", "YFHEX", "Tongda Global", "JS Express"),
        *("17FEIA", "Cainiao", "LANDMARK", "PTT Kargo", "ShipEntegra", "YTO EXPRESS"),
    )
)
_LABELS = frozenset(("FBM_SHIP_PLUS", "AMAZON_EASY_SHIP"))
_OPEN = frozenset(("UNSHIPPED", "PARTIALLY_SHIPPED", "SHIPPED"))
_NUMBER = re.compile(r"[0-9A-Za-z]{1,50}")


def confirm(order: Json | None, body: Any, marketplace: str, now: datetime) -> Answer:
    """Register a package of an order, or edit the one with the same reference."""
    fault = _form_fault(body, marketplace)
    if fault is not None:
        return fault
    if order is None:
        return error(404, "NotFound", "The requested order does not exist.")
    package = body["packageDetail"]
    fault = _order_fault(order) or _date_fault(order, package, now) or _items_fault(order, package)
    if fault is not None:
        return fault
    _register(order, package, now)
    return Answer(204)


def _form_fault(body: Any, marketplace: str) -> Answer | None:
    if not isinstance(body, dict) or not isinstance(body.get("packageDetail"), dict):
        return invalid("Request has missing or invalid parameters and cannot be parsed.")
    package = body["packageDetail"]
    if body.get("marketplaceId") != marketplace:
        return invalid("MarketplaceId: is invalid")
    return next((invalid(words) for ask in _FORM if (words := ask(package))), None)


def _reference(package: Json) -> str:
    value = package.get("packageReferenceId")
    right = isinstance(value, str) and value.isascii() and value.isdecimal() and int(value) > 0
    return "" if right else "PackageReferenceId: is invalid, must be a positive numeric value."


def _carrier(package: Json) -> str:
    code = package.get("carrierCode")
    if code not in CARRIERS:
        return "carrierCode: is invalid"
    return "carrierName: is required" if code == "Other" and not package.get("carrierName") else ""


def _tracking(package: Json) -> str:
    number = package.get("trackingNumber")
    return "" if isinstance(number, str) and _NUMBER.fullmatch(number) else "trackingNumber: is invalid"


def _ship_date(package: Json) -> str:
    return "" if moment_of(package.get("shipDate")) else "shipDate: must be in ISO 8601 date/time format"


def _items(package: Json) -> str:
    items = package.get("orderItems")
    if not isinstance(items, list) or not items:
        return "orderItems: must not be empty"
    right = all(
        isinstance(i, dict)
        and isinstance(i.get("orderItemId"), str)
        and type(i.get("quantity")) is int
        and i["quantity"] > 0
        for i in items
    )
    return "" if right else "orderItems: is invalid"


_FORM: tuple[Callable[[Json], str], ...] = (_reference, _carrier, _tracking, _ship_date, _items)


def _order_fault(order: Json) -> Answer | None:
    if order["fulfillment"]["fulfilledBy"] != "MERCHANT":
        return invalid("The order is not fulfilled by the merchant.")
    details = {
        (package.get("packageStatus") or {}).get("detailedStatus", "") for package in order["packages"]
    }
    if _LABELS & set(order.get("programs") or []) or any(name.startswith("PENDING_") for name in details):
        return invalid("The shipment of this order is confirmed by its label.")
    if order["fulfillment"]["fulfillmentStatus"] not in _OPEN:
        return invalid("The order cannot be fulfilled in its present status.")
    return None


def _date_fault(order: Json, package: Json, now: datetime) -> Answer | None:
    at, made = moment_of(package["shipDate"]), moment_of(order["createdTime"])
    assert at is not None
    assert made is not None
    if at > now:
        return invalid("shipDate: must not be in the future")
    return invalid("shipDate: must not be before the order") if at < made else None


def _items_fault(order: Json, package: Json) -> Answer | None:
    """Pieces that are not there to ship; those of the package edited count as free again."""
    old = _known(order, package["packageReferenceId"])
    freed = {item["orderItemId"]: item["quantity"] for item in (old or {}).get("packageItems") or []}
    left = {
        item["orderItemId"]: item["fulfillment"]["quantityUnfulfilled"] + freed.get(item["orderItemId"], 0)
        for item in order["orderItems"]
    }
    for item in package["orderItems"]:
        if item["orderItemId"] not in left:
            return invalid(f"orderItemId: {item['orderItemId']} is not in this order")
        left[item["orderItemId"]] -= item["quantity"]
    if any(quantity < 0 for quantity in left.values()):
        words = "Failed to create package: PackageToUpdateNotFound. The order is already fulfilled."
        return invalid(words)
    return None


def _known(order: Json, reference: str) -> Json | None:
    found = [p for p in order["packages"] if p["packageReferenceId"] == reference]
    return found[0] if found else None


def _register(order: Json, package: Json, now: datetime) -> None:
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    old = _known(order, package["packageReferenceId"])
    if old is not None:
        _count(order, old, -1)
        order["packages"].remove(old)
    made: Json = {
        "packageReferenceId": package["packageReferenceId"],
        "createdTime": (old or {}).get("createdTime", stamp),
        "packageStatus": {"status": "SHIPPED"},
        "carrier": package.get("carrierName") or package["carrierCode"],
        "shipTime": package["shipDate"],
        "trackingNumber": package["trackingNumber"],
        "packageItems": [
            {"orderItemId": item["orderItemId"], "quantity": item["quantity"]}
            for item in package["orderItems"]
        ],
    }
    if package.get("shippingMethod"):
        made["shippingService"] = package["shippingMethod"]
    order["packages"].append(made)
    _count(order, made, 1)
    left = sum(item["fulfillment"]["quantityUnfulfilled"] for item in order["orderItems"])
    order["fulfillment"]["fulfillmentStatus"] = "PARTIALLY_SHIPPED" if left else "SHIPPED"
    order["lastUpdatedTime"] = stamp


def _count(order: Json, package: Json, sign: int) -> None:
    for told in package.get("packageItems") or []:
        for item in order["orderItems"]:
            if item["orderItemId"] == told["orderItemId"]:
                item["fulfillment"]["quantityFulfilled"] += sign * told["quantity"]
                item["fulfillment"]["quantityUnfulfilled"] -= sign * told["quantity"]
