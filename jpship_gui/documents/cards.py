"""Message cards: the giver's words on a postcard, A6 or cut cards, line breaks kept, never smaller than 8 points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpship_gui.documents.address_labels import Labels, Setup
from jpship_gui.documents.addressing import fitted
from jpship_gui.documents.layout import PaperLayout, usual
from jpship_gui.documents.page import MM, Document, Paper, Sheet, Style
from jpship_gui.documents.stocks import Place, Stock
from jpship_gui.documents.words import Words

LANGUAGE = "ja"
_SIZES = (20.0, 18.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0)
_LEAD = 1.75  # line pitch in sizes
_COMFORT = 10.0  # points down to which the giver's own lines are kept whole
_SIGNED = 1.4  # lines the sender takes below
_HEADING, _FOOTER = 9.0, 7.0  # mm the shop's heading and last line take
_EDGE = 8.0  # mm inside a card; of a cut card the half


@dataclass(frozen=True, slots=True)
class CardData:
    """One card. `sender` stands below the message at the right, "" where the message says it."""

    message: str
    sender: str = ""
    layout: PaperLayout | None = None  # of its shop; None: as the build has it


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
    layout = _layout(card)
    return card.message + _sender(card) + layout.text("heading") + layout.text("footer")


def _edge(place: Place) -> float:
    return _EDGE if min(place.width, place.height) > 70 else _EDGE / 2 + 1


def _layout(card: CardData) -> PaperLayout:
    return card.layout or usual("card")


def _sender(card: CardData) -> str:
    return card.sender if _layout(card).on("sender") else ""


def _room(card: CardData, place: Place) -> Place:
    """What the message may take: inside the edges, below the shop's heading and above its last line."""
    edge, layout = _edge(place), _layout(card)
    top = edge + (_HEADING if layout.text("heading") else 0.0)
    low = edge + (_FOOTER if layout.text("footer") else 0.0)
    return Place(place.x + edge, place.y + top, place.width - 2 * edge, place.height - top - low)


def _set(sheet: Sheet, card: CardData, place: Place) -> tuple[list[str], Style] | None:
    """The message's lines in the largest size at which they fit; a line of the giver's breaks only where it must."""
    room, sender = _room(card, place), _sender(card)
    message = card.message.strip("\n")
    own = message.count("\n") + 1
    fitting = []
    for size in (size for size in _SIZES if size <= _layout(card).size("message")):
        style = Style(size)
        lines = sheet.wrap(message, style, room.width)
        high = (len(lines) + (_SIGNED if sender else 0.0)) * size * _LEAD / MM
        if high <= room.height and sheet.width(sender, style) <= room.width:
            fitting.append((lines, style))
    unbroken = [found for found in fitting if len(found[0]) == own and found[1].size >= _COMFORT]
    return next(iter(unbroken or fitting), None)


def _draw(sheet: Sheet, card: CardData, place: Place, text: tuple[list[str], Style]) -> None:
    """The shop's heading, the message as a block in the middle with its lines flush left, the sender below at its
    right, the shop's last line."""
    lines, style = text
    room, sender, layout = _room(card, place), _sender(card), _layout(card)
    edge, middle = _edge(place), place.x + place.width / 2
    heading, footer = layout.text("heading"), layout.text("footer")
    bold = fitted(sheet, heading, Style(12, bold=True), room.width, 0.5)
    sheet.text(middle, place.y + edge + 4.5, heading, bold, 0.5)
    step = style.size * _LEAD / MM
    wide = max(sheet.width(line, style) for line in (*lines, sender))
    x = room.x + (room.width - wide) / 2
    y = room.y + (room.height - (len(lines) + (_SIGNED if sender else 0.0)) * step) / 2 + step * 0.68
    for line in lines:
        sheet.text(x, y, line, style)
        y += step
    if sender:
        sheet.text(x + wide, y + step * 0.4, sender, style, 1)
    small = fitted(sheet, footer, Style(8.5, gray=0.25), room.width, 0.5)
    sheet.text(middle, place.y + place.height - edge, footer, small, 0.5)
