"""How a carrier prints its tracking numbers as bars."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jpship_gui.domain.tracking_no import NumberForm


def letter_of(number: str, forms: Sequence[NumberForm], carrier: str) -> str:
    """The start and stop letter of the NW-7 on the carrier's own waybills, "A" where only that is known that it has
    one; "" where the number holds letters, which NW-7 cannot."""
    for form in forms:
        if form.carrier == carrier and form.letters and re.fullmatch(form.pattern, number):
            return form.letters[0]
    return "A" if number.isdigit() else ""
