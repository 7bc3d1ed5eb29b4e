"""Takes down how one code comes: its characters, their pauses, its end. For the set-up wizard, which judges it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from jpship_gui.domain.scanning.diagnosis import Heard
from jpship_gui.domain.scanning.setup import Suffix
from jpship_gui.ui.scanning import strokes
from jpship_gui.ui.scanning.burst import gap

_SILENCE = 500  # ms after which nothing more comes of a code
_SHORTEST = 4  # characters; fewer were a finger on a keyboard


class Recorder(QObject):
    """`heard` carries each code."""

    heard = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._last = 0
        self._longest = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SILENCE)
        self._timer.timeout.connect(lambda: self._finish(Suffix.NONE))

    def press(self, event: QKeyEvent, at: int) -> None:
        """One key and the millisecond it was struck."""
        if strokes.ends(event):
            if self._text:
                self._longest = max(self._longest, gap(self._last, at))
                self._finish(Suffix.TAB if event.key() == Qt.Key.Key_Tab else Suffix.ENTER)
            return
        if not (strokes.plain(event) or strokes.separates(event)):
            return
        if self._text:
            self._longest = max(self._longest, gap(self._last, at))
        self._text += strokes.SEPARATOR if strokes.separates(event) else event.text()
        self._last = at
        self._timer.start()

    def line(self, text: str, *, method: bool = False) -> None:
        """A whole code, from a device of its own or an input method."""
        self._clear()
        self.heard.emit(Heard(text.strip("\r\n"), keys=False, method=method))

    def _finish(self, end: Suffix) -> None:
        text, longest = self._text, self._longest
        self._clear()
        if len(text) >= _SHORTEST:
            self.heard.emit(Heard(text, end, longest))

    def _clear(self) -> None:
        self._timer.stop()
        self._text, self._longest = "", 0
