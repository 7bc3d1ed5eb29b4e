"""The packing page painted whole: three zones, readable at a third of its size; nothing moves but what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QRegion
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.ui.pack import band_zone, goods_zone, idle_zone, parcel_zone, sheet, strip, top_bar, way_zone
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.screen import Screen
from jpship_gui.ui.pack.sheet import Sheet
from jpship_gui.ui.widgets.retranslating import Retranslating

_WIDTH, _HEIGHT = 1920, 1080
_EDGE = 20
_BAR, _PARCEL, _BAND = 64, 148, 352
_MARGIN = 48
_CALM = 1.15  # what is read close up grows no further than this, or it would take the room of what is read from afar
_FINGER = 56.0  # pixels of a target
_WAY = 520  # width of the parcel's way


class Face(Retranslating, QWidget):
    """Paints a `Screen`. `scale` in percent is the page's own control (80–200)."""

    acted = Signal(str)  # acknowledge, tick, acts, smaller, larger
    chosen = Signal(int)  # a row of the sheet that lies over the page; -1 beside all of them

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._band_top = 0.0
        self._ticks: dict[str, QRectF | None] = {}  # where the next instruction is ticked by a click
        self._dirty = QRegion()
        self._cut: dict[str, tuple[str, ...]] = {}
        self._targets: Mapping[str, QRectF] = {}
        self._sheet: Sheet | None = None
        self._rows: tuple[QRectF, ...] = ()
        self.screen_ = Screen()
        self._scale = 100
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(QSize(960, 540))

    def show_screen(self, screen: Screen) -> None:
        """Show this from the next paint on; only zones whose content changed are painted anew."""
        if screen != self.screen_:
            touched = _touched(self.screen_, screen)
            self.screen_ = screen
            band = screen.band
            self.setAccessibleName(f"{band.word}. {band.reason}")
            zones = self._zones()
            for name in touched:
                self._dirty = self._dirty.united(zones[name].toAlignedRect())
            self.update(self._dirty)

    def show_now(self) -> None:
        """Paint what changed before anything else happens."""
        self.repaint(self._dirty)

    def show_sheet(self, laid: Sheet | None) -> None:
        """Lay a question over the middle of the page, or take it away; the band stays in sight."""
        self._sheet, self._rows = laid, ()
        self._ticks = {}
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
        elif any(box is not None and box.contains(at) for box in self._ticks.values()):
            self.acted.emit("tick")

    def retranslate(self) -> None:
        """Words that stand in the painting itself."""
        self.update()

    def _base(self) -> float:
        """Pixels of a design pixel at 100 %."""
        return min(self.width() / _WIDTH, self.height() / _HEIGHT)

    def _zones(self) -> Mapping[str, QRectF]:
        """Bar and shipment grow with the words, up to a point; the band keeps a third of the height."""
        whole = QRectF(self.rect())
        scale = self._base() * self._scale / 100
        calm = min(scale, self._base() * _CALM)
        bar = QRectF(0, 0, whole.width(), max(round(_BAR * calm), _FINGER))
        parcel = QRectF(0, bar.bottom(), whole.width(), round(_PARCEL * calm))
        low = round(whole.height() * _BAND / _HEIGHT)
        band = QRectF(0, whole.bottom() - low, whole.width(), low)
        inner = whole.width() - 2 * round(_MARGIN * calm)
        way_width = round(min((_WAY + 32) * scale, inner * 0.36)) + round((_MARGIN + 28) * calm)
        told = round(strip.HEIGHT * calm) if self.screen_.notice else 0
        notice = QRectF(0, band.top() - told, whole.width(), told)
        goods = QRectF(0, parcel.bottom(), whole.width() - way_width, notice.top() - parcel.bottom())
        way = QRectF(goods.right(), goods.top(), way_width, goods.height())
        return {"bar": bar, "parcel": parcel, "goods": goods, "way": way, "notice": notice, "band": band}

    def paintEvent(self, event: QPaintEvent) -> None:
        """The zones that were touched, top to bottom."""
        self._dirty = QRegion()
        painter = QPainter(self)
        canvas = Canvas(painter, self._base() * self._scale / 100)
        calm = canvas.no_larger(self._base() * _CALM)
        locked = self.screen_.band.klass == "ng"
        zones = self._zones()
        self._band_top = zones["band"].top()
        painted = dict.fromkeys(zones, self._paint_zone)
        if self._sheet is not None:
            painted["parcel"] = self._paint_sheet
            del painted["goods"], painted["way"]
            zones = {**zones, "parcel": zones["parcel"].united(zones["goods"]).united(zones["way"])}
        for name, paint in painted.items():
            box = zones[name]
            if event.region().intersects(box.toAlignedRect()):
                canvas.cut.clear()
                paint(name, canvas, calm, box)
                self._cut[name] = tuple(canvas.cut)
        if locked:
            self._paint_edge(canvas, QRectF(self.rect()), self.screen_)
        painter.end()

    def rehearse(self, screen: Screen) -> Iterator[None]:
        """Paint another screen where nobody sees it, a zone a step: its words and shapes are kept, its typefaces are
        loaded. What is shown and can be clicked stays as it is."""
        ratio = self.devicePixelRatioF()
        unseen = QPixmap(self.size() * ratio)
        unseen.setDevicePixelRatio(ratio)
        for name in self._zones():
            shown, targets, ticks = self.screen_, self._targets, dict(self._ticks)
            painter = QPainter(unseen)
            canvas = Canvas(painter, self._base() * self._scale / 100)
            try:
                self.screen_ = screen
                calm = canvas.no_larger(self._base() * _CALM)
                self._paint_zone(name, canvas, calm, self._zones()[name])
            finally:
                painter.end()
                self.screen_, self._targets, self._ticks = shown, targets, ticks
            yield

    @property
    def cut(self) -> tuple[str, ...]:
        """Words of the last painting that did not fit."""
        return tuple(words for zone in self._cut.values() for words in zone)

    def _paint_zone(self, name: str, canvas: Canvas, calm: Canvas, box: QRectF) -> None:
        screen = self.screen_
        locked = screen.band.klass == "ng"
        if name == "bar":
            edge = canvas.px(_EDGE) if locked else 0
            self._targets = top_bar.paint(calm, box.adjusted(edge, edge, -edge, 0), screen)
        elif name == "parcel":
            parcel_zone.paint(calm, box, screen)
        elif name == "notice":
            if screen.notice:
                strip.paint(calm, box, screen.notice)
        elif name == "band":
            band_zone.paint(canvas, calm, box, screen)
        else:
            canvas.fill(box, "window")
            high = calm.px(24)
            margin = calm.px(_MARGIN)
            if name == "goods":
                inner = box.adjusted(margin, high, -calm.px(28), -high)
                if not screen.open:
                    idle_zone.paint_figures(canvas, inner, screen)
                    return
                card = goods_zone.paint(canvas, inner, screen, locked)
            else:
                high += calm.px(16)
                inner = box.adjusted(calm.px(28), high, -margin, -high)
                if not screen.open:
                    idle_zone.paint_pickups(canvas, inner, screen)
                    return
                card = way_zone.paint(canvas, inner, screen, locked)
            self._ticks[name] = card

    def _paint_sheet(self, name: str, canvas: Canvas, calm: Canvas, box: QRectF) -> None:
        assert self._sheet is not None
        self._rows = sheet.paint(calm, box, self._sheet)
        self._ticks = {}

    def _paint_edge(self, canvas: Canvas, whole: QRectF, screen: Screen) -> None:
        """NG floods the edge of the page; nothing beneath it moves."""
        edge, red = canvas.px(_EDGE), band_zone.ground(screen.band)
        canvas.fill(QRectF(whole.left(), whole.top(), whole.width(), edge), red)
        canvas.fill(QRectF(whole.left(), whole.top(), edge, whole.height()), red)
        canvas.fill(QRectF(whole.right() - edge, whole.top(), edge, whole.height()), red)


# Which zones show a field of the screen; a field that is not here touches all of them.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("desk", "person", "clock"), ("bar",)),
    **dict.fromkeys(("left", "late", "pace"), ("bar", "goods")),  # both while no parcel is open
    "pickups": ("bar", "way"),
    "goods": ("goods",),
    "tasks": ("goods",),
    "steps": ("way",),
    "band": ("band",),
    "recent": ("band",),
    **dict.fromkeys(("remaining", "overdue", "remark", "notes", "marks"), ("parcel",)),
}
_ALL = ("bar", "parcel", "goods", "way", "notice", "band")


def _touched(before: Screen, now: Screen) -> set[str]:
    if (before.band.klass == "ng") != (now.band.klass == "ng"):
        return set(_ALL)
    touched: set[str] = set()
    for field in fields(Screen):
        if getattr(before, field.name) != getattr(now, field.name):
            touched |= set(_FIELDS.get(field.name, _ALL))
    return touched
