"""What the frame expects of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from jpship_gui.ui.actions import Handler
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.widgets.retranslating import Retranslating


class Page(Retranslating, QWidget):
    """One page of the stack, made when first opened. Override what it needs."""

    immersive = False  # takes the whole window: no rail, no strip
    title = ""  # key of the strip's title where the counters say nothing (empty = counters)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def acts(self) -> Mapping[str, Handler]:
        """Acts it offers while it is shown, by id of `ui/actions.py`."""
        return {}

    def opened(self, hint: object = None) -> None:
        """It comes into sight; `hint` is what `Desk.go` was given."""

    def left(self) -> None:
        """It goes out of sight."""

    def refresh(self) -> None:
        """The data changed (or may have, since it was last in sight)."""

    def back(self) -> bool:
        """Esc was pressed; whether it was used."""
        return False

    def foot(self) -> int:
        """Pixels at its bottom that no bar may cover, such as its buttons."""
        return 0

    def scenes(self) -> Mapping[str, Callable[[], None]]:
        """Further states worth a picture, by name; each is reached from the page as just opened."""
        return {}

    def take_files(self, paths: list[Path]) -> bool:
        """Files were dropped on the window; whether this page takes them (else the intake page does)."""
        return False
