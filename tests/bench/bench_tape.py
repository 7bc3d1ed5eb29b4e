"""A day's tape of 100,000 lines in the window: until its first and all its lines are shown, filtered, searched,
scrolled; and the longest the window does not answer meanwhile."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import journal
from tests.bench.filled import fill
from tests.bench.measure import WINDOW, in_process

LINES = 100_000

_SCRIPT = (
    WINDOW
    + """
from PySide6.QtCore import QTimer, Qt
app = open_app(sys.argv[1])
qt, window = app.qt, app.window
beats = []
heart = QTimer()
heart.setTimerType(Qt.TimerType.PreciseTimer)
heart.setInterval(2)
heart.timeout.connect(lambda: beats.append(time.perf_counter()))
heart.start()
out = {}
def until(name, act, *reached):
    '''Seconds from the act until each of these is so, and the longest the loop was away.'''
    beats.clear()
    start = time.perf_counter()
    beats.append(start)
    act()
    for stage, so in reached:
        while not so():
            qt.processEvents()
            time.sleep(0.0005)
            if time.perf_counter() - start > 120:
                raise SystemExit("what was asked for never came: " + name)
        window.page().view.viewport().repaint()
        out[f"{name}{stage}"] = time.perf_counter() - start
    qt.processEvents()
    beats.append(time.perf_counter())
    out[f"longest wait, {name}"] = max(after - before for before, after in zip(beats, beats[1:]))
calm = time.perf_counter() + 4
while time.perf_counter() < calm or app.tasks.busy():
    qt.processEvents()
    time.sleep(0.001)
rows = lambda: window.page().view.lines.rowCount()
whole = lambda: not app.tasks.busy() and window.page()._tape.whole
until("open", lambda: window.open_page("tape"), (", first lines", lambda: rows() > 0),
    (", all lines", lambda: rows() == int(sys.argv[2]) and whole()))
page = window.page()
page.classes.set_value("ng")
until("filter", page.refresh, ("", lambda: 0 < rows() < int(sys.argv[2]) // 10 and whole()))
page.classes.set_value("")
page.search.setText("000000012")
until("search, first", page.refresh, ("", lambda: 0 < rows() < int(sys.argv[2]) // 10 and whole()))
page.search.setText("000000013")
until("search, next", page.refresh, ("", lambda: whole() and 0 < rows()))
page.search.setText("")
until("all again", page.refresh, ("", lambda: rows() == int(sys.argv[2]) and whole()))
bar = page.view.verticalScrollBar()
def scroll():
    for step in range(20):
        bar.setValue(bar.maximum() * step // 19)
        page.view.viewport().repaint()
        qt.processEvents()
until("scroll", scroll, ("", lambda: True))
print(json.dumps(out), flush=True)
os._exit(0)
"""
)


def keep_a_day(home: Path, lines: int) -> None:
    """A journal of so many scans of today: slips, goods, waybills, every fiftieth parcel stopped."""
    ws = open_workspace(str(home))
    keys = [key for (key,) in ws.store.rows("SELECT key FROM shipments ORDER BY id")]
    at = ws.now().isoformat()
    opened = journal.Journal(journal.file_of(ws.places.journal, "1"), "1")
    for start in range(0, lines, 1_000):
        made = [_scan(n, keys[n // 3 % len(keys)]) for n in range(start, start + 1_000)]
        opened.append_all("scan", made, at=at, person="佐藤" if start // 1_000 % 2 else "鈴木")
    last = journal.last_entry(opened.path)
    assert last is not None
    mark = "INSERT INTO journal_marks (desk, n, hash) VALUES (?, ?, ?)"  # else the start would take all of it over
    ws.store.execute(mark, (last.desk, last.n, last.hash))
    opened.close()
    ws.close()


def _scan(n: int, key: str) -> journal.Line:
    number = f"{n:012d}"
    if n % 3 == 0:
        return journal.Line(f"{key}S", "OK_SLIP", "ok", shipment=key, effects=[_effect("open", key)])
    if n % 3 == 1:
        item = _effect("item", key, pieces=1)
        return journal.Line("mug-300-1", "OK_ITEM_LAST", "ok", shipment=key, effects=[item])
    if n % 50 == 0:
        return journal.Line(number, "NG_DUPLICATE", "ng", shipment=key)
    link = _effect("link", key, parcel=key, number=number, how="scanned")
    return journal.Line(number, "OK_DONE", "complete", shipment=key, effects=[link])


def _effect(do: str, key: str, **more: object) -> Mapping[str, Any]:
    return {"do": do, "shipment": key, **more}


def run() -> dict[str, float]:
    """Milliseconds with 20,000 orders in the database."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        fill(home, 20_000)
        keep_a_day(home, LINES)
        made = in_process(_SCRIPT, str(home), str(LINES))
    return {f"{name}, ms": seconds * 1e3 for name, seconds in made.items()}
