"""Scan to outcome with journal and database on disk, beside one journal sync plus one commit."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.say import message_of
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import shops
from tests.builders import NOW, a_line, an_order, stored

PARCELS = 100
OTHERS = 2_000  # orders that only lie there


def run() -> dict[str, float]:
    """Milliseconds: answer = until the outcome may sound (journal on disk), scan = with the database following."""
    with tempfile.TemporaryDirectory() as folder:
        answers, scans = _product(Path(folder) / "home")
        floor = _floor(Path(folder))
    return {
        **_figures("scan to outcome", answers),
        **_figures("scan with database", scans),
        **_figures("floor: one sync, one commit", floor),
    }


def _figures(name: str, seconds: list[float]) -> dict[str, float]:
    return {f"{name}, p50 ms": median(seconds) * 1e3, f"{name}, p95 ms": quantiles(seconds, n=20)[-1] * 1e3}


def _product(home: Path) -> tuple[list[float], list[float]]:
    ws = open_workspace(str(home))
    shops.add(ws.store, "本店", "rakuten", {}, NOW)
    lines = (a_line(), a_line(line_id="2", sku="dish-l", name="皿", variant="L"))
    made = stored(ws.store, *(an_order(n, lines=lines) for n in range(PARCELS + OTHERS)))
    answers, scans = [], []
    with Desk(ws) as desk:
        for n, (_, key) in enumerate(made[:PARCELS]):
            body = f"10{n:09d}"
            for code in (key, "mug-300-bl", "DISH-L", body + str(int(body) % 7)):
                start = time.perf_counter()
                message_of(desk.scan(code))
                answers.append(time.perf_counter() - start)
                desk.apply_pending()
                scans.append(time.perf_counter() - start)
        if desk.scan(code_of(Command.ACK)).outcome.value != "ATT_NOTHING":
            raise RuntimeError("a scan of the bench was NG: its figures mean nothing")
    ws.close()
    return answers, scans


def _floor(folder: Path) -> list[float]:
    """An append with sync to one file and a commit of one row to a database with full syncing."""
    database = sqlite3.connect(folder / "floor.sqlite", isolation_level=None)
    database.execute("PRAGMA journal_mode = wal")
    database.execute("PRAGMA synchronous = full")
    database.execute("CREATE TABLE scans (n INTEGER PRIMARY KEY, line TEXT)")
    file = os.open(folder / "floor.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    line = b"x" * 400 + b"\n"
    times = [_timed(lambda: _once(file, line, database)) for _ in range(4 * PARCELS)]
    os.close(file)
    database.close()
    return times


def _once(file: int, line: bytes, database: sqlite3.Connection) -> None:
    os.write(file, line)
    getattr(os, "fdatasync", os.fsync)(file)
    database.execute("INSERT INTO scans (line) VALUES (?)", (line.decode(),))


def _timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:40} {value:8.2f}")
