"""佐川急便: its numbers are known; no file is written for its tool yet."""

from __future__ import annotations

from jpship_gui.carriers.base import Carrier
from jpship_gui.carriers.load import delivery, numbers, tracking_url

CARRIER = Carrier(
    id="sagawa",
    name="佐川",
    full_name="佐川急便",
    numbers=numbers(__name__),
    tracking_url=tracking_url(__name__),
    delivery=delivery(__name__),
)
