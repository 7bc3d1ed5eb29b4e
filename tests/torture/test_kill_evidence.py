"""Photos attached while the power goes at any moment: what was acknowledged is there whole, and nothing else stays."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.clock import now_utc
from jpship_gui.flows.pack import evidence
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.verify_journal import verify_journals
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import shops
from tests.builders import NOW, an_order, stored

_SEED = 20261121
_ROUNDS = 20
_WORKER = """
import os, sys
from pathlib import Path
from jpship_gui.flows.pack import evidence
from jpship_gui.flows.workspace import open_workspace
home, key, first = sys.argv[1], sys.argv[2], int(sys.argv[3])
ws = open_workspace(home, person="x", desk="1")
for n in range(first, first + 200):
    path = Path(home) / "incoming.jpg"
    path.write_bytes(b"\\xff\\xd8\\xff" + str(n).encode() * 5000)
    found = evidence.attach(ws, key, path)
    os.write(1, f"{found.hash}\\n".encode())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of Unix")
def test_what_was_acknowledged_is_there_after_a_sudden_end(tmp_path: Path) -> None:
    home, dice = tmp_path / "home", random.Random(_SEED)
    ws = open_workspace(str(home), person="佐藤", desk="1")
    shops.add(ws.store, "本店", "rakuten", {}, NOW)
    key = stored(ws.store, an_order(1))[0][1]
    ws.close()
    acknowledged: set[str] = set()
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    for turn in range(_ROUNDS):
        worker = subprocess.Popen(
            [sys.executable, "-c", _WORKER, str(home), key, str(turn * 1000)], stdout=subprocess.PIPE, env=env
        )
        assert worker.stdout is not None
        acknowledged.add(worker.stdout.readline().decode().strip())
        time.sleep(dice.random() * 0.15)
        worker.send_signal(signal.SIGKILL)
        acknowledged |= set(worker.stdout.read().decode().split("\n")[:-1])
        worker.wait()
        worker.stdout.close()
    ws = open_workspace(str(home), person="佐藤", desk="1")
    catch_up(ws)
    assert not any(one.faults for one in verify_journals(ws))
    listed = evidence.listed(ws, key)
    assert acknowledged <= {one.hash for one in listed}
    assert len(acknowledged) >= _ROUNDS
    for one in listed:
        assert hashlib.sha256(evidence.path_of(ws, one).read_bytes()).hexdigest() == one.hash
    later = replace(ws, clock=lambda: now_utc() + timedelta(hours=2))
    evidence.expire(later, 3650)
    assert {path.name for path in ws.places.evidence.iterdir()} == {one.name for one in listed}
    evidence.expire(replace(ws, clock=lambda: now_utc() + timedelta(days=31)))
    assert list(ws.places.evidence.iterdir()) == []
    ws.close()
