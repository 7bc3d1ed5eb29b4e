"""What the files mean: templates of real stores, states, flags, money, damage."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Order, OrderState
from jpship_gui.formats.detect import recognise
from jpship_gui.formats.reader import read_bytes
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import FLAG, ShopAccount
from jpship_gui.marketplaces.yahoo.rows import settle
from jpship_gui.practice.yahoo.files import ITEMS, LEGACY_ITEMS, LEGACY_ORDERS, ORDERS, csv_bytes, order_row
from jpship_gui.practice.yahoo.samples import SELLER, Model, yahoo_orders
from tests.marketplaces.yahoo.reading import (
    ACCOUNT,
    by_number,
    items_csv,
    orders_csv,
    packed_csv,
    read_pair,
)

MODELS = yahoo_orders(60, seed=3)


def split(names: str) -> list[str]:
    return [name.strip() for name in names.replace("\n", "").split(",")]


# Templates of different stores (Yahoo! reference 2.4), as they are.
ORDERS_S8 = split(
    """OrderId,OrderTime,OrderStatus,ShipName,ShipFirstName,ShipLastName,ShipAddress1,ShipAddress2,ShipCity,
    ShipPrefecture,ShipZipCode,ShipNameKana,ShipFirstNameKana,ShipLastNameKana,ShipPhoneNumber,ShipRequestDate,
    ShipRequestTime,ShipCompanyCode,ShipInvoiceNumber1,ShipInvoiceNumber2"""
)
ITEMS_S8 = split("OrderId,LineId,Title,Quantity,Id,ItemId,ItemOptionValue,LeadTimeText,ItemTaxRatio")
ITEMS_S9 = split(
    "Id,OrderId,LeadTimeStart,LineId,ItemId,Title,UnitPrice,Quantity,LineSubTotal,CouponDiscount"
)
ORDERS_S7 = split(
    """OrderId,Id,OrderTime,ShipNameKana,ShipName,ShipZipCode,ShipAddressFull,ShipPrefecture,ShipCity,ShipAddress1,
    ShipAddress2,ShipPhoneNumber,ShipMethodName,ShipCompanyCode,ShipInvoiceNumber1,ShipInvoiceNumber2,ShipDate,
    BillMailAddress,ShipCharge,Total,Referer,PayMethodName,CombinedPayMethodName,ShipStatus,PayStatus"""
)
PACKED_S7 = split(
    """OrderTime,ShipInvoiceNumber2,OrderId,ItemId,Title,QuantityDetail,ShipName,UnitPrice,LineSubTotal,TotalPrice,
    ShipNameKana,ShipZipCode,ShipPrefecture,ShipCity,ShipAddress1,ShipAddress2,ShipPhoneNumber"""
)
PACKED_S11 = split(
    """OrderId,ItemId,SubCode,Title,QuantityDetail,ShipName,ShipAddress1,ShipAddress2,ShipCity,ShipPrefecture,
    ShipAddressFull,ShipZipCode,ShipPhoneNumber"""
)
LATE_S14 = split("OrderTime,OrderStatus,ShipRequestDate,ShipRequestTime,ExcellentDelivery,ShipDate")

# Field of the order → headers a file must have for it to be the same as with all columns.
NEEDS: dict[str, tuple[str, ...]] = {
    "ordered_at": ("OrderTime",),
    "wish": ("ShipRequestDate", "ShipRequestTime"),
    "cash_on_delivery": ("PayMethodName",),
    "delivery_method": ("ShipMethodName",),
    "buyer": ("BillLastName", "BillAddress1"),
    "state": ("OrderStatus", "ShipStatus"),
}


@pytest.fixture(scope="module")
def whole() -> dict[str, Order]:
    return by_number(read_pair(orders_csv(MODELS), items_csv(MODELS)))


@pytest.mark.parametrize(
    ("order_header", "item_header"),
    [
        (LEGACY_ORDERS, LEGACY_ITEMS),
        (ORDERS_S8, ITEMS_S8),
        (ORDERS_S8, ITEMS_S9),
        (ORDERS_S7, ITEMS_S9),
        (ORDERS_S7, ITEMS),
        (list(reversed(ORDERS)), list(reversed(ITEMS))),
        ([*ORDERS, "OwnColumn"], ["OwnColumn2", *ITEMS]),
        (PACKED_S7, None),
        (PACKED_S11, None),
    ],
    ids=["legacy", "s8", "s8 s9", "s7 s9", "s7", "reversed", "own columns", "packed s7", "packed s11"],
)
def test_every_template_gives_the_same_orders(
    whole: dict[str, Order], order_header: list[str], item_header: list[str] | None
) -> None:
    if item_header is None:
        read, there = read_pair(packed_csv(MODELS, order_header)), set(order_header)
    else:
        read = read_pair(orders_csv(MODELS, order_header), items_csv(MODELS, item_header))
        there = {*order_header, *item_header}
    found = by_number(read)
    assert list(found) == list(whole)
    for number, order in found.items():
        full = whole[number]
        for field, headers in NEEDS.items():
            if there.issuperset(headers):
                assert getattr(order, field) == getattr(full, field), (number, field)
        assert same_recipient(order, full, "ShipNameKana" in there)
        goods = [(line.line_id, line.item_number, line.name, line.quantity) for line in order.lines]
        assert goods == [(line.line_id, line.item_number, line.name, line.quantity) for line in full.lines]
        if there >= {"SubCode"}:
            assert [line.sku for line in order.lines] == [line.sku for line in full.lines]
        if there >= {"UnitPrice"}:
            assert [line.unit_price for line in order.lines] == [line.unit_price for line in full.lines]


def same_recipient(order: Order, full: Order, with_kana: bool) -> bool:
    ours, theirs = order.packages[0].recipient, full.packages[0].recipient
    if with_kana and ours.kana != theirs.kana:
        return False
    company = " 株式会社見本 営業部"  # section fields stand in no other template
    return (ours.name, ours.postal_code, ours.phone, ours.address.removesuffix(company)) == (
        *(theirs.name, theirs.postal_code, theirs.phone),
        theirs.address.removesuffix(company),
    )


def test_a_template_without_order_numbers_is_told_what_it_lacks() -> None:
    data = csv_bytes([order_row(model) for model in MODELS], LATE_S14)
    layouts = [layout for market in marketplaces().values() for layout in market.order_layouts]
    with pytest.raises(Refused) as caught:
        recognise(read_bytes("late.csv", data), layouts)
    assert caught.value.code == "file_lacks_columns"
    assert caught.value.values["columns"] == "Id/OrderId"


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_every_encoding(whole: dict[str, Order], encoding: str) -> None:
    read = read_pair(orders_csv(MODELS, encoding=encoding), items_csv(MODELS, encoding=encoding))
    assert by_number(read) == whole


def test_line_breaks_inside_cells_count_as_the_editor_counts_them() -> None:
    models = yahoo_orders(8)
    assert "\n" in models[6]["Order"]["BuyerComments"]
    models[7]["Order"]["OrderTime"] = "2026-11-20T10:00:00+09:00"
    models[7]["Ship"]["ShipInvoiceNumber1"] = "1.23457E+11"
    read = read_pair(orders_csv(models), items_csv(models))
    # Header, seven orders before it, and one line break each in the gift message and the remark.
    assert [(r.line, r.column, r.code) for r in read.rejections] == [
        (11, "ShipInvoiceNumber1", "digits_lost")
    ]


def test_a_spreadsheets_damage_is_noticed() -> None:
    models = yahoo_orders(3)
    models[0]["Ship"] |= {"ShipZipCode": "600001", "ShipPhoneNumber": "9000001234"}
    read = read_pair(orders_csv(models), items_csv(models))
    assert {d.code for d in read.damages} == {"lost_zero_postal", "lost_zero_phone"}
    recipient = by_number(read)[models[0]["Order"]["OrderId"]].packages[0].recipient
    assert (recipient.postal_code, recipient.phone) == ("0600001", "09000001234")
    hyphened = yahoo_orders(1)
    hyphened[0]["Ship"] |= {"ShipZipCode": "060-0001", "ShipPhoneNumber": "090-0000-1234"}
    (order,) = by_number(read_pair(orders_csv(hyphened), items_csv(hyphened))).values()
    assert (order.packages[0].recipient.postal_code, order.packages[0].recipient.phone) == (
        "0600001",
        "09000001234",
    )


def test_goods_without_sub_code_are_known_by_their_item() -> None:
    skus = {
        line.sku
        for order in by_number(read_pair(orders_csv(MODELS), items_csv(MODELS))).values()
        for line in order.lines
    }
    assert {"cup-350-blue", "cup-350-red", "hashi", "tea-100"} <= skus
    assert "cup-350" not in skus


# -- the order number -------------------------------------------------------------------------------------------------

SHORT = [name for name in ORDERS if name != "Id"]
SHORT_ITEMS = [name for name in ITEMS if name != "Id"]


def test_a_short_number_is_completed_by_the_shops_account() -> None:
    read = read_pair(orders_csv(MODELS[:2], SHORT), items_csv(MODELS[:2], SHORT_ITEMS))
    assert list(by_number(read)) == [f"{SELLER}-10000001", f"{SELLER}-10000002"]
    assert list(read.source_lines) == list(by_number(read))


def test_without_the_account_a_short_number_is_refused() -> None:
    nameless = ShopAccount("本店", "yahoo", {}, lambda field: "")
    with pytest.raises(Refused, match="yahoo_seller_id_missing"):
        read_pair(orders_csv(MODELS[:2], SHORT), items_csv(MODELS[:2], SHORT_ITEMS), nameless)
    assert by_number(read_pair(orders_csv(MODELS[:2]), items_csv(MODELS[:2]), nameless))


# -- states, flags, money ---------------------------------------------------------------------------------------------


def one(index: int = 0, /, **changes: str) -> Order:
    """The only order of a pair of files, with fields changed wherever they stand."""
    model = yahoo_orders(index + 1)[index]
    put(model, changes)
    (order,) = by_number(read_pair(orders_csv([model]), items_csv([model]))).values()
    return order


def put(model: Model, changes: dict[str, str]) -> None:
    homes = {"Suspect": "Order", "ParentOrderId": "Order", "FraudHoldStatus": "Order"}
    for name, value in changes.items():
        home = next(
            (n for n in ("Order", "Pay", "Ship", "Detail") if name in model[n]), homes.get(name, "Ship")
        )
        model[home][name] = value


@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ({}, ()),
        ({"Suspect": "1"}, ("suspect",)),
        ({"Suspect": "2"}, ()),
        ({"FraudHoldStatus": "9"}, ("fraud_hold",)),
        ({"IsReadOnly": "true"}, ("read_only",)),
        ({"ExcellentDelivery": "1"}, ("excellent_delivery",)),
        ({"ExcellentDelivery": "2"}, ("excellent_next_day",)),
        ({"ArriveType": "1"}, ("arrive_today",)),
        ({"ArriveType": "2"}, ("arrive_tomorrow",)),
        ({"PayStatus": "0"}, ("unpaid",)),
        ({"PayStatus": "0", "PayType": "0"}, ()),
        ({"PayStatus": "0", "PayMethod": "payment_d1"}, ()),
        ({"PayStatus": "0", "PayMethod": "payment_e3"}, ("unpaid",)),
        ({"PayStatus": "0", "ShipStatus": "0"}, ()),  # it waits anyway
    ],
)
def test_flags(changes: dict[str, str], flags: tuple[str, ...]) -> None:
    assert one(**changes).flags == flags


def test_codes_say_the_state() -> None:
    order = one(ShipStatus="0", PayStatus="0")
    assert (order.state, order.state_code) == (OrderState.PROCESSING, "処理中・出荷不可・入金待ち")
    assert one(ShipStatus="3").state is OrderState.SHIPPED


def test_split_orders_and_numbers_that_stand_already() -> None:
    order = one(
        ParentOrderId="mystore-1,mystore-2", ShipInvoiceNumber1="4000-0000-0003", ShipDate="2026-11-21"
    )
    codes = {finding.code: dict(finding.values) for finding in order.findings}
    assert codes["order_split_from"] == {"numbers": "mystore-1・mystore-2"}
    assert codes["number_registered"] == {"numbers": "400000000003"}
    (parcel,) = order.packages[0].registered
    assert (parcel.detail_id, parcel.tracking_no, parcel.carrier_code, parcel.ship_date) == (
        *("10000001-1", "400000000003", "1001"),
        date(2026, 11, 21),
    )


def test_a_gift_a_drop_off_and_a_social_gift() -> None:
    gift = one(4)
    assert gift.wrapping == ("クリスマス包装", "ギフトメッセージ: お誕生日おめでとう\nいつもありがとう")
    assert (gift.packages[0].noshi, gift.gift_flag, gift.recipient_is_buyer) == (
        "御祝（蝶結び） 練習",
        True,
        False,
    )
    assert one(16).packages[0].drop_off == "玄関ドア前"
    waiting = one(15)
    assert waiting.packages[0].placeholder
    assert not one(15, ShipPrefecture="大阪府", ShipCity="大阪市", ShipAddress1="1-1").packages[0].placeholder


def test_company_and_department_are_part_of_the_address() -> None:
    assert one(10).packages[0].recipient.street.endswith(" 株式会社見本 営業部")


def test_what_the_buyer_wrote_and_what_was_only_chosen() -> None:
    order = one(11, BuyerComments="よろしく", ShipNotes="割れ物")
    assert order.buyer_text == "よろしく\n配送メモ: 割れ物"
    assert order.remark == "よろしく\n配送メモ: 割れ物\n領収書の宛名: なし"
    assert "名入れ: HANAKO" in order.lines[0].options


def test_the_shops_own_text_is_no_remark() -> None:
    own = ShopAccount(
        "本店", "yahoo", {"seller_id": SELLER, "remark.templates": "よろしくお願いします"}, lambda f: ""
    )
    model = yahoo_orders(1)[0]
    model["Order"]["BuyerComments"] = "よろしく\nお願いします"
    (order,) = by_number(read_pair(orders_csv([model]), items_csv([model]), own)).values()
    assert (order.buyer_text, order.remark) == ("", "よろしく\nお願いします")


def test_a_date_in_the_remark_counts_as_late_until_it_is_a_wish() -> None:
    assert "wish_in_remark_counts_late" in [f.code for f in one(20).findings]
    assert one(20, ShipRequestDate="2026-11-29").findings == ()


def test_ship_by() -> None:
    assert one().ship_by == datetime(2026, 11, 23, 14, 59, tzinfo=UTC)  # ShippingDeadline
    slowest = one(11, ShippingDeadline="")  # three lines: the last has the longest lead time
    assert slowest.ship_by == datetime(2026, 11, 24, 14, 59, tzinfo=UTC)
    header = [name for name in ITEMS if not name.startswith("LeadTime")]
    model = yahoo_orders(1)[0]
    model["Ship"]["ShippingDeadline"] = ""
    (order,) = by_number(read_pair(orders_csv([model]), items_csv([model], header))).values()
    assert order.ship_by is None


def money(**changes: str) -> Any:
    return one(**changes).money


def test_money_and_its_signs() -> None:
    found = money(Discount="-100", TotalMallCouponDiscount="-150", UsePoint="200", TotalPrice="5490")
    assert (found.goods, found.postage, found.coupon_shop, found.coupon_market, found.points) == (
        *(5940, 0, 100, 150, 200),
    )
    assert (found.charged, found.total, found.payment_fee, found.cod_fee) == (5490, 5940, 0, None)
    assert (
        one(Discount="-100", TotalMallCouponDiscount="-150", UsePoint="200", TotalPrice="5490").findings == ()
    )
    cash = money(
        PayMethod="payment_d1", PayMethodName="商品代引", PayStatus="0", PayCharge="330", TotalPrice="6270"
    )
    assert (cash.cod_fee, cash.payment_fee, cash.charged) == (330, None, 6270)


def test_a_total_before_points_is_taken_as_such() -> None:
    before = one(UsePoint="200", TotalPrice="5940")
    assert (before.money.charged, before.findings) == (5740, ())


def test_paid_by_points_alone_is_no_error() -> None:
    order = one(18)
    assert (order.money.charged, order.findings) == (0, ())


def test_a_sum_nothing_explains_is_noticed() -> None:
    (finding,) = one(TotalPrice="9999").findings
    assert (finding.code, dict(finding.values)) == ("sum_charged", {"stated": "9999", "computed": "5940"})


# -- files that tell less ---------------------------------------------------------------------------------------------


def test_a_template_without_payment_columns_warns_and_holds_what_is_paid_ahead() -> None:
    read = read_pair(orders_csv(MODELS, LEGACY_ORDERS), items_csv(MODELS, LEGACY_ITEMS))
    assert "yahoo_payment_untold" in read.warnings
    held = [o for o in read.orders if any(f.code == "payment_untold" for f in o.findings)]
    assert {o.payment for o in held} == {"銀行振込（練習銀行）"}
    model = yahoo_orders(8)[7]
    model["Pay"]["PayDate"] = "2026-11-20"
    (order,) = by_number(
        read_pair(orders_csv([model], LEGACY_ORDERS), items_csv([model], LEGACY_ITEMS))
    ).values()
    assert order.findings == ()


def test_what_a_template_lacks_is_told_as_absent() -> None:
    read = read_pair(orders_csv(MODELS, ORDERS_S8), items_csv(MODELS, ITEMS_S8))
    flags = ("suspect", "fraud_hold", "read_only", "unpaid", "excellent_delivery", "excellent_next_day")
    assert {f"{FLAG}{name}" for name in (*flags, "arrive_today", "arrive_tomorrow")} <= read.absent
    assert {"recipient_is_buyer", "buyer.family_name", "ship_by", "remark"} <= read.absent
    assert read.told == frozenset({"registered"})
    assert "state" not in read_pair(orders_csv(MODELS, ORDERS_S7), items_csv(MODELS)).absent  # ShipStatus
    assert "state" in read_pair(packed_csv(MODELS, PACKED_S11)).absent


def reading(state_code: str, state: OrderState = OrderState.TO_SHIP) -> Order:
    return dataclasses.replace(one(), state=state, state_code=state_code)


def test_a_file_that_tells_part_of_a_state_does_not_take_back_the_rest() -> None:
    api = reading("処理中・出荷不可・入金待ち", OrderState.PROCESSING)
    file = settle(reading("処理中"), api)
    assert (file.state, file.state_code) == (OrderState.PROCESSING, "処理中・出荷不可・入金待ち")
    assert settle(reading("キャンセル", OrderState.CANCELLED), api).state is OrderState.CANCELLED
    shipped = settle(reading("出荷済み", OrderState.UNKNOWN), api)
    assert (shipped.state, shipped.state_code) == (OrderState.SHIPPED, "処理中・出荷済み・入金待ち")
    released = settle(reading("処理中・出荷可"), api)
    assert (released.state, released.flags) == (OrderState.TO_SHIP, ("unpaid",))
    later = dataclasses.replace(reading("処理中・出荷可"), payment="ゆうちょ振替（後払い）")
    assert settle(later, api).flags == ()
    told = reading("処理中・出荷可・入金済み")
    assert settle(told, api) is told


def test_accounts_that_are_not_ours_are_unknown() -> None:
    market = marketplaces()["yahoo"]
    table = read_bytes("p.csv", packed_csv(MODELS[:1], [*PACKED_S11, "Id"]))
    assert market.read_orders is not None
    read = market.read_orders(table, recognise(table, market.order_layouts).layout, lambda part: None)
    assert [(r.code, r.value) for r in read.rejections] == [("shop_unknown", SELLER)]


def test_an_item_file_alone_tells_no_orders() -> None:
    market = marketplaces()["yahoo"]
    table = read_bytes("i.csv", items_csv(MODELS[:2]))
    assert market.read_orders is not None
    read = market.read_orders(table, recognise(table, market.order_layouts).layout, lambda part: ACCOUNT)
    assert (read.orders, {r.code for r in read.rejections}) == ((), {"yahoo_orders_missing"})
    assert len(read.rejected_rows) == len(table.rows)
