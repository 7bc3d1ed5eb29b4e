"""Handling marks as labels: a symbol of our own drawing with its word, on any sheet (documents reference, 7.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jpship_gui.documents.address_labels import Labels, Setup
from jpship_gui.documents.addressing import fitted
from jpship_gui.documents.page import MM, Document, Paper, Sheet, Style
from jpship_gui.documents.stocks import Place, Stock
from jpship_gui.documents.symbols import SYMBOLS
from jpship_gui.documents.words import Words

LANGUAGE = "ja"
COOL = ("chilled", "frozen")


@dataclass(frozen=True, slots=True)
class MarkData:
    """One label: a mark of `SYMBOLS`, one of COOL, or an id whose word alone is printed; `tail` names the order."""

    mark: str
    word: str
    tail: str = ""


def render_marks(marks: Sequence[MarkData], stock: Stock, setup: Setup | None = None) -> Labels:
    """Fill sheets label by label; every mark fits every label."""
    setup = setup or Setup()
    document = Document(Paper(*stock.page, setup.dpi), Words(LANGUAGE)("documents.marks_title"))
    pages: list[list[int]] = []
    sheet = document.sheet()
    at = (setup.first - 1) % stock.labels
    for index, mark in enumerate(marks):
        if not pages or at == stock.labels:
            if pages:
                document.add(sheet)
                sheet, at = document.sheet(), 0
            pages.append([])
        place = stock.place(at, setup.offset, setup.scale)
        if setup.frames:
            sheet.rect(place.x, place.y, place.width, place.height, stroke=0.6, thick=0.1)
        _draw(sheet, mark, stock.inner(place, setup.padding))
        pages[-1].append(index)
        at += 1
    if pages:
        document.add(sheet)
    return Labels(document.finish(), tuple(map(tuple, pages)), ())


def _draw(sheet: Sheet, mark: MarkData, room: Place) -> None:
    if mark.tail:
        size = 7.0
        sheet.text(room.x + room.width, room.y + room.height, mark.tail, Style(size, gray=0.25), 1)
        room = Place(room.x, room.y, room.width, room.height - size * 1.3 / MM)
    if mark.mark in COOL:
        sheet.rect(
            room.x, room.y, room.width, room.height, radius=min(room.width, room.height) * 0.06, fill=0
        )
        _word(sheet, mark.word, room, 1.0, 0.62)
        return
    thick = min(room.width, room.height) * 0.025
    inset = thick / 2
    frame = (room.x + inset, room.y + inset, room.width - thick, room.height - thick)
    sheet.rect(*frame, radius=thick * 2, stroke=0, thick=thick)
    inner = Place(
        room.x + 2.4 * thick, room.y + 2.4 * thick, room.width - 4.8 * thick, room.height - 4.8 * thick
    )
    symbol = SYMBOLS.get(mark.mark)
    if symbol is None:
        _word(sheet, mark.word, inner, 0.0, 0.6)
    else:
        _beside(sheet, mark.word, symbol, inner)


def _beside(
    sheet: Sheet, word: str, symbol: Callable[[Sheet, float, float, float], None], room: Place
) -> None:
    """Symbol left of the word on a wide label, above it on a tall one."""
    if room.width > room.height * 1.3:
        side = min(room.height, room.width * 0.42)
        symbol(sheet, room.x, room.y + (room.height - side) / 2, side)
        gap = side * 0.12
        _word(sheet, word, Place(room.x + side + gap, room.y, room.width - side - gap, room.height), 0.0, 0.5)
        return
    side = min(room.width, room.height * 0.66)
    symbol(sheet, room.x + (room.width - side) / 2, room.y, side)
    _word(sheet, word, Place(room.x, room.y + side, room.width, room.height - side), 0.0, 0.6)


def _word(sheet: Sheet, word: str, room: Place, gray: float, share: float) -> None:
    """As large as it fits, in the middle."""
    style = fitted(
        sheet, word, Style(round(room.height * share * MM, 1), bold=True, gray=gray), room.width * 0.94, 0.02
    )
    sheet.text(room.x + room.width / 2, room.y + room.height / 2 + style.size * 0.37 / MM, word, style, 0.5)
