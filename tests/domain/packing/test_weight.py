"""Weights: what scales type, what a parcel should weigh, which piece is missing (PK-22)."""

from __future__ import annotations

import pytest

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.kinds import read_number
from jpship_gui.domain.packing.weight import (
    Due,
    Portion,
    ScaleReading,
    Suspect,
    Weighing,
    due_of,
    grams_in,
    read_scale,
    suspect,
    unnoticed,
)
from jpship_gui.flows.pack.scales import scale_formats, scale_samples
from tests.domain.packing.small_world import FORMS, number


@pytest.mark.parametrize(("name", "line", "grams"), scale_samples())
def test_every_sample_means_what_it_says(name: str, line: str, grams: int | None) -> None:
    assert read_scale(line + "\r\n", scale_formats()) == ScaleReading(grams)
    own = [form for form in scale_formats() if form.id == name]
    assert read_scale(line, own) == ScaleReading(grams), f"{line!r} is read by another format"


@pytest.mark.parametrize("line", ["１．２３４ｋｇ", "1.234 KG", "+1.234kg"])
def test_full_width_and_signs(line: str) -> None:
    assert grams_in(line, scale_formats()) == 1234


@pytest.mark.parametrize(
    "text",
    [
        *("1.234", "512", "4901234567894", "490123456789", number(1), "JP0000013", make_key(7), "JPTICK12"),
        *("MUG-300-BL", "500", "", "G", "KG", "12 lb", "ST,GS,", "A1234567890A", "500GB", "500G-RED"),
    ],
)
def test_what_has_no_unit_is_no_weight(text: str) -> None:
    assert read_scale(text, scale_formats()) is None


def test_no_weight_is_a_tracking_number() -> None:
    for _, line, _ in scale_samples():
        assert read_number(line, FORMS, "yamato").state.value == "no"


@pytest.mark.parametrize(
    ("line", "grams"),
    [("W512", 512), ("W 0.512", 512), ("w1.5kg", 1500), ("W ST,GS,+ 0.512kg", 512), ("W-5", None)],
)
def test_behind_the_prefix_the_unit_may_be_missing(line: str, grams: int | None) -> None:
    assert read_scale(line, scale_formats(), "W") == ScaleReading(grams)
    assert grams_in("0.512kg", scale_formats(), "W") == 512  # a second scale without it


def test_nothing_on_the_scale_is_no_weight_to_use() -> None:
    assert read_scale("0.000kg", scale_formats()) == ScaleReading(None)


BOX = (Portion(0, 2, 312), Portion(1, 1, 80))


def test_due_is_goods_and_packaging_with_the_larger_tolerance() -> None:
    assert due_of(BOX, Weighing(packaging=120, tolerance_g=10, tolerance_pct=3)) == Due(824, 24)
    assert due_of(BOX, Weighing(packaging=120, tolerance_g=30, tolerance_pct=3)) == Due(824, 30)
    assert due_of((*BOX, Portion(2, 1, None)), Weighing()) == Due(None)


def test_the_edge_of_the_tolerance_is_right() -> None:
    due = Due(824, 24)
    assert [due.difference(g) for g in (800, 848, 799, 849)] == [0, 0, -25, 25]


@pytest.mark.parametrize(
    ("off", "found"),
    [
        (-312, Suspect(0, -1)),
        (-300, Suspect(0, -1)),
        (-630, Suspect(0, -2)),
        (-82, Suspect(1, -1)),
        (80, Suspect(1, 1)),
        (312, Suspect(0, 1)),
        (-936, None),  # three mugs: there are only two
        (-150, None),
        (40, None),
    ],
)
def test_the_piece_that_fits_the_difference(off: int, found: Suspect | None) -> None:
    assert suspect(BOX, off, 15) == found


def test_pieces_too_light_to_be_missed_are_named() -> None:
    assert unnoticed((Portion(0, 1, 312), Portion(1, 3, 24)), Due(384, 24)) == (1,)
