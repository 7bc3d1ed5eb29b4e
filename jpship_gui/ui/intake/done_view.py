"""What was taken, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.flows.intake.fetch import Fetched, FetchedShop
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.intake.figures import Figures
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.plain_table import Cell, Column, PlainTable, Row
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Panel, Sheet

_SHOPS = (
    Column("intakepage.column.shop", 180),
    Column("intake.new", 80, right=True),
    Column("intake.changed", 80, right=True),
    Column("intake.unchanged", 90, right=True),
    Column("intake.rejected", 80, right=True),
    Column("intakepage.column.answer"),
)
_KEYS = ("new", "changed", "unchanged", "rejected")


class DoneView(Retranslating, QScrollArea):
    """`next_asked` carries the id of the place to go to; `again_asked` begins anew, `undo_asked` takes back."""

    next_asked = Signal(str, object)
    again_asked = Signal()
    undo_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: Mapping[str, int] = {}
        self._attention = 0
        self._act = 0
        self._fetched: Fetched | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        ground = Panel("window")
        across = QHBoxLayout(ground)
        across.setContentsMargins(32, 20, 32, 20)
        block = QWidget()
        block.setMaximumWidth(900)
        across.addWidget(block)
        self._column = QVBoxLayout(block)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(20)
        self._build()
        self.setWidget(ground)

    def _build(self) -> None:
        column = self._column
        column.addStretch(2)
        head = QHBoxLayout()
        head.setSpacing(16)
        self._mark = Glyph(glyphs.OK, 36, "ok", "window")
        self.title = Label(size=28, bold=True, wrap=True)
        head.addWidget(self._mark)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        self.figures = Figures()
        column.addWidget(self.figures)
        self.held = Banner("attention", act_key="intakepage.see_held")
        self.held.act.connect(lambda: self.next_asked.emit("all", "hold"))
        column.addWidget(self.held)
        self.shops = PlainTable(_SHOPS, 44)
        self._sheet = Sheet()
        inside = QVBoxLayout(self._sheet)
        inside.setContentsMargins(4, 2, 4, 4)
        inside.addWidget(self.shops)
        column.addWidget(self._sheet)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.check = Button(size="large", icon="clipboard-check")
        self.paper = Button("intakepage.to_paper", size="large", icon="printer")
        self.again = Button("intakepage.again", kind="quiet", size="large")
        self.undo = Button("ui.undo", kind="quiet", size="large", icon="arrow-back-up")
        self.check.clicked.connect(lambda: self.next_asked.emit("check", None))
        self.paper.clicked.connect(lambda: self.next_asked.emit("paper", None))
        self.again.clicked.connect(self.again_asked)
        self.undo.clicked.connect(lambda: self.undo_asked.emit(self._act))
        for button in (self.check, self.paper, self.again):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.undo)
        column.addSpacing(8)
        column.addLayout(row)
        column.addStretch(3)
        self._row = row

    def show_taken(self, counts: Mapping[str, int], held: int, act: int) -> None:
        """After files; `act` is what takes it back, 0 = nothing was written."""
        self._counts, self._held, self._fetched, self._act = counts, held, None, act
        self.retranslate()

    def show_fetched(self, fetched: Fetched) -> None:
        """After the API."""
        counts = {key: sum(shop.counts[key] for shop in fetched.shops) for key in _KEYS}
        held = sum(len(shop.accepted.held) for shop in fetched.shops if shop.accepted)
        self._counts, self._held, self._fetched, self._act = counts, held, fetched, 0
        self.retranslate()

    def show_attention(self, count: int) -> None:
        """How many orders now wait for a person; that way is the louder one then."""
        self._attention = count
        self.check.setVisible(count > 0)
        self.check.say("intakepage.to_check", count=count)
        self.check.set_kind("primary" if count else "plain")
        self.paper.set_kind("plain" if count else "primary")

    def retranslate(self) -> None:
        """Words with figures."""
        if not self._counts:
            return
        taken = self._counts["new"] + self._counts["changed"]
        failed = [shop for shop in self._fetched.shops if shop.fault] if self._fetched else []
        shape, ink = (glyphs.ATTENTION, "attention") if failed else (glyphs.OK, "ok")
        self._mark.set(shape, ink, "window")
        if self._fetched is not None and not taken:
            self.title.say("intakepage.nothing_new")
        else:
            self.title.say("intakepage.taken", count=taken)
        self.figures.show_counts(self._counts)
        self.held.setVisible(self._held > 0)
        self.held.say("intakepage.held", count=self._held)
        self.undo.setVisible(self._act > 0)
        self._sheet.setVisible(self._fetched is not None)
        if self._fetched is not None:
            self.shops.show_rows(_shop_rows(self._fetched.shops))
        self.show_attention(self._attention)

    _held = 0


def _shop_rows(shops: Sequence[FetchedShop]) -> list[Row]:
    made: list[Row] = []
    for shop in shops:
        chip = Cell(
            names.marketplace_name(shop.marketplace),
            sub=names.shop_words(shop.marketplace, shop.shop),
            chip=shop.marketplace,
        )
        if shop.fault is not None:
            words = show_fault(shop.fault).title
            blank = [Cell("–", ink="ghost")] * 4
            made.append([chip, *blank, Cell(words, glyph=glyphs.NG, ink="ng")])
            continue
        if shop.due_at is not None:
            words = text("intakepage.due_at", time=names.time_words(shop.due_at))
            counts = [Cell(f"{shop.counts[key]:,}" if shop.orders else "–", ink="text2") for key in _KEYS]
            made.append([chip, *counts, Cell(words, glyph=glyphs.HOLD, ink="text2")])
            continue
        figures = [Cell(f"{shop.counts[key]:,}", bold=key == "new") for key in _KEYS]
        read = Cell(text("intakepage.read_orders", count=shop.orders), ink="text2")
        made.append([chip, *figures, read])
    return made
