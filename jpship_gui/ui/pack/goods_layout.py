"""Which lines of goods are shown how tall: the next one large and always in sight, done ones shrink first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpship_gui.ui.pack.screen import Good

FULL = 226.0  # design pixels, as are all below
GAP = 20.0
LOW = 84.0  # the lowest line that can be read from afar
DONE = 60.0  # a done line
STRIP = 44.0  # a line of words: how many are done, how many follow
LEAST = 340.0  # the lowest zone in which the next line and what is around it can be read
_CLOSE = 12.0  # gap where room is short
_NEXT_SHARE = 0.46


@dataclass(frozen=True, slots=True)
class Placed:
    """One line of goods by its index, from the top of the zone."""

    index: int
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Arranged:
    """What is shown. `done` lines stand as words at `done_top`, `more` lines at the end of the zone."""

    rows: tuple[Placed, ...]
    done: int = 0
    more: int = 0


def arrange(goods: Sequence[Good], room: float) -> Arranged:
    """Rows for a zone of this height."""
    count = len(goods)
    if not count:
        return Arranged(())
    if count * FULL + (count - 1) * GAP <= room + 1:
        return Arranged(_stacked(range(count), [FULL] * count, 0.0, GAP))
    following = next((i for i, good in enumerate(goods) if good.next), None)
    if following is None:
        return _alike(count, room)
    return _around(goods, following, room)


def _alike(count: int, room: float) -> Arranged:
    """Nothing is expected of the goods: all alike, as many as can be read."""
    height = (room - (count - 1) * _CLOSE) / count
    if height >= DONE:
        return Arranged(_stacked(range(count), [min(height, FULL)] * count, 0.0, _CLOSE))
    fit = max(1, int((room - STRIP) // (DONE + _CLOSE)))
    return Arranged(_stacked(range(fit), [DONE] * fit, 0.0, _CLOSE), more=count - fit)


def _around(goods: Sequence[Good], following: int, room: float) -> Arranged:
    """The next one first gets its height; open lines behind and before it share the rest, done ones are words."""
    large = min(FULL, max(room * _NEXT_SHARE, LOW))
    done = [i for i, good in enumerate(goods) if i != following and good.have >= good.need]
    open_ = [i for i, good in enumerate(goods) if i != following and good.have < good.need]
    rest = room - large
    wanted = len(done) * (DONE + _CLOSE) + len(open_) * (LOW + _CLOSE)
    if wanted <= rest:  # every line has its place
        spare = (rest - len(done) * (DONE + _CLOSE)) / len(open_) - _CLOSE if open_ else LOW
        share = dict.fromkeys(done, DONE) | {i: min(spare, large) for i in open_} | {following: large}
        return Arranged(_stacked(range(len(goods)), [share[i] for i in range(len(goods))], 0.0, _CLOSE))
    top = STRIP + _CLOSE if done else 0.0
    left = room - top - large - STRIP - _CLOSE
    fit = max(0, int((left + _CLOSE) // (LOW + _CLOSE)))
    behind = [i for i in open_ if i > following] + [i for i in open_ if i < following]
    shown = [following, *behind[:fit]]
    height = (left - _CLOSE * fit) / fit if fit else 0.0
    tall = [large, *[min(max(height, LOW), FULL)] * (len(shown) - 1)]
    return Arranged(_stacked(shown, tall, top, _CLOSE), len(done), len(open_) - len(shown) + 1)


def _stacked(
    indexes: Sequence[int] | range, heights: Sequence[float], top: float, gap: float
) -> tuple[Placed, ...]:
    made = []
    for index, height in zip(indexes, heights, strict=True):
        made.append(Placed(index, top, height))
        top += height + gap
    return tuple(made)
