"""All rules together: a good shipment is quiet, the gravest comes first, an order that is over is left alone."""

from dataclasses import replace

import pytest

from jpship_gui.domain.order import OrderState
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.rules import Surroundings, blocks, check

from .conftest import Make


def test_a_good_shipment_has_no_problems(subject: Make, around: Surroundings) -> None:
    assert check(subject(), around) == []


def test_the_gravest_comes_first(subject: Make, around: Surroundings) -> None:
    problems = check(subject({"phone": ""}, flags=("drug", "rakuten_checking")), around)
    assert [p.severity for p in problems] == [Severity.STOP, Severity.BLOCK, Severity.WARN]
    assert blocks(problems)
    assert not blocks(problems[2:])


@pytest.mark.parametrize("state", [OrderState.SHIPPED, OrderState.CANCELLED, OrderState.CANCELLING])
def test_an_order_that_is_over_is_left_alone(subject: Make, around: Surroundings, state: OrderState) -> None:
    assert check(subject({"phone": ""}, state=state), around) == []


def test_a_social_gift_without_recipient_is_one_problem(subject: Make, around: Surroundings) -> None:
    made = subject(
        {"name": "入力待ち", "postal_code": "9999999", "prefecture": "入力待ち", "city": "", "street": ""}
    )
    package = replace(made.order.packages[0], placeholder=True)
    waiting = replace(made, order=replace(made.order, packages=(package,)))
    assert [(p.code, p.severity) for p in check(waiting, around)] == [
        ("gift_recipient_waiting", Severity.STOP)
    ]
