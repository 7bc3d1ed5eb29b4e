"""西濃運輸: its numbers are known; no file is written for its tool yet."""

from __future__ import annotations

from jpship_gui.carriers.base import Carrier
from jpship_gui.carriers.load import delivery, numbers, tracking_url

CARRIER = Carrier(
    id="seino",
    name="西濃",
    full_name="西濃運輸",
    numbers=numbers(__name__),
    tracking_url=tracking_url(__name__),
    delivery=delivery(__name__),
)
