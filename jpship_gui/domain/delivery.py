"""Delivery slots in jpship's own codes, common to marketplaces and carriers."""

from __future__ import annotations

SLOT_NONE = ""
SLOT_MORNING = "am"
SLOT_AFTERNOON = "pm"
SLOT_OTHER = "other"


def slot_of_hours(start: int, end: int) -> str:
    """Code of a slot such as 14–16 o'clock; ValueError unless 0 ≤ start < end ≤ 24."""
    if not 0 <= start < end <= 24:
        raise ValueError(f"no slot from {start} to {end}")
    return f"{start:02d}{end:02d}"
