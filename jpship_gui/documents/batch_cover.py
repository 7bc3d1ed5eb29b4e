"""Cover of a batch: what is in it by carrier and service, from which number to which, who has it (PR-08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.documents.desk_page import (
    LABEL,
    LEFT,
    RIGHT,
    TITLE,
    columns_head,
    page_number,
    shrunk,
    signatures,
)
from jpship_gui.documents.page import Document, Paper, Sheet, Style
from jpship_gui.documents.words import Words

NUMBER, FIGURE, UNIT = Style(64, bold=True), Style(24, bold=True), Style(10, gray=0.33)
COMING, TEXT, BOLD, COUNT = Style(30, bold=True), Style(11), Style(12, bold=True), Style(14, bold=True)
_TOP, _ROW, _END = 112.0, 8.6, 240.0


@dataclass(frozen=True, slots=True)
class CoverRow:
    """How much of a carrier's service is in the batch."""

    carrier: str
    service: str
    shipments: int
    parcels: int


@dataclass(frozen=True, slots=True)
class Cover:
    """`batch` 0 = not printed yet; `first` and `last` are running numbers, `at` Japan time. `marks` are (words, count)
    of what wants care."""

    rows: tuple[CoverRow, ...]
    shipments: int
    parcels: int
    pieces: int
    at: datetime
    batch: int = 0
    first: int = 0
    last: int = 0
    person: str = ""
    marks: tuple[tuple[str, int], ...] = ()


def render_cover(cover: Cover, language: str, dpi: int) -> bytes:
    """The PDF; a second page only where the services need it."""
    words = Words(language)
    document = Document(Paper(dpi=dpi), words("documents.cover_title"))
    per_page = int((_END - _TOP) / _ROW)
    pages = [cover.rows[at : at + per_page] for at in range(0, len(cover.rows), per_page)] or [()]
    for number, rows in enumerate(pages, 1):
        sheet = document.sheet()
        _draw_head(sheet, cover, words)
        _draw_rows(sheet, rows, words)
        fields = (("documents.cover_picked", 50.0), ("documents.packed_by", 50.0), ("documents.time", 36.0))
        signatures(sheet, 256.0, [(words(key), wide) for key, wide in fields])
        page_number(sheet, number, len(pages))
        document.add(sheet)
    return document.finish()


def _draw_head(sheet: Sheet, cover: Cover, words: Words) -> None:
    sheet.text(LEFT, 24.0, words("documents.cover_title"), TITLE)
    sheet.text(RIGHT, 24.0, f"{words.day(cover.at.date())}  {cover.at:%H:%M}", TEXT, 1)
    number = f"{cover.batch}" if cover.batch else words("documents.cover_coming")
    style = NUMBER if cover.batch else COMING
    sheet.text(LEFT, 56.0 if cover.batch else 52.0, number, shrunk(sheet, number, style, 90.0))
    if cover.last:
        span = words("documents.cover_span", first=cover.first, last=cover.last)
        sheet.text(RIGHT, 44.0, span, BOLD, 1)
    if cover.person:
        sheet.text(RIGHT, 52.0, cover.person, shrunk(sheet, cover.person, TEXT, 90.0), 1)
    figures = (
        (words("documents.cover_shipments"), cover.shipments),
        (words("documents.parcels_word"), cover.parcels),
        (words("documents.cover_pieces"), cover.pieces),
    )
    x = LEFT
    for label, count in figures:
        sheet.text(x, 72.0, label, LABEL)
        sheet.text(x, 84.0, f"{count:,}", FIGURE)
        x += 60.0
    marks = "   ".join(f"{mark} {count:,}" for mark, count in cover.marks if count)
    for line, text in enumerate(sheet.wrap(marks, BOLD, RIGHT - LEFT)[:2]):
        sheet.text(LEFT, 95.0 + line * 5.4, text, BOLD)


def _draw_rows(sheet: Sheet, rows: Sequence[CoverRow], words: Words) -> None:
    columns = (
        (LEFT, words("documents.carrier"), 0.0),
        (LEFT + 54.0, words("documents.service"), 0.0),
        (RIGHT - 36.0, words("documents.cover_shipments"), 1.0),
        (RIGHT, words("documents.parcels_word"), 1.0),
    )
    columns_head(sheet, _TOP - 4.0, columns)
    for place, row in enumerate(rows):
        y = _TOP + place * _ROW
        sheet.text(LEFT, y + 4.4, row.carrier or "－", shrunk(sheet, row.carrier, BOLD, 50.0))
        sheet.text(LEFT + 54.0, y + 4.4, row.service or "－", shrunk(sheet, row.service, TEXT, 60.0))
        sheet.text(RIGHT - 36.0, y + 4.4, f"{row.shipments:,}", COUNT, 1)
        sheet.text(RIGHT, y + 4.4, f"{row.parcels:,}", COUNT, 1)
        sheet.line(LEFT, y + 6.8, RIGHT, y + 6.8, 0.12, 0.72)
