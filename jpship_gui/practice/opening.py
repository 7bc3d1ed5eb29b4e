"""The practice marketplaces as they stand when a practice day begins."""

from __future__ import annotations

from datetime import date, timedelta

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.practice.markets import MAIN_MARKET, markets
from jpship_gui.practice.rakuten.day_orders import day_orders
from jpship_gui.practice.rakuten.orders import RakutenPlay
from jpship_gui.practice.rakuten.server import RakutenServer
from jpship_gui.practice.rakuten.shops import SHOPS, open_shop
from jpship_gui.practice.server import Mall, PracticeServer

DAY_ORDERS = 6  # of each shop besides Rakuten's


def yesterday() -> date:
    """The day the practice orders were made; today's would partly lie in the future."""
    return to_jst(now_utc()).date() - timedelta(days=1)


def yesterdays_marketplaces(result_delay: float = 0.3) -> Mall:
    """All practice shops with yesterday's orders; Rakuten's have the mishaps of real days planted in them."""
    servers: dict[str, PracticeServer] = {
        market.id: market.opening(yesterday(), DAY_ORDERS, True)
        for market in markets().values()
        if market.id != MAIN_MARKET
    }
    servers[MAIN_MARKET] = _rakuten(result_delay)
    return Mall(servers, MAIN_MARKET)


def plain_marketplaces(orders: int) -> Mall:
    """All practice shops with about so many of yesterday's orders a marketplace, none of which needs a person."""
    servers = {
        market.id: market.opening(yesterday(), -(-orders // len(market.shops)), True)
        for market in markets().values()
    }
    return Mall(servers, MAIN_MARKET)


def _rakuten(result_delay: float) -> RakutenServer:
    play = RakutenPlay(now_utc, result_delay)
    orders = day_orders(yesterday())
    for shop in SHOPS:
        open_shop(play, shop, orders.rows)
    return RakutenServer(play)
