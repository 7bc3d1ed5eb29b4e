"""Scanners and scales on a serial line, by pyserial (an option of the installation)."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from jpship_gui.devices.lines import LineReader
from jpship_gui.devices.link import RETRY, Link
from jpship_gui.domain.fault import WorldFault

_WAIT = 0.1  # seconds a reading waits; a silence this long ends a line
_FAULTS = {
    errno.ENOENT: "serial_gone",
    errno.ENXIO: "serial_gone",
    errno.ENODEV: "serial_gone",
    errno.EIO: "serial_gone",
    errno.EACCES: "serial_busy" if sys.platform == "win32" else "serial_denied",
    errno.EPERM: "serial_denied",
    errno.EBUSY: "serial_busy",
    errno.EAGAIN: "serial_busy",
}


@dataclass(frozen=True, slots=True)
class SerialName:
    """A serial port of this computer; `id` says the same device again when it comes back under another name."""

    port: str
    name: str
    id: str


def serial_ports() -> tuple[SerialName, ...]:
    """The ports there are, those of USB first; WorldFault("serial_missing") without pyserial."""
    from_system = _pyserial("serial.tools.list_ports").comports()
    found = [SerialName(port.device, port.description or "", _id(port)) for port in from_system]
    return tuple(sorted(found, key=lambda name: (not name.id, name.port)))


class SerialLine(Link):
    """Lines from a port, as a scanner or a scale sends them. See `Link` for what `came` and `told` get."""

    def __init__(
        self,
        port: str,
        baud: int,
        came: Callable[[str], None],
        told: Callable[[WorldFault | None], None],
        retry: float = RETRY,
    ) -> None:
        self._port, self._baud, self._id = port, baud, ""
        super().__init__(self._connect, came, told, retry)

    def _connect(self) -> _OpenPort:
        serial = _pyserial("serial")
        port = self._present()
        try:
            opened = serial.Serial(port, self._baud, timeout=_WAIT, exclusive=True)
        except serial.SerialException as error:
            raise _fault(error, self._port) from error
        except ValueError as error:
            raise WorldFault("serial_speed", port=self._port, baud=self._baud) from error
        self._id = self._id or next((one.id for one in serial_ports() if one.port == port), "")
        return _OpenPort(serial, opened, self._port)

    def _present(self) -> str:
        """The port's name now: plugged in again, a USB device may have got another."""
        if not self._id:
            return self._port
        there = serial_ports()
        same = [one.port for one in there if one.id == self._id]
        return self._port if self._port in same or not same else same[0]


class _OpenPort:
    """A port as long as it is there."""

    def __init__(self, serial: Any, opened: Any, name: str) -> None:
        self._serial, self._opened, self._name = serial, opened, name
        self._lines = LineReader()
        self._last = time.monotonic()

    def read(self) -> Sequence[str]:
        """Waits a tenth of a second."""
        try:
            data = self._opened.read(1)
            data += self._opened.read(self._opened.in_waiting)
        except (self._serial.SerialException, OSError) as error:
            raise WorldFault("serial_gone", port=self._name) from error
        return self._lines.feed(data) if data else self._lines.silence()

    def close(self) -> None:
        """Others may have it."""
        try:
            self._opened.close()
        except OSError:
            self._opened.fd = None  # it went with its device


def _fault(error: Any, port: str) -> WorldFault:
    number = error.errno or getattr(error.__context__, "errno", None)
    if number is None:  # Windows: only the message says it
        number = errno.ENOENT if "FileNotFound" in str(error) else errno.EACCES
    return WorldFault(_FAULTS.get(number, "serial_gone"), port=port)


def _id(port: Any) -> str:
    if port.vid is None:
        return ""
    return f"{port.vid:04x}:{port.pid:04x}:{port.serial_number or ''}"


def _pyserial(module: str) -> Any:
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise WorldFault("serial_missing") from error
