"""A sheet with rulers: whether the printer scales, and where its paper lies."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from jpship_gui.flows.paper.presets import Preset
from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette

_DPI = 600
_DOT = _DPI / 25.4
_LEFT, _TOP = 20, 40  # mm
_LONG = 150


def ruler_sheet(chosen: Preset) -> bytes:
    """One page of A4 as PDF."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
    )
    writer.setPageLayout(layout)
    writer.setResolution(_DPI)
    writer.setTitle("jpship")
    painter = QPainter(writer)
    painter.scale(_DOT, _DOT)
    painter.setPen(QPen(palette.colour("ink"), 0.15))
    font = fonts.font(4)
    painter.setFont(font)
    painter.drawText(QPointF(_LEFT, 22), text("paperpage.test.title"))
    name = chosen.printer or text("paperpage.default_printer")
    words = text(
        "paperpage.test.preset", printer=name, dpi=chosen.dpi, x=chosen.offset_x / 10, y=chosen.offset_y / 10
    )
    painter.drawText(QPointF(_LEFT, 30), words)
    _ruler(painter, upright=False)
    _ruler(painter, upright=True)
    painter.drawRect(QRectF(5, 5, 200, 287))
    painter.drawText(
        QRectF(_LEFT + 20, _TOP + 30, 150, 60), int(Qt.TextFlag.TextWordWrap), text("paperpage.test.words")
    )
    painter.end()
    return bytes(buffer.data().data())


def _ruler(painter: QPainter, *, upright: bool) -> None:
    """150 mm, a stroke each millimetre, a figure each ten."""
    for mm in range(_LONG + 1):
        long = 6 if mm % 10 == 0 else 4 if mm % 5 == 0 else 2.5
        if upright:
            painter.drawLine(QPointF(_LEFT, _TOP + mm), QPointF(_LEFT + long, _TOP + mm))
        else:
            painter.drawLine(QPointF(_LEFT + mm, _TOP), QPointF(_LEFT + mm, _TOP + long))
        if mm % 10 == 0 and mm:
            place = QPointF(_LEFT + 8, _TOP + mm + 1.5) if upright else QPointF(_LEFT + mm - 3, _TOP + 11)
            painter.drawText(place, str(mm))
