"""The file for a carrier's tool for 1,000 parcels, and its result read back, beside csv alone (issue: speed).

The floor of the way out writes the same rows and notes their keys with one executemany; that of the way back reads them
and updates as many rows. Both use a database file of their own.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import shipments
from tests.bench.filled import fill
from tests.bench.measure import DEFAULT, in_process, medians

PARCELS = 1_000
RUNS = 5

_SETTINGS = {
    "sender.name": "ことり雑貨店",
    "sender.postal_code": "100-0001",
    "sender.address": "東京都千代田区千代田9-9-9",
    "sender.phone": "03-0000-0000",
    "yamato.customer_code": "012345678901",
}

_RUN = (
    DEFAULT
    + """
import csv, gc, io, json, sqlite3, sys, time
from pathlib import Path
gc.disable()
from jpship_gui.domain.clock import to_jst
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.take_numbers import take
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.practice.b2_tool import issue
from jpship_gui.carriers import carriers

home = Path(sys.argv[1])
ws = open_workspace(str(home))
carriers()
ws.markets()  # as the window has them by then
out = home / "b2.csv"
began = time.perf_counter()
made = export(ws, "yamato", None, out, agreed=True)
wrote = time.perf_counter() - began
issued = issue(out, home, 49_990_000_001, to_jst(ws.now()))
began = time.perf_counter()
taken = take(ws, "yamato", issued.path)
took = time.perf_counter() - began
ws.close()
if made.rows != int(sys.argv[2]) or len(taken.matched) != made.rows:
    sys.exit(f"{made.rows} written, {len(taken.matched)} taken")

rows = list(csv.reader(io.StringIO(out.read_bytes().decode("cp932"), newline="")))
db = sqlite3.connect(home / "floor.sqlite")
db.execute("CREATE TABLE parcels (key TEXT PRIMARY KEY, number TEXT)")
began = time.perf_counter()
text = io.StringIO(newline="")
csv.writer(text).writerows(rows)
(home / "floor.csv").write_bytes(text.getvalue().encode("cp932"))
with db:
    db.executemany("INSERT INTO parcels VALUES (?, '')", [(row[0],) for row in rows[1:]])
floor_out = time.perf_counter() - began
began = time.perf_counter()
back = list(csv.reader(io.StringIO(issued.path.read_bytes().decode("cp932"), newline="")))
with db:
    db.executemany("UPDATE parcels SET number = ? WHERE key = ?", [(row[3], row[0]) for row in back[1:]])
floor_in = time.perf_counter() - began
print(json.dumps({"out": wrote, "back": took, "floor_out": floor_out, "floor_in": floor_in}))
"""
)


def run() -> dict[str, float]:
    """Seconds for 1,000 parcels of B2クラウド, first use in the process, medians of five folders."""
    answers = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            _ready(home)
            answers.append(in_process(_RUN, str(home), str(PARCELS)))
    found = medians(answers)
    return {
        "b2_file_1000_s": found["out"],
        "b2_file_floor_s": found["floor_out"],
        "b2_result_1000_s": found["back"],
        "b2_result_floor_s": found["floor_in"],
    }


def _ready(home: Path) -> None:
    """A thousand shipments that wait for their waybill."""
    fill(home, PARCELS)
    ws = open_workspace(str(home))
    with ws.store.transaction():
        ws.store.execute("UPDATE shops SET settings = ?", (json.dumps(_SETTINGS, ensure_ascii=False),))
        ws.store.execute("UPDATE shipments SET remark_read = ?", (True,))
        ids = [row_id for (row_id,) in ws.store.rows("SELECT id FROM shipments")]
        shipments.mark(ws.store, ids, "printed", ws.now())
        shipments.restage(ws.store, ids)
    ws.close()


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:24} {value:8.3f}")
