"""The dark bar on top: where one is, what is left, minutes to each pick-up, own pace, clock (PK-23)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt

from jpship_gui.texts import text
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.screen import Screen
from jpship_gui.ui.theme import icons, palette

_MARGIN = 48
_TARGET = 64  # width of what can be clicked in the bar
_TARGETS = ("smaller", "larger", "acts")


def paint(canvas: Canvas, box: QRectF, screen: Screen) -> Mapping[str, QRectF]:
    """Left: page, desk, person. Right to left: acts, size of words, clock, pace, pick-ups, late, left. What can be
    clicked, by name."""
    canvas.fill(box, "rail")
    size = round(canvas.px(24))
    middle = box.center().y()
    x = box.left() + canvas.px(_MARGIN)
    icons.draw(canvas.painter, "barcode", x, middle - size / 2, size, "rail_text")
    x += size + canvas.px(12)
    x += _words(canvas, box, x, text("packpage.title"), 20, "rail_text", bold=True) + canvas.px(24)
    _words(canvas, box, x, "  ".join(filter(None, (screen.desk, screen.person))), 16, "rail_text2")
    targets = _targets(canvas, box)
    _right(canvas, box, targets[_TARGETS[0]].left() - canvas.px(16), screen)
    return targets


def _targets(canvas: Canvas, box: QRectF) -> Mapping[str, QRectF]:
    """A smaller and a larger A, and three dots; each as wide as a finger."""
    wide = max(canvas.px(_TARGET), 56.0)
    left = box.right() - canvas.px(8) - wide * len(_TARGETS)
    places = {
        name: QRectF(left + index * wide, box.top(), wide, box.height())
        for index, name in enumerate(_TARGETS)
    }
    centred = Qt.AlignmentFlag.AlignHCenter
    canvas.write("A－", places["smaller"], 24, "rail_text", align=centred)
    canvas.write("A＋", places["larger"], 30, "rail_text", bold=True, align=centred)
    acts = places["acts"]
    size = round(canvas.px(36))
    at = acts.center()
    icons.draw(canvas.painter, "dots", at.x() - size / 2, at.y() - size / 2, size, "rail_text")
    return places


def _words(
    canvas: Canvas, box: QRectF, x: float, words: str, size: float, ink: str, bold: bool = False
) -> float:
    return canvas.write(words, QRectF(x, box.top(), box.right() - x, box.height()), size, ink, bold=bold)


def _right(canvas: Canvas, box: QRectF, right: float, screen: Screen) -> None:
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
