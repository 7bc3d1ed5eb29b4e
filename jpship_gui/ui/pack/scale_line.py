"""A scale on a serial port: its lines reach the desk when a weight is waited for, each thing on it once (PK-22)."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from jpship_gui.devices.serial_line import SerialLine
from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.packing.on_scale import OnScale
from jpship_gui.flows.pack.weights import reading
from jpship_gui.flows.workspace import Workspace


class ScaleLine(QObject):
    """`weighed(line)` in the window's thread; `told(fault)` when the port is lost or found (None)."""

    weighed = Signal(str)
    told = Signal(object)
    _came = Signal(str)

    def __init__(self, wanted: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._wanted = wanted
        self._line: SerialLine | None = None
        self._ws: Workspace | None = None
        self._on_scale = OnScale()
        self._came.connect(self._heard)  # from the port's thread into the window's

    def begin(self, ws: Workspace) -> None:
        """Listen at the port that is set, if one is."""
        port = str(ws.options.get("scale.port"))
        if self._line is not None or not port:
            return
        self._ws, self._on_scale = ws, OnScale()
        self._line = SerialLine(port, int(ws.options.get("scale.baud")), self._came.emit, self._tell)
        self._line.start()

    def end(self) -> None:
        """Let go of the port."""
        if self._line is not None:
            self._line.stop()
            self._line = None

    def _tell(self, fault: WorldFault | None) -> None:
        self.told.emit(fault)

    def _heard(self, typed: str) -> None:
        found = reading(self._ws, typed) if self._line is not None and self._ws is not None else None
        if found is not None and self._on_scale.heard(found, time.monotonic(), wanted=self._wanted()):
            self.weighed.emit(typed)
