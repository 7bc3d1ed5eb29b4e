"""水引 and the のし mark as shapes of our own."""

from __future__ import annotations

from jpship_gui.documents.page import MM, Sheet

RED, WHITE, BLACK, YELLOW, SILVER = (
    "0.76 0.07 0.13",
    "1 1 1",
    "0.08 0.08 0.08",
    "0.86 0.68 0.2",
    "0.62 0.62 0.62",
)
# id: colour of the left and the right half, strands, whether a bow (may happen again), whether a のし stands on it
CORDS = {
    "bow": (WHITE, RED, 5, True, True),
    "knot5": (WHITE, RED, 5, False, True),
    "knot10": (WHITE, RED, 10, False, True),
    "mourning": (WHITE, BLACK, 5, False, False),
    "mourning_yellow": (WHITE, YELLOW, 5, False, False),
}


def draw_cord(sheet: Sheet, cord: str, x: float, y: float, wide: float, high: float) -> None:
    """Across a sheet of that size, its knot at (x, y) in mm, and the のし at the upper right where one belongs."""
    left, right, strands, bow, mark = CORDS[cord]
    thick = min(high, wide) * 0.0055
    gap = thick * 1.35
    for number in range(strands):
        level = y + (number - (strands - 1) / 2) * gap
        _strand(sheet, left, thick, _line(sheet, x - wide / 2, level, x, level))
        _strand(sheet, right, thick, _line(sheet, x, level, x + wide / 2, level))
    size = min(high, wide) * 0.085
    for number in range(min(strands, 5)):
        inset = number * gap * 0.9
        for side, colour in ((-1, left), (1, right)):
            _strand(sheet, colour, thick, (_loop if bow else _crossed)(sheet, x, y, size, side, inset))
    band = size * 0.16
    sheet.draw(
        f"q {right} rg {SILVER} RG 0.3 w {_rect(sheet, x - band, y - band * 1.5, band * 2, band * 3)} B Q\n"
    )
    if mark:
        _mark(sheet, x + wide * 0.32, high * 0.1 + (y - high * 0.495), min(high, wide) * 0.17)


def _strand(sheet: Sheet, colour: str, thick: float, path: str) -> None:
    """A line in its colour with a hair of grey at its edges, so that white is seen on white."""
    wide = thick * MM
    sheet.draw(
        f"q 1 j 1 J {SILVER} RG {wide:.2f} w {path} S {colour} RG {max(0.1, wide - 0.45):.2f} w {path} S Q\n"
    )


def _line(sheet: Sheet, x1: float, y1: float, x2: float, y2: float) -> str:
    return f"{sheet.point(x1, y1)} m {sheet.point(x2, y2)} l"


def _curve(sheet: Sheet, *points: tuple[float, float]) -> str:
    """From the first point along curves of two control points and an end each."""
    head, *rest = (sheet.point(*point) for point in points)
    curves = (" ".join(rest[at : at + 3]) + " c" for at in range(0, len(rest), 3))
    return f"{head} m {' '.join(curves)}"


def _loop(sheet: Sheet, x: float, y: float, size: float, side: int, inset: float) -> str:
    """One loop of the bow, and its tail."""
    reach, rise = size * 1.25 - inset, size * 0.85 - inset * 0.7
    s = side
    loop = _curve(
        sheet,
        (x, y),
        (x + s * reach * 0.35, y - rise * 1.1),
        (x + s * reach, y - rise * 1.15),
        (x + s * reach, y - rise * 0.3),
        (x + s * reach, y + rise * 0.35),
        (x + s * reach * 0.4, y + rise * 0.2),
        (x, y),
    )
    tail = _curve(
        sheet,
        (x, y),
        (x + s * size * 0.3, y + size * 0.5 + inset * 0.3),
        (x + s * (size * 0.55 + inset * 0.6), y + size * 0.9),
        (x + s * (size * 0.75 + inset), y + size * 1.35 - inset * 0.4),
    )
    return f"{loop} {tail}"


def _crossed(sheet: Sheet, x: float, y: float, size: float, side: int, inset: float) -> str:
    """A tail of the knot that cannot be undone: out of the knot and up."""
    s = side
    return _curve(
        sheet,
        (x - s * size * 0.25, y + size * 0.28 - inset * 0.4),
        (x + s * size * 0.35, y + size * 0.3 - inset * 0.5),
        (x + s * (size * 0.9 - inset), y - size * 0.1),
        (x + s * (size * 1.05 - inset), y - size * 1.05 + inset * 0.3),
    )


def _rect(sheet: Sheet, x: float, y: float, wide: float, high: float) -> str:
    return f"{sheet.point(x, y + high)} {wide * MM:.2f} {high * MM:.2f} re"


def _polygon(sheet: Sheet, *points: tuple[float, float]) -> str:
    first, *rest = points
    return f"{sheet.point(*first)} m " + " ".join(f"{sheet.point(*point)} l" for point in rest) + " h"


def _mark(sheet: Sheet, x: float, y: float, high: float) -> None:
    """A folded paper, red and white, with the strip of のし in it."""
    w = high * 0.36
    outer = _polygon(
        sheet,
        (x - w / 2, y),
        (x + w / 2, y),
        (x + w * 0.36, y + high),
        (x, y + high * 1.06),
        (x - w * 0.36, y + high),
    )
    red = _polygon(
        sheet, (x - w * 0.5, y), (x - w * 0.08, y), (x + w * 0.04, y + high * 1.04), (x - w * 0.36, y + high)
    )
    strip = _polygon(
        sheet,
        (x - w * 0.1, y - high * 0.06),
        (x + w * 0.1, y - high * 0.06),
        (x + w * 0.06, y + high),
        (x - w * 0.06, y + high),
    )
    sheet.draw(f"q 0.3 w {SILVER} RG 1 1 1 rg {outer} B {RED} rg {red} f {YELLOW} rg {strip} f Q\n")
