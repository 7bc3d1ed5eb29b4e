"""Values for tests: valid by default, vary one thing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from jpship_gui.domain.order import Contact, Order, OrderId, OrderLine, OrderState, Package
from jpship_gui.store import orders, shipments
from jpship_gui.store.database import Store
from jpship_gui.store.shipments import NewShipment

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # Friday, 10 o'clock in Japan


def a_contact(**changes: Any) -> Contact:
    """A recipient with nothing missing."""
    given = {
        "name": "山田 花子",
        "kana": "ヤマダ ハナコ",
        "postal_code": "5410041",
        "prefecture": "大阪府",
        "city": "大阪市中央区",
        "street": "北浜9-9-9 コーポことり203",
        "phone": "09000001234",
    }
    return Contact(**{**given, **changes})


def a_line(**changes: Any) -> OrderLine:
    """One mug."""
    given: dict[str, Any] = {
        "line_id": "1",
        "package_id": "2081130016",
        "sku": "mug-300-bl",
        "name": "マグカップ 300ml",
        "variant": "青",
        "quantity": 1,
        "unit_price": 2200,
    }
    return OrderLine(**{**given, **changes})


def an_order(number: int = 1, shop: str = "本店", **changes: Any) -> Order:
    """A Rakuten order that may be shipped; `recipient` and `lines` are shared with its one package."""
    recipient = changes.pop("recipient", a_contact())
    lines = changes.pop("lines", (a_line(),))
    given: dict[str, Any] = {
        "id": OrderId("rakuten", shop, f"345678-20261120-{number:010d}"),
        "state": OrderState.TO_SHIP,
        "state_code": "300",
        "ordered_at": NOW,
        "ship_from": NOW,
        "lines": lines,
        "packages": (Package("2081130016", recipient),),
        "buyer": recipient,
    }
    return Order(**{**given, **changes})


def stored(store: Store, *made: Order, **changes: Any) -> list[tuple[int, str]]:
    """Put orders into a store without running any rule; (row id, key) of one shipment for each package."""
    with store.transaction():
        record = orders.ImportRecord(
            NOW, "佐藤", "file", "orders.csv", "rakuten.orders", "cp932", "0", ("注文番号",), {}
        )
        import_id = orders.add_import(store, record)
        rows = orders.add(store, [(o, orders.written(o)) for o in made], import_id, NOW)
        cells = [
            (row, import_id, line + 2, (o.id.number,))
            for line, (row, o) in enumerate(zip(rows, made, strict=True))
        ]
        orders.add_source_rows(store, cells)
        news = []
        for row, order in zip(rows, made, strict=True):
            for package in order.packages:
                given: dict[str, Any] = {
                    "order_row": row,
                    "order_id": order.id,
                    "package_id": package.package_id,
                    "state": order.state,
                    "recipient": package.recipient,
                    "lines": order.lines,
                    "gift": order.gift,
                    "buyer_text": order.buyer_text,
                    "carrier": "yamato",
                }
                news.append(NewShipment(**{**given, **changes}))
        return shipments.add(store, news)
