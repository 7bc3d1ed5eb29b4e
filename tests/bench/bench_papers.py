"""A batch of 200: slips, both pick lists and the hand-over list from the store to PDF bytes, and the first page of the
preview as the print centre shows it."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from jpship_gui.domain.clock import now_utc
from jpship_gui.flows.paper.kinds import preview
from jpship_gui.flows.paper.preview import preview_page
from jpship_gui.flows.paper.print_picklist import ORDER, TOTAL, preview_picklist
from jpship_gui.flows.paper.print_slips import preview_slips
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import shipments, shops
from tests.builders import a_contact, a_line, an_order, stored
from tests.flows.carrier_desk import SETTINGS

BATCH = 200
SHOWN = 60  # shipments the print centre lays out before anybody asks for more
ROUNDS = 5


def run() -> dict[str, float]:
    """Milliseconds, medians; nothing is noted, so that every round does the same."""
    with tempfile.TemporaryDirectory() as folder:
        ws = open_workspace(str(Path(folder) / "home"), person="佐藤")
        keys = _batch(ws)
        whole = {
            "200 slips": lambda: preview_slips(ws, keys),
            "pick list by shelf": lambda: preview_picklist(ws, keys, TOTAL),
            "pick lists of 200 orders": lambda: preview_picklist(ws, keys, ORDER),
            "hand-over list of 200 parcels": lambda: preview(ws, "handover", keys).pdf,
        }
        parts = {name: _median(make) for name, make in whole.items()}
        first = _median(lambda: preview_page(preview_slips(ws, keys[:SHOWN]), 1, 96))
        ws.close()
    return {
        **{f"{name}, ms": took for name, took in parts.items()},
        "all of them together, ms": sum(parts.values()),
        "first page of the preview of slips, ms": first,
    }


def _median(make: Callable[[], object]) -> float:
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        made = make()
        took.append((time.perf_counter() - start) * 1e3)
        if not made:
            raise RuntimeError("nothing was made")
    return statistics.median(took)


def _batch(ws: Workspace) -> list[str]:
    """200 parcels of two kinds of goods each, packed, so that all four papers hold all of them."""
    shops.add(ws.store, "本店", "rakuten", SETTINGS, now_utc())
    orders = [
        an_order(
            n,
            recipient=a_contact(name=f"見本 {n}子"),
            lines=(
                a_line(sku=f"mug-{n % 40}", quantity=1 + n % 3),
                a_line(line_id="2", sku=f"plate-{n % 25}", name="平皿"),
            ),
        )
        for n in range(1, BATCH + 1)
    ]
    made = stored(ws.store, *orders)
    with ws.store.transaction():
        for n, (row, _) in enumerate(made):
            stem = 40_012_345_600 + n
            ws.store.execute(
                "UPDATE parcels SET tracking_no = ?, carrier = 'yamato' WHERE shipment_id = ?",
                (f"{stem}{stem % 7}", row),
            )
        rows = [row for row, _ in made]
        for fact in ("printed", "checked", "linked"):
            shipments.mark(ws.store, rows, fact, now_utc())
        shipments.restage(ws.store, rows)
    return [key for _, key in made]
