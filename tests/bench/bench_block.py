"""The longest the window does not answer while work goes on, told by a heartbeat in its own event loop."""

from __future__ import annotations

import tempfile
from pathlib import Path

from jpship_gui.practice.rakuten import samples
from tests.bench.filled import fill
from tests.bench.measure import WINDOW, in_process

ORDERS = 1_000

_SCRIPT = (
    WINDOW
    + """
from pathlib import Path
from PySide6.QtCore import QTimer, Qt
app = open_app(sys.argv[1])
qt, window = app.qt, app.window
beats = []
heart = QTimer()
heart.setTimerType(Qt.TimerType.PreciseTimer)
heart.setInterval(2)
heart.timeout.connect(lambda: beats.append(time.perf_counter()))
heart.start()
def run(act, until, rest=0.4):
    '''Seconds the loop was away longest from the act until `until()` and a moment after.'''
    beats.clear()
    beats.append(time.perf_counter())
    act()
    end = time.perf_counter() + 60
    calm = None
    while calm is None or time.perf_counter() - calm < rest:
        qt.processEvents()
        time.sleep(0.0005)
        if calm is None and until():
            calm = time.perf_counter()
        if time.perf_counter() > end:
            raise SystemExit("what was asked for never came")
    return max(after - before for before, after in zip(beats, beats[1:]))
orders = window.page()
quiet = lambda: not app.tasks.busy() and not orders.waiting()
run(lambda: None, quiet, 1.5)
out = {}
names = iter(["佐々", "山田", "見本", "例田"])
out["searching"] = max(run(lambda: orders._searched(next(names)), quiet) for _ in range(3))
out["sorting"] = max(run(lambda: orders._sort("recipient"), quiet) for _ in range(2))
orders._searched("")
def going_down():
    for step in range(10):
        orders.view.setCurrentIndex(orders.view.orders.index(step * 300, 0))
        qt.processEvents()
out["going through rows"] = run(going_down, quiet)
out["reading a file"] = run(lambda: window.open_page("intake", [Path(sys.argv[2])]), quiet)
intake = window.page()
shown = intake.stack.currentWidget() is intake.preview
before = app.ws.store.value("SELECT COUNT(*) FROM orders")
out["taking its orders"] = run(intake.take, lambda: quiet() and intake.stack.currentWidget() is intake.done)
out["taken"] = app.ws.store.value("SELECT COUNT(*) FROM orders") - before
out["opening the plan page"] = run(lambda: window.open_page("plan"), quiet)
out["opening the papers with preview"] = run(lambda: window.open_page("paper"), quiet)
out["opening the packing page"] = run(lambda: window.open_page("pack"), quiet)
out["shown"] = shown
print(json.dumps(out), flush=True)
os._exit(0)
"""
)


def run() -> dict[str, float]:
    """Milliseconds, the worst of each act, in a window with 20,000 orders."""
    with tempfile.TemporaryDirectory() as folder:
        home, file = Path(folder) / "home", Path(folder) / "orders.csv"
        fill(home, 20_000)
        samples.write_csv(file, samples.rakuten_rows(ORDERS))
        made = in_process(_SCRIPT, str(home), str(file))
    if not made.pop("shown") or made.pop("taken") != ORDERS:
        raise RuntimeError(f"the orders were not taken: {made}")
    return {f"longest wait, {name}, ms": seconds * 1e3 for name, seconds in made.items()}
