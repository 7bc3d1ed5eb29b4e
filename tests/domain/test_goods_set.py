"""Sets open into components, and only one deep."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.domain.goods_set import Component, GoodsSet, Sets, codes_needed, key_of, opened, why_not
from tests.builders import a_line

BREAKFAST = GoodsSet("SET-A", (Component("mug", 2), Component("plate")), "朝ごはん")
SKUS = ("A", "B", "C", "D", "E")
parts = st.lists(
    st.builds(Component, st.sampled_from(SKUS), st.integers(1, 3)),
    min_size=1,
    max_size=3,
    unique_by=lambda c: c.sku,
)
made_sets = st.lists(st.builds(GoodsSet, st.sampled_from(SKUS), parts.map(tuple)), max_size=6)


def test_a_set_line_opens_times_its_quantity_and_others_stay() -> None:
    lines = (a_line(sku="set-a", quantity=3), a_line(sku="spoon"), a_line(sku="set-a", deleted=True))
    pieces = opened(lines, {"SET-A": BREAKFAST})
    assert [(p.sku, p.quantity, p.set_name) for p in pieces] == [
        ("mug", 6, "朝ごはん"),
        ("plate", 3, "朝ごはん"),
        ("spoon", 1, ""),
    ]
    assert codes_needed(pieces) == 10


def test_a_set_without_a_name_is_called_as_the_order_calls_it() -> None:
    (piece,) = opened(
        (a_line(sku="S", name="福袋", variant="大"),), {"S": GoodsSet("S", (Component("mug"),))}
    )
    assert (piece.set_name, piece.in_set) == ("福袋 大", True)


def test_a_line_without_a_sku_is_no_set() -> None:
    (piece,) = opened((a_line(sku=""),), {"": BREAKFAST})
    assert not piece.in_set


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (BREAKFAST, ""),
        (GoodsSet("", (Component("mug"),)), "incomplete"),
        (GoodsSet("S", ()), "incomplete"),
        (GoodsSet("S", (Component(" "),)), "incomplete"),
        (GoodsSet("S", (Component("mug", 0),)), "pieces"),
        (GoodsSet("S", (Component("s"),)), "itself"),
        (GoodsSet("S", (Component("mug"), Component("MUG", 2))), "twice"),
        (GoodsSet("S", (Component("set-a"),)), "nested"),  # a set in it
        (GoodsSet("plate", (Component("spoon"),)), "nested"),  # it is in a set
    ],
)
def test_what_can_be_a_set(made: GoodsSet, why: str) -> None:
    assert why_not(made, {"SET-A": BREAKFAST}) == why


def test_a_set_may_be_replaced_by_another_composition() -> None:
    assert why_not(GoodsSet("set-a", (Component("mug"),)), {"SET-A": BREAKFAST}) == ""


@given(made_sets)
def test_whatever_is_taught_in_whatever_order_no_set_is_in_a_set(made: list[GoodsSet]) -> None:
    known: dict[str, GoodsSet] = {}
    for one in made:
        if not why_not(one, known):
            known[key_of(one.sku)] = one
    sets: Sets = known
    assert not {key_of(part.sku) for one in sets.values() for part in one.components} & sets.keys()
