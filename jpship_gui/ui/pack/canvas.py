"""A painter that takes sizes as on a 1920 × 1080 screen and draws them at the page's own scale."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextOption

from jpship_gui.ui.pack import kept
from jpship_gui.ui.theme import fonts, glyphs, palette

_SMALLEST = 12


class Canvas:
    """Wraps an open painter. `scale` is pixels per design pixel; colours are tokens or QColor."""

    def __init__(self, painter: QPainter, scale: float) -> None:
        self.painter = painter
        self.scale = scale
        self.cut: list[str] = []  # words that did not fit and were elided
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def no_larger(self, scale: float) -> Canvas:
        """The same painter at this scale at most, where a zone has no room for more."""
        return self.at(min(self.scale, scale))

    def at(self, scale: float) -> Canvas:
        """The same painter at this scale."""
        made = Canvas(self.painter, scale)
        made.cut = self.cut
        return made

    def px(self, size: float) -> float:
        """Design pixels as whole device pixels."""
        return float(round(size * self.scale))

    def font(self, size: float, bold: bool = False) -> QFont:
        """The typeface at a design size."""
        return fonts.font(max(_SMALLEST, round(size * self.scale)), bold)

    def width(self, words: str, size: float, bold: bool = False) -> float:
        """Advance in device pixels."""
        return _advance(words, max(_SMALLEST, round(size * self.scale)), bold)

    def fitting(self, words: str, size: float, bold: bool, room: float, least: float) -> float:
        """The largest design size not above `size` at which the words fit the room, not below `least`."""
        while size > least and self.width(words, size, bold) > room:
            size -= max(1.0, size * 0.04)
        return max(size, least)

    def fitting_lines(
        self, words: str, size: float, width: float, most: int, least: float, *, bold: bool = False
    ) -> float:
        """The largest design size not above `size` at which a paragraph takes no more lines, not below `least`."""
        while size > least and self.lines(words, size, width, bold=bold) > most:
            size -= max(1.0, size * 0.04)
        return max(size, least)

    def lines(self, words: str, size: float, width: float, *, bold: bool = False) -> int:
        """How many lines a paragraph takes."""
        pixels = max(_SMALLEST, round(size * self.scale))
        return sum(len(_broken(part, pixels, bold, width)) for part in words.split("\n"))

    def write(
        self,
        words: str,
        box: QRectF,
        size: float,
        ink: str | QColor,
        *,
        bold: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        wrap: bool = False,
    ) -> float:
        """One line centred on the height of its box (or wrapped); elided where it does not fit. Its width."""
        font = self.font(size, bold)
        if wrap:
            self.painter.setFont(font)
            self.painter.setPen(colour(ink))
            flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            self.painter.drawText(box, flags, words)
            return box.width()
        metrics = fonts.metrics(font.pixelSize(), bold)
        shown, width = words, self.width(words, size, bold)
        if width > box.width() + 1:
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width() + 1)
            self.cut.append(words)
            width = metrics.horizontalAdvance(shown)
        left = box.left()
        if align & Qt.AlignmentFlag.AlignHCenter:
            left = box.center().x() - width / 2
        elif align & Qt.AlignmentFlag.AlignRight:
            left = box.right() - width
        at = QPointF(left, box.center().y() - metrics.height() / 2)
        kept.draw_words(self.painter, at, shown, font, colour(ink))
        return width

    def paragraph(
        self, words: str, box: QRectF, size: float, ink: str | QColor, *, most: int, bold: bool = False
    ) -> None:
        """At most so many lines, centred on the height of their box; codes break anywhere, the last line is elided."""
        font = self.font(size, bold)
        metrics = fonts.metrics(font.pixelSize(), bold)
        lines = [
            line for part in words.split("\n") for line in _broken(part, font.pixelSize(), bold, box.width())
        ]
        if len(lines) > most:
            rest = "".join(lines[most - 1 :])
            self.cut.append(words)
            lines[most - 1 :] = [metrics.elidedText(rest, Qt.TextElideMode.ElideRight, box.width())]
        pitch = metrics.height() * 1.08
        top = box.center().y() - pitch * len(lines) / 2
        inset = (pitch - metrics.height()) / 2
        for number, line in enumerate(lines):
            at = QPointF(box.left(), top + number * pitch + inset)
            kept.draw_words(self.painter, at, line, font, colour(ink))

    def fill(self, box: QRectF, ink: str | QColor) -> None:
        """A plain rectangle, crisp at every pixel ratio."""
        self.painter.fillRect(box, colour(ink))

    def sheet(
        self, box: QRectF, radius: float, ground: str | QColor, edge: str | QColor, width: float = 1
    ) -> None:
        """A rounded sheet with its line inside the box."""
        pen_width = max(1.0, self.px(width))
        pen = QPen(colour(edge), pen_width)
        self.painter.setPen(pen if width else Qt.PenStyle.NoPen)
        self.painter.setBrush(colour(ground))
        half = pen_width / 2
        self.painter.drawRoundedRect(box.adjusted(half, half, -half, -half), self.px(radius), self.px(radius))

    def ring(
        self, centre: QPointF, radius: float, edge: str | QColor, width: float, ground: str | QColor
    ) -> None:
        """A circle of a design radius."""
        self.painter.setPen(QPen(colour(edge), self.px(width)))
        self.painter.setBrush(colour(ground))
        inner = self.px(radius) - self.px(width) / 2
        self.painter.drawEllipse(centre, inner, inner)

    def shape(self, shape: str, box: QRectF, ink: str | QColor, ground: str | QColor) -> None:
        """A state's shape so that what one sees of it fills the box."""
        inks = colour(ink), colour(ground)
        reach = math.ceil(max(box.width(), box.height()) * 0.06)  # round caps reach out of the box
        edge = QPointF(reach, reach)
        inner = QRectF(edge, box.size())
        kept.draw(
            self.painter,
            box.topLeft() - edge,
            QSizeF(box.width() + 2 * reach, box.height() + 2 * reach),
            (shape, inks[0].rgba(), inks[1].rgba()),
            lambda painter: glyphs.paint_visible(painter, shape, inner, *inks),
        )

    def glyph(self, shape: str, box: QRectF, ink: str | QColor, ground: str | QColor) -> None:
        """A state's shape so that its grid of 24 fills the box."""
        inks = colour(ink), colour(ground)
        inner = QRectF(QPointF(0, 0), box.size())
        kept.draw(
            self.painter,
            box.topLeft(),
            box.size(),
            ("grid", shape, inks[0].rgba(), inks[1].rgba()),
            lambda painter: glyphs.paint(painter, shape, inner, *inks),
        )

    def disc(self, centre: QPointF, radius: float, ink: str | QColor) -> None:
        """A filled circle of a design radius."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour(ink))
        self.painter.drawEllipse(centre, self.px(radius), self.px(radius))


@lru_cache(maxsize=8192)
def _advance(words: str, pixels: int, bold: bool) -> float:
    return fonts.metrics(pixels, bold).horizontalAdvance(words)


@lru_cache(maxsize=512)
def _broken(words: str, pixels: int, bold: bool, width: float) -> tuple[str, ...]:
    """A paragraph in lines."""
    layout = QTextLayout(words, fonts.font(pixels, bold))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        lines.append(words[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return tuple(lines)


def colour(ink: str | QColor) -> QColor:
    """A token's colour, or the colour itself."""
    return palette.colour(ink) if isinstance(ink, str) else ink
