"""1,000 delivery slips beside a plain ReportLab canvas that draws the same texts, lines and bars (issue: F, speed).

The floor is given every position ready and lays nothing out: what it costs is ReportLab's own drawing and writing.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from jpship_gui.documents import page
from jpship_gui.documents.page import MM, Sheet, Style
from jpship_gui.documents.slip import render_slips
from jpship_gui.domain.order_key import make_key
from jpship_gui.settings.places import resources
from tests.documents.samples import a_slip

SLIPS = 1000
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Drawn:
    """One call a slip makes on its sheet."""

    what: str
    values: tuple[Any, ...]


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


DRAWN: list[Drawn] = []


def record() -> list[Drawn]:
    """Everything one slip draws, constant parts included."""
    DRAWN.clear()
    real = page.Sheet
    page.Sheet = Recorder  # type: ignore[misc]
    try:
        render_slips([a_slip()])
    finally:
        page.Sheet = real  # type: ignore[misc]
    return list(DRAWN)


def product(slips: list[Any]) -> int:
    """Bytes of the program's own document."""
    return len(render_slips(slips).pdf)


def floor(drawn: list[Drawn]) -> int:
    """Bytes of a plain canvas' document with as many pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name, file in (("plain", "regular"), ("bold", "bold")):
        path = resources() / "fonts" / f"jpship-udpgothic-{file}.ttf"
        pdfmetrics.registerFont(TTFont(name, str(path)))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    height = A4[1]
    for _ in range(SLIPS):
        for item in drawn:
            _DRAW[item.what](canvas, height, *item.values)
        canvas.showPage()
    canvas.save()
    return len(out.getvalue())


def _text(canvas: Any, height: float, x: float, y: float, words: str, style: Style, align: float) -> None:
    canvas.setFont("bold" if style.bold else "plain", style.size)
    canvas.setFillGray(style.gray)
    draw = {0.0: canvas.drawString, 0.5: canvas.drawCentredString, 1.0: canvas.drawRightString}[align]
    draw(x * MM, height - y * MM, words)


def _line(
    canvas: Any, height: float, x1: float, y1: float, x2: float, y2: float, thick: float, gray: float
) -> None:
    canvas.setLineWidth(thick * MM)
    canvas.setStrokeGray(gray)
    canvas.line(x1 * MM, height - y1 * MM, x2 * MM, height - y2 * MM)


def _rect(
    canvas: Any, height: float, x: float, y: float, wide: float, high: float, how: dict[str, Any]
) -> None:
    canvas.setLineWidth(how.get("thick", 0.1) * MM)
    fill, stroke = how.get("fill"), how.get("stroke")
    if fill is not None:
        canvas.setFillGray(fill)
    if stroke is not None:
        canvas.setStrokeGray(stroke)
    shape = (x * MM, height - (y + high) * MM, wide * MM, high * MM, how.get("radius", 0) * MM)
    canvas.roundRect(*shape, stroke=int(stroke is not None), fill=int(fill is not None))


def _bars(canvas: Any, height: float, x: float, y: float, code: Any, high: float) -> None:
    canvas.setFillGray(0)
    dot = 72 / 300
    for at, wide in code.dark:
        canvas.rect(x * MM + at * dot, height - (y + high) * MM, wide * dot, high * MM, stroke=0, fill=1)


_DRAW: dict[str, Callable[..., None]] = {"text": _text, "line": _line, "rect": _rect, "bars": _bars}


def run() -> dict[str, float]:
    """Seconds for 1,000 slips (median), ours and the floor's, their ratio, and megabytes of both files."""
    drawn = record()
    slips = [replace(a_slip(), key=make_key(row), row=row) for row in range(1, SLIPS + 1)]
    product(slips[:1])
    ours, theirs, sizes = [], [], (0, 0)
    for _ in range(ROUNDS):
        start = time.perf_counter()
        own_size = product(slips)
        middle = time.perf_counter()
        floor_size = floor(drawn)
        theirs.append(time.perf_counter() - middle)
        ours.append(middle - start)
        sizes = (own_size, floor_size)
    mine, plain = statistics.median(ours), statistics.median(theirs)
    return {
        "slips_1000_s": mine,
        "slips_1000_floor_s": plain,
        "slips_ratio": mine / plain,
        "slips_mb": sizes[0] / 1e6,
        "slips_floor_mb": sizes[1] / 1e6,
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:24} {value:8.3f}")
