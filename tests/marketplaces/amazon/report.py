"""Order reports of an invented Amazon shop: valid by default, vary one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jpship_gui.domain.order import Order
from jpship_gui.marketplaces.base import ReadOrders, ShopAccount
from tests.marketplaces.reading import read

ORDERS = (  # the 33 columns of reference 2.3, in order
    *("order-id", "order-item-id", "purchase-date", "payments-date", "buyer-email", "buyer-name"),
    *("buyer-phone-number", "sku", "product-name", "quantity-purchased", "currency", "item-price"),
    *("item-tax", "shipping-price", "shipping-tax", "ship-service-level", "recipient-name"),
    *("ship-address-1", "ship-address-2", "ship-address-3", "ship-city", "ship-state", "ship-postal-code"),
    *("ship-country", "ship-phone-number", "delivery-start-date", "delivery-end-date", "delivery-time-zone"),
    *("delivery-Instructions", "payment-method", "cod-collectible-amount", "already-paid"),
    "payment-method-fee",
)
UNSHIPPED = (  # reference 2.4, in order
    *("order-id", "order-item-id", "purchase-date", "payments-date", "reporting-date", "promise-date"),
    *("days-past-promise", "buyer-email", "buyer-name", "buyer-phone-number", "sku", "product-name"),
    *("quantity-purchased", "quantity-shipped", "quantity-to-ship", "ship-service-level", "recipient-name"),
    *("ship-address-1", "ship-address-2", "ship-address-3", "ship-city", "ship-state", "ship-postal-code"),
    *("ship-country", "payment-method", "cod-collectible-amount", "already-paid", "payment-method-fee"),
    *("scheduled-delivery-start-date", "scheduled-delivery-end-date", "points-granted", "is-prime"),
    *("verge-of-cancellation", "verge-of-lateShipment"),
)
_SAME = {
    "order-id": "250-1234567-1234567",
    "order-item-id": "12345678901234",
    "purchase-date": "2026-11-20T15:30:00+00:00",
    "payments-date": "2026-11-20T15:30:00+00:00",
    "buyer-email": "sample@marketplace.amazon.co.jp",
    "buyer-name": "見本 花子",
    "buyer-phone-number": "090-0000-0000",
    "sku": "MUG-BLUE",
    "product-name": "見本窯 マグカップ 350ml 青",
    "quantity-purchased": "2",
    "ship-service-level": "Standard",
    "recipient-name": "見本 花子",
    "ship-address-1": "千代田区千代田",
    "ship-address-2": "9-9-9",
    "ship-address-3": "見本ハイツ101",
    "ship-state": "東京都",
    "ship-postal-code": "100-0001",
    "ship-country": "JP",
}
_ORDER = {
    **_SAME,
    "currency": "JPY",
    "item-price": "3960",
    "item-tax": "360",
    "shipping-price": "550",
    "shipping-tax": "50",
    "ship-phone-number": "090-0000-0000",
}
_UNSHIPPED = {
    **_SAME,
    "reporting-date": "2026-11-21T03:00:00+00:00",
    "promise-date": "2026-11-23T14:59:59+00:00",
    "days-past-promise": "-2",
    "quantity-shipped": "0",
    "quantity-to-ship": "2",
    "points-granted": "0",
    "is-prime": "false",
    "verge-of-cancellation": "false",
    "verge-of-lateShipment": "false",
}
Cells = Mapping[str, str]


def ordered(**changes: str) -> dict[str, str]:
    """A row of a 注文レポート; changes by column with _ for -."""
    return _ORDER | _named(changes)


def waiting(**changes: str) -> dict[str, str]:
    """A row of an 未出荷レポート."""
    return _UNSHIPPED | _named(changes)


def _named(changes: Cells) -> dict[str, str]:
    headers = {header.lower(): header for header in (*ORDERS, *UNSHIPPED)}
    names = {name: name.replace("_", "-").lower() for name in changes}
    return {headers.get(plain, plain): changes[name] for name, plain in names.items()}


def report(
    rows: Iterable[Cells], header: Sequence[str] = (), encoding: str = "cp932", end: str = "\r\n"
) -> bytes:
    """The file's bytes; without a header, of the columns its first row belongs to and those it has besides."""
    rows = list(rows)
    if not header:
        usual = UNSHIPPED if "quantity-to-ship" in rows[0] else ORDERS
        header = (*usual, *(name for name in rows[0] if name not in usual))
    cells = [header, *([row.get(name, "") for name in header] for row in rows)]
    return "".join("\t".join(line) + end for line in cells).encode(encoding)


def read_rows(*rows: Cells, account: ShopAccount | None = None) -> ReadOrders:
    """What a file of these rows says."""
    return read(report(rows), account=account)


def read_order(*rows: Cells) -> Order:
    """The only order in them."""
    found = read_rows(*rows)
    assert found.rejections == ()
    (order,) = found.orders
    return order
