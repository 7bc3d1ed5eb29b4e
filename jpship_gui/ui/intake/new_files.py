"""What appeared in the watched folder, told quietly at the top of the page; nothing is taken in by itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from jpship_gui.flows.intake.watch import Kind, Offer, Offers
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Icon
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Sheet


class NewFilesNotice(Retranslating, Sheet):
    """`look_asked(paths)` opens the preview of order files, `numbers_asked(path)` a carrier's file where it belongs,
    `aside_asked()` waves all of them aside."""

    look_asked = Signal(list)
    numbers_asked = Signal(Path)
    aside_asked = Signal()

    def __init__(self) -> None:
        super().__init__(ground="accent_weak", line="accent_line")
        self._offers = Offers()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 14, 14)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Icon("folder", 24, "accent"))
        words = QVBoxLayout()
        words.setSpacing(1)
        self.title = Label(size=16, bold=True)
        self._more = ElidedLabel(ink="text2")
        words.addWidget(self.title)
        words.addWidget(self._more)
        row.addLayout(words, 1)
        self.aside = Button("intakepage.aside", kind="quiet")
        self.look = Button("intakepage.look", kind="primary")
        self.numbers = Button("intakepage.look_numbers")
        self.aside.clicked.connect(self.aside_asked)
        self.look.clicked.connect(lambda: self.look_asked.emit(self._paths(self._offers.orders)))
        self.numbers.clicked.connect(self._open_numbers)
        for button in (self.aside, self.numbers, self.look):
            row.addWidget(button)
        column.addLayout(row)

    def show_offers(self, offers: Offers) -> None:
        """Show these."""
        self._offers = offers
        self.retranslate()

    def retranslate(self) -> None:
        """Words with counts and names."""
        if not hasattr(self, "numbers"):
            return
        offers = self._offers
        if offers.orders:
            self.title.say("intakepage.new_files", count=offers.takes)
        else:
            self.title.say("intakepage.new_others", count=len(offers.files))
        self._more.show_text("　".join(_words(one) for one in offers.files))
        self.look.setVisible(bool(offers.orders))
        self.numbers.setVisible(bool(self._numbers()))

    def _numbers(self) -> list[Offer]:
        return [one for one in self._offers.files if one.kind is Kind.NUMBERS]

    def _open_numbers(self) -> None:
        self.numbers_asked.emit(self._numbers()[0].found.path)

    def _paths(self, offers: Sequence[Offer]) -> list[Path]:
        return [one.found.path for one in offers]


def _words(one: Offer) -> str:
    """The file, and what it is where it holds no orders."""
    if one.kind is Kind.NUMBERS:
        return text(
            "intakepage.of_carrier", name=one.found.path.name, carrier=names.carrier_name(one.carrier)
        )
    if one.kind is Kind.ORDERS:
        return text("intakepage.of_orders", name=one.found.path.name, count=one.takes)
    return text("intakepage.of_nobody", name=one.found.path.name)
