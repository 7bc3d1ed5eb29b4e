"""Whose driver is here? Every carrier with its pile, to be read from afar; a digit or a click begins."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt

from jpship_gui.ui.handover.screen import Card, Screen
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.theme import palette

_TALLEST, _GAP, _HEAD = 184, 18, 84
_RIGHT = Qt.AlignmentFlag.AlignRight


def paint(canvas: Canvas, box: QRectF, screen: Screen) -> tuple[QRectF, ...]:
    """Where each can be clicked, in their order."""
    inner = box.adjusted(canvas.px(48), canvas.px(20), -canvas.px(48), -canvas.px(24))
    head = QRectF(inner.left(), inner.top(), inner.width(), canvas.px(_HEAD))
    canvas.write(
        screen.title, head, canvas.fitting(screen.title, 48, True, head.width(), 24), "text", bold=True
    )
    body = QRectF(inner.left(), head.bottom(), inner.width(), inner.bottom() - head.bottom())
    count = len(screen.cards)
    wide = 1 if count <= 3 else 2
    deep = -(-count // wide)
    gap = canvas.px(_GAP)
    width = (body.width() - gap * (wide - 1)) / wide
    height = min(canvas.px(_TALLEST), (body.height() - gap * (deep - 1)) / deep)
    places = []
    for index, card in enumerate(screen.cards):
        left = body.left() + index // deep * (width + gap)
        place = QRectF(left, body.top() + index % deep * (height + gap), width, height)
        _card(canvas.no_larger(height / _TALLEST), place, str(index + 1), card)
        places.append(place)
    return tuple(places)


def _card(canvas: Canvas, box: QRectF, sign: str, card: Card) -> None:
    canvas.sheet(box, 12, "surface", "line_strong", 2)
    cap = QRectF(box.left() + canvas.px(24), box.center().y() - canvas.px(44), canvas.px(72), canvas.px(88))
    canvas.sheet(cap, 8, "accent_weak", "accent_weak", 0)
    canvas.write(sign, cap, 52, "accent", bold=True, align=Qt.AlignmentFlag.AlignHCenter)
    bar = QRectF(cap.right() + canvas.px(28), box.top() + canvas.px(28), canvas.px(10), 0)
    bar.setBottom(box.bottom() - canvas.px(28))
    canvas.fill(bar, palette.carrier_colour(card.carrier))
    number = canvas.width(card.count, 110, True)
    unit = canvas.width(card.unit, 36)
    units = QRectF(box.right() - canvas.px(36) - unit - 2, box.top() + canvas.px(34), unit + 2, box.height())
    units.setBottom(box.bottom())
    canvas.write(card.unit, units, 36, "text2")
    figure = QRectF(units.left() - canvas.px(12) - number - 2, box.top(), number + 2, box.height())
    canvas.write(card.count, figure, 110, "text", bold=True)
    room = QRectF(bar.right() + canvas.px(24), box.top() + canvas.px(18), 0, box.height() * 0.46)
    room.setRight(figure.left() - canvas.px(30))
    canvas.write(card.name, room, canvas.fitting(card.name, 64, True, room.width(), 28), "text", bold=True)
    below = QRectF(room.left(), room.bottom(), room.width(), box.bottom() - room.bottom() - canvas.px(14))
    x = below.left()
    if card.pickup:
        size = canvas.fitting(card.pickup, 40, True, below.width(), 20)
        ink = "attention_strong" if card.near else "text"
        x += canvas.write(card.pickup, below, size, ink, bold=True) + canvas.px(32)
    rest = QRectF(x, below.top(), below.right() - x, below.height())
    if card.note and rest.width() > canvas.px(120):
        canvas.write(
            card.note, rest, canvas.fitting(card.note, 32, False, rest.width(), 18), "attention_strong"
        )
