"""Badges of the people who pack: cards of the size of a bank card to cut out, name and bar code (MD-03)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpship_gui.documents.barcodes import code128, dots_for
from jpship_gui.documents.page import Document, Paper, Sheet, Style
from jpship_gui.documents.words import Words

TITLE, HINT, PAGE = Style(14, bold=True), Style(9, gray=0.33), Style(9, gray=0.33)
NAME, ROLE, CODE = Style(20, bold=True), Style(9, gray=0.33), Style(8, gray=0.33)
_WIDE, _HIGH = 85.6, 54.0  # ISO/IEC 7810 ID-1, fits every holder
_LEFT, _TOP, _GAP = 17.4, 29.0, 4.0
_COLUMNS = 2
CARDS_ON_PAGE = 8
_MODULE = 0.38  # mm of the thinnest bar


@dataclass(frozen=True, slots=True)
class BadgeCard:
    """One person: what the bar code holds, the name, the role in words."""

    badge: str
    name: str
    role: str


def render_badges(cards: Sequence[BadgeCard], language: str, dpi: int) -> bytes:
    """The PDF, eight badges to a page."""
    words = Words(language)
    document = Document(Paper(dpi=dpi), words("documents.badges_title"))
    pages = [cards[at : at + CARDS_ON_PAGE] for at in range(0, len(cards), CARDS_ON_PAGE)]
    for number, page in enumerate(pages, 1):
        sheet = document.sheet()
        sheet.text(_LEFT, 17.0, words("documents.badges_title"), TITLE)
        sheet.text(_LEFT, 23.5, words("documents.badges_hint"), HINT)
        if len(pages) > 1:
            sheet.text(192.6, 17.0, f"{number} / {len(pages)}", PAGE, 1)
        for place, card in enumerate(page):
            x = _LEFT + place % _COLUMNS * (_WIDE + _GAP)
            _draw(sheet, card, x, _TOP + place // _COLUMNS * (_HIGH + _GAP))
        document.add(sheet)
    return document.finish()


def _draw(sheet: Sheet, card: BadgeCard, x: float, y: float) -> None:
    """Name above, code below with white around it; long names shrink, then break."""
    sheet.rect(x, y, _WIDE, _HIGH, radius=3.0, stroke=0.6, thick=0.2)
    inner = _WIDE - 12.0
    style = next((NAME.sized(size) for size in (20, 16, 13) if _fits(sheet, card.name, size, inner)), None)
    if style is not None:
        sheet.text(x + 6.0, y + 14.0, card.name, style)
    else:
        for line, part in enumerate(sheet.wrap(card.name, NAME.sized(10), inner)[:2]):
            sheet.text(x + 6.0, y + 10.0 + line * 4.6, part, NAME.sized(10))
    sheet.text(x + 6.0, y + 20.6, card.role, ROLE)
    bars = code128(card.badge, dots_for(_MODULE, sheet.paper.dpi))
    wide = bars.width * 25.4 / sheet.paper.dpi
    sheet.bars(x + (_WIDE - wide) / 2, y + 26.0, bars, 17.0)
    sheet.text(x + _WIDE / 2, y + 48.5, card.badge, CODE, 0.5)


def _fits(sheet: Sheet, name: str, size: float, room: float) -> bool:
    return sheet.width(name, NAME.sized(size)) <= room
