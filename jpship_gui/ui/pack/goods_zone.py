"""The goods: name, variant as large as it goes, count boxes that fill up, the next expected line framed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPixmap, QPixmapCache

from jpship_gui.texts import text
from jpship_gui.ui.pack.canvas import Canvas, colour
from jpship_gui.ui.pack.screen import Good, Screen
from jpship_gui.ui.theme import glyphs, icons

_ROW = 226
_GAP = 20
_LEAST_ROW = 116
_MOST_BOXES = 5
_ROOM_FOR_CODE = 130  # a lower row shows name and variant only


def paint(canvas: Canvas, box: QRectF, screen: Screen, locked: bool) -> None:
    """As many lines as fit at a readable height, the next expected one always among them; the rest as a count."""
    if not screen.goods:
        return
    fit = max(1, int((box.height() + canvas.px(_GAP)) // canvas.px(_LEAST_ROW + _GAP)))
    shown = _window(screen.goods, fit)
    hidden = len(screen.goods) - len(shown)
    tail = canvas.px(36) if hidden else 0.0
    rows = max(len(shown), 1)
    height = min(canvas.px(_ROW), (box.height() - tail - canvas.px(_GAP) * (rows - 1)) / rows)
    for index, good in enumerate(shown):
        top = box.top() + index * (height + canvas.px(_GAP))
        _row(canvas, QRectF(box.left(), round(top), box.width(), round(height)), good, locked)
    if hidden:
        line = QRectF(box.left(), box.bottom() - tail, box.width(), tail)
        canvas.write(
            text("packpage.more_lines", count=hidden), line, 24, "text2", align=Qt.AlignmentFlag.AlignRight
        )


def _window(goods: tuple[Good, ...], fit: int) -> tuple[Good, ...]:
    """The run of lines to show: the next expected one stays in sight, done ones above it scroll away."""
    wanted = next((i for i, good in enumerate(goods) if good.next), 0)
    first = max(0, min(wanted - 1, len(goods) - fit))
    return goods[first : first + fit]


def _row(canvas: Canvas, row: QRectF, good: Good, locked: bool) -> None:
    edge = ("text" if locked else "accent") if good.next else "line"
    canvas.sheet(row, 12, "surface", edge, 6 if good.next else 1)
    side = row.height() - canvas.px(40)
    picture = QRectF(row.left() + canvas.px(24), row.top() + canvas.px(20), side, side)
    paint_picture(canvas, picture, good)
    left = picture.right() + canvas.px(40)
    right = _boxes(canvas, row, good, locked) - canvas.px(32)
    _words(canvas, QRectF(left, row.top(), right - left, row.height()), good)


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
    else:
        size = canvas.fitting(main, wanted * 0.72, True, box.width(), 30)
    fits = canvas.width(main, size, True) <= box.width()
    one_line = bool(above) or (foot and fits)
    upper, middle, lower = _thirds(canvas, box, size, (bool(above), one_line, foot), tall)
    if above:
        canvas.write(above, upper, 36 if tall else 26, "text2")
    lines = 1 if fits else max(1, int(middle.height() // canvas.px(size * 1.25)))
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


def _boxes(canvas: Canvas, row: QRectF, good: Good, locked: bool) -> float:
    """Count boxes from the right; from six pieces on one box with figures. Where the words must end."""
    side = min(canvas.px(84), row.height() * 0.5)
    right = row.right() - canvas.px(40)
    middle = row.center().y()
    if good.need > _MOST_BOXES:
        return _figures(canvas, row, good, right)
    for index in reversed(range(good.need)):
        box = QRectF(right - side, middle - side / 2, side, side)
        if index < good.have:
            canvas.sheet(box, 10, "ok", "ok", 0)
            inset = side * 0.2
            mark = box.adjusted(inset, inset, -inset, -inset)
            glyphs.paint(canvas.painter, glyphs.CHECK, mark, colour("surface"), colour("surface"))
        else:
            next_one = good.next and index == good.have
            edge = ("text" if locked else "accent") if next_one else "line_strong"
            canvas.sheet(box, 10, "surface", edge, 5 if next_one else 3)
        right -= side + canvas.px(16)
    return right


def _figures(canvas: Canvas, row: QRectF, good: Good, right: float) -> float:
    done = good.have >= good.need
    words = f"{good.have} / {good.need}"
    width = canvas.width(words, 56, True) + canvas.px(40)
    box = QRectF(right - width, row.center().y() - canvas.px(46), width, canvas.px(92))
    canvas.sheet(
        box, 10, "ok" if done else "surface", "ok" if done else "accent" if good.next else "line_strong", 4
    )
    ink = "surface" if done else "text"
    canvas.write(words, box, 56, ink, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
    return right - width


def paint_picture(canvas: Canvas, box: QRectF, good: Good) -> None:
    """The product's picture cut to a rounded square, or a quiet tile where the shop has none."""
    done = good.have >= good.need > 0
    path = QPainterPath()
    path.addRoundedRect(box, canvas.px(8), canvas.px(8))
    picture = _picture(good.picture, box)
    canvas.painter.save()
    canvas.painter.setClipPath(path)
    if picture is None:
        canvas.fill(box, "window")
        size = round(box.width() * 0.42)
        at = box.center() - QPointF(size / 2, size / 2)
        icons.draw(canvas.painter, "package", at.x(), at.y(), size, "ghost")
    else:
        canvas.painter.setOpacity(0.5 if done else 1.0)
        canvas.painter.drawPixmap(box, picture, QRectF(picture.rect()))
    canvas.painter.restore()


def _picture(path: str, box: QRectF) -> QPixmap | None:
    if not path or not Path(path).is_file():
        return None
    key = f"{path}:{round(box.width())}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    loaded = QPixmap(path)
    if loaded.isNull():
        return None
    side = min(loaded.width(), loaded.height())
    cut = loaded.copy((loaded.width() - side) // 2, (loaded.height() - side) // 2, side, side)
    wide = max(1, round(box.width()))
    scaled = cut.scaled(
        wide, wide, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    QPixmapCache.insert(key, scaled)
    return scaled
