"""Amazon.co.jp as practice plays it: one seller."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from jpship_gui.domain.clock import now_utc
from jpship_gui.practice.amazon.play import AmazonPlay
from jpship_gui.practice.amazon.reports import write_reports
from jpship_gui.practice.amazon.samples import JST, sample_orders
from jpship_gui.practice.amazon.server import AmazonServer
from jpship_gui.practice.amazon.shops import MAIN, SHOPS, open_shop
from jpship_gui.practice.markets import PracticeMarket

_MADE = time(23, 55)  # when the reports of a day are made


def opening(day: date, orders: int, plain: bool) -> AmazonServer:
    """See `PracticeMarket`."""
    play = AmazonPlay(now_utc)
    open_shop(play, MAIN, sample_orders(orders, day, plain))
    return AmazonServer(play)


def files(day: date, orders: int, plain: bool, folder: Path) -> list[Path]:
    """See `PracticeMarket`."""
    return write_reports(folder, sample_orders(orders, day, plain), datetime.combine(day, _MADE, JST))


MARKET = PracticeMarket("amazon", SHOPS, opening, files, write="confirmShipment")
