"""What a scale types: `ST,+001.250kg`, `1.25`, full-width digits (PL-11)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_UNITS = {"": Decimal(1000), "KG": Decimal(1000), "G": Decimal(1)}
_READING = re.compile(
    r"(?:(?P<state>ST|US|OL|QT)[,;:\s]*)?(?:(?P<kind>GS|NT|TR|G|N)[,;:\s]+)?"
    r"(?P<sign>[+-]?)\s*(?P<number>\d+(?:[.,]\d+)?|[.,]\d+)\s*(?P<unit>KG|G)?"
)
_NOT_AT_REST = frozenset({"US", "OL"})  # still moving, overloaded
_MOST = Decimal(1_000_000)


def grams_of(text: str) -> int | None:
    """Whole grams (halves up); without a unit kilograms. None for whatever is no weight at rest: a scale that still
    moves, nothing on it, less than nothing, another unit."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip().upper()
    read = _READING.fullmatch(plain)
    if read is None or read["state"] in _NOT_AT_REST or read["sign"] == "-":
        return None
    grams = Decimal(read["number"].replace(",", ".")) * _UNITS[read["unit"] or ""]
    whole = int(grams + Decimal("0.5"))
    return whole if 0 < whole <= _MOST else None
