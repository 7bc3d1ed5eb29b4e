"""Parting streets and buildings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.carriers.address import part
from jpship_gui.formats import cp932


@pytest.mark.parametrize(
    ("address", "street", "building"),
    [
        ("北浜9-9-9 コーポことり203", "北浜9-9-9", "コーポことり203"),
        ("北浜９－９－９　コーポことり　２０３号", "北浜９－９－９", "コーポことり ２０３号"),
        ("北浜 9-9-9", "北浜9-9-9", ""),
        ("北浜 9-9-9 コーポことり", "北浜9-9-9", "コーポことり"),
        ("北浜9丁目 9-9 コーポことり", "北浜9丁目9-9", "コーポことり"),
        ("北浜九丁目九番九号 コーポことり", "北浜九丁目九番九号", "コーポことり"),
        ("北浜9-9-9コーポことり203", "北浜9-9-9コーポことり203", ""),
        ("", "", ""),
    ],
)
def test_a_blank_in_the_address_is_taken(address: str, street: str, building: str) -> None:
    parted = part(address, 32, 32)
    assert (parted.street, parted.building, parted.asked) == (street, building, False)


@pytest.mark.parametrize(
    ("address", "street", "building"),
    [
        (
            "長い町名の北浜東一丁目17-13-18メゾンことりの森弐番館",
            "長い町名の北浜東一丁目17-13-18",
            "メゾンことりの森弐番館",
        ),
        (
            "北浜9-9-9グランドメゾンことりの森壱番館1203号室",
            "北浜9-9-9",
            "グランドメゾンことりの森壱番館1203号室",
        ),
    ],
)
def test_a_place_is_proposed_and_keeps_house_numbers_whole(address: str, street: str, building: str) -> None:
    parted = part(address, 32, 40)
    assert (parted.street, parted.building, parted.asked) == (street, building, True)


def test_the_proposal_with_its_blank_is_taken_without_asking() -> None:
    first = part("長い町名の北浜東一丁目17-13-18メゾンことりの森弐番館", 32, 32)
    assert first.asked
    second = part(f"{first.street} {first.building}", 32, 32)
    assert (second.street, second.building, second.asked) == (first.street, first.building, False)


def test_no_place_fits() -> None:
    assert not part("とても長くて番地もない住所がどこまでも続いてまったく終わらない場合の例です", 32, 32).fits


@given(st.text(alphabet="あ漢字町丁目番号123-－ 　ABア", max_size=60))
def test_nothing_is_lost_and_limits_hold(address: str) -> None:
    parted = part(address, 32, 32)
    joined = (parted.street + parted.building).replace(" ", "")
    assert joined == address.replace(" ", "").replace("　", "")
    if parted.fits:
        assert cp932.length(parted.street) <= 32
        assert cp932.length(parted.building) <= 32
        assert " " not in parted.street
