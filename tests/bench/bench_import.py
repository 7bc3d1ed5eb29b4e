"""1,000 Rakuten orders from CSV into the database with all checks, beside csv.reader plus one executemany."""

from __future__ import annotations

import csv
import io
import sqlite3
import tempfile
import time
from pathlib import Path
from statistics import median

from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.practice.rakuten import samples
from jpship_gui.store import shops
from tests.builders import NOW

ORDERS = 1_000
RUNS = 5


def run() -> dict[str, float]:
    """Seconds, medians of several runs into an empty database each."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "orders.csv"
        rows = samples.rakuten_rows(ORDERS)
        samples.write_csv(file, rows)
        product = [_product(file, Path(folder) / f"home{n}") for n in range(RUNS)]
        floor = [_floor(file, Path(folder) / f"floor{n}.sqlite") for n in range(RUNS)]
    return {
        f"import of {ORDERS:,} orders ({len(rows):,} rows), s": median(wall for wall, _ in product),
        "the same, processor time, s": median(processor for _, processor in product),
        "floor: csv.reader + executemany, s": median(floor),
    }


def _product(file: Path, home: Path) -> tuple[float, float]:
    """Wall clock and processor seconds."""
    ws = open_workspace(str(home))
    shops.add(ws.store, "本店", "rakuten", {"shop_number": "345678"}, NOW)
    start, before = time.perf_counter(), time.process_time()
    taken = accept(ws, preview(ws, [file]))
    spent = time.perf_counter() - start, time.process_time() - before
    if taken.counts["new"] != ORDERS:
        raise RuntimeError(f"imported {taken.counts}")
    ws.close()
    return spent


def _floor(file: Path, database: Path) -> float:
    start = time.perf_counter()
    rows = list(csv.reader(io.StringIO(file.read_bytes().decode("cp932"), newline="")))
    store = sqlite3.connect(database)
    store.execute("PRAGMA journal_mode = wal")
    store.execute("PRAGMA synchronous = full")
    store.execute(f"CREATE TABLE rows ({', '.join(f'c{n} TEXT' for n in range(len(rows[0])))})")
    store.executemany(f"INSERT INTO rows VALUES ({', '.join('?' * len(rows[0]))})", rows[1:])
    store.commit()
    spent = time.perf_counter() - start
    store.close()
    return spent
