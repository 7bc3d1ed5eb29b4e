"""The key on slip, carrier file and bar code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.domain.order_key import ALPHABET, BODY, PREFIX, is_key, make_key, number_of, parcel_key

NUMBERS = st.integers(1, len(ALPHABET) ** BODY - 1)


@given(NUMBERS)
def test_a_key_tells_its_number(number: int) -> None:
    key = make_key(number)
    assert is_key(key)
    assert number_of(key) == number
    assert len(key) <= 15, "the shortest customer reference of a carrier"
    assert key.isalnum()
    assert key.isascii()


@given(NUMBERS, st.data())
def test_every_single_wrong_character_is_found(number: int, data: st.DataObject) -> None:
    key = make_key(number)
    place = data.draw(st.integers(len(PREFIX), len(key) - 1))
    other = data.draw(st.sampled_from([c for c in ALPHABET if c != key[place]]))
    assert not is_key(key[:place] + other + key[place + 1 :])


@given(NUMBERS, st.data())
def test_every_swap_of_neighbours_is_found(number: int, data: st.DataObject) -> None:
    key = make_key(number)
    place = data.draw(st.integers(len(PREFIX), len(key) - 2))
    swapped = key[:place] + key[place + 1] + key[place] + key[place + 2 :]
    assert swapped == key or not is_key(swapped)


@pytest.mark.parametrize("number", [0, -1, len(ALPHABET) ** BODY])
def test_numbers_without_a_key(number: int) -> None:
    with pytest.raises(ValueError, match="no key"):
        make_key(number)


def test_what_is_no_key_has_no_number() -> None:
    with pytest.raises(ValueError, match="no key"):
        number_of("JP0000014")


def test_parcels_of_one_shipment_have_keys_of_their_own() -> None:
    key = make_key(7)
    assert [parcel_key(key, n) for n in (1, 2, 12)] == [key, f"{key}P2", f"{key}P12"]
