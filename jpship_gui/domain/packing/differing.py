"""Which part of a variant tells it from its look-alikes: `21cm 白` beside `24cm 白` is told by `21cm`."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARTS = re.compile(
    r"[0-9A-Za-zＡ-Ｚａ-ｚ０-９.,×]+"  # a size or a code
    r"|[゠-ヿｦ-ﾟ]+|[぀-ゟ]+|[一-鿿々]+|[^\s]"
)
NOWHERE = (0, 0)


def differing(own: str, others: Iterable[str], *, whole: bool = True) -> tuple[int, int]:
    """Where in `own` the part begins and ends that no look-alike has in its place; NOWHERE when there is none.

    With `whole` false, `own` as a whole is no answer: everything set apart is nothing set apart.
    """
    parts = [(m.group(), m.start(), m.end()) for m in _PARTS.finditer(own)]
    touched: set[int] = set()
    for other in others:
        if other == own:
            continue
        touched |= _differing_parts([p[0] for p in parts], [m.group() for m in _PARTS.finditer(other)])
    if not touched or (not whole and len(touched) == len(parts)):
        return NOWHERE
    return parts[min(touched)][1], parts[max(touched)][2]


def _differing_parts(mine: list[str], theirs: list[str]) -> set[int]:
    """Places of my parts that differ: place by place where both have as many, else between the alike ends."""
    if len(mine) == len(theirs):
        return {place for place, part in enumerate(mine) if part != theirs[place]}
    shorter = min(len(mine), len(theirs))
    head = next((i for i in range(shorter) if mine[i] != theirs[i]), shorter)
    tail = next((i for i in range(shorter - head) if mine[-1 - i] != theirs[-1 - i]), shorter - head)
    return set(range(head, len(mine) - tail))
