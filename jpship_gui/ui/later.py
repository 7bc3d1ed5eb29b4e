"""The honest place of a stage that a later version brings."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from jpship_gui.texts import known
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.page import Page
from jpship_gui.ui.widgets.empty_state import EmptyState


class LaterPage(Page):
    """Says what will be here and what to do until then; `later.<id>` and, where one exists, `later.<id>.until`."""

    def __init__(self, desk: Desk, page_id: str, icon: str) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        key = f"later.{page_id}"
        self.state = EmptyState(
            icon, "later.title", key if known(key) else "", act_key="later.back", primary=False
        )
        self.state.act.connect(self._back_to_orders)
        column.addWidget(self.state)

    def _back_to_orders(self) -> None:
        self.desk.go("all")
