"""Running a measurement in a process of its own, so that one's memory and imports are not another's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def in_process(script: str, *arguments: str, **environment: str) -> dict[str, Any]:
    """Run Python text that prints one JSON line last; its answer."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"a measurement failed:\n{done.stderr}")
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def medians(answers: list[dict[str, float]]) -> dict[str, float]:
    """Median of each figure over several runs."""
    return {name: median(answer[name] for answer in answers) for name in answers[0]}


DEFAULT = """
import sys
for extra in ("psycopg", "psycopg2"):
    sys.modules.setdefault(extra, None)  # a default installation: peewee loads whatever driver it finds
"""

# On Linux getrusage begins with the memory of whoever started the process.
PEAK = r"""
import re, resource, sys
def peak_mb():
    if sys.platform == "linux":
        with open("/proc/self/status") as status:
            return int(re.search(r"VmHWM:\s+(\d+)", status.read())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
"""

# The program itself, `main()` and all, up to its event loop; `begun(app)` is called once the window is shown.
PROGRAM = (
    DEFAULT
    + """
import json, os, time
def run_program(home, begun):
    from jpship_gui import app
    from jpship_gui.__main__ import main
    class Begun(app.App):
        def begin(self):
            super().begin()
            begun(self)
    app.App = Begun
    sys.exit(main(["--home", home]) or "the program ended before it was measured")
"""
)

WINDOW = (
    DEFAULT
    + """
import gc
gc.disable()
from jpship_gui.app import App, make_qt
from jpship_gui.flows.workspace import open_workspace
import json, time, os
def open_app(home):
    qt = make_qt(["jpship"])
    app = App(qt, open_workspace(home))
    app.qt = qt
    app.window.resize(1280, 800)
    app.window.show()
    app.begin()
    return app
"""
)
