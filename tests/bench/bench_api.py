"""1,000 orders by API from every practice marketplace into the database with all checks, and again with nothing new; the
prescribed pace is left out.

The practice marketplace answers in another thread of the same process, so what the reading costs itself is its thread's
processor time. At Yahoo!'s 1.1 s a call the pace adds some 18 minutes to the first reading and one call to the next.
"""

from __future__ import annotations

import tempfile
import time
from datetime import timedelta
from pathlib import Path
from statistics import median

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.order import Order
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.marketplaces.base import Reading
from jpship_gui.practice.markets import PracticeMarket, markets
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.shops import settings_of
from tests.torture.sending_desk import desk

ORDERS = 1_000
RUNS = 3


def run() -> dict[str, float]:
    """Processor seconds, medians of several runs into an empty database each."""
    made: dict[str, float] = {}
    for name, market in markets().items():
        with tempfile.TemporaryDirectory() as folder:
            spent = [_spent(market, Path(folder) / f"{n}") for n in range(RUNS)]
        made[f"{name}: {ORDERS:,} orders read, s"] = median(read for read, _, _ in spent)
        made[f"{name}: read, checked and stored, s"] = median(stored for _, stored, _ in spent)
        made[f"{name}: the same again, nothing new, s"] = median(again for _, _, again in spent)
    return made


def _spent(market: PracticeMarket, home: Path) -> tuple[float, float, float]:
    day = to_jst(now_utc()).date() - timedelta(days=1)
    with RunningServer(market.opening(day, ORDERS, True)) as server:
        open_workspace(str(home), practice=True).close()
        ws = desk(home)
        shop = market.shops[0]
        shops.add(ws, market.id, shop.name, {**settings_of(shop, server.url), "api.pace_ms": "0"})
        read, stored, count = _fetch(ws, market.id, shop.name)
        if count < ORDERS // len(market.shops):
            raise RuntimeError(f"{market.id}: {count} orders read")
        _, again, _ = _fetch(ws, market.id, shop.name)
        ws.close()
    return read, stored, again


def _fetch(ws: Workspace, market: str, shop: str) -> tuple[float, float, int]:
    """What a fetch does with a shop, in this thread, whose time is measured."""
    connect, until, start = ws.markets()[market].connect, ws.now(), time.thread_time()
    assert connect is not None
    found = list(connect(ws.account(shop)).fetch(until - timedelta(days=30), until, lambda *at: None))
    read = time.thread_time() - start
    orders = [one for one in found if isinstance(one, (Order, Reading))]
    accept_orders(ws, orders, Source("api", shop, layout=f"{market}.api"))
    return read, time.thread_time() - start, len(orders)
