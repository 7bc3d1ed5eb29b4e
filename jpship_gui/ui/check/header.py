"""The head of the detail: whose order, how much time, which carrier, how far."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.domain.stage import FACT_NAMES, Mark
from jpship_gui.flows.table.detail import Detail
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.due import DUE_SOON, SETTLED
from jpship_gui.ui.names import (
    carrier_name,
    marketplace_name,
    moment_words,
    shop_words,
    short_number,
    span_words,
)
from jpship_gui.ui.widgets.button import IconButton
from jpship_gui.ui.widgets.glyph import CarrierBar, Chip
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.steps_row import StepsRow


class DetailHeader(QWidget):
    """Shows one shipment; `set_narrow` for the pane of 376 px."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._detail: Detail | None = None
        self._narrow = False
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 12)
        column.setSpacing(0)
        self._chip = Chip()
        self._shop = ElidedLabel(ink="text2")
        self._number = ElidedLabel(ink="text2", middle=True)
        self._copy = IconButton("copy", "detail.copy_number", size="small")
        self._copy.clicked.connect(self._copy_number)
        first = QHBoxLayout()
        first.setSpacing(8)
        for widget in (self._chip, self._shop, self._number, self._copy):
            first.addWidget(widget)
        first.addStretch(1)
        column.addLayout(first)
        column.addSpacing(6)
        self.name = ElidedLabel(size=24, bold=True)
        self._honorific = Label("detail.honorific", ink="text2")
        self._honorific.setContentsMargins(0, 0, 0, 5)
        self._left = Label(size=24, bold=True)
        second = QHBoxLayout()
        second.setSpacing(6)
        second.addWidget(self.name)
        second.addWidget(self._honorific, 0, Qt.AlignmentFlag.AlignBottom)
        second.addStretch(1)
        second.addWidget(self._left)
        column.addLayout(second)
        column.addSpacing(4)
        self._bar = CarrierBar()
        self._service = ElidedLabel(ink="text2")
        self._ship_by = Label(size=12, ink="text2")
        third = QHBoxLayout()
        third.setSpacing(8)
        third.addWidget(self._bar)
        third.addWidget(self._service, 1)
        third.addWidget(self._ship_by)
        column.addLayout(third)
        column.addSpacing(10)
        self.steps = StepsRow([f"fact.{name}" for name in FACT_NAMES])
        column.addWidget(self.steps)

    def set_narrow(self, narrow: bool) -> None:
        """Less margin; the steps give way to the state's word, whose column the narrow table lacks."""
        self._narrow = narrow
        self.steps.setVisible(not narrow)
        layout = self.layout()
        if layout is not None:
            side = 20 if narrow else 24
            layout.setContentsMargins(side, 14, side, 12)
        if self._detail is not None:
            self.show_detail(self._detail)

    def show_detail(self, detail: Detail) -> None:
        """Show another shipment."""
        self._detail = detail
        shipment = detail.shipment
        self._chip.set(shipment.order_id.marketplace, marketplace_name(shipment.order_id.marketplace))
        self._shop.show_text(shop_words(shipment.order_id.marketplace, shipment.order_id.shop))
        number = shipment.order_id.number
        short = short_number(number)
        self._number.show_text(f"…{short}" if self._narrow and short != number else number)
        self._number.setMinimumWidth(self._number.sizeHint().width() if self._narrow else 0)
        self.name.show_text(shipment.recipient.name)
        self._bar.set(shipment.carrier)
        self._bar.setVisible(bool(shipment.carrier))
        parcels = text("detail.parcel_count", count=max(1, len(shipment.boxes)))
        together = text("detail.together", count=len(shipment.bundle)) if shipment.leader else ""
        carrier = f"{carrier_name(shipment.carrier)} {shipment.service}".strip() or text("detail.no_carrier")
        stage = text(f"table.stage.{shipment.stage.value}")
        if self._narrow:
            parts = [carrier, stage, together, parcels if len(shipment.boxes) > 1 else ""]
        else:
            parts = [carrier, parcels, together]
        self._service.show_text("・".join(filter(None, parts)))
        marks = [getattr(shipment.facts, name) for name in FACT_NAMES]
        self.steps.set_done([mark is not None for mark in marks], [_tip(mark) for mark in marks])
        self.tick()

    def tick(self) -> None:
        """What is left of the time, now."""
        if self._detail is None:
            return
        shipment, now = self._detail.shipment, self._desk.ws.now()
        self._ship_by.setVisible(shipment.ship_by is not None)
        self._left.setVisible(shipment.ship_by is not None and shipment.stage not in SETTLED)
        if shipment.ship_by is None:
            return
        moment = moment_words(shipment.ship_by, self._desk.ws.today())
        self._ship_by.say("detail.ship_by", moment=moment)
        self._show_left(shipment.ship_by, now)

    def _show_left(self, ship_by: datetime, now: datetime) -> None:
        left = ship_by - now
        late = left < timedelta(0)
        self._left.say("detail.late" if late else "detail.left", span=span_words(left))
        self._left.set_ink("ng" if late else "attention" if left < DUE_SOON else "text")

    def _copy_number(self) -> None:
        if self._detail is not None:
            QGuiApplication.clipboard().setText(self._detail.shipment.order_id.number)
            self._desk.say(text("ui.copied"))


def _tip(mark: Mark | None) -> str:
    return "" if mark is None else f"{moment_words(mark.at)} {mark.person}".strip()
