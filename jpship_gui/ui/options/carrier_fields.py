"""Settings of a shop about carriers that are more than a text: the tool of each carrier, and handling marks."""

from __future__ import annotations

import json
from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QWidget

from jpship_gui.domain.handling_marks import MARKS, marks_in
from jpship_gui.flows.upkeep.adapters import tools_of
from jpship_gui.settings.options import Option
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.options.field import FieldRow
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.label import Label


def tools_row(option: Option, value: Mapping[str, str]) -> FieldRow:
    """One choice for each carrier whose waybills several programs print; what nobody chose is the carrier's usual one
    and is not kept."""
    control = QWidget()
    grid = QGridLayout(control)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    row = FieldRow(option.key, control, top=True)
    chosen = dict(value)
    for line, (carrier, tools) in enumerate(tools_of().items()):
        usual = ("", text("carrierform.usual_tool", name=tools[0][1]))
        choice = Choice([usual, *tools], chosen.get(carrier, ""), 300)
        choice.setAccessibleName(names.carrier_name(carrier))
        words = Label()
        words.show_text(names.carrier_name(carrier))
        grid.addWidget(words, line, 0)
        grid.addWidget(choice, line, 1)

        def take(_: int, carrier: str = carrier, choice: Choice = choice) -> None:
            said = str(choice.currentData())
            chosen.pop(carrier, None)
            if said:
                chosen[carrier] = said
            row.changed.emit(option.key, json.dumps(chosen, ensure_ascii=False))

        choice.currentIndexChanged.connect(take)
    return row


def marks_row(option: Option, value: tuple[str, ...]) -> FieldRow:
    """A box for each handling mark."""
    control = QWidget()
    grid = QGridLayout(control)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    row = FieldRow(option.key, control, top=True)
    here = marks_in(" ".join(value))[0]
    boxes = {mark: CheckBox(f"mark.{mark}", checked=mark in here) for mark in MARKS}

    def toggled(_: bool) -> None:
        row.changed.emit(option.key, "\n".join(mark for mark, box in boxes.items() if box.isChecked()))

    for place, box in enumerate(boxes.values()):
        box.toggled.connect(toggled)
        grid.addWidget(box, place // 2, place % 2)
    return row
