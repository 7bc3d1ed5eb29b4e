"""Second verification for a number entered by hand or scanner: order, recipient and carrier large, the number twice.

No button says OK: the second reading closes the pair. Every key belongs to the dialog, so a scanner's Enter neither
confirms nor closes it.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.tracking_no import is_untracked, normalise
from jpship_gui.flows.pack.track import (
    MISMATCH,
    TrackResult,
    asks_apart,
    look,
    message_of,
    track,
    track_without,
)
from jpship_gui.flows.table.detail import load
from jpship_gui.flows.upkeep.adapters import service_name
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.pack.canvas import Canvas, colour
from jpship_gui.ui.pack.number_row import NumberRow, Reading
from jpship_gui.ui.pack.sound import Speaker
from jpship_gui.ui.scanning.keyboard import KeyboardScanner, scanner_of
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.theme import glyphs, palette
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating

_DIGITS = 12
_SHAPES = {"ng": glyphs.NG, "done": glyphs.PROVEN, "ok": glyphs.OK, "attention": glyphs.ATTENTION}


def is_typed_number(code: str) -> bool:
    """A number keyed by hand must be entered twice (PK-01): the packing page is for what was read."""
    digits = sum(c.isdigit() for c in code)
    return digits >= 10 and digits >= len(code) - 4


def open_tracking(desk: Desk, key: str, parent: QWidget) -> TrackingDialog | None:
    """Open the dialog for a shipment; None when the key is unknown."""
    found = load(desk.ws, keys=[key])
    if not found:
        return None
    dialog = TrackingDialog(desk, found[0], parent.window())
    dialog.open()
    return dialog


class ParcelHead(QWidget):
    """Shop and order number small, then what is compared with the label in the hand: name and carrier."""

    def __init__(self, shipment: Shipment | None = None) -> None:
        super().__init__()
        self._shipment = shipment
        self.setFixedHeight(180)

    def show_shipment(self, shipment: Shipment | None) -> None:
        """Another parcel, or none."""
        self._shipment = shipment
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two columns: whose parcel, which carrier."""
        if self._shipment is None:
            return
        painter = QPainter(self)
        canvas = Canvas(painter, 1.0)
        shipment, box = self._shipment, QRectF(self.rect())
        split = box.width() * 0.66
        self._order(canvas, QRectF(box.left(), box.top(), split, 36), shipment)
        name = QRectF(box.left(), box.top() + 44, split - 24, 88)
        honorific = text("packpage.honorific")
        room = name.width() - canvas.width(honorific, 32) - 16
        size = canvas.fitting(shipment.recipient.name, 72, True, room, 36)
        used = canvas.write(
            shipment.recipient.name, QRectF(name.left(), name.top(), room, 88), size, "text", bold=True
        )
        canvas.write(honorific, QRectF(name.left() + used + 16, name.top() + 20, 80, 68), 32, "text2")
        canvas.write(
            shipment.recipient.address, QRectF(box.left(), box.top() + 140, split - 24, 32), 20, "text2"
        )
        self._carrier(canvas, QRectF(split, box.top(), box.width() - split, box.height()), shipment)
        painter.end()

    def _order(self, canvas: Canvas, row: QRectF, shipment: Shipment) -> None:
        word = names.marketplace_name(shipment.order_id.marketplace)
        ink, ground = palette.chip_colours(shipment.order_id.marketplace)
        chip = QRectF(row.left(), row.top() + 3, canvas.width(word, 16, True) + 24, 30)
        canvas.sheet(chip, 4, ground, ground, 0)
        canvas.write(word, chip, 16, ink, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
        x = chip.right() + 12
        shop = names.shop_words(shipment.order_id.marketplace, shipment.order_id.shop)
        x += canvas.write(shop, QRectF(x, row.top(), 300, row.height()), 18, "text2") + 20
        head, tail = names.number_parts(shipment.order_id.number)
        x += canvas.write(head, QRectF(x, row.top(), row.right() - x, row.height()), 20, "text3")
        canvas.write(tail, QRectF(x, row.top(), max(row.right() - x, 0), row.height()), 20, "text", bold=True)

    def _carrier(self, canvas: Canvas, box: QRectF, shipment: Shipment) -> None:
        carrier = shipment.parcels[0].carrier or shipment.carrier if shipment.parcels else shipment.carrier
        canvas.fill(QRectF(box.left(), box.top() + 58, 10, 60), palette.carrier_colour(carrier))
        name = names.carrier_name(carrier) or text("tracking_dialog.no_carrier")
        room = QRectF(box.left() + 28, box.top() + 44, box.width() - 28, 88)
        canvas.write(name, room, canvas.fitting(name, 72, True, room.width(), 32), "text", bold=True)
        wish = f"{names.day_short(shipment.wish.day)} " if shipment.wish.day else ""
        parts = (
            service_name(carrier, shipment.service),
            f"{wish}{names.slot_words(shipment.wish.slot)}".strip(),
        )
        words = "・".join(part for part in parts if part)
        canvas.write(words, QRectF(box.left(), box.top() + 140, box.width(), 32), 18, "text2")


class VerdictBand(QWidget):
    """The band at the foot: NG stays until F4, a match says what closes the dialog."""

    def __init__(self) -> None:
        super().__init__()
        self._klass, self._word, self._more = "", "", ""
        self.setFixedHeight(112)

    def show_verdict(self, klass: str, word: str, more: str) -> None:
        """`klass` ng, done, ok, attention or "" for nothing."""
        self._klass, self._word, self._more = klass, word, more
        self.setAccessibleName(f"{word} {more}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shape, word, what to do."""
        if not self._klass:
            return
        painter = QPainter(self)
        canvas = Canvas(painter, 1.0)
        box = QRectF(self.rect())
        ground, ink = colour(f"band_{self._klass}"), colour(f"band_{self._klass}_ink")
        canvas.sheet(box, 12, ground, ground, 0)
        shape = _SHAPES[self._klass]
        glyphs.paint_visible(
            painter, shape, QRectF(box.left() + 32, box.center().y() - 28, 64, 56), ink, ground
        )
        key_room = 200 if self._klass == "ng" else 24
        room = QRectF(box.left() + 128, box.top() + 12, box.width() - 128 - key_room, 50)
        size = canvas.fitting(self._word, 34, True, room.width(), 18)
        long = canvas.width(self._word, size, True) > room.width()
        if long:  # in two lines
            size = canvas.fitting(self._word, 18, True, room.width() * 1.8, 13)
        canvas.write(self._word, room, size, ink, bold=True, wrap=long)
        beneath = QRectF(room.left(), room.bottom(), room.width(), 40)
        fits = canvas.width(self._more, 18) <= beneath.width()
        canvas.write(self._more, beneath, 18 if fits else 14, ink, wrap=not fits)
        if self._klass == "ng":
            cap = QRectF(box.right() - 188, box.center().y() - 24, 64, 48)
            canvas.sheet(cap, 8, ground, ink, 2)
            canvas.write("F4", cap, 24, ink, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
            words = text("packpage.acknowledge")
            rest = QRectF(cap.right() + 10, box.top(), box.right() - cap.right() - 20, box.height())
            canvas.write(words, rest, canvas.fitting(words, 18, False, rest.width(), 12), ink)
        painter.end()


class TrackingDialog(Retranslating, QDialog):
    """For one shipment. `tracked` carries the key once the pair agreed; `scanned_on` a scan after that."""

    tracked = Signal(str)
    scanned_on = Signal(str)

    def __init__(self, desk: Desk, shipment: Shipment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.shipment = shipment
        self._first = ""
        self._first_quick = True
        self._typing = ""
        self._by_hand = False
        self._locked = False
        self._done: TrackResult | None = None
        self._doubt: tuple[str, bool] | None = None
        self._speaker = Speaker(desk.ws.options.get("sound.volume"), desk.ws.options.get("sound.set"))
        self.setModal(True)
        self.setMinimumWidth(1040)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        scanner = self._scanner()
        scanner.scanned.connect(self._scanned)
        scanner.typing.connect(self._typed)
        scanner.claim(self)
        self.retranslate()
        self.setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 28, 40, 28)
        column.setSpacing(16)
        column.addWidget(ParcelHead(self.shipment))
        self.rows = (NumberRow(), NumberRow())
        for row in self.rows:
            column.addWidget(row)
        self.verdict = VerdictBand()
        column.addWidget(self.verdict)
        foot = QHBoxLayout()
        self._note = Label(size=14, ink="text2")
        foot.addWidget(self._note, 1)
        self.silent = Button("tracking_dialog.untracked", kind="primary", icon="eye-off", cap="Ctrl+U")
        self.silent.clicked.connect(self._without_number)
        self._hand = Button("tracking_dialog.by_hand", icon="keyboard", cap="Ctrl+T")
        self._leave = Button("tracking_dialog.leave", kind="quiet", cap="Esc")
        for button in (self.silent, self._hand, self._leave):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            foot.addWidget(button)
        self._hand.clicked.connect(self._toggle_hand)
        self._leave.clicked.connect(self.reject)
        column.addLayout(foot)

    def sizeHint(self) -> QSize:
        """As drawn."""
        return QSize(1080, 760)

    def _scanner(self) -> KeyboardScanner:
        return scanner_of(self.desk.ws.options.get("scanner.blank_ms"))

    # Readings ---------------------------------------------------------------------------------------------------

    def _scanned(self, code: str, quick: bool) -> None:
        if self._scanner().owner() is self:
            self.take(code, quick)

    def take(self, code: str, quick: bool) -> None:
        """One reading; an NG stops everything until F4."""
        self._typing = ""
        if self._done is not None:
            self.scanned_on.emit(code)
            self.accept()
            return
        if self._locked:
            self._speaker.play("ng")
            return
        self._by_hand = self._by_hand or not quick
        self._judge(code, quick, confirmed=False)

    def _judge(self, code: str, quick: bool, *, confirmed: bool) -> None:
        ws, key = self.desk.ws, self.shipment.key
        try:
            if not self._first and not quick and asks_apart(ws, key):
                result = track(ws, key, code, "", confirmed=confirmed)
                if result.ok:
                    self._first, self._first_quick = result.number, True
            elif not self._first:
                result = look(ws, key, code, confirmed=confirmed)
            else:
                how = "scanned" if quick and self._first_quick else "typed"
                result = track(ws, key, self._first, code, how=how, confirmed=confirmed)
        except Fault as fault:
            shown = show_fault(fault)
            self._stop(shown.title, shown.more)
            return
        self._take_result(result, code, quick)

    def _take_result(self, result: TrackResult, code: str, quick: bool) -> None:
        if not result.ok:
            self._doubt = (code, quick) if result.doubtful else None
            self._refuse(result, code)
            return
        self._doubt = None
        if not self._first:
            self._first, self._first_quick = result.number, quick
            self._speaker.play("ok")
            self._show()
            return
        self._done = result
        self._speaker.play("complete")
        self._show()
        self.tracked.emit(self.shipment.key)
        self.desk.tell_changed()

    def _refuse(self, result: TrackResult, code: str) -> None:
        title = text("tracking_dialog.mismatch") if result.outcome == MISMATCH else message_of(result)
        more = text("tracking_dialog.mismatch_more") if result.outcome == MISMATCH else ""
        if self._doubt is not None:
            more = text("tracking_dialog.insist")
        self._stop(title, more, normalise(code))

    def _stop(self, title: str, more: str, number: str = "") -> None:
        self._locked = True
        self._speaker.play("ng")
        self._show(number)
        self.verdict.show_verdict("ng", title, more)

    def _acknowledge(self) -> None:
        """After an NG both readings start anew: nobody knows which of them was the wrong one."""
        self._locked = False
        self._doubt = None
        self._first, self._typing = "", ""
        self._first_quick = True
        self._show()

    def _insist(self) -> None:
        if self._doubt is None:
            return
        code, quick = self._doubt
        self._locked = False
        self._judge(code, quick, confirmed=True)

    def _without_number(self) -> None:
        """Its service gives no number: done without one."""
        if self._done is not None or self._locked or self.silent.isHidden():
            return
        try:
            result = track_without(self.desk.ws, self.shipment.key)
        except Fault as fault:
            shown = show_fault(fault)
            self._stop(shown.title, shown.more)
            return
        if not result.ok:
            self._stop(message_of(result), "")
            return
        self._first = result.number
        self._take_result(result, "", True)

    def _toggle_hand(self) -> None:
        self._by_hand = not self._by_hand
        self._show()

    def _typed(self, typing: str) -> None:
        if self._scanner().owner() is not self or self._locked or self._done is not None:
            return
        self._typing = normalise(typing)
        if self._by_hand:
            self._show()
        else:
            QTimer.singleShot(200, self._show_late)

    def _show_late(self) -> None:
        """A scanner's burst is over by now; what is still there comes from fingers."""
        if self._typing:
            self._by_hand = True
            self._show()

    # Showing ----------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """All words."""
        self.setWindowTitle(text("tracking_dialog.title"))
        self._show()

    def _show(self, wrong: str = "") -> None:
        if not hasattr(self, "verdict"):
            return
        for row in self.rows:
            row.setVisible(not is_untracked(self._first))
        if not is_untracked(self._first):
            self.rows[0].show_reading(self._first_reading(wrong))
            self.rows[1].show_reading(self._second_reading(wrong))
        if self._done is not None:
            number = names.tracking_words(self._done.number)
            word = text("tracking_dialog.agrees" if self._done.verified else "tracking_dialog.linked")
            if is_untracked(self._done.number):
                word = text("tracking_dialog.done")
            elif self._done.reason == "waits":
                word = text("entrysecond.waits")
            self.verdict.show_verdict("done", f"{word}   {number}", text("tracking_dialog.closes"))
        elif not self._locked:
            self.verdict.show_verdict("", "", "")
        self._hand.setVisible(self._done is None)
        one = self.shipment
        self.silent.setVisible(self._done is None and names.gives_no_number(one.carrier, one.service))
        self._leave.say("tracking_dialog.leave" if self._done is None else "tracking_dialog.close")
        self._note.show_text(text("tracking_dialog.hidden") if self._hides() else "")

    def _hides(self) -> bool:
        return bool(self._first) and not self._first_quick and self._done is None and not self._locked

    def _first_reading(self, wrong: str) -> Reading:
        label = text("tracking_dialog.first")
        if self._first:
            note = text("tracking_dialog.check_digit" if self._first_quick else "tracking_dialog.typed")
            return Reading(label, "taken", self._first, self._hides(), note, ok=self._first_quick)
        if self._locked:
            return Reading(label, "wrong", wrong)
        return Reading(label, "next", self._typing, note=self._ask())

    def _second_reading(self, wrong: str) -> Reading:
        label = text("tracking_dialog.second")
        if self._done is not None:
            if self._done.reason == "waits":
                return Reading(label, "waiting")
            return Reading(label, "taken", self._done.number, note=text("tracking_dialog.agrees"), ok=True)
        if not self._first:
            return Reading(label, "waiting")
        if self._locked:
            places = tuple(
                i for i, digit in enumerate(wrong) if i >= len(self._first) or digit != self._first[i]
            )
            return Reading(label, "wrong", wrong, wrong=places)
        return Reading(label, "next", self._typing, note=self._ask())

    def _ask(self) -> str:
        if self._by_hand and self._typing:
            left = max(_DIGITS - len(self._typing), 0)
            return text("tracking_dialog.left", count=left) if left else text("tracking_dialog.enter")
        return text("tracking_dialog.type" if self._by_hand else "tracking_dialog.read")

    # Keys -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F4 acknowledges, Ctrl+Enter insists on a doubtful number, Ctrl+T is for typing, Ctrl+U where there is
        none, Esc leaves."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_F4 and self._locked:
            self._acknowledge()
        elif control and event.key() == Qt.Key.Key_T:
            self._toggle_hand()
        elif control and event.key() == Qt.Key.Key_U:
            self._without_number()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._insist()
        elif event.key() == Qt.Key.Key_Escape:
            self.reject()

    def done(self, result: int) -> None:
        """Give the keys back, however it ends."""
        self._let_go()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own close button."""
        self._let_go()
        super().closeEvent(event)

    def _let_go(self) -> None:
        self._scanner().release(self)
        self._speaker.close()
