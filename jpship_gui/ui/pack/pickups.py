"""Carriers' pick-ups still to come today."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from jpship_gui.domain.clock import to_jst
from jpship_gui.ui import names
from jpship_gui.ui.pack.screen import Pickup

_NEAR = timedelta(minutes=45)


def pickups(kept: Any, now: datetime) -> tuple[Pickup, ...]:
    """Carriers still to come today, with the time left; `kept` is the desk's setting {carrier: "HH:MM"}."""
    there = to_jst(now)
    found = []
    for carrier, words in sorted(dict(kept).items(), key=lambda item: str(item[1])):
        hour, _, minute = str(words).partition(":")
        if not (hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
            continue
        at = there.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
        if at >= there:
            left = at - there
            found.append(
                Pickup(str(carrier), names.carrier_name(str(carrier)), names.span_words(left), left < _NEAR)
            )
    return tuple(found)
