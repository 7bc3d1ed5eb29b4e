"""Cold start to a usable list of 20,000 orders, beside a bare window; and memory with 100,000."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.filled import fill
from tests.bench.measure import PEAK, PROGRAM, ROOT, in_process

RUNS = 7

_START = (
    PROGRAM
    + """
def begun(app):
    from PySide6.QtCore import QCoreApplication, QEvent, QObject
    view = app.window.page().view
    class Painted(QObject):
        asked = False
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint and view.orders.rowCount() and not self.asked:
                self.asked = True  # the event below comes after the whole window was painted and shown
                QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), 1000)
            return False
        def customEvent(self, event):
            os._exit(0)
    app.painted = Painted()
    view.viewport().installEventFilter(app.painted)
run_program(sys.argv[1], begun)
"""
)
_PEAK = (
    PROGRAM
    + PEAK
    + """
def begun(app):
    from PySide6.QtCore import QTimer
    def tell():
        page = app.window.page()
        shown = page.detail.shown() is not None
        rows = page.view.orders.rowCount()
        print(json.dumps({"rows": rows, "detail": shown, "peak": peak_mb()}), flush=True)
        os._exit(0)
    def look():
        page = app.window.page()
        page.open_view("all")
        page.view.verticalScrollBar().setValue(page.view.verticalScrollBar().maximum() // 2)
        page._sort("recipient")
    QTimer.singleShot(3000, look)
    QTimer.singleShot(8000, tell)
run_program(sys.argv[1], begun)
"""
)
_BARE = """
from PySide6.QtWidgets import QApplication, QWidget
qt = QApplication([])
window = QWidget()
window.resize(1280, 800)
window.show()
qt.processEvents()
window.grab()
import os
os._exit(0)
"""


def run() -> dict[str, float]:
    """Seconds from starting the process to the first rows painted; megabytes at the peak of a window that was used."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        fill(small, 20_000)
        fill(large, 100_000)
        _timed(_START, str(small))  # the first run of all writes the compiled modules
        starts, bare = [], []
        for _ in range(RUNS):
            starts.append(_timed(_START, str(small)))
            bare.append(_timed(_BARE))
        peak = in_process(_PEAK, str(large))
        if peak["rows"] != 100_000 or not peak["detail"]:
            raise RuntimeError(f"the window did not show what it should: {peak}")
    return {
        "start to list, 20,000 orders, s": median(wall for wall, _ in starts),
        "start to list, processor time, s": median(cpu for _, cpu in starts),
        "floor: bare window, s": median(wall for wall, _ in bare),
        "floor: bare window, processor time, s": median(cpu for _, cpu in bare),
        "peak memory, 100,000 orders, MB": float(peak["peak"]),
    }


def _timed(script: str, *arguments: str) -> tuple[float, float]:
    """Wall clock and processor seconds of a process."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    start, before = time.perf_counter(), _processor()
    subprocess.run(
        [sys.executable, "-c", script, *arguments], env=env, check=True, capture_output=True, timeout=60
    )
    return time.perf_counter() - start, _processor() - before


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
