"""What tells look-alikes apart is found as a person would point at it."""

from __future__ import annotations

import pytest

from jpship_gui.domain.packing.differing import differing


@pytest.mark.parametrize(
    ("own", "others", "part"),
    [
        ("21cm 白", ["24cm 白"], "21cm"),
        ("21cm 白", ["21cm 黒"], "白"),
        ("ブルーM", ["ブルーL"], "M"),
        ("ブルーM", ["レッドM"], "ブルー"),
        ("カラー:青 サイズ:M", ["カラー:青 サイズ:L"], "M"),
        ("青", ["紺"], "青"),
        ("300ml 青", ["青"], "300ml"),
        ("A 1 B", ["C 1 D"], "A 1 B"),
        ("白", ["白"], ""),
        ("白", [], ""),
        ("白", ["白 大"], ""),
        ("", ["白"], ""),
        ("11 1", ["11 2"], "1"),
    ],
)
def test_the_part_that_differs(own: str, others: list[str], part: str) -> None:
    start, end = differing(own, others)
    assert own[start:end] == part


def test_the_same_digits_twice_are_told_by_their_place() -> None:
    assert differing("1 1", ["1 2"]) == (2, 3)


def test_everything_set_apart_is_nothing_set_apart() -> None:
    assert differing("21cm 白", ["24cm 白", "21cm 青"], whole=False) == (0, 0)
    assert differing("21cm 白", ["24cm 白"], whole=False) == (0, 4)
