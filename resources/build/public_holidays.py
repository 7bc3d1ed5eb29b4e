"""Builds resources/check/holidays.json: public holidays, substitute days included, by the library holidays (MIT).

Run as `python resources/build/public_holidays.py` after raising the library's pin. Equinox days beyond next year are
computed, not yet announced; a shop's own open and closed days win.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "check" / "holidays.json"
FIRST, LAST = 2020, 2060


def build(target: Path) -> int:
    """Write the days anew; returns how many."""
    from holidays import country_holidays

    days = sorted(day.isoformat() for day in country_holidays("JP", years=range(FIRST, LAST + 1)))
    source = f"holidays {version('holidays')} (MIT)"
    lines = ",\n  ".join(json.dumps(day) for day in days)
    target.write_text(
        f'{{"source": "{source}", "first": {FIRST}, "last": {LAST}, "days": [\n  {lines}\n]}}\n',
        encoding="utf-8",
    )
    return len(days)


if __name__ == "__main__":
    print(f"{build(TARGET)} days")
