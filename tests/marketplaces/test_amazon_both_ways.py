"""The same order by both reports and by API is the same `Order` (IN-02)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime, time

import pytest

from jpship_gui.domain.order import LABEL_ELSEWHERE, Order
from jpship_gui.flows.intake.compare import carry_over, differences
from jpship_gui.marketplaces.amazon.mapping import reading_of, registered_parcels, rows_of
from jpship_gui.marketplaces.base import ReadOrders, ShopAccount
from jpship_gui.practice.amazon.models import Json, model_of
from jpship_gui.practice.amazon.reports import (
    ORDER_COLUMNS,
    UNSHIPPED_COLUMNS,
    order_rows,
    report_bytes,
    unshipped_rows,
)
from jpship_gui.practice.amazon.samples import JST, SampleOrder, sample_orders
from tests.marketplaces.reading import read

DAY = date(2026, 11, 20)
MADE = datetime.combine(DAY, time(23, 55), JST)
ACCOUNT = ShopAccount("本店", "amazon", {}, lambda field: "")
SAMPLES = sample_orders(126, DAY)  # every kind of order the samples know, six times
OPEN = ("UNSHIPPED", "PARTIALLY_SHIPPED")


@pytest.fixture(scope="module")
def unshipped() -> ReadOrders:
    return read(report_bytes(UNSHIPPED_COLUMNS, unshipped_rows(SAMPLES, MADE)))


@pytest.fixture(scope="module")
def every() -> ReadOrders:
    return read(report_bytes(ORDER_COLUMNS, order_rows(SAMPLES)))


@pytest.fixture(scope="module")
def models() -> dict[str, Json]:
    return {sample.number: model_of(sample, n) for n, sample in enumerate(SAMPLES)}


def together(one: ReadOrders, other: ReadOrders) -> dict[str, Order]:
    """Orders as they stand after both files, `other` last."""
    known = {order.id.number: order for order in one.orders}
    return {
        order.id.number: carry_over(order, known[order.id.number], other.absent)
        for order in other.orders
        if order.id.number in known
    }


def by_api(models: Mapping[str, Json], number: str) -> Order:
    """As the API tells it, without what only it tells: parcels, and a label known by its parcel."""
    order = reading_of(models[number], ACCOUNT).order
    return dataclasses.replace(
        order, packages=tuple(dataclasses.replace(p, registered=()) for p in order.packages)
    )


@pytest.mark.parametrize("turn", ["unshipped-first", "orders-first"])
def test_every_open_order_is_the_same_both_ways(
    unshipped: ReadOrders, every: ReadOrders, models: dict[str, Json], turn: str
) -> None:
    files = (unshipped, every) if turn == "unshipped-first" else (every, unshipped)
    found = together(*files)
    assert set(found) == {s.number for s in SAMPLES if s.status in OPEN and not s.by_amazon}
    for number, file in found.items():
        api = by_api(models, number)
        for field in dataclasses.fields(Order):
            assert getattr(api, field.name) == getattr(file, field.name), (number, field.name)


def test_of_orders_that_are_over_the_order_report_tells_the_same(
    every: ReadOrders, models: dict[str, Json]
) -> None:
    over = {s.number for s in SAMPLES if s.status in ("SHIPPED", "CANCELLED")}
    found = [order for order in every.orders if order.id.number in over]
    assert len(found) == len(over)
    for file in found:
        api = by_api(models, file.id.number)
        assert (api.money, api.packages, api.buyer) == (file.money, file.packages, file.buyer)


@pytest.mark.parametrize("turn", ["api-first", "api-last"])
def test_by_api_and_by_file_in_turn_nothing_changes(
    unshipped: ReadOrders, every: ReadOrders, models: dict[str, Json], turn: str
) -> None:
    files = together(unshipped, every)
    for number, file in files.items():
        reading = reading_of(models[number], ACCOUNT)
        if turn == "api-last":
            assert differences(file, carry_over(reading.order, file, reading.untold)) == ()
            continue
        known = reading.order
        for source in (unshipped, every):
            (order,) = (o for o in source.orders if o.id.number == number)
            newer = carry_over(order, known, source.absent | {"registered", "promises"})
            assert differences(known, newer) == (), (number, source.absent)
            known = newer


def test_the_samples_hold_what_is_difficult(models: dict[str, Json]) -> None:
    orders = [reading_of(model, ACCOUNT).order for model in models.values()]
    flags = {flag for order in orders for flag in order.flags}
    assert {"business", "prime", "premium", "transparency", "cancel_requested", LABEL_ELSEWHERE} <= flags
    assert any(order.gift_message for order in orders)
    assert any(order.company and order.purchase_order for order in orders)
    assert any(order.wish.day for order in orders)
    assert any(order.remark for order in orders)
    assert any(order.packages[0].drop_off for order in orders)
    assert any(len(order.money.taxes) == 2 for order in orders)
    assert any(line.shipped for order in orders for line in order.lines)
    assert len({order.state for order in orders}) >= 4


def test_amounts_are_the_same_whether_amazon_states_them_with_the_tax_or_without() -> None:
    for sample in SAMPLES[:21]:
        inside, outside = (reading_of(model_of(sample, n), ACCOUNT).order for n in (0, 1))
        assert inside.money == outside.money
        assert inside.lines == outside.lines


# -- what only the API tells, and what it leaves out --------------------------------------------------------------------


def a_model(**changes: object) -> Json:
    (plain,) = sample_orders(1, DAY, plain=True)
    return {**model_of(plain), **changes}


@pytest.mark.parametrize(
    ("part", "untold"),
    [
        ("fulfillment", {"state", "ship_by", "line.quantity"}),
        ("proceeds", {"money.charged", "line.tax_rate"}),
        ("buyer", {"buyer.family_name", "company"}),
        (
            "recipient",
            {"recipient.family_name", "recipient.street", "recipient.phone_1", "recipient_is_buyer"},
        ),
    ],
)
def test_what_an_answer_leaves_out_is_not_taken_back(part: str, untold: set[str]) -> None:
    whole = a_model()
    less = {name: value for name, value in whole.items() if name != part}
    if part == "fulfillment":
        less["fulfillment"] = {}
    known = reading_of(whole, ACCOUNT)
    reading = reading_of(less, ACCOUNT)
    assert untold <= reading.untold
    assert differences(known.order, carry_over(reading.order, known.order, reading.untold)) == ()


def test_a_recipient_no_longer_shown_after_delivery_stays() -> None:
    """Amazon hides personal data some weeks after delivery."""
    whole = a_model()
    known = reading_of(whole, ACCOUNT).order
    hidden = a_model(recipient={"deliveryAddress": {"stateOrRegion": "", "countryCode": "JP"}}, buyer={})
    reading = reading_of(hidden, ACCOUNT)
    kept = carry_over(reading.order, known, reading.untold)
    assert kept.packages[0].recipient == known.packages[0].recipient
    assert kept.buyer == known.buyer


@pytest.mark.parametrize("begun", [False, True])
def test_of_an_order_that_is_over_the_quantities_stay(begun: bool) -> None:
    whole, shipped = a_model(), a_model()
    if begun:  # one line left before
        whole["orderItems"][0]["fulfillment"] = {"quantityFulfilled": 1, "quantityUnfulfilled": 0}
    shipped["fulfillment"] = {**shipped["fulfillment"], "fulfillmentStatus": "SHIPPED"}
    for item in shipped["orderItems"]:
        item["fulfillment"] = {"quantityFulfilled": item["quantityOrdered"], "quantityUnfulfilled": 0}
    known, reading = reading_of(whole, ACCOUNT).order, reading_of(shipped, ACCOUNT)
    kept = carry_over(reading.order, known, reading.untold)
    assert kept.lines == known.lines
    assert [change.field for change in differences(known, kept)] == ["state"]


def test_parcels_by_whatever_name_amazon_gives_a_carrier() -> None:
    def known(carrier: str, **changes: object) -> Json:
        package = {
            "packageReferenceId": "1",
            "carrier": carrier,
            "trackingNumber": "4000-0000-0003",
            "shipTime": "2026-11-21T15:30:00Z",
            "packageStatus": {"status": "SHIPPED"},
        }
        return a_model(packages=[{**package, **changes}])

    for carrier, code in (
        ("YAMATO", "YAMATO"),
        ("ヤマト運輸", "YAMATO"),
        ("yamato", "YAMATO"),
        ("新運輸", "新運輸"),
    ):
        (parcel,) = registered_parcels(known(carrier))
        assert (parcel.carrier_code, parcel.tracking_no) == (code, "400000000003")
        assert parcel.ship_date == date(2026, 11, 22)
    assert registered_parcels(known("YAMATO", packageStatus={"status": "CANCELLED"})) == ()


def test_an_order_of_another_shop_from_amazons_warehouse() -> None:
    model = a_model(salesChannel={"channelName": "NON_AMAZON"})
    assert "elsewhere" in reading_of(model, ACCOUNT).order.flags


def test_more_recipients_data_than_needed_reaches_no_order() -> None:
    sample: SampleOrder = SAMPLES[1]
    model = model_of(sample)
    model["recipient"]["deliveryAddress"]["extendedFields"] = {"streetName": "不要な欄"}
    assert "不要な欄" not in repr(reading_of(model, ACCOUNT))
    assert len(rows_of(model)) == len(sample.items)
