"""Columns of an unseen file are guessed by their names, in four languages; whatever is doubtful is left to a person."""

from __future__ import annotations

import pytest

from jpship_gui.formats.layout import Row, Table
from jpship_gui.formats.reader import read_file
from jpship_gui.marketplaces.profile import profile_in
from jpship_gui.marketplaces.profile_data import FIRST_ROW, PER_ITEM
from jpship_gui.marketplaces.profile_guess import Guess, guess, guess_states, lacking
from tests.marketplaces.test_samples import SAMPLES

NEEDED = {"number", "recipient.name", "recipient.postal", "recipient.phone", "line.name", "line.quantity"}


def a_table(*header: str, rows: tuple[tuple[str, ...], ...] = ()) -> Table:
    return Table(
        "x.csv", header, tuple(Row(line, cells) for line, cells in enumerate(rows, start=2)), "utf-8", ",", ""
    )


def columns(found: Guess) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {name: tuple(source.columns for source in sources) for name, sources in found.fields.items()}


JA = (
    *("受注番号", "受注日時", "お届け先氏名", "お届け先フリガナ", "お届け先郵便番号", "お届け先都道府県"),
    *(
        "お届け先市区町村",
        "お届け先番地",
        "お届け先建物名",
        "お届け先電話番号",
        "商品名",
        "SKU",
        "数量",
        "単価",
    ),
    *("注文者氏名", "注文者メールアドレス", "備考", "送料", "合計金額", "配達希望日"),
)
EN = (
    *("Order ID", "Order date", "Shipping name", "Shipping zip", "Shipping address 1", "Shipping address 2"),
    *(
        "Shipping city",
        "Shipping province",
        "Shipping phone",
        "Product name",
        "Item SKU",
        "Quantity",
        "Email",
    ),
)
ZH = ("订单号", "下单时间", "收件人姓名", "收件人电话", "收货地址", "邮编", "商品名称", "数量", "买家备注")
KO = ("주문번호", "수취인명", "수취인 전화번호", "우편번호", "주소", "상품명", "수량", "배송메시지")


@pytest.mark.parametrize("header", [JA, EN, ZH, KO], ids=["ja", "en", "zh", "ko"])
def test_what_every_order_needs_is_found_in_each_language(header: tuple[str, ...]) -> None:
    found = guess(a_table(*header))
    assert found.fields.keys() >= NEEDED
    assert [name for name in lacking(found.fields) if name != "line.sku"] == []


def test_parts_of_an_address_are_put_together_behind_the_prefecture() -> None:
    found = columns(guess(a_table(*JA)))
    assert found["recipient.prefecture"] == (("お届け先都道府県",),)
    assert found["recipient.city"] == (("お届け先市区町村",),)
    assert found["recipient.street"] == (("お届け先番地", "お届け先建物名"),)
    assert found["buyer.name"] == (("注文者氏名",),)


def test_columns_that_name_nobody_are_the_recipients_where_no_other_is_named() -> None:
    found = columns(guess(a_table("注文番号", "お名前", "郵便番号", "住所", "電話番号", "商品名", "個数")))
    assert found["recipient.name"] == (("お名前",),)
    assert found["recipient.address"] == (("住所",),)
    both = columns(guess(a_table("注文番号", "お名前", "郵便番号", "送付先氏名", "送付先住所")))
    assert (both["buyer.name"], both["recipient.name"]) == ((("お名前",),), (("送付先氏名",),))
    assert both["buyer.postal"] == (("郵便番号",),)
    assert "recipient.postal" not in both  # a person says whose it is


def test_three_columns_of_a_telephone_and_two_of_a_name_are_one() -> None:
    found = columns(
        guess(a_table("お届け先姓", "お届け先名", "お届け先TEL1", "お届け先TEL2", "お届け先TEL3"))
    )
    assert found["recipient.name"] == (("お届け先姓", "お届け先名"),)
    assert found["recipient.phone"] == (("お届け先TEL1", "お届け先TEL2", "お届け先TEL3"),)


def test_a_second_column_of_one_name_is_told_apart() -> None:
    found = columns(guess(a_table("注文番号", "郵便番号", "注文者郵便番号", "注文番号")))
    assert found["number"] == (("注文番号",),)
    assert all("#" not in name for sources in found.values() for source in sources for name in source)


@pytest.mark.parametrize(
    "header", [("", ""), ("A", "B", "C"), ("Shipping", "手数料", "かんたん"), ("买家", "备用1")]
)
def test_what_says_nothing_is_left_to_a_person(header: tuple[str, ...]) -> None:
    found = guess(a_table(*header)).fields
    assert not {name for name in found if name.startswith("recipient.")}
    assert "number" not in found


def test_rows_that_repeat_only_the_number_carry_the_order_on_the_first() -> None:
    header = ("Order ID", "Shipping Name", "Lineitem name", "Lineitem quantity")
    carried = (("#1", "Hanako", "Cup", "1"), ("#1", "", "Dish", "2"), ("#2", "Taro", "Cup", "1"))
    repeated = (("#1", "Hanako", "Cup", "1"), ("#1", "Hanako", "Dish", "2"))
    assert guess(a_table(*header, rows=carried)).mode == FIRST_ROW
    assert guess(a_table(*header, rows=repeated)).mode == PER_ITEM


def test_a_column_for_the_tracking_number_offers_to_fill_the_download() -> None:
    found = guess(a_table(*JA, "送り状番号"))
    assert [(column.header, column.field) for column in found.out] == [("送り状番号", "tracking_no")]
    assert guess(a_table(*JA)).out == ()


@pytest.mark.parametrize("market", ["stores", "thebase"])
def test_what_an_order_needs_of_real_shop_systems_is_guessed_as_their_profiles_say(market: str) -> None:
    path = next(path for path in SAMPLES if path.parent.parent.name == market and path.suffix == ".csv")
    found, said = columns(guess(read_file(path))), profile_in(f"jpship_gui.marketplaces.{market}")
    for name in ("recipient.name", "recipient.postal", "recipient.phone", "line.name", "line.quantity"):
        assert found[name][0] == said.fields[name][0].columns, name
    assert found["number"][0][0] in said.rows.order_key


def test_usual_words_of_states_are_known_and_others_left_to_a_person() -> None:
    words = ["発送待ち", "発送済み", "キャンセル", "入金待ち", "shipped", "已发货", "できたて"]
    found = {rule.pattern: rule.code for rule in guess_states(words)}
    assert found == {
        "発送待ち": "to_ship",
        "発送済み": "shipped",
        "キャンセル": "cancelled",
        "入金待ち": "processing",
        "shipped": "shipped",
        "已发货": "shipped",
    }
