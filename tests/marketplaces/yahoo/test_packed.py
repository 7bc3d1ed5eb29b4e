"""Item fields packed into one cell."""

from __future__ import annotations

import pytest

from jpship_gui.marketplaces.yahoo.packed import parts_of
from jpship_gui.practice.yahoo.files import csv_bytes
from jpship_gui.practice.yahoo.samples import yahoo_orders
from tests.marketplaces.yahoo.reading import by_number, packed_csv, read_pair

HEADER = ["OrderId", "OrderStatus", "ShipName", "ItemId", "SubCode", "Title", "QuantityDetail"]
ONE = {"OrderId": "10000001", "OrderStatus": "2", "ShipName": "見本 花子"}


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("L1=cup-a&L2=cup-b", {"1": "cup-a", "2": "cup-b"}),
        ("L1=&L2=x", {"1": "", "2": "x"}),
        ("L1=カップ & ソーサー&L2=a=b&L3=c", {"1": "カップ & ソーサー", "2": "a=b", "3": "c"}),
        ("L1=Tシャツ &LL= 大&L2=y", {"1": "Tシャツ &LL= 大", "2": "y"}),
        ("L10=a&L2=b", {"10": "a", "2": "b"}),
        ("cup-a", None),
        ("", None),
        ("A&L1=cup", None),
    ],
)
def test_a_cell_taken_apart(cell: str, parts: dict[str, str] | None) -> None:
    assert parts_of(cell) == parts


def read_rows(*rows: dict[str, str]):  # type: ignore[no-untyped-def]
    return read_pair(csv_bytes([{**ONE, **row} for row in rows], HEADER))


def test_an_empty_part_does_not_shift_the_lines() -> None:
    read = read_rows(
        {
            "ItemId": "L1=cup-a&L2=cup-b",
            "SubCode": "L1=&L2=cup-b-red",
            "Title": "L1=カップ & ソーサー&L2=カップ",
            "QuantityDetail": "L1=2&L2=1",
        }
    )
    (order,) = by_number(read).values()
    assert [(line.line_id, line.sku, line.name, line.quantity) for line in order.lines] == [
        ("1", "cup-a", "カップ & ソーサー", 2),
        ("2", "cup-b-red", "カップ", 1),
    ]


def test_lines_come_by_their_number_not_their_place() -> None:
    read = read_rows({"ItemId": "L10=j&L2=b", "Title": "L2=B&L10=J", "QuantityDetail": "L2=1&L10=3"})
    (order,) = by_number(read).values()
    assert [(line.line_id, line.sku, line.name, line.quantity) for line in order.lines] == [
        ("2", "b", "B", 1),
        ("10", "j", "J", 3),
    ]


def test_a_plain_value_is_the_only_line() -> None:
    (order,) = by_number(read_rows({"ItemId": "cup-a", "Title": "カップ", "QuantityDetail": "2"})).values()
    assert [(line.line_id, line.sku, line.quantity) for line in order.lines] == [("1", "cup-a", 2)]


def test_packed_and_plain_orders_in_one_file() -> None:
    read = read_rows(
        {"ItemId": "cup-a", "Title": "カップ", "QuantityDetail": "2"},
        {"OrderId": "10000002", "ItemId": "L1=a&L2=b", "Title": "L1=A&L2=B", "QuantityDetail": "L1=1&L2=1"},
    )
    assert [len(order.lines) for order in by_number(read).values()] == [1, 2]
    assert list(read.source_lines.values()) == [(0,), (1,)]


def test_a_quantity_of_no_line_rejects_the_order_alone() -> None:
    read = read_rows(
        {"ItemId": "L1=a&L2=b", "Title": "L1=A&L2=B", "QuantityDetail": "2"},
        {"OrderId": "10000002", "ItemId": "c", "Title": "C", "QuantityDetail": "1"},
    )
    assert [order.id.number.rpartition("-")[2] for order in read.orders] == ["10000002"]
    (rejection,) = read.rejections
    assert (rejection.line, rejection.column, rejection.code) == (2, "QuantityDetail", "yahoo_packed_mixed")
    assert read.rejected_rows == (0,)


def test_a_line_without_quantity_rejects_the_order() -> None:
    read = read_rows({"ItemId": "L1=a&L2=b", "Title": "L1=A&L2=B", "QuantityDetail": "L1=1&L2="})
    assert (read.orders, [r.code for r in read.rejections]) == ((), ["quantity_missing"])
    assert read.rejected_rows == (0,)


def test_packed_orders_are_those_of_the_item_file() -> None:
    models = yahoo_orders(40)
    header = [*HEADER, "Id", "UnitPrice", "ItemTaxRatio", "SubCodeOption", "LeadTimeEnd"]
    packed = by_number(read_pair(packed_csv(models, header)))
    assert len(packed) == 40
    for model in models:
        lines = packed[model["Order"]["OrderId"]].lines
        assert [
            (line.line_id, line.item_number, str(line.quantity), str(line.unit_price)) for line in lines
        ] == [(item["LineId"], item["ItemId"], item["Quantity"], item["UnitPrice"]) for item in model["Item"]]
