"""Words on the planning page's painted rows."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from jpship_gui.domain.clock import to_jst
from jpship_gui.texts import text
from jpship_gui.ui.due import DUE_SOON
from jpship_gui.ui.names import span_words
from jpship_gui.ui.theme import fonts, palette

_FLAGS = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
_LEFT = _FLAGS | Qt.AlignmentFlag.AlignLeft
_RIGHT = _FLAGS | Qt.AlignmentFlag.AlignRight


def line(
    painter: QPainter,
    words: str,
    box: QRectF,
    ink: str = "text",
    size: int = 14,
    bold: bool = False,
    *,
    right: bool = False,
) -> float:
    """One line of words, shortened to the box; how far it reaches."""
    metrics = fonts.metrics(size, bold)
    wide = metrics.horizontalAdvance(words)
    if wide > box.width():
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(box.width(), 0))
        wide = metrics.horizontalAdvance(words)
    painter.setFont(fonts.font(size, bold))
    painter.setPen(palette.colour(ink))
    painter.drawText(box.adjusted(0, 0, 2, 0) if not right else box, _RIGHT if right else _LEFT, words)
    return wide


def pill(
    painter: QPainter, words: str, x: float, middle: float, ink: str, ground: str, *, bold: bool = True
) -> float:
    """Words on a ground of their own; how wide it is."""
    wide = fonts.metrics(14, bold).horizontalAdvance(words) + 12
    box = QRectF(round(x), middle - 11, round(wide), 22)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.colour(ground))
    painter.drawRoundedRect(box, 4, 4)
    line(painter, words, box.adjusted(6, 0, 0, 0), ink, 14, bold)
    return wide


def due_parts(ship_by: datetime | None, now: datetime) -> tuple[str, str, str]:
    """The word for what is left of the time, the time, and their ink."""
    if ship_by is None:
        return "", "–", "ghost"
    left = ship_by - now
    word = text("table.late" if left < timedelta(0) else "table.left")
    ink = "ng" if left < timedelta(0) else "attention" if left < DUE_SOON else "text"
    return word, span_words(left), ink


def pickup_words(at: time | None, now: datetime) -> tuple[str, str]:
    """How long until a carrier fetches today, in words with their ink; "" where no time is known."""
    if at is None:
        return "", "text2"
    there = to_jst(now)
    left = there.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0) - there
    if left < timedelta(0):
        return text("planpage.pickup.gone"), "text3"
    return text("planpage.pickup.left", left=span_words(left)), "attention" if left < DUE_SOON else "text2"


def due_words(ship_by: datetime | None, now: datetime) -> tuple[str, str]:
    """The same in one, with its ink."""
    word, figure, ink = due_parts(ship_by, now)
    return f"{word} {figure}".strip(), ink
