"""A sheet over the middle of the packing page: a question with its answers, or the page's acts.

Painted, never a window: it takes no key and no focus, so that a scan still reaches the desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, Qt

from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.looks import LOOKS

SIGNS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # what a person types to take a row
_EDGE = 40
_HEAD = 72
_FOOT = 40
_GAP = 12
_TALLEST, _LOWEST = 104, 56
_WIDEST = 920
_LOW = 76  # a lower row has its command code beneath its words


@dataclass(frozen=True, slots=True)
class Row:
    """One answer or act. `key` is the key that does it without the sheet, `code` its command code."""

    words: str
    key: str = ""
    code: str = ""
    note: str = ""
    allowed: bool = True
    klass: str = ""  # painted as this class of outcome, with its shape


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is asked and the answers, in the order of their signs; `foot` says how to leave."""

    title: str
    rows: tuple[Row, ...]
    foot: str = ""


def columns(count: int) -> int:
    """Few answers stand under each other, many beside each other too."""
    return 1 if count <= 4 else 2 if count <= 12 else 3


def paint(canvas: Canvas, box: QRectF, sheet: Sheet) -> tuple[QRectF, ...]:
    """Where each row can be clicked."""
    canvas.fill(box, "window")
    inner = box.adjusted(canvas.px(_EDGE), canvas.px(24), -canvas.px(_EDGE), -canvas.px(16))
    head = QRectF(inner.left(), inner.top(), inner.width(), canvas.px(_HEAD))
    size = canvas.fitting(sheet.title, 44, True, head.width(), 24)
    canvas.write(sheet.title, head, size, "text", bold=True)
    foot = QRectF(inner.left(), inner.bottom() - canvas.px(_FOOT), inner.width(), canvas.px(_FOOT))
    canvas.write(sheet.foot, foot, 24, "text2")
    body = QRectF(inner.left(), head.bottom() + canvas.px(8), inner.width(), foot.top() - head.bottom())
    places = _places(canvas, body, len(sheet.rows))
    for sign, row, place in zip(SIGNS, sheet.rows, places, strict=False):
        _row(canvas, place, sign, row)
    return places


def _places(canvas: Canvas, body: QRectF, count: int) -> tuple[QRectF, ...]:
    """Column by column, so that the signs run downwards."""
    wide = columns(count)
    deep = max(1, -(-count // wide))
    gap = canvas.px(_GAP)
    width = min((body.width() - gap * (wide - 1)) / wide, canvas.px(_WIDEST * (2 if wide == 1 else 1)))
    height = min(canvas.px(_TALLEST), (body.height() - gap * deep) / deep)
    return tuple(
        QRectF(
            body.left() + (index // deep) * (width + gap),
            body.top() + (index % deep) * (height + gap),
            width,
            height,
        )
        for index in range(count)
    )


def _row(canvas: Canvas, box: QRectF, sign: str, row: Row) -> None:
    ink = "text" if row.allowed else "ghost"
    note_ink = "text2" if row.allowed else "ghost"
    if row.klass:
        ground, ink, shape = LOOKS[row.klass]
        note_ink = ink
        canvas.sheet(box, 10, ground, ground, 0)
        side = box.height() * 0.66
        mark = QRectF(box.right() - side - canvas.px(24), box.center().y() - side / 2, side, side)
        canvas.shape(shape, mark, ink, ground)
    else:
        edge = "line_strong" if row.allowed else "line"
        canvas.sheet(box, 10, "surface" if row.allowed else "window", edge, 2)
    cap = QRectF(box.left() + canvas.px(12), box.top() + canvas.px(8), 0, box.height() - canvas.px(16))
    cap.setWidth(min(cap.height(), canvas.px(64)))
    if row.allowed:
        canvas.sheet(cap, 8, "accent_weak", "accent_weak", 0)
    sign_ink = "accent" if row.allowed else "ghost"
    canvas.write(sign, cap, 32, sign_ink, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
    if box.height() < canvas.px(_LOW) and row.code and not row.note:
        row = replace(row, note=row.code, code="")
    right = mark.left() if row.klass else _keys(canvas, box, row)
    room = QRectF(
        cap.right() + canvas.px(20),
        box.top(),
        right - cap.right() - canvas.px(36),
        box.height(),
    )
    if not row.note:
        size = canvas.fitting(row.words, 32, True, room.width(), 18)
        canvas.write(row.words, room, size, ink, bold=True)
        return
    upper = QRectF(room.left(), room.top() + room.height() * 0.08, room.width(), room.height() * 0.5)
    lower = QRectF(room.left(), upper.bottom(), room.width(), room.height() * 0.36)
    canvas.write(row.words, upper, canvas.fitting(row.words, 30, True, room.width(), 18), ink, bold=True)
    canvas.write(row.note, lower, canvas.fitting(row.note, 20, False, room.width(), 14), note_ink)


def _keys(canvas: Canvas, box: QRectF, row: Row) -> float:
    """The key as a cap and the command code in small letters at the right; where the words must end."""
    right = box.right() - canvas.px(16)
    width = max(canvas.width(row.code, 18), 0.0)
    quiet = "text2" if row.allowed else "ghost"
    if row.key:
        cap_width = max(canvas.width(row.key, 24, True) + canvas.px(24), canvas.px(48))
        tall = canvas.px(40)
        top = box.top() + canvas.px(6) if row.code else box.center().y() - tall / 2
        cap = QRectF(right - cap_width, top, cap_width, tall)
        canvas.sheet(cap, 6, "surface", "line_strong", 2)
        canvas.write(row.key, cap, 24, quiet, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
        if row.code:
            below = QRectF(right - width - 2, cap.bottom(), width + 2, box.bottom() - cap.bottom())
            canvas.write(row.code, below, 18, "text3" if row.allowed else "ghost")
        return right - max(cap_width, width)
    if row.code:
        line = QRectF(right - width - 2, box.top(), width + 2, box.height())
        canvas.write(row.code, line, 18, "text3" if row.allowed else "ghost")
        return line.left()
    return right


def row_at(places: Sequence[QRectF], x: float, y: float) -> int | None:
    """Which row lies there."""
    return next((i for i, place in enumerate(places) if place.contains(x, y)), None)
