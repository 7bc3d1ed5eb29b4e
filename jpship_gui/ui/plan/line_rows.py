"""The plan table's rows as painted: a head for each service, beneath it its shipments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.plan import painting
from jpship_gui.ui.plan.lines import Head, Line, Row
from jpship_gui.ui.plan.row_list import TICK, RowList, RowModel
from jpship_gui.ui.plan.service_figures import name_of, yen
from jpship_gui.ui.theme import chips, fonts, glyphs, icons

ROW = 52
_DUE, _SHOP, _TO, _WISH, _COST, _OTHER = 84, 78, 132, 116, 84, 150
_WIDE = 1200  # px from which the next cheaper choice has a column of its own


def row_name(row: Row) -> str:
    """What stays the same of a row."""
    return f"head:{row.carrier}:{row.service}" if isinstance(row, Head) else row.key


def row_words(row: Row) -> str:
    """One line about it, for screen readers and tool tips."""
    if isinstance(row, Head):
        return f"{name_of(row.carrier, row.name)} {row.count}"
    cost = yen(row.cost) if row.cost is not None else ""
    parts = (row.trouble, row.recipient, row.place, row.service_name, row.reason, cost)
    return "\n".join(filter(None, parts))


class LineList(RowList[Row]):
    """`service_asked(place)`: the service of the current row was clicked, or Enter pressed on it."""

    service_asked = Signal(object)

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.cutoffs: Mapping[str, time] = {}  # when carriers fetch
        super().__init__(RowModel(row_name, row_words), self._paint, ROW, ticking=True)
        self.entered.connect(self.ask_service)

    def lines(self) -> list[Line]:
        """Ticked shipments, else the current one."""
        ticked = [row for row in self.ticked() if isinstance(row, Line)]
        current = self.current()
        return ticked or ([current] if isinstance(current, Line) else [])

    def ask_service(self) -> None:
        """The choices of the current row are wanted where its service stands."""
        if self.lines():
            box = self.visualRect(self.currentIndex())
            left = box.left() + round(_service_left(box.width()))
            self.service_asked.emit(self.viewport().mapToGlobal(QPoint(left, box.bottom())))

    def _toggle(self, place: int) -> None:
        """A head's tick is that of all its shipments."""
        row = self.rows.rows[place]
        if isinstance(row, Line):
            super()._toggle(place)
            return
        group = {
            self.rows.name(n)
            for n, one in enumerate(self.rows.rows)
            if isinstance(one, Line) and one.group == (row.carrier, row.service)
        } | {row_name(row)}
        on = row_name(row) not in self.rows.ticked
        self.rows.ticked = self.rows.ticked | group if on else self.rows.ticked - group
        self._ticked()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the service opens the choices."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        box = self.visualRect(index)
        left = _service_left(box.width())
        x = event.position().x() - box.left()
        if isinstance(self.rows.rows[index.row()], Line) and left <= x < left + _service_wide(box.width()):
            self.ask_service()

    def _paint(self, painter: QPainter, box: QRectF, row: Row) -> None:
        if isinstance(row, Head):
            self._paint_head(painter, box, row)
        else:
            self._paint_line(painter, box, row)

    def _paint_head(self, painter: QPainter, box: QRectF, head: Head) -> None:
        x = box.left()
        if head.carrier:
            chips.draw_bar(painter, head.carrier, x, box.center().y())
            x += 10
        name = name_of(head.carrier, head.name) or text("planpage.table.nobody")
        place = QRectF(x, box.top(), box.width() * 0.5, box.height())
        x += painting.line(painter, name, place, "text" if head.carrier else "ng", 16, True) + 16
        x += painting.line(
            painter, text("planpage.orders", count=head.count), place.translated(x - place.left(), 0), "text2"
        )
        if head.troubles:
            glyphs.draw(painter, glyphs.ATTENTION, x + 16, box.center().y() - 8, 16, "attention")
            painting.line(
                painter,
                str(head.troubles),
                QRectF(x + 38, box.top(), 60, box.height()),
                "attention",
                14,
                True,
            )
            x += 60
        words, ink = painting.pickup_words(self.cutoffs.get(head.carrier), self._now())
        room = QRectF(x + 20, box.top(), _cost_box(box).left() - x - 28, box.height())
        painting.line(painter, words, room, ink, 12)
        if head.cost:
            words = yen(head.cost, about=bool(head.unpriced))
            painting.line(painter, words, _cost_box(box), "text", 14, True, right=True)

    def _paint_line(self, painter: QPainter, box: QRectF, line: Line) -> None:
        upper = QRectF(box.left(), box.top() + 6, box.width(), 22)
        lower = QRectF(box.left(), box.top() + 28, box.width(), 18)
        self._paint_due(painter, box, line)
        x = box.left() + _DUE
        chips.draw_chip(
            painter, line.marketplace, names.marketplace_name(line.marketplace), x, upper.center().y(), 62
        )
        tail = names.number_parts(line.number)[1]
        painting.line(painter, f"…{tail}", QRectF(x, lower.top(), _SHOP - 8, 18), "text3", 12)
        x += _SHOP
        painting.line(painter, line.recipient, QRectF(x, upper.top(), _TO - 12, 22))
        painting.line(painter, line.place, QRectF(x, lower.top(), _TO - 12, 18), "text3", 12)
        x += _TO
        room = max(_service_left(box.width() + TICK + 32) - TICK - 16 - _WISH - (x - box.left()), 60)
        self._paint_goods(painter, QRectF(x, box.top(), room - 12, box.height()), line)
        self._paint_wish(painter, QRectF(x + room, box.top(), _WISH - 12, box.height()), line)
        self._paint_service(painter, box, line)

    def _paint_due(self, painter: QPainter, box: QRectF, line: Line) -> None:
        word, figure, ink = painting.due_parts(line.ship_by, self._now())
        shape, token = (glyphs.PROBLEM, "ng") if line.stops else (glyphs.ATTENTION, "attention")
        if line.trouble:
            glyphs.draw(painter, shape, box.left() - 4, box.top() + 9, 16, token)
        place = QRectF(box.left() + 16, box.top() + 6, _DUE - 26, 22)
        painting.line(painter, figure, place, ink, 14, ink in ("ng", "attention"), right=True)
        small = "text2" if ink == "text" else ink
        painting.line(painter, word, place.translated(0, 22).adjusted(0, 0, 0, -4), small, 12, right=True)

    def _paint_goods(self, painter: QPainter, box: QRectF, line: Line) -> None:
        upper = QRectF(box.left(), box.top() + 6, box.width(), 22)
        many, count = line.quantity > 1, f"×{line.quantity}"
        tail = fonts.metrics(14, True).horizontalAdvance(count) + 8
        variant = line.variant
        if variant:
            most = max(box.width() - tail - 36, 40)  # the name is elided first, down to a letter or two
            variant = fonts.metrics(14, True).elidedText(variant, Qt.TextElideMode.ElideRight, most - 20)
            tail += fonts.metrics(14, True).horizontalAdvance(variant) + 20
        x = box.left() + painting.line(painter, line.goods, upper.adjusted(0, 0, -tail, 0), "text2") + 8
        if variant:
            x += painting.pill(painter, variant, x, upper.center().y(), "text", "variant") + 8
        painting.line(painter, count, QRectF(x, upper.top(), 50, 22), "text" if many else "text2", 14, many)
        x, y = box.left(), box.top() + 28
        for icon, ink, words in _marks(line):
            icons.draw(painter, icon, x, y + 1, 16, ink)
            x += 20
            x += painting.line(painter, words, QRectF(x, y, 120, 18), "text2", 12) + 10
        painting.line(painter, line.measures, QRectF(x, y, max(box.right() - x, 0), 18), "text3", 12)

    def _paint_wish(self, painter: QPainter, box: QRectF, line: Line) -> None:
        if not line.wish:
            painting.line(painter, "–", QRectF(box.left(), box.top() + 6, box.width(), 22), "ghost")
            return
        x = box.left()
        if line.wish_bad:
            glyphs.draw(painter, glyphs.ATTENTION, x, box.top() + 9, 16, "attention")
            x += 22
        ink, small = ("attention", "attention") if line.wish_bad else ("text", "text2")
        day, _, slot = line.wish.partition(" ")
        painting.line(painter, day, QRectF(x, box.top() + 6, box.right() - x, 22), ink, 14, line.wish_bad)
        painting.line(painter, slot, QRectF(x, box.top() + 28, box.right() - x, 18), small, 12)

    def _paint_service(self, painter: QPainter, box: QRectF, line: Line) -> None:
        width = box.width() + TICK + 32
        left = box.left() + _service_left(width) - TICK - 16
        wide = _service_wide(width) - 16
        x = left
        if line.carrier:
            chips.draw_bar(painter, line.carrier, x, box.top() + 17)
            x += 10
        name = name_of(line.carrier, line.service_name) or text("planpage.table.nobody")
        place = QRectF(x, box.top() + 6, left + wide - x - 20, 22)
        used = painting.line(
            painter, name, place, "text" if line.carrier else "ng", 14, line.by_hand or not line.carrier
        )
        icons.draw(painter, "chevron-down", x + used + 4, box.top() + 10, 14, "text3")
        reason = QRectF(left, box.top() + 28, wide, 18)
        ink = "ng" if line.stops else "attention" if line.trouble else "text3"
        painting.line(painter, line.trouble or line.reason, reason, ink, 12)
        cost = _cost_box(box)
        words = yen(line.cost) if line.cost is not None else ""
        known = line.cost is not None
        if width >= _WIDE:
            painting.line(painter, words, cost, "text" if known else "ghost", right=True)
            other = QRectF(cost.right() + 16, box.top(), box.right() - cost.right() - 16, box.height())
            painting.line(painter, line.other, other, "text3", 12)
            return
        painting.line(painter, words, cost.adjusted(0, 6, 0, -24), "text" if known else "ghost", right=True)
        painting.line(painter, line.other, cost.adjusted(-60, 28, 0, -6), "text3", 12, right=True)


def _marks(line: Line) -> list[tuple[str, str, str]]:
    marks = []
    if line.more:
        marks.append(("list-details", "text3", text("table.more_lines", count=line.more)))
    if line.together:
        marks.append(("layers-linked", "text2", str(line.together)))
    if line.boxes > 1:
        marks.append(("packages", "text2", str(line.boxes)))
    if line.cool:
        marks.append(("snowflake", "done", line.cool))
    return marks


def _right_part(width: float) -> float:
    """What stands right of the service."""
    return _COST + (_OTHER if width >= _WIDE else 0)


def _service_wide(width: float) -> float:
    return max(196.0, min(width * 0.24, 380))


def _service_left(width: float) -> float:
    """Of a row so wide, where the service begins."""
    return width - 16 - _right_part(width) - _service_wide(width)


def _cost_box(box: QRectF) -> QRectF:
    width = box.width() + TICK + 32
    right = box.right() - (_OTHER if width >= _WIDE else 0)
    return QRectF(right - _COST, box.top(), _COST, box.height())
