"""The desk's own copy of a waybill (控え): one page a parcel, for thermal 100×150 mm, A6 and A5; it knows no price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from jpship_gui.documents.addressing import Sizes, fit_block, fitted, pitch
from jpship_gui.documents.barcodes import Bars, code128, dots_for, nw7, nw7_wide, qr_matrix
from jpship_gui.documents.layout import PaperLayout, usual
from jpship_gui.documents.page import Document, Paper, Sheet, Style
from jpship_gui.documents.words import Words, postal, yen

LANGUAGE = "ja"
SIZES = {"100x150": (100.0, 150.0), "a6": (105.0, 148.0), "a5": (148.0, 210.0)}
_NW7 = frozenset("0123456789-$:/.+")
_NARROW = (0.42, 0.375, 0.33, 0.25)  # mm, the widest that fits


@dataclass(frozen=True, slots=True)
class CopyData:
    """One parcel. `wish`, `marks`, `cool` and `order` are ready words, `number` bare and `printed` grouped; `letter` is
    the start and stop letter of its NW-7, "" where its carrier prints another code. `cash` in yen is what the driver
    collects; `lines` break as they should on paper."""

    key: str
    name: str
    postal_code: str = ""
    lines: tuple[str, ...] = ()
    company: str = ""
    phone: str = ""
    carrier: str = ""
    service: str = ""
    piece: int = 1
    pieces: int = 1
    wish: str = ""
    sorting: str = ""
    cool: str = ""
    cash: int | None = None
    sender: str = ""
    sender_phone: str = ""
    sender_address: str = ""
    goods: str = ""
    marks: tuple[str, ...] = ()
    number: str = ""
    printed: str = ""
    letter: str = "A"
    order: str = ""
    batch: int = 0
    row: int = 0
    layout: PaperLayout | None = None  # of its shop; None: as the build has it


@dataclass(frozen=True, slots=True)
class Copies:
    """The file, and the numbers (from 0) of those that are on no page because their address does not fit."""

    pdf: bytes
    over: tuple[int, ...]


def render_copies(copies: Sequence[CopyData], size: str = "100x150", dpi: int = 203) -> Copies:
    """One page each in their order; the same copies give the same bytes."""
    words = Words(LANGUAGE)
    document = Document(Paper(*SIZES[size], dpi), words("documents.copy_title"))
    over = tuple(index for index, copy in enumerate(copies) if not _Page(document, copy, words).add(document))
    return Copies(document.finish(), over)


def copy_characters(copy: CopyData) -> str:
    """Every character that comes from outside the program."""
    person = (copy.name, *copy.lines, copy.company, copy.phone, copy.wish, copy.goods)
    return "".join((*person, copy.sender, copy.sender_address, copy.order))


def _shown(copy: CopyData, layout: PaperLayout) -> CopyData:
    """Without what the shop's layout leaves off."""
    off: dict[str, dict[str, Any]] = {
        "phone": {"phone": ""},
        "sender": {"sender": "", "sender_phone": "", "sender_address": ""},
        "goods": {"goods": ""},
        "marks": {"marks": ()},
        "order_number": {"order": ""},
        "batch": {"batch": 0},
    }
    gone = {key: value for name, part in off.items() if not layout.on(name) for key, value in part.items()}
    return replace(copy, **gone) if gone else copy


class _Page:
    """One copy, in the millimetres of its design's 100×150 mm: `_f` makes them the paper's."""

    def __init__(self, document: Document, copy: CopyData, words: Words) -> None:
        paper = document.paper
        self._sheet = document.sheet()
        self._f = min(paper.width / 100, paper.height / 150)
        self._left, self._right = 4 * self._f, paper.width - 4 * self._f
        self._low = paper.height
        self._layout = copy.layout or usual("label")
        self._copy, self._words = _shown(copy, self._layout), words
        self._document = document

    def add(self, document: Document) -> bool:
        """Draw the page and put it into the document; False, and no page, where the address does not fit."""
        copy, f, sheet = self._copy, self._f, self._sheet
        large = self._layout.size("name") * f
        sender, goods, rows = self._sender_lines(), self._goods_lines(), self._mark_rows()
        below = 3.7 * f + len(sender) * 4.0 * f + max(6.9 * f, len(goods) * 4.4 * f) + len(rows) * 7.0 * f
        sizes = Sizes(self._layout.size("address") * f, 12 * f, large, large * 0.65, 3.2 * f, 10 * f / large)
        top = 42 * f
        for height in (17 * f, 11 * f):  # lower bars where an address needs the room
            end = self._low - 31 * f - height
            room = (self._right - self._left, end - below - top - 13.2 * f)
            block = fit_block(sheet, copy.lines, copy.name, room, sizes, copy.company)
            if block is not None:
                break
        else:
            return False
        sheet.part(document.part(("rules", end), partial(self._draw_rules, end)))
        self._draw_bar()
        self._draw_boxes()
        self._draw_recipient(top)
        block.draw(sheet, self._left, top + 10.7 * f)
        self._draw_below(end - below, sender, goods, rows)
        self._draw_number(end, height)
        self._draw_foot()
        document.add(sheet)
        return True

    def _style(self, size: float, bold: bool = True, gray: float = 0.0, spacing: float = 0.0) -> Style:
        return Style(round(size * self._f, 2), bold, gray, spacing)

    def _draw_rules(self, end: float, sheet: Sheet) -> None:
        for y in (42 * self._f, end, self._low - 18.8 * self._f):
            sheet.line(self._left, y, self._right, y, 0.35)

    def _draw_bar(self) -> None:
        """Carrier, service with its temperature, piece of pieces: white on black."""
        copy, sheet, f = self._copy, self._sheet, self._f
        wide = self._right - self._left
        sheet.rect(self._left, 4 * f, wide, 13 * f, fill=0)
        y = 12.9 * f
        piece = f"{copy.piece}/{copy.pieces}"
        big = self._style(16.5, gray=1)
        sheet.text(self._right - 4.5 * f, y, piece, big, 1)
        taken = sheet.width(piece, big) + 9 * f
        carrier = fitted(sheet, copy.carrier, self._style(16, gray=1), wide * 0.34, 0.4)
        sheet.text(self._left + 4 * f, y, copy.carrier, carrier)
        start = self._left + 8 * f + sheet.width(copy.carrier, carrier)
        room = self._right - taken - start
        cool = self._style(11)
        band = sheet.width(copy.cool, cool) + 4 * f if copy.cool else 0.0
        service = fitted(
            sheet, copy.service, self._style(14, gray=1), room - band - (2 * f if band else 0), 0.4
        )
        used = sheet.width(copy.service, service) + (band + 2 * f if band else 0.0)
        x = start + max(0.0, (room - used) / 2)
        sheet.text(x, y, copy.service, service)
        if copy.cool:
            x += used - band
            sheet.rect(x, 6.7 * f, band, 7.6 * f, radius=1 * f, fill=1)
            sheet.text(x + 2 * f, 12 * f, copy.cool, cool)

    def _draw_boxes(self) -> None:
        """What the driver must not overlook: day and slot white on black, cash likewise, sorting in a frame."""
        copy, words = self._copy, self._words
        wish = copy.wish or words("documents.copy_no_wish")
        boxes = [("documents.copy_wish", wish, bool(copy.wish), 58.0)]
        if copy.cash is not None:
            boxes.append(("documents.copy_cash", yen(copy.cash), True, 34.0))
        if copy.sorting:
            boxes.append(("documents.copy_sorting", copy.sorting, False, 31.0))
        gap = 3.0 * self._f
        width = self._right - self._left - gap * (len(boxes) - 1)
        x, whole = self._left, sum(box[3] for box in boxes)
        for key, value, dark, share in boxes:
            self._draw_box(x, width * share / whole, words(key), value, dark)
            x += width * share / whole + gap

    def _draw_box(self, x: float, wide: float, label: str, value: str, dark: bool) -> None:
        sheet, f = self._sheet, self._f
        sheet.text(x, 22.9 * f, label, self._style(8))
        if dark:
            sheet.rect(x, 25 * f, wide, 13 * f, fill=0)
        else:
            sheet.rect(x + 0.25, 25 * f + 0.25, wide - 0.5, 13 * f - 0.5, stroke=0, thick=0.5)
        gray = 1.0 if dark else 0.0
        style = fitted(sheet, value, self._style(16, gray=gray), wide - 4 * f, 0.5)
        lines = sheet.wrap(value, style, wide - 4 * f)
        step = pitch(style.size)
        y = 32.0 * f + style.size * 0.127 - (len(lines) - 1) / 2 * step
        for number, line in enumerate(lines):
            sheet.text(x + wide / 2, y + number * step, line, style, 0.5)

    def _draw_recipient(self, top: float) -> None:
        """Postal code and telephone; address and name stand below as a block."""
        copy, sheet, f = self._copy, self._sheet, self._f
        sheet.text(self._left, top + 9.1 * f, postal(copy.postal_code), self._style(17))
        if copy.phone:
            phone = self._words("documents.phone", number=copy.phone)
            sheet.text(self._right, top + 8.7 * f, phone, self._style(11), 1)

    def _sender_lines(self) -> list[tuple[str, Style]]:
        copy, sheet = self._copy, self._sheet
        style, width = self._style(9), self._right - self._left - 14 * self._f
        made = []
        for text in ("  ".join(filter(None, (copy.sender, copy.sender_phone))), copy.sender_address):
            if text:
                size = fitted(sheet, text, style, width)
                made += [(line, size) for line in sheet.wrap(text, size, width)]
        return made

    def _goods_lines(self) -> list[tuple[str, Style]]:
        """What is in it, on two lines at most; what is left out there is seen as 「…」."""
        copy, sheet, f = self._copy, self._sheet, self._f
        beside = self._beside()
        width = self._right - self._left - 14 * f - (beside + 2 * f if beside else 0.0)
        style = fitted(sheet, copy.goods, self._style(10), width)
        lines = sheet.wrap(copy.goods, style, width) if copy.goods else []
        if len(lines) > 2:
            second = lines[1]
            while second and sheet.width(second + "…", style) > width:
                second = second[:-1]
            lines = [lines[0], second + "…"]
        return [(line, style) for line in lines]

    def _draw_below(
        self,
        y: float,
        sender: Sequence[tuple[str, Style]],
        goods: Sequence[tuple[str, Style]],
        rows: Sequence[Sequence[str]],
    ) -> None:
        """Sender, goods and handling marks, from the rule above them down."""
        sheet, f, words = self._sheet, self._f, self._words
        label = self._style(7.5)
        sheet.line(self._left, y, self._right, y, 0.35)
        y += 0.9 * f
        for number, (line, style) in enumerate(sender):
            y += 4.0 * f
            if not number:
                sheet.text(self._left, y, words("documents.sender"), label)
            sheet.text(self._left + 14 * f, y, line, style)
        y += 1.4 * f
        high = max(6.9 * f, len(goods) * 4.4 * f)
        for number, (line, style) in enumerate(goods):
            base = y + high / 2 + 1.3 * f + (number - (len(goods) - 1) / 2) * 4.2 * f
            if not number:
                sheet.text(self._left, base, words("documents.copy_goods"), label)
            sheet.text(self._left + 14 * f, base, line, style)
        beside = self._beside()
        if beside:
            self._draw_marks(self._copy.marks, self._right - beside, y + high / 2 - 3.2 * f)
        for number, row in enumerate(rows):
            self._draw_marks(row, self._left, y + high + 0.3 * f + number * 7.0 * f)

    def _mark_width(self, mark: str) -> float:
        return max(14 * self._f, self._sheet.width(mark, self._style(9)) + 5 * self._f)

    def _beside(self) -> float:
        """Width of the marks where they stand beside the goods, 0 where they have rows of their own."""
        marks = self._copy.marks
        wide = sum(map(self._mark_width, marks)) + (len(marks) - 1) * self._f
        return wide if marks and wide <= (self._right - self._left) * 0.53 else 0.0

    def _mark_rows(self) -> list[list[str]]:
        rows: list[list[str]] = []
        used = 0.0
        for mark in () if self._beside() else self._copy.marks:
            wide = self._mark_width(mark) + self._f
            if not rows or used + wide > self._right - self._left + self._f:
                rows.append([])
                used = 0.0
            rows[-1].append(mark)
            used += wide
        return rows

    def _draw_marks(self, marks: Sequence[str], x: float, y: float) -> None:
        sheet, f = self._sheet, self._f
        for mark in marks:
            wide = self._mark_width(mark)
            sheet.rect(x, y, wide, 6.4 * f, radius=0.9 * f, stroke=0, thick=0.4)
            style = fitted(sheet, mark, self._style(9), wide - 2 * f, 0.5)
            sheet.text(x + wide / 2, y + 3.2 * f + style.size * 0.13, mark, style, 0.5)
            x += wide + f

    def _draw_number(self, top: float, height: float) -> None:
        """The tracking number as bars and digits; a frame where it is not known yet."""
        copy, sheet, f = self._copy, self._sheet, self._f
        middle = (self._left + self._right) / 2
        if not copy.number:
            sheet.rect(
                self._left + 8 * f,
                top + 4 * f,
                self._right - self._left - 16 * f,
                height + 4 * f,
                stroke=0.5,
                thick=0.2,
            )
            sheet.text(
                middle,
                top + 7.2 * f + height / 2,
                self._words("documents.copy_no_number"),
                self._style(11, gray=0.33),
                0.5,
            )
            return
        code = self._bars(self._right - self._left - 6 * f)
        wide = code.width * 25.4 / sheet.paper.dpi
        sheet.bars(middle - wide / 2, top + 3.4 * f, code, height)
        number = copy.printed or copy.number
        style = fitted(sheet, number, self._style(17.5, spacing=0.09), self._right - self._left, 0.4)
        sheet.text(middle, top + height + 10.1 * f, number, style, 0.5)

    def _bars(self, room: float) -> Bars:
        """NW-7 as the carriers print it, Code 128 for numbers it cannot hold."""
        copy, dpi = self._copy, self._sheet.paper.dpi
        codabar = copy.letter and set(copy.number) <= _NW7
        code = Bars((), 0)
        for size in _NARROW:
            dots = dots_for(size * self._f, dpi)
            code = (
                nw7(copy.number, dots, nw7_wide(dots), copy.letter) if codabar else code128(copy.number, dots)
            )
            if code.width * 25.4 / dpi <= room:
                break
        return code

    def _draw_foot(self) -> None:
        """What the desk needs: the key as QR for the second check, the order, the place in the batch."""
        copy, sheet, f = self._copy, self._sheet, self._f
        y = self._low - 16.9 * f
        side = sheet.modules(self._left, y, qr_matrix(copy.key), dots_for(0.5 * f, sheet.paper.dpi, 3))
        x = self._left + side + 4 * f
        place = f"{copy.batch}-{copy.row}" if copy.batch else ""
        big = self._style(23)
        taken = sheet.width(place, big) + 3 * f if place else 0.0
        sheet.text(self._right, y + 9.6 * f, place, big, 1)
        room = self._right - taken - x
        use = self._layout.text("use") or self._words("documents.copy_use")
        sheet.text(x, y + 3.8 * f, use, fitted(sheet, use, self._style(8), room, 0.5))
        sheet.text(x, y + 9.2 * f, copy.key, self._style(12.5, spacing=0.03))
        order = self._style(8.5)
        sheet.text(x, y + 13.4 * f, copy.order, fitted(sheet, copy.order, order, room, 0.5))
