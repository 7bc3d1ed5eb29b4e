"""While no parcel is open: what is left today, what is late, own pace, time to each pick-up; to be read from afar."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from jpship_gui.texts import text
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.screen import Screen
from jpship_gui.ui.theme import palette

_FIGURE, _LABEL = 150.0, 40.0
_SECOND = 72.0  # what stands at the right
_PITCH = 118


def paint_figures(canvas: Canvas, box: QRectF, screen: Screen) -> None:
    """Left, late and pace beside each other, the first loudest."""
    shown = (
        (str(screen.left), text("packpage.left"), "text"),
        (str(screen.late), text("packpage.late"), "ng" if screen.late else "text3"),
        (str(screen.pace), text("packpage.pace"), "text3"),
    )
    canvas = canvas.no_larger(min(box.height() / 280, box.width() / 1000))
    wide = box.width() / len(shown)
    tall = canvas.px(_FIGURE * 1.2) + canvas.px(_LABEL * 1.5)
    top = box.center().y() - tall / 2
    for place, (value, label, ink) in enumerate(shown):
        room = QRectF(box.left() + place * wide, top, wide - canvas.px(24), canvas.px(_FIGURE * 1.2))
        size = canvas.fitting(value, _FIGURE, True, room.width(), 40)
        canvas.write(value, room, size, ink, bold=True)
        beneath = QRectF(room.left(), room.bottom(), room.width(), canvas.px(_LABEL * 1.5))
        canvas.write(label, beneath, canvas.fitting(label, _LABEL, False, room.width(), 20), "text2")


def paint_pickups(canvas: Canvas, box: QRectF, screen: Screen) -> None:
    """Carriers under each other, the next one first."""
    if not screen.pickups:
        return
    canvas = canvas.no_larger(min(box.height() / (_PITCH * len(screen.pickups)), box.width() / 500))
    pitch = canvas.px(_PITCH)
    top = box.center().y() - pitch * len(screen.pickups) / 2
    for place, pickup in enumerate(screen.pickups):
        row = QRectF(box.left(), top + place * pitch, box.width(), pitch)
        bar = QRectF(row.left(), row.center().y() - canvas.px(36), canvas.px(8), canvas.px(72))
        canvas.fill(bar, palette.carrier_colour(pickup.carrier))
        value_width = canvas.width(pickup.left, _SECOND, True)
        value = QRectF(row.right() - value_width - 1, row.top(), value_width + 2, row.height())
        canvas.write(pickup.left, value, _SECOND, "attention" if pickup.near else "text", bold=True)
        room = QRectF(bar.right() + canvas.px(20), row.top(), 0, row.height())
        room.setRight(value.left() - canvas.px(16))
        canvas.write(pickup.name, room, canvas.fitting(pickup.name, _LABEL, False, room.width(), 20), "text2")
