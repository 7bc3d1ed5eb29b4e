"""The order table: views, filters, sorting, search."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jpship_gui.domain.stage import Stage
from jpship_gui.store import shipments, table
from jpship_gui.store.database import Store
from jpship_gui.store.search import fold, words_of
from jpship_gui.store.table import Query
from tests.builders import NOW, a_contact, a_line, an_order, stored


def _found(store: Store, **query: object) -> list[int]:
    return list(table.ids(store, Query(**query), NOW))  # type: ignore[arg-type]


def test_days_are_japanese_days(store: Store) -> None:
    # NOW is 10:00 on the 20th in Japan: 15:00 UTC is midnight there
    made = {}
    for name, hours in (("late", -1), ("today", 13), ("tomorrow", 15), ("later", 39)):
        ((row_id, _),) = stored(store, an_order(len(made) + 1), ship_by=NOW + timedelta(hours=hours))
        made[name] = row_id
    assert _found(store, view="late") == [made["late"]]
    assert _found(store, view="today") == [made["late"], made["today"]]
    assert _found(store, view="tomorrow") == [made["tomorrow"]]


def test_counters_equal_the_views(store: Store) -> None:
    stored(store, *(an_order(n, buyer_text="急ぎ" if n % 3 else "") for n in range(1, 20)), ship_by=NOW)
    counted = table.counters(store, NOW)
    for view in table.VIEWS:
        assert counted[view] == len(_found(store, view=view)), view
    for stage in Stage:
        assert counted[f"stage:{stage}"] == len(_found(store, view=f"stage:{stage}")), stage


def test_filters_join_by_or_within_a_column_and_by_and_between(store: Store) -> None:
    stored(store, an_order(1, shop="本店"), an_order(2, shop="2号店"), an_order(3, shop="3号店"))
    both = (("shop", "本店"), ("shop", "2号店"))
    assert len(_found(store, filters=both)) == 2
    assert _found(store, filters=(*both, ("carrier", "sagawa"))) == []
    assert (
        table.choices(store, "shop") == [("2号店", 1), ("3号店", 1), ("本店", 1)]
        or len(table.choices(store, "shop")) == 3
    )
    with pytest.raises(ValueError, match="no filter"):
        _found(store, filters=(("name; DROP TABLE orders", "x"),))


@pytest.mark.parametrize("sort", sorted(table.SORTS))
def test_every_sort_runs_both_ways(store: Store, sort: str) -> None:
    stored(
        store, *(an_order(n, recipient=a_contact(name=f"氏名{n}", kana=f"シメイ{n}")) for n in range(1, 5))
    )
    up, down = _found(store, sort=sort), _found(store, sort=sort, descending=True)
    assert sorted(up) == sorted(down)
    if sort in ("number", "recipient"):
        assert up == list(reversed(down))


@pytest.mark.parametrize(
    ("typed", "hit"),
    [
        ("佐々木", True),
        ("佐々", True),
        ("々木", True),
        ("佐", True),
        ("ササキ", True),
        ("ささき", True),
        ("ｻｻｷ", True),
        ("090-0000-9876", True),
        ("9876", True),
        ("345678-20261120-0000000001", True),
        ("0000000001", True),
        ("HOUJI-3", True),
        ("houji3", True),
        ("ほうじ茶 佐々木", True),
        ("ほうじ茶 山田", False),
        ("木佐", False),
        ('佐々" OR "x', False),
        ("＊", False),
    ],
)
def test_search_finds_any_two_characters(store: Store, typed: str, hit: bool) -> None:
    who = a_contact(name="佐々木 健", kana="ササキ ケン", phone="09000009876")
    lines = (a_line(sku="houji-3", name="ほうじ茶 100g", variant="3袋"),)
    ((wanted, _), _) = stored(store, an_order(1, recipient=who, lines=lines), an_order(2))
    if typed == "＊":  # nothing to look for: everything stays
        assert len(_found(store, search=typed)) == 2
        return
    assert (_found(store, search=typed) == [wanted]) is hit


def test_a_tracking_number_is_found_grouped_or_bare(store: Store) -> None:
    ((row_id, key), _) = stored(store, an_order(1), an_order(2))
    with store.transaction():
        shipments.set_parcel(store, key, {"tracking_no": "099723653466"})
    assert _found(store, search="0997-2365-3466") == [row_id]
    assert _found(store, search="3466") == [row_id]
    assert _found(store, search=key) == [row_id]


def test_rows_carry_what_the_table_shows(store: Store) -> None:
    lines = (a_line(quantity=2), a_line(line_id="2", sku="plate", name="平皿", quantity=3))
    ((row_id, key),) = stored(store, an_order(lines=lines, buyer_text="急ぎ"), ship_by=NOW)
    with store.transaction():
        shipments.mark(store, [row_id], "printed", NOW)
        shipments.update(store, row_id, {"batch": 3, "batch_row": 37})
        shipments.restage(store, [row_id])
    (row,) = table.rows(store, [row_id, 999])
    assert (row.key, row.goods_name, row.goods_variant) == (key, "マグカップ 300ml", "青")
    assert (row.goods_quantity, row.more_lines, row.pieces) == (2, 1, 5)
    assert (row.facts, row.stage, row.batch_label) == (1, Stage.PACK, "3-37")
    assert row.remark_unread
    assert row.ship_by == NOW


@pytest.mark.parametrize(
    ("name", "typed"), [("髙橋 花子", "高橋"), ("山﨑 翔", "山崎"), ("渡邊 茜", "渡辺"), ("高橋 健", "髙橋")]
)
def test_old_and_everyday_characters_of_names_find_each_other(store: Store, name: str, typed: str) -> None:
    ((wanted, _), _) = stored(store, an_order(1, recipient=a_contact(name=name)), an_order(2))
    assert _found(store, search=typed) == [wanted]


def test_folding_ignores_width_case_and_script() -> None:
    assert fold("ＡＢｃ－１２３") == fold("abc123")
    assert fold("ヤマダ") == fold("やまだ") == fold("ﾔﾏﾀﾞ")
    assert words_of(["abc"]) == "ab bc c"
