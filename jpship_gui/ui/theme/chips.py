"""Marketplaces as filled text chips, carriers as plain words behind a bar of their hue: two kinds, two forms."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from jpship_gui.ui.theme import fonts, palette

CHIP_HEIGHT = 20
CHIP_WIDTH = 62  # at least, so that chips stand in a column
CHIP_TIGHT = 40
BAR_WIDTH = 3
BAR_HEIGHT = 14


def chip_width(word: str, least: int = CHIP_WIDTH) -> int:
    """Width of a chip with this word."""
    return max(least, round(fonts.width(word, 12, True)) + 14)


@cache
def _chip(word: str, least: int, ink: str, ground: str, ratio: float) -> QPixmap:
    width = chip_width(word, least)
    made = QPixmap(QSize(round(width * ratio), round(CHIP_HEIGHT * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    box = QRectF(0, 0, width, CHIP_HEIGHT)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(ink))
    painter.setFont(fonts.font(12, bold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
    painter.end()
    return made


def chip(marketplace: str, word: str, ratio: float = 1.0, least: int = CHIP_WIDTH) -> QPixmap:
    """The chip of a marketplace with its name as users call it."""
    ink, ground = palette.chip_colours(marketplace)
    return _chip(word, least, ink.name(), ground.name(), ratio)


def draw_chip(
    painter: QPainter, marketplace: str, word: str, x: float, middle: float, least: int = CHIP_WIDTH
) -> int:
    """Paint a chip from x, centred on the height `middle`; its width."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(round(x), round(middle - CHIP_HEIGHT / 2), chip(marketplace, word, ratio, least))
    return chip_width(word, least)


def draw_bar(painter: QPainter, carrier: str, x: float, middle: float) -> None:
    """Paint a carrier's bar from x, centred on the height `middle`."""
    box = QRectF(round(x), round(middle - BAR_HEIGHT / 2), BAR_WIDTH, BAR_HEIGHT)
    painter.fillRect(box, palette.carrier_colour(carrier))
