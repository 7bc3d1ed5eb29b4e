"""Real X keystrokes into the real window: every code handled once and in order, wherever the focus is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import shipments, shops
from tests.builders import NOW, a_line, an_order, stored

pytestmark = pytest.mark.xvfb
ROOT = Path(__file__).resolve().parents[2]
PARCELS = 12


def _until(true: Callable[[], object], seconds: float = 120) -> None:
    """Wait for something another process does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """A virtual screen of its own."""
    if sys.platform != "linux":
        pytest.skip("X keystrokes exist on Linux only")
    if not shutil.which("Xvfb") or not shutil.which("xdotool"):
        pytest.skip("Xvfb and xdotool are not installed; .ci/run installs them")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()  # the server writes its line end apart
        yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture
def codes(tmp_path: Path) -> list[str]:
    """A desk with printed one-piece orders; the scans of its day."""
    ws = open_workspace(str(tmp_path / "home"))
    shops.add(ws.store, "本店", "rakuten", {"pack.goods": "on"}, NOW)
    made = stored(
        ws.store, *(an_order(n, lines=(a_line(sku=f"GOODS{n:04d}"),)) for n in range(1, PARCELS + 1))
    )
    with ws.store.transaction():
        ids = [row_id for row_id, _ in made]
        shipments.mark(ws.store, ids, "printed", NOW)
        shipments.restage(ws.store, ids)
    ws.close()
    scans = []
    for n, (_, key) in enumerate(made, 1):
        body = f"20000000{n:03d}"
        scans += [key, f"GOODS{n:04d}", body + str(int(body) % 7)]
    return scans


@pytest.fixture
def keys(display: str, tmp_path: Path, codes: list[str]) -> Iterator[Callable[..., None]]:
    """The running program on its packing page, and a function that sends it X keys."""
    env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "JPSHIP_HOME": str(tmp_path / "home")}
    env.pop("JPSHIP_STRICT_WORDS", None)  # as a user runs it
    program = subprocess.Popen(
        [sys.executable, "-m", "jpship_gui"], env=env, cwd=ROOT, stderr=subprocess.DEVNULL
    )

    def xdotool(*words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=env, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    try:
        _until(lambda: xdotool("search", "--onlyvisible", "--name", "jpship"))
        window = xdotool("search", "--onlyvisible", "--name", "jpship").splitlines()[-1]
        xdotool("windowfocus", "--sync", window)

        def send(*pressed: str) -> None:
            xdotool("windowfocus", window)
            xdotool("key", "--delay", "0", *pressed)

        yield send
    finally:
        program.terminate()
        program.wait()


def _journal(home: Path) -> list[dict[str, object]]:
    return [
        json.loads(line)
        for file in sorted((home / "journal").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


def test_a_day_of_scans_arrives_whole_and_in_order(
    keys: Callable[..., None], codes: list[str], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    _until(
        lambda: (
            keys("F2"),
            time.sleep(0.3),
            (home / "journal").exists() and any((home / "journal").iterdir()),
        )[2]
    )
    time.sleep(0.5)
    for code in codes:
        keys(*code, "Return")
    _until(lambda: len(_journal(home)) >= len(codes))
    lines = _journal(home)
    assert [line["raw"] for line in lines] == codes
    outcomes = [str(line["outcome"]) for line in lines]
    assert outcomes == ["OK_OPEN", "OK_ITEM_LAST", "OK_LINK"] * PARCELS


def test_codes_before_the_packing_page_start_nothing(
    keys: Callable[..., None], codes: list[str], tmp_path: Path
) -> None:
    time.sleep(1)
    keys(*codes[0], "Return")
    keys(*codes[2], "Return")
    time.sleep(0.5)
    assert _journal(tmp_path / "home") == []
