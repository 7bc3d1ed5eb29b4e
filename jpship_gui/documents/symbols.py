"""Symbols for handling, drawn by ourselves after what they must show (ISO 780): arrows up, glass, umbrella, boxes that
must not be stacked, bottle, fish."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from jpship_gui.documents.page import MM, Sheet

Point = tuple[float, float]


class _Pen:
    """Shapes in a square of 100 units from its top left corner."""

    def __init__(self, sheet: Sheet, x: float, y: float, side: float) -> None:
        self._sheet, self._x, self._y, self._unit = sheet, x, y, side / 100

    def _at(self, point: Point) -> str:
        return self._sheet.point(self._x + point[0] * self._unit, self._y + point[1] * self._unit)

    def fill(self, *points: Point, white: bool = False) -> None:
        """A polygon in black."""
        self._sheet.draw(f"{int(white)} g {self._path(points)} h f\n")

    def lines(self, thick: float, *points: Point) -> None:
        """A line from point to point, round at its ends."""
        wide = thick * self._unit * MM
        self._sheet.draw(f"q 0 G 1 J 1 j {wide:.2f} w {self._path(points)} S Q\n")

    def curves(self, start: Point, *points: Point, thick: float = 0.0) -> None:
        """Curves of two control points and an end each; filled, or a line of that thickness."""
        parts = [" ".join(map(self._at, points[at : at + 3])) + " c" for at in range(0, len(points), 3)]
        path = f"{self._at(start)} m {' '.join(parts)}"
        wide = thick * self._unit * MM
        self._sheet.draw(f"q 0 G 1 J {wide:.2f} w {path} S Q\n" if thick else f"0 g {path} h f\n")

    def _path(self, points: Sequence[Point]) -> str:
        first, *rest = map(self._at, points)
        return f"{first} m " + " ".join(f"{point} l" for point in rest)


def _upright(sheet: Sheet, x: float, y: float, side: float) -> None:
    pen = _Pen(sheet, x, y, side)
    for middle in (28, 72):
        head = ((middle - 8, 34), (middle - 20, 34), (middle, 5), (middle + 20, 34), (middle + 8, 34))
        pen.fill(*head, (middle + 8, 76), (middle - 8, 76))
    pen.fill((6, 84), (94, 84), (94, 94), (6, 94))


def _fragile(sheet: Sheet, x: float, y: float, side: float) -> None:
    pen = _Pen(sheet, x, y, side)
    pen.curves(
        (26, 6),
        (42, 6),
        (58, 6),
        (74, 6),
        (77, 34),
        (74, 52),
        (54, 57),
        (52, 57),
        (48, 57),
        (46, 57),
        (26, 52),
        (23, 34),
        (26, 6),
    )
    pen.fill((46, 55), (54, 55), (54, 86), (46, 86))
    pen.curves((24, 94), (28, 86), (38, 84), (50, 84), (62, 84), (72, 86), (76, 94))
    pen.fill((50, 6), (44, 18), (54, 26), (46, 38), (51, 26.5), (41, 18.5), (45, 6), white=True)


def _dry(sheet: Sheet, x: float, y: float, side: float) -> None:
    pen = _Pen(sheet, x, y, side)
    pen.curves(
        (8, 60),
        (10, 34),
        (28, 26),
        (50, 26),
        (72, 26),
        (90, 34),
        (92, 60),
        (84, 52),
        (76, 52),
        (71, 59),
        (65, 52),
        (56, 52),
        (50, 59),
        (44, 52),
        (35, 52),
        (29, 59),
        (24, 52),
        (16, 52),
        (8, 60),
    )
    pen.lines(5, (50, 22), (50, 84))
    pen.curves((50, 84), (50, 97), (33, 97), (33, 85), thick=5)
    for left, top in ((18, 4), (38, 2), (60, 2), (80, 4)):
        pen.curves(
            (left, top),
            (left - 8, top + 12),
            (left - 5, top + 17),
            (left, top + 17),
            (left + 5, top + 17),
            (left + 8, top + 12),
            (left, top),
        )


def _no_stacking(sheet: Sheet, x: float, y: float, side: float) -> None:
    pen = _Pen(sheet, x, y, side)
    pen.fill((12, 56), (88, 56), (88, 92), (12, 92))
    pen.lines(5, (24, 12), (76, 12), (76, 48), (24, 48), (24, 12), (76, 12))
    pen.lines(7, (8, 6), (92, 54))
    pen.lines(7, (92, 6), (8, 54))


def _bottles(sheet: Sheet, x: float, y: float, side: float) -> None:
    pen = _Pen(sheet, x, y, side)
    for middle in (30, 70):
        pen.fill((middle - 6, 6), (middle + 6, 6), (middle + 6, 12), (middle - 6, 12))
        pen.curves(
            (middle - 5, 14),
            (middle - 2, 14),
            (middle + 2, 14),
            (middle + 5, 14),
            (middle + 5, 34),
            (middle + 16, 34),
            (middle + 16, 50),
            (middle + 16, 65),
            (middle + 16, 80),
            (middle + 16, 94),
            (middle + 5, 94),
            (middle - 5, 94),
            (middle - 16, 94),
            (middle - 16, 80),
            (middle - 16, 65),
            (middle - 16, 50),
            (middle - 16, 34),
            (middle - 5, 34),
            (middle - 5, 14),
        )


def _perishable(sheet: Sheet, x: float, y: float, side: float) -> None:
    pen = _Pen(sheet, x, y, side)
    pen.curves(
        (6, 50), (22, 22), (52, 22), (72, 47), (73, 49), (73, 51), (72, 53), (52, 78), (22, 78), (6, 50)
    )
    pen.fill((66, 50), (94, 26), (86, 50), (94, 74))
    sheet.draw("1 g ")
    _circle(sheet, x + side * 0.23, y + side * 0.44, side * 0.035)


def _circle(sheet: Sheet, x: float, y: float, radius: float) -> None:
    c = radius * 0.5523
    points = [
        (x - radius, y),
        (x - radius, y - c),
        (x - c, y - radius),
        (x, y - radius),
        (x + c, y - radius),
        (x + radius, y - c),
        (x + radius, y),
        (x + radius, y + c),
        (x + c, y + radius),
        (x, y + radius),
        (x - c, y + radius),
        (x - radius, y + c),
        (x - radius, y),
    ]
    first, *rest = (sheet.point(*point) for point in points)
    sheet.draw(f"{first} m " + " ".join(" ".join(rest[at : at + 3]) + " c" for at in (0, 3, 6, 9)) + " f\n")


Symbol = Callable[[Sheet, float, float, float], None]
SYMBOLS: Mapping[str, Symbol] = MappingProxyType(
    {
        "upright": _upright,
        "fragile": _fragile,
        "dry": _dry,
        "no_stacking": _no_stacking,
        "bottles": _bottles,
        "perishable": _perishable,
    }
)
