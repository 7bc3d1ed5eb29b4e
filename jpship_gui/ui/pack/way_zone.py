"""The parcel's way at the right: slip, goods, instructions, waybill, second verification."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt

from jpship_gui.ui.pack.canvas import Canvas, colour
from jpship_gui.ui.pack.screen import Screen, Step
from jpship_gui.ui.theme import glyphs

_PITCH = 94
_LEAST_PITCH = 58
_NARROWEST = 460
_RADIUS = 23


def paint(canvas: Canvas, box: QRectF, screen: Screen, locked: bool) -> QRectF | None:
    """One station under the other, joined by a line; closer together when there are many. The key of the next tick."""
    count = len(screen.steps)
    if not count:
        return None
    called: QRectF | None = None
    lowest = 2 * _RADIUS + (count - 1) * _LEAST_PITCH
    canvas = canvas.no_larger(min(box.height() / lowest, box.width() / _NARROWEST))
    pitch = min(canvas.px(_PITCH), (box.height() - canvas.px(2 * _RADIUS)) / max(count - 1, 1))
    x = box.left() + canvas.px(_RADIUS)
    top = box.top() + canvas.px(_RADIUS)
    for index, step in enumerate(screen.steps):
        y = top + index * pitch
        if index + 1 < count:
            line = QRectF(round(x), y + canvas.px(_RADIUS + 8), 2, pitch - canvas.px(2 * _RADIUS + 16))
            if line.height() > 0:
                canvas.fill(line, "line_strong")
        _mark(canvas, QPointF(x, y), step, locked)
        row = QRectF(x + canvas.px(_RADIUS + 28), y - pitch / 2, box.right() - x, pitch)
        _words(canvas, row, box.right(), step)
        if step.key and called is None:
            called = QRectF(box.right() - canvas.px(64), row.top(), canvas.px(64), row.height())
    return called


def _mark(canvas: Canvas, centre: QPointF, step: Step, locked: bool) -> None:
    if step.state in ("done", "proven"):
        canvas.disc(centre, _RADIUS, "ok" if step.state == "done" else "done")
        inner = canvas.px(_RADIUS * 0.62)
        shape = glyphs.CHECK if step.state == "done" else glyphs.PROVEN
        box = QRectF(centre.x() - inner, centre.y() - inner, 2 * inner, 2 * inner)
        canvas.glyph(shape, box, colour("surface"), colour("surface"))
    elif step.state == "attention":
        side = canvas.px(_RADIUS * 2.1)
        box = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        canvas.glyph(glyphs.ATTENTION, box, colour("band_attention"), colour("band_attention_ink"))
    elif step.state == "next":
        canvas.ring(centre, _RADIUS, "text" if locked else "accent", 5, "surface")
    else:
        canvas.ring(centre, _RADIUS, "line_strong", 3, "surface")


def _words(canvas: Canvas, box: QRectF, right: float, step: Step) -> None:
    now = step.state in ("next", "attention")
    strong = now or step.state == "proven"
    note_width = _key(canvas, box, right, step) if step.key else _note(canvas, box, right, step, strong)
    room = QRectF(box.left(), box.top(), right - box.left() - note_width - canvas.px(16), box.height())
    size = canvas.fitting(step.word, 36, strong, room.width(), 16)
    canvas.write(step.word, room, size, "text" if strong else "text2", bold=strong)


def _note(canvas: Canvas, box: QRectF, right: float, step: Step, strong: bool) -> float:
    if not step.note:
        return 0.0
    size = canvas.fitting(step.note, 30, strong, (right - box.left()) * 0.62, 18)
    width = canvas.width(step.note, size, strong)
    line = QRectF(right - width - 1, box.top(), width + 2, box.height())
    canvas.write(step.note, line, size, "text" if strong else "text3", bold=strong)
    return width


def _key(canvas: Canvas, box: QRectF, right: float, step: Step) -> float:
    side = canvas.px(58)
    cap = QRectF(right - side, box.center().y() - side / 2, side, side)
    called = step.state == "attention"
    canvas.sheet(
        cap, 8, "band_attention" if called else "surface", "band_attention" if called else "line_strong", 2
    )
    ink = "band_attention_ink" if called else "text2"
    canvas.write(step.key, cap, 32, ink, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
    return side
