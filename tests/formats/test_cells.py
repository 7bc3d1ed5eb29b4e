"""Numbers a spreadsheet damaged: repaired only where one original is possible."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.formats.cells import damaged_number


def holds(number: str) -> bool:
    return int(number[:-1]) % 7 == int(number[-1])


@pytest.mark.parametrize(
    ("cell", "code", "repaired"),
    [
        ("8.11029E+11", "exponent", None),
        ("3.17409136693E+11", "exponent", "317409136693"),
        ("3.17409136693e11", "exponent", "317409136693"),
        ("3.17409136694E+11", "exponent", None),
        ("811029000000", "rounded", None),
        ("317409136693.0", "decimal", "317409136693"),
        ("99723653466", "lost_zero", "099723653466"),
        ("99723653467", "lost_zero", None),
        ("1.2E+20", "exponent", None),
    ],
)
def test_damage(cell: str, code: str, repaired: str | None) -> None:
    damage = damaged_number(cell, 12, holds)
    assert damage is not None
    assert (damage.code, damage.repaired) == (code, repaired)


@pytest.mark.parametrize("cell", ["317409136693", "099723653466", "", "MUG", "123", "0317409"])
def test_no_damage(cell: str) -> None:
    assert damaged_number(cell, 12, holds) is None


def test_a_text_cell_marked_by_an_apostrophe_is_whole() -> None:
    assert damaged_number("'099723653466", 12, holds) is None


@given(st.integers(10**10, 10**11 - 1))
def test_a_repair_of_shown_digits_is_the_original_or_none(payload: int) -> None:
    number = f"{payload}{payload % 7}"
    for decimals in range(4, 12):
        damage = damaged_number(f"{int(number):.{decimals}E}", 12, holds)
        assert damage is not None
        assert damage.repaired in (None, number)
