"""Who gets it, as on a label: the postal code first, which fills in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from jpship_gui.flows.intake.entry import Entry, digits_of
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.intake.hand.cell import Cell, CellSheet, Field
from jpship_gui.ui.intake.hand.suggest import SuggestField, Suggestion


class RecipientSheet(CellSheet):
    """Emits `changed()` on every change and `code_given(code)` once seven digits stand there; answer with
    `show_places`."""

    changed = Signal()
    code_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.postal_code = SuggestField(20)
        self.postal_code.setMaxLength(9)
        self.address, self.building = Field(on=True), Field()
        self.name, self.kana, self.phone = Field(20, bold=True), Field(), Field(20)
        self.fields: dict[str, QLineEdit] = {
            name: getattr(self, name)
            for name in ("postal_code", "address", "building", "name", "kana", "phone")
        }
        self.cells = {name: Cell(f"entry.field.{name}", field) for name, field in self.fields.items()}
        self.cells["name"].note.say("detail.honorific")
        self.cells["name"].note.show()
        cells = self.cells
        self.add([(cells["postal_code"], 2), (cells["phone"], 3)])
        self.add([(cells["address"], 1)])
        self.add([(cells["building"], 1)])
        self.add([(cells["name"], 3), (cells["kana"], 2)])
        self._completed = ""  # what a postal code wrote, so that another code may replace it
        self._asked = ""
        for field in self.fields.values():
            field.textChanged.connect(lambda _: self.changed.emit())
        self.postal_code.textEdited.connect(self._typed_code)
        self.postal_code.editingFinished.connect(self._tidy_code)
        self.postal_code.picked.connect(self._take_place)
        self.postal_code.entered.connect(lambda _: self.address.setFocus(Qt.FocusReason.TabFocusReason))
        self.phone.editingFinished.connect(self._tidy_phone)
        self.retranslate()

    def values(self) -> dict[str, Any]:
        """Fields of an `Entry`."""
        return {name: field.text() for name, field in self.fields.items()}

    def show_values(self, entry: Entry) -> None:
        """Show an entry's."""
        for name, field in self.fields.items():
            field.setText(getattr(entry, name))
            field.setCursorPosition(0)
        self._completed = ""
        self._asked = digits_of(self.postal_code.text())
        self._tidy_code()
        self._tidy_phone()

    def show_places(self, code: str, places: Sequence[str]) -> None:
        """Places with this code: one is written down, of several a person picks."""
        if code != digits_of(self.postal_code.text()):
            return  # typed on since
        if len(places) == 1:
            self._write(places[0])
        elif places and not any(self.address.text().startswith(place) for place in places):
            self.postal_code.offer([Suggestion(place, place, icon="map-pin") for place in places])

    def _typed_code(self, words: str) -> None:
        code = digits_of(words)
        if len(code) != 7:
            self._asked = ""
            self.postal_code.close_list()
        elif code != self._asked:
            self._asked = code
            self.code_given.emit(code)

    def _take_place(self, place: object) -> None:
        self._write(str(place))
        self.address.setFocus(Qt.FocusReason.TabFocusReason)

    def _write(self, place: str) -> None:
        """Put the place before what was typed after the last one; an address typed by hand stays as it is."""
        words = self.address.text()
        if words.startswith(place):
            self._completed = place
            return
        if words and not (self._completed and words.startswith(self._completed)):
            return
        self.address.setText(place + words.removeprefix(self._completed))
        self._completed = place

    def _tidy_code(self) -> None:
        code = digits_of(self.postal_code.text())
        if len(code) == 7 and self.postal_code.text() != names.postal_words(code):
            self.postal_code.setText(names.postal_words(code))

    def _tidy_phone(self) -> None:
        number = digits_of(self.phone.text())
        if number and names.phone_words(number) != number:
            self.phone.setText(names.phone_words(number))

    def retranslate(self) -> None:
        """What the fields expect."""
        if hasattr(self, "phone"):
            self.postal_code.setPlaceholderText("〒")
            self.address.setPlaceholderText(text("handform.address"))
