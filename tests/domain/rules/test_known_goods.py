"""What was bought against the goods list (CK-01)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jpship_gui.domain.goods_list import GoodsList
from jpship_gui.domain.goods_set import Component, GoodsSet
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.rules import Surroundings
from jpship_gui.domain.rules.known_goods import known_goods
from tests.builders import a_line

from .conftest import Make

LISTED = GoodsList(
    frozenset({"MUG-300-BL", "PLATE"}),
    {"マグカップ 300ml": ("青", "白")},
    {
        "SET": GoodsSet("SET", (Component("plate"), Component("mug-300-bl")), "朝"),
        "BAD": GoodsSet("BAD", (Component("x"),)),
    },
)


@pytest.fixture
def listed(around: Surroundings) -> Surroundings:
    return replace(around, goods=LISTED, holds_unknown_goods=True)


def test_listed_goods_and_whole_sets_are_quiet(subject: Make, listed: Surroundings) -> None:
    lines = (a_line(sku="mug-300-BL"), a_line(line_id="2", sku="set"), a_line(line_id="3", sku=""))
    assert known_goods(subject(lines=lines), listed) == []


def test_an_unknown_variant_of_known_goods_holds_and_names_the_known_ones(
    subject: Make, listed: Surroundings
) -> None:
    (problem,) = known_goods(subject(lines=(a_line(sku="mug-300-gn", variant="緑"),)), listed)
    assert (problem.code, problem.severity) == ("variant_unknown", Severity.BLOCK)
    assert (problem.values["variant"], problem.values["known"]) == ("緑", "青・白")


def test_goods_nobody_listed_hold(subject: Make, listed: Surroundings) -> None:
    (problem,) = known_goods(subject(lines=(a_line(sku="bowl", name="鉢", variant="大"),)), listed)
    assert (problem.code, problem.values["sku"]) == ("goods_unknown", "bowl")


def test_a_set_with_unlisted_goods_holds(subject: Make, listed: Surroundings) -> None:
    (problem,) = known_goods(subject(lines=(a_line(sku="bad", name="箱"),)), listed)
    assert (problem.code, problem.values["skus"]) == ("set_component_unknown", "x")


def test_deleted_lines_are_not_looked_at(subject: Make, listed: Surroundings) -> None:
    assert known_goods(subject(lines=(a_line(sku="bowl", deleted=True),)), listed) == []


def test_a_shop_decides_whether_it_holds_or_just_tells_or_neither(
    subject: Make, listed: Surroundings
) -> None:
    unknown = subject(lines=(a_line(sku="bowl"),))
    (told,) = known_goods(unknown, replace(listed, holds_unknown_goods=False))
    assert told.severity is Severity.WARN
    assert known_goods(unknown, replace(listed, goods=None)) == []
