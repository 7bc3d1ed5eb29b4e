"""Order files into the database with all checks, beside csv.reader plus one executemany: 1,000 Rakuten orders, and
10,000 rows of every marketplace that practice has files of."""

from __future__ import annotations

import csv
import io
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median

from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.formats.reader import read_file
from jpship_gui.practice.markets import PracticeMarket, markets
from jpship_gui.store import shops
from tests.bench.measure import DEFAULT, PEAK, in_process, medians
from tests.builders import NOW

DAY = date(2026, 11, 20)
ORDERS = 1_000
ROWS = 10_000
RUNS = 5
_SAMPLE = 300  # orders, to tell how many rows a marketplace writes for one

# As the program runs: nothing is collected amid a flow. The first of two imports into a folder each is not measured, as
# it also loads the marketplaces, the postal table and the words.
_IMPORT = (
    DEFAULT
    + PEAK
    + """
import contextlib, gc, json, sys, tempfile, time
from pathlib import Path
gc.disable()
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import shops
from jpship_gui.store.database import Store
from tests.builders import NOW

market, warm, files = sys.argv[1], Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]]
locked = []
real = Store.transaction
@contextlib.contextmanager
def timed(self):
    outermost = not self.database.in_transaction()
    began = time.perf_counter()
    with real(self):
        yield
    if outermost:
        locked.append(time.perf_counter() - began)
Store.transaction = timed

def imported(paths, home):
    ws = open_workspace(home)
    shops.add(ws.store, "本店", market, {}, NOW)
    before = peak_mb()
    locked.clear()
    wall, processor = time.perf_counter(), time.process_time()
    shown = preview(ws, paths)
    read, memory = time.perf_counter() - wall, peak_mb() - before
    taken = accept(ws, shown)
    spent = time.perf_counter() - wall, time.process_time() - processor
    ws.close()
    if not taken.counts["new"] or taken.counts["rejected"]:
        sys.exit(f"imported {taken.counts}")
    rows = sum(one.rows for one in shown.files)
    return {
        "rows": rows, "orders": taken.counts["new"], "wall": spent[0], "processor": spent[1],
        "read": read, "locked": max(locked), "memory": memory,
    }

with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
    imported(sorted(warm.iterdir()), one)
    print(json.dumps(imported(files, two)))
"""
)


def run() -> dict[str, float]:
    """Seconds and megabytes, medians of several runs into an empty database each."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        thousand = _files(markets()["rakuten"], ORDERS, folder / "thousand")
        found |= _figures("rakuten", folder, thousand)
        for name, market in markets().items():
            found |= _figures(name, folder, _files(market, _orders_for(market, folder), folder / name))
    return found


def _figures(market: str, folder: Path, files: Sequence[Path]) -> dict[str, float]:
    warm = folder / f"warm-{market}"
    if not warm.exists():
        markets()[market].files(DAY, 50, False, warm)
    one = medians([in_process(_IMPORT, market, str(warm), *map(str, files)) for _ in range(RUNS)])
    title = f"{market} {one['rows']:,.0f} rows"
    return {
        f"{title}: {one['orders']:,.0f} orders imported, s": one["wall"],
        f"{title}: until the preview is there, s": one["read"],
        f"{title}: processor time, s": one["processor"],
        f"{title}: others wait to write, s": one["locked"],
        f"{title}: memory the preview adds, MB": one["memory"],
        f"{title}: floor, csv.reader + executemany, s": median(_floor(files) for _ in range(RUNS)),
    }


def _orders_for(market: PracticeMarket, folder: Path) -> int:
    """How many orders make about as many rows as are wanted."""
    files = _files(market, _SAMPLE, folder / f"few-{market.id}")
    rows = sum(len(read_file(path).rows) for path in files)
    return round(_SAMPLE * ROWS / rows)


def _files(market: PracticeMarket, orders: int, folder: Path) -> list[Path]:
    """The first of the files if it brings the orders by itself (Amazon writes two reports of the same), else all."""
    made = market.files(DAY, orders, False, folder)
    with tempfile.TemporaryDirectory() as home:
        ws = open_workspace(home)
        shops.add(ws.store, "本店", market.id, {}, NOW)
        alone = preview(ws, made[:1])
        ws.close()
    return made[:1] if alone.counts["new"] else made


def _floor(files: Sequence[Path]) -> float:
    spent = 0.0
    for path in files:
        table = read_file(path)
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            text = io.StringIO(path.read_bytes().decode(table.encoding), newline="")
            rows = list(csv.reader(text, delimiter=table.delimiter))
            store = sqlite3.connect(Path(folder) / "floor.sqlite")
            store.execute("PRAGMA journal_mode = wal")
            store.execute("PRAGMA synchronous = full")
            store.execute(f"CREATE TABLE rows ({', '.join(f'c{n} TEXT' for n in range(len(rows[0])))})")
            store.executemany(f"INSERT INTO rows VALUES ({', '.join('?' * len(rows[0]))})", rows[1:])
            store.commit()
            spent += time.perf_counter() - start
            store.close()
    return spent
