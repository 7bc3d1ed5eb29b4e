"""One shipment that is held back: the reason as title, whose it is, and one repair."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from jpship_gui.flows.confirm.review import OnItsWay, RedRow
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Chip, Glyph
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Sheet


class CaseCard(Sheet):
    """`asked` carries the repair's name."""

    asked = Signal(str)

    def __init__(
        self, row: RedRow | OnItsWay, title: str, more: str, repair: str, doubtful: bool = False
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(10)
        ink = "attention" if doubtful else "ng"
        head.addWidget(Glyph(glyphs.ATTENTION if doubtful else glyphs.NG, 20, ink))
        words = Label(size=16, bold=True, wrap=True)
        words.show_text(title)
        head.addWidget(words, 1)
        column.addLayout(head)
        column.addLayout(_who(row))
        if more:
            told = Label(ink="text2", wrap=True)
            told.show_text(more)
            column.addWidget(told)
        if repair:
            foot = QHBoxLayout()
            self.button = Button(f"confirm.repair.{repair}")
            self.button.clicked.connect(lambda: self.asked.emit(repair))
            foot.addWidget(self.button)
            foot.addStretch(1)
            column.addSpacing(4)
            column.addLayout(foot)


def _together(row: RedRow | OnItsWay) -> str:
    if isinstance(row, RedRow) and row.together:
        return text("confirmpage.together", count=len(row.together) + 1)
    return ""


def _who(row: RedRow | OnItsWay) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(10)
    line.addWidget(Chip(row.marketplace, names.marketplace_name(row.marketplace)))
    for words, ink in (
        (names.shop_words(row.marketplace, row.shop), "text2"),
        (names.short_number(row.order), "text2"),
        (row.recipient, "text"),
        (_together(row), "text2"),
    ):
        if not words:
            continue
        label = Label(ink=ink, select=True)
        label.show_text(words)
        line.addWidget(label)
    line.addStretch(1)
    return line
