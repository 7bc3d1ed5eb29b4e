"""Above the table: the views, the search, and what opens filters and columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout

from jpship_gui.ui.actions import key_cap
from jpship_gui.ui.widgets.button import IconButton
from jpship_gui.ui.widgets.search_field import SearchField
from jpship_gui.ui.widgets.tabs import TabItem, Tabs


class TopBar(QHBoxLayout):
    """Its parts are the page's to connect."""

    def __init__(self, views: Sequence[TabItem]) -> None:
        super().__init__()
        self.setContentsMargins(24, 0, 16, 0)
        self.setSpacing(8)
        self.tabs = Tabs(views)
        self.search = SearchField("table.search", short_key="table.search_short", cap=key_cap("search"))
        self.search.setFixedHeight(36)
        self.filter_button = IconButton("filter", "table.filter", kind="plain")
        self.columns_button = IconButton("columns-3", "table.columns", kind="plain")
        self.addWidget(self.tabs, 1)
        self.addSpacing(16)
        self.addWidget(self.search)
        self.addWidget(self.filter_button)
        self.addWidget(self.columns_button)

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window everything is closer together."""
        self.search.set_short(narrow)
        self.search.setFixedWidth(212 if narrow else 380)
        self.tabs.set_gap(14 if narrow else 24)
