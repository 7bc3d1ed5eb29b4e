"""Runs all measurements, or those named, and prints product beside floor."""

from __future__ import annotations

import importlib
import os
import sys

NAMES = (
    "start",
    "import",
    "amazon",
    "api",
    "carrier",
    "scan",
    "window_scan",
    "busy_desk",
    "table",
    "block",
    "slips",
    "labels",
    "papers",
    "tape",
)


def main(names: list[str]) -> int:
    """Print one block a measurement; figures are medians unless their name says otherwise."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in names or NAMES:
        measured = importlib.import_module(f"tests.bench.bench_{name}").run()
        print(f"\n{name}", flush=True)
        for label, value in measured.items():
            print(f"  {label:56} {value:10.3f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
