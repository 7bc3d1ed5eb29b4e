"""The test page of a printer preset: rulers to lay a real one on, and bar codes in the sizes papers use (PR-10)."""

from __future__ import annotations

from jpship_gui.documents.barcodes import code128, dots_for
from jpship_gui.documents.page import Document, Paper, Sheet, Style
from jpship_gui.documents.words import Words

TITLE, BODY, MARK = Style(14, bold=True), Style(9), Style(7, gray=0.33)
_LENGTH = 100
_SAMPLE = "JP000000T"  # the shape of a shipment key, with a check character that belongs to none


def render_ruler(paper: Paper, language: str, *, offset: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """The test page of a paper; `offset` in mm is what the preset shifts the page by."""
    words = Words(language)
    document = Document(paper, words("documents.test_title"))
    sheet = document.sheet()
    dx, dy = offset
    left, top = 12 + dx, 16 + dy
    sheet.text(left, top, words("documents.test_title"), TITLE)
    width = paper.width - 24
    for index, line in enumerate(sheet.wrap(words("documents.test_hint"), BODY, width)):
        sheet.text(left, top + 7 + index * 5, line, BODY)
    sheet.text(left, top + 24, f"{paper.width:g} × {paper.height:g} mm  {paper.dpi} dpi", BODY)
    length = min(_LENGTH, int(width) // 10 * 10)
    _horizontal(sheet, left, top + 34, length)
    _vertical(sheet, left, top + 40, min(_LENGTH, int(paper.height - top - 45) // 10 * 10))
    for index, size in enumerate((0.42, 0.33, 0.25)):
        module = dots_for(size, paper.dpi)
        y = top + 46 + index * 22
        sheet.bars(left + 14, y, code128(_SAMPLE, module), 10)
        sheet.text(left + 14, y + 14, f"{module * 25.4 / paper.dpi:.3f} mm", MARK)
    _corners(sheet, paper, dx, dy)
    document.add(sheet)
    return document.finish()


def _horizontal(sheet: Sheet, x: float, y: float, length: int) -> None:
    sheet.line(x, y, x + length, y, 0.1)
    for at in range(length + 1):
        sheet.line(x + at, y, x + at, y + _tick(at), 0.1)
    sheet.text(x + length + 1.5, y + 2, f"{length} mm", MARK)


def _vertical(sheet: Sheet, x: float, y: float, length: int) -> None:
    sheet.line(x, y, x, y + length, 0.1)
    for at in range(length + 1):
        sheet.line(x, y + at, x + _tick(at), y + at, 0.1)
    sheet.text(x, y + length + 3.5, f"{length} mm", MARK)


def _tick(at: int) -> float:
    return 5.0 if at % 10 == 0 else 3.5 if at % 5 == 0 else 2.0


def _corners(sheet: Sheet, paper: Paper, dx: float, dy: float) -> None:
    """Crosses 5 mm from each edge: what of them is missing lies in the edge the printer cannot reach."""
    for x in (5 + dx, paper.width - 5 + dx):
        for y in (5 + dy, paper.height - 5 + dy):
            sheet.line(x - 3, y, x + 3, y, 0.1)
            sheet.line(x, y - 3, x, y + 3, 0.1)
