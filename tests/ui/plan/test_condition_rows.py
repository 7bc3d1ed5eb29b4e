"""Conditions of a rule as rows: what is shown is what is told."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from jpship_gui.domain.rules.own_rules import FIELD_NAMES
from jpship_gui.domain.rules.user_rule import TESTS as DOMAIN_TESTS
from jpship_gui.domain.rules.user_rule import parse_rule
from jpship_gui.ui.plan.condition_rows import TESTS, ConditionRows

FIELDS = ("charged", "prefecture", "gift", "goods")
CHOICES = {"gift": (("yes", "planpage.rule.all"), ("no", "planpage.rule.any"))}


@pytest.fixture
def rows(qtbot: QtBot) -> ConditionRows:
    made = ConditionRows(FIELDS, CHOICES)
    qtbot.addWidget(made)
    made.show()
    return made


def test_every_test_the_rules_know_is_offered() -> None:
    assert set(TESTS) == set(DOMAIN_TESTS)
    assert set(FIELDS) <= FIELD_NAMES


@pytest.mark.parametrize(
    "data",
    [
        {"all": [{"field": "charged", "test": "at_least", "value": "5000"}]},
        {"any": [{"field": "gift", "test": "is", "value": "no"}, {"field": "goods", "test": "filled"}]},
        {"all": [{"any": [{"field": "goods", "test": "filled"}]}]},
        {},
    ],
)
def test_what_is_shown_is_what_is_told(rows: ConditionRows, data: dict[str, object]) -> None:
    rows.show_data(data)
    assert rows.data() == data
    if data:
        parse_rule({"name": "x", "if": rows.data(), "do": [["hold", "x"]]}, FIELD_NAMES)


def test_one_comparison_alone_becomes_a_list_of_one(rows: ConditionRows) -> None:
    rows.show_data({"field": "prefecture", "test": "is", "value": "沖縄県"})
    assert rows.data() == {"all": [{"field": "prefecture", "test": "is", "value": "沖縄県"}]}


def test_rows_are_added_filled_and_dropped(rows: ConditionRows, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rows.changed):
        rows.add.click()
    assert not rows.complete(), "a value is missing"
    rows.rows[0].words.setText("3000")
    assert rows.data() == {"all": [{"field": "charged", "test": "is", "value": "3000"}]}
    rows.rows[0].drop.click()
    assert rows.data() == {}


def test_where_values_are_few_they_are_chosen(rows: ConditionRows) -> None:
    rows.add.click()
    row = rows.rows[0]
    row.field.setCurrentIndex(row.field.findData("gift"))
    assert row.data() == {"field": "gift", "test": "is", "value": "yes"}
    row.test.setCurrentIndex(row.test.findData("filled"))
    assert row.data() == {"field": "gift", "test": "filled"}
