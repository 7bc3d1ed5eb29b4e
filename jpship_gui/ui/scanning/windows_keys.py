"""The scanner's keys on Windows: taken out of the window's messages by the device they came from. Not run where this
was written; what is decided here is in `devices.raw_input`, which is tested."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication

from jpship_gui.devices import raw_windows
from jpship_gui.devices.raw_input import Swallow, parse
from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.scanning.decoder import KeyDecoder

_SILENCE = 100  # ms without a key: the end of a code whose scanner sends none
_LOOK = 1000  # ms between two looks whether the scanner is plugged in
_DOWN = (raw_windows.WM_KEYDOWN, raw_windows.WM_SYSKEYDOWN)
_KEYS = (*_DOWN, raw_windows.WM_KEYUP, raw_windows.WM_SYSKEYUP)


class RawDevice(QAbstractNativeEventFilter):
    """Started and stopped like a device that is read in a thread, but lives in the window's own."""

    def __init__(
        self, device: str, layout: str, came: Callable[[str], None], told: Callable[[WorldFault | None], None]
    ) -> None:
        super().__init__()
        self._path, self._came, self._told = device, came, told
        self._decoder = KeyDecoder(layout)
        self._swallow = Swallow()
        self._handle = 0
        self._early = False
        self._code: str | None = ""
        self._silence = QTimer()
        self._silence.setSingleShot(True)
        self._silence.setInterval(_SILENCE)
        self._silence.timeout.connect(self._ended)
        self._looking = QTimer()
        self._looking.setInterval(_LOOK)
        self._looking.timeout.connect(self._look)

    def start(self) -> None:
        """Ask for raw input and watch the messages."""
        app = QCoreApplication.instance()
        windows = QGuiApplication.topLevelWindows()
        try:
            raw_windows.register(int(windows[0].winId()) if windows else 0)
        except WorldFault as fault:
            self._told(fault)
            return
        if app is not None:
            app.installNativeEventFilter(self)
        self._look()
        self._looking.start()

    def stop(self) -> None:
        """The scanner is a keyboard again."""
        self._looking.stop()
        self._silence.stop()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self)
        if self._handle:
            raw_windows.register(0, on=False)
            self._handle = 0

    def _look(self) -> None:
        """Plugged in again it has another handle."""
        found = next((one.handle for one in raw_windows.keyboards() if one.path == self._path), 0)
        self._handle = found
        code = None if found else "scanner_gone"
        if code != self._code:
            self._code = code
            name = raw_windows.RawName(0, self._path).name
            self._told(None if found else WorldFault("scanner_gone", device=name))

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Raw keys are decoded; the usual messages of the same keys go no further."""
        if not self._first(kind):
            return False, 0
        said = raw_windows.Message.from_address(int(message))
        if said.message == raw_windows.WM_INPUT:
            self._raw(said.long)
        elif said.message in _KEYS and self._swallow.takes(said.wide & 0xFF, said.message in _DOWN):
            return True, 0
        return False, 0

    def _first(self, kind: object) -> bool:
        """Qt may show one message twice: taken out of the queue, before characters are made of it, and at the window.
        Where the first is shown, the second is passed over."""
        if kind == b"windows_dispatcher_MSG":
            self._early = True
            return True
        return kind == b"windows_generic_MSG" and not self._early

    def _raw(self, handle: int) -> None:
        key = parse(raw_windows.record(handle))
        if key is None or not self._handle or key.device != self._handle:
            return
        self._swallow.expect(key)
        code = self._decoder.key(key.code, key.down)
        if code:
            self._silence.stop()
            self._came(code)
        elif key.down:
            self._silence.start()

    def _ended(self) -> None:
        code = self._decoder.flush()
        if code:
            self._came(code)
