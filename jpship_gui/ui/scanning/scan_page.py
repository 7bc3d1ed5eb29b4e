"""A page that takes every scan while it is in sight: the packing station and the hand-over."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.page import Page
from jpship_gui.ui.scanning.keyboard import KeyboardScanner, scanner_of

_SHOWN_AFTER = 150  # ms; a scanner's burst is over by then
_LONGEST = 40  # characters of what is typed that are shown
_ALONE = 150  # ms a sign must at least stand alone before it is an answer


class Questions(Protocol):
    """What lies over the page and is answered by a sign typed slowly."""

    patience: int

    @property
    def open(self) -> bool:
        """Whether something is asked."""

    def typed(self, held: str) -> None:
        """What the keyboard holds now."""


class Painted(Protocol):
    """What is painted all over the page."""

    def set_scale(self, percent: int) -> None:
        """Size of the words."""


class ScanPage(Page):
    """Override what is told: a code, a code left out by the blank time, and what is to be shown of it."""

    asking: Questions
    face: Painted

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._typed = ""
        self._failure: Fault | None = None

    def take(self, code: str, quick: bool = True) -> None:
        """One code; `quick` = a scanner sent it."""
        raise NotImplementedError

    def leave_out(self, code: str, reason: str) -> None:
        """Note a code that does not count in the journal and among the last outcomes."""
        raise NotImplementedError

    def _follow(self) -> None:
        """Let the database catch up with the journal."""
        raise NotImplementedError

    def _render(self) -> None:
        """Show everything as it is now."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """Scans come from now on."""
        super().showEvent(event)
        self._scanner().scanned.connect(self._scanned, Qt.ConnectionType.UniqueConnection)
        self._scanner().ignored.connect(self._ignored, Qt.ConnectionType.UniqueConnection)
        self._scanner().typing.connect(self._show_typing, Qt.ConnectionType.UniqueConnection)

    def hideEvent(self, event: QHideEvent) -> None:
        """And go elsewhere."""
        super().hideEvent(event)
        self._scanner().scanned.disconnect(self._scanned)
        self._scanner().ignored.disconnect(self._ignored)
        self._scanner().typing.disconnect(self._show_typing)

    def _scanner(self) -> KeyboardScanner:
        return scanner_of(self.desk.ws.options.get("scanner.blank_ms"))

    def _scanned(self, code: str, quick: bool) -> None:
        if self._scanner().owner() is self:
            self.take(code, quick)

    def _ignored(self, code: str, reason: str) -> None:
        """A code left out by the scanner's blank time: one small line, and one in the journal."""
        if self._scanner().owner() is not self:
            return
        try:
            self.leave_out(code, reason)
        except Fault as fault:
            self._failure = fault
        else:
            QTimer.singleShot(0, self._follow)
        self._render()

    def _show_typing(self, typed: str) -> None:
        if self.asking.open:
            self.asking.patience = max(_ALONE, 2 * self.desk.ws.options.get("scanner.blank_ms"))
            self.asking.typed(typed)
            if len(typed) < 2:
                return  # not yet known whether it is an answer
        self._typed = typed[-_LONGEST:]
        QTimer.singleShot(_SHOWN_AFTER, self._render_typing)

    def _render_typing(self) -> None:
        """A scanner's burst is over by now; only a person's slow typing is still there to be shown."""
        if self._typed:
            self._render()

    def _forget_typing(self) -> None:
        """What was typed was an answer, not the beginning of a code."""
        self._typed = ""
        self._scanner().claim(self)

    def set_scale(self, percent: int) -> None:
        """Size of the words from now on, 80–200."""
        self.desk.ws.options.set("pack.scale", percent)
        self.face.set_scale(percent)
