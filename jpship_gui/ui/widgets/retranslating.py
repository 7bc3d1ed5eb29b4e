"""Widgets set their words in one place, so that the language switches without a restart."""

from __future__ import annotations

from PySide6.QtCore import QEvent


class Retranslating:
    """Mix in before the Qt class: calls `retranslate()` on a change of language, `rethemed()` on one of theme."""

    def changeEvent(self, event: QEvent) -> None:
        """Sort the event to the two methods below."""
        super().changeEvent(event)  # type: ignore[misc]
        kind = event.type()
        if kind == QEvent.Type.LanguageChange:
            self.retranslate()
        elif kind == QEvent.Type.PaletteChange:
            self.rethemed()

    def retranslate(self) -> None:
        """Set every word again."""

    def rethemed(self) -> None:
        """Make again what was made of colours; painting needs nothing."""
