"""What scales type (PL-11)."""

import pytest

from jpship_gui.domain.planning.scale import grams_of


@pytest.mark.parametrize(
    ("typed", "grams"),
    [
        ("ST,+001.250kg", 1250),
        ("ST,GS,+  0.480kg", 480),
        ("ST,NT,+0000.75kg", 750),
        ("1.25", 1250),
        ("１．２５", 1250),
        ("1,25", 1250),
        ("850g", 850),
        ("８５０ｇ", 850),
        ("0.0005", 1),
        ("  2 kg\r\n", 2000),
        ("ST,+00350 g", 350),
    ],
)
def test_weights(typed: str, grams: int) -> None:
    assert grams_of(typed) == grams


@pytest.mark.parametrize(
    "typed",
    [
        "US,+001.250kg",
        "OL",
        "",
        "kg",
        "-0.5",
        "ST,-001.250kg",
        "0",
        "2 lb",
        "1.2.5",
        "4912345678904",
        "５０００kg",
    ],
)
def test_what_is_no_weight_at_rest(typed: str) -> None:
    assert grams_of(typed) is None
