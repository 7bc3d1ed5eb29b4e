"""Tax on papers: rounding, sharing, registration numbers, stamps."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.invoice import (
    Rounding,
    by_rate,
    company_digit_holds,
    registration_no,
    shared,
    stamp_due,
    tax_within,
)

WAYS = {Rounding.DOWN: ROUND_FLOOR, Rounding.UP: ROUND_CEILING, Rounding.HALF: ROUND_HALF_UP}


@given(st.integers(0, 10**10), st.sampled_from([8, 10]), st.sampled_from(list(Rounding)))
def test_the_tax_is_what_decimals_say(amount: int, rate: int, rounding: Rounding) -> None:
    exact = Decimal(amount * rate) / Decimal(100 + rate)
    assert tax_within(amount, rate, rounding) == int(exact.quantize(Decimal(1), WAYS[rounding]))
    assert tax_within(-amount, rate, rounding) == -tax_within(amount, rate, rounding)


@pytest.mark.parametrize(
    ("amount", "rate", "tax"), [(67_700, 10, 6_154), (11_939, 8, 884), (10_990, 10, 999), (0, 10, 0)]
)
def test_known_taxes(amount: int, rate: int, tax: int) -> None:
    assert tax_within(amount, rate) == tax


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**8), min_size=1, max_size=6))
def test_parts_add_up_and_none_is_a_yen_from_its_share(amount: int, weights: list[int]) -> None:
    parts = shared(amount, weights)
    assert sum(parts) == amount
    if sum(weights):
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part * sum(weights) - amount * weight) < sum(weights)


def test_a_discount_is_shared_by_both_rates_and_postage_is_at_the_standard_rate() -> None:
    assert by_rate([(10, 7_480), (8, 3_240)], 770, 500) == {10: 7_891, 8: 3_099}
    assert by_rate([(8, 3_240)], 0, 0) == {8: 3_240}
    assert by_rate([(8, 1_000)], 500, 1) == {10: 500, 8: 999}
    assert by_rate([], 0, 0) == {}


@pytest.mark.parametrize("number", ["7123456789012", "4011001098993", "2120901007402", "7010705000725"])
def test_numbers_of_companies_hold(number: str) -> None:
    assert company_digit_holds(registration_no(number))
    assert not company_digit_holds("T" + str((int(number[0]) % 9) + 1) + number[1:])


@pytest.mark.parametrize(
    "typed", ["T1234567890123", "ｔ１２３４－５６７８－９０１２３", " T-1234 5678 90123 ", "1234567890123"]
)
def test_a_number_is_kept_in_one_form(typed: str) -> None:
    assert registration_no(typed) == "T1234567890123"


@pytest.mark.parametrize("typed", ["T123", "T12345678901234", "X1234567890123", "T12345678901A3"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="registration_no"):
        registration_no(typed)
    assert registration_no(" ") == ""


@pytest.mark.parametrize(
    ("paid", "tax", "cash", "paper", "due"),
    [
        (55_000, 5_000, True, True, True),
        (54_999, 5_000, True, True, False),
        (55_000, 5_000, False, True, False),
        (55_000, 5_000, True, False, False),
        (50_000, 0, True, True, True),
    ],
)
def test_a_stamp_only_where_it_is_due(paid: int, tax: int, cash: bool, paper: bool, due: bool) -> None:
    assert stamp_due(paid, tax, cash_like=cash, on_paper=paper) is due
