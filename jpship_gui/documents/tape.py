"""The scan tape on paper (読み取りの記録): every scan of a day in columns, NG rows marked by shape and bold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from jpship_gui.documents.desk_page import (
    LEFT,
    RIGHT,
    SMALL,
    TITLE,
    Flowing,
    columns_head,
    draw_rows,
    flow,
    page_number,
    shrunk,
    signatures,
)
from jpship_gui.documents.page import Document, Paper, Sheet, Style
from jpship_gui.documents.words import Words

COUNT = Style(24, bold=True)
PLAIN, BOLD = Style(8), Style(8, bold=True)
_TOP, _END, _SIGN = 42.0, 281.0, 262.0
_COLUMNS = (
    ("time", LEFT, 17.0),
    ("who", 31.0, 27.0),
    ("outcome", 63.0, 27.0),
    ("order", 92.0, 27.0),
    ("did", 121.0, 44.0),
    ("read", 167.0, 29.0),
)


@dataclass(frozen=True, slots=True)
class TapeRow:
    """One line in ready words; `klass` decides the mark."""

    time: str
    who: str
    outcome: str
    order: str
    did: str
    read: str
    klass: str = ""
    repeated: bool = False  # an NG that only says the one before was not acknowledged


def render_tape(
    rows: Sequence[TapeRow], heading: str, counts: str, language: str, dpi: int
) -> tuple[bytes, int]:
    """The PDF and its number of pages; `heading` says which days, desks and people, `counts` what was counted."""
    words = Words(language)
    document = Document(Paper(dpi=dpi), words("documents.tape_title"))
    measure = document.sheet()
    pages = flow((_row(measure, row) for row in rows), _TOP + 6.0, _END)
    last = _TOP + 6.0 + sum(row.height for row in pages[-1])
    for number, page in enumerate(pages, 1):
        sheet = document.sheet()
        sheet.text(LEFT, 21.0, words("documents.tape_title"), TITLE)
        sheet.text(RIGHT, 22.0, f"{len(rows):,}", COUNT, 1)
        sheet.text(LEFT, 28.0, heading, shrunk(sheet, heading, PLAIN, 150.0))
        sheet.text(LEFT, 33.5, counts, shrunk(sheet, counts, SMALL, RIGHT - LEFT))
        titles = [(x, words(f"tape.column.{_TITLES.get(name, name)}"), 0.0) for name, x, _ in _COLUMNS]
        columns_head(sheet, _TOP + 2.0, titles)
        draw_rows(sheet, page, _TOP + 6.0)
        page_number(sheet, number, len(pages))
        if number == len(pages) and last < _SIGN:
            signatures(sheet, _SIGN + 3.0, ((words("documents.tape_checked_by"), 60.0),))
        document.add(sheet)
    return document.finish(), len(pages)


_TITLES = {"who": "person"}


def tape_characters(row: TapeRow) -> str:
    """Every character that comes from outside the program."""
    return f"{row.who}{row.order}{row.did}{row.read}"


def _row(sheet: Sheet, row: TapeRow) -> Flowing:
    style = BOLD if row.klass == "ng" and not row.repeated else PLAIN
    cells = [sheet.wrap(getattr(row, name), style, room) for name, _, room in _COLUMNS]
    high = max(5.2, max(len(lines) for lines in cells) * 4.0 + 1.6)
    return Flowing(high, partial(_draw, row=row, cells=cells, style=style, high=high))


def _draw(
    sheet: Sheet, y: float, row: TapeRow, cells: Sequence[Sequence[str]], style: Style, high: float
) -> None:
    if row.klass == "ng" and not row.repeated:
        _cross(sheet, 60.2, y + 2.7)
    elif row.klass == "attention":
        _wedge(sheet, 60.2, y + 2.7)
    for (_, x, _), lines in zip(_COLUMNS, cells, strict=True):
        for number, words in enumerate(lines):
            sheet.text(x, y + 3.8 + number * 4.0, words, style)
    sheet.line(LEFT, y + high, RIGHT, y + high, 0.1, 0.75)


def _cross(sheet: Sheet, x: float, y: float) -> None:
    """NG, drawn: fonts lack the sign."""
    for rise in (1.2, -1.2):
        sheet.line(x - 1.2, y - rise, x + 1.2, y + rise, 0.5)


def _wedge(sheet: Sheet, x: float, y: float) -> None:
    """Attention, drawn."""
    sheet.line(x - 1.3, y + 1.1, x + 1.3, y + 1.1, 0.35)
    sheet.line(x - 1.3, y + 1.1, x, y - 1.2, 0.35)
    sheet.line(x + 1.3, y + 1.1, x, y - 1.2, 0.35)
