"""Cold start to a usable list of 20,000 orders, beside a bare window; and memory with 100,000."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.filled import fill
from tests.bench.measure import PEAK, ROOT, WINDOW, in_process

RUNS = 5

_WINDOW = (
    PEAK
    + WINDOW
    + """
def ready(app):
    page = app.window.page()
    return page.view.orders.rowCount() > 0 and page.view.viewport().isVisible()
app = open_app(sys.argv[1])
end = time.time() + 20
qt = app.qt
while not ready(app) and time.time() < end:
    qt.processEvents()
    time.sleep(0.001)
app.window.grab()
print(json.dumps({"rows": app.window.page().view.orders.rowCount(), "peak": peak_mb()}), flush=True)
import os
os._exit(0)
"""
)
_BARE = """
import json
from PySide6.QtWidgets import QApplication, QWidget
qt = QApplication([])
window = QWidget()
window.resize(1280, 800)
window.show()
qt.processEvents()
window.grab()
print(json.dumps({}), flush=True)
import os
os._exit(0)
"""


def run() -> dict[str, float]:
    """Seconds from starting the process to the first rows painted; megabytes at the peak."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        fill(small, 20_000)
        fill(large, 100_000)
        starts = [_timed(_WINDOW, str(small)) for _ in range(RUNS)]
        bare = [_timed(_BARE) for _ in range(RUNS)]
        peak = in_process(_WINDOW, str(large))
        if peak["rows"] < 1:
            raise RuntimeError("the window showed no row")
        return {
            "start to list, 20,000 orders, s": median(starts),
            "floor: bare window, s": median(bare),
            "peak memory, 100,000 orders, MB": float(peak["peak"]),
        }


def _timed(script: str, *arguments: str) -> float:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", script, *arguments], env=env, check=True, capture_output=True)
    return time.perf_counter() - start
