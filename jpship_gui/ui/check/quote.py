"""What a buyer wrote, with the words that matter picked out."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.retranslating import Retranslating


class Quote(Retranslating, QLabel):
    """`marks` are `start-end` or `start-end:kind`, joined by blanks, in characters of the text."""

    def __init__(self, words: str, marks: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plain = words
        self._marks = marks_of(marks, len(words))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setFont(fonts.font(14))
        self.setContentsMargins(14, 2, 0, 2)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(words)
        self.rethemed()

    def rethemed(self) -> None:
        """Colours stand in the text itself."""
        ink, ground = palette.colour("attention_strong").name(), palette.colour("mark").name()
        parts, at = [], 0
        for start, end in self._marks:
            parts.append(_escaped(self._plain[at:start]))
            marked = _escaped(self._plain[start:end])
            parts.append(
                f'<span style="background-color:{ground};color:{ink};font-weight:bold">{marked}</span>'
            )
            at = end
        parts.append(_escaped(self._plain[at:]))
        self.setText("".join(parts))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar at the left says that these are somebody's words."""
        QPainter(self).fillRect(0, 0, 3, self.height(), palette.colour("line_strong"))
        super().paintEvent(event)


def _escaped(words: str) -> str:
    return html.escape(words).replace("\n", "<br>")


def marks_of(marks: str, length: int) -> list[tuple[int, int]]:
    """Ranges in order, without overlaps and within the text."""
    found: list[tuple[int, int]] = []
    ranges = []
    for mark in marks.split():
        first, _, last = mark.partition(":")[0].partition("-")
        if first.isdigit() and last.isdigit():
            ranges.append((int(first), min(int(last), length)))
    for start, end in sorted(ranges):
        start = max(start, found[-1][1] if found else 0)
        if start < end:
            found.append((start, end))
    return found
