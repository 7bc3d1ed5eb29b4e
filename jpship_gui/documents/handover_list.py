"""Hand-over list (引渡し一覧): the parcels a driver takes, their numbers as bars, and where he signs (PR-15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from jpship_gui.documents.desk_page import (
    LABEL,
    LEFT,
    RIGHT,
    SMALL,
    TITLE,
    Flowing,
    columns_head,
    draw_rows,
    flow,
    number_bars,
    page_number,
    shrunk,
    signatures,
    tick_box,
)
from jpship_gui.documents.page import Document, Paper, Sheet, Style
from jpship_gui.documents.words import Words

CARRIER, COUNT, UNIT = Style(20, bold=True), Style(30, bold=True), Style(11, gray=0.33)
DIGITS, TEXT, BOLD = Style(11, bold=True), Style(9), Style(9.5, bold=True)
_TOP, _NEXT, _END, _SIGN = 62.0, 30.0, 280.0, 246.0
_ROW, _BARS = 14.0, 9.0
_BARS_X, _DIGITS_X, _SERVICE_X, _WHO_X = 21.0, 90.0, 126.0, 151.0


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One parcel: its bare number, as it is printed, the NW-7 letter of its carrier; `who` tells it apart without an
    address."""

    number: str
    printed: str = ""
    letter: str = "A"
    service: str = ""
    who: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class HandoverList:
    """All parcels of one carrier; `at` is Japan time. Numbers that lack are counted as well. `place` is where they
    change hands, where that is known."""

    carrier: str
    rows: tuple[HandoverRow, ...]
    at: datetime
    sender: str = ""
    person: str = ""
    place: str = ""


def render_handovers(lists: Sequence[HandoverList], language: str, dpi: int) -> tuple[bytes, tuple[int, ...]]:
    """The PDF, each carrier on pages of its own, and for each page the place of its list."""
    words = Words(language)
    document = Document(Paper(dpi=dpi), words("documents.handover_title"))
    owners: list[int] = []
    for place, made in enumerate(lists):
        for draw in _pages(made, words):
            sheet = document.sheet()
            draw(sheet)
            document.add(sheet)
            owners.append(place)
    return document.finish(), tuple(owners)


def _pages(made: HandoverList, words: Words) -> list[partial[None]]:
    rows = [
        Flowing(_ROW, partial(_draw_row, row=row, number=number)) for number, row in enumerate(made.rows, 1)
    ]
    services = Counter(row.service for row in made.rows)
    totals = [
        Flowing(6.4, partial(_draw_total, service=service or "－", count=count))
        for service, count in sorted(services.items(), key=lambda one: (-one[1], one[0]))
    ]
    rows.append(Flowing(9.0, partial(_draw_totals_head, words=words), with_next=True))
    rows += totals
    pages = flow(rows, _NEXT + 6.0, _END, _TOP + 6.0)
    start = _TOP if len(pages) == 1 else _NEXT
    if start + 6.0 + sum(row.height for row in pages[-1]) > _SIGN:
        pages.append([])
    return [
        partial(_draw_page, made=made, rows=page, place=(number, len(pages)), words=words)
        for number, page in enumerate(pages, 1)
    ]


def _draw_page(
    sheet: Sheet, made: HandoverList, rows: Sequence[Flowing], place: tuple[int, int], words: Words
) -> None:
    number, pages = place
    top = _TOP if number == 1 else _NEXT
    if number == 1:
        _draw_head(sheet, made, words)
    else:
        sheet.text(LEFT, 19.0, f"{words('documents.handover_title')}  {made.carrier}", BOLD)
        sheet.text(RIGHT, 19.0, f"{made.at:%Y-%m-%d %H:%M}", SMALL, 1)
    if rows:
        columns = (
            (LEFT, words("documents.number_short"), 0.0),
            (_BARS_X, words("documents.waybill_number"), 0.0),
            (_SERVICE_X, words("documents.service"), 0.0),
            (_WHO_X, words("documents.handover_to"), 0.0),
        )
        columns_head(sheet, top + 2.0, columns)
        draw_rows(sheet, rows, top + 6.0)
    if number == pages:
        _draw_signing(sheet, made, words)
    page_number(sheet, number, pages)


def _draw_head(sheet: Sheet, made: HandoverList, words: Words) -> None:
    sheet.text(LEFT, 21.0, words("documents.handover_title"), TITLE)
    sheet.text(RIGHT, 21.0, words.day(made.at.date()) + f"  {made.at:%H:%M}", BOLD, 1)
    count = f"{len(made.rows):,}"
    unit = words("documents.parcels")
    sheet.text(RIGHT, 40.0, unit, UNIT, 1)
    right = RIGHT - sheet.width(unit, UNIT) - 2.0
    sheet.text(right, 40.0, count, COUNT, 1)
    room = right - sheet.width(count, COUNT) - LEFT - 8.0
    style = shrunk(sheet, made.carrier, CARRIER, room)
    names = sheet.wrap(made.carrier, style, room)
    for line, text in enumerate(names[:2]):
        sheet.text(LEFT, 38.0 - (len(names[:2]) - 1) * 3.0 + line * 6.0, text, style)
    by = "  ".join(part for part in (made.sender, made.place, made.person) if part)
    for line, text in enumerate(sheet.wrap(by, TEXT, RIGHT - LEFT)[:2]):
        sheet.text(LEFT, 47.0 + line * 4.4, text, TEXT)
    sheet.line(LEFT, 55.0, RIGHT, 55.0, 0.5)


def _draw_row(sheet: Sheet, y: float, row: HandoverRow, number: int) -> None:
    middle = y + _ROW / 2
    sheet.text(LEFT + 6.0, middle + 1.2, f"{number}", TEXT, 1)
    bars = number_bars(row.number, row.letter, sheet.paper.dpi, _DIGITS_X - _BARS_X) if row.number else None
    if bars is not None:
        wide = bars.width * 25.4 / sheet.paper.dpi
        sheet.bars(_BARS_X + (_DIGITS_X - _BARS_X - wide) / 2, middle - _BARS / 2, bars, _BARS)
    else:
        sheet.rect(
            _BARS_X, middle - _BARS / 2, _DIGITS_X - _BARS_X - 4.0, _BARS, radius=0.8, stroke=0.5, thick=0.2
        )
    printed = row.printed or row.number or "－"
    digits = shrunk(sheet, printed, DIGITS, _SERVICE_X - _DIGITS_X - 2.0)
    sheet.text(_DIGITS_X, middle + 1.4, printed, digits)
    room = _WHO_X - _SERVICE_X - 2.0
    style = shrunk(sheet, row.service, TEXT, room, 0.75)
    lines = sheet.wrap(row.service, style, room)
    for line, text in enumerate(lines):
        sheet.text(_SERVICE_X, middle + 1.2 + (line - (len(lines) - 1) / 2) * 3.8, text, style)
    _draw_who(sheet, row, middle)
    tick_box(sheet, RIGHT - 4.2, middle - 2.1)
    sheet.line(LEFT, y + _ROW, RIGHT, y + _ROW, 0.12, 0.72)


def _draw_who(sheet: Sheet, row: HandoverRow, middle: float) -> None:
    """Whose it is, as far as it fits beside the tail of the order number; the number identifies it."""
    room = RIGHT - _WHO_X - 7.0
    style = shrunk(sheet, row.who, TEXT, room * 2, 0.75)
    whole = sheet.wrap(row.who, style, room)
    lines = whole if len(whole) < 3 else [whole[0], f"{whole[1][:-1]}…"]
    y = middle - 1.0 - (len(lines) - 1) * 1.8
    for number, line in enumerate(lines):
        sheet.text(_WHO_X, y + number * 3.6, line, style)
    sheet.text(_WHO_X, y + len(lines) * 3.6 + 0.4, row.order, shrunk(sheet, row.order, SMALL, room))


def _draw_totals_head(sheet: Sheet, y: float, words: Words) -> None:
    sheet.text(LEFT, y + 6.0, words("documents.by_service"), LABEL)


def _draw_total(sheet: Sheet, y: float, service: str, count: int) -> None:
    sheet.text(LEFT + 4.0, y + 4.4, service, shrunk(sheet, service, BOLD, 80.0))
    sheet.text(LEFT + 100.0, y + 4.4, f"{count:,}", DIGITS, 1)


def _draw_signing(sheet: Sheet, made: HandoverList, words: Words) -> None:
    sheet.line(LEFT, _SIGN + 2.0, RIGHT, _SIGN + 2.0, 0.5)
    told = words("documents.handover_taken", count=len(made.rows))
    sheet.text(LEFT, _SIGN + 9.0, told, BOLD)
    fields = (
        (words("documents.handover_driver"), 78.0),
        (words("documents.handover_time"), 40.0),
        (words("documents.handover_by"), 46.0),
    )
    signatures(sheet, _SIGN + 16.0, fields)
