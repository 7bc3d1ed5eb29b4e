"""What the desk's own papers have in common: tick boxes, number codes, and rows that flow over pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from jpship_gui.documents.barcodes import Bars, code128, dots_for, nw7, nw7_wide
from jpship_gui.documents.page import Document, Sheet, Style
from jpship_gui.domain.order_key import paper_code

LEFT, RIGHT = 14.0, 196.0
TITLE, LABEL, SMALL = Style(15, bold=True), Style(8.5, gray=0.33), Style(8, gray=0.33)
_NW7 = frozenset("0123456789-$:/.+")
_NARROW = (0.42, 0.375, 0.33, 0.25)  # mm, the widest that fits
_QUIET = 10  # modules on each side


@dataclass(frozen=True, slots=True)
class Flowing:
    """One row of a paper: its height in mm and how it is drawn at a height of a page."""

    height: float
    draw: Callable[[Sheet, float], None]
    with_next: bool = False  # never the last of a page


def flow(
    rows: Iterable[Flowing], top: float, end: float, first_top: float | None = None
) -> list[list[Flowing]]:
    """The rows of each page; a row higher than a page gets one of its own."""
    pages: list[list[Flowing]] = [[]]
    listed = list(rows)
    y = top if first_top is None else first_top
    for at, row in enumerate(listed):
        need = row.height
        after = at
        while listed[after].with_next and after + 1 < len(listed):
            after += 1
            need += listed[after].height
        if y + need > end and pages[-1]:
            pages.append([])
            y = top
        pages[-1].append(row)
        y += row.height
    return pages


def draw_rows(sheet: Sheet, rows: Sequence[Flowing], y: float) -> float:
    """Draw rows one below the other; gives where the last ends."""
    for row in rows:
        row.draw(sheet, y)
        y += row.height
    return y


def tick_box(sheet: Sheet, x: float, y: float, side: float = 4.2) -> None:
    """An empty square with its top left corner there; no font holds one (documents reference, 9.3)."""
    sheet.rect(x, y, side, side, radius=0.6, stroke=0.0, thick=0.3)


def number_bars(number: str, letter: str, dpi: int, room: float) -> Bars | None:
    """A tracking number as its carrier's waybill has it: NW-7 between its letters, or Code 128 where `letter` is "" or
    it holds other characters; None where even the narrowest is wider than `room` mm."""
    for size in _NARROW:
        dots = dots_for(size, dpi)
        if letter and set(number) <= _NW7:
            bars = nw7(number, dots, nw7_wide(dots), letter)
        elif number and all(" " <= c <= "~" for c in number):
            bars = code128(number, dots)
        else:
            return None
        if (bars.width + 2 * _QUIET * dots) * 25.4 / dpi <= room:
            return bars
    return None


def key_bars(key: str, dpi: int) -> Bars:
    """A shipment's key as on the slip."""
    return code128(paper_code(key), dots_for(0.42, dpi))


def page_number(sheet: Sheet, number: int, pages: int, y: float = 289.0) -> None:
    """1 / 2 in the middle of the foot."""
    sheet.text(105.0, y, f"{number} / {pages}", SMALL, 0.5)


def columns_head(sheet: Sheet, y: float, columns: Sequence[tuple[float, str, float]]) -> None:
    """Titles (x, words, align) over a rule."""
    for x, words, align in columns:
        sheet.text(x, y, words, LABEL, align)
    sheet.line(LEFT, y + 2.2, RIGHT, y + 2.2, 0.35)


def signatures(sheet: Sheet, y: float, fields: Sequence[tuple[str, float]]) -> None:
    """Boxes to write into, each with its label above and its width in mm."""
    x = LEFT
    for label, wide in fields:
        sheet.text(x, y, label, LABEL)
        sheet.rect(x, y + 1.6, wide, 13.0, radius=1.0, stroke=0.25, thick=0.25)
        x += wide + 6.0


def add_pages(document: Document, pages: Sequence[Callable[[Sheet], None]]) -> None:
    """Each on a sheet of its own."""
    for draw in pages:
        sheet = document.sheet()
        draw(sheet)
        document.add(sheet)


def shrunk(sheet: Sheet, words: str, style: Style, room: float, least: float = 0.6) -> Style:
    """The style, smaller where the words are wider than `room`, never below `least` of its size."""
    wide = sheet.width(words, style)
    return (
        style if wide <= room else style.sized(int(style.size * max(least, 0.99 * room / wide) * 100) / 100)
    )
