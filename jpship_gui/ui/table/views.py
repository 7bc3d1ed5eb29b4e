"""The saved views: the program's own, and those a person kept under a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jpship_gui.flows.table.list_rows import SORTS, VIEWS, Query
from jpship_gui.settings.options import Options
from jpship_gui.ui.widgets.tabs import TabItem

OWN: tuple[TabItem, ...] = (
    TabItem("today", "view.today"),
    TabItem("attention", "view.attention", ink="attention"),
    TabItem("late", "view.late", ink="ng"),
    TabItem("remarks", "view.remarks"),
    TabItem("gift", "view.gift"),
    TabItem("hold", "view.hold"),
    TabItem("unsent", "view.unsent"),
    TabItem("tomorrow", "view.tomorrow"),
    TabItem("open", "view.open"),
    TabItem("all", "view.all"),
)
KEPT = "kept:"
_OWN_IDS = frozenset(item.id for item in OWN)


class Views:
    """Kept views live in the desk's settings as name → query."""

    def __init__(self, options: Options) -> None:
        self._options = options

    def _stored(self) -> Mapping[str, Any]:
        stored = self._options.get("table.views")
        return stored if isinstance(stored, dict) else {}

    def items(self) -> tuple[TabItem, ...]:
        """All tabs."""
        return OWN + tuple(TabItem(KEPT + name, words=name) for name in self._stored())

    def query(self, view: str) -> Query:
        """What a tab shows. A kept view that no longer makes sense shows everything open."""
        if not view.startswith(KEPT):
            return Query(view=view if view in _OWN_IDS or view in VIEWS else "open")
        body = self._stored().get(view.removeprefix(KEPT), {})
        base, sort = str(body.get("view", "open")), str(body.get("sort", "ship_by"))
        return Query(
            view=base if base in VIEWS else "open",
            filters=tuple((str(c), str(v)) for c, v in body.get("filters", ())),
            search=str(body.get("search", "")),
            sort=sort if sort in SORTS else "ship_by",
            descending=bool(body.get("descending", False)),
        )

    def keep(self, name: str, query: Query) -> str:
        """Keep a query under a name, in place of an older one; the id of its tab."""
        body = {
            "view": query.view,
            "filters": [list(pair) for pair in query.filters],
            "search": query.search,
            "sort": query.sort,
            "descending": query.descending,
        }
        self._options.set("table.views", {**self._stored(), name: body})
        return KEPT + name

    def drop(self, view: str) -> None:
        """Forget a kept view."""
        name = view.removeprefix(KEPT)
        self._options.set("table.views", {k: v for k, v in self._stored().items() if k != name})
