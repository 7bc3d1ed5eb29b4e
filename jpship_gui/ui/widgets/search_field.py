"""The search box: icon, words, key cap; asks a moment after the last key."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, icons, palette
from jpship_gui.ui.widgets import key_cap
from jpship_gui.ui.widgets.retranslating import Retranslating

_WAIT = 120  # ms after the last key, so that a scanner's burst is one search


class SearchField(Retranslating, QLineEdit):
    """Emits `searched(text)` 120 ms after the last change, at once on Enter; Esc empties it, then leaves it."""

    searched = Signal(str)
    left = Signal()

    def __init__(
        self, key: str, *, short_key: str = "", cap: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._key = key
        self._short_key = short_key
        self._cap = cap
        self._short = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._emit)
        self.textChanged.connect(self._started)
        self.returnPressed.connect(self._emit)
        self.setFont(fonts.font(14))
        self.setClearButtonEnabled(False)
        self.retranslate()

    def set_short(self, short: bool) -> None:
        """Use the shorter placeholder in a narrow window."""
        self._short = short and bool(self._short_key)
        self.retranslate()

    def retranslate(self) -> None:
        """Placeholder and margins for icon and cap."""
        self.setPlaceholderText(text(self._short_key if self._short else self._key))
        self.setAccessibleName(text(self._key))
        self.setTextMargins(26, 0, key_cap.width(self._cap) if self._cap else 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties first, leaves second."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self._emit()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field as the style sheet has it, icon and cap over it."""
        super().paintEvent(event)
        painter = QPainter(self)
        middle = self.height() / 2
        icons.draw(painter, "search", 10, middle - 9, 18, "text3")
        if self._cap and not self.text():
            x = self.width() - key_cap.width(self._cap) - 10
            key_cap.draw(
                painter, self._cap, x, middle, palette.colour("text3"), palette.colour("line_strong")
            )

    def _started(self) -> None:
        self._timer.start()

    def _emit(self) -> None:
        self._timer.stop()
        self.searched.emit(self.text().strip())
