"""The practice shops: who they are and which orders they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        """By the fields the shop's connector asks for."""
        return {"service_secret": self.service_secret, "license_key": self.license_key}


MAIN = PracticeShop("楽天 練習店", "rakuten", "900001", "SP900001_practice_only", "SL900001_practice_only")
SECOND = PracticeShop(
    "楽天 練習2号店", "rakuten", "900002", "SP900002_practice_only", "SL900002_practice_only"
)
SHOPS = (MAIN, SECOND)


def open_shop(play: RakutenPlay, shop: PracticeShop, rows: Sequence[Row]) -> None:
    """Open a shop on the practice marketplace with the orders of these rows that carry its number."""
    own = [row for row in rows if row["注文番号"].startswith(f"{shop.number}-")]
    play.open_shop(shop.number, shop.service_secret, shop.license_key, models_from_rows(own))


def settings_of(shop: PracticeShop, url: str) -> dict[str, str]:
    """Settings of the shop's account at a desk that practises: quick, on this computer, with an invented sender."""
    return {
        "shop_number": shop.number,
        "api.url": url,
        "api.pace_ms": "0",
        "api.timeout_s": "2",
        "confirm.deadline_s": "30",
        "confirm.poll_ms": "50",
        "confirm.settle_s": "1",
        "sender.name": shop.name,
        "sender.postal_code": "541-0041",
        "sender.address": "大阪府大阪市中央区北浜9-9-9",
        "sender.phone": "03-0000-0000",
        "sender.email": "desk@example.jp",
        "yamato.customer_code": "0300000000",
        **_WAYS[shop.number],
    }


# The main shop packs by scanning goods and trusts the carrier's file; the other scans slip and waybill twice.
_WAYS = {
    MAIN.number: {"pack.goods": "on", "pack.proof": "file"},
    SECOND.number: {"pack.goods": "off", "pack.proof": "double", "rakuten.sync": "on"},
}
