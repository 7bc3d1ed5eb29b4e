"""The form as one page: who and what at the left, how and the rest at the right, one button."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.domain.order import EntryReason
from jpship_gui.flows.intake.entry import Draft, Entry, EntryFault
from jpship_gui.flows.intake.entry_choices import Original, Sender
from jpship_gui.flows.intake.entry_repairs import findings
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.intake.hand.cell import Cell
from jpship_gui.ui.intake.hand.delivery import DeliverySheet
from jpship_gui.ui.intake.hand.extras import ExtrasSheet
from jpship_gui.ui.intake.hand.goods import GoodsSheet
from jpship_gui.ui.intake.hand.original import OriginalSheet
from jpship_gui.ui.intake.hand.problems import Problems
from jpship_gui.ui.intake.hand.recipient import RecipientSheet
from jpship_gui.ui.options.segments import Segments
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Panel

_WIDE = 1500
_LOOK = 300  # ms after the last key until the rules look at it
_SIDE, _SIDE_WIDE = 392, 520


class HandView(Retranslating, QWidget):
    """Holds an `Entry` as typed; emits `changed()` a moment after the last change and one signal for each act."""

    changed = Signal()
    save_asked = Signal()
    leave_asked = Signal()
    clear_asked = Signal()
    shops_asked = Signal()
    repair_asked = Signal(int)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("holds_lists", True)
        self._showing = False
        self._number = ""
        self._senders: tuple[Sender, ...] = ()
        self._draft: Draft | None = None
        self._attempted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self.changed)
        self.original = OriginalSheet()
        self.recipient, self.goods = RecipientSheet(), GoodsSheet()
        self.delivery, self.extras = DeliverySheet(today), ExtrasSheet()
        self.problems = Problems()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._body())
        column.addWidget(self._scroll, 1)
        column.addWidget(self._foot())
        for sheet in (self.recipient, self.goods, self.delivery, self.extras):
            sheet.changed.connect(self._typed)
        self.original.chosen.connect(lambda _: self._typed())
        self.problems.asked.connect(self.repair_asked)
        self.show_entry(Entry())

    def _body(self) -> QWidget:
        ground = Panel("window")
        body = QVBoxLayout(ground)
        body.setContentsMargins(32, 18, 32, 20)
        body.setSpacing(14)
        body.addLayout(self._head())
        self.no_shop = Banner("attention", act_key="intakepage.shops.do")
        self.no_shop.say("entry.fault.shop_none")
        self.no_shop.act.connect(self.shops_asked)
        self.no_shop.hide()
        body.addWidget(self.no_shop)
        sides = QHBoxLayout()
        sides.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(14)
        for widget in (self.original, self.recipient, self.goods):
            left.addWidget(widget)
        left.addStretch(1)
        sides.addLayout(left, 1)
        self._side = QWidget()
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(14)
        for part in (self.delivery, self.extras, self.problems):
            right.addWidget(part)
        right.addStretch(1)
        sides.addWidget(self._side)
        body.addLayout(sides)
        body.addStretch(1)
        return ground

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        self.title = Label("handform.title", size=20, bold=True)
        reasons = [(reason.value, f"entry.reason.{reason}") for reason in EntryReason]
        self.reason = Segments(reasons, EntryReason.TELEPHONE.value)
        self.reason.chosen.connect(self._reason_chosen)
        self.shop = Choice([("", "")], "", width=220)
        self.shop.currentIndexChanged.connect(lambda _: self._sender_chosen())
        self._from = Label("handform.sender", size=12, ink="text2")
        self._only = Label(ink="text2")
        row.addWidget(self.title)
        row.addWidget(self.reason)
        row.addStretch(1)
        for widget in (self._from, self.shop, self._only):
            row.addWidget(widget)
        return row

    def _foot(self) -> QWidget:
        foot = FootBar()
        self.leave = Button("intakepage.leave", kind="quiet", cap="Esc")
        self.clear = Button("handform.clear", kind="quiet")
        self._mark = Glyph(glyphs.ATTENTION, 18, "attention")
        self.hint = Label(ink="text2")
        self.save = Button("handform.save", kind="primary", size="large", cap="Ctrl+S")
        self.leave.clicked.connect(self.leave_asked)
        self.clear.clicked.connect(self.clear_asked)
        self.save.clicked.connect(self.save_asked)
        foot.row.addWidget(self.leave)
        foot.row.addWidget(self.clear)
        foot.row.addStretch(1)
        foot.row.addWidget(self._mark)
        foot.row.addWidget(self.hint)
        foot.row.addSpacing(12)
        foot.row.addWidget(self.save)
        return foot

    # What stands there ------------------------------------------------------------------------------------------

    def entry(self) -> Entry:
        """As typed."""
        return Entry(
            reason=EntryReason(self.reason.value()),
            shop=str(self.shop.currentData() or ""),
            original=self.original.key if self.reason.value() == EntryReason.RESEND else "",
            **self.recipient.values(),
            **self.goods.values(),
            **self.delivery.values(),
            **self.extras.values(),
        )

    def show_entry(self, entry: Entry, number: str = "", original: Original | None = None) -> None:
        """Show another; with a number it is a stored order that is being changed."""
        self._showing = True
        self._number, self._draft, self._attempted = number, None, False
        self.reason.set_value(entry.reason.value)
        self._show_shops(entry.shop)
        self.original.show_original(original)
        for sheet in (self.recipient, self.goods, self.delivery, self.extras):
            sheet.show_values(entry)
        self._showing = False
        self._show_reason()
        self._show_draft()
        self.problems.show_problems(())
        self.title.say("handform.change" if number else "handform.title", number=number)
        self.save.say("handform.save_change" if number else "handform.save")
        self.clear.setVisible(not number)
        self._timer.start()

    def put(self, entry: Entry) -> None:
        """Change what stands there, as by typing."""
        self.recipient.show_values(entry)
        self.delivery.show_values(entry)
        self._typed()

    def show_senders(self, senders: Sequence[Sender]) -> None:
        """Accounts an order can go out under, the usual one first."""
        self._senders = tuple(senders)
        self._show_shops(str(self.shop.currentData() or ""))
        self.no_shop.setVisible(not senders)
        self.save.setEnabled(bool(senders))

    def begin(self) -> None:
        """The keyboard to where one begins."""
        self._scroll.verticalScrollBar().setValue(0)
        wanted: QWidget = self.recipient.postal_code
        if self.reason.value() == EntryReason.RESEND and not self.original.key:
            wanted = self.original.search
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_draft(self, entry: Entry, draft: Draft, *, attempted: bool = False) -> None:
        """What the rules say of an entry; words about what is missing come once it was to be stored."""
        if entry != self.entry():
            return  # typed on since; the next look is on its way
        self._draft, self._attempted = draft, self._attempted or attempted
        self.problems.show_problems(findings(entry, draft))
        self._show_draft()
        if attempted and draft.faults:
            self._go_to(draft.faults[0])

    def waiting(self) -> bool:
        """Whether a change is still to be looked at."""
        return self._timer.isActive()

    def draft(self) -> Draft | None:
        """What the rules said last."""
        return self._draft

    def scanned(self, code: str, focused: QWidget | None) -> None:
        """A scan went through the field that had the keyboard: take it out again, it is goods."""
        if isinstance(focused, QLineEdit) and self.isAncestorOf(focused):
            if focused.text() == code:
                focused.undo() if focused.isUndoAvailable() else focused.clear()
            elif focused.text().endswith(code):
                focused.setText(focused.text().removesuffix(code))
        self.goods.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.goods.search.setText(code)

    # The rest ---------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Words with values."""
        if hasattr(self, "hint"):
            self._show_shops(str(self.shop.currentData() or ""))
            self.problems.show_again()
            self._show_draft()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wider side in a wide window."""
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        self._side.setFixedWidth(_SIDE_WIDE if wide else _SIDE)
        self.problems.set_narrow(not wide)

    def _show_shops(self, value: str) -> None:
        known = [sender.shop for sender in self._senders]
        wanted = value if value in known else known[0] if known else ""
        several = len(known) > 1
        words = [(s.shop, s.shop) for s in self._senders]
        self.shop.set_choices(words or [("", "")], wanted)
        self.shop.setVisible(several and not self._number)
        self._only.setVisible(bool(known) and not (several and not self._number))
        self._only.show_text(wanted)
        self._from.setVisible(bool(known))
        self._show_sender()

    def _show_sender(self) -> None:
        chosen = str(self.shop.currentData() or "")
        self.delivery.set_sender(next((one for one in self._senders if one.shop == chosen), None))

    def _sender_chosen(self) -> None:
        self._show_sender()
        self._typed()

    def _reason_chosen(self, _: str) -> None:
        self._show_reason()
        self._typed()
        asks = self.reason.value() == EntryReason.RESEND and not self.original.key
        if asks and not self.reason.hasFocus():  # with the arrow keys one may be on the way to the next
            self.original.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_reason(self) -> None:
        resend = self.reason.value() == EntryReason.RESEND
        self.original.setVisible(resend)
        self.goods.set_priced(self.reason.value() == EntryReason.TELEPHONE)
        self._order_tabs()

    def _typed(self) -> None:
        if not self._showing:
            self._order_tabs()
            self._timer.start()

    def _order_tabs(self) -> None:
        """Tab goes as one reads, and through goods rows that came later."""
        chain: list[QWidget] = [self.reason, self.shop, self.original.search, *self.recipient.fields.values()]
        order = ("postal_code", "phone", "address", "building", "name", "kana")
        chain[3:] = [self.recipient.fields[name] for name in order]
        chain.append(self.goods.search)
        for row in self.goods.rows:
            chain += row.stops()
        chain += [self.goods.cash, self.goods.postage]
        chain += [getattr(self.delivery, name) for name in self.delivery.cells]
        extras = self.extras
        chain += [extras.remark, extras.memo, extras.gift, extras.giver, extras.wrapping, extras.noshi]
        chain += [self.leave, self.clear, self.save]
        for one, following in pairwise(chain):
            QWidget.setTabOrder(one, following)

    def _cells(self) -> Mapping[str, Cell]:
        sheets = (self.recipient, self.delivery, self.extras)
        named = {name: cell for sheet in sheets for name, cell in sheet.cells.items()}
        return {**named, "original": self.original.cell, "goods": self.goods.cell}

    def _shown_faults(self) -> Iterator[EntryFault]:
        """A value that cannot be read is told once its field is left."""
        for fault in self._draft.faults if self._draft is not None else ():
            cell = self._cells().get(fault.field)
            busy = cell is not None and cell.control.hasFocus() and not self._attempted
            if self._attempted or (fault.found.strip() and not busy):
                yield fault

    def _show_draft(self) -> None:
        faults = {fault.field: fault for fault in self._shown_faults()}
        for name, cell in self._cells().items():
            found = faults.get(name)
            cell.refuse(text(f"entry.fault.{found.code}", found=found.found) if found else "")
        lines: dict[str, frozenset[str]] = {}
        for field in faults:
            if field.startswith("goods."):
                _, place, what = field.split(".")
                lines[place] = lines.get(place, frozenset()) | {what}
        self.goods.refuse(lines)
        self.goods.refuse_postage("postage" in faults)
        self._show_hint(len(faults))

    def _show_hint(self, wrong: int) -> None:
        draft = self._draft
        due = draft.ship_by if draft is not None else None
        self.delivery.show_due(due if draft is not None and draft.order.ship_by is None else None)
        count = len(self.problems.shown)
        self._mark.setVisible(bool(wrong or count))
        self._mark.set(*((glyphs.NG, "ng") if wrong else (glyphs.ATTENTION, "attention")))
        if wrong:
            self.hint.say("handform.wrong", count=wrong)
        elif count:
            self.hint.say("handform.to_check", count=count)
        elif due is not None:
            self.hint.say("handform.due", moment=names.moment_words(due))
        else:
            self.hint.show_text("")

    def _go_to(self, fault: EntryFault) -> None:
        if fault.field.startswith("goods."):
            _, place, what = fault.field.split(".")
            row = self.goods.rows[int(place) - 1]
            wanted: QWidget = {"quantity": row.count, "unit_price": row.price}.get(what, row.rate)
        else:
            cell = self._cells().get(fault.field)
            others = {
                "postage": self.goods.postage,
                "cash_on_delivery": self.goods.postage,
                "shop": self.shop,
            }
            wanted = cell.control if cell is not None else others.get(fault.field, self.goods.search)
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(wanted)
