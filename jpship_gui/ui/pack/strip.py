"""A strip right above the band: the database does not follow, since when the scans taken wait in the journal."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from jpship_gui.ui.pack.canvas import Canvas, colour
from jpship_gui.ui.theme import glyphs

HEIGHT = 64  # design pixels
_MARGIN = 48


def paint(canvas: Canvas, box: QRectF, notice: str) -> None:
    """Shape and words on attention's ground."""
    ground, ink = colour("band_attention"), "band_attention_ink"
    canvas.fill(box, ground)
    side = box.height() * 0.62
    left = box.left() + canvas.px(_MARGIN)
    place = QRectF(left, box.center().y() - side / 2, side, side)
    canvas.shape(glyphs.ATTENTION, place, ink, ground)
    room = QRectF(place.right() + canvas.px(20), box.top(), 0, box.height())
    room.setRight(box.right() - canvas.px(_MARGIN))
    canvas.write(notice, room, canvas.fitting(notice, 34, True, room.width(), 20), ink, bold=True)
