"""Many orders in a row: whose parcel it is large, the number twice, and beside it what was done last.

No button says OK and no Enter does: readings alone close a pair, and after an NG only F4 or its bar code goes on.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.tracking_no import normalise
from jpship_gui.flows.pack.entry_row import Asks, EntryRow, Pair, Said, Sound
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.number_row import NumberRow, Reading
from jpship_gui.ui.pack.sound import Speaker
from jpship_gui.ui.pack.tracking_dialog import ParcelHead, VerdictBand
from jpship_gui.ui.scanning.keyboard import KeyboardScanner, scanner_of
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.plain_table import Cell, Column, PlainTable
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline, Panel

_SIDE = 380
_UNSEEN = "0" * 12  # painted as dots
_LATE = 200  # ms after which what stands there comes from fingers
_GLYPHS = {
    "proven": (glyphs.PROVEN, "done"),
    "linked": (glyphs.OK, "ok"),
    "waits": (glyphs.ATTENTION, "attention"),
    "ng": (glyphs.NG, "ng"),
    "undone": (glyphs.HOLD, "text3"),
    "aside": (glyphs.HOLD, "text3"),
}


class _Prompt(QWidget):
    """What is to be read now, in place of the parcel: large words, and what fingers typed so far."""

    def __init__(self) -> None:
        super().__init__()
        self._word, self._typing = "", ""
        self.setFixedHeight(180)

    def show_prompt(self, word: str, typing: str) -> None:
        """Show this."""
        self._word, self._typing = word, typing
        self.setAccessibleName(f"{word} {typing}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line, the typing under it."""
        painter = QPainter(self)
        canvas, box = Canvas(painter, 1.0), QRectF(self.rect())
        upper = QRectF(box.left(), box.top() + 20, box.width(), 80)
        canvas.write(
            self._word, upper, canvas.fitting(self._word, 56, True, box.width(), 24), "text", bold=True
        )
        beneath = QRectF(box.left(), upper.bottom() + 8, box.width(), 56)
        words = self._typing or text("entryrow.order_hint")
        ink, size = ("accent", 40) if self._typing else ("text2", 18)
        canvas.write(words, beneath, canvas.fitting(words, size, False, box.width(), 14), ink)
        painter.end()


class RowView(Retranslating, QWidget):
    """One `EntryRow` at a time (`begin`); `changed()` after everything that was written."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.row = EntryRow(desk.ws)
        self._typing, self._by_hand = "", False
        self._speaker = Speaker(desk.ws.options.get("sound.volume"), desk.ws.options.get("sound.set"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._left(), 1)
        line.addWidget(Hairline(upright=True))
        line.addWidget(self._right())
        scanner = self._scanner()
        scanner.scanned.connect(self._scanned)
        scanner.typing.connect(self._typed)
        self.retranslate()

    def _left(self) -> QWidget:
        left = Panel("window")
        column = QVBoxLayout(left)
        column.setContentsMargins(32, 16, 32, 16)
        column.setSpacing(12)
        top = QHBoxLayout()
        self.place = Label(size=18, bold=True)
        self.figures = Label(size=16, ink="text2")
        top.addWidget(self.place)
        top.addStretch(1)
        top.addWidget(self.figures)
        column.addLayout(top)
        self.head, self.prompt, self.stack = ParcelHead(), _Prompt(), QStackedWidget()
        self.stack.addWidget(self.prompt)
        self.stack.addWidget(self.head)
        self.stack.setFixedHeight(180)
        column.addWidget(self.stack)
        self.numbers = (NumberRow(), NumberRow())
        for one in self.numbers:
            one.setMaximumHeight(128)
            column.addWidget(one)
        self.verdict = VerdictBand()
        column.addWidget(self.verdict)
        column.addStretch(1)
        foot = QHBoxLayout()
        self.note = Label(size=14, ink="text2", wrap=True)
        foot.addWidget(self.note, 1)
        self.silent = Button("tracking_dialog.untracked", icon="eye-off", cap="Ctrl+U")
        self.silent.clicked.connect(self._without_number)
        self.aside_button = Button("entryrow.aside", icon="player-pause", cap="F8")
        self.aside_button.clicked.connect(self._aside)
        self.undo_button = Button("entryrow.undo", icon="arrow-back-up", cap="Ctrl+Z")
        self.undo_button.clicked.connect(self.undo)
        for button in (self.silent, self.aside_button, self.undo_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            foot.addWidget(button)
        column.addLayout(foot)
        return left

    def _right(self) -> QWidget:
        side = Panel("surface")
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 16, 8, 8)
        column.setSpacing(8)
        self.list_title = Label(size=16, bold=True)
        column.addWidget(self.list_title)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = Panel("surface")
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        self.pairs = PlainTable((Column(grow=4), Column(width=170)), 52)
        self.pairs.acted.connect(self._chosen)
        self.pairs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nothing = Label("entryrow.nothing", ink="text3", wrap=True)
        inner.addWidget(self.nothing)
        inner.addWidget(self.pairs)
        inner.addStretch(1)
        area.setWidget(ground)
        column.addWidget(area, 1)
        return side

    # Frame ------------------------------------------------------------------------------------------------------

    def begin(self, row: EntryRow) -> None:
        """Another row; what the last one did stands on disk."""
        row.recent.extend(list(self.row.recent)[: 20 - len(row.recent)])
        self.row = row
        self._typing = ""
        if row.said is not None and row.said.sound is Sound.NG:
            self._speaker.play("ng")
        self._show()

    def claim(self) -> None:
        """Every scan is for this view as long as it is in sight."""
        self._scanner().claim(self)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def release(self) -> None:
        """No longer."""
        self._scanner().release(self)

    def _scanner(self) -> KeyboardScanner:
        return scanner_of(self.desk.ws.options.get("scanner.blank_ms"))

    # Readings ---------------------------------------------------------------------------------------------------

    def _scanned(self, code: str, quick: bool) -> None:
        if self._scanner().owner() is self:
            self.take(code, quick)

    def take(self, code: str, quick: bool) -> None:
        """One reading."""
        self._typing, self._by_hand = "", not quick
        self._do(lambda: self.row.take(code, quick))

    def undo(self) -> None:
        """The first reading, else the last pair."""
        self._do(self.row.undo)

    def acknowledge(self) -> None:
        """F4 after an NG."""
        if self.row.asks is Asks.ACK:
            self._do(self._acknowledged)

    def _acknowledged(self) -> Said | None:
        self.row.acknowledge()
        return self.row.said

    def _aside(self) -> None:
        self.row.ws = self.desk.ws
        self.row.aside()
        self._show()

    def _without_number(self) -> None:
        shipment = self.row.shipment
        if shipment is not None and names.gives_no_number(shipment.carrier, shipment.service):
            self._do(self.row.without_number)

    def _chosen(self, index: int, act: str) -> None:
        if act == "choose" and index < len(self.row.choices):
            key = self.row.choices[index].key
            self._do(lambda: self.row.choose(key))

    def _do(self, act: object) -> None:
        self.row.ws = self.desk.ws  # whoever stands here now, not whoever did when the page was made
        try:
            said = act()  # type: ignore[operator]
        except Fault as fault:
            self._speaker.play("ng")
            self.desk.show_fault(fault)
            self._show()
            return
        if said is not None:
            self._speaker.play(said.sound.value)
        self._show()
        self.stands_here(self.row.ws.person)
        self.changed.emit()

    def stands_here(self, person: str) -> None:
        """Whatever is done in this window from now on carries this name."""
        if person != self.desk.ws.person:
            self.desk.ws = self.desk.ws.as_person(person)
            self.desk.settled.emit()

    def _typed(self, typing: str) -> None:
        if self._scanner().owner() is not self or self.row.asks is Asks.ACK:
            return
        self._typing = typing
        if self._by_hand or not typing:
            self._show()
        else:
            QTimer.singleShot(_LATE, self._show_late)

    def _show_late(self) -> None:
        if self._typing:
            self._by_hand = True
            self._show()

    # Showing ----------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """All words."""
        if hasattr(self, "pairs"):
            self._show()

    def _show(self) -> None:
        row, shipment = self.row, self.row.shipment
        said = row.said
        if row.given:
            self.place.show_text(text("entryrow.place", place=row.place, total=row.total))
        else:
            self.place.show_text(text("entryrow.free"))
        self.figures.show_text(
            text(
                "entryrow.figures", **{name: row.counts[name] for name in ("proven", "linked", "waits", "ng")}
            )
        )
        self.stack.setCurrentWidget(self.head if shipment is not None else self.prompt)
        self.head.show_shipment(shipment)
        key = "entryrow.end" if row.asks is Asks.END else "entryrow.read_order"
        self.prompt.show_prompt(text(key), self._typing if shipment is None and self._by_hand else "")
        self._show_numbers(said)
        self._show_verdict(said)
        silent = shipment is not None and names.gives_no_number(shipment.carrier, shipment.service)
        self.silent.setVisible(silent)
        self.aside_button.setVisible(shipment is not None)
        self.note.show_text(text(self._note_key()) if self._note_key() else "")
        self._show_list()

    def _note_key(self) -> str:
        if self.row.hidden:
            return "tracking_dialog.hidden"
        if self.row.waiting_only:
            return "entrysecond.unseen_note" if self.row.asks is Asks.NUMBER else ""
        return "entrysecond.note" if self.row.apart else ""

    def _show_numbers(self, said: Said | None) -> None:
        row = self.row
        first, second = text("tracking_dialog.first"), text("tracking_dialog.second")
        typing = normalise(self._typing) if self._by_hand else ""
        if row.asks is Asks.ACK and said is not None and said.second:
            wrong = tuple(i for i, c in enumerate(said.second) if i >= len(said.first) or c != said.first[i])
            self.numbers[0].show_reading(Reading(first, "taken", said.first))
            self.numbers[1].show_reading(Reading(second, "wrong", said.second, wrong=wrong))
        elif row.asks is Asks.ACK and said is not None and said.wrong:
            again = bool(row.first)
            shown = (
                Reading(first, "taken", row.first, not row.first_quick)
                if again
                else Reading(first, "wrong", said.wrong)
            )
            self.numbers[0].show_reading(shown)
            self.numbers[1].show_reading(
                Reading(second, "wrong", said.wrong) if again else Reading(second, "waiting")
            )
        elif row.asks is Asks.NUMBER and row.waiting_only:  # the first entry is there, and nobody sees it
            note = text("tracking_dialog.typed")
            self.numbers[0].show_reading(Reading(first, "taken", _UNSEEN, hidden=True, note=note))
            self.numbers[1].show_reading(Reading(second, "next", typing, note=self._ask()))
        elif row.asks is Asks.NUMBER:
            self.numbers[0].show_reading(Reading(first, "next", typing, note=self._ask()))
            self.numbers[1].show_reading(Reading(second, "waiting"))
        elif row.asks is Asks.AGAIN:
            note = text("tracking_dialog.check_digit" if row.first_quick else "tracking_dialog.typed")
            self.numbers[0].show_reading(
                Reading(first, "taken", row.first, row.hidden, note, ok=row.first_quick)
            )
            self.numbers[1].show_reading(Reading(second, "next", typing, note=self._ask()))
        else:
            self.numbers[0].show_reading(Reading(first, "waiting"))
            self.numbers[1].show_reading(Reading(second, "waiting"))

    def _ask(self) -> str:
        return text("tracking_dialog.enter" if self._by_hand and self._typing else "tracking_dialog.read")

    def _show_verdict(self, said: Said | None) -> None:
        if said is None or not said.word:
            self.verdict.show_verdict("", "", "")
            return
        self.verdict.show_verdict(
            said.sound.value if said.sound is not Sound.COMPLETE else "done", said.word, said.more
        )

    def _show_list(self) -> None:
        row = self.row
        if row.choices:
            self.list_title.show_text(text("entryrow.which"))
            rows = [
                (Cell(one.number, sub=one.recipient, act="choose"), Cell(text("entryrow.take"), act="choose"))
                for one in row.choices
            ]
        else:
            self.list_title.show_text(text("entryrow.recent"))
            rows = [_cells(pair) for pair in row.recent]
        self.nothing.setVisible(not rows)
        self.pairs.setVisible(bool(rows))
        self.pairs.show_rows(rows)

    # Keys -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F4 acknowledges, keypad − takes back, F8 sets aside, Ctrl+Enter insists, Ctrl+U where there is no number."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_F4:
            self.acknowledge()
        elif event.key() == Qt.Key.Key_F8:
            self._aside()
        elif event.text() == "-" and event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
            self.undo()
        elif control and event.key() == Qt.Key.Key_U:
            self._without_number()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self.row.insist)
        else:
            super().keyPressEvent(event)


def _cells(pair: Pair) -> tuple[Cell, Cell]:
    glyph, ink = _GLYPHS[pair.state]
    head, tail = names.number_parts(pair.order)
    seen = pair.number if pair.state != "waits" else text("entrysecond.unseen")
    how = text(f"entryrow.how.{pair.how}") if pair.how else ""
    words = "・".join(filter(None, (text(f"entryrow.state.{pair.state}"), how)))
    left = Cell(head, sub=pair.recipient, tail=tail, glyph=glyph, ink=ink if pair.state == "ng" else "text2")
    return left, Cell(names.tracking_words(seen) if pair.state != "waits" else seen, sub=words)
