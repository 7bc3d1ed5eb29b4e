"""The table's columns, declared once; header, chooser, sorting and delegate come from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt

_LEFT = Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignRight
_CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Widths are for a window of 1920 and of 1280 px; `narrow=0` folds it away below 1600 px unless the
    person chose it, `wide=0` gives it what is left. `sort` and `filter` name what the query knows, "" = cannot."""

    id: str
    wide: int
    narrow: int
    align: Qt.AlignmentFlag = _LEFT
    sort: str = ""
    filter: str = ""
    shown: bool = True
    fixed: bool = False  # always there, at its place and width

    @property
    def title(self) -> str:
        """Key of its words."""
        return f"column.{self.id}"


COLUMNS: tuple[Column, ...] = (
    Column("tick", 38, 34, _CENTRE, fixed=True),
    Column("state", 30, 28, _CENTRE, fixed=True),
    Column("ship_by", 100, 98, _RIGHT, "ship_by"),
    Column("shop", 128, 82, _LEFT, "shop", "shop"),
    Column("number", 132, 88, _LEFT, "number"),
    Column("recipient", 142, 98, _LEFT, "recipient", "prefecture"),
    Column("goods", 0, 0, _LEFT, "goods"),
    Column("wish", 124, 122, _LEFT, "wish"),
    Column("carrier", 80, 0, _LEFT, "carrier", "carrier"),
    Column("stage", 158, 0, _LEFT, "stage", "stage"),
    Column("quantity", 64, 64, _RIGHT, "quantity", shown=False),
    Column("service", 120, 110, _LEFT, "carrier", "service", shown=False),
    Column("batch", 76, 76, _RIGHT, "batch", "batch", shown=False),
    Column("tracking_no", 148, 148, _LEFT, shown=False),
    Column("key", 110, 110, _LEFT, shown=False),
)
BY_ID: Mapping[str, Column] = {column.id: column for column in COLUMNS}
LEAST = 48  # px a column can be made


def default_ids(narrow: bool) -> tuple[str, ...]:
    """Columns shown while the person chose nothing."""
    return tuple(c.id for c in COLUMNS if c.shown and (not narrow or c.narrow or c.id == "goods"))
