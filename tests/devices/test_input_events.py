"""A scanner as an input device: recorded structures through a real pipe."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.devices.input_events import InputDevice, input_devices, parse, path_of
from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.scanning.decoder import KeyDecoder
from jpship_gui.domain.scanning.keymap import TABLES
from tests.devices.test_serial_line import Heard, until

LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="input devices as files exist on Linux only"
)
ENTER, SHIFT, CTRL, ALT = 28, 42, 29, 56


def record(kind: int, code: int, value: int) -> bytes:
    """struct input_event as the kernel writes it on this machine."""
    return struct.pack("@llHHi", 1_700_000_000, 123_456, kind, code, value)


def pressed(code: int) -> bytes:
    """Scan code, key, report; down and up, as a USB keyboard gives them."""
    return b"".join(record(4, 4, 0x70000 + code) + record(1, code, down) + record(0, 0, 0) for down in (1, 0))


def typed(text: str, layout: str, end: int = ENTER) -> bytes:
    """What a scanner that is this keyboard sends for a text."""
    keys = {
        sign: (code, shift)
        for code, pair in reversed(TABLES[layout].items())
        for shift, sign in enumerate(pair)
        if sign
    }
    sent = b""
    for sign in text:
        code, shift = keys[sign]
        sent += record(1, SHIFT, 1) * shift + pressed(code) + record(1, SHIFT, 0) * shift
    return sent + pressed(end)


def test_only_keys_are_read_from_the_records() -> None:
    assert list(parse(pressed(2) + record(2, 0, 5) + record(1, 3, 2))) == [(2, True), (2, False), (3, True)]
    assert list(parse(pressed(2)[:-1])) == [(2, True), (2, False)]  # a torn record waits


@pytest.mark.parametrize("layout", ["us", "jis"])
def test_every_sign_of_a_keyboard_comes_back(layout: str) -> None:
    signs = "".join(sorted({sign for pair in TABLES[layout].values() for sign in pair if sign}))
    decoder = KeyDecoder(layout)
    codes = [decoder.key(code, down) for code, down in parse(typed(signs, layout))]
    assert [code for code in codes if code] == [signs]


def test_signs_that_no_keyboard_has() -> None:
    decoder = KeyDecoder("us")
    events = [
        (2, True),
        (2, False),
        (CTRL, True),
        (27, True),
        (27, False),
        (CTRL, False),
        (3, True),
        (3, False),
    ]
    events += [
        (ALT, True),
        (82, True),
        (82, False),
        (76, True),
        (76, False),
        (73, True),
        (73, False),
        (ALT, False),
    ]
    events += [(CTRL, True), (50, True)]
    assert [code for code in (decoder.key(*event) for event in events) if code] == ["1\x1d2;"]  # Alt and 059


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "usb-Honeywell_1470g-event-kbd"
    os.mkfifo(path)
    return path


@pytest.fixture
def device(pipe: Path, heard: Heard) -> Iterator[InputDevice]:
    made = InputDevice(str(pipe), "jis", heard.came, heard.told, retry=0.05)
    yield made
    made.stop()


@LINUX
def test_codes_come_from_the_device_and_it_may_be_pulled_out(
    device: InputDevice, pipe: Path, heard: Heard
) -> None:
    writer = os.open(pipe, os.O_RDWR)
    device.start()
    until(lambda: heard.states == ["works"])
    sent = ["JP00000VK", "200000001116", "sku-1_a+b:c"]
    whole = b"".join(typed(code, "jis") for code in sent)
    for at in range(0, len(whole), 100):  # never whole records
        os.write(writer, whole[at : at + 100])
    until(lambda: len(heard.lines) >= 3)
    assert heard.lines == sent
    os.write(writer, typed("4901234567894", "jis", end=15))
    until(lambda: heard.lines[3:] == ["4901234567894"])
    os.write(writer, typed("4901234567894", "jis")[: -len(pressed(ENTER))])  # no end at all
    until(lambda: heard.lines[4:] == ["4901234567894"])
    os.close(writer)
    pipe.unlink()
    until(lambda: heard.states[-1] == "scanner_gone")


@LINUX
def test_a_device_we_may_not_read_is_said(pipe: Path) -> None:
    """As another user than the one who may read it."""
    pipe.chmod(0)
    child = os.fork()
    if not child:
        if os.geteuid() == 0:
            os.setuid(65534)
        try:
            InputDevice(str(pipe), "jis", print, print)._connect()
        except WorldFault as fault:
            os._exit(0 if fault.code in ("scanner_denied", "scanner_gone") else 2)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0


@LINUX
def test_devices_are_found_by_their_lasting_name(tmp_path: Path) -> None:
    (tmp_path / "by-id").mkdir()
    for n in range(3):
        (tmp_path / f"event{n}").write_bytes(b"")  # no input devices, so their links alone tell
    (tmp_path / "event1").unlink()
    (tmp_path / "by-id" / "usb-Honeywell_1470g-event-kbd").symlink_to(tmp_path / "event1")
    (tmp_path / "event1").symlink_to("/nowhere")
    found = input_devices(tmp_path)
    assert [(one.name, one.readable) for one in found] == [("usb-Honeywell_1470g", False)]
    with pytest.raises(WorldFault) as fault:
        path_of("name:No such scanner")
    assert fault.value.code == "scanner_gone"
