"""What is sent: one search line for words, codes and scans, the lines beneath it, the sum at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.flows.intake.entry import EnteredLine, Entry
from jpship_gui.flows.intake.known_goods import KnownGoods
from jpship_gui.texts import text
from jpship_gui.ui.intake.hand.cell import SIDE, Cell, CellSheet, Field
from jpship_gui.ui.intake.hand.suggest import SuggestField, Suggestion
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.retranslating import Retranslating

_ROW = 56
_COUNT, _PRICE, _RATE, _SUM = 64, 92, 56, 84
_RATES = ("10", "8", "0")


class _Ringed(QWidget):
    """A small field in a row of goods, with the ring while it has the keyboard."""

    def __init__(self, field: QLineEdit, before: str = "") -> None:
        super().__init__()
        self.setFixedHeight(36)
        self._field, self._before, self._focused, self.bad = field, before, False, False
        row = QHBoxLayout(self)
        row.setContentsMargins(22 if before else 8, 4, 8, 4)
        row.addWidget(field)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The ring comes and goes with the keyboard."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._focused = event.type() == QEvent.Type.FocusIn
            self.update()
        return False

    def refuse(self, wrong: bool) -> None:
        """Mark it as wrong."""
        self.bad = wrong
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A field's outline, and the sign before the figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = "ng" if self.bad else "accent" if self._focused else "line"
        wide = 2 if self.bad or self._focused else 1
        inset = wide / 2
        painter.setPen(QPen(palette.colour(token), wide))
        painter.setBrush(palette.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        if self._before:
            painter.setPen(palette.colour("text3"))
            painter.setFont(fonts.font(14))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(9, 0, 16, self.height()), middle, self._before)
        painter.end()


class GoodsRow(Retranslating, QWidget):
    """One line: known goods by their words, free text in two fields; count, price, rate, sum."""

    changed = Signal()
    left = Signal()  # Enter in the count: on to the next goods
    removed = Signal()

    def __init__(self, line: EnteredLine) -> None:
        super().__init__()
        self._line = line
        self.setFixedHeight(_ROW)
        self.count = _figure(line.quantity, bold=True)
        self.price = _figure(line.unit_price)
        self.rate = Button(kind="quiet", size="small")
        self.rate.setFixedWidth(_RATE)
        self.sum = Label(bold=True)
        self.sum.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.remove = IconButton("x", "handform.remove", size="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, 10, 0)
        row.setSpacing(8)
        row.addWidget(self._words(), 1)
        self._count_box, self._price_box = _Ringed(self.count, "×"), _Ringed(self.price)
        for widget, wide in (
            (self._count_box, _COUNT),
            (self._price_box, _PRICE),
            (self.rate, _RATE),
            (self.sum, _SUM),
        ):
            widget.setFixedWidth(wide)
            row.addWidget(widget)
        row.addWidget(self.remove)
        self.count.textChanged.connect(self._typed)
        self.price.textChanged.connect(self._typed)
        self.count.returnPressed.connect(self.left)
        self.price.returnPressed.connect(self.left)
        self.rate.clicked.connect(self._next_rate)
        self.remove.clicked.connect(self.removed)
        self.retranslate()

    def _words(self) -> QWidget:
        block = QWidget()
        if self._line.sku:
            column = QVBoxLayout(block)
            column.setContentsMargins(0, 7, 0, 7)
            column.setSpacing(0)
            upper = QHBoxLayout()
            upper.setSpacing(8)
            upper.addWidget(ElidedLabel(self._line.name, ink="text2"))
            if self._line.variant:
                upper.addWidget(_Tinted(self._line.variant))
            upper.addStretch(1)
            column.addLayout(upper)
            column.addWidget(ElidedLabel(self._line.sku, size=12, ink="text3"))
            return block
        across = QHBoxLayout(block)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        self.name, self.variant = Field(14), Field(14, bold=True)
        self.name.setText(self._line.name)
        self.variant.setText(self._line.variant)
        for field, share in ((self.name, 3), (self.variant, 1)):
            field.textChanged.connect(self._typed)
            across.addWidget(_Ringed(field), share)
        return block

    def line(self) -> EnteredLine:
        """As it stands."""
        typed = replace(self._line, quantity=self.count.text(), unit_price=self.price.text())
        if self._line.sku:
            return typed
        return replace(typed, name=self.name.text(), variant=self.variant.text())

    def stops(self) -> list[QWidget]:
        """Where Tab stops, from left to right."""
        words: list[QWidget] = [] if self._line.sku else [self.name, self.variant]
        return [*words, self.count, self.price, self.rate, self.remove]

    def add(self, pieces: int) -> None:
        """So many more."""
        words = self.count.text().strip()
        self.count.setText(str((int(words) if words.isdigit() else 0) + pieces))

    def show_money(self, shown: bool) -> None:
        """Prices step back where nothing is paid."""
        for widget in (self._price_box, self.rate, self.sum):
            widget.setVisible(shown)

    def refuse(self, wrong: frozenset[str]) -> None:
        """Mark what is wrong of `quantity`, `unit_price`."""
        self._count_box.refuse("quantity" in wrong)
        self._price_box.refuse("unit_price" in wrong)

    def amount(self) -> int:
        """Yen of the line, 0 while it cannot be read."""
        words = (self.count.text().strip(), self.price.text().replace(",", "").strip())
        return int(words[0]) * int(words[1]) if all(w.isascii() and w.isdigit() for w in words) else 0

    def retranslate(self) -> None:
        """Names for screen readers, and the rate."""
        if not hasattr(self, "rate"):
            return
        self.count.setAccessibleName(text("entry.field.quantity"))
        self.price.setAccessibleName(text("entry.field.unit_price"))
        self.price.setToolTip(text("entry.field.unit_price"))
        self.rate.show_text(f"{self._line.tax_rate}%")
        self.rate.setToolTip(text("entry.field.tax_rate"))
        self.rate.setAccessibleName(f"{text('entry.field.tax_rate')} {self._line.tax_rate}%")
        if not self._line.sku:
            self.name.setPlaceholderText(text("handform.goods_name"))
            self.variant.setPlaceholderText(text("handform.goods_variant"))
        self._show_sum()

    def _next_rate(self) -> None:
        rate = self._line.tax_rate
        place = _RATES.index(rate) if rate in _RATES else -1
        self._line = replace(self._line, tax_rate=_RATES[(place + 1) % len(_RATES)])
        self.retranslate()
        self.changed.emit()

    def _typed(self) -> None:
        self._show_sum()
        self.changed.emit()

    def _show_sum(self) -> None:
        amount = self.amount()
        self.sum.show_text(f"¥{amount:,}" if amount else "–")
        self.sum.set_ink("text" if amount else "ghost")


class _Tinted(QWidget):
    """A variant, bold on its own ground, never shortened."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """The words and a margin."""
        return QSize(round(fonts.metrics(14, True).horizontalAdvance(self._words)) + 14, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.colour("variant"))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setPen(palette.colour("text"))
        painter.setFont(fonts.font(14, True))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self._words)
        painter.end()


class _Heads(Retranslating, QWidget):
    """The columns' words over the lines, painted where the rows have their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.money = True
        self.setFixedHeight(28)

    def retranslate(self) -> None:
        """Words stand in the painting."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Right to left, as the fields stand."""
        painter = QPainter(self)
        painter.setFont(fonts.font(12))
        painter.setPen(palette.colour("text2"))
        right, middle = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter
        x = self.width() - 10 - 32 - 8
        columns = [
            ("handform.sum", _SUM, 0),
            ("entry.field.tax_rate", _RATE, 10),
            ("handform.price", _PRICE, 8),
        ]
        for key, wide, inset in columns if self.money else []:
            painter.drawText(QRectF(x - wide - 40, 4, wide + 40 - inset, 24), right | middle, text(key))
            x -= wide + 8
        painter.drawText(
            QRectF(x - _COUNT - 20, 4, _COUNT + 12, 24), right | middle, text("entry.field.quantity")
        )
        painter.end()


class GoodsSheet(CellSheet):
    """Emits `changed()`, and `asked(words)` for goods to be offered; answer with `offer`."""

    changed = Signal()
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[GoodsRow] = []
        self._money, self._priced = True, True
        self.search = SuggestField()
        self.cell = Cell("entry.field.goods", self.search)
        self.cell.note.say("handform.scan")
        self.cell.note.show()
        self.add([(self.cell, 1)])
        self.search.asked.connect(self._ask)
        self.search.entered.connect(self._ask)
        self.search.picked.connect(self._pick)
        self._block = QWidget()
        self._lines = QVBoxLayout(self._block)
        self._lines.setContentsMargins(0, 0, 0, 4)
        self._lines.setSpacing(0)
        self._heads = _Heads()
        self._lines.addWidget(self._heads)
        self.add_widget(self._block)
        self.add_widget(self._foot())
        self._show()

    def _foot(self) -> QWidget:
        self._sums = QWidget()
        self._sums.setFixedHeight(64)
        row = QHBoxLayout(self._sums)
        row.setContentsMargins(12, 0, 20, 0)
        row.setSpacing(12)
        self.cash = CheckBox("entry.cash_on_delivery")
        self.cash.toggled.connect(lambda _: self.changed.emit())
        self.postage = _figure("")
        self._postage_box = _Ringed(self.postage)
        self._postage_box.setFixedWidth(_PRICE)
        self.postage.textChanged.connect(lambda _: self._typed())
        self.total = Label(size=28, bold=True)
        row.addWidget(self.cash)
        row.addStretch(1)
        row.addWidget(Label("entry.field.postage", size=12, ink="text2"))
        row.addWidget(self._postage_box)
        row.addSpacing(12)
        row.addWidget(Label("handform.total", size=12, ink="text2"))
        row.addWidget(self.total)
        return self._sums

    def values(self) -> dict[str, Any]:
        """Fields of an `Entry`."""
        return {
            "lines": tuple(row.line() for row in self.rows),
            "postage": self.postage.text(),
            "cash_on_delivery": self.cash.isChecked(),
        }

    def show_values(self, entry: Entry) -> None:
        """Show an entry's."""
        for row in list(self.rows):
            self._drop(row)
        for line in entry.lines:
            self._add(line)
        self.search.clear()
        self.postage.setText(entry.postage)
        self.cash.setChecked(entry.cash_on_delivery)
        self._show()

    def set_priced(self, priced: bool) -> None:
        """Whether goods picked from now on bring their price; a sample or a re-send costs nothing."""
        self._priced = priced
        self._show()

    def offer(self, words: str, found: Sequence[KnownGoods]) -> None:
        """Goods that fit; what was typed may stand as it is, last."""
        if words != self.search.text().strip():
            return  # typed on since
        made = [
            Suggestion(one, one.name, one.variant, "  ".join(filter(None, (one.sku, one.shelf))))
            for one in found
        ]
        free = Suggestion(words, text("handform.free", words=words), icon="pencil")
        self.search.offer([*made, free] if words else [])

    def take(self, goods: KnownGoods) -> GoodsRow:
        """One piece of these; goods that are there already get one more."""
        for row in self.rows:
            if row.line().sku.upper() == goods.sku.upper():
                row.add(1)
                return row
        price = str(goods.unit_price) if self._priced and goods.unit_price else ""
        line = EnteredLine(goods.name, "1", goods.sku, goods.variant, price, str(goods.tax_rate))
        row = self._add(line)
        self._typed()
        return row

    def refuse(self, faults: dict[str, frozenset[str]]) -> None:
        """Mark fields by the line's place, counted from 1 as text: `{"2": {"quantity"}}`."""
        for place, row in enumerate(self.rows, start=1):
            row.refuse(faults.get(str(place), frozenset()))

    def refuse_postage(self, wrong: bool) -> None:
        """Mark the postage."""
        self._postage_box.refuse(wrong)

    def _ask(self, words: str) -> None:
        if words:
            self.asked.emit(words)
        else:
            self.search.close_list()

    def _pick(self, value: object) -> None:
        self.search.clear()
        row = self.take(value) if isinstance(value, KnownGoods) else self._add(EnteredLine(str(value)))
        row.count.setFocus(Qt.FocusReason.OtherFocusReason)
        row.count.selectAll()
        self._typed()

    def _add(self, line: EnteredLine) -> GoodsRow:
        row = GoodsRow(line)
        row.changed.connect(self._typed)
        row.left.connect(lambda: self.search.setFocus(Qt.FocusReason.TabFocusReason))
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._lines.addWidget(row)
        row.show()
        self._show()
        return row

    def _remove(self, row: GoodsRow) -> None:
        place = self.rows.index(row)
        self._drop(row)
        beside = self.rows[min(place, len(self.rows) - 1)].count if self.rows else self.search
        beside.setFocus(Qt.FocusReason.OtherFocusReason)
        self._typed()

    def _drop(self, row: GoodsRow) -> None:
        self.rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _typed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """Prices are there where something is paid, or was typed before."""
        words = self.postage.text().replace(",", "").strip()
        postage = int(words) if words.isascii() and words.isdigit() else 0
        total = sum(row.amount() for row in self.rows) + postage
        money = self._priced or bool(total) or self.cash.isChecked()
        for row in self.rows:
            row.show_money(money)
        self._heads.money = money
        self._heads.update()
        self._block.setVisible(bool(self.rows))
        self._sums.setVisible(money and bool(self.rows))
        self.total.show_text(f"¥{total:,}")
        self.total.set_ink("text" if total else "text3")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hairlines between the lines too."""
        super().paintEvent(event)
        painter = QPainter(self)
        for row in self.rows[1:]:
            top = self._block.y() + row.y()
            painter.fillRect(QRectF(SIDE, top, self.width() - 2 * SIDE, 1), palette.colour("line"))
        painter.end()


def _figure(words: str, bold: bool = False) -> QLineEdit:
    made = QLineEdit(words)
    made.setProperty("plain", True)
    made.setFont(fonts.font(16 if bold else 14, bold))
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    return made
