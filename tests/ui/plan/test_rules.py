"""The shop's rules in the window: made, tried, kept, moved, switched off, removed and put back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from jpship_gui.domain.rules.own_rules import FIELD_NAMES
from jpship_gui.flows.check import own_rules
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.plan.page import RULES, PlanPage
from jpship_gui.ui.plan.rule_acts import FIELDS
from jpship_gui.ui.plan.rule_rows import condition_words
from jpship_gui.ui.plan.rules_view import RulesView
from tests.ui.driving import Driver
from tests.ui.plan.planning_day import Planned, lay_out

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def day(ws: Workspace) -> Planned:
    return lay_out(ws)


@pytest.fixture
def rules(day: Planned, window: MainWindow, driver: Driver) -> RulesView:
    window.open_page("plan", RULES)
    driver.settle()
    page = window.page()
    assert isinstance(page, PlanPage)
    return page.rules


def make(view: RulesView, driver: Driver, name: str, field: str, value: str, way: str) -> None:
    """A rule of one condition, by the form."""
    view.begin()
    driver.type_words(view.name, name)
    driver.click(view.conditions.add)
    row = view.conditions.rows[-1]
    row.field.setCurrentIndex(row.field.findData(field))
    row.test.setCurrentIndex(row.test.findData("contains"))
    driver.type_words(row.words, value)
    view.service.setCurrentIndex(view.service.findData(way))


def services(ws: Workspace, *keys: str) -> set[tuple[str, str]]:
    return {(one.carrier, one.service) for one in shipments.by_keys(ws.store, list(keys))}


def listed(view: RulesView) -> list[tuple[int, str]]:
    return [(rule.place, rule.name) for rule in view.list.rows.rows]


def test_every_field_a_rule_may_ask_is_offered() -> None:
    assert set(FIELDS) == set(FIELD_NAMES)
    assert len(FIELDS) == len(set(FIELDS))


def test_without_rules_it_says_what_they_are_for(rules: RulesView, driver: Driver) -> None:
    assert rules.none.isVisible()
    driver.click(rules.none.button)
    assert rules.name.isVisible()
    assert not rules.save_button.isEnabled(), "a rule that asks nothing is none"


def test_a_rule_is_tried_before_it_is_kept_and_then_plans(
    rules: RulesView, day: Planned, driver: Driver, ws: Workspace
) -> None:
    make(rules, driver, "名古屋は郵便", "address", "名古屋", "jppost/yupack")
    driver.click(rules.test_button)
    numbers = {one.order_id.number for one in shipments.by_keys(ws.store, list(day.three))}
    assert all(number in rules.told._words.text() for number in numbers)
    assert services(ws, *day.three) == {("yamato", "takkyubin")}, "trying writes nothing"
    driver.key(Qt.Key.Key_S, CONTROL, on=rules.name)
    assert listed(rules) == [(1, "名古屋は郵便")]
    assert services(ws, *day.three) == {("jppost", "yupack")}
    assert services(ws, *day.clear) == {("yamato", "takkyubin")}


def test_the_first_that_fits_chooses_and_the_order_is_changed_by_key(
    rules: RulesView, day: Planned, driver: Driver, ws: Workspace
) -> None:
    for name, way in (("郵便", "jppost/yupack"), ("佐川", "sagawa/takkyubin")):
        make(rules, driver, name, "address", "名古屋", way)
        driver.click(rules.save_button)
    assert listed(rules) == [(1, "郵便"), (2, "佐川")]
    assert services(ws, *day.three) == {("jppost", "yupack")}
    driver.key(Qt.Key.Key_Up, ALT, on=rules.list)
    assert listed(rules) == [(1, "佐川"), (2, "郵便")]
    current = rules.list.current()
    assert current is not None
    assert current.name == "佐川"
    assert services(ws, *day.three) == {("sagawa", "takkyubin")}


def test_a_rule_is_switched_off_removed_and_put_back(
    rules: RulesView, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    make(rules, driver, "郵便", "address", "名古屋", "jppost/yupack")
    driver.click(rules.save_button)
    driver.click(rules.active)
    driver.click(rules.save_button)
    assert services(ws, *day.three) == {("yamato", "takkyubin")}
    driver.click(rules.active)
    driver.click(rules.save_button)
    driver.click(rules.remove_button)
    assert listed(rules) == []
    assert services(ws, *day.three) == {("yamato", "takkyubin")}
    driver.click(window.undo_bar.button)
    assert listed(rules) == [(1, "郵便")]
    assert services(ws, *day.three) == {("jppost", "yupack")}


def test_what_else_a_rule_does_is_kept(
    rules: RulesView, driver: Driver, ws: Workspace, window: MainWindow
) -> None:
    condition = {"all": [{"field": "address", "test": "contains", "value": "名古屋"}]}
    body = {"name": "二つ", "if": condition, "do": [["tag", "遠い"], ["service", "jppost/yupack"]]}
    own_rules.add(ws, body)
    own_rules.add(ws, {"name": "別の", "if": condition, "do": [["tag", "遠い"]]})
    window.open_page("plan", RULES)
    driver.settle()
    assert listed(rules) == [(1, "二つ")], "what chooses no service is not a rule of planning"
    driver.type_words(rules.name, "!")
    driver.click(rules.save_button)
    first, _ = own_rules.every(ws)
    assert sorted(map(tuple, first.body["do"])) == [("service", "jppost/yupack"), ("tag", "遠い")]


def test_conditions_read_as_a_sentence() -> None:
    one = {"field": "charged", "test": "at_least", "value": "5000"}
    other = {"field": "memo", "test": "filled"}
    assert condition_words({"all": [one, other]}) == "請求金額 5000 以上 かつ " + condition_words(other)
