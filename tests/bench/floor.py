"""What a paper draws, and the floor of its speed: a plain ReportLab canvas that draws the same.

The floor is given every position ready and lays nothing out: what it costs is ReportLab's own drawing and writing.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jpship_gui.documents import page
from jpship_gui.documents.page import MM, Sheet, Style
from jpship_gui.settings.places import resources


@dataclass(frozen=True, slots=True)
class Drawn:
    """One call a paper makes on its sheet."""

    what: str
    values: tuple[Any, ...]


DRAWN: list[Drawn] = []


class Recorder(Sheet):
    """A sheet that also notes what is drawn on it."""

    def text(self, x: float, y: float, words: str, style: Style, align: float = 0.0) -> None:
        DRAWN.append(Drawn("text", (x, y, words, style, align)))
        super().text(x, y, words, style, align)

    def line(self, x1: float, y1: float, x2: float, y2: float, thick: float = 0.1, gray: float = 0.0) -> None:
        DRAWN.append(Drawn("line", (x1, y1, x2, y2, thick, gray)))
        super().line(x1, y1, x2, y2, thick, gray)

    def rect(self, x: float, y: float, width: float, height: float, **how: Any) -> None:
        DRAWN.append(Drawn("rect", (x, y, width, height, how)))
        super().rect(x, y, width, height, **how)

    def bars(self, x: float, y: float, code: Any, height: float) -> float:
        DRAWN.append(Drawn("bars", (x, y, code, height)))
        return super().bars(x, y, code, height)

    def modules(self, x: float, y: float, matrix: Any, module: int) -> float:
        DRAWN.append(Drawn("modules", (x, y, matrix, module)))
        return super().modules(x, y, matrix, module)


def record(make: Callable[[], object]) -> list[Drawn]:
    """Everything one paper draws, constant parts included."""
    DRAWN.clear()
    real = page.Sheet
    page.Sheet = Recorder  # type: ignore[misc]
    try:
        make()
    finally:
        page.Sheet = real  # type: ignore[misc]
    return list(DRAWN)


def floor(drawn: list[Drawn], pages: int, size: tuple[float, float], dpi: int) -> int:
    """Bytes of a plain canvas' document with so many pages."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name, file in (("plain", "regular"), ("bold", "bold")):
        path = resources() / "fonts" / f"jpship-udpgothic-{file}.ttf"
        pdfmetrics.registerFont(TTFont(name, str(path)))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for _ in range(pages):
        for item in drawn:
            _DRAW[item.what](canvas, size[1], dpi, *item.values)
        canvas.showPage()
    canvas.save()
    return len(out.getvalue())


def _text(
    canvas: Any, height: float, dpi: int, x: float, y: float, words: str, style: Style, align: float
) -> None:
    canvas.setFont("bold" if style.bold else "plain", style.size)
    canvas.setFillGray(style.gray)
    draw = {0.0: canvas.drawString, 0.5: canvas.drawCentredString, 1.0: canvas.drawRightString}[align]
    draw(x * MM, height - y * MM, words)


def _line(
    canvas: Any,
    height: float,
    dpi: int,
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    thick: float,
    gray: float,
) -> None:
    canvas.setLineWidth(thick * MM)
    canvas.setStrokeGray(gray)
    canvas.line(x1 * MM, height - y1 * MM, x2 * MM, height - y2 * MM)


def _rect(
    canvas: Any, height: float, dpi: int, x: float, y: float, wide: float, high: float, how: dict[str, Any]
) -> None:
    canvas.setLineWidth(how.get("thick", 0.1) * MM)
    fill, stroke = how.get("fill"), how.get("stroke")
    if fill is not None:
        canvas.setFillGray(fill)
    if stroke is not None:
        canvas.setStrokeGray(stroke)
    shape = (x * MM, height - (y + high) * MM, wide * MM, high * MM, how.get("radius", 0) * MM)
    canvas.roundRect(*shape, stroke=int(stroke is not None), fill=int(fill is not None))


def _bars(canvas: Any, height: float, dpi: int, x: float, y: float, code: Any, high: float) -> None:
    canvas.setFillGray(0)
    dot = 72 / dpi
    for at, wide in code.dark:
        canvas.rect(x * MM + at * dot, height - (y + high) * MM, wide * dot, high * MM, stroke=0, fill=1)


def _modules(canvas: Any, height: float, dpi: int, x: float, y: float, matrix: Any, module: int) -> None:
    canvas.setFillGray(0)
    side = module * 72 / dpi
    for row, cells in enumerate(matrix):
        for at, dark in enumerate(cells):
            if dark:
                canvas.rect(
                    x * MM + at * side, height - y * MM - (row + 1) * side, side, side, stroke=0, fill=1
                )


_DRAW: dict[str, Callable[..., None]] = {
    "text": _text,
    "line": _line,
    "rect": _rect,
    "bars": _bars,
    "modules": _modules,
}
