"""What the marketplace says of the order: the list of the Rakuten reference, section 6."""

from dataclasses import replace

import pytest

from jpship_gui.domain.order import Money, OrderState
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.rules import Surroundings, check
from jpship_gui.domain.rules.release import release

from .conftest import Make

STOP, BLOCK, WARN = Severity.STOP, Severity.BLOCK, Severity.WARN


@pytest.mark.parametrize(
    ("flag", "severity"),
    [
        ("rakuten_checking", STOP),
        ("caution_cancel_fixed", STOP),
        ("abroad", STOP),
        ("no_parcel", BLOCK),
        ("caution", WARN),
        ("isolated_island", WARN),
        ("modified", WARN),
        ("drug", WARN),
        ("subscription", WARN),
        ("express_cert", WARN),
        ("unpromised", WARN),
    ],
)
def test_flags(subject: Make, around: Surroundings, flag: str, severity: Severity) -> None:
    assert [(p.code, p.severity) for p in release(subject(flags=(flag,)), around)] == [(flag, severity)]


def test_a_cautions_detail_replaces_the_general_word(subject: Make, around: Surroundings) -> None:
    found = release(subject(flags=("caution", "caution_refusal")), around)
    assert [p.code for p in found] == ["caution_refusal"]


def test_a_flag_without_a_rule_needs_nobody(subject: Make, around: Surroundings) -> None:
    assert release(subject(flags=("member",)), around) == []


@pytest.mark.parametrize("state", [OrderState.UNCONFIRMED, OrderState.PROCESSING, OrderState.CHANGING])
def test_an_order_not_yet_released_is_no_problem(
    subject: Make, around: Surroundings, state: OrderState
) -> None:
    assert check(subject(state=state), around) == []


def test_undecided_money_cannot_be_approved_away(subject: Make, around: Surroundings) -> None:
    (problem,) = release(subject(money=Money(undecided=("postage", "charged"))), around)
    assert (problem.code, problem.severity) == ("money_undecided", STOP)
    assert problem.values["fields"] == "postage, charged"


def test_several_recipients_of_which_one_was_read(subject: Make, around: Surroundings) -> None:
    (problem,) = release(subject(several_recipients=True), around)
    assert (problem.code, problem.severity) == ("recipients_missing", BLOCK)
    made = subject(several_recipients=True)
    both = (made.order.packages[0], replace(made.order.packages[0], package_id="2"))
    assert release(replace(made, order=replace(made.order, packages=both)), around) == []


def test_a_drop_off_place_is_named(subject: Make, around: Surroundings) -> None:
    made = subject()
    package = replace(made.order.packages[0], drop_off="玄関前")
    (problem,) = release(replace(made, order=replace(made.order, packages=(package,))), around)
    assert (problem.code, problem.severity, problem.values["place"]) == ("drop_off", WARN, "玄関前")
