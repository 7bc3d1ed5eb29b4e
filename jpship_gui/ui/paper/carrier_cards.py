"""Carriers' files: how many shipments wait for each, one button to write it, one to take its numbers back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.flows.paper.outlook import CarrierOutlook
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.widgets.button import IconButton
from jpship_gui.ui.widgets.glyph import CarrierBar
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline, Sheet

_ACROSS = 4  # blocks that stand side by side


class CarrierCards(Retranslating, Sheet):
    """One block for each program that prints waybills; emits `export_asked(carrier, tool id)`."""

    export_asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.buttons: dict[str, IconButton] = {}
        self._found: tuple[CarrierOutlook, ...] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(20, 10, 12, 10)
        self._lines.setSpacing(8)
        self.setMinimumHeight(72)

    def show_carriers(self, found: Sequence[CarrierOutlook]) -> None:
        """One block for each, a few side by side: the tool's name tells two blocks of one carrier apart."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._found = tuple(found)
        self.buttons = {}
        across = _ACROSS if len(found) <= _ACROSS else -(-len(found) // -(-len(found) // _ACROSS))
        for start in range(0, len(found), across):
            if start:
                self._lines.addWidget(Hairline())
            self._lines.addWidget(self._abreast(found[start : start + across]))
        if not found:
            self._lines.addWidget(Label("paperpage.no_carrier", ink="text2"), 1)

    def _abreast(self, found: Sequence[CarrierOutlook]) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for number, carrier in enumerate(found):
            if number:
                row.addWidget(Hairline(upright=True))
            row.addWidget(self._block(carrier), 3 if carrier.able else 2)  # a button needs room
        return line

    def retranslate(self) -> None:
        """Names are words."""
        if self._found:
            self.show_carriers(self._found)

    def _block(self, carrier: CarrierOutlook) -> QWidget:
        block = QWidget()
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        count = Label(size=28, bold=True, ink="text" if carrier.count else "ghost")
        count.show_text(f"{carrier.count:,}")
        row.addWidget(count)
        words = QVBoxLayout()
        words.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(CarrierBar(carrier.carrier))
        name = ElidedLabel(bold=True)
        name.show_text(names.carrier_name(carrier.carrier))
        head.addWidget(name, 1)
        words.addStretch(1)
        words.addLayout(head)
        tool = ElidedLabel(size=12, ink="text2")
        tool.show_text(carrier.tool if carrier.able else text("paperpage.not_able"))
        words.addWidget(tool)
        words.addStretch(1)
        row.addLayout(words, 1)
        if not carrier.able:
            return block  # a button that never works would only take the name's room
        button = IconButton("file-download", "act.carrier_export", kind="plain")
        button.setEnabled(carrier.count > 0)
        button.clicked.connect(lambda: self.export_asked.emit(carrier.carrier, carrier.tool_id))
        self.buttons.setdefault(carrier.carrier, button)
        row.addWidget(button)
        return block
