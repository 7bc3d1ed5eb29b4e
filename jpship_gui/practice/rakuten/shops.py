"""Rakuten's practice shops and which orders they hold."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.practice.rakuten.models import Row, models_from_rows
from jpship_gui.practice.rakuten.orders import RakutenPlay
from jpship_gui.practice.shops import PracticeShop


def _shop(name: str, number: str, **ways: str) -> PracticeShop:
    keys = {
        "service_secret": f"SP{number}_practice_only",
        "license_key": f"SL{number}_practice_only",
    }
    settings = {"shop_number": number, **{key.replace("_", ".", 1): value for key, value in ways.items()}}
    return PracticeShop(name, "rakuten", number, keys, settings)


# The main shop packs by scanning goods and trusts the carrier's file; the other scans slip and waybill twice.
MAIN = _shop("楽天 練習店", "900001", pack_goods="on", pack_proof="file")
SECOND = _shop("楽天 練習2号店", "900002", pack_goods="off", pack_proof="double", rakuten_sync="on")
SHOPS = (MAIN, SECOND)


def open_shop(play: RakutenPlay, shop: PracticeShop, rows: Sequence[Row]) -> None:
    """Open a shop on the practice marketplace with the orders of these rows that carry its number."""
    own = [row for row in rows if row["注文番号"].startswith(f"{shop.number}-")]
    play.open_shop(
        shop.number, shop.secrets["service_secret"], shop.secrets["license_key"], models_from_rows(own)
    )
