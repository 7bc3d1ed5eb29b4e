"""Void waybills (無効になった送り状): what lies about and must be torn up, to be ticked off (PR-16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
    number_bars,
    page_number,
    shrunk,
    signatures,
    tick_box,
)
from jpship_gui.documents.page import Document, Paper, Sheet, Style
from jpship_gui.documents.words import Words

COUNT, DIGITS, TEXT, BOLD = Style(24, bold=True), Style(11, bold=True), Style(9), Style(9.5, bold=True)
_TOP, _END, _SIGN = 40.0, 280.0, 258.0
_BARS_X, _DIGITS_X, _ORDER_X = 17.0, 84.0, 130.0


@dataclass(frozen=True, slots=True)
class VoidRow:
    """One waybill; `number` "" where its carrier has not told it yet. `why` and `when` are ready words."""

    parcel: str
    number: str
    printed: str
    letter: str
    carrier: str
    order: str
    recipient: str
    why: str
    when: str


def render_voids(
    rows: Sequence[VoidRow], at: datetime, language: str, dpi: int
) -> tuple[bytes, tuple[int, ...]]:
    """The PDF, and how many rows stand on each page."""
    words = Words(language)
    document = Document(Paper(dpi=dpi), words("documents.voids_title"))
    measure = document.sheet()
    pages = flow((_row(measure, row) for row in rows), _TOP + 6.0, _END)
    last = _TOP + 6.0 + sum(row.height for row in pages[-1])
    for number, page in enumerate(pages, 1):
        sheet = document.sheet()
        sheet.text(LEFT, 21.0, words("documents.voids_title"), TITLE)
        sheet.text(RIGHT, 22.0, f"{len(rows):,}", COUNT, 1)
        sheet.text(LEFT, 28.0, words("documents.voids_hint"), TEXT)
        sheet.text(RIGHT, 28.0, f"{at:%Y-%m-%d %H:%M}", SMALL, 1)
        columns = (
            (_BARS_X, words("documents.waybill_number"), 0.0),
            (_ORDER_X, words("documents.void_order"), 0.0),
            (RIGHT, words("documents.void_done"), 1.0),
        )
        columns_head(sheet, _TOP + 2.0, columns)
        draw_rows(sheet, page, _TOP + 6.0)
        page_number(sheet, number, len(pages))
        if number == len(pages) and last < _SIGN:
            fields = ((words("documents.void_by"), 60.0), (words("documents.time"), 36.0))
            signatures(sheet, _SIGN + 4.0, fields)
        document.add(sheet)
    return document.finish(), tuple(len(page) for page in pages)


def void_characters(row: VoidRow) -> str:
    """Every character that comes from outside the program."""
    return f"{row.order}{row.recipient}{row.carrier}"


def _row(sheet: Sheet, row: VoidRow) -> Flowing:
    room = RIGHT - _ORDER_X - 14.0
    number = shrunk(sheet, row.order, BOLD, room, 0.8)
    lines = [(text, number) for text in sheet.wrap(row.order, number, room)]
    lines += [(text, TEXT) for text in sheet.wrap(row.recipient, TEXT, room)]
    lines += [(text, SMALL) for text in sheet.wrap(f"{row.why}  {row.when}", SMALL, room)]
    high = max(18.0, len(lines) * 4.4 + 5.0)
    return Flowing(high, partial(_draw_row, row=row, lines=lines, high=high))


def _draw_row(sheet: Sheet, y: float, row: VoidRow, lines: Sequence[tuple[str, Style]], high: float) -> None:
    bars = (
        number_bars(row.number, row.letter, sheet.paper.dpi, _DIGITS_X - _BARS_X + 6.0)
        if row.number
        else None
    )
    if bars is not None:
        sheet.bars(_BARS_X + 3.4, y + 3.0, bars, 9.0)
    printed = row.printed or row.number or "－"
    digits = shrunk(sheet, printed, DIGITS, _ORDER_X - _DIGITS_X - 4.0)
    sheet.text(_DIGITS_X + 4.0, y + 7.0, printed, digits)
    sheet.text(_DIGITS_X + 4.0, y + 11.4, row.carrier, shrunk(sheet, row.carrier, SMALL, 34.0))
    sheet.text(_DIGITS_X + 4.0, y + 15.4, row.parcel, SMALL)
    for number, (words, style) in enumerate(lines):
        sheet.text(_ORDER_X, y + 5.8 + number * 4.4, words, style)
    tick_box(sheet, RIGHT - 7.0, y + 4.0, 7.0)
    sheet.line(LEFT, y + high, RIGHT, y + high, 0.12, 0.72)
