"""Which file it is: by header and values, never by name."""

from __future__ import annotations

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.formats.detect import foreign_layouts, open_as_known, plain, recognise, score
from jpship_gui.formats.layout import Column, Layout, Reading, Row, Table
from jpship_gui.marketplaces import marketplaces

NUMBER = "345678-20261120-0000000001"


def layouts() -> list[Layout]:
    return [layout for market in marketplaces().values() for layout in market.order_layouts]


def a_table(*header: str, number: str = NUMBER) -> Table:
    cells = tuple(number if plain(name) == "注文番号" else "" for name in header)
    return Table("x.csv", header, (Row(2, cells),), "cp932", ",", "0")


@pytest.mark.parametrize(
    "header",
    [
        ("注文番号",),
        ("注文番号", "ステータス", "送付先ID"),
        ("独自1", "独自2", "注文番号", "商品名", "独自3", "独自4", "独自5", "独自6"),
        ("コメント", "個 数", "注文番号", "メール差込文(お客様へのメッセージ)"),
    ],
)
def test_any_template_of_a_seller_is_the_order_file(header: tuple[str, ...]) -> None:
    match = recognise(a_table(*header), layouts())
    assert match.layout.id == "rakuten.orders"
    assert header[match.positions["number"]] == "注文番号"


def test_header_names_differ_in_width_and_blanks() -> None:
    match = recognise(
        a_table("注文番号", "個　数", "ＳＫＵ管理番号", "メール差込文（お客様へのメッセージ）"), layouts()
    )
    assert {"line.quantity", "line.variant_id", "mail_text"} <= match.positions.keys()


def test_the_six_columns_are_the_shipping_report() -> None:
    header = ("注文番号", "送付先ID", "発送明細ID", "お荷物伝票番号", "配送会社", "発送日")
    assert recognise(a_table(*header), layouts()).layout.id == "rakuten.shipping_report"


FOREIGN = {
    "amazon.all_orders": "amazon-order-id merchant-order-id purchase-date order-status",
    "qoo10.settlement": "注文番号 購入者の決済日 商品コード 販売店舗負担割引金額 商品名",
    "yamato.issued": "お客様管理番号 送り状種類 クール区分 伝票番号 出荷予定日",
    "sagawa.issued": "お問い合せ送り状No. サービス種別 出荷日 お客様管理番号",
    "rakuten.old": "受注番号 受注ステータス カード決済ステータス",
}


@pytest.mark.parametrize("kind", sorted(FOREIGN))
def test_other_files_are_named(kind: str) -> None:
    known = {layout.id: layout for layout in foreign_layouts()}
    with pytest.raises(Refused) as refused:
        recognise(a_table(*FOREIGN[kind].split(), number="503-1234567-1234567"), layouts())
    assert refused.value.values["seems"] == known[kind].title
    own = {"rakuten.old": "file_old_format", "amazon.all_orders": "file_all_orders"}
    assert refused.value.code == own.get(kind, "file_other")


def a_layout(name: str, **changes: object) -> Layout:
    number = Column("number", "Key", ("Id",), kind="id", required=True)
    columns = (number, Column("name", "ShipName"), Column("day", "Day"), Column("line", "LineId"))
    given = {"id": name, "owner": "x", "title": f"file of {name}", "columns": columns}
    return Layout(**{**given, **changes})  # type: ignore[arg-type]


def test_kinds_with_the_same_headers_are_told_apart_by_what_must_and_must_not_be_there() -> None:
    kinds = [
        a_layout("orders", any_of=("ShipName", "Day")),
        a_layout("lines", any_of=("LineId",), none_of=("ship name",)),
    ]
    assert recognise(a_table("Id", "LineId"), kinds).layout.id == "lines"
    assert recognise(a_table("Id", "LineId", "ShipName"), kinds).layout.id == "orders"
    with pytest.raises(Refused, match="file_unknown"):
        recognise(a_table("Id"), kinds)


def test_a_file_that_lacks_what_its_kind_needs_is_told_the_column() -> None:
    with pytest.raises(Refused) as refused:
        recognise(a_table("Day", "ShipName", "LineId", "Own"), [a_layout("orders")])
    assert refused.value.code == "file_lacks_columns"
    assert (refused.value.values["seems"], refused.value.values["columns"]) == ("file of orders", "Key/Id")
    with pytest.raises(Refused, match="file_unknown"):
        recognise(a_table("Day", "ShipName", "Own", "Else"), [a_layout("orders")])


def test_an_unknown_file_shows_its_header() -> None:
    with pytest.raises(Refused) as refused:
        recognise(a_table("氏名", "住所"), layouts())
    assert (refused.value.code, refused.value.values["header"]) == ("file_unknown", "氏名・住所")


def test_scores_rank_every_layout() -> None:
    ranked = score(a_table("注文番号", "発送明細ID"), layouts())
    assert [match.score for match in ranked] == sorted((match.score for match in ranked), reverse=True)
    assert len(ranked) == len(layouts())


def _kind(name: str, **rules: tuple[str, ...]) -> Layout:
    columns = tuple(Column(field, header) for field, header in (("number", "番号"), ("name", "名前")))
    return Layout(id=name, owner="test", title=name, columns=columns, **rules)


def test_kinds_that_share_their_columns_are_told_apart_by_what_they_must_and_must_not_have() -> None:
    waiting, every = _kind("waiting", any_of=("残数", "期限")), _kind("every", none_of=("残数", "期限"))
    for more, kind in (("期限", "waiting"), ("残 数", "waiting"), ("備考", "every")):
        table = Table("x", ("番号", "名前", more), (), "utf-8", "\t", "0")
        assert recognise(table, [waiting, every]).layout.id == kind


def data_of(*lines: str) -> bytes:
    return "\r\n".join((*lines, "")).encode()


def test_of_kinds_that_fit_alike_the_one_somebody_has_a_shop_of_is_meant() -> None:
    one, other = a_layout("one", owner="ready"), a_layout("other", owner="copy")
    table = Table("x", ("Key", "ShipName", "Day", "LineId"), (), "utf-8", ",", "0")
    with pytest.raises(Refused, match="file_ambiguous"):
        recognise(table, [one, other])
    assert recognise(table, [one, other], {"copy"}).layout is other
    with pytest.raises(Refused, match="file_ambiguous"):
        recognise(table, [one, other], {"copy", "ready"})


def test_a_preference_does_not_make_a_worse_fit_the_better_one() -> None:
    one, other = a_layout("one"), a_layout("other", owner="mine", columns=a_layout("y").columns[:2])
    table = Table("x", ("Key", "ShipName", "Day", "LineId"), (), "utf-8", ",", "0")
    assert recognise(table, [one, other], {"mine"}).layout is one


def test_invisible_characters_in_headers_are_no_difference() -> None:
    assert plain("\ufeff注文\u200b番号\xa0") == plain("注文番号")


def test_a_file_that_begins_with_other_lines_is_known_by_the_kind_that_says_so() -> None:
    plainly, later = a_layout("plainly"), a_layout("later", reading=Reading(skip_lines=1))
    lines = ("Key,ShipName,Day,LineId", "1,a,b,c")
    table, match = open_as_known("x", data_of(*lines), [plainly, later])
    assert (match.layout, table.rows[0].line) == (plainly, 2)
    table, match = open_as_known("x", data_of("Report of today", *lines), [plainly, later])
    assert (match.layout, table.rows[0].line) == (later, 3)
    with pytest.raises(Refused, match="file_unknown"):
        open_as_known("x", data_of("a,b", "c,d", "e,f"), [plainly, later])


def test_the_fault_is_that_of_the_plain_reading() -> None:
    later = a_layout("later", reading=Reading(header_row=50))
    with pytest.raises(Refused, match="file_unknown"):
        open_as_known("x", data_of("a,b", "c,d"), [later])
    with pytest.raises(Refused, match="file_not_table"):
        open_as_known("x", b"%PDF-1.7", [later])
