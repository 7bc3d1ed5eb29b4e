"""Progress in pieces: a box for each up to eight, then large figures over a bar that fills."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from jpship_gui.ui.pack.canvas import Canvas, colour
from jpship_gui.ui.pack.screen import Good
from jpship_gui.ui.theme import glyphs

_MOST = 8
_IN_A_ROW = 4
_SIDE, _GAP = 84, 16
_SMALLEST = 40  # a smaller box cannot be counted from afar
_BAR = 340


def width(need: int) -> float:
    """Design pixels it takes in a tall row."""
    if need > _MOST:
        return _BAR + 40.0
    return (need if need <= _IN_A_ROW else -(-need // 2)) * (_SIDE + _GAP) + 40.0


def paint(canvas: Canvas, row: QRectF, good: Good, locked: bool) -> float:
    """From the right end of the row; where the words must end."""
    right = row.right() - canvas.px(40)
    deep = 1 if good.need <= _IN_A_ROW else 2
    gap = canvas.px(_GAP)
    side = min(canvas.px(_SIDE), (row.height() - canvas.px(32) - gap * (deep - 1)) / deep)
    if good.need > _MOST or side < canvas.px(_SMALLEST):
        return _figures(canvas, row, good, right)
    wide = -(-good.need // deep)
    left = right - wide * side - (wide - 1) * gap
    top = row.center().y() - (deep * side + (deep - 1) * gap) / 2
    for index in range(good.need):
        box = QRectF(left + (index % wide) * (side + gap), top + (index // wide) * (side + gap), side, side)
        _box(canvas, box, good, index, locked)
    return left


def _box(canvas: Canvas, box: QRectF, good: Good, index: int, locked: bool) -> None:
    if index < good.have:
        canvas.sheet(box, 10, "ok", "ok", 0)
        inset = box.width() * 0.2
        mark = box.adjusted(inset, inset, -inset, -inset)
        canvas.glyph(glyphs.CHECK, mark, colour("surface"), colour("surface"))
        return
    next_one = good.next and index == good.have
    edge = ("text" if locked else "accent") if next_one else "line_strong"
    canvas.sheet(box, 10, "surface", edge, 5 if next_one else 3)


def _figures(canvas: Canvas, row: QRectF, good: Good, right: float) -> float:
    """`3 / 24`, the first figure loudest, and beneath it how full the box is."""
    done = good.have >= good.need
    size = min(64.0, row.height() / canvas.scale * 0.42)
    have, rest = str(good.have), f" / {good.need}"
    have_width, rest_width = canvas.width(have, size, True), canvas.width(rest, size * 0.7)
    wide = max(min(canvas.px(_BAR), row.width() * 0.3), have_width + rest_width)
    left = right - wide
    middle = row.center().y()
    words = QRectF(left, middle - canvas.px(size * 1.15), wide, canvas.px(size * 1.2))
    ink = "ok" if done else "text"
    start = right - have_width - rest_width
    canvas.write(have, QRectF(start, words.top(), have_width + 2, words.height()), size, ink, bold=True)
    lower = QRectF(start + have_width, words.top() + canvas.px(size * 0.12), rest_width + 2, words.height())
    canvas.write(rest, lower, size * 0.7, "text2")
    bar = QRectF(left, middle + canvas.px(size * 0.22), wide, canvas.px(max(10.0, size * 0.36)))
    canvas.sheet(bar, 6, "window", "line_strong", 2)
    if good.have:
        full = QRectF(bar.left(), bar.top(), bar.width() * min(good.have / good.need, 1.0), bar.height())
        canvas.sheet(full, 6, "ok", "ok", 0)
    return left
