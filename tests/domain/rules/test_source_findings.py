"""Findings of the reader become problems, until a person gave the shipment another value."""

from dataclasses import replace
from datetime import date

from jpship_gui.domain.order import Finding, Wish
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.rules import Surroundings
from jpship_gui.domain.rules.source_findings import source_findings
from tests.builders import a_contact

from .conftest import Make


def test_sums_and_repaired_cells_inform(subject: Make, around: Surroundings) -> None:
    findings = (
        Finding("sum_goods", "money", (("stated", "1"), ("computed", "2"))),
        Finding("cells_repaired"),
    )
    found = source_findings(subject(findings=findings), around)
    assert [(p.code, p.severity) for p in found] == [
        ("sum_goods", Severity.WARN),
        ("cells_repaired", Severity.WARN),
    ]
    assert found[0].values == {"stated": "1", "computed": "2"}


def test_a_wish_in_the_remark_holds_and_can_be_taken_over(subject: Make, around: Surroundings) -> None:
    values = (("text", "11/25 午前中"), ("day", "2026-11-25"), ("slot", "am"))
    made = subject(findings=(Finding("remark_wish_found", "wish", values),))
    (problem,) = source_findings(made, around)
    assert problem.severity is Severity.BLOCK
    assert (problem.repairs[0].kind, dict(problem.repairs[0].values)) == ("set_wish", dict(values))
    (settled,) = source_findings(replace(made, wish=Wish(date(2026, 11, 25), "am")), around)
    assert (settled.severity, settled.repairs) == (Severity.WARN, ())


def test_a_doubtful_phone_holds_until_it_is_another(subject: Make, around: Surroundings) -> None:
    made = subject(findings=(Finding("phone_uncertain", "", (("found", "3-0-1234"),)),))
    assert [p.severity for p in source_findings(made, around)] == [Severity.BLOCK]
    repaired = replace(made, recipient=a_contact(phone="0300001234"))
    assert [p.severity for p in source_findings(repaired, around)] == [Severity.WARN]


def test_an_order_that_has_a_number_and_still_waits_is_held(subject: Make, around: Surroundings) -> None:
    values = (("numbers", "400000000003・400000000014"),)
    made = subject(findings=(Finding("number_registered", "", values),))
    assert [p.severity for p in source_findings(made, around)] == [Severity.BLOCK]
    one = replace(made, numbers=("400000000003",))
    assert [p.severity for p in source_findings(one, around)] == [Severity.BLOCK]
    both = replace(made, numbers=("400000000014", "400000000003"))
    assert [p.severity for p in source_findings(both, around)] == [Severity.WARN]  # told from here
