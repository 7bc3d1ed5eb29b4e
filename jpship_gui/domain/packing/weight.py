"""What a scale types, what a parcel should weigh, and what is missing where it does not (PK-22)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

_UNITS = {"KG": Decimal(1000), "G": Decimal(1)}
_BARE = re.compile(r"(?P<sign>[+-])?\s*(?P<number>\d{1,7}(?:[.,]\d{1,4})?)")
_MOST = 1_000_000  # grams


@dataclass(frozen=True, slots=True)
class ScaleFormat:
    """One way a scale writes a weight; `moving` are the states in which nobody may use it."""

    id: str
    pattern: re.Pattern[str]
    moving: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ScaleReading:
    """A line that is a weight; `grams` is None while the scale is `moving` or overloaded, and where it is empty."""

    grams: int | None
    moving: bool = field(default=False, compare=False)


def read_scale(text: str, formats: Sequence[ScaleFormat], prefix: str = "") -> ScaleReading | None:
    """A line of a scale; None for whatever is no weight.

    Only a unit or the shop's own prefix tells a weight from goods and numbers. Behind the prefix the unit may be
    missing: a number with a point then means kilograms, one without grams.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip().upper()
    start = unicodedata.normalize("NFKC", prefix).strip().upper()
    if start:
        marked = plain.startswith(start)
        if marked:
            plain = plain.removeprefix(start).strip()
            bare = _BARE.fullmatch(plain)
            if bare is not None:
                unit = "KG" if re.search(r"[.,]", bare["number"]) else "G"
                return ScaleReading(_grams(bare["sign"], bare["number"], unit))
        # without the prefix a unit still tells: a second scale may send none
    for form in formats:
        read = form.pattern.fullmatch(plain)
        if read is None:
            continue
        found = read.groupdict()
        if (found.get("state") or "") in form.moving:
            return ScaleReading(None, moving=True)
        return ScaleReading(_grams(found.get("sign"), read["number"], read["unit"]))
    return None


def grams_in(text: str, formats: Sequence[ScaleFormat], prefix: str = "") -> int | None:
    """The weight of a line in whole grams, None where it is none or nobody may use it."""
    read = read_scale(text, formats, prefix)
    return read.grams if read else None


def _grams(sign: str | None, number: str, unit: str) -> int | None:
    whole = int(Decimal(number.replace(",", ".")) * _UNITS[unit] + Decimal("0.5"))
    return whole if sign != "-" and 0 < whole <= _MOST else None


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a shop wants of the scale: `stop` at a wrong weight or only warn, `after` the waybill or before it. The
    packaging's grams, and how far off is still right: the larger of the two."""

    stop: bool = False
    after: bool = False
    packaging: int = 0
    tolerance_g: int = 0
    tolerance_pct: int = 0


@dataclass(frozen=True, slots=True)
class Portion:
    """Pieces of one line in a box; `grams` of one piece, None where nobody weighed it."""

    line: int
    pieces: int
    grams: int | None


@dataclass(frozen=True, slots=True)
class Due:
    """What a box should weigh, None where it cannot be told, and how far off it may be."""

    grams: int | None
    tolerance: int = 0

    def difference(self, weighed: int) -> int:
        """How far a weight lies outside what is due and right, with its sign; 0 = it is right or cannot be told."""
        if self.grams is None:
            return 0
        off = weighed - self.grams
        return 0 if abs(off) <= self.tolerance else off


def due_of(portions: Sequence[Portion], weighing: Weighing) -> Due:
    """What these pieces should weigh with their packaging. One piece nobody weighed leaves it unknown."""
    if not portions or any(p.grams is None for p in portions):
        return Due(None)
    goods = sum(p.pieces * (p.grams or 0) for p in portions)
    whole = goods + weighing.packaging
    return Due(whole, max(weighing.tolerance_g, whole * weighing.tolerance_pct // 100))


@dataclass(frozen=True, slots=True)
class Suspect:
    """Pieces of one line that would explain a difference: missing where `pieces` is below nothing."""

    line: int
    pieces: int


def suspect(portions: Sequence[Portion], off: int, tolerance: int) -> Suspect | None:
    """The line whose piece weight fits a difference best, in whole pieces; of two that fit alike the fewer pieces.
    Nothing where none fits within the tolerance: then it is not said to be one."""
    fitting = []
    for portion in portions:
        if not portion.grams:
            continue
        pieces = round(abs(off) / portion.grams)
        rest = abs(abs(off) - pieces * portion.grams)
        room = portion.pieces if off < 0 else pieces
        if 1 <= pieces <= room and rest <= tolerance and 2 * rest < portion.grams:
            fitting.append((rest, pieces, portion.line))
    if not fitting:
        return None
    _, pieces, line = min(fitting)
    return Suspect(line, -pieces if off < 0 else pieces)


def unnoticed(portions: Sequence[Portion], due: Due) -> tuple[int, ...]:
    """Lines one piece of which may be missing without the scale telling: they weigh no more than the tolerance."""
    return tuple(p.line for p in portions if p.grams is not None and p.grams <= due.tolerance)
