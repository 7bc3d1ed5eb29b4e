"""Wished days gone by or out of reach; slots without a code."""

from datetime import date

from jpship_gui.domain.order import Wish
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.rules import Surroundings
from jpship_gui.domain.rules.delivery_wish import delivery_wish

from .conftest import Make


def test_a_day_gone_by_holds(subject: Make, around: Surroundings) -> None:
    (problem,) = delivery_wish(subject(wish=Wish(date(2026, 11, 20))), around)
    assert (problem.code, problem.severity) == ("wish_past", Severity.BLOCK)
    assert problem.values["earliest"] == "2026-11-22"
    assert [(r.kind, dict(r.values)) for r in problem.repairs] == [
        ("set_wish", {"day": "2026-11-22"}),
        ("drop_wish", {}),
    ]


def test_a_day_to_come_and_none_are_quiet(subject: Make, around: Surroundings) -> None:
    assert delivery_wish(subject(wish=Wish(date(2026, 11, 22))), around) == []
    assert delivery_wish(subject(), around) == []


def test_a_slot_without_a_code(subject: Make, around: Surroundings) -> None:
    (problem,) = delivery_wish(subject(wish=Wish(slot="other", text="9")), around)
    assert problem.code == "wish_slot_other"
