"""Per-shop counters above the confirmation lists (CF-10): what can go, what is held back, what is doubtful."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jpship_gui.flows.confirm.review import ShopCount
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.theme import chips, fonts, glyphs, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_LEAST = 220
_BLOCK = 96  # from one row of shops to the next


class ShopFigures(Retranslating, QWidget):
    """One block a shop between thin uprights."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shops: tuple[ShopCount, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shops(self, shops: Sequence[ShopCount]) -> None:
        """Show these shops."""
        self._shops = tuple(shops)
        self.updateGeometry()
        self.update()

    def _across(self) -> int:
        """How many stand side by side; the others follow beneath."""
        return max(1, min(len(self._shops) or 1, self.width() // _LEAST))

    def sizeHint(self) -> QSize:
        """Two lines and air for each row of shops."""
        rows = -(-max(len(self._shops), 1) // self._across())
        return QSize(_LEAST * min(max(len(self._shops), 1), 3), 92 + (rows - 1) * _BLOCK)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need more rows."""
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def retranslate(self) -> None:
        """Words stand in the painting."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Chip and shop above, figures beneath."""
        painter = QPainter(self)
        across = self._across()
        wide = max(_LEAST, min(360, self.width() // across))
        for index, shop in enumerate(self._shops):
            x, top = index % across * wide, index // across * _BLOCK
            if index % across:
                painter.fillRect(QRectF(x, top + 2, 1, 72), palette.colour("line_strong"))
                x += 24
            painter.save()
            painter.translate(0, top)
            _block(painter, shop, x)
            painter.restore()
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), palette.colour("line_strong"))
        painter.end()


def _block(painter: QPainter, shop: ShopCount, x: float) -> None:
    wide = chips.draw_chip(painter, shop.marketplace, names.marketplace_name(shop.marketplace), x, 12)
    painter.setFont(fonts.font(14))
    painter.setPen(palette.colour("text2"))
    painter.drawText(
        QRectF(x + wide + 10, 0, 220, 24),
        Qt.AlignmentFlag.AlignVCenter,
        names.shop_words(shop.marketplace, shop.shop),
    )
    ink = "ok" if shop.green else "ghost"
    x = _figure(painter, str(shop.green), x, 40, ink)
    key = "confirmpage.green_file" if shop.by == "file" else "confirmpage.green"
    x = _figure(painter, text(key), x + 10, 14, "text2", bold=False) + 24
    late = "attention" if shop.queue and shop.queue.late else "text2"
    marks = (
        (shop.red, glyphs.NG, "ng"),
        (shop.doubtful, glyphs.ATTENTION, "attention"),
        (shop.waiting, glyphs.HOLD, late),
    )
    for count, shape, token in marks:
        if count:
            glyphs.draw(painter, shape, x, 52, 16, token, "window")
            x = _figure(painter, str(count), x + 22, 20, token) + 16
    if shop.untracked:
        _figure(painter, text("confirmpage.untracked", count=shop.untracked), x, 14, "text2", bold=False)


def _figure(painter: QPainter, words: str, x: float, size: int, ink: str, bold: bool = True) -> float:
    painter.setFont(fonts.font(size, bold))
    painter.setPen(palette.colour(ink))
    wide = fonts.metrics(size, bold).horizontalAdvance(words)
    painter.drawText(QRectF(x, 36, wide + 2, 48), Qt.AlignmentFlag.AlignVCenter, words)
    return x + wide
