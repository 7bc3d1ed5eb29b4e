"""The program dies at a chosen place: within a line, between line and sync, between journal and database, within the
database's transaction. JPSHIP_TORTURE sets the number of kills, as in `test_kill`."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from jpship_gui.store import journal
from tests.torture.breaking import POINTS
from tests.torture.test_kill import (
    BY_TIME,
    KILLS,
    a_home,
    a_packer,
    every_answer_is_kept,
    the_outcomes_are_those_of_a_clean_run,
    the_state_is_that_of_a_clean_replay,
)

LANES = 2
CODES, LATEST = 40, 30
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX notion")


@pytest.mark.parametrize("lane", range(LANES))
def test_killed_at_every_place(lane: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(f"jpship places {lane}")
    home, fresh, twin = tmp_path / "home", tmp_path / "fresh", tmp_path / "twin"
    keys = a_home(home)
    shutil.copytree(home, fresh)
    shutil.copytree(home, twin)
    path = journal.file_of(home / "journal", "1")
    packer = a_packer(dice, keys)
    kept = answered = 0
    died: Counter[str] = Counter()
    torn_before = 0
    for n in range(max(len(POINTS), (KILLS - BY_TIME) // LANES)):
        point = POINTS[n % len(POINTS)]
        command = [
            *(sys.executable, "-m", "tests.torture.breaking", point, str(dice.randint(1, LATEST))),
            *("--home", str(home), "--json", "scan", "--desk", "1"),
        ]
        codes = "".join(f"{next(packer)}\n" for _ in range(CODES))
        ran = subprocess.run(command, input=codes.encode(), capture_output=True, check=False)
        died[point] += ran.returncode == -signal.SIGKILL
        whole = [line for line in ran.stdout.splitlines(keepends=True) if line.endswith(b"\n")]
        printed = [answer for answer in map(json.loads, whole) if "outcome" in answer]
        if ran.returncode == -signal.SIGKILL:
            assert ran.stderr == b"", ran.stderr.decode()
            kept += every_answer_is_kept(path, kept, printed)
        else:  # it came to the end: an NG nobody acknowledged adds a line
            kept = journal.read(path)[-1].n
        answered += len(printed)
        if point == "torn" and ran.returncode == -signal.SIGKILL:
            assert not path.read_bytes().endswith(b"\n")
            torn_before += 1
    assert all(died[point] for point in POINTS), died
    lines, faults = verified(path)
    assert faults == []
    with capsys.disabled():
        print(
            f"\nlane {lane}: {sum(died.values())} kills {dict(died)}, {answered} answers, {lines} lines, lost 0"
        )
    the_state_is_that_of_a_clean_replay(home, fresh)
    the_outcomes_are_those_of_a_clean_run(home, twin)
    aside = {int(p.name.rpartition("-")[2]) for p in path.parent.glob("1.torn-*")}
    assert len(aside) <= torn_before


def verified(path: Path) -> tuple[int, list[str]]:
    """Whole lines, and what is wrong with them; a line torn by the last kill is not looked at."""
    whole = path.read_bytes()
    end = whole.rfind(b"\n") + 1
    copy = path.with_name("whole.copy")
    copy.write_bytes(whole[:end])
    lines, faults = journal.verify(copy)
    copy.unlink()
    return lines, [fault.code for fault in faults]
