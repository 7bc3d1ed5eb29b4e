"""Kinds of code never depend on focus, and every wrong reading of the check-digit reference is told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.commands import Command, code_of, command_of
from jpship_gui.domain.packing.kinds import (
    NumberState,
    goods_codes,
    read_number,
    shipment_key_of,
    tidy,
)
from tests.domain.packing.small_world import FORMS


@pytest.mark.parametrize("command", list(Command))
def test_a_command_is_no_key_and_no_number(command: Command) -> None:
    code = code_of(command)
    assert command_of(tidy(code.lower())) == (command, "")
    assert shipment_key_of(code) == ""
    assert read_number(code, FORMS, "yamato").state is NumberState.NO


def test_a_number_behind_a_command_is_its_argument() -> None:
    assert command_of(tidy("ｊｐｃｍｄｈｏｌｄ３")) == (Command.HOLD, "3")
    assert code_of(Command.HOLD, "3") == "JPCMDHOLD3"
    for nobody in ("JPCMDACK3", "JPCMDHOLD3X", "JPCMD3", "JPCMD", "JPCMDHOLD1234", "JPCMDHOL3", "JPCMDHOLD٣"):
        assert command_of(nobody) is None, nobody


@given(st.integers(1, 31**6 - 1))
def test_a_key_is_never_a_number_or_goods_of_digits(n: int) -> None:
    key = make_key(n)
    assert shipment_key_of(tidy(key.lower())) == key
    assert read_number(key, FORMS, "yamato").state is NumberState.NO


@given(st.integers(1, 31**6 - 1), st.integers(2, 8), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXY"))
def test_one_wrong_character_is_no_key(n: int, place: int, other: str) -> None:
    key = make_key(n)
    wrong = key[:place] + other + key[place + 1 :]
    assert shipment_key_of(wrong) == (key if wrong == key else "")


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        ("099723653466", NumberState.GOOD),
        ("A099723653466A\r\n", NumberState.GOOD),
        ("b099723653466b", NumberState.GOOD),
        ("０９９７２３６５３４６６", NumberState.GOOD),
        ("0997-2365-3466", NumberState.GOOD),
        ("099723653467", NumberState.CHECK_DIGIT),
        ("811029000000", NumberState.CHECK_DIGIT),
        ("600078420325", NumberState.OTHER_CARRIER),
        ("D103225504992D", NumberState.GOOD),
        ("D444803009836D", NumberState.OTHER_CARRIER),
        ("4901234567894", NumberState.NO),
        ("49123456", NumberState.NO),
        ("250-1234567-1234567", NumberState.NO),
        ("09012345678", NumberState.NO),
        ("", NumberState.NO),
        ("A", NumberState.NO),
    ],
)
def test_reading_as_a_yamato_number(raw: str, state: NumberState) -> None:
    assert read_number(raw, FORMS, "yamato").state is state


def test_a_carrier_without_known_numbers_takes_what_has_six_digits() -> None:
    assert read_number("RR 1234-5678", FORMS, "local").state is NumberState.GOOD
    assert read_number("mug-blue-large", FORMS, "local").state is NumberState.NO


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("036000291452", "0036000291452"),
        ("0036000291452", "036000291452"),
        ("0104900000000016", "4900000000016"),
        ("(01)04900000000016", "4900000000016"),
        ("01049000000000161012345", "4900000000016"),
        ("14900000000013", "14900000000013"),
        ("MUG-300-BL", "MUG-300-BL"),
    ],
)
def test_spellings_of_goods(text: str, spelling: str) -> None:
    assert spelling in goods_codes(text)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(raw: str) -> None:
    assert tidy(tidy(raw)) == tidy(raw) or raw
    read_number(raw, FORMS, "yamato")
    read_number(raw, FORMS, "")
    goods_codes(tidy(raw))
    shipment_key_of(tidy(raw))
