"""Shipments side by side in columns, what differs marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.domain.shipment import Shipment
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.plan import painting
from jpship_gui.ui.plan.comparing import CompareRow, Parts, Piece, Services, compare
from jpship_gui.ui.theme import chips, fonts, glyphs, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_LABEL = 132
_LEAST = 216  # width of a column
_HEAD = 64
_LINE = 22
_PAD = 12
_GOODS = 28
_MOST = 24  # side by side; the head of the page counts them all


class CompareGrid(Retranslating, QWidget):
    """As high as its rows; wider than its place where there are many shipments."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._found: tuple[Shipment, ...] = ()
        self.services: Services = {}
        self.rows: list[CompareRow] = []
        self._tops: list[float] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shipments(self, found: Sequence[Shipment]) -> None:
        """Compare these."""
        self._found = tuple(found[:_MOST])
        self.retranslate()

    def retranslate(self) -> None:
        """Words are part of the rows."""
        self.rows = compare(self._found, self.services) if self._found else []
        said = [
            f"{text(row.title)}: " + " / ".join("".join(w for w, _ in c) for c in row.cells)
            for row in self.rows
        ]
        self.setAccessibleDescription("\n".join(said))
        self.setMinimumWidth(_LABEL + _LEAST * len(self._found))
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        if event.size().width() != event.oldSize().width():
            self._lay()

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(
            _LABEL + _LEAST * max(2, len(self._found)), round(self._tops[-1] if self._tops else _HEAD) + 8
        )

    def minimumSizeHint(self) -> QSize:
        """The same height; the place around it scrolls sideways."""
        return QSize(self.minimumWidth(), self.sizeHint().height())

    def _column(self) -> float:
        return (self.width() - _LABEL) / max(1, len(self._found))

    def _lay(self) -> None:
        room = max(self._column() - 2 * _PAD, 40)
        top = float(_HEAD)
        self._tops = [top]
        for row in self.rows:
            lines = max((len(_wrapped(parts, room)) for parts in row.cells), default=1)
            high = max((len(pieces) for pieces in row.goods), default=0) * _GOODS
            top += max(lines * _LINE, high) + 14
            self._tops.append(top)
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Heads, then a row for each thing that is said."""
        painter = QPainter(self)
        column = self._column()
        for number, one in enumerate(self._found):
            self._paint_head(painter, one, _LABEL + number * column, column)
        painter.fillRect(QRectF(0, _HEAD - 1, self.width(), 1), palette.colour("line_strong"))
        for row, top, bottom in zip(self.rows, self._tops, self._tops[1:], strict=False):
            if row.differs:
                painter.fillRect(QRectF(0, top, self.width(), bottom - top), palette.colour("attention_weak"))
                glyphs.draw(painter, glyphs.ATTENTION, _PAD, top + 10, 16, "attention", "attention_weak")
            label = QRectF(_PAD + (24 if row.differs else 0), top + 7, _LABEL - _PAD - 28, _LINE)
            painting.line(painter, text(row.title), label, "attention_strong" if row.differs else "text2", 12)
            for number, parts in enumerate(row.cells):
                box = QRectF(_LABEL + number * column + _PAD, top + 7, column - 2 * _PAD, bottom - top)
                _paint_parts(painter, parts, box, loud=row.differs)
            for number, pieces in enumerate(row.goods):
                box = QRectF(_LABEL + number * column + _PAD, top + 7, column - 2 * _PAD, bottom - top)
                _paint_goods(painter, pieces, box)
            if bottom != self._tops[-1]:
                painter.fillRect(QRectF(0, bottom - 1, self.width(), 1), palette.colour("line"))
        for number in range(1, len(self._found)):
            x = round(_LABEL + number * column)
            painter.fillRect(QRectF(x, 8, 1, self.height() - 8), palette.colour("line"))
        painter.end()

    def _paint_head(self, painter: QPainter, one: Shipment, x: float, column: float) -> None:
        upper = QRectF(x + _PAD, 8, column - 2 * _PAD, 24)
        market, shop = one.order_id.marketplace, one.order_id.shop
        wide: float = chips.draw_chip(
            painter, market, names.marketplace_name(market), upper.left(), upper.center().y()
        )
        painting.line(painter, names.shop_words(market, shop), upper.adjusted(wide + 8, 0, 0, 0), "text2", 12)
        lower = QRectF(x + _PAD, 34, column - 2 * _PAD, 22)
        words, ink = painting.due_words(one.ship_by, self._now())
        due = painting.line(painter, words, lower, ink, 14, ink in ("ng", "attention"), right=True)
        room = lower.adjusted(0, 0, -due - 8, 0)
        head, tail = names.number_parts(one.order_id.number)
        wide = painting.line(painter, head, room.adjusted(0, 0, -46, 0), "text3")
        painting.line(painter, tail, room.adjusted(wide, 0, 0, 0), "text", 14, True)


def _wrapped(parts: Parts, room: float) -> list[Parts]:
    """Parts broken into lines, between any two characters as addresses are."""
    metrics = fonts.metrics(14)
    lines: list[list[tuple[str, bool]]] = [[]]
    used = 0.0
    for words, marked in parts:
        run = ""
        for letter in words:
            wide = metrics.horizontalAdvance(letter)
            if letter == "\n" or used + wide > room:
                if run:
                    lines[-1].append((run, marked))
                lines.append([])
                run, used = "", 0.0
                if letter == "\n":
                    continue
            run += letter
            used += wide
        if run:
            lines[-1].append((run, marked))
    return [tuple(found) for found in lines]


def _paint_parts(painter: QPainter, parts: Parts, box: QRectF, *, loud: bool) -> None:
    if not any(words for words, _ in parts):
        painting.line(painter, "–", QRectF(box.left(), box.top(), box.width(), _LINE), "ghost")
        return
    metrics = fonts.metrics(14)
    for number, runs in enumerate(_wrapped(parts, box.width())):
        x, y = box.left(), box.top() + number * _LINE
        for words, marked in runs:
            wide = metrics.horizontalAdvance(words)
            if marked:
                ground = QRectF(x - 1, y + 1, wide + 2, _LINE - 2)
                painter.fillRect(ground, palette.colour("mark"))
            painter.setFont(fonts.font(14))
            painter.setPen(palette.colour("attention_strong" if loud and not marked else "text"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
            painter.drawText(QRectF(x, y, wide + 4, _LINE), flags, words)
            x += wide


def _paint_goods(painter: QPainter, pieces: Sequence[Piece], box: QRectF) -> None:
    for number, piece in enumerate(pieces):
        place = QRectF(box.left(), box.top() - 3 + number * _GOODS, box.width(), _GOODS)
        many = piece.quantity > 1
        count = f"×{piece.quantity}"
        metrics = fonts.metrics(14, True)
        tail = metrics.horizontalAdvance(count) + 10
        variant = piece.variant
        room = box.width() - tail
        wanted = metrics.horizontalAdvance(variant) + 20 if variant else 0
        if wanted > room * 0.7:
            variant = metrics.elidedText(variant, Qt.TextElideMode.ElideRight, room * 0.7 - 20)
            wanted = metrics.horizontalAdvance(variant) + 20
        name = QRectF(place.left(), place.top(), max(room - wanted, 0), _GOODS)
        x = place.left() + painting.line(painter, piece.name, name, "text2") + 8
        if variant:
            x += painting.pill(painter, variant, x, place.center().y(), "text", "variant") + 8
        painting.line(
            painter, count, QRectF(x, place.top(), 60, _GOODS), "text" if many else "text2", 14, many
        )
