"""A row of the order table as text for other programs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jpship_gui.formats.formulas import disarmed

_BREAKS = re.compile(r"[\t\r\n]+")


def copied(cells: Sequence[str]) -> str:
    """Cells between tabs; pasted into a spreadsheet they fill one row, and none is calculated."""
    return "\t".join(disarmed(_BREAKS.sub(" ", cell).strip()) for cell in cells)
