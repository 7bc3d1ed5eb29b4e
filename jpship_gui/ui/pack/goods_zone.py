"""The goods of the open parcel in the middle of the page; while instructions come next, these stand above them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt

from jpship_gui.texts import text
from jpship_gui.ui.pack import goods_row, tasks_zone
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.goods_layout import FULL, LEAST, STRIP, arrange
from jpship_gui.ui.pack.screen import Screen

_NARROWEST = 1000  # design pixels in which picture, variant and boxes stand beside each other
_RIGHT = Qt.AlignmentFlag.AlignRight


def paint(canvas: Canvas, box: QRectF, screen: Screen, locked: bool) -> QRectF | None:
    """Where the next instruction can be clicked, if there is one."""
    if screen.tasks:
        canvas = canvas.no_larger(box.height() / tasks_zone.least_height(screen.tasks))
        goods = canvas.px(STRIP) if screen.goods else 0.0
        room = QRectF(box.left(), box.top(), box.width(), box.height() - goods)
        if goods:
            line = QRectF(box.left(), box.bottom() - goods, box.width(), goods)
            words = text("packfeel.goods_done", count=sum(good.have for good in screen.goods))
            canvas.write(words, line, 30, "text2")
        return tasks_zone.paint(canvas, room, screen.tasks, locked)
    lowest = FULL if len(screen.goods) == 1 else LEAST
    canvas = canvas.no_larger(min(box.height() / lowest, box.width() / _NARROWEST))
    arranged = arrange(screen.goods, box.height() / canvas.scale)
    for placed in arranged.rows:
        row = QRectF(
            box.left(),
            round(box.top() + placed.top * canvas.scale),
            box.width(),
            round(placed.height * canvas.scale),
        )
        goods_row.paint(canvas, row, screen.goods[placed.index], locked)
    if arranged.done:
        line = QRectF(box.left(), box.top(), box.width(), canvas.px(STRIP))
        canvas.write(text("packfeel.lines_done", count=arranged.done), line, 28, "text2")
    if arranged.more:
        line = QRectF(box.left(), box.bottom() - canvas.px(STRIP), box.width(), canvas.px(STRIP))
        words = text("packpage.more_lines", count=arranged.more)
        canvas.write(words, line, 28, "text2", align=_RIGHT)
    return None
