"""The sample orders as the files Seller Central gives out: tab-separated, no quotes, CP932."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from jpship_gui.practice.amazon.samples import Item, SampleOrder, amounts

Cell = Callable[[SampleOrder, Item], str]
_ON = {True: "true", False: "false"}


def _time(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00") if moment else ""


def _flat(text: str) -> str:
    return text.replace("\n", " ")


_BOTH: Mapping[str, Cell] = {
    "order-id": lambda o, i: o.number,
    "order-item-id": lambda o, i: i.item_id,
    "purchase-date": lambda o, i: _time(o.made),
    "payments-date": lambda o, i: _time(o.made),
    "buyer-email": lambda o, i: o.buyer_email,
    "buyer-name": lambda o, i: o.buyer_name,
    "buyer-phone-number": lambda o, i: o.recipient.phone,
    "sku": lambda o, i: i.goods.sku,
    "product-name": lambda o, i: i.goods.title,
    "quantity-purchased": lambda o, i: str(i.quantity),
    "ship-service-level": lambda o, i: o.service,
    "recipient-name": lambda o, i: o.recipient.name,
    "ship-address-1": lambda o, i: o.recipient.lines[0],
    "ship-address-2": lambda o, i: o.recipient.lines[1],
    "ship-address-3": lambda o, i: o.recipient.lines[2],
    "ship-city": lambda o, i: "",
    "ship-state": lambda o, i: o.recipient.prefecture,
    "ship-postal-code": lambda o, i: o.recipient.postal_code,
    "ship-country": lambda o, i: "JP",
    "payment-method": lambda o, i: "",
    "cod-collectible-amount": lambda o, i: "",
    "already-paid": lambda o, i: "",
    "payment-method-fee": lambda o, i: "",
    "delivery-Instructions": lambda o, i: _flat(o.instructions),
}
_ORDERS: Mapping[str, Cell] = {
    **_BOTH,
    "currency": lambda o, i: "JPY",
    "item-price": lambda o, i: str(amounts(i).goods),
    "item-tax": lambda o, i: str(amounts(i).goods_tax),
    "shipping-price": lambda o, i: str(amounts(i).postage),
    "shipping-tax": lambda o, i: str(amounts(i).postage_tax),
    "ship-phone-number": lambda o, i: o.recipient.phone,
    "delivery-start-date": lambda o, i: _time(o.window[0]) if o.window else "",
    "delivery-end-date": lambda o, i: _time(o.window[1]) if o.window else "",
    "delivery-time-zone": lambda o, i: "",
}
_UNSHIPPED: Mapping[str, Cell] = {
    **_BOTH,
    "promise-date": lambda o, i: _time(o.ship_by),
    "quantity-shipped": lambda o, i: str(i.shipped),
    "quantity-to-ship": lambda o, i: str(i.quantity - i.shipped),
    "scheduled-delivery-start-date": lambda o, i: _time(o.window[0]) if o.window else "",
    "scheduled-delivery-end-date": lambda o, i: _time(o.window[1]) if o.window else "",
    "points-granted": lambda o, i: str(i.goods.price // 100),
    "is-prime": lambda o, i: _ON[o.prime],
    "gift-wrap-type": lambda o, i: i.wrap,
    "gift-message-text": lambda o, i: _flat(i.message),
    "is-business-order": lambda o, i: _ON[o.business],
    "purchase-order-number": lambda o, i: o.purchase_order,
    "buyer-company-name": lambda o, i: o.company,
    "is-premium-order": lambda o, i: _ON["PREMIUM" in o.programs],
    "is-transparency": lambda o, i: _ON[i.transparency],
    "is-buyer-requested-cancellation": lambda o, i: _ON[bool(i.cancel_reason)],
    "buyer-requested-cancel-reason": lambda o, i: i.cancel_reason,
    "drop-off-location": lambda o, i: o.drop_off,
    "amazon-programs": lambda o, i: ",".join(o.programs),
    "verge-of-cancellation": lambda o, i: "false",
    "verge-of-lateShipment": lambda o, i: "false",
}

# The 33 columns of a real 注文レポート, in order (Amazon reference 2.3).
ORDER_COLUMNS = (
    *("order-id", "order-item-id", "purchase-date", "payments-date", "buyer-email", "buyer-name"),
    *(
        "buyer-phone-number",
        "sku",
        "product-name",
        "quantity-purchased",
        "currency",
        "item-price",
        "item-tax",
    ),
    *("shipping-price", "shipping-tax", "ship-service-level", "recipient-name", "ship-address-1"),
    *("ship-address-2", "ship-address-3", "ship-city", "ship-state", "ship-postal-code", "ship-country"),
    *("ship-phone-number", "delivery-start-date", "delivery-end-date", "delivery-time-zone"),
    *(
        "delivery-Instructions",
        "payment-method",
        "cod-collectible-amount",
        "already-paid",
        "payment-method-fee",
    ),
)
# Those of Japanese 未出荷レポート, in order (2.4), and the optional ones this shop switched on (2.5).
UNSHIPPED_COLUMNS = (
    *("order-id", "order-item-id", "purchase-date", "payments-date", "reporting-date", "promise-date"),
    *("days-past-promise", "buyer-email", "buyer-name", "buyer-phone-number", "sku", "product-name"),
    *("quantity-purchased", "quantity-shipped", "quantity-to-ship", "ship-service-level", "recipient-name"),
    *("ship-address-1", "ship-address-2", "ship-address-3", "ship-city", "ship-state", "ship-postal-code"),
    *("ship-country", "payment-method", "cod-collectible-amount", "already-paid", "payment-method-fee"),
    *("scheduled-delivery-start-date", "scheduled-delivery-end-date", "points-granted", "is-prime"),
    *("verge-of-cancellation", "verge-of-lateShipment"),
    *(
        "gift-wrap-type",
        "gift-message-text",
        "is-business-order",
        "purchase-order-number",
        "buyer-company-name",
    ),
    *(
        "is-premium-order",
        "is-transparency",
        "is-buyer-requested-cancellation",
        "buyer-requested-cancel-reason",
    ),
    *("delivery-Instructions", "drop-off-location", "amazon-programs"),
)


def order_rows(orders: Iterable[SampleOrder]) -> list[list[str]]:
    """The 注文レポート: every order that is no longer pending, shipped and cancelled ones too."""
    shown = [o for o in orders if o.status != "PENDING" and not o.by_amazon]
    return [[_ORDERS[name](order, item) for name in ORDER_COLUMNS] for order in shown for item in order.items]


def unshipped_rows(orders: Iterable[SampleOrder], made_at: datetime) -> list[list[str]]:
    """The 未出荷レポート as it stood at a moment."""
    shown = [o for o in orders if o.status in ("UNSHIPPED", "PARTIALLY_SHIPPED") and not o.by_amazon]
    rows = []
    for order in shown:
        late = (made_at.date() - order.ship_by.date()).days
        dated = {"reporting-date": _time(made_at), "days-past-promise": str(late)}
        rows += [
            [dated.get(name) or _UNSHIPPED[name](order, item) for name in UNSHIPPED_COLUMNS]
            for item in order.items
        ]
    return rows


def report_bytes(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    encoding: str = "cp932",
    line_end: str = "\r\n",
) -> bytes:
    """The file's bytes."""
    lines = ["\t".join(cells) + line_end for cells in (header, *rows)]
    return "".join(lines).encode(encoding)


def write_reports(folder: Path, orders: Sequence[SampleOrder], made_at: datetime) -> list[Path]:
    """Both reports of the same orders."""
    folder.mkdir(parents=True, exist_ok=True)
    unshipped, every = folder / "amazon_unshipped.txt", folder / "amazon_orders.txt"
    unshipped.write_bytes(report_bytes(UNSHIPPED_COLUMNS, unshipped_rows(orders, made_at)))
    every.write_bytes(report_bytes(ORDER_COLUMNS, order_rows(orders)))
    return [unshipped, every]
