"""Reading Yahoo!'s files in tests, as an import does: recognised, joined, read."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.domain.order import Order
from jpship_gui.marketplaces.base import ReadOrders, ShopAccount
from jpship_gui.practice.yahoo.files import ITEMS, ORDERS, csv_bytes, item_rows, order_row, packed_row
from jpship_gui.practice.yahoo.samples import SELLER, Model
from tests.marketplaces.reading import read_files

ACCOUNT = ShopAccount("本店", "yahoo", {"seller_id": SELLER}, lambda field: "")


def orders_csv(models: Sequence[Model], header: Sequence[str] = ORDERS, encoding: str = "cp932") -> bytes:
    """注文情報 of these orders."""
    return csv_bytes([order_row(model) for model in models], header, encoding)


def items_csv(models: Sequence[Model], header: Sequence[str] = ITEMS, encoding: str = "cp932") -> bytes:
    """商品情報 of these orders."""
    return csv_bytes([row for model in models for row in item_rows(model)], header, encoding)


def packed_csv(models: Sequence[Model], header: Sequence[str]) -> bytes:
    """注文情報 with packed item fields."""
    return csv_bytes([packed_row(model) for model in models], header)


def read_pair(orders: bytes, items: bytes | None = None, account: ShopAccount | None = ACCOUNT) -> ReadOrders:
    """One order file, alone or with its item file."""
    files = [("orders.csv", orders)] + ([("items.csv", items)] if items is not None else [])
    return read_files(*files, account=account)


def by_number(read: ReadOrders) -> dict[str, Order]:
    """Orders by number; nothing may have been left out."""
    assert read.rejections == ()
    return {order.id.number: order for order in read.orders}
