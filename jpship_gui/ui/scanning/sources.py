"""Scanners that are no keyboard to the window: a serial port, an input device of their own. Started as the desk's
settings say, lost and found again by themselves; their codes go where keystrokes would."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from jpship_gui.devices.input_events import InputDevice
from jpship_gui.devices.serial_line import SerialLine
from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.scanning.decoder import layout_of
from jpship_gui.domain.scanning.setup import setup_of
from jpship_gui.settings.options import Options
from jpship_gui.ui.scanning.keyboard import KeyboardScanner

_KEYS = ("scanner.port", "scanner.baud", "scanner.device", "scanner.layout")


class _Device(Protocol):
    """A thread that reads, or a filter of the window's own messages."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Sources(QObject):
    """`changed` carries what is wrong with a device now, None once it works."""

    changed = Signal(object)
    _came = Signal(str)
    _told = Signal(object, int)

    def __init__(self, scanner: KeyboardScanner) -> None:
        super().__init__(scanner)
        self._scanner = scanner
        self._links: list[_Device] = []
        self._set: tuple[object, ...] = ()
        self._round = 0  # what a link of an earlier setting still says is over
        self.fault: WorldFault | None = None
        self._came.connect(self._feed)  # from a device's thread into the window's
        self._told.connect(self._heard)

    def apply(self, options: Options) -> None:
        """Read from the devices of these settings; nothing happens where they are as before."""
        wanted = tuple(options.get(key) for key in _KEYS)
        if wanted == self._set:
            return
        self.stop()
        self._set = wanted
        if port := options.get("scanner.port"):
            self._links.append(
                SerialLine(port, int(options.get("scanner.baud")), self._bring, self._teller())
            )
        if device := options.get("scanner.device"):
            self._links.append(self._device(device, layout_of(setup_of(options.get))))
        for link in self._links:
            link.start()

    def _device(self, device: str, layout: str) -> _Device:
        if sys.platform == "win32":
            from jpship_gui.ui.scanning.windows_keys import RawDevice

            return RawDevice(device, layout, self._bring, self._teller())
        return InputDevice(device, layout, self._bring, self._teller())

    def _bring(self, code: str) -> None:
        self._came.emit(code)

    def _teller(self) -> Callable[[WorldFault | None], None]:
        present = self._round
        return lambda fault: self._told.emit(fault, present)

    def _feed(self, code: str) -> None:
        self._scanner.feed(code)

    def _heard(self, fault: WorldFault | None, when: int) -> None:
        if when == self._round:
            self.fault = fault
            self.changed.emit(fault)

    def stop(self) -> None:
        """Let go of every device."""
        self._round += 1
        self._set = ()
        self.fault = None
        for link in self._links:
            link.stop()
        self._links = []


def sources_of(scanner: KeyboardScanner) -> Sources:
    """The one of the running program."""
    found = scanner.findChild(Sources)
    return found if found is not None else Sources(scanner)
