"""Keys held back until it is known whose they are, and given to their widget after all when a person typed them."""

from __future__ import annotations

import shiboken6
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


class Holding:
    """Copies of key events in the order they came, each with the widget that was to have it."""

    def __init__(self) -> None:
        self._kept: list[tuple[QWidget, QKeyEvent]] = []
        self.giving = False  # while they go to their widgets: whoever watches the keys lets them pass

    def __len__(self) -> int:
        return len(self._kept)

    def holds(self, key: int) -> bool:
        """Whether the press of this key is among them, so that its release must wait too."""
        return any(event.key() == key for _, event in self._kept)

    def keep(self, target: QWidget, event: QKeyEvent) -> None:
        """One more."""
        self._kept.append((target, _copy(event)))

    def drop(self) -> None:
        """They were a scanner's."""
        self._kept = []

    def give(self) -> None:
        """They were a person's."""
        kept, self._kept = self._kept, []
        self.giving = True
        try:
            for target, event in kept:
                if shiboken6.isValid(target):
                    QApplication.sendEvent(target, event)
        finally:
            self.giving = False


def _copy(event: QKeyEvent) -> QKeyEvent:
    copy = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    copy.setTimestamp(event.timestamp())
    return copy
