"""The instructions to be ticked, each large with its own words: the next one framed, with the key that ticks it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt

from jpship_gui.ui.pack.canvas import Canvas, colour
from jpship_gui.ui.pack.screen import Task
from jpship_gui.ui.theme import glyphs

_GAP = 12
_MOST = 360
_LEAST = {"done": 56.0, "open": 84.0, "next": 190.0}


def least_height(tasks: Sequence[Task]) -> float:
    """Design pixels that all of them need at least."""
    return sum(_LEAST[task.state] + _GAP for task in tasks) + 44.0


def paint(canvas: Canvas, box: QRectF, tasks: Sequence[Task], locked: bool) -> QRectF | None:
    """Done ones are low, the next one takes most of what is left. Where the next one can be clicked."""
    gap = canvas.px(_GAP)
    room = box.height() - gap * (len(tasks) - 1)
    shares = {task.state: canvas.px(_LEAST[task.state]) for task in tasks}
    spare = room - sum(shares[task.state] for task in tasks)
    waiting = sum(1 for task in tasks if task.state == "open")
    if "open" in shares and spare > 0:
        more = min(canvas.px(48), spare / 3 / waiting)
        shares["open"] += more
        spare -= more * waiting
    if "next" in shares:
        shares["next"] = min(shares["next"] + max(spare, 0.0), canvas.px(_MOST))
    called = None
    top = box.top()
    for task in tasks:
        card = QRectF(box.left(), round(top), box.width(), round(shares[task.state]))
        _card(canvas, card, task, locked)
        called = card if task.state == "next" else called
        top += shares[task.state] + gap
    return called


def _card(canvas: Canvas, card: QRectF, task: Task, locked: bool) -> None:
    now = task.state == "next"
    edge = ("text" if locked else "accent") if now else "line"
    canvas.sheet(card, 12, "surface", edge, 6 if now else 1)
    side = min(canvas.px(116), card.height() - canvas.px(16))
    mark = QRectF(card.left() + canvas.px(90) - side / 2, card.center().y() - side / 2, side, side)
    _mark(canvas, mark, task)
    left = card.left() + canvas.px(188)
    words = QRectF(left, card.top(), card.right() - left - canvas.px(32), card.height())
    ink = "text2" if task.state == "done" else "text"
    if task.state == "done":
        canvas.write(f"{task.word}　{task.detail}", words, 28, ink)
        return
    if not task.detail:
        size = canvas.fitting(task.word, 72 if now else 44, True, words.width(), 24)
        canvas.write(task.word, words, size, ink, bold=True)
        return
    tall = card.height() / canvas.scale
    size = min(60.0 if now else 38.0, tall * 0.36)
    size = canvas.fitting(task.word, size, True, words.width(), 20)
    head = canvas.px(size * 1.3)
    detail = " ".join(task.detail.split())
    room = card.height() - head - canvas.px(24)
    small, lines = _fitting(canvas, detail, 52.0 if now else 32.0, words.width(), room)
    body = min(canvas.px(small * 1.4 * lines), room)
    top = card.center().y() - (head + body) / 2
    canvas.write(task.word, QRectF(words.left(), top, words.width(), head), size, ink, bold=True)
    canvas.paragraph(detail, QRectF(words.left(), top + head, words.width(), body), small, ink, most=lines)


def _fitting(canvas: Canvas, words: str, size: float, width: float, height: float) -> tuple[float, int]:
    """The largest size at which all lines fit, and how many they are."""
    while True:
        most = max(1, int(height // canvas.px(size * 1.36)))
        needed = canvas.lines(words, size, width)
        if needed <= most or size <= 16:
            return size, min(needed, most)
        size -= 2


def _mark(canvas: Canvas, box: QRectF, task: Task) -> None:
    """The key on the ground of attention, a check mark, or an empty key."""
    if task.state == "done":
        canvas.sheet(box, 10, "ok", "ok", 0)
        inset = box.width() * 0.2
        inner = box.adjusted(inset, inset, -inset, -inset)
        canvas.glyph(glyphs.CHECK, inner, colour("surface"), colour("surface"))
        return
    now = task.state == "next"
    ground = "band_attention" if now else "surface"
    canvas.sheet(box, 10, ground, ground if now else "line_strong", 3)
    size = box.height() / canvas.scale * 0.6
    ink = "band_attention_ink" if now else "text3"
    canvas.write("＊", box, size, ink, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
