"""Qoo10's words and odd cells, one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jpship_gui.domain.order import OrderState, Wish
from jpship_gui.formats import values as cells
from jpship_gui.marketplaces.qoo10 import values


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("On request(2)", "2"),
        ("On delivery(4)", "4"),
        ("Seller confirm(3)", "3"),
        ("2", "2"),
        ("配送準備", "3"),
        ("배송요청", "2"),
        (" 配送中 ", "4"),
        ("新しい状態", "新しい状態"),
        ("", ""),
    ],
)
def test_the_digit_counts_not_the_words(written: str, number: str) -> None:
    assert values.number_in(written) == number


@pytest.mark.parametrize(
    ("states", "claims", "state"),
    [
        ("1", " ", OrderState.UNCONFIRMED),
        ("2", " ", OrderState.TO_SHIP),
        ("33", "  ", OrderState.TO_SHIP),
        ("45", "  ", OrderState.SHIPPED),
        ("43", "  ", OrderState.TO_SHIP),
        ("?2", "  ", OrderState.UNKNOWN),
        ("22", "12", OrderState.CANCELLING),
        ("22", "1 ", OrderState.CHANGING),
        ("22", "3 ", OrderState.TO_SHIP),
        ("22", "33", OrderState.CANCELLED),
        ("23", "31", OrderState.CANCELLING),
        ("4", "4", OrderState.SHIPPED),  # a return concerns nobody who ships
    ],
)
def test_a_cart_is_what_its_lines_are(states: str, claims: str, state: OrderState) -> None:
    assert values.cart_state(list(states), [c.strip() for c in claims]) is state


def test_the_least_advanced_line_names_the_carts_code() -> None:
    assert values.cart_code(["4", "2", "3"], ["", "", ""]) == "2"
    assert values.cart_code(["4", "2"], ["", "3"]) == "4"  # a cancelled line says nothing
    assert values.cart_code(["2"], ["3"]) == "2"


@pytest.mark.parametrize(
    ("written", "wish"),
    [
        ("2026-11-28 ", Wish(date(2026, 11, 28), "", "2026-11-28")),
        ("14:00~16:00", Wish(None, "1416", "14:00~16:00")),
        ("2026-11-28 18:00～20:00", Wish(date(2026, 11, 28), "1820", "2026-11-28 18:00～20:00")),
        ("2026/11/28 09:00〜12:00", Wish(date(2026, 11, 28), "0912", "2026/11/28 09:00〜12:00")),
        ("18:30~20:00", Wish(None, "other", "18:30~20:00")),
        ("-", Wish()),
        ("", Wish()),
        ("なるべく早く", None),
        ("2026-13-40", None),
        ("20:00~18:00", None),
    ],
)
def test_the_three_forms_of_a_wish(written: str, wish: Wish | None) -> None:
    assert values.wish_of(written) == wish


@pytest.mark.parametrize(
    ("mobile", "phone", "digits"),
    [
        ("090-0000-0001", "03-0000-0002", "09000000001"),
        ("-", "03-0000-0002", "0300000002"),
        ("+81-90-0000-0001", "+81--", "09000000001"),
        ("+81--", "+81-3-0000-0002", "0300000002"),
        ("+81-", "+81--", ""),
        ("+8190-0000-0001", "", "09000000001"),
        ("+81-090-0000-0001", "", "09000000001"),
        ("-", "-", ""),
    ],
)
def test_phones(mobile: str, phone: str, digits: str) -> None:
    assert values.phone_of(mobile, phone) == digits


@pytest.mark.parametrize(
    ("option", "variant"),
    [
        ("色:赤/サイズ:M", "赤・M"),
        ("色::青/サイズ::L", "青・L"),
        ("サイズ：M/L", "M/L"),
        ("香り:ゆず", "ゆず"),
        ("ゆず", "ゆず"),
        ("時間:10:30", "10:30"),
        ("-", ""),
        ("", ""),
    ],
)
def test_options(option: str, variant: str) -> None:
    assert values.variant_of(option) == variant


def test_the_options_code_comes_before_the_products() -> None:
    assert values.stock_key("CUP-A-RED", "CUP-A") == "CUP-A-RED"
    assert values.stock_key("-", "CUP-A") == "CUP-A"
    assert values.stock_key("", "-") == ""


def test_gift_and_free_gift() -> None:
    assert values.gift_and_extra("Y", "") == (True, "")
    assert values.gift_and_extra("N", "しおり") == (False, "しおり")
    assert values.gift_and_extra("ギフト", "-") == (True, "")  # whatever is no plain no
    assert values.api_gift("Y") == ("Y", "")
    assert values.api_gift("n") == ("n", "")
    assert values.api_gift("しおり") == ("", "しおり")


def test_the_larger_service_is_the_carts() -> None:
    assert values.larger(["ネコポス", "佐川急便", "ゆうパケット"]) == "佐川急便"
    assert values.larger(["ゆうパケット", "新しい便"]) == "新しい便"  # unknown ones may be large
    assert values.larger(["-", ""]) == ""


def test_invisible_characters_vanish_and_others_stay() -> None:
    assert values.said(" 千\u200b沢\ufeff★ ") == "千沢★"


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("20261120101112", datetime(2026, 11, 20, 1, 11, tzinfo=UTC)),
        ("2026-11-20 10:11:12", datetime(2026, 11, 20, 1, 11, tzinfo=UTC)),
        ("2026/11/20 10:11:12", datetime(2026, 11, 20, 1, 11, tzinfo=UTC)),
        ("20261120", datetime(2026, 11, 19, 15, 0, tzinfo=UTC)),
        ("soon", None),
    ],
)
def test_times_in_every_form(written: str, moment: datetime | None) -> None:
    assert cells.moment(values.moment_text(written)) == moment


def test_a_promised_day_ends_at_midnight_in_japan() -> None:
    assert values.end_of(date(2026, 11, 24)) == datetime(2026, 11, 24, 14, 59, tzinfo=UTC)


def test_countries_and_currencies() -> None:
    assert values.at_home("JP")
    assert values.at_home("")
    assert not values.at_home("KR")
    assert values.in_yen("JPY")
    assert not values.in_yen("USD")
