"""The same order by file and by API is the same `Order` (IN-02)."""

from __future__ import annotations

import dataclasses
from xml.etree.ElementTree import Element, fromstring

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Order
from jpship_gui.marketplaces.yahoo.api import INFO_FIELDS
from jpship_gui.marketplaces.yahoo.mapping import order_of
from jpship_gui.practice.yahoo.answer import add_order, result_set, xml_reply
from jpship_gui.practice.yahoo.samples import Model, yahoo_orders
from tests.marketplaces.yahoo.reading import ACCOUNT, by_number, items_csv, orders_csv, read_pair

MODELS = yahoo_orders(120, seed=5)  # every kind of order the samples know


def node_of(model: Model) -> Element:
    """OrderInfo as the API sends it."""
    root, result = result_set()
    add_order(result, model, frozenset(INFO_FIELDS))
    found = fromstring(xml_reply(root).body).find(".//OrderInfo")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def by_file() -> dict[str, Order]:
    return by_number(read_pair(orders_csv(MODELS), items_csv(MODELS)))


def test_every_sample_order_is_the_same_both_ways(by_file: dict[str, Order]) -> None:
    assert len(by_file) == len(MODELS)
    for model in MODELS:
        by_api = order_of(node_of(model), ACCOUNT)
        file = by_file[by_api.id.number]
        for field in dataclasses.fields(Order):
            assert getattr(by_api, field.name) == getattr(file, field.name), (by_api.id.number, field.name)


def test_the_samples_hold_what_is_difficult(by_file: dict[str, Order]) -> None:
    orders = list(by_file.values())
    assert any(len(order.lines) == 3 for order in orders)
    assert any(order.packages[0].placeholder for order in orders)
    assert any(order.packages[0].registered for order in orders)
    assert any(order.packages[0].drop_off for order in orders)
    assert any(order.cash_on_delivery and order.money.points for order in orders)
    assert any(order.wrapping and order.packages[0].noshi for order in orders)
    assert any(order.wish.day and order.wish.slot for order in orders)
    assert any("\n" in order.buyer_text for order in orders)
    assert any(order.money.coupon_shop and order.money.coupon_market for order in orders)
    assert len({order.state for order in orders}) == 5


def test_card_data_is_not_asked_for() -> None:
    assert not [name for name in INFO_FIELDS if name.startswith("Card")]


def test_nonsense_names_its_field() -> None:
    model = yahoo_orders(1)[0]
    model["Item"][0]["Quantity"] = "many"
    with pytest.raises(Refused) as caught:
        order_of(node_of(model), ACCOUNT)
    assert (caught.value.values["field"], caught.value.values["value"]) == ("line.quantity", "many")
