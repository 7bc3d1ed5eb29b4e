"""FedEx Express: its numbers are known; no file is written for its tool yet."""

from __future__ import annotations

from jpship_gui.carriers.base import Carrier
from jpship_gui.carriers.load import numbers, tracking_url

CARRIER = Carrier(
    id="fedex",
    name="FedEx",
    full_name="FedEx Express",
    numbers=numbers(__name__),
    tracking_url=tracking_url(__name__),
)
