"""The state shapes, as our own paths on a grid of 24: one shape, one meaning, in every size."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from jpship_gui.ui.theme import fonts, palette

OK = "ok"  # ring: accepted, or nothing wrong
NG = "ng"  # cross: stop
ATTENTION = "attention"  # triangle
HOLD = "hold"  # two bars
PROBLEM = "problem"  # disc, with a count when there is one
PROVEN = "proven"  # double check
CHECK = "check"  # single check

# The part of the 24 grid a shape fills, for scaling by what one sees: (left, top, width, height).
VISIBLE = {
    OK: (3.2, 3.2, 17.6, 17.6),
    NG: (5.0, 5.0, 14.0, 14.0),
    ATTENTION: (2.0, 3.0, 20.0, 18.0),
    HOLD: (7.0, 5.0, 10.0, 14.0),
    PROBLEM: (3.0, 3.0, 18.0, 18.0),
    PROVEN: (1.5, 6.0, 21.0, 12.0),
    CHECK: (4.0, 6.0, 16.0, 12.0),
}


def _pen(colour: QColor, width: float) -> QPen:
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(colour, width, Qt.PenStyle.SolidLine, cap, join)


def _ring(painter: QPainter, ink: QColor, ground: QColor, count: int) -> None:
    painter.setPen(_pen(ink, 2.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(4.4, 4.4, 15.2, 15.2))


def _cross(painter: QPainter, ink: QColor, ground: QColor, count: int) -> None:
    painter.setPen(_pen(ink, 2.8))
    painter.drawLine(QPointF(6, 6), QPointF(18, 18))
    painter.drawLine(QPointF(18, 6), QPointF(6, 18))


def _triangle(painter: QPainter, ink: QColor, ground: QColor, count: int) -> None:
    painter.setPen(_pen(ink, 2.4))
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([QPointF(12, 4.4), QPointF(21, 19.8), QPointF(3, 19.8)]))
    painter.setPen(_pen(ground, 2.2))
    painter.drawLine(QPointF(12, 9.6), QPointF(12, 13.6))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawEllipse(QPointF(12, 17.2), 1.3, 1.3)


def _bars(painter: QPainter, ink: QColor, ground: QColor, count: int) -> None:
    painter.setPen(_pen(ink, 2.8))
    painter.drawLine(QPointF(8.6, 6.4), QPointF(8.6, 17.6))
    painter.drawLine(QPointF(15.4, 6.4), QPointF(15.4, 17.6))


def _disc(painter: QPainter, ink: QColor, ground: QColor, count: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QRectF(3, 3, 18, 18))
    if count > 0:
        painter.setPen(ground)
        painter.setFont(fonts.font(14, bold=True))
        words = str(count) if count < 10 else "9+"
        painter.drawText(QRectF(0, 0, 24, 24), Qt.AlignmentFlag.AlignCenter, words)


def _checks(painter: QPainter, ink: QColor, ground: QColor, count: int) -> None:
    painter.setPen(_pen(ink, 2.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(QPointF(2.6, 12.8))
    path.lineTo(6.8, 17)
    path.lineTo(15.6, 7.4)
    path.moveTo(12.2, 16.4)
    path.lineTo(12.8, 17)
    path.lineTo(21.4, 7.4)
    painter.drawPath(path)


def _check(painter: QPainter, ink: QColor, ground: QColor, count: int) -> None:
    painter.setPen(_pen(ink, 2.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(QPointF(5, 12.6))
    path.lineTo(10, 17.4)
    path.lineTo(19.4, 7)
    painter.drawPath(path)


_SHAPES: dict[str, Callable[[QPainter, QColor, QColor, int], None]] = {
    OK: _ring,
    NG: _cross,
    ATTENTION: _triangle,
    HOLD: _bars,
    PROBLEM: _disc,
    PROVEN: _checks,
    CHECK: _check,
}


def paint(painter: QPainter, shape: str, box: QRectF, ink: QColor, ground: QColor, count: int = 0) -> None:
    """Paint a shape so that its grid of 24 fills the box; marks inside a filled shape take the ground's colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 24, box.height() / 24)
    _SHAPES[shape](painter, ink, ground, count)
    painter.restore()


def paint_visible(painter: QPainter, shape: str, box: QRectF, ink: QColor, ground: QColor) -> None:
    """Paint a shape so that what one sees of it fills the box, as the outcome band wants it."""
    left, top, width, height = VISIBLE[shape]
    scale = min(box.width() / width, box.height() / height)
    x = box.center().x() - (left + width / 2) * scale
    y = box.center().y() - (top + height / 2) * scale
    paint(painter, shape, QRectF(x, y, 24 * scale, 24 * scale), ink, ground)


@cache
def _pixmap(shape: str, size: int, ink: str, ground: str, count: int, ratio: float) -> QPixmap:
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint(painter, shape, QRectF(0, 0, size, size), QColor(ink), QColor(ground), count)
    painter.end()
    return made


def pixmap(
    shape: str, size: int, ink: str, ground: str = "surface", count: int = 0, ratio: float = 1.0
) -> QPixmap:
    """A shape in token colours, kept for the next time; 16 in tables, 20 in cards."""
    return _pixmap(shape, size, palette.colour(ink).name(), palette.colour(ground).name(), count, ratio)


def draw(
    painter: QPainter,
    shape: str,
    x: float,
    y: float,
    size: int,
    ink: str,
    ground: str = "surface",
    count: int = 0,
) -> None:
    """Paint a kept shape with its top left corner at x, y."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QPointF(x, y), pixmap(shape, size, ink, ground, count, ratio))
