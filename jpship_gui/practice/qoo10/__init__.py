"""Qoo10 Japan as practice plays it: one shop."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jpship_gui.domain.clock import now_utc
from jpship_gui.practice.markets import PracticeMarket
from jpship_gui.practice.qoo10.exports import write
from jpship_gui.practice.qoo10.play import QooPlay
from jpship_gui.practice.qoo10.samples import qoo10_rows
from jpship_gui.practice.qoo10.server import QooServer
from jpship_gui.practice.qoo10.shops import SHOPS, open_shop


def opening(day: date, orders: int, plain: bool) -> QooServer:
    """See `PracticeMarket`."""
    play = QooPlay(now_utc)
    for shop in SHOPS:
        open_shop(play, shop, qoo10_rows(orders, day=day, plain=plain))
    return QooServer(play)


def files(day: date, orders: int, plain: bool, folder: Path) -> list[Path]:
    """See `PracticeMarket`."""
    return write(folder, qoo10_rows(orders, day=day, plain=plain), f"{day:%Y%m%d}_0900")


MARKET = PracticeMarket("qoo10", SHOPS, opening, files, write="SetSendingInfoBulk")
