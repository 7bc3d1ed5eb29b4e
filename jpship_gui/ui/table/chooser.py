"""Which columns are shown and how wide, remembered by the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jpship_gui.settings.options import Options
from jpship_gui.ui.table.columns import COLUMNS, LEAST, default_ids


class ColumnChoice:
    """Widths and chosen columns, apart for the wide and the narrow window."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self.narrow = False

    def _size(self) -> str:
        return "narrow" if self.narrow else "wide"

    def _stored(self) -> Mapping[str, Any]:
        stored = self._options.get("table.columns")
        part = stored.get(self._size(), {}) if isinstance(stored, dict) else {}
        return part if isinstance(part, dict) else {}

    def ids(self) -> tuple[str, ...]:
        """Columns shown, in declared order."""
        chosen = self._stored().get("shown")
        if not isinstance(chosen, list):
            return default_ids(self.narrow)
        return tuple(c.id for c in COLUMNS if c.fixed or c.id == "goods" or c.id in chosen)

    def widths(self) -> dict[str, int]:
        """The person's widths."""
        widths = self._stored().get("widths", {})
        return {k: max(LEAST, int(v)) for k, v in widths.items() if isinstance(v, int)}

    def toggle(self, column_id: str) -> None:
        """Show or fold away a column."""
        shown = list(self.ids())
        shown = [c for c in shown if c != column_id] if column_id in shown else [*shown, column_id]
        self._keep({**self._stored(), "shown": shown})

    def keep_widths(self, widths: Mapping[str, int]) -> None:
        """Remember what a person dragged."""
        self._keep({**self._stored(), "widths": dict(widths)})

    def reset(self) -> None:
        """Back to the declared columns and widths."""
        self._keep({})

    def _keep(self, part: Mapping[str, Any]) -> None:
        stored = self._options.get("table.columns")
        whole = dict(stored) if isinstance(stored, dict) else {}
        self._options.set("table.columns", {**whole, self._size(): dict(part)})
