"""The list of groups to be decided on: whose they are, how many, what to look at, how much time is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from jpship_gui.flows.plan.undecided import Group
from jpship_gui.texts import text
from jpship_gui.ui.plan import painting
from jpship_gui.ui.plan.row_list import RowList, RowModel
from jpship_gui.ui.theme import glyphs

ROW = 60


def name_of(group: Group) -> str:
    """What stays the same of a group."""
    return " ".join(group.keys)


def words_of(group: Group) -> str:
    """One line about it."""
    doubts = "・".join(text(f"bundle.doubt.{code}") for code in group.doubts)
    count = text("planpage.orders", count=len(group.keys))
    return "  ".join(filter(None, (group.candidate.recipient, count, doubts)))


class GroupList(RowList[Group]):
    """`together` is the list of bundles there are already, where nothing is doubtful any more."""

    def __init__(self, now: Callable[[], datetime], together: bool = False) -> None:
        self._now = now
        self._together = together
        super().__init__(RowModel(name_of, words_of), self._paint, ROW)

    def _paint(self, painter: QPainter, box: QRectF, group: Group) -> None:
        upper = QRectF(box.left(), box.top() + 8, box.width(), 24)
        lower = QRectF(box.left(), box.top() + 32, box.width(), 20)
        ship_by = min((one.ship_by for one in group.shipments if one.ship_by), default=None)
        words, ink = painting.due_words(ship_by, self._now())
        wide = painting.line(painter, words, upper, ink, 14, ink in ("ng", "attention"), right=True)
        name = upper.adjusted(0, 0, -wide - 12, 0)
        count = text("planpage.orders", count=len(group.keys))
        wide = painting.line(
            painter, group.candidate.recipient, name.adjusted(0, 0, -52, 0), "text", 14, True
        )
        painting.line(painter, count, name.adjusted(wide + 10, 0, 0, 0), "text2", 12)
        shape, ink, words = self._state(group)
        glyphs.draw(painter, shape, lower.left(), lower.top() + 3, 14, ink)
        painting.line(painter, words, lower.adjusted(20, 0, 0, 0), ink if ink != "ok" else "text2", 12)

    def _state(self, group: Group) -> tuple[str, str, str]:
        if self._together:
            return glyphs.OK, "ok", text("planpage.bundle.one_parcel")
        if not group.doubts:
            return glyphs.OK, "ok", text("planpage.bundle.clear")
        words = "・".join(text(f"bundle.doubt.{code}") for code in group.doubts)
        return (glyphs.ATTENTION, "attention", words) if group.possible else (glyphs.NG, "ng", words)
