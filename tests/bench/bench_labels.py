"""1,000 labels of each kind, the parcel label beside a plain ReportLab canvas that draws the same (issue 4, speed).

The floor is given every position ready and lays nothing out: what it costs is ReportLab's own drawing and writing.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jpship_gui.documents import page
from jpship_gui.documents.address_labels import Setup, render_labels
from jpship_gui.documents.page import MM, Sheet, Style
from jpship_gui.documents.stocks import shipped
from jpship_gui.documents.waybill_copy import render_copies
from jpship_gui.settings.places import resources
from tests.documents.label_samples import a_copy, an_address

LABELS = 1000
ROUNDS = 5
DPI = 203


@dataclass(frozen=True, slots=True)
class Drawn:
    """One call a label makes on its sheet."""

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


def record() -> list[Drawn]:
    """Everything one parcel label draws, constant parts included."""
    DRAWN.clear()
    real = page.Sheet
    page.Sheet = Recorder  # type: ignore[misc]
    try:
        render_copies([a_copy()], dpi=DPI)
    finally:
        page.Sheet = real  # type: ignore[misc]
    return list(DRAWN)


def floor(drawn: list[Drawn]) -> int:
    """Bytes of a plain canvas' document with as many labels."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name, file in (("plain", "regular"), ("bold", "bold")):
        path = resources() / "fonts" / f"jpship-udpgothic-{file}.ttf"
        pdfmetrics.registerFont(TTFont(name, str(path)))
    out = io.BytesIO()
    size = (100 * MM, 150 * MM)
    canvas = Canvas(out, pagesize=size)
    for _ in range(LABELS):
        for item in drawn:
            _DRAW[item.what](canvas, size[1], *item.values)
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
    dot = 72 / DPI
    for at, wide in code.dark:
        canvas.rect(x * MM + at * dot, height - (y + high) * MM, wide * dot, high * MM, stroke=0, fill=1)


def _modules(canvas: Any, height: float, x: float, y: float, matrix: Any, module: int) -> None:
    canvas.setFillGray(0)
    side = module * 72 / DPI
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


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def run() -> dict[str, float]:
    """Seconds for 1,000 labels (medians), the floor's, and their ratio. Every label has its own key, number and name."""
    drawn = record()
    copies = [
        a_copy(row, number=f"{400100000000 + row * 7:012d}", name=f"山田 花子{row}") for row in range(LABELS)
    ]
    labels = [an_address(row, name=f"山田 花子{row}") for row in range(LABELS)]
    sheet, big = shipped()["28362"], shipped()["elm003"]
    render_copies(copies[:1], dpi=DPI)
    made = render_copies(copies, dpi=DPI)
    mine = _median(lambda: render_copies(copies, dpi=DPI))
    plain = _median(lambda: floor(drawn))
    return {
        "labels_1000_s": mine,
        "labels_1000_floor_s": plain,
        "labels_ratio": mine / plain,
        "labels_mb": len(made.pdf) / 1e6,
        "address_labels_1000_s": _median(lambda: render_labels(labels, sheet)),
        "post_labels_1000_s": _median(lambda: render_labels(labels, big, Setup(form="post"))),
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:24} {value:8.3f}")
