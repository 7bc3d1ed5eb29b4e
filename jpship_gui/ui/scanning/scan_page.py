"""A page that takes every scan while it is in sight: the packing station and the hand-over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent

from jpship_gui.ui.page import Page
from jpship_gui.ui.scanning.keyboard import KeyboardScanner, scanner_of


class ScanPage(Page):
    """Override the three that are told: a code, a code left out by the blank time, what a person is typing."""

    def _scanned(self, code: str, quick: bool) -> None:
        raise NotImplementedError

    def _ignored(self, code: str, reason: str) -> None:
        raise NotImplementedError

    def _show_typing(self, typed: str) -> None:
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
