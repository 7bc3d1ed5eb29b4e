"""`jpship scan --device`: a scanner without a screen, by its own input device or port."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from jpship_gui.flows.workspace import open_workspace
from tests.devices.test_input_events import typed
from tests.journeys.desk_program import PROGRAM, Program

Started = subprocess.Popen[str]
pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="input devices as files, pseudo-terminals"
)


@pytest.fixture
def home(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


def set_up(program: Program, values: dict[str, str]) -> None:
    """Settings of this desk, as the options page keeps them."""
    ws = open_workspace(str(program.home))
    for key, value in values.items():
        ws.options.set(key, value)
    ws.close()


def run(program: Program, feed: Callable[[Started], None], last: str) -> tuple[list[str], str]:
    """What it answered to the codes that `feed` sends, up to the last one, and what it said beside."""
    started = subprocess.Popen(
        [*PROGRAM, "--json", "scan", "--device"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=program.variables,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # as in a terminal
    )  # fmt: skip
    assert started.stdout is not None
    feed(started)
    answers: list[str] = []
    while last not in answers:
        answers.append(json.loads(started.stdout.readline())["text"])
    started.send_signal(signal.SIGINT)  # pressed once, whatever the program is at
    _, said = started.communicate()
    return answers, said


def test_codes_of_an_input_device_are_answered(home: Program, tmp_path: Path) -> None:
    pipe = tmp_path / "usb-Scanner-event-kbd"
    os.mkfifo(pipe)
    set_up(home, {"scanner.device": str(pipe), "scanner.prefix": "~"})
    writer = os.open(pipe, os.O_RDWR)

    def feed(_: Started) -> None:
        os.write(
            writer, b"".join(typed(code, "jis") for code in ("~JP0000013", "~JP0000013", "4901234567894"))
        )

    answers, said = run(home, feed, "4901234567894")
    os.close(writer)
    assert answers == ["JP0000013", "4901234567894"]
    assert "again: JP0000013" in said


def test_codes_of_a_serial_port_are_answered(home: Program) -> None:
    ours, theirs = os.openpty()
    set_up(home, {"scanner.port": os.ttyname(theirs)})

    import termios  # not on Windows

    def feed(started: Started) -> None:
        while termios.tcgetattr(theirs)[3] & termios.ICANON:  # nobody has opened it yet
            assert started.poll() is None
            time.sleep(0.05)
        while not select.select([started.stdout], [], [], 0.5)[
            0
        ]:  # what comes while it is opened is nobody's
            os.write(ours, b"JP0000013\r\n")
        os.write(ours, b"4901234567894\r\n")

    answers, _ = run(home, feed, "4901234567894")
    os.close(ours)
    os.close(theirs)
    assert list(dict.fromkeys(answers)) == ["JP0000013", "4901234567894"]


def test_without_either_it_says_so(home: Program) -> None:
    answer = home("scan", "--device")
    assert (answer.code, answer.said["error"]["code"]) == (2, "scanner_unset")
