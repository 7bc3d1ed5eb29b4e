"""The order a re-send is for: found by name, number, tracking number or a scan of its slip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from jpship_gui.flows.intake.entry_choices import Original
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.intake.hand.cell import HEIGHT, SIDE, Cell, CellSheet
from jpship_gui.ui.intake.hand.suggest import SuggestField, Suggestion
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Chip
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.retranslating import Retranslating


class OriginalSheet(Retranslating, CellSheet):
    """Emits `asked(words)` (answer with `offer`) and `chosen(key)`; afterwards it shows whose order it is."""

    asked = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.key = ""
        self.search = SuggestField()
        self.cell = Cell("entry.field.original", self.search)
        self.search.asked.connect(self._ask)
        self.search.entered.connect(self._ask)
        self.search.picked.connect(self._pick)
        self._shown = QWidget()
        row = QHBoxLayout(self._shown)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.setSpacing(10)
        self._chip, self._number = Chip(), Label(ink="text2")
        self.who = Label(size=16, bold=True)
        self._goods = ElidedLabel(ink="text2")
        self.other = Button("handform.other_original", kind="link", size="small")
        self.other.clicked.connect(self._ask_anew)
        for widget in (
            Label("entry.field.original", size=12, ink="text2"),
            self._chip,
            self._number,
            self.who,
        ):
            row.addWidget(widget)
        row.addWidget(self._goods, 1)
        row.addWidget(self.other)
        self._stack = QStackedWidget()
        self._stack.setFixedHeight(HEIGHT)
        self._stack.addWidget(self.cell)
        self._stack.addWidget(self._shown)
        self.add_widget(self._stack)
        self.retranslate()

    def show_original(self, found: Original | None) -> None:
        """Whose order it is; None = it is still to be found."""
        self.key = found.key if found is not None else ""
        self.search.clear()
        self._stack.setCurrentWidget(self._shown if found is not None else self.cell)
        if found is None:
            return
        self._chip.set(found.marketplace, names.marketplace_name(found.marketplace))
        self._number.show_text(names.short_number(found.number))
        self._number.setToolTip(found.number)
        self.who.show_text(found.recipient)
        self._goods.show_text(f"{found.goods}  {text(f'table.stage.{found.stage.value}')}")
        self.cell.refuse("")

    def offer(self, words: str, found: Sequence[Original]) -> None:
        """Shipments that fit."""
        if words == self.search.text().strip():
            self.search.offer([_suggestion(one) for one in found])
            self.cell.remark(text("handform.no_order") if words and not found else "")

    def retranslate(self) -> None:
        """What may be typed."""
        if hasattr(self, "search"):
            self.search.setPlaceholderText(text("handform.find_original"))

    def _ask(self, words: str) -> None:
        if words:
            self.asked.emit(words)
        else:
            self.search.close_list()
            self.cell.remark("")

    def _pick(self, value: object) -> None:
        if isinstance(value, Original):
            self.show_original(value)
            self.chosen.emit(value.key)

    def _ask_anew(self) -> None:
        self.show_original(None)
        self.search.setFocus(Qt.FocusReason.TabFocusReason)


def _suggestion(one: Original) -> Suggestion:
    chip = (one.marketplace, names.marketplace_name(one.marketplace))
    note = f"{one.goods}  {text(f'table.stage.{one.stage.value}')}"
    return Suggestion(one, f"{names.short_number(one.number)}  {one.recipient}", note=note, chip=chip)
