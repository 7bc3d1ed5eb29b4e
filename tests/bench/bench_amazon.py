"""1,000 Amazon orders by API from a practice marketplace in a process of its own, and 10,000 rows of a 未出荷レポート."""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.fetch import fetch_shop
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.marketplaces.amazon.connect import connect
from jpship_gui.practice.amazon.play import AmazonPlay
from jpship_gui.practice.amazon.reports import UNSHIPPED_COLUMNS, report_bytes, unshipped_rows
from jpship_gui.practice.amazon.samples import sample_orders
from jpship_gui.practice.amazon.server import AmazonServer
from jpship_gui.practice.amazon.shops import MAIN, open_shop
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.store import shops
from tests.builders import NOW

ORDERS = 1_000
ROWS = 10_000
RUNS = 3


def run() -> dict[str, float]:
    """Seconds, medians of several runs."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
    server.start()
    url = here.recv()
    with tempfile.TemporaryDirectory() as folder:
        fetched = [_fetched(Path(folder) / f"api{n}", url) for n in range(RUNS)]
        here.send("enough")
        file = Path(folder) / "unshipped.txt"
        rows = unshipped_rows(sample_orders(ROWS, date(2026, 11, 20), plain=True), NOW)[:ROWS]
        file.write_bytes(report_bytes(UNSHIPPED_COLUMNS, rows))
        imported = [_imported(Path(folder) / f"file{n}", file) for n in range(RUNS)]
    server.join()
    return {
        f"{ORDERS:,} orders read by API, s": median(read[0] for read, _ in fetched),
        "the same, own processor time, s": median(read[1] for read, _ in fetched),
        "fetched, checked and stored, s": median(stored[0] for _, stored in fetched),
        "the same, own processor time (all), s": median(stored[1] for _, stored in fetched),
        f"import of {ROWS:,} rows, s": median(wall for wall, _ in imported),
        "the same, processor time, s": median(processor for _, processor in imported),
    }


def _serve(told: Connection) -> None:
    play = AmazonPlay(now_utc, limited=False)
    day = to_jst(now_utc()).date() - timedelta(days=1)
    open_shop(play, MAIN, sample_orders(ORDERS, day, plain=True))
    with RunningServer(AmazonServer(play)) as running:
        told.send(running.url)
        told.recv()


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """Wall clock and processor seconds of this process."""
    start, before = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - start, time.process_time() - before


def _fetched(home: Path, url: str) -> tuple[tuple[float, float], tuple[float, float]]:
    ws = open_workspace(str(home), practice=True)
    shops.add(ws.store, MAIN.name, "amazon", {**MAIN.settings, "api.url": url, "api.pace_ms": "0"}, NOW)
    for field, value in MAIN.secrets.items():
        ws.secrets.set(MAIN.name, field, value)
    api = connect(replace(ws.account(MAIN.name), memory={}))
    until = now_utc()
    read = _timed(lambda: list(api.fetch(until - timedelta(days=14), until, lambda done, total: None)))
    stored = _timed(lambda: fetch_shop(ws, MAIN.name))
    _expect(ws, ORDERS)
    return read, stored


def _imported(home: Path, file: Path) -> tuple[float, float]:
    ws = replace(open_workspace(str(home)), clock=lambda: datetime(2026, 11, 21, tzinfo=UTC))
    shops.add(ws.store, MAIN.name, "amazon", {}, NOW)
    spent = _timed(lambda: accept(ws, preview(ws, [file])))
    _expect(ws, 7_000)
    return spent


def _expect(ws: Workspace, least: int) -> None:
    found = ws.store.value("SELECT COUNT(*) FROM orders")
    ws.close()
    if found < least:
        raise RuntimeError(f"{found} orders instead of {least}")
