"""Tax on papers: amounts by rate, rounded once per paper and rate, and the number of a registered seller.

Whole yen and integers only: a tax that is a yen off is another paper (documents reference, 3.4).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from jpship_gui.domain.fault import Refused

STANDARD_RATE, REDUCED_RATE = 10, 8
STAMP_FROM = 50_000  # yen of a cash-like payment, without the tax that is shown apart
_NUMBER = re.compile(r"T\d{13}")
_LOOSE = re.compile(r"[\s\-‐-―−ー]")


class Rounding(StrEnum):
    """What becomes of a part of a yen; the seller's choice."""

    DOWN = "down"
    UP = "up"
    HALF = "half"


def tax_within(amount: int, rate: int, rounding: Rounding = Rounding.DOWN) -> int:
    """The tax in an amount that includes it; of a negative amount the same with the sign."""
    if amount < 0:
        return -tax_within(-amount, rate, rounding)
    parts, whole = amount * rate, 100 + rate
    if rounding is Rounding.UP:
        return -(-parts // whole)
    if rounding is Rounding.HALF:
        return (2 * parts + whole) // (2 * whole)
    return parts // whole


def shared(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """An amount split in proportion to weights by largest remainder: the parts add up to it to the yen."""
    total = sum(weights)
    if total <= 0:
        return tuple(amount if index == 0 else 0 for index in range(len(weights)))
    parts = [amount * weight // total for weight in weights]
    rests = [amount * weight % total for weight in weights]
    order = sorted(range(len(weights)), key=lambda index: (-rests[index], index))
    for index in order[: amount - sum(parts)]:
        parts[index] += 1
    return tuple(parts)


def by_rate(goods: Iterable[tuple[int, int]], additions: int, deductions: int) -> Mapping[int, int]:
    """Amounts per tax rate (rate, amount; tax included) after deductions, which all rates share; postage and fees are
    taxed at the standard rate. The highest rate first."""
    found: dict[int, int] = {}
    for rate, amount in (*goods, (STANDARD_RATE, additions)):
        found[rate] = found.get(rate, 0) + amount
    rates = sorted((rate for rate, amount in found.items() if amount), reverse=True)
    taken = shared(deductions, [found[rate] for rate in rates]) if rates else ()
    return {rate: found[rate] - part for rate, part in zip(rates, taken, strict=True)}


def registration_no(text: str) -> str:
    """T and 13 digits from what a person typed, "" from nothing; Refused("registration_no") for anything else."""
    bare = _LOOSE.sub("", unicodedata.normalize("NFKC", text)).upper()
    if bare and not bare.startswith("T"):
        bare = f"T{bare}"
    if bare and not _NUMBER.fullmatch(bare):
        raise Refused("registration_no", number=text)
    return bare


def company_digit_holds(number: str) -> bool:
    """Whether a registration number has a company's check digit. A sole proprietor's number need not: no rule of it is
    published, so a mismatch is worth a word and never a refusal (documents reference, 3.2)."""
    digits = [int(digit) for digit in number.removeprefix("T")]
    total = sum(digit * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits[1:]), 1))
    return digits[0] == 9 - total % 9


def stamp_due(paid: int, tax: int, *, cash_like: bool, on_paper: bool) -> bool:
    """Whether a receipt needs a revenue stamp: on paper, for money or the like, of so much without the tax on it."""
    return on_paper and cash_like and paid - tax >= STAMP_FROM
