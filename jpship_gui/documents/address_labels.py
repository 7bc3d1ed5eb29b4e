"""Address labels on sheets of any geometry: parcels, letters by the post's rules, and the two fields of a prepaid
envelope (レターパック) or a plain post label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpship_gui.documents.addressing import Sizes, fit_block, fitted, pitch
from jpship_gui.documents.page import MM, Document, Paper, Sheet, Style
from jpship_gui.documents.stocks import Place, Stock
from jpship_gui.documents.words import Words, postal

LANGUAGE = "ja"
PARCEL, LETTER, POST = "parcel", "letter", "post"  # forms: for a parcel, a letter, with sender and contents
_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
_BASE = (80.4, 36.3)  # mm inside the most sold label (12-up 86.4 × 42.3): its type sizes are the design's


@dataclass(frozen=True, slots=True)
class AddressData:
    """One label. `tail` tells the packer which order it is; the sender's address is one line."""

    name: str
    postal_code: str = ""
    lines: tuple[str, ...] = ()
    company: str = ""
    phone: str = ""
    sender: str = ""
    sender_postal_code: str = ""
    sender_address: str = ""
    sender_phone: str = ""
    goods: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Setup:
    """How a sheet is filled: the first free label (from 1), offset and padding in mm, scale of the positions, frames
    around the labels for a test print."""

    form: str = PARCEL
    first: int = 1
    offset: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0
    padding: float = 3.0
    frames: bool = False
    dpi: int = 300


@dataclass(frozen=True, slots=True)
class Labels:
    """The file; for each page the numbers (from 0) of the labels on it; those that are on none as they do not fit."""

    pdf: bytes
    pages: tuple[tuple[int, ...], ...]
    over: tuple[int, ...]


def render_labels(labels: Sequence[AddressData], stock: Stock, setup: Setup | None = None) -> Labels:
    """Fill sheets label by label; without any label (a test print) one sheet of frames. The same values give the same
    bytes."""
    setup = setup or Setup()
    words = Words(LANGUAGE)
    document = Document(Paper(*stock.page, setup.dpi), words("documents.address_title"))
    pages: list[list[int]] = []
    over: list[int] = []
    sheet = document.sheet()
    at = (setup.first - 1) % stock.labels
    for index, label in enumerate(labels):
        if not pages or at == stock.labels:
            if pages:
                document.add(sheet)
                sheet, at = document.sheet(), 0
            pages.append([])
            _draw_frames(sheet, stock, setup)
        place = stock.place(at, setup.offset, setup.scale)
        if _Label(sheet, stock.inner(place, setup.padding), words).draw(label, setup.form):
            pages[-1].append(index)
            at += 1
        else:
            over.append(index)
    if not pages:
        pages.append([])
        _draw_frames(sheet, stock, setup)
    if pages[-1] or len(pages) == 1:  # a sheet was begun for a label that then did not fit
        document.add(sheet)
    else:
        pages.pop()
    return Labels(document.finish(), tuple(map(tuple, pages)), tuple(over))


def next_free(first: int, count: int, stock: Stock) -> int:
    """The first free label of the last sheet after `count` labels from `first` on; 1 = a new sheet."""
    return (first - 1 + count) % stock.labels + 1


def label_characters(label: AddressData) -> str:
    """Every character that comes from outside the program."""
    person = (label.name, *label.lines, label.company, label.goods)
    return "".join((*person, label.sender, label.sender_address, label.tail))


def _draw_frames(sheet: Sheet, stock: Stock, setup: Setup) -> None:
    """Outlines and numbers of all labels, to hold a test print against the stock."""
    if not setup.frames:
        return
    style = Style(7, gray=0.4)
    for index in range(stock.labels):
        place = stock.place(index, setup.offset, setup.scale)
        sheet.rect(place.x, place.y, place.width, place.height, stroke=0.4, thick=0.1)
        sheet.text(place.x + place.width - 1, place.y + place.height - 1, str(index + 1), style, 1)


class _Label:
    """One label inside its printable rectangle."""

    def __init__(self, sheet: Sheet, room: Place, words: Words) -> None:
        self._sheet, self._room, self._words = sheet, room, words
        self._f = max(0.66, min(room.width / _BASE[0], room.height / _BASE[1], 1.35))

    def draw(self, label: AddressData, form: str) -> bool:
        """False, and nothing drawn, where the text does not fit."""
        if form == POST:
            return self._draw_post(label)
        room, f = self._room, self._f
        foot = self._foot(label, form)
        foot_high = sum(step for _, _, step in foot)
        letter = form == LETTER
        code = Style(round(12 * f, 2), bold=True, spacing=0.12 if letter else 0.0)
        top = code.size * 0.78 / MM
        below = top + (2.2 if letter else 0.4)  # mm the post wants between postal code and address
        lines = tuple(line.translate(_WIDE) for line in label.lines) if letter else label.lines
        sizes = Sizes(11.5 * f, 10.5 * f, 16 * f, 12 * f, 1.6 * f)
        high = room.height - below - foot_high
        block = fit_block(self._sheet, lines, label.name, (room.width, high), sizes, label.company)
        if block is None:
            return False
        number = postal(label.postal_code)
        self._sheet.text(room.x, room.y + top, number.removeprefix("〒") if letter else number, code)
        if label.tail and not letter:
            tail = Style(round(max(6.5, 7.5 * f), 2), gray=0.25)
            self._sheet.text(room.x + room.width, room.y + top, label.tail, tail, 1)
        block.draw(self._sheet, room.x, room.y + below)
        y = room.y + room.height - foot_high
        for words, style, step in foot:
            y += step
            self._sheet.text(room.x, y - step * 0.25, words, style)
        return True

    def _foot(self, label: AddressData, form: str) -> list[tuple[str, Style, float]]:
        """Small at the foot: who sends it, and on a letter the order's tail, which may not stand beside the code."""
        if self._room.height < 24:  # such labels have room for the addressee alone
            return []
        style = Style(round(max(6.0, 7 * self._f), 2))
        where = f"{postal(label.sender_postal_code)} {label.sender_address}".strip()
        text = "  ".join(filter(None, (label.sender, where)))
        if form == LETTER and label.tail:
            text = f"{text}  {label.tail}".strip()
        lines = self._sheet.wrap(text, style, self._room.width) if text else []
        return [(line, style, pitch(style.size)) for line in lines]

    def _draw_post(self, label: AddressData) -> bool:
        """お届け先 above, ご依頼主 below, contents between: to be stuck on the fields of a prepaid envelope."""
        room, sheet, words, f = self._room, self._sheet, self._words, self._f
        gap, left = 1.2 * f, 13 * f
        width = room.width - left
        to = Sizes(12 * f, 11 * f, 17 * f, 12 * f, 1.6 * f)
        code = Style(round(11.5 * f, 2), bold=True)
        goods = Style(round(8.5 * f, 2))
        goods_lines = sheet.wrap(label.goods, goods, width) if label.goods else []
        head = code.size * 1.05 / MM
        tail = 1.0 * f + len(goods_lines) * pitch(goods.size)
        for scale in (1.0, 0.85, 0.75):
            sender, low = self._sender(label, width, scale)
            upper = max(room.height * 0.6, room.height - gap - low) if scale < 1 else room.height * 0.6
            upper = min(upper, room.height - gap - low)
            block = fit_block(sheet, label.lines, label.name, (width, upper - head - tail), to, label.company)
            if block is not None:
                break
        else:
            return False
        label_style, x = Style(round(7.5 * f, 2), gray=0.25), room.x + left
        sheet.text(room.x, room.y + head * 0.8, words("documents.post_to"), label_style)
        sheet.text(x, room.y + head * 0.8, postal(label.postal_code), code)
        phone = words("documents.phone", number=label.phone) if label.phone else ""
        if phone:
            sheet.text(room.x + room.width, room.y + head * 0.8, phone, Style(round(8 * f, 2), bold=True), 1)
        block.draw(sheet, x, room.y + head)
        y = room.y + upper - tail + 0.4 * f
        for number, line in enumerate(goods_lines):
            y += pitch(goods.size)
            if not number:
                sheet.text(room.x, y, words("documents.copy_goods"), label_style)
            sheet.text(x, y, line, goods)
        rule = room.y + upper + gap / 2
        sheet.line(room.x, rule, room.x + room.width, rule, 0.2)
        for number, (down, line, style) in enumerate(sender):
            if not number:
                sheet.text(room.x, rule + gap + down, words("documents.sender"), label_style)
            sheet.text(x, rule + gap + down, line, style)
        return True

    def _sender(
        self, label: AddressData, width: float, scale: float
    ) -> tuple[list[tuple[float, str, Style]], float]:
        """Lines (base line from the field's top, text, style) and how high they are together."""
        phone = self._words("documents.phone", number=label.sender_phone) if label.sender_phone else ""
        texts = (
            (postal(label.sender_postal_code), 10.0),
            (label.sender_address, 9.5),
            (label.sender, 11.0),
            (phone, 9.0),
        )
        y, made = 0.0, []
        for text, size in texts:
            style = Style(round(size * scale * self._f, 2), bold=size > 10)
            style = fitted(self._sheet, text, style, width, 0.8)
            for line in self._sheet.wrap(text, style, width) if text else ():
                y += pitch(style.size)
                made.append((y - pitch(style.size) * 0.2, line, style))
        return made, y
