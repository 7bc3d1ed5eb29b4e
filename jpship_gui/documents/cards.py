"""Message cards: the giver's words on a postcard, A6 or cut cards, line breaks kept, never smaller than 8 points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpship_gui.documents.address_labels import Labels, Setup
from jpship_gui.documents.page import MM, Document, Paper, Sheet, Style
from jpship_gui.documents.stocks import Place, Stock
from jpship_gui.documents.words import Words

LANGUAGE = "ja"
_SIZES = (15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0)
_LEAD = 1.75  # line pitch in sizes
_COMFORT = 10.0  # points down to which the giver's own lines are kept whole
_SIGNED = 1.4  # lines the sender takes below
_EDGE = 8.0  # mm inside a card; of a cut card the half


@dataclass(frozen=True, slots=True)
class CardData:
    """One card. `sender` stands below the message at the right, "" where the message says it."""

    message: str
    sender: str = ""


def render_cards(cards: Sequence[CardData], stock: Stock, setup: Setup | None = None) -> Labels:
    """Fill sheets card by card; over = their message does not fit at 8 points."""
    setup = setup or Setup()
    document = Document(Paper(*stock.page, setup.dpi), Words(LANGUAGE)("documents.card_title"))
    pages: list[list[int]] = []
    over: list[int] = []
    sheet = document.sheet()
    at = (setup.first - 1) % stock.labels
    for index, card in enumerate(cards):
        place = stock.place(at % stock.labels, setup.offset, setup.scale)
        lines = _set(sheet, card, place)
        if lines is None:
            over.append(index)
            continue
        if not pages or at == stock.labels:
            if pages:
                document.add(sheet)
                sheet, at = document.sheet(), 0
                place = stock.place(0, setup.offset, setup.scale)
            pages.append([])
        if setup.frames:
            sheet.rect(place.x, place.y, place.width, place.height, stroke=0.6, thick=0.1)
        _draw(sheet, card, place, lines)
        pages[-1].append(index)
        at += 1
    if pages:
        document.add(sheet)
    return Labels(document.finish(), tuple(map(tuple, pages)), tuple(over))


def card_characters(card: CardData) -> str:
    """Every character that comes from outside the program."""
    return card.message + card.sender


def _edge(place: Place) -> float:
    return _EDGE if min(place.width, place.height) > 70 else _EDGE / 2 + 1


def _set(sheet: Sheet, card: CardData, place: Place) -> tuple[list[str], Style] | None:
    """The message's lines in the largest size at which they fit; a line of the giver's breaks only where it must."""
    width = place.width - 2 * _edge(place)
    room = place.height - 2 * _edge(place)
    message = card.message.strip("\n")
    own = message.count("\n") + 1
    fitting = []
    for size in _SIZES:
        style = Style(size)
        lines = sheet.wrap(message, style, width)
        high = (len(lines) + (_SIGNED if card.sender else 0.0)) * size * _LEAD / MM
        if high <= room and sheet.width(card.sender, style) <= width:
            fitting.append((lines, style))
    unbroken = [found for found in fitting if len(found[0]) == own and found[1].size >= _COMFORT]
    return next(iter(unbroken or fitting), None)


def _draw(sheet: Sheet, card: CardData, place: Place, text: tuple[list[str], Style]) -> None:
    """The message as a block in the middle, its lines flush left; the sender below at its right."""
    lines, style = text
    step = style.size * _LEAD / MM
    signed = _SIGNED if card.sender else 0.0
    wide = max((sheet.width(line, style) for line in lines), default=0.0)
    wide = max(wide, sheet.width(card.sender, style))
    x = place.x + (place.width - wide) / 2
    y = place.y + (place.height - (len(lines) + signed) * step) / 2 + step * 0.68
    for line in lines:
        sheet.text(x, y, line, style)
        y += step
    if card.sender:
        sheet.text(x + wide, y + step * 0.4, card.sender, style, 1)
