"""Bar codes of the packing desk's commands, on a sheet to be hung beside the scanner (PK-12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpship_gui.documents.barcodes import code128, dots_for
from jpship_gui.documents.page import Document, Paper, Sheet, Style
from jpship_gui.documents.words import Words

TITLE, HINT, PAGE = Style(16, bold=True), Style(9.5, gray=0.33), Style(9, gray=0.33)
NAME, OTHER, CODE = Style(13, bold=True), Style(8.5, gray=0.33), Style(7.5, gray=0.5)
_LEFT, _TOP, _WIDE, _HIGH, _GAP = 12.0, 34.0, 91.0, 39.0, 4.0
_ROWS = 6


@dataclass(frozen=True, slots=True)
class CommandCard:
    """One command: what its bar code holds, its name, and the name in further languages."""

    code: str
    name: str
    others: tuple[str, ...] = ()


def render_commands(cards: Sequence[CommandCard], language: str, dpi: int) -> bytes:
    """The PDF of the sheet, twelve commands to a page."""
    words = Words(language)
    document = Document(Paper(dpi=dpi), words("documents.commands_title"))
    per_page = _ROWS * 2
    pages = [cards[at : at + per_page] for at in range(0, len(cards), per_page)]
    for number, page in enumerate(pages, 1):
        sheet = document.sheet()
        sheet.text(_LEFT, 19.0, words("documents.commands_title"), TITLE)
        for line, words_of_line in enumerate(sheet.wrap(words("documents.commands_hint"), HINT, 186.0)):
            sheet.text(_LEFT, 26.0 + line * 4.6, words_of_line, HINT)
        if len(pages) > 1:
            sheet.text(198.0, 19.0, f"{number} / {len(pages)}", PAGE, 1)
        for place, card in enumerate(page):
            x = _LEFT + place % 2 * (_WIDE + _GAP)
            _draw_card(sheet, card, x, _TOP + place // 2 * (_HIGH + _GAP))
        document.add(sheet)
    return document.finish()


def _draw_card(sheet: Sheet, card: CommandCard, x: float, y: float) -> None:
    """Name above, code below, and so much white around that a scanner never sees two."""
    sheet.rect(x, y, _WIDE, _HIGH, radius=2.0, stroke=0.6, thick=0.2)
    inner = _WIDE - 10.0
    style = NAME if sheet.width(card.name, NAME) <= inner else NAME.sized(10)
    for line, name in enumerate(sheet.wrap(card.name, style, inner)[:2]):
        sheet.text(x + 5.0, y + 8.2 + line * 4.6, name, style)
    others = " / ".join(card.others)
    small = OTHER if sheet.width(others, OTHER) <= inner else OTHER.sized(7)
    sheet.text(x + 5.0, y + 13.8, others, small)
    bars = code128(card.code, dots_for(0.42, sheet.paper.dpi))
    wide = bars.width * 25.4 / sheet.paper.dpi
    sheet.bars(x + (_WIDE - wide) / 2, y + 17.5, bars, 14.0)
    sheet.text(x + _WIDE / 2, y + 35.8, card.code, CODE, 0.5)
