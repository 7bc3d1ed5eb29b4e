"""Which numbers are told and which are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.domain.confirmation import ConfirmedLine, ConfirmedParcel
from jpship_gui.domain.telling import told_and_kept


def parcel(no: int, **lines: int) -> ConfirmedParcel:
    inside = tuple(ConfirmedLine(line, pieces) for line, pieces in lines.items())
    return ConfirmedParcel(f"K{no}", "yamato", "1001", f"number {no}", lines=inside, no=no)


ALL = (ConfirmedLine("a", 2), ConfirmedLine("b", 1))


@pytest.mark.parametrize(
    ("numbers", "count", "told", "kept"),
    [(0, 21, 21, 0), (20, 21, 20, 1), (20, 20, 20, 0), (2, 3, 2, 1), (1, 3, 1, 2), (1, 1, 1, 0)],
)
@pytest.mark.parametrize("each", ["package", "order"])
def test_the_first_numbers_of_a_package_or_order(
    each: str, numbers: int, count: int, told: int, kept: int
) -> None:
    parcels = [parcel(n) for n in range(1, count + 1)]
    first, rest = told_and_kept(parcels, each, numbers, ALL)
    assert (first, rest) == (tuple(parcels[:told]), tuple(parcels[told:]))
    assert len(rest) == kept


def test_what_was_told_before_counts() -> None:
    told, kept = told_and_kept([parcel(2), parcel(3)], "package", 2, ALL, earlier=[parcel(1)])
    assert ([p.no for p in told], [p.no for p in kept]) == ([2], [3])


def test_line_by_line_each_parcel_is_told_with_what_lies_in_it() -> None:
    parcels = [parcel(1, a=1), parcel(2, a=1, b=1)]
    assert told_and_kept(parcels, "line", 0, ALL) == (tuple(parcels), ())


def test_one_number_a_line_tells_all_its_pieces_with_the_first() -> None:
    told, kept = told_and_kept([parcel(1, a=1), parcel(2, a=1, b=1), parcel(3, b=1)], "line", 1, ALL)
    assert told == (parcel(1, a=2), parcel(2, b=2))
    assert kept == (parcel(3, b=1),)


def test_without_contents_the_first_number_stands_for_everything() -> None:
    told, kept = told_and_kept([parcel(1), parcel(2), parcel(3, a=1)], "line", 0, ALL)
    assert told == (parcel(1, a=2, b=1),)
    assert kept == (parcel(2), parcel(3, a=1))


boxes = st.lists(
    st.dictionaries(st.sampled_from("abc"), st.integers(1, 3), min_size=1), min_size=1, max_size=6
)


@given(boxes, st.integers(0, 4))
def test_nothing_is_dropped_and_no_piece_told_twice(contents: list[dict[str, int]], numbers: int) -> None:
    parcels = [parcel(n, **lines) for n, lines in enumerate(contents, start=1)]
    pieces: dict[str, int] = {}
    for lines in contents:
        for line, count in lines.items():
            pieces[line] = pieces.get(line, 0) + count
    every = [ConfirmedLine(line, count) for line, count in pieces.items()]
    told, kept = told_and_kept(parcels, "line", numbers, every)
    assert sorted(p.no for p in (*told, *kept)) == [p.no for p in parcels]
    said: dict[str, int] = {}
    for one in told:
        for line in one.lines:
            said[line.line_id] = said.get(line.line_id, 0) + line.quantity
    assert said == pieces
    if numbers:
        for line in pieces:
            assert sum(any(x.line_id == line for x in one.lines) for one in told) <= numbers
