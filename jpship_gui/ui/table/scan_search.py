"""Any code read while the orders are in sight is looked for among all of them (UX-04)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from jpship_gui.ui.desk import Desk
from jpship_gui.ui.scanning.keyboard import KeyboardScanner, scanner_of


class ScanSearch(QObject):
    """`found(words)`: what to search for. A code read into another field than `field` is that field's."""

    found = Signal(str)

    def __init__(self, desk: Desk, field: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._field = desk, field
        self._listening = False

    def begin(self) -> None:
        """Listen from now on."""
        if not self._listening:
            self._listening = True
            self._scanner().scanned.connect(self._scanned)

    def end(self) -> None:
        """Scans are for whoever is in sight."""
        if self._listening:
            self._listening = False
            self._scanner().scanned.disconnect(self._scanned)

    def _scanner(self) -> KeyboardScanner:
        return scanner_of(self._desk.ws.options.get("scanner.blank_ms"))

    def _scanned(self, words: str, quick: bool) -> None:
        focused = QApplication.focusWidget()
        typing = isinstance(focused, QLineEdit) and focused is not self._field
        if typing or QApplication.activeModalWidget() is not None or self._scanner().owner() is not None:
            return
        from jpship_gui.domain.packing.kinds import shipment_key_of, tidy
        from jpship_gui.domain.tracking_no import normalise

        self.found.emit(shipment_key_of(tidy(words)) or normalise(words))
