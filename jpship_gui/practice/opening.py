"""The practice marketplace as it stands when a practice day begins."""

from __future__ import annotations

from datetime import date, timedelta

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.practice.day_orders import day_orders
from jpship_gui.practice.rakuten_orders import RakutenPlay
from jpship_gui.practice.shops import SHOPS, open_shop


def yesterday() -> date:
    """The day the practice orders were made."""
    return to_jst(now_utc()).date() - timedelta(days=1)


def yesterdays_marketplace(result_delay: float = 0.3) -> RakutenPlay:
    """All practice shops with yesterday's orders."""
    play = RakutenPlay(now_utc, result_delay)
    orders = day_orders(yesterday())
    for shop in SHOPS:
        open_shop(play, shop, orders.rows)
    return play
