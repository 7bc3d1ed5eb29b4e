"""Qoo10's files → carts: what a row means, and what keeps a cart from being taken."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Order, OrderState
from jpship_gui.formats.detect import recognise
from jpship_gui.formats.reader import read_bytes
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import ReadOrders, ShopAccount
from jpship_gui.practice.qoo10 import exports
from tests.marketplaces.qoo10.carts import Row, a_row, five_carts
from tests.marketplaces.reading import read


def account(**settings: str) -> ShopAccount:
    return ShopAccount("本店", "qoo10", settings, lambda field: "")


def read_rows(*rows: Row, header: Any = exports.DETAIL, **settings: str) -> ReadOrders:
    return read(exports.japanese(rows, header), account=account(**settings))


def one(*rows: Row, **settings: str) -> Order:
    found = read_rows(*rows, **settings)
    assert found.rejections == ()
    (order,) = found.orders
    return order


def codes(order: Order) -> list[str]:
    return [finding.code for finding in order.findings]


def test_every_language_length_and_encoding_says_the_same() -> None:
    rows = five_carts()
    japanese = read(exports.japanese(rows))
    assert len(japanese.orders) == 5
    assert read(exports.japanese(rows, encoding="cp932")).orders == japanese.orders
    assert read(exports.korean(rows)).orders == japanese.orders
    assert read(exports.korean(rows, encoding="utf-8")).orders == japanese.orders
    shorter = read(exports.japanese(rows, exports.DETAIL_44))
    assert "gift_flag" in shorter.absent
    assert [order.id for order in shorter.orders] == [order.id for order in japanese.orders]


def test_columns_in_another_order_and_with_blanks_are_found() -> None:
    header = [f" {name} " for name in reversed(exports.DETAIL)]
    rows = [{f" {name} ": value for name, value in row.items()} | row for row in five_carts()]
    data = exports.japanese(rows, header).replace("配送要請".encode(), "配送要請".encode())
    found = read(data)
    assert len(found.orders) == 5


def test_each_kind_is_recognised_by_its_columns() -> None:
    layouts = [layout for market in marketplaces().values() for layout in market.order_layouts]

    def kind(data: bytes) -> str:
        return recognise(read_bytes("x", data), layouts).layout.id

    rows = five_carts()
    for header in (exports.DETAIL, exports.DETAIL_44):
        assert kind(exports.japanese(rows, header)) == "qoo10.detail"
    for header in (exports.BRIEF, exports.BRIEF_14, (*exports.BRIEF, "ギフト注文")):
        assert kind(exports.japanese(rows, header)) == "qoo10.brief"
    assert kind(exports.korean(rows)) == "qoo10.detail"
    assert kind(exports.korean(rows, exports.BRIEF_KO)) == "qoo10.brief"


def test_the_settlement_file_is_refused_by_name() -> None:
    data = "注文番号,購入者の決済日,商品コード,販売店舗負担割引金額\r\n910000001,2026/11/20,1,0\r\n".encode()
    with pytest.raises(Refused, match="file_other") as refused:
        read(data)
    assert refused.value.values["seems"] == "販売明細"


def test_a_cart_is_one_order_with_a_line_for_each_order_number() -> None:
    order = one(a_row(), a_row(line="910000002", 配送会社="ゆうパケット", 発送予定日="2026/11/23"))
    assert order.id.number == "120000001"
    assert [line.line_id for line in order.lines] == ["910000001", "910000002"]
    assert order.packages[0].planned_carrier == "佐川急便"
    assert order.ship_by == datetime(2026, 11, 23, 14, 59, tzinfo=UTC)  # the earlier of two


def test_carts_are_not_joined_by_name_and_address() -> None:
    assert len(read_rows(a_row(), a_row("120000002", "910000002")).orders) == 2


def test_a_cart_to_two_addresses_is_rejected() -> None:
    found = read_rows(a_row(), a_row(line="910000002", 住所="東京都 文京区 千駄木1-1"))
    assert found.orders == ()
    assert [(r.line, r.column, r.code) for r in found.rejections] == [(3, "住所", "rows_disagree")]


def test_the_address_is_parted_and_its_house_number_kept_as_received() -> None:
    to = one(a_row(住所="大阪府 堺市堺区 九間町東9ｰ9−9")).packages[0].recipient
    assert (to.prefecture, to.city, to.street) == ("大阪府", "堺市堺区", "九間町東9ｰ9−9")
    strange = one(a_row(住所="どこかの町1-2")).packages[0].recipient
    assert (strange.prefecture, strange.city, strange.street) == ("", "", "どこかの町1-2")


def test_a_postal_code_loses_its_apostrophe_and_a_lost_zero_is_proposed() -> None:
    assert one(a_row(郵便番号="'289-1733")).packages[0].recipient.postal_code == "2891733"
    found = read_rows(a_row(郵便番号="100001"))
    assert [(d.code, d.repaired) for d in found.damages] == [("lost_zero_postal", "0100001")]


@pytest.mark.parametrize(
    ("state", "number", "expected"),
    [
        ("1", "", OrderState.UNCONFIRMED),
        ("2", "", OrderState.TO_SHIP),
        ("3", "", OrderState.TO_SHIP),
        ("4", "400000000003", OrderState.SHIPPED),
        ("5", "400000000003", OrderState.SHIPPED),
    ],
)
def test_states(state: str, number: str, expected: OrderState) -> None:
    order = one(a_row(STATE=state, 送り状番号=number))
    assert (order.state, order.state_code, codes(order)) == (expected, state, [])


def test_an_unknown_state_is_unknown_and_shown() -> None:
    data = exports.japanese([a_row()]).replace("配送要請".encode(), "配送保留".encode(), 2)
    # the first hit is in the header (配送要請事項) and must come back
    data = data.replace("配送保留事項".encode(), "配送要請事項".encode())
    (order,) = read(data).orders
    assert (order.state, order.state_code) == (OrderState.UNKNOWN, "配送保留")


def test_a_number_in_an_open_line_asks_and_is_kept() -> None:
    order = one(a_row(送り状番号="400000000003", 発送日="2026/11/21"), a_row(line="910000002"))
    assert codes(order) == ["number_registered"]
    (parcel,) = order.packages[0].registered
    assert (parcel.line_id, parcel.tracking_no, parcel.carrier_code) == (
        "910000001",
        "400000000003",
        "佐川急便",
    )
    assert parcel.ship_date == date(2026, 11, 21)


def test_open_lines_beside_shipped_ones_leave_the_cart_to_be_shipped_and_ask() -> None:
    order = one(a_row(STATE="4", 送り状番号="400000000003"), a_row(line="910000002", STATE="3"))
    assert (order.state, order.state_code, codes(order)) == (OrderState.TO_SHIP, "3", ["number_registered"])


def test_a_missing_ship_date_is_a_flag_of_orders_that_wait_for_it() -> None:
    assert one(a_row(発送予定日="")).flags == ("unpromised",)
    assert one(a_row(発送予定日="", STATE="3")).flags == ()
    assert one(a_row(発送予定日="")).ship_by is None


def test_another_country_is_a_flag() -> None:
    assert one(a_row(国家="KR")).flags == ("abroad",)


def test_gift_by_flag_by_sender_and_by_recipient() -> None:
    assert one(a_row(ギフト注文="Y")).gift
    by_sender = one(a_row(プレゼント贈り主="別人 一郎"))
    assert (by_sender.gift_flag, by_sender.gift_sender) == (True, "別人 一郎")
    assert one(a_row(受取人名="別人 一郎")).gift
    plain = one(a_row(プレゼント贈り主="見本　花子"))  # the buyer to herself
    assert (plain.gift, plain.gift_sender) == (False, "")
    shop = one(a_row(プレゼント贈り主="見本商店"), **{"sender.name": "見本商店"})
    assert not shop.gift


def test_a_free_gift_belongs_to_its_line() -> None:
    order = one(a_row(おまけ="しおり"), a_row(line="910000002", おまけ="-"))
    assert [line.extra for line in order.lines] == ["しおり", ""]


def test_remarks_of_a_cart_come_once_and_templates_are_nobodys() -> None:
    order = one(a_row(配送要請事項="玄関へ"), a_row(line="910000002", 配送要請事項="玄関へ"))
    assert (order.remark, order.buyer_text) == ("玄関へ", "玄関へ")
    order = one(a_row(配送要請事項="希望なし"), **{"remark.templates": "希望なし"})
    assert (order.remark, order.buyer_text) == ("希望なし", "")


def test_wishes_that_differ_or_make_no_sense_hold() -> None:
    two = one(a_row(お届け希望日="2026-11-28 "), a_row(line="910000002", お届け希望日="2026-11-29 "))
    assert codes(two) == ["date_unreadable"]
    assert codes(one(a_row(お届け希望日="なるべく早く"))) == ["date_unreadable"]
    same = one(a_row(お届け希望日="2026-11-28 "), a_row(line="910000002", お届け希望日="2026-11-28"))
    assert (codes(same), same.wish.day) == ([], date(2026, 11, 28))


def test_amounts_are_those_stated() -> None:
    order = one(
        a_row(販売価格="1980", 数量="2", 割引額="100", 注文金額の合計="3,860"),
        a_row(line="910000002", 販売価格="500", 割引額="-50", 注文金額の合計="450"),
    )
    assert [line.unit_price for line in order.lines] == [1980, 500]
    money = order.money
    assert (money.goods, money.coupon_shop, money.total, money.charged) == (4460, 150, 4310, 4310)


def test_amounts_that_do_not_divide_leave_the_price_as_it_stands() -> None:
    order = one(a_row(販売価格="1980", 数量="2", 注文金額の合計="3961"))
    assert order.lines[0].unit_price == 1980


def test_other_currencies_are_left_out() -> None:
    order = one(a_row(通貨="USD", 販売価格="19.80", 注文金額の合計="19.80", 割引額="0.5"))
    assert (order.lines[0].unit_price, order.money.total) == (0, None)


def test_repeated_rows_count_once_and_changed_ones_reject_the_cart() -> None:
    assert len(one(a_row(), a_row()).lines) == 1
    found = read_rows(a_row(), a_row(数量="3"))
    assert [(r.column, r.code) for r in found.rejections] == [("数量", "rows_conflict")]


def test_numbers_of_any_length_are_text() -> None:
    order = one(a_row("0012345678901234", "0000000000001"))
    assert (order.id.number, order.lines[0].line_id) == ("0012345678901234", "0000000000001")


def test_thousands_of_rows_give_as_many_lines() -> None:
    rows = [a_row(str(120_000_000 + n // 2), str(910_000_000 + n)) for n in range(4000)]
    found = read_rows(*rows)
    assert (len(found.orders), sum(len(order.lines) for order in found.orders)) == (2000, 4000)


# -- the brief file ----------------------------------------------------------------------------------------------------


def test_the_brief_tells_numbers_and_no_orders() -> None:
    rows = [
        a_row(STATE="4", 送り状番号="400000000003"),
        a_row(line="910000002", STATE="4", 送り状番号="400000000003"),
    ]
    found = read(exports.japanese([*rows, a_row("120000002", "910000003")], exports.BRIEF))
    assert found.orders == ()
    told = {
        key[0].number: [(p.line_id, p.tracking_no) for p in parcels]
        for key, parcels in found.registered.items()
    }
    assert told == {
        "120000001": [("910000001", "400000000003"), ("910000002", "400000000003")],
        "120000002": [],
    }


def test_the_brief_brings_a_known_cart_up() -> None:
    known = one(a_row(), a_row(line="910000002"))
    rows = [a_row(STATE="4", 送り状番号="400000000003"), a_row(line="910000002", STATE="3")]
    (later,) = read(exports.japanese(rows, exports.BRIEF)).later.values()
    partly = later(known)
    assert (partly.state, codes(partly)) == (OrderState.TO_SHIP, ["number_registered"])
    both = [
        a_row(STATE="4", 送り状番号="400000000003"),
        a_row(line="910000002", STATE="4", 送り状番号="400000000003"),
    ]
    (later,) = read(exports.japanese(both, exports.BRIEF)).later.values()
    shipped = later(partly)
    assert (shipped.state, codes(shipped)) == (OrderState.SHIPPED, [])
    assert shipped.packages[0].recipient == known.packages[0].recipient


def test_rows_without_a_cart_number_are_named() -> None:
    good = [a_row(f"12000000{n}", f"91000000{n}") for n in range(3, 6)]
    bad = [a_row("", "910000001"), a_row("12x", "910000002")]
    found = read(exports.japanese([*bad, *good], exports.BRIEF))
    assert [(r.line, r.column, r.code) for r in found.rejections] == [
        (2, "カート番号", "order_number_missing"),
        (3, "カート番号", "order_number_form"),
    ]


@pytest.mark.parametrize("column", ["送り状番号", "注文番号"])
def test_a_brief_a_spreadsheet_saved_again_is_refused(column: str) -> None:
    with pytest.raises(Refused, match="qoo10_brief_resaved") as refused:
        read(exports.japanese([a_row(), {**a_row(line="910000002"), column: "4.0E+11"}], exports.BRIEF))
    assert refused.value.values["line"] == 3
