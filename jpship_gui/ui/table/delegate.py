"""Paints every cell of the table; one method a column, everything that can be kept is kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from math import ceil

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QStaticText, QTransform
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from jpship_gui.flows.table.list_rows import TableRow
from jpship_gui.texts import text
from jpship_gui.ui.names import (
    carrier_name,
    marketplace_name,
    number_parts,
    prefecture_short,
    shop_words,
    tracking_words,
)
from jpship_gui.ui.table.model import Index, OrderModel
from jpship_gui.ui.table.words import ship_by_parts, stage_words, state_glyph, wish_parts
from jpship_gui.ui.theme import chips, fonts, glyphs, icons, palette
from jpship_gui.ui.widgets import checkbox

ROW = 34
PAD = 10
_KEPT = 6000
_BARS = 5  # printed, checked, linked, verified, handed over


class TextCache:
    """Laid-out texts with their widths, by (words, size, bold, room); the oldest go first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int, bool, int], tuple[QStaticText, float]] = OrderedDict()
        self._tops: dict[tuple[int, bool], float] = {}

    def get(self, words: str, size: int, bold: bool, room: int = 0) -> tuple[QStaticText, float]:
        """The text, shortened to `room` px when that is given, and its width."""
        key = (words, size, bold, room)
        found = self._kept.get(key)
        if found is not None:
            return found
        metrics = fonts.metrics(size, bold)
        width = metrics.horizontalAdvance(words)
        if room and width > room:
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            width = metrics.horizontalAdvance(words)
        made = QStaticText(words)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.prepare(QTransform(), fonts.font(size, bold))
        self._kept[key] = (made, width)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return made, width

    def top(self, size: int, bold: bool, height: float) -> float:
        """Where a line of this size starts so that it stands in the middle of a row."""
        key = (size, bold)
        line = self._tops.get(key)
        if line is None:
            metrics = fonts.metrics(size, bold)
            line = self._tops[key] = metrics.ascent() + metrics.descent()
        return (height - line) / 2


class OrderDelegate(QStyledItemDelegate):
    """Set `current`, `hovered`, `now` and `narrow` before painting; it asks the model for rows and ticks."""

    def __init__(self, model: OrderModel, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._now = now
        self.now = now()
        self.current = -1
        self.hovered = -1
        self.narrow = False
        self.focused = True
        self._texts = TextCache()
        self._columns: Mapping[str, Callable[[QPainter, QRectF, TableRow], None]] = {
            "tick": self._tick,
            "state": self._state,
            "ship_by": self._ship_by,
            "shop": self._shop,
            "number": self._number,
            "recipient": self._recipient,
            "goods": self._goods,
            "wish": self._wish,
            "carrier": self._carrier,
            "stage": self._stage,
            "quantity": self._quantity,
            "service": self._service,
            "batch": self._batch,
            "tracking_no": self._tracking_no,
            "key": self._key,
        }

    def look_at_clock(self) -> None:
        """Take the time that remains from now on."""
        self.now = self._now()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are all alike."""
        return QSize(80, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, line beneath, lines of the current row, content."""
        rect = option.rect
        number = index.row()
        row = self._model.row(number)
        box = QRectF(rect)
        self._ground(painter, box, number, row)
        if row is not None:
            self._columns[self._model.columns()[index.column()]](painter, box, row)

    def _ground(self, painter: QPainter, box: QRectF, number: int, row: TableRow | None) -> None:
        ticked = row is not None and self._model.is_ticked(row.row_id)
        if ticked:
            ground = "accent_weak"
        elif number in (self.current, self.hovered):
            ground = "hover"
        else:
            ground = "surface"
        painter.fillRect(box, palette.colour(ground))
        if number == self.current:
            accent = palette.colour("accent")
            painter.fillRect(QRectF(box.left(), box.top(), box.width(), 2), accent)
            painter.fillRect(QRectF(box.left(), box.bottom() - 2, box.width(), 2), accent)
            if box.left() <= 0:
                painter.fillRect(QRectF(box.left(), box.top(), 4, box.height()), accent)
        else:
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), palette.colour("line"))

    def _text(
        self,
        painter: QPainter,
        words: str,
        x: float,
        box: QRectF,
        ink: str,
        size: int = 14,
        bold: bool = False,
        room: int = 0,
    ) -> float:
        """Paint words from x; how far they reach."""
        static, width = self._texts.get(words, size, bold, max(room, 0))
        painter.setPen(palette.colour(ink))
        painter.setFont(fonts.font(size, bold))
        painter.drawStaticText(
            QPointF(round(x), box.top() + self._texts.top(size, bold, box.height() - 1)), static
        )
        return width

    def _wide(self, words: str, size: int = 14, bold: bool = False) -> float:
        return self._texts.get(words, size, bold)[1]

    def _right(
        self, painter: QPainter, words: str, box: QRectF, ink: str, size: int = 14, bold: bool = False
    ) -> float:
        width = self._wide(words, size, bold)
        self._text(painter, words, box.right() - PAD - width, box, ink, size, bold)
        return width

    def _plain(self, painter: QPainter, words: str, box: QRectF, ink: str = "text2") -> None:
        if words:
            self._text(painter, words, box.left() + PAD, box, ink, room=int(box.width() - 2 * PAD))
        else:
            self._text(painter, "–", box.left() + PAD, box, "ghost")

    # Columns ----------------------------------------------------------------------------------------------------

    def _tick(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        on = self._model.is_ticked(row.row_id)
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        x = box.left() + (box.width() - checkbox.SIZE) / 2 + 1
        checkbox.draw(painter, x, box.top() + (box.height() - checkbox.SIZE) / 2, state)

    def _state(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        shape, ink, count = state_glyph(row)
        x = box.left() + (box.width() - 16) / 2
        glyphs.draw(
            painter, shape, round(x), round(box.top() + (box.height() - 16) / 2), 16, ink, "surface", count
        )

    def _ship_by(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        word, figure, ink, bold = ship_by_parts(row, self.now)
        width = self._right(painter, figure, box, ink, 14, bold)
        if word:
            x = box.right() - PAD - width - 8 - self._wide(word, 12)
            self._text(painter, word, x, box, "text2" if ink == "text" else ink, 12)

    def _shop(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        word = marketplace_name(row.marketplace)
        x = box.left() + PAD
        width = chips.draw_chip(painter, row.marketplace, word, x, box.center().y())
        room = int(box.right() - (x + width + 8) - 4)
        if not self.narrow and row.shop != word and room > 20:
            self._text(
                painter, shop_words(row.marketplace, row.shop), x + width + 8, box, "text2", 12, room=room
            )

    def _number(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        head, tail = number_parts(row.number)
        x = box.left() + PAD
        room = box.width() - 2 * PAD - self._wide(tail) + 6
        if head and (self.narrow or self._wide(head) > room):
            head = "…"
        if head:
            x += self._text(painter, head, x, box, "text3")
        self._text(painter, tail, x, box, "text")

    def _recipient(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        room = box.width() - 2 * PAD
        if not self.narrow:
            place = prefecture_short(row.prefecture)
            room -= self._right(painter, place, box, "text2", 12) + 6
        self._text(painter, row.recipient_name, box.left() + PAD, box, "text", room=int(room))

    def _goods(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        """Widths are reserved from the right; the name gets what is left and is shortened, never the variant."""
        right = box.right() - PAD
        for icon, ink, figure in _flags(row):
            if figure:
                right -= self._wide(figure, 12, True)
                self._text(painter, figure, right, box, ink, 12, True)
                right -= 2
            right -= 18
            icons.draw(painter, icon, right, box.top() + (box.height() - 18) / 2, 18, ink)
            right -= 6 if figure else 2
        left = box.left() + PAD
        more = text("table.more_lines", count=row.more_lines) if row.more_lines else ""
        times = f"×{row.goods_quantity}"
        many = row.goods_quantity > 1
        tail = self._wide(times, 14, many) + 8 + (self._wide(more, 12) + 10 if more else 0)
        available = right - left - 6
        variant = row.goods_variant
        variant_room = 0
        if variant:
            wanted = ceil(self._wide(variant, 14, True)) + 1
            variant_room = int(min(wanted, max(40, available - tail - 12)))
        name_room = available - tail - (variant_room + 28 if variant else 8)
        x = left
        if name_room >= 16:
            x += self._text(painter, row.goods_name, x, box, "text2", room=int(name_room)) + 8
        if variant:
            pill = QRectF(round(x), box.top() + (box.height() - 22) / 2, round(variant_room) + 12, 22)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            ticked = self._model.is_ticked(row.row_id)
            painter.setBrush(palette.colour("line" if ticked else "variant"))
            painter.drawRoundedRect(pill, 4, 4)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._text(painter, variant, x + 6, box, "text", 14, True, room=variant_room)
            x += variant_room + 12 + 8
        x += self._text(painter, times, x, box, "text" if many else "text2", 14, many) + 10
        if more:
            self._text(painter, more, x, box, "text2", 12)

    def _wish(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        day, slot = wish_parts(row)
        x = box.left() + PAD
        if not day and not slot:
            self._text(painter, "–", x, box, "ghost")
            return
        if day:
            x += self._text(painter, day, x, box, "text") + 5
        if slot:
            self._text(painter, slot, x, box, "text2", room=int(box.right() - x - 2))

    def _carrier(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        if not row.carrier:
            self._text(painter, "–", box.left() + PAD, box, "ghost")
            return
        chips.draw_bar(painter, row.carrier, box.left() + PAD, box.center().y())
        x = box.left() + PAD + 10
        self._text(painter, carrier_name(row.carrier), x, box, "text2", room=int(box.right() - x - 2))

    def _stage(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        words, ink = stage_words(row)
        bars = _BARS * 8 - 3
        left = box.right() - PAD - bars
        self._text(painter, words, box.left() + PAD, box, ink, room=int(left - box.left() - PAD - 6))
        verified = bool(row.facts & 8)
        for number in range(_BARS):
            on = bool(row.facts >> number & 1)
            token = ("done" if verified else "text3") if on else "line"
            rect = QRectF(left + number * 8, box.top() + (box.height() - 10) / 2, 5, 10)
            painter.fillRect(rect, palette.colour(token))

    def _quantity(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        self._right(painter, f"{row.pieces:,}", box, "text", 14, row.pieces > 1)

    def _service(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        self._plain(painter, row.service, box)

    def _batch(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        self._right(painter, row.batch_label or "–", box, "text" if row.batch_label else "ghost")

    def _tracking_no(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        self._plain(painter, tracking_words(row.tracking_no), box, "text")

    def _key(self, painter: QPainter, box: QRectF, row: TableRow) -> None:
        self._plain(painter, row.key, box)


def _flags(row: TableRow) -> list[tuple[str, str, str]]:
    """Icons at the right end of the goods, from the right, and the figure behind each. Of orders packed together the
    one whose slip counts stands out."""
    flags = []
    if row.together:
        flags.append(("layers-linked", "text" if row.leads else "text3", str(row.together)))
    if row.parcels > 1:
        flags.append(("packages", "text2", str(row.parcels)))
    if row.cool:
        flags.append(("snowflake", "text2", ""))
    if row.gift:
        flags.append(("gift", "text2", ""))
    if row.remark_unread:
        flags.append(("message", "attention", ""))
    return flags
