"""A receipt or an invoice of one order: form left, the paper right, and what was issued before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.paper.receipts import ReceiptForm
from jpship_gui.flows.paper.wanting import waiting
from jpship_gui.texts import known, text
from jpship_gui.ui import file_dialog
from jpship_gui.ui.actions import Handler
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.layouts.live_page import LivePage
from jpship_gui.ui.options.segments import Segments
from jpship_gui.ui.page import Page
from jpship_gui.ui.paper.print_acts import sender
from jpship_gui.ui.receipts import issuing
from jpship_gui.ui.receipts.form import ReceiptFields
from jpship_gui.ui.receipts.issuing import Out, Shown
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.widgets import foot_bar
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Panel

_AFTER_MS = 80
_FORM = 520
_DOCUMENTS = ("receipt", "invoice")


class ReceiptsPage(Page):
    """Hints: a shipment's key, or (document, key)."""

    title = "stage.receipts"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._key = ""
        self._turn = 0
        self._fresh = True  # the fields are filled by the next answer
        self._shown: Shown | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_AFTER_MS)
        self._wait.timeout.connect(self._draw)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(Hairline(upright=True))
        row.addWidget(self._right(), 1)

    def _left(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(_FORM)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground = Panel("window")
        body = QVBoxLayout(ground)
        body.setContentsMargins(20, 16, 20, 20)
        body.setSpacing(12)
        head = QHBoxLayout()
        self.back_button = IconButton("arrow-left", "receipts.back", size="small")
        self.back_button.clicked.connect(self._leave)
        head.addWidget(self.back_button)
        self.kind = Segments([(one, f"paper.document.{one}") for one in _DOCUMENTS], "receipt")
        self.kind.chosen.connect(lambda _: self._begin())
        head.addWidget(self.kind)
        head.addStretch(1)
        body.addLayout(head)
        self._order = Label(size=12, ink="text2", select=True)
        body.addWidget(self._order)
        self.amount = Label(size=28, bold=True)
        self.amount.setMinimumHeight(40)
        body.addWidget(self.amount)
        self.state = Banner("attention")
        self.state.hide()
        body.addWidget(self.state)
        self.fields = ReceiptFields()
        self.fields.changed.connect(self._wait.start)
        body.addWidget(self.fields)
        body.addStretch(1)
        area.setWidget(ground)
        column.addWidget(area, 1)
        foot = FootBar(left=20)
        self.file_button = Button("receipts.file", icon="file-download")
        self.file_button.clicked.connect(self._ask_file)
        self.print_button = Button("receipts.print", kind="primary", size="large", icon="printer")
        self.print_button.clicked.connect(self.print_now)
        foot.row.addWidget(self.file_button)
        foot.row.addStretch(1)
        foot.row.addWidget(self.print_button)
        foot.row.setContentsMargins(20, 0, 20, 0)
        column.addWidget(foot)
        return side

    def _right(self) -> QWidget:
        right = Panel("desk")
        column = QVBoxLayout(right)
        column.setContentsMargins(24, 16, 24, 16)
        self.view = LivePage()
        self.view.resized.connect(self._wait.start)
        self.empty = EmptyState("receipt", "receipts.none", "receipts.none.more", primary=False)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        self.empty.hide()
        return right

    # Frame ------------------------------------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Handler]:
        """Ctrl+P issues it to the printer."""
        return {"print_slips": Handler(self.print_now, self._may)}

    def opened(self, hint: object = None) -> None:
        """Another order, or the one that was here."""
        if isinstance(hint, tuple):
            self.kind.set_value(str(hint[0]))
            hint = hint[1]
        if isinstance(hint, str) and hint:
            self._key = hint
            self._begin()
        else:
            self._wait.start()

    def refresh(self) -> None:
        """Another desk may have issued it."""
        self._wait.start()

    def back(self) -> bool:
        """Esc goes back to the orders."""
        self._leave()
        return True

    def foot(self) -> int:
        """The bar with the buttons."""
        return foot_bar.HEIGHT

    def waiting(self) -> bool:
        """Whether an edit is still to be drawn."""
        return self._wait.isActive()

    def scenes(self) -> Mapping[str, Callable[[], None]]:
        """An order of the data shown."""

        def first() -> None:
            keys = waiting(self.desk.ws)
            if keys:
                self.opened(keys[0])

        return {"order": first}

    def retranslate(self) -> None:
        """Words that carry figures."""
        if getattr(self, "_shown", None) is not None:
            self._tell()

    def _leave(self) -> None:
        self.desk.go("all")

    # Showing ----------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._fresh = True
        self._wait.start()

    def _draw(self) -> None:
        if not self._key:
            self.view.hide()
            self.empty.show()
            self._show_buttons()
            return
        self._turn += 1
        ws, turn, key, document, room = (
            *(self.desk.ws, self._turn, self._key, self.kind.value()),
            self.view.room(),
        )
        form = ReceiptForm() if self._fresh else self.fields.form()
        self.desk.tasks.run(
            lambda _: issuing.show(ws, turn, key, document, form, room),
            done=self._drawn,
            failed=self.desk.show_fault,
            quiet=True,
        )

    def _drawn(self, made: Shown) -> None:
        if made.turn != self._turn:
            return
        self._shown = made
        self.view.show()
        self.empty.hide()
        if self._fresh:
            self._fresh = False
            self.fields.fill(made.draft)
        self.fields.show_issues(made.draft.document, made.issues)
        self.fields.purpose.setEnabled(made.draft.document == "receipt")
        if made.picture is None:
            self.view.clear()
        else:
            self.view.show_picture(made.picture, made.size)
        self._tell()

    def _tell(self) -> None:
        """Order, amount, and the one thing a person must know."""
        assert self._shown is not None
        draft = self._shown.draft
        self._order.show_text(f"{draft.order_id.shop}  {draft.order_id.number}")
        self.amount.show_text(f"¥{draft.amount:,}" if draft.refused is None else "－")
        self.state.show()
        if draft.refused is not None:
            self.state.set_kind("ng")
            self.state.show_text(show_fault(draft.refused).title)
        elif draft.again:
            self.state.set_kind("attention")
            self.state.say("receipts.again")
        elif draft.corrects:
            self.state.set_kind("attention")
            self.state.say("receipts.corrects", number=draft.corrects)
        elif draft.notices:
            self.state.set_kind("attention")
            notice = draft.notices[0]
            key = f"problem.{notice.code}"
            self.state.show_text(text(key, **notice.values) if known(key) else notice.code)
        elif draft.stamp:
            self.state.set_kind("attention")
            self.state.say("receipts.stamp")
        else:
            self.state.hide()
        self._show_buttons()

    def _show_buttons(self) -> None:
        may = self._may()
        self.print_button.setEnabled(may)
        self.file_button.setEnabled(may)
        again = self._shown is not None and self._shown.draft.again
        self.print_button.say("receipts.print_again" if again else "receipts.print")
        self.desk.actions.refresh()

    def _may(self) -> bool:
        return bool(self._key) and self._shown is not None and self._shown.draft.refused is None

    # Acts -------------------------------------------------------------------------------------------------------

    def print_now(self) -> None:
        """Issue it to the printer of receipts."""
        self._issue(None)

    def _ask_file(self) -> None:
        if self._shown is None:
            return
        name = f"{text(f'paper.document.{self.kind.value()}')}-{self._shown.draft.order_id.number}.pdf"
        chosen = file_dialog.ask_new_file(self, text("receipts.file"), str(Path.home() / name), "PDF (*.pdf)")
        if chosen:
            self.issue_to(Path(chosen))

    def issue_to(self, path: Path) -> None:
        """Issue it into this file."""
        self._issue(path)

    def _issue(self, path: Path | None) -> None:
        if not self._may():
            return
        ws, key, document, form = self.desk.ws, self._key, self.kind.value(), self.fields.form()
        send = None if path is not None else sender()
        self.print_button.setEnabled(False)
        self.file_button.setEnabled(False)
        self.desk.tasks.run(
            lambda _: issuing.issue(ws, key, document, form, path, send),
            done=self._issued,
            failed=self._failed,
            name="receipts.issuing",
        )

    def _issued(self, out: Out) -> None:
        if out.unsent is not None:
            self.desk.show_fault(out.unsent)
            self.desk.warn(text("receipts.unsent", number=out.number))
        else:
            self.desk.say(
                text("receipts.issued_again" if out.again else "receipts.issued", number=out.number)
            )
        self.desk.tell_changed()
        self._begin()

    def _failed(self, fault: Fault) -> None:
        """Where the order itself may not be printed now, its own reason is worth more than that nothing was made."""
        refused = getattr(fault, "refused", {})
        for problem in next(iter(refused.values()), ()):
            key = f"problem.{problem.code}"
            key = key if known(key) else f"{key}.title"
            if known(key):
                self.desk.warn(text(key, **problem.values))
                break
        else:
            self.desk.show_fault(fault)
        self._begin()
