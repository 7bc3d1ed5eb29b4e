"""Costs against amounts worked out by hand (PL-06)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jpship_gui.domain.goods_facts import Measures
from jpship_gui.domain.planning.prices import Cost, Journey, read_prices
from jpship_gui.domain.planning.tables import TableError

DAY = date(2026, 11, 20)
TABLE: dict[str, Any] = {
    "zone": [
        {"name": "近", "prefectures": ["東京都", "神奈川県"]},
        {"name": "遠", "prefectures": ["北海道", "沖縄県"]},
        {"name": "近", "prefectures": ["大阪府"], "carrier": "sagawa"},
    ],
    "price": [
        {"carrier": "yamato", "service": "takkyubin", "to_zone": "近", "size": 60, "grams": 2000, "yen": 500},
        {"carrier": "yamato", "service": "takkyubin", "to_zone": "近", "size": 80, "grams": 5000, "yen": 700},
        {
            "carrier": "yamato",
            "service": "takkyubin",
            "to_zone": "遠",
            "size": 60,
            "grams": 2000,
            "yen": 1200,
        },
        {
            "carrier": "yamato",
            "service": "takkyubin",
            "to_zone": "近",
            "size": 60,
            "grams": 2000,
            "yen": 550,
            "valid_from": "2026-12-01",
        },
        {"carrier": "yamato", "service": "nekopos", "yen": 210, "valid_until": "2026-11-30"},
        {"carrier": "sagawa", "service": "hikyaku", "to_zone": "近", "grams": 1000, "yen": 430},
        {"carrier": "sagawa", "service": "hikyaku", "to_zone": "京都府", "yen": 440},
    ],
    "surcharge": [
        {"carrier": "yamato", "kind": "chilled", "size": 60, "yen": 275},
        {"carrier": "yamato", "kind": "chilled", "size": 80, "yen": 330},
        {"carrier": "yamato", "kind": "cash", "amount": 10000, "yen": 330},
        {"carrier": "yamato", "kind": "cash", "amount": 30000, "yen": 440},
        {"carrier": "yamato", "kind": "island", "yen": 900},
        {"carrier": "yamato", "kind": "island", "service": "nekopos", "yen": 0},
        {"carrier": "sagawa", "kind": "parcel", "yen": 15},
    ],
}


def measured(size_mm: int, grams: int) -> Measures:
    return Measures(grams, (size_mm - 200, 100, 100))


SMALL, MEDIUM, LARGE = measured(590, 1500), measured(601, 1500), measured(1200, 900)


def cost(way: str = "yamato/takkyubin", to: str = "東京都", day: date = DAY, **changes: Any) -> Cost:
    carrier, _, service = way.partition("/")
    given: dict[str, Any] = {"parcels": (SMALL,), **changes}
    return read_prices(TABLE).cost(carrier, service, Journey("東京都", to, day=day, **given))


@pytest.mark.parametrize(
    ("given", "yen"),
    [
        ({}, 500),
        ({"parcels": (MEDIUM,)}, 700),  # 60.1 cm count as 61
        ({"parcels": (measured(590, 2001),)}, 700),  # small, but too heavy for that step
        ({"to": "北海道"}, 1200),
        ({"day": date(2026, 12, 1)}, 550),  # the newer price from its day on
        ({"day": date(2026, 11, 30)}, 500),
        ({"parcels": (SMALL, MEDIUM)}, 500 + 700),
        ({"cool": "chilled"}, 500 + 275),
        ({"cool": "chilled", "parcels": (SMALL, MEDIUM)}, 500 + 700 + 275 + 330),
        ({"cash": 10000}, 500 + 330),
        ({"cash": 10001}, 500 + 440),
        ({"cash": 9000, "parcels": (SMALL, SMALL)}, 500 + 500 + 330),  # cash is collected once
        ({"island": True}, 500 + 900),
        ({"island": True, "cool": "chilled", "cash": 20000}, 500 + 900 + 275 + 440),
        ({"way": "yamato/nekopos", "to": "沖縄県", "parcels": (Measures(),)}, 210),
        ({"way": "yamato/nekopos", "island": True}, 210),
        ({"way": "sagawa/hikyaku", "to": "大阪府", "parcels": (measured(900, 1000),)}, 430 + 15),
        ({"way": "sagawa/hikyaku", "to": "京都府", "parcels": (Measures(),) * 2}, 2 * (440 + 15)),
    ],
)
def test_costs_worked_out_by_hand(given: dict[str, Any], yen: int) -> None:
    found = cost(**given)
    assert (found.yen, found.missing) == (yen, "")
    assert sum(part for _, part in found.parts) == yen


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"parcels": (Measures(1000),)}, "size"),
        ({"parcels": (Measures(None, (200, 100, 100)),)}, "weight"),
        ({"way": "sagawa/hikyaku", "to": "大阪府", "parcels": (Measures(),)}, "weight"),
        ({"parcels": (LARGE,)}, "too_large"),
        ({"to": "愛知県"}, "zone"),
        ({"way": "sagawa/hikyaku", "to": "東京都"}, "zone"),  # its own 近 holds another prefecture
        ({"cool": "frozen"}, "surcharge"),
        ({"cash": 30001}, "surcharge"),
        ({"way": "jppost/yupack"}, "no_price"),
        ({"way": "yamato/nekopos", "day": date(2026, 12, 1)}, "no_price"),
    ],
)
def test_what_cannot_be_told_says_why_and_is_no_amount(given: dict[str, Any], missing: str) -> None:
    assert (cost(**given).yen, cost(**given).missing) == (None, missing)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"price": [{"carrier": "yamato", "service": "x"}]}, "price.1.yen"),
        ({"price": [{"carrier": "yamato", "service": "x", "yen": -1}]}, "price.1.yen"),
        ({"price": [{"carrier": "yamato", "service": "x", "yen": 1.5}]}, "price.1.yen"),
        ({"price": [{"carrier": "yamato", "service": "x", "yen": 1, "sise": 60}]}, "price.1.sise"),
        ({"price": [{"carrier": "a", "service": "x", "yen": 1, "valid_from": "soon"}]}, "price.1.valid_from"),
        ({"surcharge": [{"carrier": "a", "kind": "snow", "yen": 1}]}, "surcharge.1.kind"),
        ({"prices": []}, "prices"),
        ({"zone": [{"name": "近", "prefectures": "東京都"}]}, "zone.1.prefectures"),
    ],
)
def test_a_mistake_is_named_by_its_place(data: dict[str, Any], where: str) -> None:
    with pytest.raises(TableError) as raised:
        read_prices(data)
    assert raised.value.where == where
