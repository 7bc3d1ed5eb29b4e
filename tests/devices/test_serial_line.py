"""A scanner on a serial line: a real pseudo-terminal plays the port."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jpship_gui.devices.lines import LineReader
from jpship_gui.devices.serial_line import SerialLine, serial_ports
from jpship_gui.domain.fault import WorldFault

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        ([b"200000001116\r\n"], ["200000001116"]),
        ([b"2000000", b"01116\r", b"\nJP00000VK\r\n"], ["200000001116", "JP00000VK"]),
        ([b"\x02ST,+0000.523kg\x03"], ["ST,+0000.523kg"]),
        ([b"\r\n\r\n"], []),
        (["納品書\n".encode("cp932")], ["納品書"]),
        (["納品書\n".encode()], ["納品書"]),
        ([b"]C101049012345678\x1d17\r"], ["]C101049012345678\x1d17"]),
        ([b"x" * 5000, b"\nA\n"], ["A"]),
    ],
)
def test_lines_of_every_kind(pieces: list[bytes], lines: list[str]) -> None:
    reader = LineReader()
    assert [line for piece in pieces for line in reader.feed(piece)] == lines


def test_a_scanner_without_an_end_ends_by_silence() -> None:
    reader = LineReader()
    assert reader.feed(b"4901234567894") == []
    assert reader.silence() == ["4901234567894"]
    assert reader.silence() == []


class Wire:
    """The other end of a port whose name stays, as one under /dev/serial/by-id does."""

    def __init__(self, link: Path) -> None:
        self._link = link
        self._ours = -1

    def plug(self) -> None:
        self._ours, theirs = os.openpty()
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(theirs))
        self._theirs = theirs

    def send(self, text: bytes) -> None:
        os.write(self._ours, text)

    def pull(self) -> None:
        self._link.unlink()
        os.close(self._theirs)
        os.close(self._ours)
        self._ours = -1

    def close(self) -> None:
        if self._ours >= 0:
            self.pull()


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    if sys.platform == "win32":
        pytest.skip("pseudo-terminals exist on Unix only")
    made = Wire(tmp_path / "ttyScanner")
    yield made
    with contextlib.suppress(OSError):
        made.close()


class Heard:
    """What a line said."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.states: list[str] = []

    def came(self, line: str) -> None:
        self.lines.append(line)

    def told(self, fault: WorldFault | None) -> None:
        self.states.append(fault.code if fault else "works")


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def line(wire: Wire, heard: Heard, tmp_path: Path) -> Iterator[SerialLine]:
    made = SerialLine(str(tmp_path / "ttyScanner"), 9600, heard.came, heard.told, retry=0.05)
    yield made
    made.stop()


def test_lines_come_whole_and_in_order(wire: Wire, line: SerialLine, heard: Heard) -> None:
    wire.plug()
    line.start()
    until(lambda: heard.states == ["works"])
    sent = [f"20000000{n:04d}" for n in range(200)]
    for code in sent:
        wire.send(code.encode() + b"\r\n")
    until(lambda: len(heard.lines) >= len(sent))
    assert heard.lines == sent


def test_a_port_pulled_out_and_plugged_in_again_needs_no_hand(
    wire: Wire, line: SerialLine, heard: Heard
) -> None:
    line.start()
    until(lambda: heard.states == ["serial_gone"])
    wire.plug()
    until(lambda: heard.states[-1] == "works")
    wire.send(b"JP00000VK\r")
    until(lambda: heard.lines == ["JP00000VK"])
    wire.pull()
    until(lambda: heard.states[-1] == "serial_gone")
    wire.plug()
    until(lambda: heard.states[-1] == "works")
    wire.send(b"JP00000WP\r")
    until(lambda: heard.lines == ["JP00000VK", "JP00000WP"])
    assert heard.states == ["serial_gone", "works", "serial_gone", "works"]


def test_a_port_another_program_has_is_said(
    wire: Wire, line: SerialLine, heard: Heard, tmp_path: Path
) -> None:
    wire.plug()
    line.start()
    until(lambda: heard.states == ["works"])
    second = Heard()
    other = SerialLine(str(tmp_path / "ttyScanner"), 9600, second.came, second.told, retry=0.05)
    other.start()
    until(lambda: second.states)
    assert second.states == ["serial_busy"]
    line.stop()
    until(lambda: second.states[-1] == "works")
    other.stop()


def test_the_ports_of_this_computer_can_be_listed() -> None:
    assert all(port.port for port in serial_ports())


def test_without_pyserial_it_says_so_and_nothing_loads_it_before() -> None:
    script = (
        "import sys; sys.modules['serial'] = None\n"
        "from jpship_gui.devices.serial_line import SerialLine, serial_ports\n"
        "from jpship_gui.domain.fault import WorldFault\n"
        "try:\n    serial_ports()\nexcept WorldFault as fault:\n    print(fault.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "serial_missing"
