"""The packing page painted whole: three zones, readable at a third of its size; nothing moves but what changed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.ui.pack import band_zone, goods_zone, parcel_zone, sheet, strip, top_bar, way_zone
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.screen import Screen
from jpship_gui.ui.pack.sheet import Sheet
from jpship_gui.ui.widgets.retranslating import Retranslating

_WIDTH, _HEIGHT = 1920, 1080
_EDGE = 20
_BAR, _PARCEL, _BAND = 64, 148, 352
_CALM = 1.3  # what is read close up grows no further than this, or it would take the room of what is read from afar
_FINGER = 56.0  # pixels of a target
_WAY = 520  # width of the parcel's way


class Face(Retranslating, QWidget):
    """Paints a `Screen`. `scale` in percent is the page's own control (80–200)."""

    acted = Signal(str)  # acknowledge, tick, acts, smaller, larger
    chosen = Signal(int)  # a row of the sheet that lies over the page; -1 beside all of them

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._band_top = 0.0
        self._ticks: tuple[QRectF, ...] = ()  # where the next instruction is ticked by a click
        self._targets: Mapping[str, QRectF] = {}
        self._sheet: Sheet | None = None
        self._rows: tuple[QRectF, ...] = ()
        self.screen_ = Screen()
        self.cut: tuple[str, ...] = ()  # words of the last painting that did not fit
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

    def show_sheet(self, laid: Sheet | None) -> None:
        """Lay a question over the middle of the page, or take it away; the band stays in sight."""
        self._sheet, self._rows = laid, ()
        self.update()

    @property
    def sheet(self) -> Sheet | None:
        """What lies over the page."""
        return self._sheet

    def target(self, name: str) -> QRectF:
        """Where the bar is clicked for `acts`, `smaller`, `larger`."""
        return self._targets.get(name, QRectF())

    def row_box(self, index: int) -> QRectF:
        """Where a row of the sheet is clicked."""
        return self._rows[index]

    def band_height(self) -> int:
        """Pixels of the outcome band."""
        return round(self.height() * _BAND / _HEIGHT)

    def set_scale(self, percent: int) -> None:
        """Size of all words; the zones' shares stay."""
        self._scale = max(80, min(200, percent))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """For desks without a keypad: the bar's targets, a sheet's rows, the way out of an NG, an instruction's key."""
        at = event.position()
        pressed = next((name for name, box in self._targets.items() if box.contains(at)), "")
        if pressed:
            self.acted.emit(pressed)
        elif self._sheet is not None and at.y() < self._band_top:
            row = sheet.row_at(self._rows, at.x(), at.y())
            self.chosen.emit(-1 if row is None else row)
        elif self.screen_.band.klass == "ng" and at.y() > self._band_top:
            self.acted.emit("acknowledge")
        elif any(box.contains(at) for box in self._ticks):
            self.acted.emit("tick")

    def retranslate(self) -> None:
        """Words that stand in the painting itself."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Top to bottom."""
        painter = QPainter(self)
        whole = QRectF(self.rect())
        base = min(whole.width() / _WIDTH, whole.height() / _HEIGHT)
        canvas = Canvas(painter, base * self._scale / 100)
        calm = canvas.no_larger(base * _CALM)
        screen = self.screen_
        locked = screen.band.klass == "ng"
        canvas.fill(whole, "window")
        heights = self._heights(calm, whole)
        bar = QRectF(whole.left(), whole.top(), whole.width(), heights[0])
        parcel = QRectF(whole.left(), bar.bottom(), whole.width(), heights[1])
        band = QRectF(whole.left(), whole.bottom() - heights[2], whole.width(), heights[2])
        self._band_top = band.top()
        told = band.adjusted(0, -strip.height(calm, screen.notice), 0, -band.height())
        centre = QRectF(whole.left(), parcel.bottom(), whole.width(), told.top() - parcel.bottom())
        edge = canvas.px(_EDGE) if locked else 0
        self._targets = top_bar.paint(calm, bar.adjusted(edge, edge, -edge, 0), screen)
        if self._sheet is None:
            parcel_zone.paint(calm, parcel, screen)
            self._paint_centre(canvas, calm, centre, screen, locked)
        else:
            self._rows = sheet.paint(calm, parcel.united(centre), self._sheet)
            self._ticks = ()
        if screen.notice:
            strip.paint(calm, told, screen.notice)
        band_zone.paint(canvas, calm, band, screen)
        if locked:
            self._paint_edge(canvas, whole, screen)
        painter.end()
        self.cut = tuple(canvas.cut)

    def _paint_edge(self, canvas: Canvas, whole: QRectF, screen: Screen) -> None:
        """NG floods the edge of the page; nothing beneath it moves."""
        edge, red = canvas.px(_EDGE), band_zone.ground(screen.band)
        canvas.fill(QRectF(whole.left(), whole.top(), whole.width(), edge), red)
        canvas.fill(QRectF(whole.left(), whole.top(), edge, whole.height()), red)
        canvas.fill(QRectF(whole.right() - edge, whole.top(), edge, whole.height()), red)

    def _heights(self, canvas: Canvas, page: QRectF) -> tuple[float, float, float]:
        """Bar and shipment grow with the words, up to a point; the band keeps a third of the height."""
        return max(canvas.px(_BAR), _FINGER), canvas.px(_PARCEL), round(page.height() * _BAND / _HEIGHT) * 1.0

    def _paint_centre(self, canvas: Canvas, calm: Canvas, box: QRectF, screen: Screen, locked: bool) -> None:
        inner = box.adjusted(calm.px(48), calm.px(24), -calm.px(48), -calm.px(24))
        way_width = min(canvas.px(_WAY + 32), inner.width() * 0.36)
        goods = QRectF(inner.left(), inner.top(), inner.width() - way_width - calm.px(56), inner.height())
        left, edge = goods.right() + calm.px(56), calm.px(16)
        way = QRectF(left, inner.top() + edge, way_width, inner.height() - 2 * edge)
        card = goods_zone.paint(canvas, goods, screen, locked)
        key = way_zone.paint(canvas, way, screen, locked)
        self._ticks = tuple(box for box in (card, key) if box is not None)
