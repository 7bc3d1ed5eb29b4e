"""The next instruction in one large line: a pill that says so, then the thing; its variant and count are never cut."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from jpship_gui.texts import text
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.screen import NextThing

_GAP = 0.36  # of the size, between the parts
_LEAST = 0.25  # of the size: smaller than that it is no longer the next thing
_WITH_NAME = 0.6  # of the size, down to which all gives way before the name does
_PILL = 64.0  # it says what the line is, and is no larger than that needs


def paint(
    canvas: Canvas,
    box: QRectF,
    thing: NextThing,
    size: float,
    ink: QColor,
    ground: QColor,
    *,
    pill: bool = True,
) -> None:
    """Name, variant and count on one line; a little of the size gives way first, then the name, then the rest of it."""
    left = box.left()
    if pill:
        left = _pill(canvas, box, min(size, _PILL), ink, ground) + canvas.px(min(size, _PILL) * _GAP)
    room = box.right() - left
    if thing.words:
        size = canvas.fitting(thing.words, size, True, room, size * _LEAST)
        canvas.write(thing.words, QRectF(left, box.top(), room, box.height()), size, ink, bold=True)
        return
    count = f"×{thing.count}"
    size = canvas.fitting(f"{thing.variant} {count}", size, True, room, size * _LEAST)
    size = _with_name(canvas, thing, count, size, room)
    gap = canvas.px(size * _GAP)
    count_width = canvas.width(count, size, True)
    variant_width = min(canvas.width(thing.variant, size, True), room - count_width - gap)
    name_room = room - variant_width - count_width - 2 * gap
    if thing.name and name_room >= canvas.px(size * 2):
        line = QRectF(left, box.top(), name_room, box.height())
        left += canvas.write(thing.name, line, size * 0.8, ink) + gap
    line = QRectF(left, box.top(), variant_width + 2, box.height())
    left += canvas.write(thing.variant, line, size, ink, bold=True) + gap
    canvas.write(count, QRectF(left, box.top(), count_width + 2, box.height()), size, ink, bold=True)


def _with_name(canvas: Canvas, thing: NextThing, count: str, size: float, room: float) -> float:
    """The size at which nothing has to give way, if it is not much smaller."""
    if not thing.name:
        return size
    needed = canvas.width(thing.name, size * 0.8) + 2 * canvas.px(size * _GAP)
    needed += canvas.width(thing.variant, size, True) + canvas.width(count, size, True)
    fits = size * 0.97 * room / needed if needed > room else size
    return fits if fits >= size * _WITH_NAME else size


def _pill(canvas: Canvas, box: QRectF, size: float, ink: QColor, ground: QColor) -> float:
    """`Next` the other way round: ground on ink. Where it ends."""
    word = text("packfeel.then")
    tall = canvas.px(size * 1.02)
    width = canvas.width(word, size * 0.62, True) + canvas.px(size * 0.6)
    pill = QRectF(box.left(), box.center().y() - tall / 2, width, tall)
    canvas.sheet(pill, 10, ink, ink, 0)
    canvas.write(word, pill, size * 0.62, ground, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
    return pill.right()
