"""CK-03: each missing field is its own reason, with what the other fields tell about it."""

import pytest

from jpship_gui.domain.problem import Severity
from jpship_gui.domain.rules import Surroundings
from jpship_gui.domain.rules.recipient_complete import recipient_complete
from tests.builders import a_contact

from .conftest import Make


@pytest.mark.parametrize("field", ["name", "postal_code", "prefecture", "phone"])
def test_each_missing_field_is_its_own_reason(subject: Make, around: Surroundings, field: str) -> None:
    (problem,) = recipient_complete(subject({field: ""}), around)
    assert (problem.code, problem.severity, problem.field) == (
        f"recipient_{field}_missing",
        Severity.BLOCK,
        f"recipient.{field}",
    )


def test_an_address_is_missing_when_city_and_street_are(subject: Make, around: Surroundings) -> None:
    (problem,) = recipient_complete(subject({"city": "", "street": " "}), around)
    assert problem.code == "recipient_address_missing"
    assert recipient_complete(subject({"city": "", "street": "大阪市中央区北浜9-9-9"}), around) == []


def test_all_missing_gives_all_reasons(subject: Make, around: Surroundings) -> None:
    nothing = dict.fromkeys(("name", "postal_code", "prefecture", "city", "street", "phone"), "")
    assert len(recipient_complete(subject(nothing), around)) == 5


def test_the_code_is_proposed_from_the_address(subject: Make, around: Surroundings) -> None:
    (problem,) = recipient_complete(subject({"postal_code": ""}), around)
    assert [(r.kind, dict(r.values)) for r in problem.repairs] == [
        ("set_postal_code", {"postal_code": "5410041"})
    ]


def test_the_prefecture_is_proposed_from_the_code_or_the_words(subject: Make, around: Surroundings) -> None:
    (by_code,) = recipient_complete(subject({"prefecture": ""}), around)
    assert dict(by_code.repairs[0].values) == {"prefecture": "大阪府"}
    (by_words,) = recipient_complete(subject({"prefecture": "", "city": "大阪府大阪市中央区"}), around)
    assert dict(by_words.repairs[0].values) == {"prefecture": "大阪府", "city": "大阪市中央区"}


def test_the_buyers_phone_is_proposed_for_the_same_person(subject: Make, around: Surroundings) -> None:
    buyer = a_contact(phone="0312345678")
    (problem,) = recipient_complete(subject({"phone": ""}, buyer=buyer), around)
    assert dict(problem.repairs[0].values) == {"phone": "0312345678"}
    (other,) = recipient_complete(subject({"phone": "", "name": "鈴木 一郎"}, buyer=buyer), around)
    assert other.repairs == ()


@pytest.mark.parametrize(
    ("phone", "proposed"),
    [
        ("9000001234", "09000001234"),
        ("300001234", "0300001234"),
        ("123", ""),
        ("０９０", ""),
        ("1234567890123", ""),
    ],
)
def test_a_number_no_phone_has(subject: Make, around: Surroundings, phone: str, proposed: str) -> None:
    (problem,) = recipient_complete(subject({"phone": phone}), around)
    assert problem.code == "recipient_phone_form"
    assert [r.values["phone"] for r in problem.repairs] == ([proposed] if proposed else [])


@pytest.mark.parametrize("phone", ["09000001234", "0300001234", "05000001234", "0120000123"])
def test_good_numbers(subject: Make, around: Surroundings, phone: str) -> None:
    assert recipient_complete(subject({"phone": phone}), around) == []
