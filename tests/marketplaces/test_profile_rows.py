"""How rows of an unseen file become orders: keys, kinds of rows, repairs, codes, and what is refused with its place."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import OrderState, Wish
from jpship_gui.marketplaces.base import ReadOrders
from jpship_gui.marketplaces.profile_rows import own_words
from tests.marketplaces.profiles import HEADER, a_profile, a_row, csv_of, only, read, read_rows


def codes(found: ReadOrders) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.code) for one in found.rejections]


def test_an_unseen_file_becomes_ordinary_orders() -> None:
    order = only(read_rows(a_profile(), a_row(), a_row(品名="皿", 品番="p21-s", 個数="２")))
    assert (order.id.marketplace, order.id.shop, order.id.number) == ("jisha", "自社", "A-1")
    assert order.state is OrderState.TO_SHIP
    recipient = order.packages[0].recipient
    assert (recipient.name, recipient.postal_code, recipient.phone) == ("見本 花子", "1130022", "09000000101")
    assert (recipient.prefecture, recipient.street) == ("東京都", "文京区千駄木9-99-9")
    assert [(line.sku, line.name, line.quantity) for line in order.lines] == [
        ("mug-blue", "マグカップ", 1),
        ("p21-s", "皿", 2),
    ]


def test_headers_are_compared_without_width_blanks_and_invisible_signs() -> None:
    header = ("\ufeff受注Ｎｏ", "お名前 ", "〒", "住\u200b所", "ＴＥＬ", "品名", "品番", "個　数", "伝票番号")
    row = list(a_row().values())
    order = only(read_rows(a_profile(), row, header=header))
    assert order.packages[0].recipient.prefecture == "東京都"


def test_the_second_column_of_a_name_can_be_meant() -> None:
    fields = {"recipient.name": [{"columns": ["氏名#2"]}], "buyer.name": [{"columns": ["氏名"]}]}
    header = ("受注No", "氏名", "氏名", "個数")
    made = a_profile(fields=fields, detect={"required": ["受注No", "氏名"]})
    order = only(read_rows(made, ("A-1", "注文 太郎", "送付 花子", "1"), header=header))
    assert (order.buyer.name, order.packages[0].recipient.name) == ("注文 太郎", "送付 花子")


def test_the_first_source_that_says_anything_wins() -> None:
    made = a_profile(fields={"recipient.phone": [{"columns": ["携帯"]}, {"columns": ["TEL"]}]})
    header = (*HEADER, "携帯")
    phones = [
        only(read_rows(made, a_row(携帯=mobile), header=header)).packages[0].recipient.phone
        for mobile in ("080-0000-0102", "", "-")
    ]
    assert phones == ["08000000102", "09000000101", "09000000101"]


def test_columns_the_file_lacks_are_told_once_and_required_ones_stop_it() -> None:
    made = a_profile(fields={"remark": [{"columns": ["備考"]}], "memo": [{"columns": ["メモ", "備考"]}]})
    assert read_rows(made, a_row(), a_row("A-2")).absent_columns == ("備考", "メモ")
    with pytest.raises(Refused) as refused:
        read_rows(made, a_row(), header=[name for name in HEADER if name != "お名前"])
    assert (refused.value.code, refused.value.values["columns"]) == ("file_lacks_columns", "お名前")


def test_a_file_takes_back_nothing_it_has_no_column_for() -> None:
    found = read_rows(a_profile(fields={"remark": [{"columns": ["備考"]}]}), a_row())
    assert {"remark", "wish.day", "wish.slot", "money.charged", "line.variant", "cool"} <= found.absent
    assert not found.absent & {"number", "line.id", "line.own_sku", "recipient.street", "recipient.postal_1"}


# -- keys ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["3.89718E+11", "3.9E+5", '="3.89718E+11"', "3,89718e+11"])
@pytest.mark.parametrize("column", ["受注No", "明細"])
def test_digits_a_spreadsheet_took_from_a_key_stop_the_whole_file(number: str, column: str) -> None:
    made = a_profile(rows={"line_key": ["明細"]})
    rows = [a_row("100", 明細="1"), {**a_row("200", 明細="2"), column: number}]
    with pytest.raises(Refused) as refused:
        read(made, csv_of(rows, (*HEADER, "明細")))
    assert refused.value.code == "profile_exponent"
    assert (refused.value.values["line"], refused.value.values["column"]) == (3, column)


def test_an_order_number_of_letters_and_digits_is_no_exponent() -> None:
    assert only(read_rows(a_profile(), a_row("12E5B7"))).id.number == "12E5B7"


@pytest.mark.parametrize("number", ["=1+1", "@SUM(A1)", "+1", "-1", " ", "\t", "'", "(A)"])
def test_what_is_no_order_number_is_refused(number: str) -> None:
    found = read_rows(a_profile(), a_row(number), a_row("A-2"))
    assert [order.id.number for order in found.orders] == ["A-2"]
    assert {one.line for one in found.rejections} == {2}
    assert {one.code for one in found.rejections} <= {"order_number_form", "order_number_missing"}


@pytest.mark.parametrize(
    "number", ["#1001", "250-1234567-1234567", "A-1", "注文-001", "0012", "order_Ab3", "12 (2)"]
)
def test_numbers_as_shops_write_them_are_taken(number: str) -> None:
    assert only(read_rows(a_profile(), a_row(number))).id.number == number


def test_a_shop_may_say_what_its_numbers_look_like() -> None:
    found = read_rows(a_profile(rows={"number_pattern": r"^P\d{6}$"}), a_row("P000001"), a_row("Q1"))
    assert [order.id.number for order in found.orders] == ["P000001"]
    assert codes(found) == [(3, "受注No", "order_number_form")]


def test_rows_below_the_table_that_hold_nothing_are_no_rows() -> None:
    found = read_rows(a_profile(), a_row(), {"伝票番号": "以上"}, {"品名": "合計"})
    assert len(found.orders) == 1
    assert codes(found) == [(4, "受注No", "order_number_missing")]


# -- equal rows ------------------------------------------------------------------------------------------------------


def test_equal_rows_that_are_real_are_added_up() -> None:
    rows = [a_row(個数="2"), a_row("A-2"), a_row(個数="2"), a_row(個数="2"), a_row(個数="3")]
    found = read_rows(a_profile(rows={"sum_identical": True}), *rows)
    first = found.orders[0]
    assert [line.quantity for line in first.lines] == [6, 3]
    assert found.source_lines["A-1"] == (0, 2, 3, 4)
    assert found.warnings == ("rows_summed",)


def test_equal_rows_nobody_can_tell_apart_refuse_their_order() -> None:
    found = read_rows(a_profile(), a_row(), a_row(), a_row("A-2"))
    assert [order.id.number for order in found.orders] == ["A-2"]
    assert codes(found) == [(3, "受注No", "repeat_uncertain")]
    assert found.rejected_rows == (0, 1)


def test_rows_that_differ_in_a_column_nobody_reads_are_two_lines() -> None:
    order = only(read_rows(a_profile(), a_row(伝票番号="1"), a_row(伝票番号="2")))
    assert [(line.line_id, line.quantity) for line in order.lines] == [("1", 1), ("2", 1)]


def test_with_a_key_of_lines_an_equal_row_is_the_same_line_read_twice() -> None:
    header = (*HEADER, "明細")
    made = a_profile(rows={"line_key": ["明細"]})
    found = read(made, csv_of([a_row(明細="7"), a_row(明細="7"), a_row(明細="8")], header))
    assert [line.line_id for line in found.orders[0].lines] == ["7", "8"]
    assert found.repeated_rows == 1
    clash = read(made, csv_of([a_row(明細="7"), a_row(明細="7", 個数="2")], header))
    assert codes(clash) == [(3, "個数", "rows_conflict")]
    blank = read(made, csv_of([a_row(), a_row(個数="2"), a_row()], header))
    assert codes(blank) == [(4, "受注No", "repeat_uncertain")]


def test_rows_of_one_order_must_agree_about_the_recipient() -> None:
    found = read_rows(a_profile(), a_row(), a_row(品番="p", 住所="大阪府堺市堺区9-9"))
    assert codes(found) == [(3, "住所", "rows_disagree")]
    header = (*HEADER, "送付先")
    made = a_profile(fields={"package.id": [{"columns": ["送付先"]}]})
    order = only(
        read(made, csv_of([a_row(送付先="1"), a_row(品番="p", 住所="大阪府堺市堺区9-9", 送付先="2")], header))
    )
    assert [p.recipient.prefecture for p in order.packages] == ["東京都", "大阪府"]


# -- rows that are no goods --------------------------------------------------------------------------------------------


def test_rows_that_are_no_goods_are_left_out_and_what_they_say_is_kept_for_the_packer() -> None:
    rule = {"column": "品名", "pattern": "^オプション", "keep": ["品名", "品番"]}
    made = a_profile(rows={"drop_if": [rule]})
    found = read_rows(
        made,
        a_row("A-1"),
        a_row("A-1", 品名="オプション:名入れ", 品番="HANA"),
        a_row("A-2", 品名="オプション:箱", 品番=""),
        a_row("A-2"),
    )
    assert [line.options for order in found.orders for line in order.lines] == [
        "オプション:名入れ HANA",
        "オプション:箱",
    ]
    assert found.source_lines == {"A-1": (0, 1), "A-2": (2, 3)}


def test_a_refused_order_takes_its_other_rows_along() -> None:
    made = a_profile(rows={"drop_if": [{"column": "品名", "pattern": "送料"}]})
    found = read_rows(made, a_row("A-1", 個数="?"), a_row("A-1", 品名="送料"), a_row("A-2"))
    assert (found.rejected_rows, codes(found)) == ((0, 1), [(2, "個数", "quantity_unreadable")])


def test_a_row_with_more_cells_than_headers_is_refused() -> None:
    found = read_rows(a_profile(), [*a_row().values(), "もう1つ"], a_row("A-2"))
    assert codes(found) == [(2, "", "row_too_long")]
    assert len(found.orders) == 1


# -- the first row carries -----------------------------------------------------------------------------------------------

CARRIES = {"mode": "first_row_carries"}
FOLLOWING = {"お名前": "", "〒": "", "住所": "", "TEL": ""}


def test_order_and_recipient_are_carried_down_and_the_goods_are_not() -> None:
    made = a_profile(
        rows=CARRIES, fields={"remark": [{"columns": ["備考"]}], "line.variant": [{"columns": ["色"]}]}
    )
    header = (*HEADER, "備考", "色")
    rows = [a_row(備考="急ぎ", 色="青"), a_row(**FOLLOWING, 品番="", 品名="皿"), a_row("A-2", 色="赤")]
    found = read(made, csv_of(rows, header))
    first, second = found.orders
    assert [(line.sku, line.variant) for line in first.lines] == [("mug-blue", "青"), ("", "")]
    assert (first.remark, second.remark) == ("急ぎ", "")
    assert first.packages[0].recipient.postal_code == "1130022"


def test_a_row_without_number_belongs_to_the_order_above() -> None:
    rows = [a_row("A-1"), a_row("", **FOLLOWING, 品番="p"), a_row("A-2"), a_row("", **FOLLOWING, 品番="p")]
    found = read_rows(a_profile(rows=CARRIES), *rows)
    assert found.rejections == ()
    assert {order.id.number: [line.sku for line in order.lines] for order in found.orders} == {
        "A-1": ["mug-blue", "p"],
        "A-2": ["mug-blue", "p"],
    }


def test_equal_following_rows_of_different_orders_are_not_added_up() -> None:
    following = a_row("", **FOLLOWING, 品番="p")
    rows = [a_row("A-1"), following, following, a_row("A-2"), following]
    found = read_rows(a_profile(rows={**CARRIES, "sum_identical": True}), *rows)
    assert [[line.quantity for line in order.lines] for order in found.orders] == [[1, 2], [1, 1]]


def test_the_order_is_known_even_where_its_first_row_is_no_goods() -> None:
    made = a_profile(rows={**CARRIES, "drop_if": [{"column": "品番", "pattern": "^pdf"}]})
    order = only(read_rows(made, a_row(品番="pdf-1"), a_row(**FOLLOWING, 品番="p")))
    assert order.packages[0].recipient.name == "見本 花子"
    assert [line.sku for line in order.lines] == ["p"]


# -- packed -------------------------------------------------------------------------------------------------------------

PACKED = {
    "line.name": [{"columns": ["品名"], "steps": ["packed_lines"]}],
    "line.sku": [{"columns": ["品番"], "steps": ["packed_lines", "strip"]}],
    "line.quantity": [{"columns": ["個数"], "steps": ["packed_lines"]}],
}


def packed(**cells: str) -> ReadOrders:
    return read_rows(a_profile(rows={"mode": "packed"}, fields=PACKED), a_row(**cells))


def test_packed_goods_are_told_apart_by_the_number_of_their_line() -> None:
    order = only(packed(品名="L1=カップ&L2=A&B皿", 品番="L1=&L2=p", 個数="L1=2&L2=1"))
    assert [(line.name, line.sku, line.quantity) for line in order.lines] == [
        ("カップ", "", 2),
        ("A&B皿", "p", 1),
    ]


def test_a_code_of_one_line_is_not_the_code_of_the_other() -> None:
    order = only(packed(品名="L1=カップ&L2=皿", 品番="L2=p", 個数="L1=2&L2=1"))
    assert [line.sku for line in order.lines] == ["", "p"]
    order = only(packed(品名="L1=カップ&L2=皿", 品番="L1=c", 個数="L1=2&L2=1"))
    assert [line.sku for line in order.lines] == ["c", ""]


def test_a_plain_cell_is_one_line() -> None:
    order = only(packed())
    assert [(line.sku, line.quantity) for line in order.lines] == [("mug-blue", 1)]


def test_a_line_without_a_quantity_refuses_the_order() -> None:
    assert codes(packed(品名="L1=カップ&L2=皿", 品番="L1=c&L2=p", 個数="L1=2")) == [
        (2, "個数", "quantity_missing")
    ]


def test_lists_of_different_length_refuse_the_order() -> None:
    fields = {name: [{**found[0], "steps": [["packed_lines", "|"]]}] for name, found in PACKED.items()}
    made = a_profile(rows={"mode": "packed"}, fields=fields)
    order = only(read_rows(made, a_row(品名="カップ|皿", 品番="c|p", 個数="2|1")))
    assert [(line.name, line.sku, line.quantity) for line in order.lines] == [
        ("カップ", "c", 2),
        ("皿", "p", 1),
    ]
    uneven = read_rows(made, a_row(品名="カップ|皿", 品番="c", 個数="2|1"))
    assert codes(uneven) == [(2, "品番", "packed_uneven")]


def test_what_is_written_once_holds_for_every_line() -> None:
    fields = {**PACKED, "line.options": [{"columns": ["伝票番号"]}]}
    made = a_profile(rows={"mode": "packed"}, fields=fields)
    order = only(read_rows(made, a_row(品名="L1=a&L2=b", 品番="", 個数="L1=1&L2=1", 伝票番号="箱あり")))
    assert [line.options for line in order.lines] == ["箱あり", "箱あり"]


# -- two files ----------------------------------------------------------------------------------------------------------

GOODS = ("受注No", "品名", "品番", "個数")
HEADS = ("受注No", "お名前", "〒", "住所", "TEL")


def a_pair() -> Any:
    second = {
        "title": "商品のファイル",
        "required": ["受注No", "品番"],
        "order_key": ["受注No"],
        "columns": list(GOODS),
    }
    return a_profile(
        rows={"mode": "joined", "second": second},
        detect={"required": ["受注No", "お名前"], "forbidden": ["品番"]},
        file={"columns": list(HEADS)},
    )


def test_two_files_are_read_as_one() -> None:
    heads = csv_of([a_row("A-1"), a_row("A-2", お名前="髙橋 太郎")], HEADS)
    goods = csv_of([a_row("A-2", 品番="p"), a_row("A-1"), a_row("A-2", 品番="q", 個数="3")], GOODS)
    for files in ((heads, goods), (goods, heads)):
        found = read(a_pair(), *files)
        assert found.rejections == ()
        assert {o.id.number: [(line.sku, line.quantity) for line in o.lines] for o in found.orders} == {
            "A-1": [("mug-blue", 1)],
            "A-2": [("p", 1), ("q", 3)],
        }
        assert {o.id.number: o.packages[0].recipient.name for o in found.orders}["A-2"] == "髙橋 太郎"


def test_what_is_in_one_file_only_is_refused_with_its_file_and_line() -> None:
    heads = csv_of([a_row("A-1"), a_row("A-2")], HEADS)
    goods = csv_of([a_row("A-1"), a_row("A-3")], GOODS)
    found = read(a_pair(), heads, goods)
    assert [order.id.number for order in found.orders] == ["A-1"]
    assert {(one.file, one.line, one.code, one.order) for one in found.rejections} == {
        ("1.csv", 3, "order_row_missing", "A-3"),
        ("1.csv", 3, "quantity_missing", "A-2"),
    }


def test_one_file_of_a_pair_asks_for_the_other() -> None:
    for data, other in (
        (csv_of([a_row()], HEADS), "商品のファイル"),
        (csv_of([a_row()], GOODS), "自社サイト"),
    ):
        with pytest.raises(Refused) as refused:
            read(a_pair(), data)
        assert (refused.value.code, refused.value.values["other"]) == ("file_needs_other", other)


# -- repairs -------------------------------------------------------------------------------------------------------------


def test_what_was_mended_is_marked_and_shown() -> None:
    found = read_rows(a_profile(), a_row(**{"〒": "993613.0", "TEL": "9000000101"}))
    order = only(found)
    recipient = order.packages[0].recipient
    assert (recipient.postal_code, recipient.phone) == ("0993613", "09000000101")
    assert [(d.column, d.code, d.found, d.repaired) for d in found.damages] == [
        ("〒", "decimal", "993613.0", "993613"),
        ("〒", "lost_zero_postal", "993613", "0993613"),
        ("TEL", "lost_zero_phone", "9000000101", "09000000101"),
    ]
    assert [finding.code for finding in order.findings] == ["cells_repaired"]
    assert "resaved" in found.warnings


def test_a_refused_repair_is_not_made() -> None:
    refused = frozenset(("lost_zero_postal", "decimal"))
    order = only(read_rows(a_profile(), a_row(**{"〒": "993613.0"}), refused=refused))
    assert "cell_damaged" in [finding.code for finding in order.findings]
    assert order.packages[0].recipient.postal_code != "0993613"


@pytest.mark.parametrize(
    ("code", "expected"), [("10010", "0010010"), ("123", "123"), ("12345678", "12345678")]
)
def test_a_postal_code_never_lost_more_than_two_zeros(code: str, expected: str) -> None:
    assert only(read_rows(a_profile(), a_row(**{"〒": code}))).packages[0].recipient.postal_code == expected


def test_cells_that_cannot_be_had_back_refuse_their_order() -> None:
    found = read_rows(a_profile(), a_row(品番="4.90123E+12"), a_row("A-2", 品名="#NAME?"), a_row("A-3"))
    assert codes(found) == [(2, "品番", "digits_lost"), (3, "品名", "spreadsheet_error")]


def test_a_house_number_a_workbook_turned_into_a_day_is_refused() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(list(HEADER))
    row = a_row()
    book.active.append([date(2026, 9, 9) if name == "住所" else row[name] for name in HEADER])
    out = io.BytesIO()
    book.save(out)
    made = a_profile(fields={"recipient.street": [{"columns": ["住所"]}], "recipient.address": []})
    assert codes(read(made, out.getvalue())) == [(2, "住所", "date_in_text")]


def test_leading_zeros_survive() -> None:
    order = only(read_rows(a_profile(), a_row("0010010", 品番="012345678905", TEL="09012345678")))
    assert (order.id.number, order.lines[0].sku) == ("0010010", "012345678905")
    assert order.packages[0].recipient.phone == "09012345678"


# -- codes and what they mean ---------------------------------------------------------------------------------------------

STATES = {
    "table": [{"pattern": "新規|処理中", "code": "to_ship"}, {"pattern": "取消.*", "code": "cancelled"}]
}


def with_state(text: str, **table: Any) -> ReadOrders:
    made = a_profile(fields={"state": [{"columns": ["状態"]}]}, codes={"state": {**STATES, **table}})
    return read_rows(made, a_row(状態=text), header=(*HEADER, "状態"))


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("新規", OrderState.TO_SHIP),
        ("取消済", OrderState.CANCELLED),
        ("新規受付", OrderState.UNKNOWN),
        ("", OrderState.UNKNOWN),
    ],
)
def test_a_word_must_match_as_a_whole(text: str, state: OrderState) -> None:
    order = only(with_state(text))
    assert (order.state, order.state_code) == (state, text)


def test_an_unknown_word_takes_the_default_or_refuses_the_order() -> None:
    assert only(with_state("謎", default="processing")).state is OrderState.PROCESSING
    assert codes(with_state("謎", on_unknown="refuse")) == [(2, "状態", "code_unknown")]


def test_a_state_the_file_lacks_is_left_to_a_person() -> None:
    made = a_profile(fields={"state": [{"columns": ["状態"]}]}, codes={"state": STATES})
    assert only(read_rows(made, a_row())).state is OrderState.UNKNOWN


def test_an_unknown_word_of_another_table_is_told() -> None:
    table = {"table": [{"pattern": "要冷蔵", "code": "chilled"}], "default": ""}
    made = a_profile(fields={"cool": [{"columns": ["温度"]}]}, codes={"cool": table})
    chilled = only(read_rows(made, a_row(温度="要冷蔵"), header=(*HEADER, "温度")))
    assert (chilled.flags, chilled.findings) == (("chilled",), ())
    odd = only(read_rows(made, a_row(温度="とても寒い"), header=(*HEADER, "温度")))
    assert (odd.flags, [(f.code, dict(f.values)["found"]) for f in odd.findings]) == (
        (),
        [("code_unknown", "とても寒い")],
    )


def test_a_table_translates_any_value() -> None:
    table = {"table": [{"pattern": "13", "code": "東京都"}]}
    fields = {
        "recipient.prefecture": [{"columns": ["県"]}],
        "recipient.street": [{"columns": ["住所"]}],
        "recipient.address": [],
    }
    made = a_profile(fields=fields, codes={"recipient.prefecture": table})
    order = only(read_rows(made, a_row(県="13", 住所="文京区千駄木9-9"), header=(*HEADER, "県")))
    assert order.packages[0].recipient.prefecture == "東京都"
    kept = only(read_rows(made, a_row(県="大阪府"), header=(*HEADER, "県")))
    assert kept.packages[0].recipient.prefecture == "大阪府"


@pytest.mark.parametrize(
    ("text", "wish", "finding"),
    [
        ("14:00～16:00", Wish(None, "1416", "14:00～16:00"), None),
        ("午前中", Wish(None, "am", "午前中"), None),
        ("指定なし", Wish(), None),
        ("", Wish(), None),
        ("夕方ごろ", Wish(None, "", "夕方ごろ"), "wish_slot_unknown"),
    ],
)
def test_a_time_is_a_slot_or_held(text: str, wish: Wish, finding: str | None) -> None:
    made = a_profile(fields={"wish.slot": [{"columns": ["時間"]}]})
    order = only(read_rows(made, a_row(時間=text), header=(*HEADER, "時間")))
    assert order.wish == wish
    assert [f.code for f in order.findings] == ([finding] if finding else [])


def test_a_day_is_read_or_held() -> None:
    made = a_profile(fields={"wish.day": [{"columns": ["希望日"]}], "ship_by": [{"columns": ["期限"]}]})
    header = (*HEADER, "希望日", "期限")
    order = only(read_rows(made, a_row(希望日="2026年11月25日（水）", 期限="2026/11/24"), header=header))
    assert order.wish.day == date(2026, 11, 25)
    assert order.ship_by is not None
    assert to_jst(order.ship_by).strftime("%m/%d %H:%M") == "11/24 23:59"
    odd = only(read_rows(made, a_row(希望日="来週", 期限="なるべく早く"), header=header))
    assert [f.code for f in odd.findings] == ["date_unreadable", "date_unreadable"]


@pytest.mark.parametrize(
    ("payment", "cod"), [("代金引換", True), ("Cash on Delivery (COD)", True), ("カード", False), ("", False)]
)
def test_cash_on_delivery_is_known_by_its_usual_words(payment: str, cod: bool) -> None:
    made = a_profile(fields={"payment": [{"columns": ["支払"]}]})
    assert only(read_rows(made, a_row(支払=payment), header=(*HEADER, "支払"))).cash_on_delivery is cod


@pytest.mark.parametrize(
    ("text", "gift"),
    [("あり", True), ("1", True), ("なし", False), ("0", False), ("", False), ("いいえ", False)],
)
def test_a_flag_is_any_word_but_no(text: str, gift: bool) -> None:
    made = a_profile(fields={"gift_flag": [{"columns": ["ギフト"]}]})
    assert only(read_rows(made, a_row(ギフト=text), header=(*HEADER, "ギフト"))).gift_flag is gift


def test_what_the_shop_system_ships_itself_is_flagged() -> None:
    made = a_profile(fields={"elsewhere": [{"columns": ["倉庫"]}]})
    assert only(read_rows(made, a_row(倉庫="はい"), header=(*HEADER, "倉庫"))).flags == ("elsewhere",)


def test_constants_stand_where_nothing_else_does() -> None:
    made = a_profile(constants={"payment": "代引", "line.tax_rate": "8"})
    order = only(read_rows(made, a_row()))
    assert (order.payment, order.cash_on_delivery, order.lines[0].tax_rate) == ("代引", True, 8)


# -- people -----------------------------------------------------------------------------------------------------------

BUYER = {"buyer.name": [{"columns": ["注文者"]}], "buyer.address": [{"columns": ["注文者住所"]}]}
WITH_BUYER = (*HEADER, "注文者", "注文者住所")


@pytest.mark.parametrize(
    ("name", "address", "same"),
    [
        ("見本 花子", "東京都文京区千駄木9-99-9", True),
        ("見本　花子", "", True),
        ("髙橋 太郎", "", False),
        ("見本 花子", "大阪府堺市堺区9-9", False),
        ("", "", True),
    ],
)
def test_a_recipient_other_than_the_buyer_is_a_gift(name: str, address: str, same: bool) -> None:
    order = only(
        read_rows(a_profile(fields=BUYER), a_row(注文者=name, 注文者住所=address), header=WITH_BUYER)
    )
    assert order.recipient_is_buyer is same


def test_an_order_without_any_recipient_goes_to_its_buyer_where_the_profile_says_so() -> None:
    nobody = a_row(
        お名前="", 住所="", TEL="", 注文者="髙橋 太郎", 注文者住所="大阪府堺市堺区9-9", **{"〒": ""}
    )
    made = a_profile(rows={"recipient_from_buyer": True}, fields=BUYER)
    recipient = only(read_rows(made, nobody, header=WITH_BUYER)).packages[0].recipient
    assert (recipient.name, recipient.prefecture, recipient.street) == ("髙橋 太郎", "大阪府", "堺市堺区9-9")
    without = only(read_rows(a_profile(fields=BUYER), nobody, header=WITH_BUYER))
    assert without.packages[0].recipient.name == ""


def test_parts_of_two_people_are_never_mixed() -> None:
    half = a_row(TEL="", 注文者="髙橋 太郎", 注文者住所="大阪府堺市堺区9-9")
    fields = {**BUYER, "buyer.phone": [{"columns": ["伝票番号"]}]}
    made = a_profile(rows={"recipient_from_buyer": True}, fields=fields)
    recipient = (
        only(read_rows(made, {**half, "伝票番号": "0900000999"}, header=WITH_BUYER)).packages[0].recipient
    )
    assert (recipient.name, recipient.phone) == ("見本 花子", "")


# -- remarks ----------------------------------------------------------------------------------------------------------


def test_the_shops_own_form_texts_are_not_the_buyers_words() -> None:
    assert (
        own_words("ご要望欄\nのしをお願いします\n領収書 不要", "ご要望欄\n領収書不要") == "のしをお願いします"
    )
    assert own_words("ご要望欄", "") == "ご要望欄"


def test_wishes_an_app_writes_into_the_remark_are_read_by_the_shops_pattern() -> None:
    made = a_profile(fields={"remark": [{"columns": ["備考"]}]})
    header = (*HEADER, "備考")
    settings = {"notes.day": r"お届け日[:：]\s*(\S+)", "notes.slot": r"時間[:：]\s*(\S+)"}
    order = only(
        read_rows(made, a_row(備考="お届け日: 2026/11/25\n時間: 14:00~16:00"), header=header, **settings)
    )
    assert order.wish == Wish(date(2026, 11, 25), "1416", "2026/11/25 14:00~16:00")
    odd = only(read_rows(made, a_row(備考="お届け日: 明日\n時間: 夜"), header=header, **settings))
    assert [f.code for f in odd.findings] == ["date_unreadable", "wish_slot_unknown"]
    with pytest.raises(Refused) as refused:
        read_rows(made, a_row(備考="x"), header=header, **{"notes.day": "("})
    assert refused.value.code == "profile_flaw_step_pattern"


# -- anything at all ----------------------------------------------------------------------------------------------------

CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(
    rows=st.lists(st.lists(CELL, min_size=len(HEADER), max_size=len(HEADER)), max_size=6),
    mode=st.sampled_from(["per_item", "first_row_carries", "packed"]),
)
def test_no_file_makes_it_fail_and_no_row_is_lost(rows: list[list[str]], mode: str) -> None:
    """Every row that says anything is part of an order, refused, or told as repeated."""
    found = read_rows(a_profile(rows={"mode": mode}), *rows)
    told = {index for lines in found.source_lines.values() for index in lines} | set(found.rejected_rows)
    read_at_all = [
        n for n, row in enumerate(r for r in rows if any(r)) if any(cell.strip() for cell in row[:8])
    ]
    missing = set(read_at_all) - told
    assert len(missing) <= found.repeated_rows + sum(not any(c.isalnum() for c in "".join(r)) for r in rows)
