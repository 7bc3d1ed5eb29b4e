"""Which input device the scanner is: all that may be read are listened to, and one of them sends the code shown."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal

from jpship_gui.devices.input_events import InputDevice, InputName, input_devices
from jpship_gui.domain.scanning.diagnosis import SIGNS
from jpship_gui.domain.scanning.framing import mended
from jpship_gui.domain.scanning.setup import Layout


class DeviceWatch(QObject):
    """`found` carries the device and which keyboard it is. On Linux alone; it grabs nothing."""

    found = Signal(object, object)
    _came = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._came.connect(self._judge)
        self._links: list[InputDevice] = []

    def start(self) -> None:
        """Listen to every keyboard that may be read."""
        names = input_devices() if sys.platform.startswith("linux") else ()
        self._links = [self._link(name) for name in names if name.readable]
        for link in self._links:
            link.start()

    def _link(self, name: InputName) -> InputDevice:
        return InputDevice(
            name.id, "us", lambda code: self._came.emit(name, code), lambda fault: None, grab=False
        )

    def _judge(self, name: InputName, code: str) -> None:
        for layout in (Layout.US, Layout.JIS):
            if SIGNS in (code if layout is Layout.US else mended(code, Layout.JIS, False)):
                self.found.emit(name, layout)
                return

    def stop(self) -> None:
        """Listen no longer."""
        for link in self._links:
            link.stop()
        self._links = []
