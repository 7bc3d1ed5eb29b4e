"""The same order by file and by API is the same `Order` (IN-02)."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from jpship_gui.domain.order import ELSEWHERE, Order
from jpship_gui.formats.detect import recognise
from jpship_gui.formats.reader import read_file
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import ShopAccount
from jpship_gui.marketplaces.rakuten.mapping import order_of
from jpship_gui.practice.rakuten.models import Json, models_from_rows
from jpship_gui.practice.rakuten.samples import rakuten_rows, write_csv
from tests.marketplaces.reading import an_account
from tests.practice.rakuten_rows import a_row

ACCOUNT = ShopAccount("本店", "rakuten", {}, lambda field: "")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return [
        row | _package_sums(row) for row in rakuten_rows(240, seed=5)
    ]  # every kind of order the samples know


def _package_sums(row: dict[str, str]) -> dict[str, str]:
    """Amounts per recipient, which real files state and the samples leave blank."""
    fee, goods = int(row["代引料合計"]), 1000
    sums = {"送付先送料": 0, "送付先代引料": fee, "送付先商品合計金額": goods, "送付先合計金額": goods + fee}
    return {header: str(amount) for header, amount in sums.items()}


@pytest.fixture(scope="module")
def by_file(rows: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Order]:
    path: Path = write_csv(tmp_path_factory.mktemp("file") / "orders.csv", rows)
    rakuten = marketplaces()["rakuten"]
    table = read_file(path)
    assert rakuten.read_orders is not None
    read = rakuten.read_orders(table, recognise(table, rakuten.order_layouts).layout, lambda part: ACCOUNT)
    assert read.rejections == ()
    return {order.id.number: order for order in read.orders}


@pytest.fixture(scope="module")
def models(rows: list[dict[str, str]]) -> list[Json]:
    return models_from_rows(rows)


def test_every_sample_order_is_the_same_both_ways(by_file: dict[str, Order], models: list[Json]) -> None:
    assert len(models) == len(by_file) == 240
    for model in models:
        by_api = order_of(model, ACCOUNT)
        file = by_file[by_api.id.number]
        for field in dataclasses.fields(Order):
            assert getattr(by_api, field.name) == getattr(file, field.name), (by_api.id.number, field.name)


def test_the_samples_hold_what_is_difficult(by_file: dict[str, Order]) -> None:
    orders = list(by_file.values())
    assert any(len(order.packages) > 1 for order in orders)
    assert any(order.packages[0].placeholder for order in orders)
    assert any(order.cash_on_delivery for order in orders)
    assert any(order.wrapping for order in orders)
    assert any(order.buyer_text for order in orders)
    assert any(order.wish.day for order in orders)
    assert any(order.money.points and order.money.coupon_shop for order in orders)
    assert len({order.state for order in orders}) >= 5


def test_card_data_reaches_no_order(models: list[Json]) -> None:
    paid = next(m for m in models if m["SettlementModel"]["cardNumber"])
    kept = repr(order_of(paid, ACCOUNT))
    for secret in ("XXXX", "PRACTICE ONLY", "VISA", "2030"):
        assert secret not in kept


def test_what_only_the_api_tells(models: list[Json]) -> None:
    model = {**models[0], "deliveryCertPrgFlag": 1, "oneDayOperationFlag": 1}
    row = {
        "shippingDetailId": 7,
        "shippingNumber": None,
        "deliveryCompany": "1000",
        "shippingDate": "2026-11-21",
    }
    package = {
        **model["PackageModelList"][0],
        "dropOffFlag": 1,
        "dropOffLocation": "玄関前",
        "ShippingModelList": [row],
    }
    order = order_of({**model, "PackageModelList": [package]}, ACCOUNT)
    assert {"express_cert", "one_day"} <= set(order.flags)
    assert order.packages[0].drop_off == "玄関前"
    (parcel,) = order.packages[0].registered
    assert (parcel.detail_id, parcel.tracking_no, parcel.carrier_code) == ("7", "", "1000")


def test_deleted_items_and_packages_are_left_out(models: list[Json]) -> None:
    model = next(m for m in models if len(m["PackageModelList"]) > 1)
    first, second = model["PackageModelList"]
    fewer = order_of({**model, "PackageModelList": [first, {**second, "packageDeleteFlag": 1}]}, ACCOUNT)
    assert [p.package_id for p in fewer.packages] == [str(first["basketId"])]
    emptied = {
        **first,
        "ItemModelList": [{**i, "deleteItemFlag": 1, "units": 0} for i in first["ItemModelList"]],
    }
    gone = order_of({**model, "PackageModelList": [emptied]}, ACCOUNT)
    assert all(line.deleted for line in gone.lines)


def test_an_order_with_parcels_from_rakutens_warehouse_is_not_ours() -> None:
    (model,) = models_from_rows([a_row(1)])
    assert ELSEWHERE not in order_of(model, an_account()).flags
    parcel = {"shippingDetailId": 1, "shippingNumber": "1", "deliveryCompany": "1029", "shippingDate": None}
    model["PackageModelList"][0]["ShippingModelList"] = [parcel]
    assert ELSEWHERE in order_of(model, an_account()).flags
    model["PackageModelList"][0]["ShippingModelList"] = [parcel, {**parcel, "deliveryCompany": "1001"}]
    assert ELSEWHERE not in order_of(model, an_account()).flags
