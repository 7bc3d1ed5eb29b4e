"""1,000 Yahoo! orders by API and by its two files into the database with all checks; the API's prescribed pace is left out.

The practice marketplace answers in another thread of the same process, so what the reading costs itself is its thread's
processor time; at 1.1 s a call the pace adds some 18 minutes to the first reading and one call to the next.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from jpship_gui.domain.order import Order
from jpship_gui.flows.intake.accept import Source, accept, accept_orders
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.yahoo import MARKET
from jpship_gui.practice.yahoo.files import write_pair
from jpship_gui.practice.yahoo.samples import yahoo_orders
from jpship_gui.practice.yahoo.shops import MAIN
from tests.flows.yahoo_desk import YESTERDAY, add_shop

ORDERS = 1_000
RUNS = 5


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds: wall clock, and processor time of the thread that works."""

    wall: float
    own: float


def run() -> dict[str, float]:
    """Seconds, medians of several runs into an empty database each."""
    with tempfile.TemporaryDirectory() as folder:
        by_api = [_by_api(Path(folder) / f"api{n}") for n in range(RUNS)]
        pair = write_pair(Path(folder), yahoo_orders(ORDERS, day=YESTERDAY))
        by_file = [_by_file(pair, Path(folder) / f"file{n}") for n in range(RUNS)]
    return {
        f"{ORDERS:,} orders by API, own processor time, s": median(first.own for first, _ in by_api),
        "the same with the practice marketplace, wall clock, s": median(first.wall for first, _ in by_api),
        "the same again, nothing new, own processor time, s": median(again.own for _, again in by_api),
        f"{ORDERS:,} orders by two files, s": median(spent.wall for spent in by_file),
    }


def _by_api(home: Path) -> tuple[Spent, Spent]:
    """The first reading and the next."""
    with RunningServer(MARKET.opening(YESTERDAY, ORDERS, False)) as server:
        ws = open_workspace(str(home), practice=True)
        add_shop(ws, server.url)
        first, again = _fetch(ws), _fetch(ws)
        ws.close()
    return first, again


def _fetch(ws: Workspace) -> Spent:
    """What a fetch does with a shop, in this thread, whose time is measured."""
    wall, own = time.perf_counter(), time.thread_time()
    connect = ws.markets()["yahoo"].connect
    assert connect is not None
    until = ws.now()
    found = list(connect(ws.account(MAIN.name)).fetch(until - timedelta(days=30), until, lambda *at: None))
    orders = [one for one in found if isinstance(one, Order)]
    accept_orders(ws, orders, Source("api", MAIN.name, layout="yahoo.api"))
    return Spent(time.perf_counter() - wall, time.thread_time() - own)


def _by_file(pair: list[Path], home: Path) -> Spent:
    ws = open_workspace(str(home))
    add_shop(ws)
    wall, own = time.perf_counter(), time.thread_time()
    taken = accept(ws, preview(ws, pair))
    spent = Spent(time.perf_counter() - wall, time.thread_time() - own)
    if taken.counts["new"] != ORDERS:
        raise RuntimeError(f"imported {taken.counts}")
    ws.close()
    return spent
