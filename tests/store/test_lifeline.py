"""Who has died is known at once, who lives is never taken for dead."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from jpship_gui.store import lifeline

HOLD = """
import sys, time
from pathlib import Path
from jpship_gui.store import lifeline
with lifeline.held(Path(sys.argv[1])) as name:
    print(name, flush=True)
    time.sleep(600)
"""


def left(folder: Path) -> list[str]:
    """What lies there besides the guard."""
    return [path.name for path in folder.iterdir() if path.name != "guard"]


def test_the_living_are_not_dead(tmp_path: Path) -> None:
    with lifeline.held(tmp_path) as one, lifeline.held(tmp_path) as other:
        assert one != other
        assert lifeline.ended(tmp_path) == []
    assert left(tmp_path) == []


def test_another_thread_sees_the_same(tmp_path: Path) -> None:
    seen: list[list[str]] = []
    with lifeline.held(tmp_path):
        thread = threading.Thread(target=lambda: seen.append(lifeline.ended(tmp_path)))
        thread.start()
        thread.join()
    assert seen == [[]]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX notion")
def test_who_was_killed_is_found_and_buried(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        name = program.stdout.readline().strip()
        assert lifeline.ended(tmp_path) == []
        program.send_signal(signal.SIGKILL)
    assert lifeline.ended(tmp_path) == [name]
    lifeline.bury(tmp_path, [name])
    assert lifeline.ended(tmp_path) == []
    lifeline.bury(tmp_path, [name])  # somebody else was quicker


def test_an_exception_ends_it_as_well(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"), lifeline.held(tmp_path):
        raise ValueError("x")
    assert left(tmp_path) == []


def test_however_many_come_and_go_at_once_none_alive_is_taken_for_dead(tmp_path: Path) -> None:
    """Turns of several shops begin at the same moment, and each looks for the dead first."""
    wrong: list[str] = []
    start = threading.Barrier(8)

    def come_and_go() -> None:
        start.wait()
        for _ in range(60):
            with lifeline.held(tmp_path) as name:
                dead = lifeline.ended(tmp_path)
                wrong.extend(dead)
                lifeline.bury(tmp_path, dead)
                if not (tmp_path / f"{name}.sender").exists():
                    wrong.append(name)

    threads = [threading.Thread(target=come_and_go) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert left(tmp_path) == []
