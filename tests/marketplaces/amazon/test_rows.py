"""What Amazon's order reports mean (Amazon reference, section 2)."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.delivery import SLOT_MORNING, SLOT_NONE, SLOT_OTHER
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import ELSEWHERE, OrderState
from jpship_gui.texts import text
from tests.marketplaces.amazon.report import (
    ORDERS,
    UNSHIPPED,
    ordered,
    read_order,
    read_rows,
    report,
    waiting,
)
from tests.marketplaces.reading import read

ROWS = [
    ordered(),
    ordered(order_id="249-7654321-0000001", order_item_id="22345678901234", recipient_name="髙﨑　見本 ①㈱"),
    ordered(order_id="503-0000001-0000002", order_item_id="32345678901234", product_name='皿 21cm (8.3")'),
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_encoding_and_line_ends_make_no_difference(encoding: str, end: str) -> None:
    found = read(report(ROWS, encoding=encoding, end=end))
    assert found.orders == read(report(ROWS)).orders
    assert len(found.orders) == 3
    assert found.orders[1].packages[0].recipient.name == "髙﨑　見本 ①㈱"


def test_columns_are_found_by_name_however_they_stand() -> None:
    header = list(ORDERS)
    random.Random(3).shuffle(header)
    shown = [f" {name.upper()}  " if n % 2 else name for n, name in enumerate(header)]
    body = report(ROWS, header).decode("cp932").partition("\r\n")[2]
    odd = ("\t".join(["new-column", *shown]) + "\r\n").encode("cp932")
    rows = "".join(f"?\t{line}\r\n" for line in body.splitlines())
    assert read(odd + rows.encode("cp932")).orders == read(report(ROWS)).orders


def test_quotes_are_plain_characters_and_a_wrapped_cell_loses_its_pair() -> None:
    names = ['皿 21cm (8.3")', '"皿"と"椀"', '"']
    for name in names:
        assert read_order(ordered(product_name=name)).lines[0].name == name
    assert read_order(ordered(product_name='"皿 21cm (8.3"")"')).lines[0].name == '皿 21cm (8.3")'


def test_short_rows_and_empty_last_lines() -> None:
    whole = report([ordered()], [*ORDERS[:28]])
    head, row = whole.decode("cp932").splitlines()
    full = "\t".join([head, *ORDERS[28:]])
    data = f"{full}\r\n{row}\r\n\r\n\r\n".encode("cp932")
    (order,) = read(data).orders
    assert order.packages[0].recipient.name == "見本 花子"


def test_lines_of_an_order_need_not_stand_together() -> None:
    second = ordered(order_item_id="12345678901235", sku="TEA")
    found = read_rows(ROWS[0], ROWS[1], second)
    assert [len(order.lines) for order in found.orders] == [2, 1]
    assert dict(found.source_lines) == {
        "250-1234567-1234567": (0, 2),
        "249-7654321-0000001": (1,),
    }


def test_a_line_that_stands_twice_is_one() -> None:
    found = read_rows(ordered(), ordered())
    assert found.repeated_rows == 1
    assert len(found.orders[0].lines) == 1


def test_half_past_three_at_night_in_greenwich_is_the_next_day_in_japan() -> None:
    at = read_order(ordered(purchase_date="2026-11-20T15:30:00+00:00")).ordered_at
    assert at == datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    assert to_jst(at).date() == date(2026, 11, 21)
    assert read_order(ordered(purchase_date="2026-11-21T00:30:00+09:00")).ordered_at == at


@pytest.mark.parametrize(
    ("state", "prefecture"),
    [
        ("東京都", "東京都"),
        ("日本东京都", "東京都"),
        ("东京都", "東京都"),
        ("冲绳县", "沖縄県"),
        ("爱知县", "愛知県"),
        ("广岛县", "広島県"),
        ("日本 福冈县", "福岡県"),
        ("Tokyo", "Tokyo"),
    ],
)
def test_prefectures_as_orders_placed_in_chinese_write_them(state: str, prefecture: str) -> None:
    (order,) = read(report([ordered(ship_state=state)], encoding="utf-8")).orders
    assert order.packages[0].recipient.prefecture == prefecture


def test_a_prefecture_at_the_head_of_the_address_is_found() -> None:
    person = read_order(ordered(ship_state="", ship_address_1="東京都千代田区千代田")).packages[0].recipient
    assert (person.prefecture, person.street) == ("東京都", "千代田区千代田 9-9-9 見本ハイツ101")
    person = read_order(ordered(ship_state="", ship_city="東京都千代田区")).packages[0].recipient
    assert (person.prefecture, person.city) == ("東京都", "千代田区")


@pytest.mark.parametrize(
    "phone", ["090-0000-0000", "'09000000000", "+819000000000", "+81 90-0000-0000", "+81 (0)90 0000 0000"]
)
def test_telephone_numbers(phone: str) -> None:
    assert read_order(ordered(ship_phone_number=phone)).packages[0].recipient.phone == "09000000000"


def test_the_buyers_number_where_the_report_has_none_of_the_recipient() -> None:
    order = read_order(waiting(buyer_phone_number="'0300000000"))
    assert order.packages[0].recipient.phone == "0300000000"
    assert order.buyer.phone == ""


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("1.23457E+13", "digits_lost"),
        ("1.23456789012345E+13", "digits_lost"),
        ("4015678", "line_id_damaged"),
        ("123456789012345", "line_id_damaged"),
        ("", "line_id_damaged"),
    ],
)
def test_a_spoilt_line_number_is_refused_with_its_place(given: str, code: str) -> None:
    found = read_rows(ordered(), ordered(order_id="249-0000002-0000002", order_item_id=given))
    assert len(found.orders) == 1
    (rejection,) = found.rejections
    assert (rejection.line, rejection.column, rejection.code, rejection.value) == (
        3,
        "order-item-id",
        code,
        given,
    )


def test_two_recipients_in_one_order_are_an_error() -> None:
    other = ordered(order_item_id="12345678901235", ship_address_1="別の町")
    (rejection,) = read_rows(ordered(), other).rejections
    assert (rejection.line, rejection.column, rejection.code) == (3, "ship-address-1", "rows_disagree")


# -- what an 未出荷レポート says --------------------------------------------------------------------------------------


def test_what_is_left_to_ship_is_packed() -> None:
    order = read_order(waiting(quantity_purchased="5", quantity_shipped="2", quantity_to_ship="3"))
    (line,) = order.lines
    assert (line.quantity, line.shipped, line.deleted) == (3, 2, False)
    assert (order.state, order.state_code) == (OrderState.TO_SHIP, "PARTIALLY_SHIPPED")


def test_a_line_with_nothing_left_is_shown_and_not_packed() -> None:
    gone = waiting(order_item_id="12345678901235", quantity_shipped="2", quantity_to_ship="0")
    order = read_order(waiting(), gone)
    assert [(line.quantity, line.deleted) for line in order.lines] == [(2, False), (0, True)]
    assert order.state is OrderState.TO_SHIP
    assert read_order(gone).state is OrderState.SHIPPED


def test_without_the_column_what_is_left_follows_from_the_others() -> None:
    header = [name for name in UNSHIPPED if name != "quantity-to-ship"]
    data = report([waiting(quantity_purchased="5", quantity_shipped="2")], header)
    (order,) = read(data).orders
    assert order.lines[0].quantity == 3


def test_the_deadline_is_the_promise_unless_the_report_says_better() -> None:
    assert read_order(waiting()).ship_by == datetime(2026, 11, 23, 14, 59, tzinfo=UTC)
    better = read_order(waiting(latest_ship_date="2026-11-22T14:59:59+00:00"))
    assert better.ship_by == datetime(2026, 11, 22, 14, 59, tzinfo=UTC)
    assert read_order(ordered()).ship_by is None


def test_an_order_report_alone_does_not_say_whether_an_order_waits() -> None:
    """It holds what was shipped or cancelled, too."""
    assert read_order(ordered()).state is OrderState.UNKNOWN
    assert "state" in read_rows(ordered()).absent
    assert "state" not in read_rows(waiting()).absent


@pytest.mark.parametrize(
    ("column", "flag"),
    [
        ("is-buyer-requested-cancellation", "cancel_requested"),
        ("is-prime", "prime"),
        ("is-premium-order", "premium"),
        ("is-transparency", "transparency"),
        ("is-business-order", "business"),
        ("is-replacement-order", "replacement"),
        ("is-exchange-order", "exchange"),
        ("is-ispu-order", "no_parcel"),
        ("verge-of-cancellation", "verge_cancel"),
        ("verge-of-lateShipment", "verge_late"),
    ],
)
def test_columns_that_say_yes_or_no(column: str, flag: str) -> None:
    for word in ("true", "TRUE", "1", "yes"):
        assert flag in read_order({**waiting(), column: word}).flags
    for word in ("false", "0", ""):
        assert flag not in read_order({**waiting(), column: word}).flags


def test_programs_of_an_order_in_one_column() -> None:
    order = read_order({**waiting(), "amazon-programs": "PREORDER, AMAZON_EASY_SHIP"})
    assert {"reservation", "label_elsewhere"} <= set(order.flags)


def test_a_present_its_wrapping_and_its_words() -> None:
    order = read_order(
        {**waiting(recipient_name="贈先 茜"), "gift-wrap-type": "赤い箱", "gift-message-text": "おめでとう"}
    )
    assert order.gift_flag
    assert order.wrapping == ("赤い箱",)
    assert order.gift_message == "おめでとう"
    assert not order.recipient_is_buyer


def test_blanks_in_a_name_make_no_present() -> None:
    order = read_order(waiting(buyer_name="見本花子", recipient_name="見本　花子"))
    assert order.recipient_is_buyer
    assert not order.gift


def test_what_a_business_buys_is_no_present() -> None:
    order = read_order(
        {
            **waiting(recipient_name="練習商事株式会社 総務部"),
            "is-business-order": "true",
            "buyer-company-name": "練習商事株式会社",
            "purchase-order-number": "0042",
        }
    )
    assert order.recipient_is_buyer
    assert (order.company, order.purchase_order) == ("練習商事株式会社", "0042")


def test_instructions_are_the_remark_and_the_place_to_leave_it() -> None:
    order = read_order(
        {**waiting(), "delivery-Instructions": "呼び鈴は鳴らさないで", "drop-off-location": "玄関前"}
    )
    assert order.remark == order.buyer_text == "呼び鈴は鳴らさないで"
    assert order.packages[0].drop_off == "玄関前"


@pytest.mark.parametrize(
    ("start", "end", "day", "slot"),
    [
        ("2026-11-25T05:00:00+00:00", "2026-11-25T07:00:00+00:00", date(2026, 11, 25), "1416"),
        ("2026-11-24T23:00:00+00:00", "2026-11-25T03:00:00+00:00", date(2026, 11, 25), SLOT_MORNING),
        ("2026-11-24T15:00:00+00:00", "2026-11-25T14:59:59+00:00", date(2026, 11, 25), SLOT_NONE),
        ("2026-11-24T15:00:00+00:00", "2026-11-26T14:59:59+00:00", None, SLOT_OTHER),
        ("2026-11-25T04:00:00+00:00", "2026-11-25T09:00:00+00:00", date(2026, 11, 25), "1318"),
        ("2026-11-25T05:00:00+00:00", "", date(2026, 11, 25), SLOT_NONE),
        ("", "", None, SLOT_NONE),
    ],
)
def test_the_window_a_buyer_chose(start: str, end: str, day: date | None, slot: str) -> None:
    wish = read_order(ordered(delivery_start_date=start, delivery_end_date=end)).wish
    assert (wish.day, wish.slot) == (day, slot)


# -- money --------------------------------------------------------------------------------------------------------------


def test_the_price_in_a_report_is_that_of_the_whole_line() -> None:
    order = read_order(ordered(quantity_purchased="3", item_price="5940", item_tax="540"))
    assert order.lines[0].unit_price == 1980
    assert order.money.goods == 5940
    assert order.money.charged == 6490


def test_a_price_no_piece_can_have_is_told() -> None:
    order = read_order(ordered(quantity_purchased="3", item_price="1000", item_tax="90"))
    assert [finding.code for finding in order.findings] == ["price_uneven"]


def test_discounts_and_wrapping() -> None:
    order = read_order(
        {
            **ordered(),
            "item-promotion-discount": "-396",
            "gift-wrap-price": "330",
            "ship-promotion-discount": "0",
        }
    )
    money = order.money
    assert (money.goods, money.wrapping, money.coupon_market, money.charged) == (4290, 330, 396, 4444)
    assert money.taxes == ()  # of a discount the report tells no rate


@pytest.mark.parametrize(
    ("price", "tax", "rate"), [("1080", "80", 8), ("1100", "100", 10), ("1000", "0", 10)]
)
def test_the_rate_follows_from_the_tax(price: str, tax: str, rate: int) -> None:
    order = read_order(ordered(quantity_purchased="1", item_price=price, item_tax=tax))
    assert order.lines[0].tax_rate == rate
    assert order.lines[0].reduced_rate is (rate == 8)


def test_a_report_without_prices_says_nothing_of_them() -> None:
    found = read_rows(waiting())
    (order,) = found.orders
    assert order.money.charged is None
    assert {"money.charged", "line.price", "line.tax_rate"} <= found.absent


def test_money_to_collect_at_the_door() -> None:
    order = read_order(ordered(payment_method="COD", cod_collectible_amount="4510", payment_method_fee="330"))
    assert order.cash_on_delivery
    assert "cod_ended" in order.flags
    assert order.money.cod_fee == 330


# -- not ours -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"fulfilled-by": "AFN"},
        {"fulfilled-by": "AMAZON"},
        {"sales-channel": "Non-Amazon"},
        {"order-id": "S01-1234567-1234567"},
    ],
)
def test_what_amazons_warehouse_ships_is_shown_and_never_packed(change: dict[str, str]) -> None:
    assert ELSEWHERE in read_order({**ordered(), **change}).flags
    assert (
        ELSEWHERE
        not in read_order({**ordered(), "fulfilled-by": "MFN", "sales-channel": "Amazon.co.jp"}).flags
    )


def test_an_order_abroad_is_flagged() -> None:
    assert "abroad" in read_order(ordered(ship_country="US")).flags


# -- which file it is ---------------------------------------------------------------------------------------------------

ALL_ORDERS = (  # reference 2.8
    *("amazon-order-id", "merchant-order-id", "purchase-date", "last-updated-date", "order-status"),
    *("fulfillment-channel", "sales-channel", "order-channel", "ship-service-level", "product-name", "sku"),
    *("asin", "item-status", "quantity", "currency", "item-price", "item-tax", "shipping-price"),
    *("shipping-tax", "gift-wrap-price", "gift-wrap-tax", "item-promotion-discount"),
    *("ship-promotion-discount", "ship-city", "ship-state", "ship-postal-code", "ship-country"),
    "promotion-ids",
)


def test_the_report_of_all_orders_is_refused_in_plain_words() -> None:
    """It has neither names nor streets."""
    with pytest.raises(Refused) as caught:
        read(report([dict.fromkeys(ALL_ORDERS, "1")], ALL_ORDERS))
    assert caught.value.code == "file_all_orders"
    words = text("fault.file_all_orders", **caught.value.values)
    assert "未出荷レポート" in words
    assert "注文レポート" in words
