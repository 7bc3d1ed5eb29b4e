"""Return slip (返品・交換票): what the buyer ticks and sends back with the goods, and a label to cut out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from jpship_gui.documents.desk_page import (
    LABEL,
    LEFT,
    RIGHT,
    SMALL,
    Flowing,
    columns_head,
    draw_rows,
    flow,
    key_bars,
    page_number,
    shrunk,
    tick_box,
)
from jpship_gui.documents.layout import PaperLayout, usual
from jpship_gui.documents.page import Document, Paper, Sheet, Style
from jpship_gui.documents.slip_data import Shopfront
from jpship_gui.documents.words import Words, postal

LANGUAGE = "ja"  # the buyer's
BOLD, TEXT, DIGITS = Style(10, bold=True), Style(9.5), Style(10.5, bold=True)
TO, SHOP = Style(13, bold=True), Style(15, bold=True)
_FIRST, _NEXT, _END = 60.0, 28.0, 280.0
_SKU_X, _NAME_X, _BOUGHT_X, _BACK_X = 24.0, 60.0, 158.0, 182.0
_LABEL_TOP = 216.0
_REASONS = ("damaged", "wrong", "size", "unlike", "other")
_WISHES = ("exchange", "refund", "repair")
_STEP = 5.0


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """Goods that may come back."""

    sku: str
    name: str
    quantity: int
    variant: str = ""


@dataclass(frozen=True, slots=True)
class ReturnData:
    """One shipment's slip; it knows no price."""

    key: str
    order_number: str
    recipient: str
    lines: tuple[ReturnLine, ...]
    shop: Shopfront
    ordered_on: date | None = None
    layout: PaperLayout = field(default_factory=lambda: usual("returns"))


def render_returns(slips: Sequence[ReturnData], dpi: int) -> tuple[bytes, tuple[int, ...]]:
    """The PDF, and how many pages each shipment takes."""
    words = Words(LANGUAGE)
    document = Document(Paper(dpi=dpi), words("documents.return_form"))
    taken = []
    for slip in slips:
        pages = _pages(document.sheet(), slip, words)
        for number, rows in enumerate(pages, 1):
            sheet = document.sheet()
            if number == 1:
                _draw_head(sheet, slip, words)
            else:
                sheet.text(LEFT, 18.0, f"{slip.layout.text('title')}  {slip.order_number}", BOLD)
            draw_rows(sheet, rows, _FIRST if number == 1 else _NEXT)
            if number == len(pages) and slip.layout.on("label"):
                _draw_label(sheet, slip, words)
            if len(pages) > 1:
                page_number(sheet, number, len(pages))
            document.add(sheet)
        taken.append(len(pages))
    return document.finish(), tuple(taken)


def return_characters(slip: ReturnData) -> str:
    """Every character that comes from outside the program."""
    goods = "".join(f"{line.sku}{line.name}{line.variant}" for line in slip.lines)
    texts = "".join(slip.layout.texts.values())
    return f"{slip.order_number}{slip.recipient}{goods}{slip.shop.name}{slip.shop.address}{texts}"


def _pages(sheet: Sheet, slip: ReturnData, words: Words) -> list[list[Flowing]]:
    """The rows of each page; the label stands below the last of them."""
    pages = flow(_rows(sheet, slip, words), _NEXT, _END, _FIRST)
    if slip.layout.on("label"):
        start = _FIRST if len(pages) == 1 else _NEXT
        if start + sum(row.height for row in pages[-1]) > _LABEL_TOP - 4.0:
            pages.append([])
    return pages


def _rows(sheet: Sheet, slip: ReturnData, words: Words) -> Iterator[Flowing]:
    layout = slip.layout
    yield from _text(sheet, layout.text("terms"))
    yield Flowing(9.0, partial(_draw_goods_head, words=words), with_next=True)
    goods = Style(layout.size("goods"))
    for line in slip.lines:
        yield _goods(sheet, line, goods)
    yield Flowing(4.0, lambda at, y: None)
    if layout.on("reasons"):
        titles = [words(f"documents.returns_reason.{name}") for name in _REASONS]
        yield from _ticks(sheet, words("documents.returns_reason"), titles, line_after=True)
    if layout.on("wish"):
        titles = [words(f"documents.returns_wish.{name}") for name in _WISHES]
        yield from _ticks(sheet, words("documents.returns_wish"), titles)
    if layout.on("refund"):
        yield Flowing(18.0, partial(_draw_refund, words=words))
    yield from _text(sheet, layout.text("payer"), words("documents.returns_postage"))


def _text(sheet: Sheet, text: str, title: str = "") -> Iterator[Flowing]:
    lines = [line for part in text.splitlines() for line in sheet.wrap(part, TEXT, RIGHT - LEFT)]
    if lines and title:
        yield Flowing(6.0, lambda at, y: at.text(LEFT, y + 4.4, title, BOLD), with_next=True)
    for line in lines:
        yield Flowing(_STEP, partial(_draw_line, words=line))
    if lines:
        yield Flowing(2.0, lambda at, y: None)


def _draw_line(sheet: Sheet, y: float, words: str) -> None:
    sheet.text(LEFT, y + 3.9, words, TEXT)


def _draw_goods_head(sheet: Sheet, y: float, words: Words) -> None:
    columns = (
        (_SKU_X, words("documents.sku"), 0.0),
        (_NAME_X, words("documents.goods"), 0.0),
        (_BOUGHT_X, words("documents.returns_bought"), 0.5),
        (_BACK_X, words("documents.returns_back"), 0.5),
    )
    columns_head(sheet, y + 5.0, columns)


def _goods(sheet: Sheet, line: ReturnLine, style: Style) -> Flowing:
    room = _BOUGHT_X - _NAME_X - 10.0
    whole = f"{line.name}  {line.variant}".strip()
    names = sheet.wrap(whole, style, room)
    skus = sheet.wrap(line.sku, SMALL, _NAME_X - _SKU_X - 3.0)
    high = max(len(names) * style.size * 0.46, len(skus) * 4.0, 5.4) + 4.4
    return Flowing(high, partial(_draw_goods, line=line, names=names, skus=skus, style=style, high=high))


def _draw_goods(
    sheet: Sheet,
    y: float,
    line: ReturnLine,
    names: Sequence[str],
    skus: Sequence[str],
    style: Style,
    high: float,
) -> None:
    tick_box(sheet, LEFT, y + 2.4)
    for number, sku in enumerate(skus):
        sheet.text(_SKU_X, y + 5.8 + number * 4.0, sku, SMALL)
    for number, name in enumerate(names):
        sheet.text(_NAME_X, y + 5.8 + number * style.size * 0.46, name, style)
    sheet.text(_BOUGHT_X, y + 6.0, f"{line.quantity:,}", DIGITS, 0.5)
    sheet.rect(_BACK_X - 9.0, y + 1.6, 18.0, 6.4, radius=0.8, stroke=0.35, thick=0.2)
    sheet.line(LEFT, y + high, RIGHT, y + high, 0.12, 0.72)


def _ticks(sheet: Sheet, title: str, items: Sequence[str], line_after: bool = False) -> Iterator[Flowing]:
    """A question with its answers in one row; after the last there may be room to write."""
    yield Flowing(6.4, lambda at, y: at.text(LEFT, y + 4.6, title, BOLD), with_next=True)
    places = []
    x = LEFT
    for item in items:
        places.append((x, item))
        x += sheet.width(item, TEXT) + 13.0
    yield Flowing(9.4, partial(_draw_ticks, places=tuple(places), rest=x - 6.0 if line_after else None))


def _draw_ticks(sheet: Sheet, y: float, places: Sequence[tuple[float, str]], rest: float | None) -> None:
    for x, item in places:
        tick_box(sheet, x, y + 1.6)
        sheet.text(x + 6.0, y + 5.1, item, TEXT)
    if rest is not None and rest < RIGHT - 10.0:
        sheet.line(rest, y + 6.2, RIGHT, y + 6.2, 0.2, 0.35)


def _draw_refund(sheet: Sheet, y: float, words: Words) -> None:
    """Where the money goes: the buyer writes it."""
    sheet.text(LEFT, y + 4.6, words("documents.returns_account"), BOLD)
    x = LEFT
    for key, wide in (("bank", 62.0), ("branch", 46.0), ("number", 38.0), ("holder", 36.0)):
        sheet.text(x, y + 9.4, words(f"documents.returns_account.{key}"), LABEL)
        sheet.line(x, y + 15.6, x + wide - 4.0, y + 15.6, 0.2, 0.35)
        x += wide


def _draw_head(sheet: Sheet, slip: ReturnData, words: Words) -> None:
    title = Style(slip.layout.size("title"), bold=True)
    sheet.text(LEFT, 24.0, slip.layout.text("title"), shrunk(sheet, slip.layout.text("title"), title, 110.0))
    sheet.text(RIGHT, 23.0, slip.shop.name, shrunk(sheet, slip.shop.name, BOLD, 68.0), 1)
    sheet.bars(LEFT + 4.2, 30.0, key_bars(slip.key, sheet.paper.dpi), 11.0)
    sheet.text(LEFT + 4.2, 45.2, slip.key, DIGITS)
    facts = [(words("documents.order_number"), slip.order_number)]
    if slip.ordered_on:
        facts.append((words("documents.ordered_on"), words.day(slip.ordered_on)))
    facts.append((words("documents.returns_name"), slip.recipient))
    y = 31.6
    for label, value in facts:
        sheet.text(86.0, y, label, LABEL)
        style = shrunk(sheet, value, TEXT, RIGHT - 106.0, 0.75)
        lines = sheet.wrap(value, style, RIGHT - 106.0)
        for number, line in enumerate(lines):
            sheet.text(106.0, y + number * 3.6, line, style)
        y += 5.8
    sheet.line(LEFT, 54.0, RIGHT, 54.0, 0.35)


def _draw_label(sheet: Sheet, slip: ReturnData, words: Words) -> None:
    """The shop's address to be stuck on the box, within a line to cut along."""
    top, wide, high = _LABEL_TOP, 150.0, 66.0
    left = (210.0 - wide) / 2
    for at in range(0, int(wide), 4):
        for y in (top, top + high):
            sheet.line(left + at, y, left + min(at + 2, wide), y, 0.2, 0.35)
    for at in range(0, int(high), 4):
        for x in (left, left + wide):
            sheet.line(x, top + at, x, top + min(at + 2.0, high), 0.2, 0.35)
    sheet.text(105.0, top - 1.8, words("documents.returns_cut"), SMALL, 0.5)
    own = slip.layout.text("address")
    lines = own.splitlines() if own else [postal(slip.shop.postal_code), slip.shop.address]
    y = top + 11.0
    for line in (part for given in lines for part in sheet.wrap(given, TO, wide - 16.0)):
        sheet.text(left + 8.0, y, line, TO)
        y += 6.4
    to = words("documents.returns_to", shop=slip.shop.name)
    style = shrunk(sheet, to, SHOP, wide - 16.0)
    for line in sheet.wrap(to, style, wide - 16.0):
        sheet.text(left + 8.0, y + 2.6, line, style)
        y += 6.8
    if slip.shop.phone:
        sheet.text(left + 8.0, y + 2.8, words("documents.phone", number=slip.shop.phone), TEXT)
    sheet.line(left + 8.0, top + 49.0, left + wide - 8.0, top + 49.0, 0.15, 0.6)
    sheet.text(left + 8.0, top + 54.0, words("documents.returns_sender"), LABEL)
    sheet.line(left + 28.0, top + 61.0, left + 86.0, top + 61.0, 0.2, 0.5)
    bars = key_bars(slip.key, sheet.paper.dpi)
    sheet.bars(left + wide - 8.0 - bars.width * 25.4 / sheet.paper.dpi, top + 51.0, bars, 8.0)
    sheet.text(left + wide - 8.0, top + 63.0, slip.key, SMALL, 1)
