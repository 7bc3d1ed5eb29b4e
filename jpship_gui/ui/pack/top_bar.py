"""The bar on top: where one is, what is left, minutes to each pick-up, own pace, clock (PK-23), what can be clicked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt

from jpship_gui.texts import text
from jpship_gui.ui.pack.canvas import Canvas
from jpship_gui.ui.pack.screen import Screen
from jpship_gui.ui.theme import icons, palette

_MARGIN = 48
_TARGET = 72  # width of what can be clicked in the bar
_TARGETS = ("smaller", "larger", "acts")
_VALUE, _LABEL = 34.0, 23.0  # a third of it can still be read
_APART, _BESIDE = 30.0, 9.0
_SMALLEST = 0.5
_FINGER = 56.0
_WIDEST_WHO = 380


@dataclass(frozen=True, slots=True)
class _Figure:
    """A label and its value; `rule` = a thin line before it."""

    value: str
    label: str = ""
    ink: str = "rail_text"
    carrier: str = ""
    rule: bool = False


def paint(canvas: Canvas, box: QRectF, screen: Screen) -> Mapping[str, QRectF]:
    """Left: page, desk, person. Right to left: acts, size of words, clock, pace, pick-ups, late, left. What can be
    clicked, by name."""
    canvas.fill(box, "rail")
    size = round(canvas.px(28))
    middle = box.center().y()
    x = box.left() + canvas.px(_MARGIN)
    icons.draw(canvas.painter, "barcode", x, middle - size / 2, size, "rail_text")
    x += size + canvas.px(12)
    title = text("packpage.title")
    x += canvas.write(title, QRectF(x, box.top(), box.width(), box.height()), 24, "rail_text", bold=True)
    x += canvas.px(24)
    targets = _targets(canvas, box)
    right = targets[_TARGETS[0]].left() - canvas.px(20)
    wanted = min(_width_of_who(canvas, screen), canvas.px(_WIDEST_WHO)) + canvas.px(24)
    left = _figures(canvas, QRectF(x + wanted, box.top(), right - x - wanted, box.height()), screen)
    room = QRectF(x, box.top(), left - x - canvas.px(24), box.height())
    return {**targets, "person": _who(canvas, room, screen)}


def _width_of_who(canvas: Canvas, screen: Screen) -> float:
    return canvas.width(screen.desk, 18) + canvas.px(52) + canvas.width(screen.person, 24, True)


def _who(canvas: Canvas, room: QRectF, screen: Screen) -> QRectF:
    """The desk small, the person large: a click there changes who it is. What does not fit is left out, the desk
    first."""
    x = room.left()
    size = round(canvas.px(24))
    needed = canvas.width(screen.person, 24, True) + size + canvas.px(8)
    if screen.desk and canvas.width(screen.desk, 18) + canvas.px(20) + needed <= room.width():
        x += canvas.write(screen.desk, QRectF(x, room.top(), room.width(), room.height()), 18, "rail_text2")
        x += canvas.px(20)
    icons.draw(canvas.painter, "user", x, room.center().y() - size / 2, size, "rail_text2")
    at = x + size + canvas.px(8)
    place = QRectF(at, room.top(), max(room.right() - at, 0.0), room.height())
    words = canvas.fitting(screen.person, 24, True, place.width(), 14)
    wide = canvas.write(screen.person, place, words, "rail_text", bold=True) if screen.person else 0.0
    return QRectF(x, room.top(), max(at - x + wide, _FINGER), room.height())


def _targets(canvas: Canvas, box: QRectF) -> Mapping[str, QRectF]:
    """A smaller and a larger A, and three dots; each as wide as a finger."""
    wide = max(min(canvas.px(_TARGET), box.width() * 0.06), 56.0)
    left = box.right() - canvas.px(8) - wide * len(_TARGETS)
    places = {
        name: QRectF(left + index * wide, box.top(), wide, box.height())
        for index, name in enumerate(_TARGETS)
    }
    centred = Qt.AlignmentFlag.AlignHCenter
    canvas.write("A－", places["smaller"], 22, "rail_text2", align=centred)
    canvas.write("A＋", places["larger"], 30, "rail_text", bold=True, align=centred)
    acts = places["acts"]
    size = round(min(canvas.px(44), acts.height() * 0.8))
    at = acts.center()
    icons.draw(canvas.painter, "dots", at.x() - size / 2, at.y() - size / 2, size, "rail_text")
    return places


def _shown(screen: Screen) -> list[_Figure]:
    """From the left."""
    late = "rail_ng" if screen.late else "rail_text"
    shown = [
        *([_Figure(screen.mode, "", "rail_attention")] if screen.mode else []),
        _Figure(str(screen.left), text("packpage.left")),
        _Figure(str(screen.late), text("packpage.late"), late),
    ]
    for index, pickup in enumerate(screen.pickups):
        ink = "rail_attention" if pickup.near else "rail_text"
        shown.append(_Figure(pickup.left, pickup.name, ink, pickup.carrier, rule=not index))
    shown.append(_Figure(str(screen.pace), text("packpage.pace"), rule=True))
    return [*shown, _Figure(screen.clock)]


def _figures(canvas: Canvas, box: QRectF, screen: Screen) -> float:
    """All of them at one size, smaller where they would not fit; where they begin."""
    shown = _shown(screen)
    part = 1.0
    while part > _SMALLEST and _total(canvas, shown, part) > box.width():
        part -= 0.04
    right = box.right()
    for figure in reversed(shown):
        right = _paint(canvas, box, right, figure, part) - canvas.px(_APART * part)
    return right


def _total(canvas: Canvas, shown: list[_Figure], part: float) -> float:
    return sum(_width(canvas, figure, part) + canvas.px(_APART * part) for figure in shown)


def _width(canvas: Canvas, figure: _Figure, part: float) -> float:
    width = canvas.width(figure.value, _VALUE * part, True)
    if figure.label:
        width += canvas.width(figure.label, _LABEL * part) + canvas.px(_BESIDE * part)
    if figure.carrier:
        width += canvas.px(14 * part)
    return width + (canvas.px(_APART * part) if figure.rule else 0.0)


def _paint(canvas: Canvas, box: QRectF, right: float, figure: _Figure, part: float) -> float:
    """Ending at `right`; where it begins."""
    middle = box.center().y()
    width = canvas.width(figure.value, _VALUE * part, True)
    left = right - width
    line = QRectF(left, box.top(), width + 2, box.height())
    canvas.write(figure.value, line, _VALUE * part, figure.ink, bold=True)
    if figure.label:
        wide = canvas.width(figure.label, _LABEL * part)
        left -= canvas.px(_BESIDE * part) + wide
        line = QRectF(left, box.top() + canvas.px(2), wide + 2, box.height())
        canvas.write(figure.label, line, _LABEL * part, "rail_text2")
    if figure.carrier:
        left -= canvas.px(14 * part)
        tall = canvas.px(28 * part)
        bar = QRectF(left, middle - tall / 2, max(3.0, canvas.px(5 * part)), tall)
        canvas.fill(bar, palette.rail_carrier_colour(figure.carrier))
    if figure.rule:
        left -= canvas.px(_APART * part)
        canvas.fill(QRectF(left, middle - canvas.px(14), 1, canvas.px(28)), "rail_on")
    return left
