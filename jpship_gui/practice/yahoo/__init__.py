"""Yahoo! Shopping as the practice marketplace plays it: an invented store, YConnect v2 and the order API."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jpship_gui.domain.clock import now_utc
from jpship_gui.practice.markets import PracticeMarket
from jpship_gui.practice.yahoo.files import write_pair
from jpship_gui.practice.yahoo.gate import Gate
from jpship_gui.practice.yahoo.play import YahooPlay
from jpship_gui.practice.yahoo.samples import yahoo_orders
from jpship_gui.practice.yahoo.server import YahooServer
from jpship_gui.practice.yahoo.shops import SHOPS, open_shop


def _opening(day: date, orders: int, plain: bool) -> YahooServer:
    server = YahooServer(YahooPlay(now_utc), Gate())
    for shop in SHOPS:
        open_shop(server, shop, yahoo_orders(orders, seller=shop.number, day=day, plain=plain))
    return server


def _files(day: date, orders: int, plain: bool, folder: Path) -> list[Path]:
    paths: list[Path] = []
    for n, shop in enumerate(SHOPS, start=1):
        models = yahoo_orders(orders, seller=shop.number, day=day, plain=plain)
        paths += write_pair(folder, models, f"yahoo-{n}")
    return paths


MARKET = PracticeMarket("yahoo", SHOPS, _opening, _files)
