"""Whatever the number of lines: the next one is in sight and large, nothing leaves the zone, nothing overlaps."""

from __future__ import annotations

from itertools import pairwise

import pytest

from jpship_gui.ui.pack.goods_layout import FULL, LOW, STRIP, Arranged, arrange
from jpship_gui.ui.pack.screen import Good

ROOM = 468.0


def goods(count: int, done: int, following: int | None) -> list[Good]:
    """`done` lines are packed, skipping the next one."""
    made = []
    left = done
    for index in range(count):
        packed = index != following and left > 0
        left -= packed
        made.append(Good("皿", str(index), "", 2, 2 if packed else 0, next=index == following))
    return made


def whole(arranged: Arranged, count: int) -> None:
    """Nothing lost, nothing twice, nothing outside."""
    assert len(arranged.rows) + arranged.done + arranged.more == count
    assert len({placed.index for placed in arranged.rows}) == len(arranged.rows)
    for one, other in pairwise(arranged.rows):
        assert one.top + one.height <= other.top
    foot = ROOM - (STRIP if arranged.more else 0.0)
    last = arranged.rows[-1]
    assert last.top + last.height <= foot + 1
    assert arranged.rows[0].top >= (STRIP if arranged.done else 0.0)


@pytest.mark.parametrize("count", range(1, 31))
def test_the_next_line_is_always_in_sight_and_large(count: int) -> None:
    for done in range(count):
        for following in range(count):
            arranged = arrange(goods(count, done, following), ROOM)
            whole(arranged, count)
            (placed,) = (one for one in arranged.rows if one.index == following)
            assert placed.height >= min(FULL, ROOM * 0.45)
            assert placed.height == max(one.height for one in arranged.rows)


@pytest.mark.parametrize("count", range(1, 31))
def test_nothing_expected_shows_what_fits(count: int) -> None:
    whole(arrange(goods(count, count, None), ROOM), count)


def test_two_lines_are_both_large_as_drawn() -> None:
    assert [placed.height for placed in arrange(goods(2, 0, 0), 472.0).rows] == [FULL, FULL]


def test_done_lines_shrink_before_open_ones() -> None:
    arranged = arrange(goods(4, 2, 2), ROOM)
    heights = {placed.index: placed.height for placed in arranged.rows}
    assert heights[0] < LOW <= heights[3] < heights[2]


def test_no_goods_no_rows() -> None:
    assert arrange([], ROOM) == Arranged(())
