"""1,000 delivery slips beside a plain ReportLab canvas that draws the same texts, lines and bars (issue: F, speed)."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from typing import Any

from jpship_gui.documents.slip import render_slips
from jpship_gui.domain.order_key import make_key
from tests.bench.floor import floor, record
from tests.documents.samples import a_slip

SLIPS = 1000
ROUNDS = 5
DPI = 300


def product(slips: list[Any]) -> int:
    """Bytes of the program's own document."""
    return len(render_slips(slips).pdf)


def run() -> dict[str, float]:
    """Seconds for 1,000 slips (median), ours and the floor's, their ratio, and megabytes of both files."""
    from reportlab.lib.pagesizes import A4

    drawn = record(lambda: render_slips([a_slip()]))
    slips = [replace(a_slip(), key=make_key(row), row=row) for row in range(1, SLIPS + 1)]
    product(slips[:1])
    ours, theirs, sizes = [], [], (0, 0)
    for _ in range(ROUNDS):
        start = time.perf_counter()
        own_size = product(slips)
        middle = time.perf_counter()
        floor_size = floor(drawn, SLIPS, A4, DPI)
        theirs.append(time.perf_counter() - middle)
        ours.append(middle - start)
        sizes = (own_size, floor_size)
    mine, plain = statistics.median(ours), statistics.median(theirs)
    return {
        "slips_1000_s": mine,
        "slips_1000_floor_s": plain,
        "slips_ratio": mine / plain,
        "slips_mb": sizes[0] / 1e6,
        "slips_floor_mb": sizes[1] / 1e6,
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:24} {value:8.3f}")
