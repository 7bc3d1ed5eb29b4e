"""Which marketplace a new shop is on: one card each, with what works there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from jpship_gui.flows.upkeep.adapters import Adapter
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.theme import chips, fonts, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_ACROSS = 4
_CARD = QSize(176, 84)


class _Card(Retranslating, QAbstractButton):
    """Chip above, how orders come and go beneath."""

    def __init__(self, market: Adapter) -> None:
        super().__init__()
        self.market = market
        self.setCheckable(True)
        self.setFixedSize(_CARD)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.retranslate()

    def retranslate(self) -> None:
        """Name and abilities."""
        able = set(self.market.abilities)
        key = "both" if {"orders_file", "api"} <= able else "file" if "orders_file" in able else "hand"
        self._name = names.marketplace_name(self.market.id)
        if self._name == self.market.id:
            self._name = self.market.name
        self._more = text(f"optionspage.market.{key}")
        self.setAccessibleName(f"{self._name} {self._more}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chosen one has the accent's border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, wide = self.isChecked(), 2 if self.isChecked() or self.hasFocus() else 1
        inset = wide / 2
        painter.setPen(QPen(palette.colour("accent" if wide == 2 else "line_strong"), wide))
        ground = "accent_weak" if on else "hover" if self.underMouse() else "surface"
        painter.setBrush(palette.colour(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
        chips.draw_chip(painter, self.market.id, self._name, 16, 28)
        painter.setPen(palette.colour("text2"))
        painter.setFont(fonts.font(12))
        box = QRectF(16, 46, self.width() - 24, 30)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box, flags, self._more)


class MarketPicker(QWidget):
    """One is always chosen; emits `chosen(id)` when a person takes another."""

    chosen = Signal(str)

    def __init__(self, markets: Sequence[Adapter], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._grid.setColumnStretch(_ACROSS, 1)
        self._group = QButtonGroup(self)
        self.cards: dict[str, _Card] = {}
        self.show_markets(markets)

    def show_markets(self, markets: Sequence[Adapter]) -> None:
        """Offer these; what was chosen stays so where it can."""
        before = self.market()
        for card in self.cards.values():
            self._group.removeButton(card)
            card.hide()
            card.deleteLater()
        self.cards = {}
        for place, market in enumerate(markets):
            card = _Card(market)
            card.clicked.connect(lambda _=False, name=market.id: self.chosen.emit(name))
            self._group.addButton(card)
            self._grid.addWidget(card, place // _ACROSS, place % _ACROSS)
            self.cards[market.id] = card
        wanted = before if before in self.cards else next(iter(self.cards), "")
        if wanted:
            self.cards[wanted].setChecked(True)

    def market(self) -> str:
        """The chosen one's id, "" where there is none."""
        return next((name for name, card in self.cards.items() if card.isChecked()), "")

    def choose(self, market: str) -> None:
        """Choose by program."""
        self.cards[market].setChecked(True)
