"""What a buyer wrote, with the words that matter picked out."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_LINE = 22
_LEFT = 14


class Quote(Retranslating, QWidget):
    """`marks` are `start-end` or `start-end:kind`, joined by blanks, in characters of the text."""

    def __init__(self, words: str, marks: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        opening = text("check.quote_open")
        self._marks = [
            (start + len(opening), end + len(opening)) for start, end in marks_of(marks, len(words))
        ]
        self._words = f"{opening}{words}{text('check.quote_close')}"
        self._layouts: list[tuple[QTextLayout, int]] = []
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay(300)

    def _lay(self, width: int) -> None:
        """Break the paragraphs into lines of the width; each paragraph remembers where its text starts."""
        self._layouts, at, top = [], 0, 0.0
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        for paragraph in self._words.split("\n"):
            layout = QTextLayout(paragraph, fonts.font(14))
            layout.setTextOption(option)
            layout.setFormats(self._formats(at, len(paragraph)))
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(40, width - _LEFT))
                line.setPosition(QPointF(0, top + (_LINE - line.ascent() - line.descent()) / 2))
                top += _LINE
            layout.endLayout()
            self._layouts.append((layout, at))
            at += len(paragraph) + 1
        self.setFixedHeight(round(top))

    def _formats(self, at: int, length: int) -> list[QTextLayout.FormatRange]:
        ranges = []
        for start, end in self._marks:
            first, last = max(start - at, 0), min(end - at, length)
            if first < last:
                bold = QTextCharFormat()
                bold.setFont(fonts.font(14, True))
                bold.setForeground(palette.colour("attention_strong"))
                made = QTextLayout.FormatRange()
                made.start, made.length, made.format = first, last - first, bold
                ranges.append(made)
        return ranges

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break anew."""
        if event.size().width() != event.oldSize().width():
            self._lay(event.size().width())

    def rethemed(self) -> None:
        """Inks stand in the text's formats."""
        self._lay(self.width())

    def sizeHint(self) -> QSize:
        """Height follows the width."""
        return QSize(300, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar that says these are somebody's words, the grounds of marked words, the words."""
        painter = QPainter(self)
        painter.fillRect(0, 0, 3, self.height(), palette.colour("line_strong"))
        painter.setPen(palette.colour("text"))
        for layout, at in self._layouts:
            for number in range(layout.lineCount()):
                self._paint_grounds(painter, layout, number, at)
            layout.draw(painter, QPointF(_LEFT, 0))

    def _paint_grounds(self, painter: QPainter, layout: QTextLayout, number: int, at: int) -> None:
        line = layout.lineAt(number)
        for start, end in self._marks:
            first = max(start - at, line.textStart())
            last = min(end - at, line.textStart() + line.textLength())
            if first >= last:
                continue
            left, right = _x(line.cursorToX(first)), _x(line.cursorToX(last))
            middle = line.position().y() + (line.ascent() + line.descent()) / 2
            painter.fillRect(
                QRectF(_LEFT + left - 1, middle - 10, right - left + 2, 20), palette.colour("mark")
            )


def _x(place: object) -> float:
    """Qt for Python gives the place alone or with the cursor it was asked for."""
    return float(place[0] if isinstance(place, (tuple, list)) else place)  # type: ignore[arg-type]


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
