"""Key event to painted outcome in the packing page, journal and database on disk, beside this disk's own syncs."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench.filled import fill
from tests.bench.measure import WINDOW, in_process

_SCRIPT = (
    WINDOW
    + """
from statistics import quantiles, median
from PySide6.QtCore import Qt, QEvent
from PySide6.QtGui import QKeyEvent
from jpship_gui.flows.table.list_rows import Query, ids
from jpship_gui.flows.table.detail import load
app = open_app(sys.argv[1])
qt, window = app.qt, app.window
window.resize(1920, 1080)
ws = app.ws
made = load(ws, list(ids(ws, Query(view="stage:pack")))[:120])
window.open_page("pack")
for _ in range(50): qt.processEvents(); time.sleep(0.005)
page = window.page()
clock = [0]
def type_code(code):
    for c in code:
        clock[0] += 2
        e = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, c); e.setTimestamp(clock[0])
        qt.sendEvent(page, e)
    clock[0] += 2
    e = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\\r"); e.setTimestamp(clock[0])
    start = time.perf_counter()
    qt.sendEvent(page, e)
    spent = time.perf_counter() - start
    for _ in range(3): qt.processEvents()
    clock[0] += 500
    return spent
times, outcomes = [], {}
for n, s in enumerate(made):
    body = 10000000000 + n
    codes = [s.key] + [line.sku for line in s.lines for _ in range(line.quantity)]
    if s.buyer_text: continue
    codes += ["%011d%d" % (body, body % 7)]
    for code in codes:
        times.append(type_code(code))
        name = page._last.outcome.value
        outcomes[name] = outcomes.get(name, 0) + 1
path = os.path.join(sys.argv[1], "sync")
f = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
syncs = []
for _ in range(300):
    start = time.perf_counter(); os.write(f, b"x" * 400 + b"\\n"); os.fdatasync(f); syncs.append(time.perf_counter() - start)
q = quantiles(times, n=1000)
print(json.dumps({"p50": median(times) * 1e3, "p95": q[949] * 1e3, "p99.9": q[998] * 1e3,
    "sync": median(syncs) * 1e3, "sync95": quantiles(syncs, n=20)[-1] * 1e3, "outcomes": outcomes, "n": len(times)}), flush=True)
os._exit(0)
"""
)


def run() -> dict[str, float]:
    """Milliseconds from the scanner's Enter to the outcome painted, with 20,000 orders in the database."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        fill(home, 20_000)
        made = in_process(_SCRIPT, str(home))
    wrong = {name: count for name, count in made["outcomes"].items() if name.startswith("NG")}
    if wrong or made["n"] < 100:
        raise RuntimeError(f"the packing day of the bench went wrong: {made}")
    return {
        "Enter to painted outcome, p50 ms": made["p50"],
        "Enter to painted outcome, p95 ms": made["p95"],
        "Enter to painted outcome, p99.9 ms": made["p99.9"],
        "floor: one journal sync, p50 ms": made["sync"],
        "floor: one journal sync, p95 ms": made["sync95"],
    }
