"""The bar at the foot of a page: what it says, and the page's primary button."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.ui.widgets.sheet import Hairline, Panel

HEIGHT = 80


class FootBar(Panel):
    """Put widgets into `row`; bars that float over the page stand above it (`Page.foot`)."""

    def __init__(self, *, left: int = 32, spacing: int = 12, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setFixedHeight(HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline(token="line_strong"))
        place = (
            QWidget()
        )  # takes all that is left; a row of buttons alone would leave the line hanging in the middle
        self.row = QHBoxLayout(place)
        self.row.setContentsMargins(left, 0, 32, 0)
        self.row.setSpacing(spacing)
        column.addWidget(place, 1)
