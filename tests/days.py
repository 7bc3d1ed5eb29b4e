"""The present day in Japan, asked anew each time: a run of the tests may last over midnight."""

from __future__ import annotations

from datetime import date, timedelta

from jpship_gui.domain.clock import now_utc, to_jst


def today() -> date:
    """Of a Japanese calendar."""
    return to_jst(now_utc()).date()


def yesterday() -> date:
    """The day before."""
    return today() - timedelta(days=1)
