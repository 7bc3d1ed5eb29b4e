"""One line of goods: name, variant as large as it goes, what differs from a look-alike set apart, and the pieces."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from jpship_gui.texts import text
from jpship_gui.ui.pack import count_boxes
from jpship_gui.ui.pack.canvas import Canvas, colour
from jpship_gui.ui.pack.pictures import paint_picture
from jpship_gui.ui.pack.screen import Good
from jpship_gui.ui.theme import glyphs

_LEAST = 116  # a lower row stands on one line
_FOLDED = 44.0  # a variant that would be smaller takes two lines
_ROOM_FOR_CODE = 130  # a lower row shows name and variant only


def paint(canvas: Canvas, row: QRectF, good: Good, locked: bool) -> None:
    """Tall with picture and boxes, or low on one line."""
    edge = ("text" if locked else "accent") if good.next else "line"
    low = row.height() < canvas.px(_LEAST)
    canvas.sheet(row, 12, "surface", edge, 6 if good.next else 1)
    if low:
        _low(canvas, row, good)
        return
    side = row.height() - canvas.px(40)
    picture = QRectF(row.left() + canvas.px(24), row.top() + canvas.px(20), side, side)
    paint_picture(canvas, picture, good)
    left = picture.right() + canvas.px(40)
    right = count_boxes.paint(canvas, row, good, locked) - canvas.px(32)
    _words(canvas, QRectF(left, row.top(), right - left, row.height()), good)


def _low(canvas: Canvas, row: QRectF, good: Good) -> None:
    """Picture, variant, name and figures on one line; done ones pale with a check mark."""
    done = good.have >= good.need
    inset = canvas.px(8)
    side = row.height() - 2 * inset
    picture = QRectF(row.left() + canvas.px(16), row.top() + inset, side, side)
    paint_picture(canvas, picture, good)
    left, right = picture.right() + canvas.px(24), row.right() - canvas.px(24)
    if done:
        mark = QRectF(right - side * 0.72, row.center().y() - side * 0.36, side * 0.72, side * 0.72)
        canvas.glyph(glyphs.CHECK, mark, colour("ok"), colour("surface"))
        right = mark.left() - canvas.px(16)
    figures = f"{good.have} / {good.need}"
    width = canvas.width(figures, 34, True)
    line = QRectF(right - width - 1, row.top(), width + 2, row.height())
    canvas.write(figures, line, 34, "text2" if done else "text", bold=True)
    right = line.left() - canvas.px(24)
    main, beside = (good.variant, good.name) if good.variant else (good.name, "")
    ink = "text2" if done else "text"
    size = canvas.fitting(main, 36, True, right - left, 24)
    room = QRectF(left, row.top(), right - left, row.height())
    fits = canvas.width(main, size, True) <= room.width()
    if good.differs[1] and fits and not done:
        taken = emphasise(canvas, main, room, size, ink, good.differs)
    else:
        taken = canvas.write(main, room, size, ink, bold=not done)
    rest = QRectF(left + taken + canvas.px(24), row.top(), right - left - taken - canvas.px(24), row.height())
    if beside and rest.width() > canvas.px(80):
        canvas.write(beside, rest, 26, "text2")


def emphasise(
    canvas: Canvas, words: str, box: QRectF, size: float, ink: str | QColor, part: tuple[int, int]
) -> float:
    """One line whose differing part stands bold on a ground of its own; the width of all."""
    before, here, after = words[: part[0]], words[part[0] : part[1]], words[part[1] :]
    left = box.left()
    for piece, strong in ((before, False), (here, True), (after, False)):
        if not piece.strip():
            left += canvas.width(piece, size)
            continue
        width = canvas.width(piece, size, strong)
        if strong:
            tall = min(canvas.px(size * 1.16), box.height())
            ground = QRectF(left - canvas.px(6), box.center().y() - tall / 2, width + canvas.px(12), tall)
            canvas.sheet(ground, 8, "mark", "mark", 0)
        canvas.write(piece, QRectF(left, box.top(), width + 2, box.height()), size, ink, bold=strong)
        left += width
    return left - box.left()


def _words(canvas: Canvas, box: QRectF, good: Good) -> None:
    tall = box.height() >= canvas.px(180)
    done = good.have >= good.need
    ink = "text2" if done else "text"
    main, above = (good.variant, good.name) if good.variant else (good.name, "")
    code = good.code if box.height() >= canvas.px(_ROOM_FOR_CODE) else ""
    foot = bool(code or good.set_name)
    wanted = 72.0 if tall else 48.0
    if above:
        room = box.height() / canvas.scale - 24 - (48 if tall else 34)
        room -= (32 if tall else 24) if foot else 0
        size = canvas.fitting(main, min(wanted, max(24.0, room / 1.25)), True, box.width(), 24)
        folded = tall and size < _FOLDED
        if folded:  # a long variant is larger on two lines
            size = canvas.fitting_lines(main, min(_FOLDED, room / 2.5), box.width(), 2, 20, bold=True)
    else:
        folded = False
        size = canvas.fitting(main, wanted * 0.72, True, box.width(), 30)
    fits = canvas.width(main, size, True) <= box.width()
    one_line = (bool(above) and not folded) or (foot and fits)
    upper, middle, lower = _thirds(canvas, box, size, (bool(above), one_line, foot), tall)
    if above:
        canvas.write(above, upper, 36 if tall else 26, "text2")
    lines = 1 if fits else max(1, int(middle.height() // canvas.px(size * 1.25)))
    if lines == 1 and fits and good.differs[1]:
        emphasise(canvas, main, middle, size, ink, good.differs)
    else:
        canvas.paragraph(main, middle, size, ink, most=lines, bold=True)
    if good.set_name:
        lower.setLeft(_set_mark(canvas, lower, good.set_name, 22 if tall else 18) + canvas.px(16))
    if code and lower.width() > canvas.width(code, 22 if tall else 18):
        canvas.write(code, lower, 22 if tall else 18, "text3")


def _set_mark(canvas: Canvas, line: QRectF, name: str, size: int) -> float:
    """The set a component belongs to, on a quiet ground; where it ends."""
    word = text("packpage.in_set")
    side, gap = canvas.px(10), canvas.px(8)
    head = canvas.width(word, size, True)
    room = min(canvas.width(name, size) + 2, line.width() - head - gap - 2 * side)
    box = QRectF(line.left(), line.top(), head + gap + room + 2 * side, line.height())
    canvas.sheet(box, 6, "accent_weak", "accent_weak", 0)
    canvas.write(
        word, QRectF(box.left() + side, box.top(), head + 2, box.height()), size, "accent", bold=True
    )
    canvas.write(name, QRectF(box.left() + side + head + gap, box.top(), room, box.height()), size, "text")
    return box.right()


def _thirds(
    canvas: Canvas, box: QRectF, size: float, parts: tuple[bool, bool, bool], tall: bool
) -> tuple[QRectF, QRectF, QRectF]:
    """Name, variant and code under each other, centred as one block on the height of the row. `parts`: whether there is
    a name above, whether the middle is one line, whether there is a line below."""
    above, one_line, below = parts
    up = canvas.px(48 if tall else 34) if above else 0.0
    low = canvas.px(32 if tall else 24) if below else 0.0
    room = box.height() - canvas.px(24) - up - low
    middle = min(canvas.px(size * 1.25) if one_line or size >= 48 else room, room)
    top = box.center().y() - (up + middle + low) / 2
    upper = QRectF(box.left(), top, box.width(), up)
    main = QRectF(box.left(), upper.bottom(), box.width(), middle)
    return upper, main, QRectF(box.left(), main.bottom(), box.width(), low)
