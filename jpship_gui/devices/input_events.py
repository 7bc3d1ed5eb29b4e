"""A scanner as an input device of its own (Linux): its keys are read where the system tells devices apart.

Grabbed, it is no keyboard to anything else, so what it reads reaches no field of any program.
"""

from __future__ import annotations

import errno
import os
import select
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jpship_gui.devices.link import RETRY, Link
from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.scanning.decoder import KeyDecoder

_EVENT = struct.Struct("@llHHi")  # struct input_event: seconds, microseconds, type, code, value
_EV_KEY, _DOWN = 1, (1, 2)
_WAIT = 0.1  # seconds; a silence this long ends a code whose scanner sends no Enter
_FOLDER = Path("/dev/input")
_GRAB = 0x40044590  # EVIOCGRAB
_BLOCK = 64 * _EVENT.size
_ENTER_KEY, _ONE_KEY = 28, 2


@dataclass(frozen=True, slots=True)
class InputName:
    """A keyboard-like device. `id` names it for good where the system does, else by its name."""

    id: str
    path: str
    name: str
    readable: bool


def _read_ioctl(number: int, size: int) -> int:
    """_IOC(_IOC_READ, 'E', number, size)"""
    return 2 << 30 | size << 16 | ord("E") << 8 | number


def parse(data: bytes) -> Iterator[tuple[int, bool]]:
    """(key, pressed) of whole `input_event` records; all but keys are left out, a held key is pressed again."""
    for at in range(0, len(data) - _EVENT.size + 1, _EVENT.size):
        _, _, kind, code, value = _EVENT.unpack_from(data, at)
        if kind == _EV_KEY:
            yield code, value in _DOWN


def input_devices(folder: Path = _FOLDER) -> tuple[InputName, ...]:
    """Devices with the keys of a keyboard; those we may not read are there too, by their link's name alone."""
    links = {os.path.realpath(link): link for link in sorted((folder / "by-id").glob("*-event-kbd"))}
    found = []
    for path in sorted(folder.glob("event*")):
        link = links.get(os.path.realpath(path))
        name = _named(path)
        if name is None and link is None:
            continue
        if name is not None and not name:
            continue  # readable, and no keyboard
        words = name or (link.name.removesuffix("-event-kbd") if link else "")
        found.append(InputName(str(link) if link else f"name:{words}", str(path), words, name is not None))
    return tuple(found)


def _named(path: Path) -> str | None:
    """The name of a device with Enter and digits, blank for another, None for one we may not open."""
    import fcntl

    try:
        device = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        keys = fcntl.ioctl(device, _read_ioctl(0x20 + _EV_KEY, 96), bytes(96))
        name = fcntl.ioctl(device, _read_ioctl(0x06, 256), bytes(256))
    except OSError:
        return ""
    finally:
        os.close(device)
    has = all(keys[key // 8] >> key % 8 & 1 for key in (_ENTER_KEY, _ONE_KEY))
    return name.split(b"\0")[0].decode("utf-8", "replace") or path.name if has else ""


def path_of(id_: str) -> str:
    """Where the device of an id is now; WorldFault("scanner_gone")."""
    if not id_.startswith("name:"):
        return id_
    for device in input_devices():
        if device.id == id_:
            return device.path
    raise WorldFault("scanner_gone", device=id_.removeprefix("name:"))


class InputDevice(Link):
    """Codes from an input device. `layout` is the scanner's keyboard, us or jis; without `grab` other programs get its
    keys too, as while the wizard looks for the scanner."""

    def __init__(
        self,
        id_: str,
        layout: str,
        came: Callable[[str], None],
        told: Callable[[WorldFault | None], None],
        *,
        grab: bool = True,
        retry: float = RETRY,
    ) -> None:
        self._id, self._layout, self._grab = id_, layout, grab
        super().__init__(self._connect, came, told, retry)

    def _connect(self) -> _OpenDevice:
        if not sys.platform.startswith("linux"):
            raise WorldFault("scanner_no_devices")
        path = path_of(self._id)
        words = Path(path).name.removesuffix("-event-kbd")
        try:
            device = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        except OSError as error:
            denied = error.errno in (errno.EACCES, errno.EPERM)
            raise WorldFault("scanner_denied" if denied else "scanner_gone", device=words) from error
        if self._grab:
            _take(device, words)
        return _OpenDevice(device, KeyDecoder(self._layout), words)


def _take(device: int, words: str) -> None:
    """Grab it; what is no input device (a pipe that plays one) cannot be."""
    import fcntl

    try:
        fcntl.ioctl(device, _GRAB, 1)
    except OSError as error:
        if error.errno not in (errno.ENOTTY, errno.EINVAL):
            os.close(device)
            raise WorldFault("scanner_busy", device=words) from error


class _OpenDevice:
    """A device as long as it is there."""

    def __init__(self, device: int, decoder: KeyDecoder, name: str) -> None:
        self._device, self._decoder, self._name = device, decoder, name
        self._rest = b""

    def read(self) -> Sequence[str]:
        """Waits a tenth of a second."""
        if not select.select([self._device], [], [], _WAIT)[0]:
            left = self._decoder.flush()
            return [left] if left else []
        try:
            data = os.read(self._device, _BLOCK)
        except BlockingIOError:
            return []
        except OSError as error:
            raise WorldFault("scanner_gone", device=self._name) from error
        if not data:
            raise WorldFault("scanner_gone", device=self._name)
        data = self._rest + data
        whole = len(data) // _EVENT.size * _EVENT.size
        self._rest = data[whole:]
        ended = (self._decoder.key(code, down) for code, down in parse(data[:whole]))
        return [code for code in ended if code]

    def close(self) -> None:
        """It is a keyboard again."""
        os.close(self._device)
