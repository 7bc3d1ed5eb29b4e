"""Rules users make: parsed strictly, joined by and/or, applied as holds, notes and tags."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.domain.problem import Severity
from jpship_gui.domain.rules import Surroundings
from jpship_gui.domain.rules.own_rules import FIELD_NAMES, FIELDS, catching, own_rules, tags_of
from jpship_gui.domain.rules.user_rule import (
    TESTS,
    Condition,
    RuleError,
    UserRule,
    holds,
    parse_rule,
    plain_rule,
)
from tests.builders import a_line

from .conftest import Make


def rule(condition: dict[str, Any], *acts: list[str]) -> UserRule:
    body = {"name": "沖縄", "if": condition, "do": list(acts) or [["hold", "船便の確認"]]}
    return parse_rule(body, FIELD_NAMES)


OKINAWA = {"field": "prefecture", "test": "is", "value": "沖縄県"}
COSTLY = {"field": "charged", "test": "at_least", "value": "10,000"}


def test_a_hold_names_its_rule_and_reason(subject: Make, around: Surroundings) -> None:
    made = subject({"prefecture": "沖縄県"})
    (problem,) = own_rules(made, replace(around, user_rules=(rule(OKINAWA),)))
    assert (problem.code, problem.severity) == ("own_rule_hold", Severity.BLOCK)
    assert dict(problem.values) == {"rule": "沖縄", "text": "船便の確認"}
    assert own_rules(subject(), replace(around, user_rules=(rule(OKINAWA),))) == []


def test_notes_inform_and_tags_are_no_problems(subject: Make, around: Surroundings) -> None:
    given_rule = rule(OKINAWA, ["note", "時間指定なし"], ["tag", "沖縄"], ["tag", "離島"])
    made = subject({"prefecture": "沖縄県"})
    assert [p.severity for p in own_rules(made, replace(around, user_rules=(given_rule,)))] == [Severity.WARN]
    assert tags_of(made, (given_rule, given_rule)) == ("沖縄", "離島")


@pytest.mark.parametrize(
    ("condition", "values", "caught"),
    [
        ({"all": [OKINAWA, COSTLY]}, {"prefecture": "沖縄県", "charged": "12000"}, True),
        ({"all": [OKINAWA, COSTLY]}, {"prefecture": "沖縄県", "charged": "9999"}, False),
        ({"any": [OKINAWA, COSTLY]}, {"prefecture": "大阪府", "charged": "10000"}, True),
        ({"any": [OKINAWA, {"all": [COSTLY]}]}, {"prefecture": "大阪府", "charged": ""}, False),
        ({"field": "charged", "test": "at_most", "value": "100"}, {"charged": "99"}, True),
        ({"field": "wish_day", "test": "at_least", "value": "2026-11-24"}, {"wish_day": "2026-11-25"}, True),
        ({"field": "remark", "test": "empty"}, {}, True),
        ({"field": "sku", "test": "one_of", "value": "a, b"}, {"sku": "b"}, True),
        ({"field": "sku", "test": "contains_not", "value": "x"}, {"sku": "mug"}, True),
    ],
)
def test_conditions(condition: dict[str, Any], values: dict[str, str], caught: bool) -> None:
    assert holds(rule(condition).condition, values) is caught


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"name": " ", "if": OKINAWA, "do": [["hold", "x"]]}, "name"),
        ({"name": "x", "if": OKINAWA, "do": []}, "do"),
        ({"name": "x", "if": OKINAWA, "do": [["ship", "x"]]}, "do"),
        ({"name": "x", "if": OKINAWA, "do": [["hold", " "]]}, "do"),
        ({"name": "x", "do": [["hold", "x"]]}, "if"),
        ({"name": "x", "if": {"all": []}, "do": [["hold", "x"]]}, "if.all"),
        ({"name": "x", "if": {"any": [OKINAWA, {"field": "no"}]}, "do": [["hold", "x"]]}, "if.any.2"),
        ({"name": "x", "if": {"field": "sku", "test": "is"}, "do": [["hold", "x"]]}, "if"),
    ],
)
def test_a_rule_that_says_nothing_is_refused_with_its_place(body: dict[str, Any], where: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_rule(body, FIELD_NAMES)
    assert caught.value.where == where


def test_every_field_can_be_read(subject: Make) -> None:
    values = {name: read(subject(lines=(a_line(), a_line(line_id="2")))) for name, read in FIELDS.items()}
    assert (values["pieces"], values["lines"], values["sku"]) == ("2", "2", "mug-300-bl\nmug-300-bl")
    assert all(isinstance(value, str) for value in values.values())


comparisons = st.builds(
    Condition,
    field=st.sampled_from(sorted(FIELD_NAMES)),
    test=st.sampled_from(sorted(TESTS)),
    value=st.text(min_size=1, max_size=5),
)
conditions = st.recursive(
    comparisons,
    lambda inner: st.builds(
        lambda join, parts: Condition(join=join, parts=tuple(parts)),
        st.sampled_from(["all", "any"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@given(conditions)
def test_a_rule_survives_being_written_and_read(condition: Condition) -> None:
    body = plain_rule(UserRule("x", condition, ()))
    assert parse_rule({**body, "do": [["tag", "t"]]}, FIELD_NAMES).condition == condition


@given(conditions, st.dictionaries(st.sampled_from(sorted(FIELD_NAMES)), st.text(max_size=6)))
def test_any_condition_answers_for_any_values(condition: Condition, values: dict[str, str]) -> None:
    assert holds(condition, values) in (True, False)


def test_only_the_rules_that_hold_are_named(subject: Make) -> None:
    named = catching((rule(OKINAWA), rule({"field": "name", "test": "filled"})), subject())
    assert len(named) == 1
