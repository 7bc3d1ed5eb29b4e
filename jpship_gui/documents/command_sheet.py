"""Bar codes of the packing desk's commands, on sheets to be hung beside the scanner (PK-12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jpship_gui.documents.barcodes import code128, dots_for
from jpship_gui.documents.page import Document, Paper, Sheet, Style
from jpship_gui.documents.words import Words

TITLE, HINT, PAGE = Style(16, bold=True), Style(9.5, gray=0.33), Style(9, gray=0.33)
SECTION, NAME, OTHER, CODE = (
    *(Style(11, bold=True), Style(13, bold=True)),
    *(Style(8.5, gray=0.33), Style(7.5, gray=0.5)),
)
_LEFT, _WIDE, _GAP = 12.0, 186.0, 4.0
_TOP, _BOTTOM = 32.0, 285.0
_HEADING = 9.0  # mm
_MODULE = 0.42  # mm of a bar code's narrowest bar, where there is room


@dataclass(frozen=True, slots=True)
class CommandCard:
    """One command: what its bar code holds, its name, and the name in further languages."""

    code: str
    name: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommandSection:
    """Cards that belong together, in so many columns; `low` where a card needs no further languages."""

    title: str
    cards: tuple[CommandCard, ...]
    columns: int = 2
    low: bool = False

    @property
    def height(self) -> float:
        """Of a card, in mm."""
        return 27.0 if self.low else 34.0


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of cards, below the section's title where it begins one."""

    section: CommandSection
    cards: tuple[CommandCard, ...]
    first: bool

    @property
    def height(self) -> float:
        return self.section.height + _GAP + (_HEADING if self.first else 0.0)


def render_commands(sections: Sequence[CommandSection], language: str, dpi: int) -> tuple[bytes, int]:
    """The PDF of the sheets, and how many pages it has; no row is torn apart from its title."""
    words = Words(language)
    document = Document(Paper(dpi=dpi), words("documents.commands_title"))
    pages = list(_pages(sections))
    for number, rows in enumerate(pages, 1):
        sheet = document.sheet()
        sheet.text(_LEFT, 18.0, words("documents.commands_title"), TITLE)
        for line, words_of_line in enumerate(sheet.wrap(words("documents.commands_hint"), HINT, _WIDE)):
            sheet.text(_LEFT, 25.0 + line * 4.6, words_of_line, HINT)
        if len(pages) > 1:
            sheet.text(_LEFT + _WIDE, 18.0, f"{number} / {len(pages)}", PAGE, 1)
        y = _TOP
        for row in rows:
            if row.first:
                sheet.text(_LEFT, y + 4.6, row.section.title, SECTION)
                sheet.line(_LEFT, y + 6.4, _LEFT + _WIDE, y + 6.4, 0.3, 0.6)
            _draw_row(sheet, row, y + (_HEADING if row.first else 0.0))
            y += row.height
        document.add(sheet)
    return document.finish(), len(pages)


def _pages(sections: Sequence[CommandSection]) -> Iterator[list[_Row]]:
    """A section stands on one page where one holds it."""
    page: list[_Row] = []
    y = _TOP
    for section in sections:
        rows = [
            _Row(section, section.cards[at : at + section.columns], first=not at)
            for at in range(0, len(section.cards), section.columns)
        ]
        whole = sum(row.height for row in rows) - _GAP
        if page and y + whole > _BOTTOM and _TOP + whole <= _BOTTOM:
            yield page
            page, y = [], _TOP
        for row in rows:
            if y + row.height - _GAP > _BOTTOM:
                yield page
                page, y = [], _TOP
            page.append(row)
            y += row.height
    if page:
        yield page


def _draw_row(sheet: Sheet, row: _Row, y: float) -> None:
    columns = row.section.columns
    wide = (_WIDE - _GAP * (columns - 1)) / columns
    for place, card in enumerate(row.cards):
        _draw_card(sheet, card, _LEFT + place * (wide + _GAP), y, wide, row.section)


def _draw_card(
    sheet: Sheet, card: CommandCard, x: float, y: float, wide: float, section: CommandSection
) -> None:
    """Name above, code below, and so much white around that a scanner never sees two."""
    high = section.height
    sheet.rect(x, y, wide, high, radius=2.0, stroke=0.6, thick=0.2)
    inner = wide - 8.0
    style = next(
        (s for s in (NAME, NAME.sized(11), NAME.sized(9.5)) if sheet.width(card.name, s) <= inner), None
    )
    lines = [card.name] if style else sheet.wrap(card.name, NAME.sized(8.5), inner)[:2]
    for line, name in enumerate(lines):
        base = 7.4 if style else 4.8
        sheet.text(x + 4.0, y + base + line * 3.8, name, style or NAME.sized(8.5))
    if not section.low:
        others = " / ".join(card.others)
        small = OTHER if sheet.width(others, OTHER) <= inner else OTHER.sized(6.5)
        sheet.text(x + 4.0, y + 12.6, others, small)
    bars = code128(card.code, _module(card.code, wide, sheet.paper.dpi))
    across = bars.width * 25.4 / sheet.paper.dpi
    tall = 11.5 if section.low else 13.4
    sheet.bars(x + (wide - across) / 2, y + high - tall - 5.6, bars, tall)
    sheet.text(x + wide / 2, y + high - 2.2, card.code, CODE, 0.5)


def _module(code: str, wide: float, dpi: int) -> int:
    """Dots of the narrowest bar: so many that ten of them stay white on both sides."""
    modules = code128(code, 1).width + 20
    return max(2, min(dots_for(_MODULE, dpi), int((wide - 1.0) * dpi / 25.4 / modules)))
