"""Rakuten's order file → orders: what each column means, and what keeps a row from being taken."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jpship_gui.domain.order import ELSEWHERE, Order, OrderState, TaxPart
from jpship_gui.practice.rakuten import samples
from tests.marketplaces.reading import an_account, read, read_rows

Row = dict[str, str]


def a_row(**changes: str) -> Row:
    """One line of one plain order."""
    (row,) = samples.rakuten_rows(1, plain=True)
    return {**row, "お届け時間帯": "", "お届け日指定": "", "コメント": "[配送日時指定:]\n\n", **changes}


def one(*rows: Row, **settings: str) -> Order:
    found = read_rows(rows, account=an_account(**settings))
    assert found.rejections == ()
    (order,) = found.orders
    return order


def codes(order: Order) -> set[str]:
    return {finding.code for finding in order.findings}


def rejected(*rows: Row) -> list[tuple[int, str, str]]:
    found = read_rows(rows)
    assert found.orders == ()
    return [(r.line, r.column, r.code) for r in found.rejections]


def test_a_plain_order() -> None:
    order = one(
        a_row(
            **{
                "注文番号": "345678-20261120-0000000007",
                "注文日時": "2026-11-20 10:15:42",
                "発送指示日時": "2026-11-20 10:56:42",
                "送付先郵便番号1": "060",
                "送付先郵便番号2": "0001",
                "送付先姓": "髙橋",
                "送付先名": "花子",
                "送付先電話番号1": "",
                "送付先電話番号2": "090",
                "送付先電話番号3": "00000012",
                "商品名": "マグカップ",
                "個数": "3",
                "単価": "1980",
                "商品毎税込価格": "1980",
                "SKU情報": "カラー:青\nサイズ:M",
                "SKU管理番号": "mug-blue",
                "商品管理番号": "mug",
                "システム連携用SKU番号": "",
                "送付先ID": "2081130016",
            }
        )
    )
    assert (order.id.marketplace, order.id.shop, order.id.number) == (
        "rakuten",
        "本店",
        "345678-20261120-0000000007",
    )
    assert (order.state, order.state_code) == (OrderState.TO_SHIP, "300")
    assert order.ordered_at == datetime(2026, 11, 20, 1, 15, tzinfo=UTC)
    assert order.ship_from == datetime(2026, 11, 20, 1, 56, tzinfo=UTC)
    (package,) = order.packages
    recipient = package.recipient
    assert package.package_id == "2081130016"
    assert (recipient.name, recipient.postal_code, recipient.phone) == ("髙橋 花子", "0600001", "09000000012")
    (line,) = order.lines
    assert (line.sku, line.variant, line.quantity, line.unit_price, line.tax_rate) == (
        "mug/mug-blue",
        "青・M",
        3,
        1980,
        10,
    )


def test_seconds_lost_change_nothing() -> None:
    exact = one(a_row(**{"注文日時": "2026-11-20 10:15:42"}))
    for text in ("2026/11/20 10:15", "2026-11-20 10:15", "2026/11/20 10:15:42"):
        assert one(a_row(**{"注文日時": text})).ordered_at == exact.ordered_at


@pytest.mark.parametrize(
    ("code", "state"), [("100", "unconfirmed"), ("400", "changing"), ("900", "cancelled")]
)
def test_states(code: str, state: str) -> None:
    assert one(a_row(ステータス=code)).state.value == state


def test_wish_fields() -> None:
    order = one(
        a_row(
            **{
                "お届け日指定": "2026-11-25",
                "お届け時間帯": "708",
                "コメント": "[配送日時指定:]\n2026-11-25(水)\n7:00-8:00\n",
            }
        )
    )
    assert (order.wish.day, order.wish.slot, order.wish.text) == (date(2026, 11, 25), "0708", "708")
    assert codes(order) == set()
    assert "wish_slot_unknown" in codes(one(a_row(お届け時間帯="1412")))
    assert "date_unreadable" in codes(one(a_row(お届け日指定="来週")))


def test_undecided_amounts_are_never_added_up() -> None:
    order = one(a_row(送料合計="-9999", 請求金額="-9999", 合計金額="-9999"))
    assert set(order.money.undecided) == {"postage", "charged", "total"}
    assert order.money.postage is order.money.charged is order.money.total is None
    assert codes(order) == set()


def test_blank_points_are_none_used() -> None:
    assert one(a_row(ポイント利用額="")).money.points == 0


@pytest.mark.parametrize(
    ("column", "amount", "finding"),
    [
        ("請求金額", "1", "sum_charged"),
        ("合計金額", "1", "sum_total"),
        ("商品毎税込価格", "1", "sum_goods"),
        ("10%請求金額", "1", "sum_taxes"),
    ],
)
def test_sums_that_do_not_hold_are_findings(column: str, amount: str, finding: str) -> None:
    row = a_row()
    assert codes(one(row)) == set()
    assert finding in codes(one(row | {column: amount}))


def test_tax_excluded_goods_have_their_own_sums() -> None:
    amounts = {"単価": "1500", "個数": "1", "商品毎税込価格": "1650", "税込別": "0", "商品合計金額": "1500"}
    amounts |= {"送料合計": "500", "合計金額": "2150", "請求金額": "2150", "10%請求金額": "2150"}
    row = a_row(**amounts)
    assert codes(one(row)) == set()
    assert "sum_goods" in codes(one(row | {"合計金額": "2151"}))


def test_taxes_by_rate() -> None:
    tea = {"商品税率": "0.08", "10%税率": "", "10%請求金額": "", "8%税率": "0.08", "8%請求金額": "1080"}
    order = one(a_row(**tea, **{"8%請求額に対する税額": "80"}))
    assert order.money.taxes == (TaxPart(8, 1080, 80),)
    assert order.lines[0].reduced_rate


def test_flags() -> None:
    row = a_row(
        楽天確認中フラグ="1",
        警告表示タイプ="1",
        警告表示タイプ詳細="103",
        注文種別="4",
        配送区分="2",
        離島フラグ="1",
    )
    flags = one(row).flags
    assert {
        "rakuten_checking",
        "caution",
        "caution_absence",
        "subscription",
        "chilled",
        "isolated_island",
    } <= set(flags)
    assert one(row).packages[0].isolated_island
    assert one(a_row(配送方法="店頭受取")).flags == ("no_parcel",)
    assert one(a_row(警告表示タイプ="2")).flags == ("caution_cancel_fixed",)


def test_a_social_gift_that_waits_has_a_placeholder() -> None:
    waiting = {
        f"送付先{name}": "入力待ち"
        for name in ("姓", "名", "住所都道府県", "住所郡市区", "住所それ以降の住所")
    }
    waiting |= {"送付先郵便番号1": "999", "送付先郵便番号2": "9999"}
    waiting |= {"送付先電話番号1": "999", "送付先電話番号2": "9999", "送付先電話番号3": "9999"}
    assert one(a_row(**waiting)).packages[0].placeholder
    assert not one(a_row()).packages[0].placeholder


def test_gifts_and_cash_on_delivery() -> None:
    order = one(
        a_row(
            送付先一致フラグ="0",
            ラッピング名1="包装紙",
            ラッピング料金1="0",
            のし="御祝",
            支払方法名="代金引換",
        )
    )
    assert order.gift
    assert order.wrapping == ("包装紙",)
    assert order.packages[0].noshi == "御祝"
    assert order.cash_on_delivery


def test_the_shops_own_remark_texts_are_a_setting() -> None:
    row = a_row(コメント="[配送日時指定:]\n\n\n[確認:]\n在庫を確認しました")
    assert one(row).buyer_text
    assert one(row, **{"remark.templates": "在庫を確認しました"}).buyer_text == ""


def test_several_lines_and_recipients() -> None:
    rows = [
        a_row(送付先ID="1", 商品明細ID="11"),
        a_row(送付先ID="1", 商品明細ID="12"),
        a_row(送付先ID="2", 商品明細ID="13", 送付先姓="例田"),
    ]
    order = one(*rows)
    assert [package.package_id for package in order.packages] == ["1", "2"]
    assert [(line.package_id, line.line_id) for line in order.lines] == [
        ("1", "11"),
        ("1", "12"),
        ("2", "13"),
    ]
    assert order.several_recipients


def test_rows_repeated_whole_are_dropped_and_counted() -> None:
    found = read_rows([a_row(), a_row(), a_row()])
    assert len(found.orders[0].lines) == 1
    assert found.repeated_rows == 2


def test_the_same_line_with_other_content_is_a_conflict() -> None:
    assert rejected(a_row(), a_row(個数="5")) == [(5, "個数", "rows_conflict")]


def test_rows_of_one_order_must_agree() -> None:
    first, second = a_row(商品明細ID="1"), a_row(商品明細ID="2", ステータス="400")
    assert rejected(first, second) == [(5, "ステータス", "rows_disagree")]
    moved = a_row(商品明細ID="2", 送付先姓="別人")
    assert rejected(first, moved) == [(5, "送付先姓", "rows_disagree")]


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"個数": ""}, "個数", "quantity_missing"),
        ({"個数": "2個"}, "個数", "quantity_unreadable"),
        ({"個数": "0"}, "個数", "quantity_unreadable"),
        ({"請求金額": "無料"}, "請求金額", "number_unreadable"),
        ({"商品番号": "4.90123E+12"}, "商品番号", "digits_lost"),
        ({"送付先住所それ以降の住所": "2001/2/3"}, "送付先住所それ以降の住所", "date_in_text"),
        ({"注文番号": "250-1234567-1234567"}, "注文番号", "order_number_form"),
        ({"注文番号": "999999-20261120-0000000001"}, "注文番号", "shop_unknown"),
    ],
)
def test_unusable_rows(changes: Row, column: str, code: str) -> None:
    good = a_row(注文番号="345678-20261120-0000000002")
    found = read_rows([good, a_row(**changes)])
    # The first record takes three lines: its remark holds two line breaks.
    assert [(r.line, r.column, r.code) for r in found.rejections] == [(5, column, code)]
    assert [order.id.number for order in found.orders] == ["345678-20261120-0000000002"]
    assert found.rejected_rows == (1,)


def test_one_bad_row_leaves_its_whole_order_out() -> None:
    found = read_rows([a_row(商品明細ID="1"), a_row(商品明細ID="2", 個数="")])
    assert found.orders == ()
    assert found.rejected_rows == (0, 1)
    assert len(found.rejections) == 1


def test_a_column_that_is_not_there_is_told() -> None:
    header = [name for name in samples.rakuten_header() if name not in ("コメント", "商品明細ID")]
    found = read_rows([a_row()], header)
    assert {"remark", "line.id"} <= found.absent
    assert found.warnings == ("line_id_absent",)
    assert found.orders[0].lines[0].line_id == "1"


def test_the_order_number_alone_is_an_order_with_findings() -> None:
    order = read_rows([a_row()], ["注文番号"]).orders[0]
    assert codes(order) == {"columns_missing"}


def test_without_line_ids_a_repeated_row_is_in_doubt() -> None:
    header = [name for name in samples.rakuten_header() if name != "商品明細ID"]
    found = read_rows([a_row(), a_row()], header)
    assert [r.code for r in found.rejections] == ["repeat_uncertain"]


def test_without_package_ids_several_recipients_cannot_be_told_apart() -> None:
    header = [name for name in samples.rakuten_header() if name != "送付先ID"]
    rows = [a_row(商品明細ID="1"), a_row(商品明細ID="2", 送付先姓="例田")]
    assert [r.code for r in read_rows(rows, header).rejections] == ["package_id_needed"]


def test_repairs_are_told_with_the_order() -> None:
    row = a_row(送付先郵便番号1="60", 送付先郵便番号2="1")
    order = one(row)
    assert order.packages[0].recipient.postal_code == "0600001"
    assert codes(order) == {"cells_repaired"}
    refused = read_rows([row], refused=frozenset({"lost_zero_postal"}))
    assert refused.orders[0].packages[0].recipient.postal_code == "601"
    assert codes(refused.orders[0]) == {"cell_damaged"}
    assert refused.damages[0].order == refused.orders[0].id.number


def test_registered_parcels_of_the_shipping_report() -> None:
    data = (
        "注文番号,送付先ID,発送明細ID,お荷物伝票番号,配送会社,発送日\r\n"
        "345678-20261120-0000000001,2081130016,100000000001,480012345675,1001,2026-11-21\r\n"
        "345678-20261120-0000000001,2081130016,,,,\r\n"
        "999999-20261120-0000000001,1,100000000002,480012345675,1001,2026-11-21\r\n"
    )
    found = read(data.encode("cp932"))
    ((key, (parcel,)),) = found.registered.items()
    assert (key[0].number, key[1]) == ("345678-20261120-0000000001", "2081130016")
    assert (parcel.detail_id, parcel.tracking_no, parcel.ship_date) == (
        "100000000001",
        "480012345675",
        date(2026, 11, 21),
    )
    assert [r.code for r in found.rejections] == ["shop_unknown"]


@pytest.mark.parametrize(
    ("settings", "change", "elsewhere"),
    [
        ({}, {"配送方法": "RSL宅配便"}, False),
        ({"rakuten.rsl_words": "RSL"}, {"配送方法": "RSL宅配便"}, True),
        ({"rakuten.rsl_words": "RSL"}, {"サブステータス": "RSL出荷待ち"}, True),
        ({"rakuten.rsl_words": "RSL"}, {"配送方法": "宅配便"}, False),
        ({"rakuten.rsl_skus": "mug-1\nmug-2"}, {"システム連携用SKU番号": "mug-2"}, True),
        ({"rakuten.rsl_skus": "mug-1"}, {"システム連携用SKU番号": "mug-2"}, False),
    ],
)
def test_what_rsl_ships_is_known_by_the_shops_own_rule(
    settings: dict[str, str], change: dict[str, str], elsewhere: bool
) -> None:
    (order,) = read_rows([a_row(**change)], account=an_account(**settings)).orders
    assert (ELSEWHERE in order.flags) is elsewhere


def test_one_line_from_here_keeps_an_order_at_the_desk() -> None:
    rows = [
        a_row(商品明細ID="1", システム連携用SKU番号="mug-1"),
        a_row(商品明細ID="2", システム連携用SKU番号="own"),
    ]
    (order,) = read_rows(rows, account=an_account(**{"rakuten.rsl_skus": "mug-1"})).orders
    assert ELSEWHERE not in order.flags
