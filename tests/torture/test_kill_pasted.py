"""A pasted list is killed between any two steps: no line that was shown as taken is lost, none is linked twice."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from jpship_gui.flows.pack import pasted
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import journal
from tests.torture.breaking import POINTS
from tests.torture.pasting import GROUP
from tests.torture.test_kill import KILLS, ORDERS, a_home, waybill
from tests.torture.test_kill_points import verified

NEVER = 10_000
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX notion")


def test_a_list_killed_at_every_place(tmp_path: Path) -> None:
    dice = random.Random("jpship pasted places")
    died: Counter[str] = Counter()
    turn = 0
    while turn < max(len(POINTS), KILLS // 4):
        home = tmp_path / f"home-{turn}"
        keys = a_home(home)
        listed = tmp_path / "list.tsv"
        numbers = {key: waybill(n) for n, key in enumerate(keys)}
        listed.write_text("".join(f"{key}\t{number}\n" for key, number in numbers.items()), "utf-8")
        path = journal.file_of(home / "journal", "1+office")
        shown = 0
        for _ in range(3):  # the same list is pasted again after each power cut
            point = POINTS[turn % len(POINTS)]
            once_a_group = point in ("before_write", "torn", "before_sync", "after_sync")
            left = ORDERS - (len(journal.read(path)) if path.exists() else 0)
            if left < 2 * GROUP:
                break
            latest = left // GROUP if once_a_group else left // 2
            turn += 1
            ran = run(point, dice.randint(1, latest), home, listed)
            died[point] += ran.returncode == -signal.SIGKILL
            assert ran.stderr == b"", ran.stderr.decode()
            told = [line for line in ran.stdout.splitlines() if line.startswith(b"taken ")]
            before, shown = shown, shown + (int(told[-1].split()[1]) if told else 0)
            linked = links(path)
            assert sum(linked.values()) >= shown >= before
            assert set(linked.values()) <= {1}, "linked twice"
        ran = run("none", NEVER, home, listed)
        assert ran.returncode == 0, ran.stderr.decode()
        verdicts = json.loads(ran.stdout.splitlines()[-1])
        assert {code for code, _ in verdicts.values()} <= {"good", "already"}
        assert links(path) == Counter(numbers.items()), "every pair once, and no other"
        assert verified(path)[1] == []
        with closing(open_workspace(str(home))) as ws:
            rows = ws.store.rows("SELECT key, tracking_no, how FROM parcels ORDER BY key")
            again = pasted.check_list(ws, listed.read_text("utf-8"))
        assert rows == [(key, number, "pasted") for key, number in sorted(numbers.items())]
        assert {line.code for line in again.lines} == {"already"}
    assert all(died[point] for point in POINTS), died


def run(point: str, count: int, home: Path, listed: Path) -> subprocess.CompletedProcess[bytes]:
    command = [*(sys.executable, "-m", "tests.torture.pasting", point, str(count)), str(home), str(listed)]
    return subprocess.run(command, capture_output=True, check=False)


def links(path: Path) -> Counter[tuple[str, str]]:
    """How often each pair is linked, by the journal's whole lines."""
    entries = journal.read(path) if path.exists() else []
    done = [effect for entry in entries for effect in entry.effects if effect["do"] == "link"]
    return Counter((str(effect["parcel"]), str(effect["number"])) for effect in done)
