"""Japan's public holidays as data, read once."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

from jpship_gui.settings.places import resources


@cache
def public_holidays() -> frozenset[date]:
    """Every public holiday the shipped table knows, substitute days included."""
    with (resources() / "check" / "holidays.json").open(encoding="utf-8") as file:
        return frozenset(map(date.fromisoformat, json.load(file)["days"]))
