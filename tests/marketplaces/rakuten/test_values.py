"""Rakuten's codes in jpship's terms."""

from __future__ import annotations

from datetime import date

import pytest

from jpship_gui.domain.order import OrderState
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.rakuten import values


@pytest.mark.parametrize(
    ("term", "slot"),
    [
        ("", ""),
        ("0", ""),
        ("1", "am"),
        ("2", "pm"),
        ("9", "other"),
        ("708", "0708"),
        ("1214", "1214"),
        ("1921", "1921"),
        ("2021", "2021"),
        ("2324", "2324"),
        ("1412", None),
        ("1414", None),
        ("2425", None),
        ("3", None),
        ("午前", None),
        ("12140", None),
    ],
)
def test_slots(term: str, slot: str | None) -> None:
    assert values.wish_slot(term) == slot


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (("OWN-1", "mug", "mug-blue", "MUG"), "OWN-1"),
        (("", "mug", "mug-blue", "MUG"), "mug/mug-blue"),
        (("", "mug", "normal-inventory", "MUG"), "mug"),
        (("", "mug", "mug", "MUG"), "mug"),
        (("", "mug", "", "MUG"), "MUG"),
        (("", "mug", "", ""), "mug"),
        (("", "", "normal-inventory", "MUG"), "MUG"),
    ],
)
def test_the_stock_key_is_never_the_word_of_migrated_items(
    given: tuple[str, str, str, str], key: str
) -> None:
    assert values.stock_key(*given) == key
    assert values.NO_OWN_KEY not in key


@pytest.mark.parametrize(
    ("information", "variant"),
    [
        ("", ""),
        ("カラー:青", "青"),
        ("カラー:青\nサイズ:M", "青・M"),
        ("カラー：青\r\nサイズ：M\r\n", "青・M"),
        ("青のみ", "青のみ"),
        ("時刻:10:30", "10:30"),
    ],
)
def test_variants(information: str, variant: str) -> None:
    assert values.variant_of(information) == variant


def test_states() -> None:
    known = {
        "100": "unconfirmed",
        "200": "processing",
        "300": "to_ship",
        "400": "changing",
        "800": "cancelling",
    }
    known |= {"500": "shipped", "600": "shipped", "700": "shipped", "900": "cancelled", "123": "unknown"}
    assert {code: values.order_state(code) for code in known} == {c: OrderState(s) for c, s in known.items()}


def test_carrier_codes_are_dated_and_services_have_their_own() -> None:
    rakuten = marketplaces()["rakuten"]
    today = date(2026, 11, 22)
    assert rakuten.carrier_code("yamato", "takkyubin", today) == "1001"
    assert rakuten.carrier_code("yamato", "yupacket", today) == "1030"
    assert rakuten.carrier_code("yamato", "yupacket", date(2025, 5, 31)) == "1001"
    assert rakuten.carrier_code("jppost", "yupack", today) == "1003"
    assert rakuten.carrier_code("somebody", "", today) is None
    assert all(code.source for code in rakuten.carrier_codes)
