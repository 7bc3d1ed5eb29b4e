"""Windows Raw Input: records as Windows lays them out on a 64-bit machine."""

from __future__ import annotations

import struct

from jpship_gui.devices.raw_input import RawKey, Swallow, parse
from jpship_gui.domain.scanning.decoder import KeyDecoder

SCANNER, KEYBOARD = 0x1_0001, 0x1_0002


def record(
    make: int, *, up: bool = False, flags: int = 0, virtual: int = 0, kind: int = 1, device: int = SCANNER
) -> bytes:
    """RAWINPUTHEADER and RAWKEYBOARD."""
    header = struct.pack("@IINN", kind, 48, device, 0)
    return header + struct.pack("@HHHHII", make, flags | up, 0, virtual, 0x0101 if up else 0x0100, 0)


def test_the_layout_is_that_of_windows() -> None:
    assert len(record(2)) == struct.calcsize("P") * 2 + 8 + 16


def test_keys_come_with_their_device() -> None:
    assert parse(record(2, virtual=0x31)) == RawKey(SCANNER, 2, True, 0x31)
    assert parse(record(2, up=True, virtual=0x31, device=KEYBOARD)) == RawKey(KEYBOARD, 2, False, 0x31)


def test_what_is_no_key_is_left_out() -> None:
    assert parse(record(2, kind=0)) is None
    assert parse(record(0xFF)) is None
    assert parse(record(0x2A, flags=2)) is None
    assert parse(record(0x1D, flags=4)) is None
    assert parse(b"") is None


def test_a_code_is_decoded_by_the_same_table_as_on_linux() -> None:
    decoder = KeyDecoder("jis")
    keys = [
        record(0x2A),
        record(36),
        record(36, up=True),
        record(25),
        record(25, up=True),
        record(0x2A, up=True),
    ]
    keys += [record(11), record(0x73), record(0x1C, flags=2)]
    codes = [decoder.key(key.code, key.down) for data in keys if (key := parse(data))]
    assert [code for code in codes if code] == ["JP0\\"]


def test_arrows_are_no_digits() -> None:
    decoder = KeyDecoder("jis")
    arrow = parse(record(0x48, flags=2))
    assert arrow is not None
    decoder.key(arrow.code, True)
    assert decoder.text == ""


def test_only_the_scanners_usual_messages_are_kept_from_the_window() -> None:
    swallow = Swallow()
    for down in (True, False):
        swallow.expect(RawKey(SCANNER, 2, down, 0x31))
    assert not swallow.takes(0x41, True)  # a person's key in between
    assert swallow.takes(0x31, True)
    assert swallow.takes(0x31, False)
    assert not swallow.takes(0x31, True)


def test_a_message_that_never_came_does_not_keep_a_persons_key_for_ever() -> None:
    swallow = Swallow()
    swallow.expect(RawKey(SCANNER, 2, True, 0x31))
    swallow.expect(RawKey(SCANNER, 3, True, 0x32))
    assert swallow.takes(0x32, True)
    assert not swallow.takes(0x31, True)
