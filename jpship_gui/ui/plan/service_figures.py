"""How many shipments go with whom: one figure a service, its cost beneath; a click shows only those."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.plan import painting
from jpship_gui.ui.plan.lines import Head
from jpship_gui.ui.theme import chips, glyphs, palette
from jpship_gui.ui.widgets.retranslating import Retranslating

_LEAST, _MOST = 168, 260
_HIGH = 92


class ServiceFigures(Retranslating, QWidget):
    """Emits `chosen(head or None)`; what does not fit is summed up in the last place."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heads: tuple[Head, ...] = ()
        self.only: tuple[str, str] | None = None
        self._hovered = -1
        self._at = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_heads(self, heads: Sequence[Head], only: tuple[str, str] | None) -> None:
        """Show these; `only` is the one whose shipments alone are listed."""
        self.heads, self.only = tuple(heads), only
        self.setAccessibleName("、".join(f"{head.name} {head.count}" for head in heads))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for three."""
        return QSize(3 * _LEAST, _HIGH)

    def retranslate(self) -> None:
        """Words stand in the painting."""
        self.update()

    def shown(self) -> int:
        """How many have a place of their own."""
        fit = max(1, self.width() // _LEAST)
        return len(self.heads) if len(self.heads) <= fit else fit - 1

    def box(self, place: int) -> QRectF:
        """Where a figure stands."""
        places = self.shown() + (1 if self.shown() < len(self.heads) else 0)
        wide = min(_MOST, self.width() / max(1, places))
        return QRectF(place * wide, 0, wide, _HIGH)

    def _place(self, x: float) -> int:
        return next((n for n in range(self.shown()) if self.box(n).left() <= x < self.box(n).right()), -1)

    def _choose(self, place: int) -> None:
        if 0 <= place < self.shown():
            head = self.heads[place]
            self.chosen.emit(None if self.only == (head.carrier, head.service) else head)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Only these; a second time all."""
        self._choose(self._place(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What is under the mouse is a little darker."""
        place = self._place(event.position().x())
        if place != self._hovered:
            self._hovered = place
            self.setCursor(Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse."""
        self._hovered = -1
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right walk, Space chooses."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._at = min(max(self._at + step, 0), max(0, self.shown() - 1))
            self.update()
        elif event.key() == Qt.Key.Key_Space:
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The name in full."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place(event.pos().x())
            QToolTip.showText(event.globalPos(), self.heads[place].name if place >= 0 else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Carrier above, the figure, its cost beside it."""
        painter = QPainter(self)
        for place in range(self.shown()):
            self._paint(painter, self.heads[place], self.box(place), place)
        rest = self.heads[self.shown() :]
        if rest:
            box = self.box(self.shown())
            painter.fillRect(QRectF(box.left(), 14, 1, 64), palette.colour("line_strong"))
            words = text("planpage.table.others", count=len(rest))
            painting.line(painter, words, QRectF(box.left() + 20, 12, box.width() - 28, 22), "text2")
            figure = f"{sum(head.count for head in rest):,}"
            painting.line(
                painter, figure, QRectF(box.left() + 20, 36, box.width() - 28, 44), "text2", 28, True
            )
        painter.end()

    def _paint(self, painter: QPainter, head: Head, box: QRectF, place: int) -> None:
        on = self.only == (head.carrier, head.service)
        if on or place == self._hovered:
            inner = box.adjusted(4, 6, -4, -6)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.colour("accent_weak" if on else "hover"))
            painter.drawRoundedRect(inner, 6, 6)
        if self.hasFocus() and place == self._at:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(4, 6, -4, -6), 6, 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if place and not on:
            painter.fillRect(QRectF(box.left(), 14, 1, 64), palette.colour("line_strong"))
        inside = box.adjusted(20, 0, -12, 0)
        x = inside.left()
        if head.carrier:
            chips.draw_bar(painter, head.carrier, x, 23)
            x += 10
        upper = QRectF(x, 12, inside.right() - x, 22)
        painting.line(
            painter,
            name_of(head.carrier, head.name) or text("planpage.table.nobody"),
            upper,
            "text2" if head.carrier else "ng",
        )
        ink = "text" if head.carrier else "ng"
        wide = painting.line(painter, f"{head.count:,}", QRectF(inside.left(), 34, 120, 48), ink, 40, True)
        x = inside.left() + wide + 10
        if head.cost:
            cost = QRectF(x, 52, inside.right() - x, 24)
            x += painting.line(painter, yen(head.cost, about=bool(head.unpriced)), cost, "text2") + 10
        if head.troubles:
            glyphs.draw(painter, glyphs.ATTENTION, x, 56, 16, "attention", "surface")
            painting.line(painter, str(head.troubles), QRectF(x + 20, 52, 40, 24), "attention", 14, True)


def yen(amount: int, *, about: bool = False) -> str:
    """`¥12,300`; with more to come of what has no price, `¥12,300＋`."""
    return f"¥{amount:,}{'＋' if about else ''}"


def name_of(carrier: str, service_name: str) -> str:
    """`ヤマト 宅急便`; a carrier whose only service has its own name stands once."""
    name = names.carrier_name(carrier)
    return name if service_name == name else f"{name} {service_name}".strip()
