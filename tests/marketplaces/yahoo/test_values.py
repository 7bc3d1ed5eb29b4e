"""Yahoo!'s codes and odd values."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from jpship_gui.domain.order import OrderState
from jpship_gui.marketplaces.yahoo import values as yahoo


@pytest.mark.parametrize(
    ("text", "account", "digits"),
    [
        ("mystore-10000001", "mystore", "10000001"),
        ("my-store-2-10000001", "my-store-2", "10000001"),
        ("10000001", "", "10000001"),
        ("mystore", "", "mystore"),
    ],
)
def test_a_number_is_parted_at_its_last_hyphen(text: str, account: str, digits: str) -> None:
    number = yahoo.number_of(text)
    assert (number.account, number.digits) == (account, digits)
    assert number.long == text


@pytest.mark.parametrize(
    ("order", "ship", "state"),
    [
        ("1", "0", OrderState.PROCESSING),
        ("2", "0", OrderState.PROCESSING),
        ("2", "1", OrderState.TO_SHIP),
        ("2", "2", OrderState.TO_SHIP),
        ("2", "3", OrderState.SHIPPED),
        ("2", "4", OrderState.SHIPPED),
        ("2", "", OrderState.TO_SHIP),
        ("2", "9", OrderState.UNKNOWN),
        ("3", "1", OrderState.CHANGING),
        ("4", "1", OrderState.CANCELLED),
        ("5", "3", OrderState.SHIPPED),
        ("", "", OrderState.UNKNOWN),
        ("", "1", OrderState.UNKNOWN),
        ("", "0", OrderState.PROCESSING),
        ("", "3", OrderState.SHIPPED),
        ("7", "1", OrderState.UNKNOWN),
    ],
)
def test_states(order: str, ship: str, state: OrderState) -> None:
    assert yahoo.order_state(order, ship) is state


@pytest.mark.parametrize(
    ("words", "slot"),
    [
        ("", ""),
        ("09:00-12:00", "am"),
        ("08:00-12:00", "am"),
        ("午前中", "am"),
        ("14:00-16:00", "1416"),
        ("１４：００－１６：００", "1416"),
        ("18:00〜20:00", "1820"),
        ("19:00 - 21:00", "1921"),
        ("18:30-21:00", None),
        ("16:00-14:00", None),
        ("夜", None),
    ],
)
def test_slots(words: str, slot: str | None) -> None:
    assert yahoo.wish_slot(words) == slot


AT = datetime(2026, 11, 20, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2026/11/20 10:15:30", "2026-11-20 10:15:30", "2026-11-20T10:15:30+09:00", "2026-11-20T01:15:30Z"],
)
def test_every_form_of_a_moment(text: str) -> None:
    assert yahoo.moment_of(text, "") == AT


def test_the_epoch_is_safest() -> None:
    assert yahoo.moment_of("", "1795137330") == AT
    assert yahoo.moment_of("1999/01/01 00:00", "1795137330") == AT
    assert yahoo.moment_of("2026/11/20 10:15", "1.79514E+09") == AT


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-21", datetime(2026, 11, 21, 14, 59, tzinfo=UTC)),
        ("2026/11/21", datetime(2026, 11, 21, 14, 59, tzinfo=UTC)),
        ("2026-11-21 15:00:00", datetime(2026, 11, 21, 6, 0, tzinfo=UTC)),
        ("", None),
    ],
)
def test_a_day_as_deadline_ends_at_midnight(text: str, at: datetime | None) -> None:
    assert yahoo.deadline_of(text) == at


@pytest.mark.parametrize(
    "text",
    ["4000-0000-0003", " 400000000003\t", "'400000000003", "４００００００００００３", "4000－0000－0003"],
)
def test_a_tracking_number_is_plain(text: str) -> None:
    assert yahoo.plain_number(text) == "400000000003"


def test_letters_of_a_tracking_number_stay() -> None:
    assert yahoo.plain_number("ee 123 456 789 jp") == "EE123456789JP"


def test_parallel_lists() -> None:
    assert yahoo.pairs("カラー;サイズ", "青;M") == "カラー: 青\nサイズ: M"
    assert yahoo.pairs("", "青;M") == "青\nM"
    assert yahoo.pairs("カラー", "青;M") == "カラー: 青\nM"
    assert yahoo.pairs("カラー;備考", "青;") == "カラー: 青"


def test_variants() -> None:
    assert yahoo.variant_of("カラー:青;サイズ：M") == "青・M"
    assert yahoo.variant_of("青") == "青"
    assert yahoo.variant_of("") == ""


@pytest.mark.parametrize(
    ("code", "name", "cash"),
    [
        ("payment_d1", "", True),
        ("payment_a1", "商品代引", False),
        ("", "商品代引", True),
        ("", "代金引換（現金）", True),
        ("", "クレジットカード", False),
    ],
)
def test_cash_on_delivery(code: str, name: str, cash: bool) -> None:
    assert yahoo.is_cash_on_delivery(code, name) is cash


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (["2", "1", "1"], "処理中・出荷可・入金済み"),
        (["4", "", ""], "キャンセル"),
        (["", "3", "0"], "出荷済み・入金待ち"),
        (["2", "9", ""], "処理中・ShipStatus=9"),
        (["", "", ""], ""),
    ],
)
def test_statuses_are_words_and_back(codes: list[str], words: str) -> None:
    assert yahoo.status_words(codes) == words
    assert yahoo.status_codes(words) == codes
