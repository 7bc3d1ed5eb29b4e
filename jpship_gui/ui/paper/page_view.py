"""The current page, as large as fits, on the desk's ground with a soft shadow."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.ui.paper.pictures import Pictures
from jpship_gui.ui.theme import palette

_MARGIN = 12


class PageView(QWidget):
    """Shows page `current` (from 1) of `Pictures`; `turned` says by how many pages the wheel asks to go."""

    turned = Signal(int)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._page = 0
        self._size_mm = (210.0, 297.0)
        self._wheel = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        pictures.ready.connect(self._came)

    def show_page(self, page: int, size_mm: tuple[float, float]) -> None:
        """Show this page; 0 = none."""
        self._page, self._size_mm = page, size_mm
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Still readable as a whole."""
        return QSize(240, 240)

    def _came(self, page: int) -> None:
        if page == self._page:
            self.update()

    def _place(self) -> tuple[QRectF, int]:
        """Where the sheet lies and at how many dots an inch, so that a dot of the picture is one of the screen."""
        wide, high = (side / 25.4 for side in self._size_mm)
        ratio = self.devicePixelRatioF()
        room = min((self.width() - 2 * _MARGIN) / wide, (self.height() - 2 * _MARGIN) / high)
        dpi = max(24, int(room * ratio))
        width, height = (round(side * dpi) / ratio for side in (wide, high))
        return QRectF(round((self.width() - width) / 2), _MARGIN, width, height), dpi

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shadow, paper, picture."""
        painter = QPainter(self)
        if not self._page:
            return
        box, dpi = self._place()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shadow = QColor(palette.colour("ink"))
        shadow.setAlpha(3)
        painter.setBrush(shadow)
        for spread in range(1, 9):
            painter.drawRoundedRect(box.adjusted(-spread, 3 - spread, spread, spread + 3), spread, spread)
        painter.fillRect(box, palette.colour("paper"))
        image = self._pictures.picture(self._page, dpi)
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, image)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One notch turns one page."""
        self._wheel += event.angleDelta().y()
        notches, self._wheel = int(self._wheel / 120), self._wheel - int(self._wheel / 120) * 120
        if notches:
            self.turned.emit(-notches)
        event.accept()
