"""Numbers that went through a spreadsheet: what was lost, and which originals are still possible."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

_EXPONENT = re.compile(r"([0-9])(?:\.([0-9]+))?[eE]\+?([0-9]{1,2})")
_DECIMAL_ZERO = re.compile(r"([0-9]+)\.0+")
_MOST_LOST = 2  # digits; more leave hundreds of candidates, of which a check digit lets one in ten pass


@dataclass(frozen=True, slots=True)
class DamagedNumber:
    """A cell that no longer holds the number written there: `code` exponent, decimal, lost_zero or rounded.

    `candidates` are the originals the cell and the check allow; exactly one is a repair, anything else is
    not.
    """

    found: str
    code: str
    candidates: tuple[str, ...]

    @property
    def repaired(self) -> str | None:
        """The only possible original, else None."""
        return self.candidates[0] if len(self.candidates) == 1 else None


def damaged_number(cell: str, digits: int, holds: Callable[[str], bool]) -> DamagedNumber | None:
    """What a spreadsheet did to an identifier of `digits` digits; None where the cell shows no damage.

    `holds` is the check digit; an intact number and a text that never was one are both None.
    """
    text = cell.strip().lstrip("'")
    exponent = _EXPONENT.fullmatch(text)
    if exponent:
        return DamagedNumber(cell, "exponent", _unrounded(exponent, digits, holds))
    decimal = _DECIMAL_ZERO.fullmatch(text)
    if decimal:
        whole = decimal[1].zfill(digits)
        return DamagedNumber(cell, "decimal", (whole,) if len(whole) == digits and holds(whole) else ())
    if not (text.isascii() and text.isdigit()):
        return None
    if len(text) == digits and text.endswith("000000") and digits >= 12:
        return DamagedNumber(cell, "rounded", ())
    if 0 < digits - len(text) <= _MOST_LOST and not text.startswith("0"):
        whole = text.zfill(digits)
        return DamagedNumber(cell, "lost_zero", (whole,) if holds(whole) else ())
    return None


def _unrounded(exponent: re.Match[str], digits: int, holds: Callable[[str], bool]) -> tuple[str, ...]:
    """Whole numbers a spreadsheet shows as this exponent; none where more digits are gone than can be
    told."""
    decimals, power = exponent[2] or "", int(exponent[3])
    lost = power - len(decimals)
    if not 0 <= lost <= _MOST_LOST or power >= digits:
        return ()
    shown = int(Decimal(f"{exponent[1]}.{decimals or 0}").scaleb(power))
    half = 10**lost // 2
    near = range(max(shown - half, 0), shown + half + 1) if lost else (shown,)
    return tuple(text for n in near if len(text := str(n).zfill(digits)) == digits and holds(text))
