"""What is still here: each parcel's number, order, name, and why it may not go."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt

from jpship_gui.texts import text
from jpship_gui.ui.handover.screen import Row, Screen
from jpship_gui.ui.pack.canvas import Canvas

_PITCH, _HEAD = 62, 48
_NOTES = {"ng": ("ng_weak", "ng_strong"), "attention": ("attention_weak", "attention_strong")}
_RIGHT = Qt.AlignmentFlag.AlignRight


def paint(canvas: Canvas, box: QRectF, screen: Screen) -> tuple[tuple[str, QRectF], ...]:
    """Where each parcel can be clicked; those for which there is no room are counted in the last line."""
    head = QRectF(box.left(), box.top(), box.width(), canvas.px(_HEAD))
    canvas.write(text("handover.page.here"), head, 26, "text2")
    stopped = sum(bool(row.klass == "ng") for row in screen.rows)
    if stopped:
        canvas.write(text("handover.page.stopped", count=stopped), head, 26, "ng", bold=True, align=_RIGHT)
    body = QRectF(box.left(), head.bottom(), box.width(), box.bottom() - head.bottom())
    canvas.fill(QRectF(body.left(), body.top(), body.width(), 1), "line_strong")
    if not screen.rows:
        canvas.write(
            text("handover.page.nothing_here"), body, 36, "text3", align=Qt.AlignmentFlag.AlignHCenter
        )
        return ()
    room = max(1, int(body.height() // canvas.px(_PITCH)))
    shown = screen.rows if len(screen.rows) <= room else screen.rows[: room - 1]
    places = []
    for number, row in enumerate(shown):
        place = QRectF(body.left(), body.top() + number * canvas.px(_PITCH), body.width(), canvas.px(_PITCH))
        _row(canvas, place, row)
        places.append((row.parcel, place))
    more = len(screen.rows) - len(shown)
    if more:
        place = QRectF(
            body.left(), body.top() + len(shown) * canvas.px(_PITCH), body.width(), canvas.px(_PITCH)
        )
        canvas.write(text("handover.page.more", count=more), place, 30, "text2", bold=True)
    return tuple(places)


def _row(canvas: Canvas, box: QRectF, row: Row) -> None:
    canvas.fill(QRectF(box.left(), box.bottom() - 1, box.width(), 1), "line")
    quiet = row.klass == "ng"
    right = box.right()
    if row.note:
        ground, ink = _NOTES.get(row.klass, ("window", "text2"))
        wide = canvas.width(row.note, 24, True) + canvas.px(28)
        pill = QRectF(right - wide, box.center().y() - canvas.px(21), wide, canvas.px(42))
        canvas.sheet(pill, 6, ground, ground, 0)
        canvas.write(row.note, pill, 24, ink, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
        right = pill.left() - canvas.px(16)
    size = 34
    digits = max(canvas.width("0000-0000-0000", size, True), canvas.width(row.number, size, True))
    left = QRectF(box.left(), box.top(), min(digits + 2, right - box.left()), box.height())
    canvas.write(row.number, left, size, "text3" if quiet else "text", bold=True)
    rest = right - left.right() - canvas.px(24)
    order = canvas.width(row.order, 24)
    if rest < order:
        return
    place = QRectF(left.right() + canvas.px(24), box.top(), order + 2, box.height())
    canvas.write(row.order, place, 24, "text2")
    name = QRectF(
        place.right() + canvas.px(20), box.top(), right - place.right() - canvas.px(20), box.height()
    )
    if name.width() > canvas.px(90):
        canvas.write(row.name, name, 26, "text2")
