"""Words and shapes painted once and kept.

Shaping each word anew, and drawing large glyphs as paths, costs more than all the rest of the page.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

_MOST = 24 * 1024 * 1024  # bytes
_kept: OrderedDict[Hashable, QPixmap] = OrderedDict()
_held = 0


def draw(
    painter: QPainter, at: QPointF, size: QSizeF, key: Hashable, paint: Callable[[QPainter], None]
) -> None:
    """Draw what `paint` paints into a box of this size at its own origin; the key says all it depends on."""
    global _held
    ratio = painter.device().devicePixelRatioF()
    whole = (key, size.width(), size.height(), ratio)
    found = _kept.get(whole)
    if found is None:
        found = QPixmap(max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)))
        found.setDevicePixelRatio(ratio)
        found.fill(Qt.GlobalColor.transparent)
        inner = QPainter(found)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(inner)
        inner.end()
        _kept[whole] = found
        _held += _bytes(found)
        while _held > _MOST and len(_kept) > 1:
            _held -= _bytes(_kept.popitem(last=False)[1])
    else:
        _kept.move_to_end(whole)
    painter.drawPixmap(QPointF(round(at.x()), round(at.y())), found)


def draw_words(painter: QPainter, at: QPointF, words: str, font: QFont, ink: QColor) -> None:
    """One line with the top left corner of its height at this point."""
    metrics = QFontMetricsF(font)
    edge = float(round(font.pixelSize() * 0.12))  # some glyphs reach out of their advance
    size = QSizeF(metrics.horizontalAdvance(words) + 2 * edge, metrics.height() + 2 * edge)

    def paint(inner: QPainter) -> None:
        inner.setFont(font)
        inner.setPen(ink)
        inner.drawText(QPointF(edge, edge + metrics.ascent()), words)

    key = (words, font.pixelSize(), font.bold(), ink.rgba())
    draw(painter, at - QPointF(edge, edge), size, key, paint)


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
