"""What a marketplace's declaration answers by itself."""

from __future__ import annotations

from datetime import date

from jpship_gui.marketplaces.base import Marketplace, NumberRule

OLD = NumberRule("1001", r"[0-9A-Z-]{1,20}", "an old page", "LIKELY")
NEW = NumberRule("1001", r"[0-9-]{1,14}", "a page of that day", "CONFIRMED", date(2022, 11, 7))


def test_the_rule_of_the_day_decides_over_a_number() -> None:
    market = Marketplace("x", "X", number_rules=(NEW, OLD))
    assert market.takes_number("1001", "AB123", date(2022, 11, 6))
    assert not market.takes_number("1001", "AB123", date(2022, 11, 7))
    assert market.takes_number("1001", "4000-0000-0003", date(2022, 11, 7))
    assert not market.takes_number("1001", "40000000000300003", date(2026, 11, 7))


def test_a_carrier_without_a_known_rule_is_not_judged() -> None:
    assert Marketplace("x", "X", number_rules=(NEW,)).takes_number("1003", "EE123456789JP", date(2026, 1, 1))
