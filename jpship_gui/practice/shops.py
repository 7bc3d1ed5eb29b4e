"""The practice shops: who they are and which orders they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jpship_gui.practice.rakuten_models import Row, models_from_rows
from jpship_gui.practice.rakuten_orders import RakutenPlay


@dataclass(frozen=True, slots=True)
class PracticeShop:
    """An invented shop; its keys open nothing but the practice marketplace."""

    name: str
    marketplace: str
    number: str
    service_secret: str
    license_key: str

    @property
    def secrets(self) -> Mapping[str, str]:
        """By the field names of the connector."""
        return {"service_secret": self.service_secret, "license_key": self.license_key}


MAIN = PracticeShop("楽天 練習店", "rakuten", "900001", "SP900001_practice_only", "SL900001_practice_only")
SECOND = PracticeShop(
    "楽天 練習2号店", "rakuten", "900002", "SP900002_practice_only", "SL900002_practice_only"
)
SHOPS = (MAIN, SECOND)


def open_shop(play: RakutenPlay, shop: PracticeShop, rows: list[Row]) -> None:
    """Open a shop on the practice marketplace with the orders of these rows that carry its number."""
    own = [row for row in rows if row["注文番号"].startswith(f"{shop.number}-")]
    play.open_shop(shop.number, shop.service_secret, shop.license_key, models_from_rows(own))
