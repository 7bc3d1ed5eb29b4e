"""An SVG logo as dots; what it may hold was checked before."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from jpship_gui.domain.fault import Refused

_WIDE, _HIGH = 1200, 400


def drawn(data: bytes) -> bytes:
    """A PNG as large as a logo is kept; Refused("logo_format"). Images may be painted in any thread."""
    renderer = QSvgRenderer(QByteArray(data))
    size = renderer.viewBoxF().size() if renderer.viewBoxF().isValid() else renderer.defaultSize().toSizeF()
    if not renderer.isValid() or size.isEmpty():
        raise Refused("logo_format")
    factor = min(_WIDE / size.width(), _HIGH / size.height())
    dots = QSize(max(1, round(size.width() * factor)), max(1, round(size.height() * factor)))
    image = QImage(dots, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt takes a str
    return bytes(buffer.data().data())
