"""Japanese line breaking."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.documents.linebreak import NOT_AT_END, NOT_AT_START, wrap


class _Grid(dict[str, float]):
    """Every character one unit wide, narrow ones half."""

    def __missing__(self, character: str) -> float:
        return 1.0 if unicodedata.east_asian_width(character) in "FWA" else 0.5


GRID = _Grid()


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("あいうえおかき", 3, ["あいう", "えおか", "き"]),
        ("あいう。えお", 3, ["あい", "う。え", "お"]),
        ("あい「うえ」お", 3, ["あい", "「う", "え」お"]),
        ("コーヒーカップ", 3, ["コー", "ヒー", "カップ"]),
        ("価格は￥1,234円です", 5, ["価格は", "￥1,234円", "です"]),
        ("北浜1-2-3番", 4, ["北浜", "1-2-3番"]),
        ("ことり町12番11号の家", 5, ["ことり町", "12番11号の", "家"]),
        ("three little birds", 4, ["three", "little", "birds"]),
        ("一行\n二行", 9, ["一行", "二行"]),
        ("", 3, [""]),
    ],
)
def test_lines_break_where_a_reader_expects(text: str, limit: float, lines: list[str]) -> None:
    assert wrap(text, GRID, limit) == lines


def test_a_word_wider_than_a_line_is_cut_after_a_hyphen_where_it_can() -> None:
    assert wrap("item-number-0123456", GRID, 6) == ["item-number-", "0123456"]
    assert wrap("x" * 10, GRID, 2) == ["xxxx", "xxxx", "xx"]


JAPANESE = st.text(alphabet="あア漢字ー、。「」（）ッゃ12-, ab\n", max_size=60)


@given(JAPANESE, st.integers(min_value=2, max_value=12))
def test_nothing_is_lost_but_blanks_and_no_line_is_too_wide(text: str, limit: int) -> None:
    lines = wrap(text, GRID, limit)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(sum(GRID[c] for c in line.rstrip()) <= limit for line in lines)


@given(st.text(alphabet="あ漢、。」ッ「（", min_size=1, max_size=40))
def test_no_line_begins_or_ends_with_what_may_not(text: str) -> None:
    for before, after in pairwise(wrap(text, GRID, 12)):
        glued = after[0] in NOT_AT_START or before[-1] in NOT_AT_END
        assert not glued or _unbreakable(before, after)


def _unbreakable(before: str, after: str) -> bool:
    """Whether the line has no place to break at: a run of signs longer than the line."""
    joined = before + after
    places = range(1, len(before) + 1)
    return all(joined[i] in NOT_AT_START or joined[i - 1] in NOT_AT_END for i in places)
