"""Rakuten as practice plays it: two shops of one marketplace."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jpship_gui.domain.clock import now_utc
from jpship_gui.practice.markets import PracticeMarket
from jpship_gui.practice.rakuten.orders import RakutenPlay
from jpship_gui.practice.rakuten.samples import rakuten_rows, write_csv
from jpship_gui.practice.rakuten.server import RakutenServer
from jpship_gui.practice.rakuten.shops import SHOPS, open_shop


def opening(day: date, orders: int, plain: bool) -> RakutenServer:
    """See `PracticeMarket`."""
    play = RakutenPlay(now_utc)
    for shop in SHOPS:
        open_shop(play, shop, rakuten_rows(orders, shop=shop.number, day=day, plain=plain))
    return RakutenServer(play)


def files(day: date, orders: int, plain: bool, folder: Path) -> list[Path]:
    """See `PracticeMarket`."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        write_csv(
            folder / f"orders_{shop.number}.csv",
            rakuten_rows(orders, shop=shop.number, day=day, plain=plain),
        )
        for shop in SHOPS
    ]


MARKET = PracticeMarket("rakuten", SHOPS, opening, files)
