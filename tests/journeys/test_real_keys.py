"""Real X keystrokes into the real window: every code handled once and in order, wherever the focus is."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import shipments, shops
from tests.builders import NOW, a_line, an_order, stored

pytestmark = pytest.mark.xvfb
ROOT = Path(__file__).resolve().parents[2]
PARCELS = 500
STALL = 1000  # ms between two keys of one code
OUTCOMES = ["OK_OPEN", "OK_ITEM_LAST", "OK_LINK"]


def _until(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait for something another process does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual screen of its own."""
    if sys.platform != "linux":
        pytest.skip("X keystrokes exist on Linux only")
    if not shutil.which("Xvfb") or not shutil.which("xdotool"):
        pytest.skip("Xvfb and xdotool are not installed; .ci/run installs them")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"],
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
    ws.options.set("sound.volume", "0")
    # The keys are sent by programs, which a busy machine holds up now and then; a scanner's own pace it is not.
    ws.options.set("scanner.blank_ms", STALL)
    ws.close()
    scans = []
    for n, (_, key) in enumerate(made, 1):
        body = f"20000000{n:03d}"
        scans += [key, f"GOODS{n:04d}", body + str(int(body) % 7)]
    return scans


class Desk:
    """The running program, its keyboard, and its journal."""

    def __init__(self, display: str, folder: Path) -> None:
        self._env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        self._env["JPSHIP_HOME"] = str(folder / "home")
        self._env.pop("JPSHIP_STRICT_WORDS", None)  # as a user runs it
        self._orders, self._done = folder / "orders", folder / "done"
        self._asked = 0
        self._home = folder / "home"
        script = ROOT / "tests" / "journeys" / "driven_window.py"
        self.errors = folder / "errors"
        with self.errors.open("wb") as errors:
            self.program = subprocess.Popen(
                [sys.executable, str(script), str(self._orders), str(self._done)],
                env=self._env, cwd=ROOT, stderr=errors,
            )  # fmt: skip
        _until(lambda: self._xdotool("search", "--onlyvisible", "--name", "jpship"))
        self.window = self.find("jpship")
        self.focus(self.window)

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self._env, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def find(self, name: str) -> str:
        """The X window of this name."""
        _until(lambda: self._xdotool("search", "--onlyvisible", "--name", name))
        return self._xdotool("search", "--onlyvisible", "--name", name).splitlines()[-1]

    def focus(self, window: str) -> None:
        """Keys go there from now on."""
        self._xdotool("windowfocus", "--sync", window)

    def press(self, *keys: str, delay: int = 0) -> None:
        """Keys as a device sends them."""
        self._xdotool("key", "--delay", str(delay), *keys)

    def scan(self, codes: Sequence[str], delay: int = 0) -> None:
        """Codes with their Enter, back to back: no pause but the scanner's own between two keys."""
        for at in range(0, len(codes), 60):
            keys = [key for code in codes[at : at + 60] for key in (*code, "Return")]
            self.press(*keys, delay=delay)

    def do(self, act: str, *, wait: bool = True) -> None:
        """An act of `driven_window`."""
        self._asked += 1
        with self._orders.open("a", encoding="utf-8") as orders:
            orders.write(f"{act}\n")
        if wait:
            _until(self.followed)

    def followed(self) -> bool:
        """Whether all acts are done."""
        return self._done.exists() and self._done.read_text(encoding="utf-8").split()[-1:] == [
            str(self._asked)
        ]

    def journal(self) -> list[dict[str, object]]:
        """Its lines."""
        lines = [
            json.loads(line)
            for file in sorted((self._home / "journal").glob("*.jsonl"))
            for line in file.read_text(encoding="utf-8").splitlines()
        ]
        return [line for line in lines if line["kind"] != "facts"]

    def reaches(self, scans: int) -> None:
        """Wait until so many are in the journal."""
        seen, end = -1, 0.0
        while (count := len(self.journal())) < scans:
            assert self.program.poll() is None, self.said()
            end = time.monotonic() + 40 if count > seen else end
            seen = count
            assert time.monotonic() < end, f"stopped at {count} of {scans}\n{self._where()}"
            time.sleep(0.05)

    def said(self) -> str:
        """What it wrote on standard error."""
        return self.errors.read_text(encoding="utf-8", errors="replace")

    def _where(self) -> str:
        """Where its threads are and which window has the keys, once it stands still."""
        self.program.send_signal(signal.SIGUSR1)
        time.sleep(1)
        focus = self._xdotool("getwindowfocus")
        name = self._xdotool("getwindowname", focus)
        return f"keys go to {focus} {name!r}, the window is {self.window}\n{self.said()[-6000:]}"

    def open_packing(self) -> None:
        """F2, and the desk's journal is there."""
        folder = self._home / "journal"
        _until(lambda: (self.press("F2"), time.sleep(0.3), folder.exists() and any(folder.iterdir()))[2])
        self.do("language ja")  # done by the window once the page is open


@pytest.fixture
def desk(display: str, tmp_path: Path, codes: list[str]) -> Iterator[Desk]:
    """The running program."""
    made = Desk(display, tmp_path)
    yield made
    made.program.terminate()
    made.program.wait()


def test_five_hundred_parcels_arrive_whole_and_in_order(desk: Desk, codes: list[str]) -> None:
    """Twelve digits within 60 ms and faster, codes back to back, whatever is open and wherever the focus is."""
    desk.open_packing()
    parts = [codes[at : at + 150] for at in range(0, len(codes), 150)]  # fifty parcels each
    sent = 0

    def read(part: int, delay: int = 0) -> None:
        nonlocal sent
        desk.scan(parts[part], delay)
        sent += len(parts[part])

    desk.focus(desk.window)
    read(0, delay=5)  # as a scanner's keyboard does it: 12 digits in 60 ms
    read(1)
    desk.do("busy 1.5", wait=False)
    read(2)  # the window sleeps while they come
    desk.reaches(sent)
    desk.do("question over-it")
    desk.focus(desk.find("over-it"))
    read(3)
    desk.do("language en", wait=False)
    read(4, delay=2)
    desk.reaches(sent)
    desk.do("close")
    desk.focus(desk.window)
    desk.do("search elsewhere")
    desk.focus(desk.find("elsewhere"))
    desk.do("busy 1.5", wait=False)
    read(5)
    desk.reaches(sent)
    desk.do("close")
    desk.focus(desk.window)
    desk.do("menu")
    read(6)
    desk.do("language zh_Hans", wait=False)
    read(7)
    desk.reaches(sent)
    desk.do("close")
    desk.press("F1")  # the program's own dialog of keys
    time.sleep(0.5)
    read(8)
    desk.do("language ja", wait=False)
    read(9)
    desk.reaches(len(codes))
    lines = desk.journal()
    assert [line["raw"] for line in lines] == codes
    assert [str(line["outcome"]) for line in lines] == OUTCOMES * PARCELS
    assert "Traceback" not in desk.said()


def test_codes_before_the_packing_page_start_nothing(desk: Desk, codes: list[str]) -> None:
    time.sleep(1)
    desk.scan([codes[0], codes[2]])
    time.sleep(0.5)
    assert desk.journal() == []
