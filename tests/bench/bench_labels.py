"""1,000 labels of each kind, the parcel label beside a plain ReportLab canvas that draws the same (issue 4, speed)."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from jpship_gui.documents.address_labels import Setup, render_labels
from jpship_gui.documents.page import MM
from jpship_gui.documents.stocks import shipped
from jpship_gui.documents.waybill_copy import render_copies
from tests.bench.floor import floor, record
from tests.documents.label_samples import a_copy, an_address

LABELS = 1000
ROUNDS = 5
DPI = 203


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def run() -> dict[str, float]:
    """Seconds for 1,000 labels (medians), the floor's, and their ratio. Every label has its own key, number and name."""
    drawn = record(lambda: render_copies([a_copy()], dpi=DPI))
    copies = [
        a_copy(row, number=f"{400100000000 + row * 7:012d}", name=f"山田 花子{row}") for row in range(LABELS)
    ]
    labels = [an_address(row, name=f"山田 花子{row}") for row in range(LABELS)]
    sheet, big = shipped()["28362"], shipped()["elm003"]
    render_copies(copies[:1], dpi=DPI)
    made = render_copies(copies, dpi=DPI)
    mine = _median(lambda: render_copies(copies, dpi=DPI))
    plain = _median(lambda: floor(drawn, LABELS, (100 * MM, 150 * MM), DPI))
    return {
        "labels_1000_s": mine,
        "labels_1000_floor_s": plain,
        "labels_ratio": mine / plain,
        "labels_mb": len(made.pdf) / 1e6,
        "address_labels_1000_s": _median(lambda: render_labels(labels, sheet)),
        "post_labels_1000_s": _median(lambda: render_labels(labels, big, Setup(form="post"))),
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:24} {value:8.3f}")
