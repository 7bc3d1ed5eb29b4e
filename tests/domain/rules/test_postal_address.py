"""CK-04 as problems: what is proposed, and how much it weighs."""

import pytest

from jpship_gui.domain.problem import Severity
from jpship_gui.domain.rules import Surroundings
from jpship_gui.domain.rules.postal_address import postal_address

from .conftest import Make


def test_a_mismatch_holds_with_both_proposals(subject: Make, around: Surroundings) -> None:
    (problem,) = postal_address(subject({"postal_code": "5300001"}), around)
    assert (problem.code, problem.severity) == ("postal_address_mismatch", Severity.BLOCK)
    assert problem.values["place"] == "大阪府大阪市北区梅田"
    code, address = problem.repairs
    assert (code.kind, dict(code.values)) == ("set_postal_code", {"postal_code": "5410041"})
    assert address.kind == "set_address"
    assert address.values["city"] == "大阪市北区"
    assert address.values["street"] == "梅田9-9-9 コーポことり203"


@pytest.mark.parametrize(
    ("code", "found", "severity"),
    [
        ("541004", "postal_code_form", Severity.BLOCK),
        ("５４１００４１", "postal_code_form", Severity.BLOCK),
        ("9999999", "postal_code_unknown", Severity.BLOCK),
    ],
)
def test_a_code_that_is_none(
    subject: Make, around: Surroundings, code: str, found: str, severity: Severity
) -> None:
    (problem,) = postal_address(subject({"postal_code": code}), around)
    assert (problem.code, problem.severity) == (found, severity)
    assert problem.repairs[0].values["postal_code"] == "5410041"


def test_a_town_nobody_knows_informs_only(subject: Make, around: Surroundings) -> None:
    (problem,) = postal_address(subject({"street": "無い町9-9-9"}), around)
    assert (problem.code, problem.severity, problem.repairs) == ("postal_town_unlisted", Severity.WARN, ())


def test_a_code_of_the_whole_city_informs_only(subject: Make, around: Surroundings) -> None:
    sapporo = {
        "postal_code": "0600000",
        "prefecture": "北海道",
        "city": "札幌市中央区",
        "street": "北1条西5丁目99",
    }
    (problem,) = postal_address(subject(sapporo), around)
    assert (problem.code, problem.severity) == ("postal_code_general", Severity.WARN)
    assert [r.values for r in problem.repairs] == [{"postal_code": "0600001"}]


def test_what_is_missing_is_another_rules_finding(subject: Make, around: Surroundings) -> None:
    assert postal_address(subject({"postal_code": ""}), around) == []
    assert postal_address(subject({"city": "", "street": ""}), around) == []


def test_the_proposed_code_really_fits(subject: Make, around: Surroundings) -> None:
    (problem,) = postal_address(subject({"postal_code": "1000001"}), around)
    repaired = subject({"postal_code": problem.repairs[0].values["postal_code"]})
    assert postal_address(repaired, around) == []


def test_the_proposed_address_really_fits(subject: Make, around: Surroundings) -> None:
    (problem,) = postal_address(subject({"postal_code": "1000001"}), around)
    values = {k: v for k, v in problem.repairs[-1].values.items() if k != "place"}
    assert postal_address(subject({"postal_code": "1000001", **values}), around) == []
