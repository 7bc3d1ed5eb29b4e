"""The dark bar on top: where one is, what is left, minutes to each pick-up, own pace, clock (PK-23)."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from jpship_gui.texts import text
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.screen import Screen
from jpship_gui.ui.theme import icons, palette

_MARGIN = 48


def paint(canvas: Canvas, box: QRectF, screen: Screen) -> None:
    """Left: page, desk, person. Right to left: clock, pace, pick-ups, late, left."""
    canvas.fill(box, "rail")
    size = round(canvas.px(24))
    middle = box.center().y()
    x = box.left() + canvas.px(_MARGIN)
    icons.draw(canvas.painter, "barcode", x, middle - size / 2, size, "rail_text")
    x += size + canvas.px(12)
    x += _words(canvas, box, x, text("packpage.title"), 20, "rail_text", bold=True) + canvas.px(24)
    _words(canvas, box, x, "  ".join(filter(None, (screen.desk, screen.person))), 16, "rail_text2")
    _right(canvas, box, screen)


def _words(
    canvas: Canvas, box: QRectF, x: float, words: str, size: float, ink: str, bold: bool = False
) -> float:
    return canvas.write(words, QRectF(x, box.top(), box.right() - x, box.height()), size, ink, bold=bold)


def _right(canvas: Canvas, box: QRectF, screen: Screen) -> None:
    right = box.right() - canvas.px(_MARGIN)
    right = _figure(canvas, box, right, "", screen.clock)
    right = _figure(canvas, box, right - canvas.px(32), text("packpage.pace"), str(screen.pace))
    right = _rule(canvas, box, right)
    for pickup in reversed(screen.pickups):
        ink = "rail_attention" if pickup.near else "rail_text"
        right = _figure(canvas, box, right, pickup.name, pickup.left, ink, pickup.carrier) - canvas.px(32)
    if screen.pickups:
        right = _rule(canvas, box, right + canvas.px(32))
    late_ink = "rail_ng" if screen.late else "rail_text"
    right = _figure(canvas, box, right, text("packpage.late"), str(screen.late), late_ink)
    _figure(canvas, box, right - canvas.px(32), text("packpage.left"), str(screen.left))


def _figure(
    canvas: Canvas,
    box: QRectF,
    right: float,
    label: str,
    value: str,
    ink: str = "rail_text",
    carrier: str = "",
) -> float:
    """A small label and its figure ending at `right`; where the next one ends."""
    width = canvas.width(value, 22, True)
    line = QRectF(right - width, box.top(), width + 2, box.height())
    canvas.write(value, line, 22, ink, bold=True)
    if not label:
        return right - width
    left = right - width - canvas.px(8) - canvas.width(label, 16)
    canvas.write(label, QRectF(left, box.top(), canvas.width(label, 16) + 2, box.height()), 16, "rail_text2")
    if carrier:
        bar = QRectF(left - canvas.px(9), box.center().y() - canvas.px(9), canvas.px(3), canvas.px(18))
        canvas.fill(bar, palette.carrier_colour(carrier))
        left -= canvas.px(9)
    return left


def _rule(canvas: Canvas, box: QRectF, right: float) -> float:
    x = right - canvas.px(16)
    canvas.fill(QRectF(x, box.center().y() - canvas.px(9), 1, canvas.px(18)), "rail_on")
    return x - canvas.px(16)
