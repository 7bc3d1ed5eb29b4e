"""The goods of the open parcel in the middle of the page; while instructions come next, these stand above them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt

from jpship_gui.texts import text
from jpship_gui.ui.pack import count_boxes, goods_row, tasks_zone
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.goods_layout import FULL, LEAST, STRIP, arrange
from jpship_gui.ui.pack.screen import Good, Screen

_NARROWEST = 1000  # design pixels in which picture, variant and boxes stand beside each other
_LARGEST = 1.7  # times the row of a design with two
_PICTURE, _LEAST_WORDS = 282, 330  # design pixels
_RIGHT = Qt.AlignmentFlag.AlignRight


def _alone(canvas: Canvas, box: QRectF, good: Good) -> float:
    """How much larger the only line may be: as the height allows, and what stands beside each other."""
    words = canvas.width(good.variant or good.name, 72, True) / canvas.scale
    beside = count_boxes.width(good.need) + _PICTURE + max(words, _LEAST_WORDS)
    wide, tall = box.width() / canvas.scale / beside, box.height() / canvas.scale / FULL
    return max(1.0, min(_LARGEST, wide, tall))


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
    if len(screen.goods) == 1:
        canvas = canvas.at(canvas.scale * _alone(canvas, box, screen.goods[0]))
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
