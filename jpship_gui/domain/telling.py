"""Which numbers of a shipment a marketplace is told, and which are kept because it takes no more (PL-04)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from jpship_gui.domain.confirmation import ConfirmedLine, ConfirmedParcel

LINE = "line"
Divided = tuple[tuple[ConfirmedParcel, ...], tuple[ConfirmedParcel, ...]]


def told_and_kept(
    parcels: Sequence[ConfirmedParcel],
    each: str,
    numbers: int,
    lines: Sequence[ConfirmedLine],
    earlier: Sequence[ConfirmedParcel] = (),
) -> Divided:
    """The parcels to be told and those to be kept, in their order.

    `each` and `numbers` are as `Takes` has them (0 = no limit known): for a package or an order as a whole the first
    numbers are told. Where each line has numbers of its own, parcels are told with the lines in them, and pieces whose
    number is one too many for their line are told with the line's last number; where nobody knows what lies in which
    parcel, the first number stands for everything. `lines` is all that is told of, `earlier` what was told before.
    """
    if each != LINE:
        room = max(numbers - len(earlier), 0) if numbers else len(parcels)
        return tuple(parcels[:room]), tuple(parcels[room:])
    if not all(parcel.lines for parcel in parcels):
        first = tuple(replace(parcel, lines=tuple(lines)) for parcel in parcels[:1])
        return first, tuple(parcels[1:])
    return _line_by_line(parcels, numbers, earlier)


def _line_by_line(
    parcels: Sequence[ConfirmedParcel], numbers: int, earlier: Sequence[ConfirmedParcel]
) -> Divided:
    given = Counter(line.line_id for parcel in earlier for line in parcel.lines)
    pieces: list[Counter[str]] = []  # by line, for each parcel
    last: dict[str, Counter[str]] = {}  # line → the last parcel it is told with
    for parcel in parcels:
        mine: Counter[str] = Counter()
        pieces.append(mine)
        for line in parcel.lines:
            if not numbers or given[line.line_id] < numbers:
                given[line.line_id] += 1
                last[line.line_id] = mine
            target = last.get(line.line_id)
            if target is not None:
                target[line.line_id] += line.quantity
    told, kept = [], []
    for parcel, mine in zip(parcels, pieces, strict=True):
        if mine:
            told.append(replace(parcel, lines=tuple(ConfirmedLine(*item) for item in mine.items())))
        else:
            kept.append(parcel)
    return tuple(told), tuple(kept)
