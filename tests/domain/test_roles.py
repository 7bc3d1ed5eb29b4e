"""Roles and their rights, and the check character of a badge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.domain.badge import PREFIX, badge_of, code_on, is_badge
from jpship_gui.domain.order_key import ALPHABET, is_key
from jpship_gui.domain.roles import DEFAULTS, Person, Right, Role, may, rights_of, who_may

CREW = [
    Person("佐藤", "01", Role.OWNER),
    Person("鈴木", "02", Role.PACKER),
    Person("田中", "03", Role.OFFICE),
]
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
codes = st.text(alphabet=LETTERS, min_size=1, max_size=8)


@given(codes)
def test_a_badge_names_its_code_and_is_no_key(code: str) -> None:
    badge = badge_of(code)
    assert code_on(badge) == code
    assert is_badge(badge)
    assert not is_key(badge)
    assert "O" not in ALPHABET


@given(codes, st.integers(0, 8), st.sampled_from(LETTERS))
def test_one_wrong_character_makes_it_nobodys(code: str, place: int, letter: str) -> None:
    badge = badge_of(code)
    at = len(PREFIX) + place % (len(code) + 1)
    wrong = badge[:at] + letter + badge[at + 1 :]
    assert (code_on(wrong) == "") == (wrong != badge)


def test_nearly_every_swap_of_neighbours_is_found() -> None:
    pairs = [(a, b) for a in LETTERS for b in LETTERS if a != b]
    missed = [a + b for a, b in pairs if code_on(PREFIX + b + a + badge_of(a + b)[-1])]
    assert len(missed) <= len(pairs) // 100


@pytest.mark.parametrize("text", ["", "JPWHO", "JPWHO1", "JPWHO123456789A", "jpwho012", "JPCMDACK"])
def test_what_is_no_badge(text: str) -> None:
    assert code_on(text) == ""


@pytest.mark.parametrize("right", list(Right))
def test_where_nobody_is_entered_everybody_may_everything(right: Right) -> None:
    assert may([], DEFAULTS, "", right)
    assert may([Person("佐藤", "01", Role.OWNER, active=False)], DEFAULTS, "誰か", right)


@pytest.mark.parametrize("right", list(Right))
def test_a_stranger_may_what_a_packer_may(right: Right) -> None:
    assert may(CREW, DEFAULTS, "誰か", right) == may(CREW, DEFAULTS, "鈴木", right)
    assert may(CREW, DEFAULTS, "佐藤", right)


def test_a_packer_neither_skips_nor_confirms_nor_sets() -> None:
    denied = {right for right in Right if not may(CREW, DEFAULTS, "鈴木", right)}
    assert denied == {Right.SKIP, Right.CONFIRM, Right.SETTINGS, Right.PEOPLE}
    assert who_may(CREW, DEFAULTS, Right.SKIP) == ("佐藤", "田中")
    assert who_may(CREW, DEFAULTS, Right.PEOPLE) == ("佐藤",)


def test_kept_rights_take_the_place_of_the_delivered_ones_but_never_the_owners() -> None:
    changed = rights_of({"packer": ["skip", "of a newer version"], "owner": []})
    assert set(changed[Role.PACKER]) == {Right.SKIP}
    assert set(changed[Role.OWNER]) == set(Right)
    assert changed[Role.OFFICE] == DEFAULTS[Role.OFFICE]
