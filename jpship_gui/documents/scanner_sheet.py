"""The scanner's test codes on paper, far enough apart that only one is in the beam."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpship_gui.documents.barcodes import Bars
from jpship_gui.documents.page import Document, Paper, Style
from jpship_gui.documents.words import Words

TITLE, HINT = Style(16, bold=True), Style(9.5, gray=0.33)
NUMBER, NAME, CODE = Style(22, bold=True), Style(13, bold=True), Style(9, gray=0.33)
_LEFT, _RIGHT, _TOP, _PITCH, _HIGH = 14.0, 196.0, 42.0, 80.0, 30.0


@dataclass(frozen=True, slots=True)
class ScannerCode:
    """One code: its name, its bars in dots of the paper, what it holds."""

    name: str
    bars: Bars
    held: str


def render_scanner_codes(codes: Sequence[ScannerCode], language: str, dpi: int) -> bytes:
    """One page."""
    words = Words(language)
    document = Document(Paper(dpi=dpi), words("scanner.sheet.title"))
    sheet = document.sheet()
    sheet.text(_LEFT, 19.0, words("scanner.sheet.title"), TITLE)
    for line, said in enumerate(sheet.wrap(words("scanner.sheet.hint"), HINT, _RIGHT - _LEFT)):
        sheet.text(_LEFT, 26.0 + line * 4.6, said, HINT)
    for place, code in enumerate(codes):
        y = _TOP + place * _PITCH
        sheet.line(_LEFT, y, _RIGHT, y)
        sheet.text(_LEFT, y + 14.0, str(place + 1), NUMBER)
        sheet.text(_LEFT + 12.0, y + 13.0, code.name, NAME)
        wide = code.bars.width * 25.4 / dpi
        sheet.bars((_LEFT + _RIGHT - wide) / 2, y + 26.0, code.bars, _HIGH)
        sheet.text((_LEFT + _RIGHT) / 2, y + 26.0 + _HIGH + 6.0, code.held, CODE, 0.5)
    document.add(sheet)
    return document.finish()
