"""Scanner's Enter to painted outcome while another process imports orders, 100,000 orders in the database.

Scans come at fixed moments; what the window still had to do at such a moment counts as waiting. The disk's own syncs are
measured in between, on the same folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.filled import fill
from tests.bench.measure import ROOT, WINDOW, in_process

ORDERS = 100_000
_IMPORTER = """
import sys
from pathlib import Path
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.practice.rakuten import samples
ws = open_workspace(sys.argv[1], desk="office")
for seed in range(1, 1000):
    path = samples.write_csv(Path(sys.argv[2]) / f"orders-{seed}.csv", samples.rakuten_rows(1000, seed=seed))
    shown = preview(ws, [path], "本店")
    print("begin", flush=True)
    print(len(accept(ws, shown).keys), flush=True)
"""
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
made = [s for s in load(ws, list(ids(ws, Query(view="stage:pack")))[:320]) if not s.buyer_text][:300]
window.open_page("pack")
def wait(until):
    while time.perf_counter() < until:
        qt.processEvents(); time.sleep(0.001)
wait(time.perf_counter() + 1)
page = window.page()
clock = [0]
def key(code, text):
    clock[0] += 2
    e = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, text); e.setTimestamp(clock[0])
    qt.sendEvent(page, e)
path = os.path.join(sys.argv[1], "sync")
f = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
times, syncs, outcomes = [], [], {}
due = time.perf_counter()
for n, s in enumerate(made):
    body = 10000000000 + n
    for code in [s.key] + [line.sku for line in s.lines for _ in range(line.quantity)] + ["%011d%d" % (body, body % 7)]:
        due = max(due + 0.1, time.perf_counter() - 0.1)
        wait(due)
        for c in code: key(0, c)
        key(Qt.Key.Key_Return, "\\r")
        times.append(time.perf_counter() - due)
        clock[0] += 500
        name = page._last.outcome.value
        outcomes[name] = outcomes.get(name, 0) + 1
    start = time.perf_counter(); os.write(f, b"x" * 400 + b"\\n"); os.fdatasync(f); syncs.append(time.perf_counter() - start)
q, y = quantiles(times, n=1000), quantiles(syncs, n=1000)
print(json.dumps({"p50": median(times) * 1e3, "p95": q[949] * 1e3, "p99.9": q[998] * 1e3, "worst": max(times) * 1e3,
    "sync50": median(syncs) * 1e3, "sync95": y[949] * 1e3, "sync99.9": y[998] * 1e3,
    "outcomes": outcomes, "n": len(times)}), flush=True)
os._exit(0)
"""
)


def run() -> dict[str, float]:
    """Milliseconds from the moment a scan comes to its painted outcome, beside an import that never ends."""
    with tempfile.TemporaryDirectory() as folder:
        home, files = Path(folder) / "home", Path(folder) / "files"
        files.mkdir()
        fill(home, ORDERS)
        log = files / "log"
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        with log.open("w") as said:
            importer = subprocess.Popen(
                [sys.executable, "-c", _IMPORTER, str(home), str(files)], env=env, stdout=said
            )
        try:
            while "begin" not in log.read_text():
                if importer.poll() is not None:
                    raise RuntimeError("the import beside ended")
                time.sleep(0.1)
            made = in_process(_SCRIPT, str(home))
            beside = sum(int(line) for line in log.read_text().split() if line.isdigit())
        finally:
            importer.kill()
            importer.wait()
    wrong = {name: count for name, count in made["outcomes"].items() if name.startswith("NG")}
    if wrong or made["n"] < 1000 or not beside:
        raise RuntimeError(f"the packing day of the bench went wrong: {made}, {beside} imported beside")
    return {
        "scan to painted outcome beside an import, p50 ms": made["p50"],
        "scan to painted outcome beside an import, p95 ms": made["p95"],
        "scan to painted outcome beside an import, p99.9 ms": made["p99.9"],
        "the longest of them, ms": made["worst"],
        "floor: one sync of this disk meanwhile, p50 ms": made["sync50"],
        "floor: one sync of this disk meanwhile, p95 ms": made["sync95"],
        "floor: one sync of this disk meanwhile, p99.9 ms": made["sync99.9"],
        "scans": made["n"],
        "orders imported beside": beside,
    }
