"""Splitting one shipment: whose it is, boxes as columns, and one button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.domain.shipment import Shipment
from jpship_gui.ui import names
from jpship_gui.ui.actions import key_cap
from jpship_gui.ui.check.reason_panel import ReasonPanel
from jpship_gui.ui.plan.split_draft import SplitDraft, draft_of
from jpship_gui.ui.plan.split_grid import SplitGrid
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.glyph import Chip
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.sheet import Panel, Sheet


class SplitView(QWidget):
    """`decided(key, contents, count, reason)`: contents for each box, or nothing and only the number of boxes."""

    decided = Signal(str, tuple, int, str)
    left = Signal()
    proposal_asked = Signal(str)  # the shipment's key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shipment: Shipment | None = None
        self.draft: SplitDraft | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = Panel("window")
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(32, 20, 32, 24)
        inside.setSpacing(14)
        inside.addLayout(self._head())
        self.told = Banner("attention")
        self.told.hide()
        inside.addWidget(self.told)
        self.why = ReasonPanel("replan", ("buyer", "mistake"), icon="arrow-back-up")
        self.why.decided.connect(self.decide)
        self.why.dropped.connect(self.drop_reason)
        inside.addWidget(self.why)
        row = QHBoxLayout()
        row.setSpacing(16)
        sheet = Sheet()
        holding = QVBoxLayout(sheet)
        holding.setContentsMargins(1, 1, 1, 1)
        self.grid = SplitGrid()
        self.grid.changed.connect(self._show)
        holding.addWidget(self.grid)
        row.addWidget(sheet, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._beside())
        row.addStretch(1)
        inside.addLayout(row)
        inside.addStretch(1)
        area.setWidget(ground)
        column.addWidget(area, 1)
        self.foot = self._foot()
        column.addWidget(self.foot)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        back = IconButton("arrow-left", "planpage.split.back", size="small", cap="Esc")
        back.clicked.connect(self.left)
        head.addWidget(back)
        self.name = ElidedLabel(size=24, bold=True)
        head.addWidget(self.name)
        honorific = Label("detail.honorific", ink="text2")
        honorific.setContentsMargins(0, 0, 0, 5)
        head.addWidget(honorific, 0, Qt.AlignmentFlag.AlignBottom)
        head.addSpacing(8)
        self._chip = Chip()
        self._order = Label(ink="text2", select=True)
        self._order.setContentsMargins(0, 0, 0, 5)
        head.addWidget(self._chip)
        head.addWidget(self._order, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        return head

    def _beside(self) -> QVBoxLayout:
        beside = QVBoxLayout()
        beside.setSpacing(8)
        self.add_button = Button("planpage.split.add", icon="plus", cap="Ins")
        self.add_button.clicked.connect(self.add_box)
        self.drop_button = Button("planpage.split.drop", kind="quiet", icon="minus", cap="Del")
        self.drop_button.clicked.connect(self.drop_box)
        self.propose_button = Button("planpage.split.propose", icon="bolt")
        self.propose_button.clicked.connect(self._propose)
        for button in (self.add_button, self.drop_button, self.propose_button):
            beside.addWidget(button)
        beside.addStretch(1)
        return beside

    def _foot(self) -> FootBar:
        foot = FootBar()
        self._keys = Label("planpage.split.keys", ink="text2")
        foot.row.addWidget(self._keys, 1)
        self.main_button = Button(kind="primary", size="large", icon="arrows-split", cap=key_cap("split"))
        self.main_button.clicked.connect(lambda: self.decide())
        foot.row.addWidget(self.main_button)
        return foot

    # Showing ----------------------------------------------------------------------------------------------------

    def show_shipment(self, shipment: Shipment) -> None:
        """Begin with this one, as it is."""
        self.shipment = shipment
        self.draft = draft_of(shipment)
        if len(self.draft.boxes) == 1:
            self.draft.add_box()
        self.name.show_text(shipment.recipient.name)
        market = shipment.order_id.marketplace
        self._chip.set(market, names.marketplace_name(market))
        self._order.show_text(
            f"{names.shop_words(market, shipment.order_id.shop)}  {shipment.order_id.number}"
        )
        self.why.hide()
        self.grid.show_draft(self.draft)
        self._show()

    def propose(self, boxes: Sequence[Mapping[int, int]]) -> None:
        """Show somebody's proposal; nothing is decided by it."""
        if self.draft is None:
            return
        self.draft.propose(boxes)
        self.grid.refresh()
        self._show()
        self.grid.setFocus()

    def _show(self) -> None:
        draft = self.draft
        if draft is None:
            return
        count, empty = len(draft.boxes), draft.empty()
        only_count = empty or not draft.countable
        self.main_button.say(
            "planpage.split.count_only" if only_count and count > 1 else "planpage.split.do", count=count
        )
        self.main_button.setEnabled(draft.changed)
        self.drop_button.setEnabled(draft.can_drop())
        self.told.setVisible(only_count and count > 1)
        if only_count:
            self.told.say("planpage.split.alike" if not draft.countable else "planpage.split.empty")

    def retranslate_all(self) -> None:
        """Words that carry figures."""
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ins and Del: a box more or less."""
        if event.key() == Qt.Key.Key_Insert:
            self.add_box()
        elif event.key() == Qt.Key.Key_Delete:
            self.drop_box()
        else:
            super().keyPressEvent(event)

    # Acts -------------------------------------------------------------------------------------------------------

    def add_box(self) -> None:
        """One more."""
        if self.draft is not None and self.draft.add_box():
            self.grid.at = (self.grid.at[0], len(self.draft.boxes) - 1)
            self.grid.refresh()
            self._show()
            self.grid.setFocus()

    def drop_box(self) -> None:
        """One less, from the end."""
        if self.draft is not None and self.draft.drop_box():
            self.grid.refresh()
            self._show()
            self.grid.setFocus()

    def _propose(self) -> None:
        if self.shipment is not None:
            self.proposal_asked.emit(self.shipment.key)

    def decide(self, reason: str = "") -> None:
        """Let it be so."""
        draft = self.draft
        if draft is not None and self.shipment is not None and draft.changed:
            self.why.hide()
            self.decided.emit(self.shipment.key, draft.contents(), len(draft.boxes), reason)

    def ask_reason(self) -> None:
        """Something is packed already: why is it changed?"""
        self.why.ask(1)

    def drop_reason(self) -> bool:
        """Leave it; whether anything was asked."""
        asked = self.why.isVisible()
        self.why.hide()
        return asked
