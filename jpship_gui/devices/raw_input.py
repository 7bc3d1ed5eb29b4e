"""Windows Raw Input: keys with the device they came from. What it says is read here; asking for it is `raw_windows`.

Windows sends WM_INPUT for a key first and the usual WM_KEYDOWN after it. `Swallow` remembers the scanner's keys in
between, so that the usual message of the same key is kept from the window.
"""

from __future__ import annotations

import struct
from collections import deque
from dataclasses import dataclass

_HEADER = struct.Struct("@IINN")  # type, size, device, wParam; the last two are as wide as a pointer
_KEYBOARD = struct.Struct("@HHHHII")  # make code, flags, reserved, virtual key, message, extra
_TYPE_KEYBOARD = 1
_BREAK, _E0, _E1 = 1, 2, 4
_OVERRUN = 0xFF
_FAKE_SHIFT = 0x2A  # with E0 it only frames keypad keys
# make codes with the E0 mark and those above the main block → the numbers of `keymap`
_EXTENDED = {0x1C: 96, 0x1D: 97, 0x35: 98, 0x38: 100}
_JAPANESE = {0x73: 89, 0x7D: 124, 0x70: 93, 0x79: 92, 0x7B: 94}


@dataclass(frozen=True, slots=True)
class RawKey:
    """One key: its device's handle, its number in `keymap`, whether it went down, and its virtual key."""

    device: int
    code: int
    down: bool
    virtual: int


def parse(data: bytes) -> RawKey | None:
    """The key in a RAWINPUT record; None for mice, overruns and keys that only frame others."""
    if len(data) < _HEADER.size + _KEYBOARD.size:
        return None
    kind, _, device, _ = _HEADER.unpack_from(data)
    make, flags, _, virtual, _, _ = _KEYBOARD.unpack_from(data, _HEADER.size)
    if kind != _TYPE_KEYBOARD or make in (0, _OVERRUN) or flags & _E1:
        return None
    if flags & _E0:
        if make == _FAKE_SHIFT:
            return None
        code = _EXTENDED.get(make, make + 0x100)  # arrows and the like: numbers no character has
    else:
        code = _JAPANESE.get(make, make)
    return RawKey(device, code, not flags & _BREAK, virtual)


class Swallow:
    """Which usual key messages are the scanner's. They come in the order of the raw ones."""

    def __init__(self, most: int = 512) -> None:
        self._due: deque[tuple[int, bool]] = deque(maxlen=most)

    def expect(self, key: RawKey) -> None:
        """The scanner's raw message has come."""
        self._due.append((key.virtual, key.down))

    def takes(self, virtual: int, down: bool) -> bool:
        """Whether this usual message is one of them; what never came of older ones is forgotten."""
        if (virtual, down) not in self._due:
            return False
        while self._due.popleft() != (virtual, down):
            pass
        return True
