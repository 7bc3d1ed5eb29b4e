"""The seller's checklist: what is read, what is told of lines that are not, which parcels an item is for (PK-16)."""

from __future__ import annotations

import pytest

from jpship_gui.domain.packing.checklist import CheckGoods, CheckSubject, Flaw, items_for, read_checklist

TEXT = """
1 氏名を見比べた | 任意
[割れ物] sku:mug-* sku:glass-* mark:ワレ物注意
2 四隅に緩衝材
3 「ワレ物注意」を貼った
［クール］　cold:chilled　carrier:yamato
4 保冷剤を2個 ｜ 必須
"""


def words(text: str, subject: CheckSubject) -> list[str]:
    """The items of a parcel."""
    return [item.words for item in items_for(read_checklist(text), subject)]


def of(*goods: CheckGoods, **changes: object) -> CheckSubject:
    """A parcel with these goods."""
    given: dict[str, object] = {"pieces": len(goods), "carrier": "yamato", "shops": frozenset({"本店"})}
    return CheckSubject(goods, **{**given, **changes})  # type: ignore[arg-type]


def test_items_of_the_groups_that_fit_those_that_must_be_first() -> None:
    mug = CheckGoods("MUG-300-bl", marks=("fragile",))
    assert words(TEXT, of(mug)) == ["四隅に緩衝材", "「ワレ物注意」を貼った", "氏名を見比べた"]
    assert words(TEXT, of(CheckGoods("tea", temperature="chilled"))) == ["保冷剤を2個", "氏名を見比べた"]
    assert words(TEXT, of(CheckGoods("tea", temperature="chilled"), carrier="sagawa")) == ["氏名を見比べた"]


def test_what_is_asked_of_goods_must_hold_of_the_same_goods() -> None:
    mug, plate = CheckGoods("mug-1"), CheckGoods("plate-1", marks=("fragile",))
    assert words(TEXT, of(mug, plate)) == ["氏名を見比べた"]


@pytest.mark.parametrize(
    ("asks", "fits"),
    [
        ("sku:TEA*", True),
        ("sku:mug*", False),
        ('name:"緑茶 *"', True),
        ("shelf:B-*", False),
        ("shelf:a-*", True),
        ("cold:frozen", False),
        ("grams:200-", True),
        ("grams:-199", False),
        ("grams:201-400", False),
        ("carrier:sagawa carrier:yamato", True),
        ("service:cool", True),
        ("service:nekopos", False),
        ('shop:"銀座 本店"', True),
        ("shop:支店", False),
        ("pieces:2-", True),
        ("pieces:-1", False),
        ("gift", True),
        ("nogift", False),
        ("sku:tea* pieces:3-", False),
    ],
)
def test_every_question(asks: str, fits: bool) -> None:
    subject = CheckSubject(
        (CheckGoods("tea-100", "緑茶 100g", "A-2", (), "", 200),),
        *(2, "yamato", "cool", frozenset({"銀座 本店"}), True),
    )
    assert (words(f"[group] {asks}\n7 text", subject) == ["text"]) is fits


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("緩衝材を入れた", Flaw(1, "no_number", "緩衝材を入れた")),
        ("1 a\n\n1 b", Flaw(3, "number_twice", "1")),
        ("100 a", Flaw(1, "number_range", "100")),
        ("0 a", Flaw(1, "number_range", "0")),
        ("5", Flaw(1, "no_text", "5")),
        ("5 a | maybe", Flaw(1, "kind", "maybe")),
        ("5 " + "あ" * 51, Flaw(1, "too_long", "50")),
        ("[] sku:a\n5 a", Flaw(1, "no_text")),
        ("[g] colour:red\n5 a", Flaw(1, "not_read", "colour:red")),
        ("[g] sku:\n5 a", Flaw(1, "not_read", "sku:")),
        ("[g] pieces:many\n5 a", Flaw(1, "not_read", "pieces:many")),
        ("[g] mark:きれい\n5 a", Flaw(1, "not_known", "mark:きれい")),
        ("[g] cold:warm\n5 a", Flaw(1, "not_known", "cold:warm")),
        ("[g] carrier:yamatto\n5 a", Flaw(1, "not_known", "carrier:yamatto")),
    ],
)
def test_a_line_that_is_not_used_says_which_and_why(text: str, flaw: Flaw) -> None:
    found = read_checklist(text, {"carrier": frozenset({"yamato"})})
    assert found.flaws == (flaw,)


def test_a_group_that_cannot_be_read_is_for_no_parcel() -> None:
    assert words("[g] sku:tea* colour:red\n5 a\n[h] sku:tea*\n6 b", of(CheckGoods("tea"))) == ["b"]


def test_other_words_under_the_same_number_are_another_item() -> None:
    one, other = (read_checklist(f"4 {said}").groups[0].items[0] for said in ("保冷剤", "保冷剤を2個"))
    assert one.id.startswith("c4.")
    assert other.id.startswith("c4.")
    assert one.id != other.id
