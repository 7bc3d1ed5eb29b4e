"""The outcome band: shape, word, one line of reason, the last five outcomes; at NG what was read and how to go on."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath

from jpship_gui.domain.packing.commands import Command
from jpship_gui.flows.pack.command_code import Bars, command_bars
from jpship_gui.texts import text
from jpship_gui.ui.pack import next_row
from jpship_gui.ui.pack.canvas import Canvas, colour
from jpship_gui.ui.pack.looks import LOOKS
from jpship_gui.ui.pack.pictures import paint_picture
from jpship_gui.ui.pack.screen import WAITING, Band, Recent, Screen
from jpship_gui.ui.theme import glyphs, palette

_MARGIN = 48
_WORD, _THEN = 120.0, 64.0  # what was found out, and the next thing beneath it
_WORD_OK, _THEN_OK = (
    68.0,
    104.0,
)  # where all is well the next thing is what the eye looks for; shape and ground say OK
_ALONE, _BESIDE_NEXT = 48.0, 36.0  # the reason
_OTHER_VARIANT = 76.0  # what was read and what should be: from two metres, or the hand takes the same again
_THEN_ALONE = 72.0  # while nothing was said, beneath what is to be read
_SMALL_INK = {"ok": "ok", "complete": "done", "attention": "attention", "ng": "ng"}


def ground(band: Band) -> QColor:
    """Ground of the band, which at NG also floods the edge of the page."""
    return colour(LOOKS[band.klass][0])


def paint(canvas: Canvas, calm: Canvas, box: QRectF, screen: Screen) -> None:
    """Left the shape, then the words, right the list or the way out of an NG, which `calm` paints."""
    band = screen.band
    _, ink_token, shape = LOOKS[band.klass]
    ink = colour(ink_token)
    canvas.fill(box, ground(band))
    if band.klass == WAITING:
        canvas.fill(QRectF(box.left(), box.top(), box.width(), canvas.px(8)), "accent")
    side = min(canvas.px(190), box.height() * 0.56)
    place = QRectF(box.left() + canvas.px(_MARGIN), box.center().y() - side / 2, side, side)
    _shape(canvas, place, shape, ink, band)
    left = place.right() + canvas.px(48)
    stops = band.klass == "ng" and band.stops
    right = _acknowledge(calm, box, ink, band) if stops else _recent(calm, box, screen, ink)
    _words(canvas, QRectF(left, box.top(), right - left - canvas.px(32), box.height()), ink, band)


def _shape(canvas: Canvas, box: QRectF, shape: str, ink: QColor, band: Band) -> None:
    if shape:
        ring = colour("ok") if band.klass == "ok" and not _dark() else ink
        canvas.shape(shape, box, ring, ground(band))
        return
    _viewfinder(canvas, box)


def _dark() -> bool:
    """Where the ground of OK is a middle green, on which only its ink is seen from afar."""
    return palette.tokens().dark


def _viewfinder(canvas: Canvas, box: QRectF) -> None:
    """A bar code in the corners of a viewfinder: something is to be read."""
    accent = colour("accent")
    reach, thick = box.width() * 0.24, max(2.0, canvas.px(12))
    corners = (
        (box.topLeft(), 1, 1),
        (box.topRight(), -1, 1),
        (box.bottomLeft(), 1, -1),
        (box.bottomRight(), -1, -1),
    )
    pen = canvas.painter.pen()
    pen.setColor(accent)
    pen.setWidthF(thick)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    canvas.painter.setPen(pen)
    canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
    for corner, right, down in corners:
        path = QPainterPath(corner + QPointF(reach * right, 0))
        bend = reach * 0.45
        path.lineTo(corner + QPointF(bend * right, 0))
        path.quadTo(corner, corner + QPointF(0, bend * down))
        path.lineTo(corner + QPointF(0, reach * down))
        canvas.painter.drawPath(path)
    x, unit = box.left() + box.width() * 0.23, box.width() * 0.54 / 15
    for wide, gap in ((2, 1), (1, 1), (3, 1), (1, 2), (3, 0)):
        canvas.fill(QRectF(x, box.top() + box.height() * 0.26, unit * wide, box.height() * 0.48), accent)
        x += unit * (wide + gap)


def _words(canvas: Canvas, box: QRectF, ink: QColor, band: Band) -> None:
    """The word, what to do next, the reason: as one block on the middle, all smaller where the band is low."""
    waiting = band.klass == WAITING
    reason = band.echo or ("" if waiting and band.then is not None else band.reason)
    wants = band.then is not None and not band.echo
    well = band.klass == "ok" and wants
    word_size = canvas.fitting(band.word, _WORD_OK if well else _WORD, True, box.width(), 56)
    then_size = (_THEN_ALONE if waiting else _THEN_OK if well else _THEN) if wants else 0.0
    largest = _BESIDE_NEXT if then_size else _OTHER_VARIANT if band.wanted and not band.echo else _ALONE
    reason_size = canvas.fitting_lines(reason, largest, box.width(), 2, 22)
    lines = min(canvas.lines(reason, reason_size, box.width()), 2)
    parts = [word_size * 1.1, then_size * 1.2, reason_size * 1.4 * lines if reason else 0.0]
    gap = 14.0
    total = sum(parts) + gap * (sum(1 for part in parts if part) - 1)
    less = min(1.0, (box.height() - canvas.px(24)) / max(canvas.px(total), 1.0))
    top = box.center().y() - canvas.px(total * less) / 2
    rows = []
    for part in parts:
        rows.append(QRectF(box.left(), top, box.width(), canvas.px(part * less)))
        top += canvas.px((part + gap) * less) if part else 0.0
    canvas.write(band.word, rows[0], word_size * less, ink, bold=True)
    if then_size and band.then is not None:
        next_row.paint(canvas, rows[1], band.then, then_size * less, ink, ground(band), pill=not waiting)
    if reason:
        quiet = colour("text2") if waiting else ink
        canvas.paragraph(reason, rows[2], reason_size * less, quiet, most=lines)


def _recent(canvas: Canvas, box: QRectF, screen: Screen, ink: QColor) -> float:
    """The last five outcomes, newest on top, older ones paler. Where the words must end."""
    width = canvas.px(300)
    left = box.right() - canvas.px(_MARGIN) - width
    if not screen.recent:
        return box.right() - canvas.px(_MARGIN)
    pitch = min(canvas.px(50), box.height() * 0.145)
    top = box.center().y() - pitch * len(screen.recent) / 2
    for index, recent in enumerate(screen.recent):
        canvas.painter.setOpacity(1 - 0.08 * index)
        _line(canvas, QRectF(left, top + index * pitch, width, pitch), recent, ink, screen.band.klass)
    canvas.painter.setOpacity(1)
    return left - canvas.px(24)


def _line(canvas: Canvas, row: QRectF, recent: Recent, ink: QColor, klass: str) -> None:
    size = canvas.px(26)
    shape = LOOKS[recent.klass][2] or glyphs.OK
    plain = klass == WAITING or (klass == "ok" and not _dark())
    mark = colour(_SMALL_INK.get(recent.klass, "text2")) if plain else ink
    box = QRectF(row.left(), row.center().y() - size / 2, size, size)
    canvas.glyph(shape, box, mark, ground(Band(klass)))
    words = QRectF(row.left() + canvas.px(42), row.top(), row.width() - canvas.px(120), row.height())
    canvas.write(recent.word, words, canvas.fitting(recent.word, 22, False, words.width(), 14), ink)
    canvas.write(recent.time, row, 22, ink, align=Qt.AlignmentFlag.AlignRight)


def _acknowledge(canvas: Canvas, box: QRectF, ink: QColor, band: Band) -> float:
    """F4 or the bar code that means the same; what was read stands beside it. Where the words must end."""
    height = min(canvas.px(232), box.height() * 0.72)
    sheet = QRectF(0, 0, canvas.px(392), height)
    sheet.moveRight(box.right() - canvas.px(_MARGIN))
    sheet.moveTop(box.center().y() - height / 2)
    canvas.sheet(sheet, 12, "paper", "paper", 0)
    red = colour("band_ng")
    cap = QRectF(sheet.left() + canvas.px(28), sheet.top() + height * 0.1, canvas.px(104), height * 0.31)
    canvas.sheet(cap, 10, "paper", red, 3)
    canvas.write("F4", cap, 42, red, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
    beside = QRectF(
        cap.right() + canvas.px(20), cap.top(), sheet.right() - cap.right() - canvas.px(44), cap.height()
    )
    size = canvas.fitting(text("packpage.acknowledge"), 34, True, beside.width(), 18)
    canvas.write(text("packpage.acknowledge"), beside, size, red, bold=True)
    code = QRectF(
        sheet.left() + canvas.px(60),
        sheet.top() + height * 0.5,
        sheet.width() - canvas.px(120),
        height * 0.28,
    )
    _bar_code(canvas, code)
    below = QRectF(
        sheet.left() + canvas.px(12), sheet.top() + height * 0.8, sheet.width() - canvas.px(24), height * 0.16
    )
    words = text("packpage.acknowledge_code")
    small = canvas.fitting(words, 20, False, below.width(), 12)
    canvas.write(words, below, small, red, align=Qt.AlignmentFlag.AlignHCenter)
    if band.read is None or not band.read.picture:
        return sheet.left()
    side = height * 0.82
    picture = QRectF(sheet.left() - canvas.px(40) - side, sheet.bottom() - side, side, side)
    label = QRectF(picture.left(), sheet.top(), side, height - side)
    words = text("packpage.read")
    canvas.write(words, label, canvas.fitting(words, 26, False, label.width(), 14), ink)
    paint_picture(canvas, picture, band.read)
    return picture.left()


def _bar_code(canvas: Canvas, box: QRectF) -> None:
    """The acknowledge command in Code 128, in whole pixels so that a scanner reads it off the screen."""
    bars = _acknowledge_bars()
    unit = max(1, int(box.width() // bars.width))
    left = round(box.center().x() - unit * bars.width / 2)
    for at, width in bars.dark:
        canvas.fill(QRectF(left + unit * at, round(box.top()), unit * width, round(box.height())), "ink")


@cache
def _acknowledge_bars() -> Bars:
    return command_bars(Command.ACK)
