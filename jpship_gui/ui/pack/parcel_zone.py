"""The shipment: recipient's name largest, then shop and order, notes and remark, service, wish and ship-by."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, Qt

from jpship_gui.texts import text
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.screen import Screen
from jpship_gui.ui.theme import icons, palette

_RIGHT = Qt.AlignmentFlag.AlignRight
_REMARK = 300  # what a remark needs at least
_TAIL = 5  # digits of the order number that people say to each other


def paint(canvas: Canvas, box: QRectF, screen: Screen) -> None:
    """From the left what it is, from the right when it must go; the remark takes what is between."""
    canvas.fill(box, "surface")
    canvas.fill(QRectF(box.left(), box.bottom() - 1, box.width(), 1), "line_strong")
    inner = box.adjusted(canvas.px(48), canvas.px(18), -canvas.px(48), -canvas.px(18))
    if not screen.open:
        canvas.write(text("packpage.no_parcel"), inner, 36, "text3")
        return
    x = _name(canvas, inner, screen)
    x = _order(canvas, inner, x, screen)
    right = _deadline(canvas, inner, screen)
    noted = bool(screen.remark or screen.notes)
    if noted and right - _service_width(canvas, screen) - x < canvas.px(_REMARK):
        screen = replace(screen, carrier_name="", service="")  # the waybill's step names the carrier too
    right = _service(canvas, inner, right, screen)
    _remark(canvas, inner, x, right, screen)


def _rows(canvas: Canvas, box: QRectF) -> tuple[QRectF, QRectF]:
    upper = QRectF(box.left(), box.top(), box.width(), canvas.px(44))
    lower = QRectF(box.left(), upper.bottom(), box.width(), box.bottom() - upper.bottom())
    return upper, lower


def _between(row: QRectF, left: float, right: float) -> QRectF:
    return QRectF(left, row.top(), max(right - left, 0), row.height())


def _name(canvas: Canvas, box: QRectF, screen: Screen) -> float:
    room = box.width() * 0.3
    size = canvas.fitting(screen.name, 72, True, room, 36)
    width = canvas.write(
        screen.name, QRectF(box.left(), box.top(), room, box.height()), size, "text", bold=True
    )
    x = box.left() + width + canvas.px(16)
    beneath = QRectF(x, box.top() + canvas.px(20), canvas.px(160), box.height() - canvas.px(20))
    return x + canvas.write(screen.honorific, beneath, 36, "text2") + canvas.px(56)


def _order(canvas: Canvas, box: QRectF, x: float, screen: Screen) -> float:
    upper, lower = _rows(canvas, box)
    ink, ground = palette.chip_colours(screen.marketplace)
    chip_width = canvas.width(screen.marketplace_name, 22, True) + canvas.px(28)
    chip = QRectF(x, upper.center().y() - canvas.px(19), chip_width, canvas.px(38))
    canvas.sheet(chip, 4, ground, ground, 0)
    canvas.write(screen.marketplace_name, chip, 22, ink, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
    head, tail = screen.number[:-_TAIL], screen.number[-_TAIL:]
    end = x + canvas.width(head, 40) + canvas.width(tail, 40, True)
    limit = max(end, chip.right() + canvas.px(200 if screen.remark else 480))
    marked = _marks(canvas, upper, chip.right() + canvas.px(12), screen)
    shop = canvas.write(screen.shop, _between(upper, marked, max(limit, marked)), 24, "text2")
    at = x + canvas.write(head, _between(lower, x, box.right()), 40, "text3")
    at += canvas.write(tail, _between(lower, at, box.right()), 40, "text", bold=True)
    return max(at, marked + shop) + canvas.px(64)


def _marks(canvas: Canvas, row: QRectF, x: float, screen: Screen) -> float:
    """Orders packed together and several boxes, so that neither is overlooked; where the shop's name may begin."""
    for words in screen.marks:
        width = canvas.width(words, 22, True) + canvas.px(24)
        pill = QRectF(x, row.center().y() - canvas.px(19), width, canvas.px(38))
        canvas.sheet(pill, 4, "attention_weak", "attention_weak", 0)
        canvas.write(words, pill, 22, "attention_strong", bold=True, align=Qt.AlignmentFlag.AlignHCenter)
        x = pill.right() + canvas.px(12)
    return x


def _deadline(canvas: Canvas, box: QRectF, screen: Screen) -> float:
    upper, lower = _rows(canvas, box)
    words = text("packpage.ship_by", time=screen.ship_by) if screen.ship_by else ""
    canvas.write(words, upper, 24, "text2", align=_RIGHT)
    ink = "ng" if screen.overdue else "text"
    canvas.write(screen.remaining, lower, 40, ink, bold=True, align=_RIGHT)
    width = max(canvas.width(words, 24), canvas.width(screen.remaining, 40, True))
    return box.right() - width - canvas.px(44)


def _service_width(canvas: Canvas, screen: Screen) -> float:
    words = "  ".join(filter(None, (screen.carrier_name, screen.service)))
    return max(canvas.width(words, 24) + canvas.px(14), canvas.width(screen.wish, 40, True)) + canvas.px(48)


def _service(canvas: Canvas, box: QRectF, right: float, screen: Screen) -> float:
    upper, lower = _rows(canvas, box)
    words = "  ".join(filter(None, (screen.carrier_name, screen.service)))
    words_width = canvas.width(words, 24)
    canvas.write(words, _between(upper, box.left(), right), 24, "text2", align=_RIGHT)
    if screen.carrier_name:
        bar = QRectF(
            right - words_width - canvas.px(14),
            upper.center().y() - canvas.px(12),
            canvas.px(4),
            canvas.px(24),
        )
        canvas.fill(bar, palette.carrier_colour(screen.carrier))
    canvas.write(screen.wish, _between(lower, box.left(), right), 40, "text", bold=True, align=_RIGHT)
    return right - max(words_width + canvas.px(14), canvas.width(screen.wish, 40, True)) - canvas.px(48)


def _remark(canvas: Canvas, box: QRectF, left: float, right: float, screen: Screen) -> None:
    parts = (*screen.notes, screen.remark) if screen.remark else screen.notes
    if not parts or right - left < canvas.px(120):
        return
    upper, lower = _rows(canvas, box)
    size = round(canvas.px(28))
    icons.draw(canvas.painter, "message", left, upper.center().y() - size / 2, size, "attention")
    head = _between(upper, left + size + canvas.px(10), right)
    canvas.write(text("packpage.notes" if screen.notes else "packpage.remark"), head, 24, "attention")
    words = " ".join("　".join(parts).split())
    fits = canvas.width(words, 30) <= right - left
    body = _between(lower, left, right)
    canvas.paragraph(words, body, 30 if fits else 22, "text", most=1 if fits else 2)
