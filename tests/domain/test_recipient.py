"""One recipient, however written; and near-misses, which are two (PL-01)."""

from __future__ import annotations

import pytest

from jpship_gui.domain.recipient import address_key, phone_key, same_phone, same_recipient
from tests.builders import a_contact


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "山田　花子"},
        {"name": "山田花子 様"},
        {"street": "北浜９－９－９　コーポことり２０３"},
        {"street": "北浜九丁目９番９号コーポことり203号室"},
        {"street": "北浜9-9-9 コーポことり 203"},
        {"phone": "+81 90-0000-1234"},
        {"kana": "", "email": "hanako@example.com"},
    ],
)
def test_the_same_recipient_written_otherwise(changes: dict[str, str]) -> None:
    assert same_recipient(a_contact(), a_contact(**changes))
    assert same_phone(a_contact(), a_contact(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "山田 太郎"},
        {"street": "北浜9-9-9 コーポことり204"},
        {"street": "北浜9-9-92 コーポことり03"},
        {"street": "北浜99-9 コーポことり203"},
        {"city": "大阪市北区"},
        {"postal_code": "5410042"},
        {"name": ""},
        {"street": ""},
    ],
)
def test_a_near_miss_is_another(changes: dict[str, str]) -> None:
    assert not same_recipient(a_contact(), a_contact(**changes))


def test_two_without_an_address_are_not_one() -> None:
    assert not same_recipient(a_contact(street=""), a_contact(street=""))
    assert not same_recipient(a_contact(name=""), a_contact(name=""))


def test_a_room_number_behind_a_blank_is_no_part_of_the_house_number() -> None:
    houses = {address_key(a_contact(street=street)) for street in ("北浜9-9-9 203", "北浜9-9-92 03")}
    assert len(houses) == 2


def test_telephone_numbers() -> None:
    assert phone_key(a_contact(phone="819000001234")) == "09000001234"
    assert same_phone(a_contact(phone=""), a_contact())
    assert not same_phone(a_contact(phone="09000009999"), a_contact())
