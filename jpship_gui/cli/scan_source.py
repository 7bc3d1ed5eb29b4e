"""Codes for `jpship scan` from the scanner's own device or port instead of standard input."""

from __future__ import annotations

import queue
import sys
import time

from jpship_gui.cli.ending import Ending
from jpship_gui.cli.output import fault_text
from jpship_gui.devices.input_events import InputDevice
from jpship_gui.devices.link import Link
from jpship_gui.devices.serial_line import SerialLine
from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.scanning.decoder import layout_of
from jpship_gui.domain.scanning.framing import unframed
from jpship_gui.domain.scanning.setup import setup_of
from jpship_gui.domain.scanning.taming import Tamer
from jpship_gui.settings.options import Options

_LOOK = 0.1  # seconds between two looks for Ctrl+C, which may come when nothing would end a longer waiting


class DeviceLines(Ending):
    """Lines as a file has them, until Ctrl+C. What the blank time leaves out is told on standard error."""

    def __init__(self, options: Options) -> None:
        """Refused("scanner_unset") when neither device nor port is set."""
        super().__init__()
        self._setup = setup_of(options.get)
        self._tamer = Tamer()
        self._came: queue.SimpleQueue[tuple[str, int]] = queue.SimpleQueue()
        self._links: list[Link] = []
        if port := options.get("scanner.port"):
            self._links.append(SerialLine(port, int(options.get("scanner.baud")), self._take, _tell))
        if device := options.get("scanner.device"):
            self._links.append(InputDevice(device, layout_of(self._setup), self._take, _tell))
        if not self._links:
            raise Refused("scanner_unset")

    def _take(self, code: str) -> None:
        self._came.put((code, time.monotonic_ns() // 1_000_000))

    def __enter__(self) -> DeviceLines:
        super().__enter__()
        for link in self._links:
            link.start()
        return self

    def __exit__(self, *ended: object) -> None:
        for link in self._links:
            link.stop()
        super().__exit__(*ended)

    def readline(self) -> str:
        """The next code that counts."""
        while True:
            self.check()
            try:
                text, at = self._came.get(timeout=_LOOK)
            except queue.Empty:
                continue
            code = unframed(text, self._setup.prefix, self._setup.ending)
            reason = self._tamer.judge(code, at, at, self._setup.again)
            if not reason:
                return f"{code}\n"
            print(f"{reason}: {code}", file=sys.stderr)


def _tell(fault: WorldFault | None) -> None:
    if fault is not None:
        print(fault_text(fault), file=sys.stderr)
