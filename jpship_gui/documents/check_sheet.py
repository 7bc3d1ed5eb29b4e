"""Packing check sheet (出荷チェックリスト): goods and enclosures to be ticked, the number, who packed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    number_bars,
    page_number,
    shrunk,
    signatures,
    tick_box,
)
from jpship_gui.documents.honorific import titled
from jpship_gui.documents.page import Document, Paper, Sheet, Style
from jpship_gui.documents.words import Words

TITLE, RUN, CARRIER = Style(11, bold=True), Style(30, bold=True), Style(15, bold=True)
NAME, TEXT, BOLD, CHIP = (
    Style(13, bold=True),
    Style(9.5),
    Style(9.5, bold=True),
    Style(11, bold=True, gray=1.0),
)
SHELF, GOODS, VARIANT, QUANTITY, MANY = (
    Style(10),
    Style(10),
    Style(11.5, bold=True),
    Style(14),
    Style(14, bold=True),
)
DIGITS = Style(12, bold=True)
_FIRST, _NEXT, _END, _SIGNED = 68.0, 26.0, 280.0, 254.0
_SKU_X, _NAME_X, _QUANTITY_X = 48.0, 82.0, 187.0
_INNER = RIGHT - LEFT


@dataclass(frozen=True, slots=True)
class CheckLine:
    """Goods to be put in."""

    name: str
    quantity: int
    sku: str = ""
    variant: str = ""
    shelf: str = ""
    set_name: str = ""


@dataclass(frozen=True, slots=True)
class CheckParcel:
    """One box: its bare number ("" = not known yet), as it is printed, the NW-7 letter of its carrier."""

    number: str = ""
    printed: str = ""
    letter: str = "A"


@dataclass(frozen=True, slots=True)
class CheckData:
    """One shipment. `enclosed` are words to be ticked, `notes` what the packer must do, `warnings` what a person let
    pass; `wish` and `cool` are ready words."""

    key: str
    order_number: str
    recipient: str
    lines: tuple[CheckLine, ...]
    parcels: tuple[CheckParcel, ...]
    batch: int = 0
    row: int = 0
    carrier: str = ""
    service: str = ""
    wish: str = ""
    cool: str = ""
    shop: str = ""
    enclosed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    remark: str = ""


def render_checks(checks: Sequence[CheckData], language: str, dpi: int) -> tuple[bytes, tuple[int, ...]]:
    """The PDF, and how many pages each shipment takes."""
    words = Words(language)
    document = Document(Paper(dpi=dpi), words("documents.check_title"))
    taken = []
    for check in checks:
        pages = _pages(document.sheet(), check, words)
        for number, rows in enumerate(pages, 1):
            sheet = document.sheet()
            if number == 1:
                _draw_head(sheet, check, words)
            else:
                _draw_short_head(sheet, check, words)
            draw_rows(sheet, rows, _FIRST if number == 1 else _NEXT)
            if number == len(pages):
                people = (
                    ("documents.packed_by", 50.0),
                    ("documents.checked_by", 50.0),
                    ("documents.time", 36.0),
                )
                signatures(sheet, _SIGNED + 8.0, [(words(key), wide) for key, wide in people])
            page_number(sheet, number, len(pages))
            document.add(sheet)
        taken.append(len(pages))
    return document.finish(), tuple(taken)


def check_characters(check: CheckData) -> str:
    """Every character that comes from outside the program."""
    goods = "".join(f"{x.name}{x.sku}{x.variant}{x.shelf}{x.set_name}" for x in check.lines)
    return "".join(
        (check.order_number, check.recipient, goods, check.shop, check.remark, *check.notes, *check.enclosed)
    )


def _pages(sheet: Sheet, check: CheckData, words: Words) -> list[list[Flowing]]:
    """The rows of each page; the signatures stand below the last of them, on a page of their own if need be."""
    rows = list(_rows(sheet, check, words))
    pages = flow(rows, _NEXT, _END, _FIRST)
    start = _FIRST if len(pages) == 1 else _NEXT
    if start + sum(row.height for row in pages[-1]) > _SIGNED:
        pages.append([])
        while len(pages[-2]) > 1 and (len(pages[-1]) < 1 or pages[-2][-1].with_next):
            pages[-1].insert(0, pages[-2].pop())
    return pages


def _rows(sheet: Sheet, check: CheckData, words: Words) -> Iterator[Flowing]:
    yield from _alerts(sheet, check)
    yield from _remark(sheet, check, words)
    yield Flowing(9.0, partial(_draw_goods_head, words=words), with_next=True)
    for line in check.lines:
        yield _goods(sheet, line, words)
    pieces = sum(line.quantity for line in check.lines)
    total = words("documents.check_sum", lines=len(check.lines), pieces=pieces)
    yield Flowing(8.0, lambda at, y: at.text(RIGHT, y + 5.6, total, BOLD, 1))
    yield from _enclosed(sheet, check, words)
    for number, parcel in enumerate(check.parcels, 1):
        yield Flowing(
            27.0, partial(_draw_parcel, parcel=parcel, words=words, place=(number, len(check.parcels)))
        )


def _alerts(sheet: Sheet, check: CheckData) -> Iterator[Flowing]:
    """What the packer must not miss, behind a black bar."""
    for alert in (*check.warnings, *check.notes):
        for line in sheet.wrap(alert, BOLD, _INNER - 5.0):
            yield Flowing(5.2, partial(_draw_alert, line=line))
    if check.warnings or check.notes:
        yield Flowing(3.0, lambda at, y: None)


def _draw_alert(sheet: Sheet, y: float, line: str) -> None:
    sheet.rect(LEFT, y, 1.6, 5.2, fill=0.0)
    sheet.text(LEFT + 4.0, y + 3.9, line, BOLD)


def _remark(sheet: Sheet, check: CheckData, words: Words) -> Iterator[Flowing]:
    """The buyer's words in a frame that goes on over pages."""
    lines = [line for part in check.remark.splitlines() for line in sheet.wrap(part, TEXT, _INNER - 8.0)]
    if not lines:
        return
    yield Flowing(4.6, lambda at, y: at.text(LEFT, y + 3.2, words("documents.remark"), LABEL), with_next=True)
    for number, line in enumerate(lines):
        edges = (number == 0, number == len(lines) - 1)
        yield Flowing(5.2 + edges[0] * 1.4 + edges[1] * 1.4, partial(_draw_remark, line=line, edges=edges))
    yield Flowing(3.0, lambda at, y: None)


def _draw_remark(sheet: Sheet, y: float, line: str, edges: tuple[bool, bool]) -> None:
    first, last = edges
    end = y + 5.2 + first * 1.4 + last * 1.4
    for x in (LEFT, RIGHT):
        sheet.line(x, y, x, end, 0.25, 0.25)
    if first:
        sheet.line(LEFT, y, RIGHT, y, 0.25, 0.25)
    if last:
        sheet.line(LEFT, end, RIGHT, end, 0.25, 0.25)
    sheet.text(LEFT + 4.0, y + 3.9 + first * 1.4, line, TEXT)


def _draw_goods_head(sheet: Sheet, y: float, words: Words) -> None:
    columns = (
        (LEFT + 8.0, words("documents.check_shelf"), 0.0),
        (_SKU_X, words("documents.sku"), 0.0),
        (_NAME_X, words("documents.goods"), 0.0),
        (_QUANTITY_X, words("documents.quantity"), 0.5),
    )
    columns_head(sheet, y + 5.0, columns)


def _goods(sheet: Sheet, line: CheckLine, words: Words) -> Flowing:
    names = [(text, GOODS, 4.6) for text in sheet.wrap(line.name, GOODS, _QUANTITY_X - _NAME_X - 10.0)]
    names += [
        (text, VARIANT, 5.4) for text in sheet.wrap(line.variant, VARIANT, _QUANTITY_X - _NAME_X - 10.0)
    ]
    if line.set_name:
        in_set = words("documents.in_set", name=line.set_name)
        names += [(text, SMALL, 4.2) for text in sheet.wrap(in_set, SMALL, _QUANTITY_X - _NAME_X - 10.0)]
    skus = sheet.wrap(line.sku, SMALL, _NAME_X - _SKU_X - 3.0)
    shelves = sheet.wrap(line.shelf, SHELF, _SKU_X - LEFT - 10.0)
    high = max(sum(step for _, _, step in names), len(skus) * 4.0, len(shelves) * 4.6) + 4.4
    return Flowing(high, partial(_draw_goods, line=line, names=names, beside=(skus, shelves), high=high))


def _draw_goods(
    sheet: Sheet,
    y: float,
    line: CheckLine,
    names: Sequence[tuple[str, Style, float]],
    beside: tuple[Sequence[str], Sequence[str]],
    high: float,
) -> None:
    tick_box(sheet, LEFT, y + 2.2)
    for number, shelf in enumerate(beside[1]):
        sheet.text(LEFT + 8.0, y + 5.6 + number * 4.6, shelf, SHELF)
    for number, sku in enumerate(beside[0]):
        sheet.text(_SKU_X, y + 5.6 + number * 4.0, sku, SMALL)
    at = y + 1.0
    for words, style, step in names:
        at += step
        sheet.text(_NAME_X, at, words, style)
    quantity, middle = f"{line.quantity:,}", y + high / 2
    style = shrunk(sheet, quantity, MANY if line.quantity > 1 else QUANTITY, 14.0, 0.5)
    if line.quantity > 1:
        wide = max(8.4, sheet.width(quantity, style) + 3.0)
        sheet.rect(_QUANTITY_X - wide / 2, middle - 4.0, wide, 8.0, radius=1.2, stroke=0.0, thick=0.4)
    sheet.text(_QUANTITY_X, middle + 1.8, quantity, style, 0.5)
    sheet.line(LEFT, y + high, RIGHT, y + high, 0.12, 0.72)


def _enclosed(sheet: Sheet, check: CheckData, words: Words) -> Iterator[Flowing]:
    """What else lies in the box, each with a box to tick."""
    if not check.enclosed:
        return
    yield Flowing(
        7.0, lambda at, y: at.text(LEFT, y + 5.4, words("documents.check_enclosed"), LABEL), with_next=True
    )
    row: list[tuple[float, str]] = []
    x = LEFT
    for item in check.enclosed:
        lines = sheet.wrap(item, TEXT, _INNER - 8.0)
        wide = sheet.width(lines[0], TEXT) + 16.0
        if row and (x + wide > RIGHT or len(lines) > 1):
            yield Flowing(7.6, partial(_draw_enclosed, row=tuple(row)))
            row, x = [], LEFT
        if len(lines) > 1:
            yield Flowing(2.6 + 5.0 * len(lines), partial(_draw_long, lines=lines))
            continue
        row.append((x, item))
        x += max(wide, 44.0)
    if row:
        yield Flowing(7.6, partial(_draw_enclosed, row=tuple(row)))
    yield Flowing(3.0, lambda at, y: None)


def _draw_enclosed(sheet: Sheet, y: float, row: Sequence[tuple[float, str]]) -> None:
    for x, item in row:
        tick_box(sheet, x, y + 1.4)
        sheet.text(x + 6.4, y + 4.9, item, TEXT)


def _draw_long(sheet: Sheet, y: float, lines: Sequence[str]) -> None:
    tick_box(sheet, LEFT, y + 1.4)
    for number, line in enumerate(lines):
        sheet.text(LEFT + 6.4, y + 4.9 + number * 5.0, line, TEXT)


def _draw_parcel(sheet: Sheet, y: float, parcel: CheckParcel, words: Words, place: tuple[int, int]) -> None:
    """The number as bars, or an empty place for the waybill's own sticker."""
    label = words("documents.waybill_number")
    if place[1] > 1:
        label = f"{label}  {place[0]} / {place[1]}"
    sheet.text(LEFT, y + 5.0, label, LABEL)
    bars = number_bars(parcel.number, parcel.letter, sheet.paper.dpi, 100.0) if parcel.number else None
    if bars is not None:
        sheet.bars(LEFT + 4.2, y + 7.4, bars, 11.0)
        sheet.text(LEFT + 4.2, y + 23.4, parcel.printed or parcel.number, DIGITS)
    elif parcel.number:
        sheet.text(LEFT, y + 14.0, parcel.printed or parcel.number, DIGITS)
    else:
        sheet.rect(LEFT, y + 6.8, 86.0, 18.0, radius=1.0, stroke=0.45, thick=0.25)
        sheet.text(LEFT + 43.0, y + 16.8, words("documents.check_sticker"), SMALL, 0.5)
    tick_box(sheet, RIGHT - 8.0, y + 9.0, 7.0)


def _run(check: CheckData) -> str:
    return f"{check.batch}-{check.row}" if check.row else check.order_number[-5:]


def _draw_short_head(sheet: Sheet, check: CheckData, words: Words) -> None:
    sheet.text(LEFT, 17.0, words("documents.check_title"), TITLE)
    sheet.text(LEFT + 46.0, 17.0, f"{check.key}  {check.order_number}", TEXT)
    sheet.text(RIGHT, 18.0, _run(check), Style(18, bold=True), 1)
    sheet.line(LEFT, 21.5, RIGHT, 21.5, 0.35)


def _draw_head(sheet: Sheet, check: CheckData, words: Words) -> None:
    sheet.text(LEFT, 17.0, words("documents.check_title"), TITLE)
    sheet.text(RIGHT, 23.0, _run(check), RUN, 1)
    bars = key_bars(check.key, sheet.paper.dpi)
    sheet.bars(LEFT + 4.2, 22.5, bars, 12.0)
    sheet.text(LEFT + 4.2, 38.6, check.key, BOLD)
    order = f"{check.shop}  {check.order_number}".strip()
    sheet.text(RIGHT, 30.0, order, shrunk(sheet, order, TEXT, 100.0), 1)
    name, title = titled(check.recipient)
    person = f"{name} {title}".strip()
    style = shrunk(sheet, person, NAME, 116.0, 0.65)
    for number, line in enumerate(sheet.wrap(person, style, 116.0)):
        sheet.text(RIGHT, 37.6 + number * 3.7, line, style, 1)
    sheet.line(LEFT, 48.0, RIGHT, 48.0, 0.35)
    by = "  ".join(part for part in (check.carrier, check.service) if part) or words(
        "documents.check_no_carrier"
    )
    chips = [part for part in (check.cool, check.wish) if part]
    room = _INNER - sum(sheet.width(chip, CHIP) + 9.0 for chip in chips)
    sheet.text(LEFT, 57.4, by, shrunk(sheet, by, CARRIER, room))
    x = RIGHT
    for chip in reversed(chips):
        wide = sheet.width(chip, CHIP) + 6.0
        sheet.rect(x - wide, 51.6, wide, 8.6, radius=1.2, fill=0.0)
        sheet.text(x - wide / 2, 57.4, chip, CHIP, 0.5)
        x -= wide + 3.0
    sheet.line(LEFT, 63.4, RIGHT, 63.4, 0.35)
