"""The hand-over page painted whole: carrier, count and what is still here, readable at a third of its size."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.handover import cards_zone, list_zone
from jpship_gui.ui.handover.screen import Screen
from jpship_gui.ui.pack import band_zone, sheet, strip
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.screen import Screen as PackScreen
from jpship_gui.ui.pack.sheet import Sheet
from jpship_gui.ui.theme import icons, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_WIDTH, _HEIGHT = 1920, 1080
_EDGE, _MARGIN = 20, 48
_BAR, _HEAD, _BAND = 64, 148, 352
_FINGER = 56.0
_CALM = 1.3
_TARGETS = ("smaller", "larger", "acts")
_CENTRED = Qt.AlignmentFlag.AlignHCenter
_RIGHT = Qt.AlignmentFlag.AlignRight


class HandoverFace(Retranslating, QWidget):
    """Paints a `Screen`. `scale` in percent is the page's own control (80–200)."""

    acted = Signal(str)  # acknowledge, acts, smaller, larger, finish
    chosen = Signal(int)  # a row of the sheet that lies over the page; -1 beside all of them
    picked = Signal(str)  # a parcel of the list

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.screen_ = Screen()
        self.cut: tuple[str, ...] = ()  # words of the last painting that did not fit
        self._scale = 100
        self._targets: dict[str, QRectF] = {}
        self._listed: tuple[tuple[str, QRectF], ...] = ()
        self._sheet: Sheet | None = None
        self._rows: tuple[QRectF, ...] = ()
        self._band_top = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(QSize(960, 540))

    def show_screen(self, screen: Screen) -> None:
        """Show this from the next paint on."""
        if screen != self.screen_:
            self.screen_ = screen
            self.setAccessibleName(f"{screen.band.word}. {screen.band.reason}")
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
        """Where `acts`, `smaller`, `larger` and `finish` are clicked."""
        return self._targets.get(name, QRectF())

    def row_box(self, index: int) -> QRectF:
        """Where a row of the sheet is clicked."""
        return self._rows[index]

    def parcel_box(self, parcel: str) -> QRectF:
        """Where a parcel of the list is clicked."""
        return dict(self._listed).get(parcel, QRectF())

    def band_height(self) -> int:
        """Pixels of the outcome band."""
        return round(self.height() * _BAND / _HEIGHT)

    def set_scale(self, percent: int) -> None:
        """Size of all words."""
        self._scale = max(80, min(200, percent))
        self.update()

    def retranslate(self) -> None:
        """Words that stand in the painting itself."""
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The bar's targets, a sheet's rows, the way out of an NG, the end, a parcel of the list."""
        at = event.position()
        pressed = next((name for name, box in self._targets.items() if box.contains(at)), "")
        if pressed:
            self.acted.emit(pressed)
        elif self._rows and at.y() < self._band_top:
            row = sheet.row_at(self._rows, at.x(), at.y())
            self.chosen.emit(-1 if row is None else row)
        elif self.screen_.band.klass == "ng" and at.y() > self._band_top:
            self.acted.emit("acknowledge")
        else:
            parcel = next((parcel for parcel, box in self._listed if box.contains(at)), "")
            if parcel:
                self.picked.emit(parcel)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Top to bottom."""
        painter = QPainter(self)
        whole = QRectF(self.rect())
        base = min(whole.width() / _WIDTH, whole.height() / _HEIGHT)
        canvas = Canvas(painter, base * self._scale / 100)
        calm = canvas.no_larger(base * _CALM)
        screen = self.screen_
        canvas.fill(whole, "window")
        band = QRectF(0, whole.bottom() - self.band_height(), whole.width(), self.band_height())
        self._band_top = band.top()
        locked = screen.band.klass == "ng"
        edge = canvas.px(_EDGE) if locked else 0.0
        bar = QRectF(edge, edge, whole.width() - 2 * edge, max(calm.px(_BAR), _FINGER))
        self._targets = self._bar(calm, bar, screen)
        self._listed = ()
        told = round(calm.px(strip.HEIGHT)) if screen.notice else 0
        notice = QRectF(0, band.top() - told, whole.width(), told)
        middle = QRectF(0, bar.bottom(), whole.width(), notice.top() - bar.bottom())
        if self._sheet is not None:
            self._rows = sheet.paint(calm, middle, self._sheet)
        elif screen.carrier:
            self._rows = ()
            self._running(canvas, calm, middle, screen)
        elif screen.cards:
            self._rows = cards_zone.paint(canvas.no_larger(base * 1.15), middle, screen)
        else:
            self._rows = ()
            self._idle(canvas, middle, screen)
        if told:
            strip.paint(calm, notice, screen.notice)
        band_zone.paint(canvas, calm, band, PackScreen(band=screen.band, recent=screen.recent))
        if locked:
            red = band_zone.ground(screen.band)
            for side in (
                QRectF(0, 0, whole.width(), edge),
                QRectF(0, 0, edge, whole.height()),
                QRectF(whole.width() - edge, 0, edge, whole.height()),
            ):
                canvas.fill(side, red)
        painter.end()
        self.cut = tuple(canvas.cut)

    def _bar(self, canvas: Canvas, box: QRectF, screen: Screen) -> dict[str, QRectF]:
        canvas.fill(box, "rail")
        size = round(canvas.px(28))
        middle = box.center().y()
        x = box.left() + canvas.px(_MARGIN)
        icons.draw(canvas.painter, "truck-loading", x, middle - size / 2, size, "rail_text")
        x += size + canvas.px(12)
        line = QRectF(x, box.top(), box.width(), box.height())
        x += canvas.write(text("stage.handover"), line, 24, "rail_text", bold=True) + canvas.px(24)
        wide = max(min(canvas.px(72), box.width() * 0.06), _FINGER)
        left = box.right() - canvas.px(8) - wide * len(_TARGETS)
        places = {
            name: QRectF(left + n * wide, box.top(), wide, box.height()) for n, name in enumerate(_TARGETS)
        }
        canvas.write("A－", places["smaller"], 22, "rail_text2", align=_CENTRED)
        canvas.write("A＋", places["larger"], 30, "rail_text", bold=True, align=_CENTRED)
        dots = round(min(canvas.px(44), box.height() * 0.8))
        at = places["acts"].center()
        icons.draw(canvas.painter, "dots", at.x() - dots / 2, at.y() - dots / 2, dots, "rail_text")
        clock = QRectF(left - canvas.px(180), box.top(), canvas.px(150), box.height())
        canvas.write(screen.clock, clock, 34, "rail_text", bold=True, align=_RIGHT)
        who = "  ".join(filter(None, (screen.desk, screen.person)))
        canvas.write(who, QRectF(x, box.top(), clock.left() - x, box.height()), 20, "rail_text2")
        return places

    def _running(self, canvas: Canvas, calm: Canvas, box: QRectF, screen: Screen) -> None:
        head = QRectF(box.left(), box.top(), box.width(), calm.px(_HEAD))
        self._head(calm, head, screen)
        body = QRectF(box.left(), head.bottom(), box.width(), box.bottom() - head.bottom())
        inner = body.adjusted(calm.px(_MARGIN), calm.px(20), -calm.px(_MARGIN), -calm.px(20))
        half = inner.width() * 0.46
        self._count(canvas, QRectF(inner.left(), inner.top(), half, inner.height()), screen)
        listed = QRectF(inner.left() + half + calm.px(40), inner.top(), 0, inner.height())
        listed.setRight(inner.right())
        self._listed = list_zone.paint(calm, listed, screen)

    def _head(self, canvas: Canvas, box: QRectF, screen: Screen) -> None:
        """The carrier largest, where, the time to its pick-up, and the way to the end."""
        canvas.fill(box, "surface")
        canvas.fill(QRectF(box.left(), box.bottom() - 1, box.width(), 1), "line_strong")
        inner = box.adjusted(canvas.px(_MARGIN), canvas.px(18), -canvas.px(_MARGIN), -canvas.px(18))
        bar = QRectF(inner.left(), inner.top() + canvas.px(8), canvas.px(12), inner.height() - canvas.px(16))
        canvas.fill(bar, palette.carrier_colour(screen.carrier))
        button = QRectF(0, 0, canvas.px(252), canvas.px(84))
        button.moveRight(inner.right())
        button.moveTop(inner.center().y() - button.height() / 2)
        self._finish(canvas, button)
        right = button.left() - canvas.px(40)
        size = canvas.fitting(screen.pickup, 44, True, inner.width() * 0.32, 22)
        width = canvas.width(screen.pickup, size, True)
        ink = "attention_strong" if screen.near else "text"
        place = QRectF(right - width - 2, inner.top(), width + 2, inner.height())
        if screen.pickup:
            if screen.near:
                pill = place.adjusted(-canvas.px(20), canvas.px(14), canvas.px(20), -canvas.px(14))
                canvas.sheet(pill, 8, "attention_weak", "attention_weak", 0)
            canvas.write(screen.pickup, place, size, ink, bold=True)
            right = place.left() - canvas.px(40)
        left = bar.right() + canvas.px(24)
        room = QRectF(left, inner.top(), (right - left) * 0.62, inner.height())
        size = canvas.fitting(screen.carrier_name, 76, True, room.width(), 36)
        width = canvas.write(screen.carrier_name, room, size, "text", bold=True)
        where = QRectF(left + width + canvas.px(36), inner.top(), 0, inner.height())
        where.setRight(right)
        size = canvas.fitting(screen.where, 34, False, where.width(), 18)
        canvas.write(screen.where, where, size, "text2")

    def _finish(self, canvas: Canvas, box: QRectF) -> None:
        canvas.sheet(box, 10, "surface", "line_strong", 2)
        cap = QRectF(
            box.left() + canvas.px(14), box.center().y() - canvas.px(22), canvas.px(72), canvas.px(44)
        )
        canvas.sheet(cap, 6, "window", "line_strong", 2)
        canvas.write("F12", cap, 24, "text2", bold=True, align=_CENTRED)
        words = text("handover.page.finish")
        room = QRectF(cap.right() + canvas.px(14), box.top(), 0, box.height())
        room.setRight(box.right() - canvas.px(12))
        canvas.write(words, room, canvas.fitting(words, 32, True, room.width(), 18), "text", bold=True)
        self._targets["finish"] = box

    def _count(self, canvas: Canvas, box: QRectF, screen: Screen) -> None:
        """Taken of all, as large as it can be; beneath it how many are left."""
        canvas = canvas.no_larger(min(box.height() / 420, box.width() / 760))
        tall = canvas.px(250)
        top = box.center().y() - canvas.px(390) / 2
        taken, total = str(screen.taken), f"／{screen.total}"
        done = screen.total > 0 and screen.taken >= screen.total
        room = box.width() - canvas.width(total, 120, True) - canvas.px(24)
        size = canvas.fitting(taken, 250, True, room, 80)
        line = QRectF(box.left(), top, box.width(), tall)
        ink = "done" if done else "text"
        width = canvas.write(taken, line, size, ink, bold=True)
        after = QRectF(box.left() + width + canvas.px(16), top + tall * 0.32, box.width(), tall * 0.62)
        canvas.write(total, after, 120, "text2", bold=True)
        track = QRectF(box.left(), top + tall + canvas.px(14), box.width() - canvas.px(20), canvas.px(28))
        canvas.sheet(track, 14, "line", "line", 0)
        part = screen.taken / screen.total if screen.total else 0.0
        if part:
            filled = QRectF(
                track.left(), track.top(), max(track.height(), track.width() * part), track.height()
            )
            canvas.sheet(filled, 14, ink if done else "accent", ink if done else "accent", 0)
        left = screen.total - screen.taken
        words = text("handover.page.all_taken") if done else text("handover.page.left", left=left)
        below = QRectF(box.left(), track.bottom() + canvas.px(10), box.width(), canvas.px(76))
        canvas.write(words, below, canvas.fitting(words, 52, True, box.width(), 24), ink, bold=True)

    def _idle(self, canvas: Canvas, box: QRectF, screen: Screen) -> None:
        """Nothing waits, or what waits was just set aside."""
        mark = round(canvas.px(150))
        top = box.center().y() - canvas.px(170)
        icons.draw(canvas.painter, "truck-loading", box.center().x() - mark / 2, top, mark, "text3")
        title = (
            text("handover.page.none")
            if not screen.waiting
            else text("handover.page.waiting", count=screen.waiting)
        )
        line = QRectF(box.left(), top + mark + canvas.px(24), box.width(), canvas.px(72))
        size = canvas.fitting(title, 52, True, box.width() * 0.9, 24)
        canvas.write(title, line, size, "text", bold=True, align=_CENTRED)
        hint = text("handover.page.none_hint") if not screen.waiting else text("handover.page.waiting_hint")
        below = QRectF(box.left(), line.bottom(), box.width(), canvas.px(60))
        size = canvas.fitting(hint, 30, False, box.width() * 0.9, 18)
        canvas.write(hint, below, size, "text2", align=_CENTRED)
