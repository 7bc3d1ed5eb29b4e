"""The page a layout gives, drawn anew after each change; the one before stays in sight until the new one is there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.flows.paper.preview import Picture
from jpship_gui.ui.theme import palette

_MARGIN = 12
_A4 = (210.0, 297.0)


class LivePage(QWidget):
    """`turned` says by how many pages the wheel asks to go, `resized` that another resolution is wanted."""

    turned = Signal(int)
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._size_mm = _A4
        self._wheel = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        """Still readable as a whole."""
        return QSize(240, 300)

    def room(self) -> tuple[float, float, float]:
        """Width and height in pixels that a page may take, and dots for each."""
        return self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN, self.devicePixelRatioF()

    def show_picture(self, picture: Picture, size_mm: tuple[float, float]) -> None:
        """Another page."""
        stride = picture.width * 3
        image = QImage(picture.rgb, picture.width, picture.height, stride, QImage.Format.Format_RGB888)
        self._image = image.convertToFormat(QImage.Format.Format_RGB32)  # its own copy of the bytes
        self._size_mm = size_mm
        self.update()

    def clear(self) -> None:
        """Nothing to show."""
        self._image = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for a picture of the new size."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shadow, paper, picture."""
        if self._image is None:
            return
        painter = QPainter(self)
        wide, high, _ = self.room()
        scale = min(wide / self._size_mm[0], high / self._size_mm[1])
        width, height = self._size_mm[0] * scale, self._size_mm[1] * scale
        box = QRectF(round((self.width() - width) / 2), _MARGIN, round(width), round(height))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shadow = QColor(palette.colour("ink"))
        shadow.setAlpha(3)
        painter.setBrush(shadow)
        for spread in range(1, 9):
            painter.drawRoundedRect(box.adjusted(-spread, 3 - spread, spread, spread + 3), spread, spread)
        painter.fillRect(box, palette.colour("paper"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, self._image)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One notch turns one page."""
        self._wheel += event.angleDelta().y()
        notches, self._wheel = int(self._wheel / 120), self._wheel - int(self._wheel / 120) * 120
        if notches:
            self.turned.emit(-notches)
        event.accept()
