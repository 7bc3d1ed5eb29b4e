"""The order table with 100,000 orders in a real window: open, filter, sort, search, to the painted rows."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench.filled import fill
from tests.bench.measure import WINDOW, in_process

_SCRIPT = (
    WINDOW
    + """
app = open_app(sys.argv[1])
qt, page = app.qt, app.window.page()
orders = page.view.orders
def settle(act, changed):
    start = time.perf_counter()
    seen = [0]
    def count(*_):
        seen[0] += 1
    orders.modelReset.connect(count)
    act()
    end = time.perf_counter() + 30
    worst, last = 0.0, time.perf_counter()
    while seen[0] < changed and time.perf_counter() < end:
        before = time.perf_counter()
        qt.processEvents()
        worst = max(worst, time.perf_counter() - before)
        time.sleep(0.0005)
    before = time.perf_counter()
    page.view.viewport().repaint()
    worst = max(worst, time.perf_counter() - before)
    orders.modelReset.disconnect(count)
    return time.perf_counter() - start, worst
def median(act):
    made = sorted(settle(act, 1) for _ in range(5))
    return made[2][0], max(m[1] for m in made)
end = time.time() + 20
while orders.rowCount() == 0 and time.time() < end:
    qt.processEvents(); time.sleep(0.001)
views = iter(["today", "open"] * 20)
out, blocks = {}, []
def note(name, act):
    spent, worst = median(act)
    out[name] = spent
    blocks.append(worst)
note("open a view", lambda: page.open_view(next(views)))
page.open_view("all")
settle(lambda: None, 0)
t = time.time()
while time.time() - t < 1: qt.processEvents(); time.sleep(0.001)
note("filter by carrier", lambda: page._toggle_filter("carrier", "yamato"))
note("sort by recipient", lambda: page._sort("recipient"))
names = iter(["佐々", "山田", "見本", "例田", "仮屋", "練習"] * 3)
note("search of two characters", lambda: page._searched(next(names)))
out["longest block of the window"] = max(blocks)
out["rows"] = orders.rowCount()
print(json.dumps(out), flush=True)
import os
os._exit(0)
"""
)
_FLOOR = """
import sys, json, time, sqlite3
store = sqlite3.connect(sys.argv[1])
start = time.perf_counter()
ids = [r[0] for r in store.execute("SELECT id FROM shipments ORDER BY ship_by")]
rows = store.execute("SELECT * FROM shipments WHERE id IN (%s)" % ",".join(map(str, ids[:30]))).fetchall()
print(json.dumps({"floor": time.perf_counter() - start}))
"""


def run() -> dict[str, float]:
    """Seconds to painted rows; the floor is one query for all ids and one for a screenful."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        fill(home, 100_000)
        made = in_process(_SCRIPT, str(home))
        if made.pop("rows") < 1:
            raise RuntimeError("the table is empty: the figures mean nothing")
        floor = in_process(_FLOOR, str(home / "jpship.sqlite"))
    return {f"{name}, s": value for name, value in made.items()} | {
        "floor: ids and one page by SQL, s": floor["floor"]
    }
