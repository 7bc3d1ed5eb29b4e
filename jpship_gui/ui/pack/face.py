"""The packing page painted whole: three zones, readable at a third of its size; nothing moves but what changed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.ui.pack import band_zone, goods_zone, parcel_zone, top_bar, way_zone
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.screen import Screen
from jpship_gui.ui.widgets.retranslating import Retranslating

_WIDTH, _HEIGHT = 1920, 1080
_EDGE = 20
_BAR, _PARCEL, _BAND = 52, 148, 352
_WAY = 520  # width of the parcel's way


class Face(Retranslating, QWidget):
    """Paints a `Screen`. `scale` in percent is the page's own control (80–200)."""

    acted = Signal(str)  # acknowledge, tick

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._band_top = 0.0
        self._tick_box: QRectF | None = None
        self.screen_ = Screen()
        self._scale = 100
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(QSize(960, 540))

    def show_screen(self, screen: Screen) -> None:
        """Show this from the next paint on."""
        if screen != self.screen_:
            self.screen_ = screen
            band = screen.band
            self.setAccessibleName(f"{band.word}. {band.reason}")
            self.update()

    def band_height(self) -> int:
        """Pixels of the outcome band."""
        return round(self.height() * _BAND / _HEIGHT)

    def set_scale(self, percent: int) -> None:
        """Size of all words; the zones' shares stay."""
        self._scale = max(80, min(200, percent))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """For desks without a keypad: the way out of an NG and the instruction's key can be clicked."""
        if self.screen_.band.klass == "ng" and event.position().y() > self._band_top:
            self.acted.emit("acknowledge")
        elif self._tick_box is not None and self._tick_box.contains(event.position()):
            self.acted.emit("tick")

    def retranslate(self) -> None:
        """Words that stand in the painting itself."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Top to bottom."""
        painter = QPainter(self)
        whole = QRectF(self.rect())
        canvas = Canvas(painter, min(whole.width() / _WIDTH, whole.height() / _HEIGHT) * self._scale / 100)
        screen = self.screen_
        locked = screen.band.klass == "ng"
        canvas.fill(whole, "window")
        page = whole
        heights = self._heights(canvas, page)
        bar = QRectF(page.left(), page.top(), page.width(), heights[0])
        parcel = QRectF(page.left(), bar.bottom(), page.width(), heights[1])
        band = QRectF(whole.left(), whole.bottom() - heights[2], whole.width(), heights[2])
        self._band_top = band.top()
        centre = QRectF(page.left(), parcel.bottom(), page.width(), band.top() - parcel.bottom())
        top_bar.paint(canvas, bar.adjusted(0, canvas.px(_EDGE) if locked else 0, 0, 0), screen)
        parcel_zone.paint(canvas, parcel, screen)
        self._paint_centre(canvas, centre, screen, locked)
        band_zone.paint(canvas, band, screen)
        if locked:
            self._paint_edge(canvas, whole, screen)
        painter.end()

    def _paint_edge(self, canvas: Canvas, whole: QRectF, screen: Screen) -> None:
        """NG floods the edge of the page; nothing beneath it moves."""
        edge, red = canvas.px(_EDGE), band_zone.ground(screen.band)
        canvas.fill(QRectF(whole.left(), whole.top(), whole.width(), edge), red)
        canvas.fill(QRectF(whole.left(), whole.top(), edge, whole.height()), red)
        canvas.fill(QRectF(whole.right() - edge, whole.top(), edge, whole.height()), red)

    def _heights(self, canvas: Canvas, page: QRectF) -> tuple[float, float, float]:
        """Bar and shipment grow with the words, the band keeps a third of the height."""
        return canvas.px(_BAR), canvas.px(_PARCEL), round(page.height() * _BAND / _HEIGHT) * 1.0

    def _paint_centre(self, canvas: Canvas, box: QRectF, screen: Screen, locked: bool) -> None:
        inner = box.adjusted(canvas.px(48), canvas.px(28), -canvas.px(48), -canvas.px(28))
        way_width = min(canvas.px(_WAY + 32), inner.width() * 0.36)
        goods = QRectF(inner.left(), inner.top(), inner.width() - way_width - canvas.px(56), inner.height())
        way = QRectF(
            goods.right() + canvas.px(56),
            inner.top() + canvas.px(20),
            way_width,
            inner.height() - canvas.px(40),
        )
        goods_zone.paint(canvas, goods, screen, locked)
        self._tick_box = way_zone.paint(canvas, way, screen, locked)
