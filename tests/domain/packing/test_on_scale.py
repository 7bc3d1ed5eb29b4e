"""Which lines of a scale that never stops talking are taken."""

from __future__ import annotations

from jpship_gui.domain.packing.on_scale import OnScale
from jpship_gui.domain.packing.weight import read_scale
from jpship_gui.flows.pack.scales import scale_formats


def taken(*lines: tuple[str, bool], step: float = 0.1) -> list[str]:
    """Lines that are taken of (line, whether a weight is waited for), so many seconds apart."""
    scale, found = OnScale(), []
    for n, (line, wanted) in enumerate(lines):
        reading = read_scale(line, scale_formats())
        assert reading is not None
        if scale.heard(reading, 100 + n * step, wanted=wanted):
            found.append(line)
    return found


A, A2, B, NONE, MOVES = (
    "ST,GS,+0.415kg",
    "ST,GS,+0.416kg",
    "ST,GS,+0.812kg",
    "ST,GS,+0.000kg",
    "US,GS,+0.300kg",
)


def test_a_stream_is_taken_once_when_it_is_wanted() -> None:
    assert taken((NONE, True), (MOVES, True), (A, False), (A, True), (A2, True), (A, True)) == [A]


def test_a_parcel_left_on_the_scale_is_not_the_next_ones_weight() -> None:
    assert taken((A, True), (A, False), (MOVES, False), (A, True), (A2, True)) == [A]


def test_the_next_parcel_of_the_same_weight_is_taken_once_the_scale_was_empty() -> None:
    assert taken((A, True), (MOVES, False), (NONE, False), (MOVES, True), (A, True)) == [A, A]


def test_a_piece_put_in_on_the_scale_is_a_new_weight() -> None:
    assert taken((A, True), (MOVES, True), (B, True), (B, True)) == [A, B]


def test_each_line_of_a_scale_that_speaks_on_a_key_counts() -> None:
    assert taken((A, True), (A, True), step=5) == [A, A]
