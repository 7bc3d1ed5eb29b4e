"""Orders on their way in, shop by shop: each with its own bar, so that a slow one is seen to hold nobody up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.intake.fetch import FetchedShop
from jpship_gui.flows.upkeep.shops import Shop
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Chip, Glyph
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline, Panel, Sheet

_NAME = 240
_WORDS = 290


class ShopLine(Retranslating, QWidget):
    """One shop's bar and what is said beside it."""

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._said: tuple[str, dict[str, object]] = ("intakepage.fetch.waiting", {})
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(12)
        who = QWidget()
        who.setFixedWidth(_NAME)
        inside = QHBoxLayout(who)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(Chip(shop.marketplace, names.marketplace_name(shop.marketplace)))
        inside.addWidget(ElidedLabel(names.shop_words(shop.marketplace, shop.name)), 1)
        row.addWidget(who)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setRange(0, 0)
        row.addWidget(self.bar, 1)
        self.mark = Glyph(glyphs.OK, 18, "ok")
        keeps = self.mark.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # bars end in one line
        self.mark.setSizePolicy(keeps)
        self.mark.hide()
        row.addWidget(self.mark)
        self.words = Label(ink="text2", wrap=True)
        self.words.setFixedWidth(_WORDS)
        row.addWidget(self.words)
        self.retranslate()

    def step(self, done: int, total: int) -> None:
        """So many of so many are read; a total of 0 is not known yet."""
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(done)
        key = "intakepage.fetch.of" if total else "intakepage.fetch.reading"
        self._say(key, done=f"{done:,}", total=f"{total:,}")

    def end(self, found: FetchedShop) -> None:
        """What came of it."""
        if found.fault is not None:
            self.fail(found.fault)
            return
        if found.due_at is not None:
            self._full(glyphs.HOLD, "text2")
            self._say("intakepage.due_at", time=names.time_words(found.due_at))
            return
        self._full(glyphs.OK, "ok")
        new, changed = found.counts["new"], found.counts["changed"]
        self._say("intakepage.fetch.done", new=f"{new:,}", changed=f"{changed:,}")

    def fail(self, fault: Fault) -> None:
        """It could not be read."""
        self._full(glyphs.NG, "ng")
        self.words.show_text(show_fault(fault).title)
        self._said = ("", {})

    def stop(self) -> None:
        """A person stopped it; nothing of it was written."""
        self._full(glyphs.HOLD, "text2")
        self._say("intakepage.fetch.stopped")

    def retranslate(self) -> None:
        """What was said last."""
        if hasattr(self, "words") and self._said[0]:
            self.words.say(self._said[0], **self._said[1])

    def _full(self, shape: str, ink: str) -> None:
        self.bar.setRange(0, 1)
        self.bar.setValue(1 if ink == "ok" else 0)
        self.mark.set(shape, ink)
        self.mark.show()

    def _say(self, key: str, **values: object) -> None:
        self._said = (key, values)
        self.retranslate()


class FetchView(QScrollArea):
    """`stop_asked` when a person wants no more."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.lines: dict[str, ShopLine] = {}
        ground = Panel("window")
        across = QHBoxLayout(ground)
        across.setContentsMargins(32, 20, 32, 20)
        block = QWidget()
        block.setMaximumWidth(900)
        across.addWidget(block)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addStretch(2)
        column.addWidget(Label("intakepage.fetch.title", size=28, bold=True, wrap=True))
        column.addWidget(Label("intakepage.fetch.more", ink="text2", wrap=True))
        self._sheet = Sheet()
        self._rows = QVBoxLayout(self._sheet)
        self._rows.setContentsMargins(1, 4, 1, 4)
        self._rows.setSpacing(0)
        column.addWidget(self._sheet)
        row = QHBoxLayout()
        self.stop = Button("intakepage.fetch.stop", size="large", cap="Esc")
        self.stop.clicked.connect(self.stop_asked)
        row.addWidget(self.stop)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)
        self.setWidget(ground)

    def show_shops(self, shops: Sequence[Shop]) -> None:
        """These are being read now."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = {}
        for shop in shops:
            if self.lines:
                self._rows.addWidget(Hairline())
            line = ShopLine(shop)
            self.lines[shop.name] = line
            self._rows.addWidget(line)
        self.stop.setEnabled(True)
        self.setAccessibleName(text("intakepage.fetch.title"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
