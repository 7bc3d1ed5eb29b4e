"""福山通運: its numbers are known; no file is written for its tool yet."""

from __future__ import annotations

from jpship_gui.carriers.base import Carrier
from jpship_gui.carriers.load import delivery, numbers, tracking_url

CARRIER = Carrier(
    id="fukuyama",
    name="福山通運",
    full_name="福山通運",
    numbers=numbers(__name__),
    tracking_url=tracking_url(__name__),
    delivery=delivery(__name__),
)
