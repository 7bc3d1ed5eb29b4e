"""The next instruction in one large line: a pill that says so, then the thing; its variant and count are never cut."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from jpship_gui.texts import text
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.screen import NextThing

_GAP = 0.36  # of the size, between the parts


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
    """Name, variant and count on one line; the name gives way first, then the size of all."""
    left = box.left()
    if pill:
        left = _pill(canvas, box, size, ink, ground) + canvas.px(size * _GAP)
    room = box.right() - left
    if thing.words:
        size = canvas.fitting(thing.words, size, True, room, size * 0.45)
        canvas.write(thing.words, QRectF(left, box.top(), room, box.height()), size, ink, bold=True)
        return
    count = f"×{thing.count}"
    size = canvas.fitting(f"{thing.variant} {count}", size, True, room, size * 0.4)
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


def _pill(canvas: Canvas, box: QRectF, size: float, ink: QColor, ground: QColor) -> float:
    """`Next` the other way round: ground on ink. Where it ends."""
    word = text("packfeel.then")
    tall = canvas.px(size * 1.02)
    width = canvas.width(word, size * 0.62, True) + canvas.px(size * 0.6)
    pill = QRectF(box.left(), box.center().y() - tall / 2, width, tall)
    canvas.sheet(pill, 10, ink, ink, 0)
    canvas.write(word, pill, size * 0.62, ground, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
    return pill.right()
