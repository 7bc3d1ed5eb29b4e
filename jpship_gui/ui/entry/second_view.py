"""What waits for its second entry: who typed the first one and when. The numbers are not here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.pack.second_entry import Waiting, drop, waiting
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.plain_table import Cell, Column, PlainTable
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Panel

_MOST = 200  # rows shown; the others follow as these are done


class SecondView(Retranslating, QWidget):
    """`begun(keys)`: boxes whose second entry this person wants to make now; `counted(n)`: how many wait."""

    begun = Signal(list)
    counted = Signal(int)
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.found: list[Waiting] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.stack = QStackedWidget()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        ground = Panel("surface")
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(20, 16, 20, 16)
        columns = (
            Column("pasted.head.order", grow=4),
            Column("entrysecond.head.carrier", 140),
            Column("entrysecond.head.first", 220),
            Column("entrysecond.head.state", 260),
            Column(width=90),
        )
        self.table = PlainTable(columns, 52)
        self.table.acted.connect(self._acted)
        inner.addWidget(self.table)
        inner.addStretch(1)
        area.setWidget(ground)
        self.empty = EmptyState("clipboard-check", "entrysecond.none", "entrysecond.none_more", primary=False)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(area)
        column.addWidget(self.stack, 1)
        foot = FootBar(left=32)
        self.shown = Label(size=14, ink="text2")
        self.begin_button = Button(
            "entrysecond.begin", kind="primary", size="large", icon="keyboard", count=0
        )
        self.begin_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.begin_button.clicked.connect(self.begin)
        foot.row.addWidget(self.shown, 1)
        foot.row.addWidget(self.begin_button)
        column.addWidget(foot)

    def refresh(self) -> None:
        """Read again."""
        ws = self.desk.ws
        self.desk.tasks.run(lambda _: waiting(ws), done=self._show, failed=self.desk.show_fault, quiet=True)

    def begin(self) -> None:
        """All that this person may type now."""
        keys = [one.parcel for one in self.found if not one.why]
        if keys:
            self.begun.emit(keys)

    def retranslate(self) -> None:
        """All words."""
        if hasattr(self, "begin_button"):
            self._show(self.found)

    def _show(self, found: list[Waiting]) -> None:
        self.found = found
        self.stack.setCurrentIndex(1 if found else 0)
        self.table.show_rows([_row(one) for one in found[:_MOST]])
        mine = sum(not one.why for one in found)
        key = "entrysecond.shown" if mine else "entrysecond.shown_others"
        self.shown.show_text(text(key, count=len(found), mine=mine) if found else "")
        self.begin_button.show_text(text("entrysecond.begin", count=mine))
        self.begin_button.setEnabled(mine > 0)
        self.counted.emit(len(found))

    def _acted(self, index: int, act: str) -> None:
        try:
            drop(self.desk.ws, [self.found[index].parcel])
        except Fault as fault:
            self.desk.show_fault(fault)
        self.changed.emit()
        self.refresh()


def _row(one: Waiting) -> tuple[Cell, ...]:
    head, tail = names.number_parts(one.order)
    glyph, ink = (glyphs.OK, "ok") if not one.why else (glyphs.HOLD, "text3")
    return (
        Cell(head, sub=one.recipient, ink="text2", tail=tail),
        Cell(names.carrier_name(one.carrier), bar=one.carrier),
        Cell(one.person or "－", sub=names.moment_words(one.at)),
        Cell(text(f"entrysecond.{one.why or 'may'}"), glyph=glyph, ink=ink if not one.why else "text2"),
        Cell(text("entrysecond.drop"), act="drop"),
    )
