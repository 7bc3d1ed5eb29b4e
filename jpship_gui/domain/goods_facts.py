"""What goods weigh, how large they are and how cold they must travel, as far as the goods list says (PL-11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jpship_gui.domain.goods_set import key_of

Sides = tuple[int, int, int]
CHILLED, FROZEN = "chilled", "frozen"
TEMPERATURES = ("", CHILLED, FROZEN)


@dataclass(frozen=True, slots=True)
class Measures:
    """Weight in grams and the three sides in millimetres, the longest first; None = not known."""

    grams: int | None = None
    sides: Sides | None = None

    @property
    def size(self) -> int | None:
        """The sum of the three sides in whole centimetres, rounded up, as carriers count."""
        return None if self.sides is None else -(-sum(self.sides) // 10)


UNMEASURED = Measures()


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """Of one piece."""

    temperature: str = ""
    measures: Measures = UNMEASURED
    shelf: str = ""


@dataclass(frozen=True, slots=True)
class GoodsFacts:
    """Of everything in a shipment: its measures in one box, the temperatures there are in it, its first shelf."""

    measures: Measures = UNMEASURED
    temperatures: tuple[str, ...] = ("",)
    shelf: str = ""

    @property
    def cool(self) -> str:
        """The temperature all of it can travel at, "" for none in particular."""
        return next((one for one in self.temperatures if one), "")


NO_FACTS = GoodsFacts()


def sides_of(length: int | None, width: int | None, height: int | None) -> Sides | None:
    """The three sides, the longest first; None where one is missing."""
    if not length or not width or not height:
        return None
    one, two, three = sorted((length, width, height), reverse=True)
    return one, two, three


def measures_of(pieces: Iterable[tuple[str, int]], known: Mapping[str, ProductFacts]) -> Measures:
    """What (SKU, pieces) come to in one box: weights added up, pieces stacked on their largest face. One piece nobody
    measured leaves the whole unknown."""
    grams: int | None = 0
    sides: Sides | None = (0, 0, 0)
    some = False
    for sku, count in pieces:
        some = True
        facts = known.get(key_of(sku))
        one = facts.measures if facts else UNMEASURED
        grams = None if grams is None or one.grams is None else grams + one.grams * count
        sides = None if sides is None or one.sides is None else _stacked(sides, one.sides, count)
    return Measures(grams, _sorted(sides)) if some else UNMEASURED


def _stacked(below: Sides, piece: Sides, count: int) -> Sides:
    return max(below[0], piece[0]), max(below[1], piece[1]), below[2] + piece[2] * count


def _sorted(sides: Sides | None) -> Sides | None:
    return None if sides is None else sides_of(*sides)


def facts_of(
    pieces: Iterable[tuple[str, int]], known: Mapping[str, ProductFacts], said: str = ""
) -> GoodsFacts:
    """Of (SKU, pieces); `said` is the temperature the order itself names, for goods the list says nothing of."""
    pieces = list(pieces)
    found = [known.get(key_of(sku)) for sku, _ in pieces]
    cold = {(facts.temperature if facts else "") or said for facts in found} or {said}
    shelves = [facts.shelf for facts in found if facts and facts.shelf]
    ordered = tuple(one for one in TEMPERATURES if one in cold)
    return GoodsFacts(measures_of(pieces, known), ordered, min(shelves, default=""))
