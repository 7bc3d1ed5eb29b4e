"""Days at the scale: pieces left out, one too many, another variant; pieces and boxes that weigh a little more or less than
the list says (PK-22)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

import pytest

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.weight import Weighing
from jpship_gui.domain.packing.world import PackLine
from tests.domain.packing.small_world import a_bench, a_view

SEED = 20261128
PARCELS = 12_000
TOLERANCE = 30  # grams
PACKAGING = 120
BOX_NOISE = 12  # grams either way
PIECE_NOISE = 0.01  # of a piece's weight, either way
GOODS = {"STICKER": 6, "CARD": 20, "SPOON": 45, "TEA": 110, "MUG": 312, "PLATE": 540, "PAN": 1450}


@dataclass
class Told:
    """What the scale said of parcels with one mistake, by mistake and how the piece compares with the tolerance."""

    stopped: Counter[tuple[str, str]] = field(default_factory=Counter)
    made: Counter[tuple[str, str]] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)


def weighed(dice: Random, goods: dict[str, int]) -> int:
    """What the scale shows of these pieces in their box."""
    whole = PACKAGING + dice.uniform(-BOX_NOISE, BOX_NOISE)
    for sku, count in goods.items():
        whole += sum(GOODS[sku] * (1 + dice.uniform(-PIECE_NOISE, PIECE_NOISE)) for _ in range(count))
    return max(1, round(whole))


def size(difference: int, noise: float) -> str:
    """Whether a difference can be told from noise and tolerance: always, perhaps, never."""
    if difference > TOLERANCE + noise:
        return "above"
    return "below" if difference <= TOLERANCE - noise else "near"


def play() -> Told:
    """The days."""
    dice, told = Random(SEED), Told()
    for serial in range(1, PARCELS + 1):
        goods = {
            sku: dice.choice((1, 1, 1, 2, 3)) for sku in dice.sample(list(GOODS), dice.choice((1, 1, 2, 3)))
        }
        lines = tuple(PackLine(sku, n, frozenset({sku}), sku, grams=GOODS[sku]) for sku, n in goods.items())
        key = make_key(serial)
        bench = a_bench(
            a_view(key, lines=lines, weighing=Weighing(stop=True, packaging=PACKAGING, tolerance_g=TOLERANCE))
        )
        bench.scan(key)
        mistake = dice.choice(("none", "missing", "extra", "variant"))
        inside, sku = dict(goods), dice.choice(list(goods))
        difference = 0
        if mistake == "missing":
            inside[sku] -= 1
            difference = GOODS[sku]
        elif mistake == "extra":
            inside[sku] += 1
            difference = GOODS[sku]
        elif mistake == "variant":
            other = dice.choice([one for one in GOODS if one != sku])
            inside[sku] -= 1
            inside[other] = inside.get(other, 0) + 1
            difference = abs(GOODS[sku] - GOODS[other])
        noise = BOX_NOISE + PIECE_NOISE * sum(GOODS[one] * n for one, n in inside.items()) + 1
        answer = bench.scan(f"{weighed(dice, inside)} g")
        stopped = answer.outcome is Outcome.NG_WEIGHT
        if mistake == "none":
            quiet = noise <= TOLERANCE  # else the list itself says less than the tolerance asks
            told.right["stopped" if stopped else "passed"] += quiet
            continue
        kind = (mistake, size(difference, noise))
        told.made[kind] += 1
        told.stopped[kind] += stopped
        if stopped and mistake == "missing" and answer.reason == "missing":
            told.named[
                "right" if answer.values["goods"] == sku and answer.values["pieces"] == "1" else "other"
            ] += 1
    return told


@pytest.fixture(scope="module")
def told() -> Told:
    return play()


@pytest.mark.parametrize("mistake", ["missing", "extra", "variant"])
def test_every_mistake_heavier_than_tolerance_and_noise_is_stopped(told: Told, mistake: str) -> None:
    kind = (mistake, "above")
    assert told.made[kind] > 1000
    assert told.stopped[kind] == told.made[kind]


def test_what_weighs_less_than_the_tolerance_passes_and_is_no_promise(told: Told) -> None:
    kind = ("missing", "below")
    assert told.made[kind] > 100
    assert told.stopped[kind] == 0


def test_a_parcel_that_is_right_is_not_stopped(told: Told) -> None:
    assert told.right["passed"] > 1000
    assert told.right["stopped"] == 0


def test_the_missing_piece_is_named_rightly_as_a_rule(told: Told) -> None:
    assert told.named["right"] > 10 * told.named["other"]
