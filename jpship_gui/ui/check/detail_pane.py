"""The pane right of the table: one shipment, its problems with their repairs, and everything known of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.flows.table.detail import Detail, detail
from jpship_gui.texts import text
from jpship_gui.ui.actions import key_cap
from jpship_gui.ui.check.correct_form import CorrectForm
from jpship_gui.ui.check.decisions import Decisions
from jpship_gui.ui.check.evidence_strip import EvidenceStrip
from jpship_gui.ui.check.header import DetailHeader
from jpship_gui.ui.check.problem_card import ProblemCard
from jpship_gui.ui.check.reason_panel import CANCEL, ReasonPanel
from jpship_gui.ui.check.tabs import TABS
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.names import short_number
from jpship_gui.ui.theme import palette
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.fact_list import FactList
from jpship_gui.ui.widgets.flow import FlowLayout
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline
from jpship_gui.ui.widgets.tabs import TabItem, Tabs

_SETTLE = 40  # ms a current row must stay before it is read, so that a held arrow key runs free


class DetailPane(Retranslating, QWidget):
    """Emits `left()` when the keyboard goes back to the table, `next_asked()` for the next problem."""

    left = Signal()
    next_asked = Signal()

    def __init__(self, desk: Desk, decisions: Decisions) -> None:
        super().__init__()
        self._desk = desk
        self._decisions = decisions
        self._row_id = 0
        self._asked = 0
        self._detail: Detail | None = None
        self._repairs: list[tuple[Problem, Repair]] = []
        self._narrow = False
        self._hold_keys: tuple[str, ...] = ()
        self._tab = "summary"
        self._place = (0, 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE)
        self._timer.timeout.connect(self.reload)
        self._clock = QTimer(self)
        self._clock.setInterval(15_000)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        self.empty = EmptyState("layout-sidebar-right", "detail.empty", quiet=True)
        column.addWidget(self.empty)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        self.header = DetailHeader(self._desk)
        body.addWidget(self.header)
        body.addWidget(Hairline())
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._inside())
        self.area.verticalScrollBar().rangeChanged.connect(self._fit_margin)
        body.addWidget(self.area, 1)
        column.addWidget(self._body)
        self._body.hide()

    def _inside(self) -> QWidget:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(24, 14, 24, 24)
        self._column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._title = Label("check.problems", size=16, bold=True, count=0)
        self._where = Label(size=12, ink="text2")
        self._next = Button("check.next", kind="link", size="small", cap=key_cap("next_problem"))
        self._next.clicked.connect(self.next_asked)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._where)
        head.addWidget(self._next)
        self._column.addLayout(head)
        self.stop = Banner("ng")
        self.stop.hide()
        self._column.addWidget(self.stop)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        self._column.addLayout(self._cards)
        self.hold_panel = ReasonPanel()
        self.hold_panel.decided.connect(self._held)
        self.cancel_panel = ReasonPanel("cancel", CANCEL, "ban", "danger")
        self.cancel_panel.decided.connect(self._cancelled)
        for panel in (self.hold_panel, self.cancel_panel):
            panel.dropped.connect(self._drop_question)
            self._column.addWidget(panel)
        self._column.addLayout(self._decision_row())
        self.tabs = Tabs([TabItem(tab, f"detail.tab.{tab}") for tab in TABS], height=44, gap=24)
        self.tabs.chosen.connect(self._choose_tab)
        self._column.addWidget(self.tabs)
        self._column.addWidget(Hairline())
        self._content = QVBoxLayout()
        self._content.setSpacing(12)
        self._column.addLayout(self._content)
        self._column.addStretch(1)
        return inside

    def _decision_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self.approve_button = Button("check.approve", kind="quiet", icon="check", cap=key_cap("approve"))
        self.hold_button = Button("act.hold", kind="quiet", icon="player-pause", cap=key_cap("hold"))
        self.release_button = Button("act.release", kind="plain", icon="player-play")
        self.approve_button.clicked.connect(self.approve)
        self.hold_button.clicked.connect(self._ask_hold_shown)
        self.release_button.clicked.connect(self._release)
        row.addWidget(self.approve_button)
        row.addStretch(1)
        row.addWidget(self.release_button)
        row.addWidget(self.hold_button)
        return row

    # What is shown ----------------------------------------------------------------------------------------------

    def show_shipment(self, row_id: int) -> None:
        """Show another shipment; 0 = none. It is read when the row has stayed current for a moment."""
        if row_id != self._row_id:
            self._row_id = row_id
            panels = (self.hold_panel, self.cancel_panel)
            asking = any(panel.isAncestorOf(self.focusWidget() or self) for panel in panels)
            for panel in panels:
                panel.hide()
            if asking:
                self.left.emit()
            self._timer.start()

    def shown(self) -> Detail | None:
        """The shipment shown."""
        return self._detail

    def waiting(self) -> bool:
        """Whether a shipment is still to be read."""
        return self._timer.isActive()

    def reload(self) -> None:
        """Read it again; only the last answer counts."""
        self._asked += 1
        number, row_id, ws = self._asked, self._row_id, self._desk.ws
        if not row_id:
            self._show(None)
            return
        self._desk.tasks.run(lambda _: (number, detail(ws, row_id)), done=self._answered, quiet=True)

    def _answered(self, answer: tuple[int, Detail | None]) -> None:
        number, found = answer
        if number == self._asked:
            self._show(found)

    def _show(self, found: Detail | None) -> None:
        same = found is not None and self._detail is not None
        same = same and found.shipment.row_id == self._detail.shipment.row_id  # type: ignore[union-attr]
        scroll = self.area.verticalScrollBar().value() if same else 0
        unchanged = found == self._detail
        self._detail = found
        self._body.setVisible(found is not None)
        self.empty.setVisible(found is None)
        if found is not None and not unchanged:
            focused = QApplication.focusWidget()
            inside = focused is not None and self._body.isAncestorOf(focused)
            self.setUpdatesEnabled(False)
            self.header.show_detail(found)
            self._show_problems(found)
            self._show_tab()
            self.area.verticalScrollBar().setValue(scroll)
            self.setUpdatesEnabled(True)
            if inside and focused is not None and not focused.isVisible():
                self.left.emit()  # what had the keys is gone, such as the button of a repair now done
        self._desk.actions.refresh()

    def _show_problems(self, found: Detail) -> None:
        problems = found.shipment.problems
        _clear(self._cards)
        self._repairs = []
        for problem in problems:
            card = ProblemCard(problem, len(self._repairs) + 1, narrow=self._narrow)
            card.asked.connect(self.repair)
            self._repairs += [(problem, repair) for repair in problem.repairs]
            self._cards.addWidget(card)
        stopper = found.shipment.stopped_by
        self.stop.setVisible(stopper is not None)
        if stopper is not None:
            order, why = short_number(stopper.order_id.number), text(f"bundle.stop.{stopper.stops}")
            self.stop.say("detail.stopped_by", order=order, why=why)
        quiet = "check.no_problems" if stopper is None else "check.stopped_together"
        self._title.say("check.problems" if problems else quiet, count=len(problems))
        self._title.set_ink("text2" if quiet == "check.no_problems" and not problems else "text")
        self.approve_button.setVisible(self.may_approve())
        held = bool(found.shipment.hold_reason)
        self.release_button.setVisible(held)
        self.hold_button.setVisible(not held)

    def _show_tab(self) -> None:
        _clear(self._content)
        if self._detail is None:
            return
        lines = TABS[self._tab](self._detail)
        if not lines:
            self._content.addWidget(Label(f"detail.none.{self._tab}", ink="text2"))
        else:
            self._content.addWidget(FactList(lines))
        if self._tab == "documents":
            key = self._detail.shipment.key
            receipt = Button("receipts.open", icon="receipt", size="small")
            receipt.clicked.connect(lambda: self._desk.go("receipts", key))
            self._content.addWidget(receipt)
            self._content.addWidget(EvidenceStrip(self._desk, key))
        if self._tab == "summary":
            self._content.addWidget(self._acts())

    def _acts(self) -> QWidget:
        """Correcting the recipient, or all of an order that was entered here; sending the goods once more."""
        holder = QWidget()
        row = FlowLayout(parent=holder)
        entered = self._detail is not None and self._detail.shipment.entry_open
        shown: list[tuple[str, str, str, Callable[[], None]]] = []
        if entered:
            shown += [("detail.change_entry", "edit", key_cap("change_entry"), self.change_entry)]
            shown += [("detail.cancel_entry", "ban", key_cap("cancel_entry"), self.ask_cancel)]
        else:
            shown += [("detail.correct", "edit", "", self._correct)]
        shown += [("detail.resend", "rotate", key_cap("resend"), self.resend)]
        for key, icon, cap, pressed in shown:
            button = Button(key, kind="plain", size="small", icon=icon, cap=cap)
            button.clicked.connect(pressed)
            row.addWidget(button)
        return holder

    def _choose_tab(self, tab: str) -> None:
        self._tab = tab
        self._show_tab()

    def show_place(self, place: int, count: int) -> None:
        """Which of how many that need a person this is; 0 = none of them."""
        self._place = (place, count)
        self._where.setVisible(count > 0)
        self._next.setVisible(count > 0)
        if place:
            self._where.say("check.place", place=place, count=count)
        elif count:
            self._where.say("check.waiting", count=count)

    def set_narrow(self, narrow: bool) -> None:
        """Tighter margins, values under their labels."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.header.set_narrow(narrow)
            self._fit_margin()
            if self._detail is not None:
                self._show_problems(self._detail)

    def _fit_margin(self) -> None:
        """The scroll bar stands in the margin, so that nothing moves when it comes or goes."""
        bar = self.area.verticalScrollBar()
        side = 20 if self._narrow else 24
        right = side - bar.sizeHint().width() if bar.maximum() > 0 else side
        self._column.setContentsMargins(side, 14, right, 24)

    def take_focus(self) -> None:
        """Enter in the table: the first repair, else the tabs."""
        for number in range(self._cards.count()):
            item = self._cards.itemAt(number)
            card = item.widget() if item is not None else None
            if isinstance(card, ProblemCard) and card.rows:
                card.rows[0].button.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.tabs.setFocus(Qt.FocusReason.TabFocusReason)
        self.tabs.focusNextChild()

    def back(self) -> bool:
        """Esc: an open question closes."""
        if self.hold_panel.isVisible() or self.cancel_panel.isVisible():
            self._drop_question()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the table."""
        if event.key() == Qt.Key.Key_Escape:
            if not self.back():
                self.left.emit()
            return
        super().keyPressEvent(event)

    # Decisions --------------------------------------------------------------------------------------------------

    def may_repair(self, number: int) -> bool:
        """Whether there is a repair of that number."""
        return 0 < number <= len(self._repairs)

    def repair(self, number: int) -> None:
        """Carry out a repair, counted over all problems from 1."""
        if self._detail is None or not self.may_repair(number):
            return
        problem, repair = self._repairs[number - 1]
        self._decisions.repair(self._detail.shipment.key, problem.code, repair)

    def may_approve(self) -> bool:
        """Whether anything here can be approved away."""
        if self._detail is None:
            return False
        shipment = self._detail.shipment
        if not shipment.problems and not shipment.changed:
            return False
        from jpship_gui.domain.approval import may_be_approved  # loads every rule

        open_ones = [p for p in shipment.problems if p.severity is not Severity.WARN]
        return bool(open_ones or shipment.changed) and all(map(may_be_approved, open_ones))

    def approve(self) -> None:
        """Let the shipment go as it is."""
        if self._detail is None or not self.may_approve():
            return
        self._decisions.approve([self._detail.shipment.key])

    def ask_hold(self, keys: Sequence[str]) -> None:
        """Ask why these are put on hold."""
        if keys:
            self.cancel_panel.hide()
            self._hold_keys = tuple(keys)
            self.hold_panel.ask(len(keys))
            QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.hold_panel))

    def _ask_hold_shown(self) -> None:
        if self._detail is not None:
            self.ask_hold([self._detail.shipment.key])

    def _held(self, reason: str) -> None:
        self._drop_question()
        self._decisions.hold(self._hold_keys, reason)

    def _drop_question(self) -> None:
        self.hold_panel.hide()
        self.cancel_panel.hide()
        self.left.emit()

    def entry_open(self) -> bool:
        """Whether the order shown was entered by hand and can still be changed."""
        return self._detail is not None and self._detail.shipment.entry_open

    def change_entry(self) -> None:
        """Open the form over the order shown."""
        if self._detail is not None and self.entry_open():
            self._desk.go("intake", ("change", self._detail.shipment.key))

    def resend(self) -> None:
        """Open the form for sending what is shown once more."""
        if self._detail is not None:
            self._desk.go("intake", ("resend", self._detail.shipment.key))

    def ask_cancel(self) -> None:
        """Ask why the order shown is cancelled."""
        if self.entry_open():
            self.hold_panel.hide()
            self.cancel_panel.ask(1)
            QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.cancel_panel))

    def _cancelled(self, reason: str) -> None:
        self._drop_question()
        if self._detail is not None:
            self._decisions.cancel_entry(self._detail.shipment.key, reason)

    def _release(self) -> None:
        if self._detail is not None:
            self._decisions.release([self._detail.shipment.key])

    def _correct(self) -> None:
        if self._detail is None:
            return
        _clear(self._content)
        form = CorrectForm(self._detail.shipment.recipient)
        form.decided.connect(self._corrected)
        form.dropped.connect(self._show_tab)
        self._content.addWidget(form)
        form.fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _corrected(self, fields: dict[str, str]) -> None:
        if self._detail is not None:
            self._decisions.correct(self._detail.shipment.key, fields)

    # Frame ------------------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        self.header.tick()

    def retranslate(self) -> None:
        """Everything made of words is made anew."""
        if self._detail is not None:
            self.header.show_detail(self._detail)
            self._show_problems(self._detail)
            self._show_tab()
            self.show_place(*self._place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, and the line that parts it from the table."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), palette.colour("surface"))
        painter.fillRect(0, 0, 1, self.height(), palette.colour("line_strong"))


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
