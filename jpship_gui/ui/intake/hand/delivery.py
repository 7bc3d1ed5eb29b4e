"""When and how it goes: the wish, the day it must leave, the carrier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Signal

from jpship_gui.flows.intake.entry import Entry, day_of
from jpship_gui.flows.intake.entry_choices import Sender, slots_of
from jpship_gui.flows.upkeep.adapters import every_carrier, service_name, services_of
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.intake.hand.cell import Cell, CellSheet, Field
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.retranslating import Retranslating


class DeliverySheet(Retranslating, CellSheet):
    """Emits `changed()`. A day typed is repeated with its weekday, so that a slip of the finger shows."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._sender: Sender | None = None
        self.wish_day, self.ship_by = Field(14), Field(14)
        self.wish_slot, self.carrier, self.service = _plain(), _plain(), _plain()
        controls = ("wish_day", "wish_slot", "ship_by", "carrier", "service")
        self.cells = {name: Cell(f"entry.field.{name}", getattr(self, name)) for name in controls}
        cells = self.cells
        self.add([(cells["wish_day"], 1), (cells["wish_slot"], 1)])
        self.add([(cells["ship_by"], 1), (cells["carrier"], 1)])
        self.add([(cells["service"], 1)])
        for name in ("wish_day", "ship_by"):
            getattr(self, name).textChanged.connect(self._days_typed)
            getattr(self, name).editingFinished.connect(self.changed)  # what is no day is told now
        self.wish_slot.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.carrier.currentIndexChanged.connect(lambda _: self._carrier_chosen())
        self.service.currentIndexChanged.connect(lambda _: self._service_chosen())

    def values(self) -> dict[str, Any]:
        """Fields of an `Entry`; what is left as it is with the shop stays blank."""
        carrier, service = str(self.carrier.currentData() or ""), str(self.service.currentData() or "")
        if service and not carrier and self._sender is not None:
            carrier = self._sender.carrier
        return {
            "wish_day": self.wish_day.text(),
            "wish_slot": str(self.wish_slot.currentData() or ""),
            "ship_by": self.ship_by.text(),
            "carrier": carrier,
            "service": service if carrier else "",
        }

    def show_values(self, entry: Entry) -> None:
        """Show an entry's."""
        self.wish_day.setText(_day_words(entry.wish_day, self._today))
        self.ship_by.setText(_day_words(entry.ship_by, self._today))
        self._show_carriers(entry.carrier)
        self._show_services(entry.service if entry.carrier else "")
        self._show_slots(entry.wish_slot)

    def set_sender(self, sender: Sender | None) -> None:
        """The account decides what is usual."""
        self._sender = sender
        self.retranslate()

    def show_due(self, due: datetime | None) -> None:
        """The day it must leave if nobody says otherwise."""
        words = names.moment_words(due) if due is not None else ""
        self.ship_by.setPlaceholderText(words)

    def retranslate(self) -> None:
        """The choices are words."""
        if not hasattr(self, "cells"):
            return
        kept = self.values()
        self._show_carriers(str(self.carrier.currentData() or ""))
        self._show_services(str(self.service.currentData() or ""))
        self._show_slots(kept["wish_slot"])
        self.wish_day.setPlaceholderText(text("handform.no_day"))
        self._days_typed()

    def _usual(self) -> tuple[str, str]:
        return (self._sender.carrier, self._sender.service) if self._sender else ("", "")

    def _show_carriers(self, value: str) -> None:
        usual = names.carrier_name(self._usual()[0])
        every: Sequence[tuple[str, str]] = [
            (one.id, names.carrier_name(one.id)) for one in every_carrier() if "numbers" in one.abilities
        ]
        as_usual = text("handform.as_shop", usual=usual) if usual else text("handform.as_shop_unknown")
        self.carrier.set_choices([("", as_usual), *every], value)

    def _show_services(self, value: str) -> None:
        chosen = str(self.carrier.currentData() or "")
        usual_carrier, usual = self._usual()
        carrier = chosen or usual_carrier
        words = service_name(carrier, usual) if not chosen and usual else ""
        as_usual = text("handform.as_shop", usual=words) if words else text("optionspage.usual_service")
        known = services_of(carrier)
        self.service.set_choices([("", as_usual), *known], value if value in dict(known) else "")

    def _show_slots(self, value: str) -> None:
        given = self.values()
        carrier, service = self._usual()
        slots = slots_of(
            given["carrier"] or carrier, given["service"] or ("" if given["carrier"] else service)
        )
        none = [("", text("handform.no_slot"))]
        self.wish_slot.set_choices([*none, *((slot, names.slot_words(slot)) for slot in slots)], value)

    def _carrier_chosen(self) -> None:
        self._show_services("")
        self._service_chosen()

    def _service_chosen(self) -> None:
        self._show_slots(str(self.wish_slot.currentData() or ""))
        self.changed.emit()

    def _days_typed(self) -> None:
        for name in ("wish_day", "ship_by"):
            day = day_of(getattr(self, name).text(), self._today)
            self.cells[name].remark(names.day_words(day) if day is not None else "")
        self.changed.emit()


def _plain() -> Choice:
    made = Choice([("", "")], "", width=10)
    made.setProperty("plain", True)
    made.setMinimumWidth(60)
    made.setMaximumWidth(16_777_215)
    return made


def _day_words(typed: str, today: date) -> str:
    """A stored day as a person would type it."""
    day = day_of(typed, today)
    return f"{day.month}/{day.day}" if day is not None and abs((day - today).days) < 60 else typed
