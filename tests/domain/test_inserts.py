"""What a shop's rule lines mean, and which lines are never used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jpship_gui.domain.inserts import Flaw, inserts_for, read_rules
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from tests.builders import a_contact, a_line, an_order

DAY = date(2026, 11, 20)


def a_parcel(gift: bool = False, price: int = 2200, quantity: int = 1, sku: str = "mug-300-bl") -> Shipment:
    order = an_order()
    line = a_line(sku=sku, unit_price=price, quantity=quantity)
    return Shipment(1, "JP0000013", order.id, "p", a_contact(), a_contact(), (line,), Stage.PRINT, gift=gift)


def names(text: str, parcel: Shipment, day: date = DAY) -> list[str]:
    rules, flaws = read_rules(text)
    assert not flaws
    return [rule.name for rule in inserts_for(rules, parcel, day)]


def test_a_rule_without_condition_holds_always_and_says_where_it_is_allowed() -> None:
    (rule,), _ = read_rules("サンクスカード | | 同梱物ガイドラインで確認")
    assert inserts_for([rule], a_parcel(), DAY) == (rule,)
    assert rule.allowed == "同梱物ガイドラインで確認"


@pytest.mark.parametrize(
    ("when", "price", "holds"),
    [("3000-", 2999, False), ("3000-", 3000, True), ("-2999", 3000, False), ("1000-2000", 2000, True), ("1000-2000", 2001, False)],
)  # fmt: skip
def test_amounts_are_of_the_goods_and_include_their_limits(when: str, price: int, holds: bool) -> None:
    assert bool(names(f"x|{when}|ok", a_parcel(price=price))) is holds
    if price % 3 == 0:
        assert bool(names(f"x|{when}|ok", a_parcel(price=price // 3, quantity=3))) is holds


def test_goods_gifts_and_days_must_all_hold() -> None:
    text = "見本 ｜ sku:mug-* nogift from:2026-11-20 to:2026-12-25 ｜ 確認"
    assert names(text, a_parcel()) == ["見本"]
    assert names(text, a_parcel(sku="plate-21")) == []
    assert names(text, a_parcel(gift=True)) == []
    assert names(text, a_parcel(), date(2026, 11, 19)) == []
    assert names(text, a_parcel(), date(2026, 12, 26)) == []
    assert names("x|gift|ok", a_parcel()) == []


def test_goods_taken_out_of_the_order_count_for_nothing() -> None:
    parcel = a_parcel(price=9000)
    gone = replace(parcel, lines=(replace(parcel.lines[0], deleted=True),))
    assert names("x|1-|ok", gone) == []


def test_a_line_without_consent_or_with_unknown_words_is_never_used() -> None:
    rules, flaws = read_rules(
        "チラシ\n\n | 3000- | ok\n見本 | 3000円以上 | ok\nx | from:2026-13-01 | ok\nよい | - | ok\nよい || ok"
    )
    assert [rule.name for rule in rules] == ["よい"]
    assert flaws == (
        Flaw(1, "no_consent"),
        Flaw(3, "no_name"),
        Flaw(4, "not_read", "3000円以上"),
        Flaw(5, "not_read", "from:2026-13-01"),
        Flaw(6, "not_read", "-"),
    )
