"""Total pick list: every SKU of a batch once, by shelf, with the orders it goes to; no prices, no addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.documents.barcodes import dots_for, is_jan, jan
from jpship_gui.documents.page import Document, Paper, Sheet, Style
from jpship_gui.documents.slip_data import Look
from jpship_gui.documents.words import Words

LEFT, RIGHT = 12.0, 198.0
TITLE, DATE = Style(15, bold=True), Style(9.5, gray=0.33)
COUNT, UNIT, BATCH, PAGE = (
    Style(20, bold=True),
    Style(9, gray=0.33),
    Style(21, bold=True),
    Style(10, gray=0.33),
)
LABEL, BAR, BAR_HINT = Style(8.5, gray=0.33), Style(10, bold=True, gray=1.0), Style(9.5, gray=1.0)
SHELF, NAME, VARIANT, SKU = Style(14, bold=True), Style(9.5), Style(13, bold=True), Style(9, gray=0.5)
JAN, QUANTITY, MANY, OF = Style(9.5, gray=0.33), Style(18), Style(18, bold=True), Style(11)
TAIL, MORE, FOOT, SET = Style(9), Style(8), Style(9, gray=0.33), Style(8.5)
_TOP, _ROWS_END = 37.0, 252.0
_ROW, _SET_STEP = 16.0, 4.4
_NAME_X, _NAME_WIDTH, _JAN_X, _QUANTITY_X, _ORDERS_X = 45.9, 70.0, 118.0, 168.0, 180.0
_TAILS = 3


@dataclass(frozen=True, slots=True)
class PickRow:
    """One SKU. `orders` are (tail of the order number, pieces), `sets` the set products it is also collected for;
    `available` is set where the stock is short."""

    sku: str
    name: str
    quantity: int
    shelf: str = ""
    variant: str = ""
    jan: str = ""
    orders: tuple[tuple[str, int], ...] = ()
    available: int | None = None
    sets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PickTotal:
    """The list's content; `at` is Japan time, `shipments` their number. Rows come in any order."""

    rows: tuple[PickRow, ...]
    shipments: int
    at: datetime
    person: str = ""
    batch: int | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row with its broken words and height; `thick` = a new rack begins after it."""

    row: PickRow
    names: tuple[str, ...]
    variants: tuple[str, ...]
    sets: tuple[str, ...]
    beside: bool
    height: float
    thick: bool


def in_shelf_order(rows: Sequence[PickRow]) -> list[PickRow]:
    """Shortages first, then by shelf and SKU; goods without a shelf come last."""
    return sorted(rows, key=lambda r: (r.available is None, not r.shelf, r.shelf, r.sku))


def render_total(total: PickTotal, look: Look, language: str) -> bytes:
    """The PDF of a total pick list."""
    words = Words(language)
    document = Document(Paper(dpi=look.dpi), words("documents.picklist_title"))
    pages = _pages(document.sheet(), in_shelf_order(total.rows), words)
    for number, page in enumerate(pages, 1):
        sheet = document.sheet()
        _draw_header(sheet, total, words, f"{number} / {len(pages)}")
        y = _TOP
        for placed in page:
            if placed.row.available is not None and placed is page[0]:
                _draw_shortage_bar(sheet, words, y)
                y += 7.0
            _draw_row(sheet, placed, y, words)
            y += placed.height
        _draw_foot(sheet, page, words, y, last=number == len(pages))
        document.add(sheet)
    return document.finish()


def _pages(sheet: Sheet, rows: list[PickRow], words: Words) -> list[list[_Placed]]:
    pages: list[list[_Placed]] = [[]]
    y = _TOP
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else None
        placed = _place(sheet, row, following, words)
        bar = 7.0 if row.available is not None and not pages[-1] else 0.0
        if y + bar + placed.height > _ROWS_END and pages[-1]:
            pages.append([])
            y = _TOP
            bar = 7.0 if row.available is not None else 0.0
        pages[-1].append(placed)
        y += bar + placed.height
    return pages


def _place(sheet: Sheet, row: PickRow, following: PickRow | None, words: Words) -> _Placed:
    names = tuple(sheet.wrap(row.name, NAME, _NAME_WIDTH))
    variants = tuple(sheet.wrap(row.variant, VARIANT, _NAME_WIDTH)) if row.variant else ()
    last = sheet.width(variants[-1], VARIANT) + 3.2 if variants else 0.0
    beside = last + sheet.width(row.sku, SKU) <= _NAME_WIDTH
    in_sets = words("documents.in_set", name="・".join(row.sets)) if row.sets else ""
    sets = tuple(sheet.wrap(in_sets, SET, _NAME_WIDTH)) if in_sets else ()
    extra = (len(names) - 1) * 4.2 + max(len(variants) - 1, 0) * 5.6 + (0.0 if beside else 4.2)
    extra += len(sets) * _SET_STEP
    thick = following is None or _rack(following) != _rack(row)
    return _Placed(row, names, variants, sets, beside, _ROW + extra, thick)


def _rack(row: PickRow) -> tuple[bool, str]:
    return row.available is None, row.shelf.partition("-")[0]


def _draw_header(sheet: Sheet, total: PickTotal, words: Words, page: str) -> None:
    sheet.text(LEFT, 18.6, words("documents.picklist_title"), TITLE)
    when = f"{words.day(total.at.date())} {total.at:%H:%M}  {total.person}".rstrip()
    sheet.text(LEFT, 25.2, when, DATE)
    batch = words("documents.batch", batch=total.batch) if total.batch is not None else ""
    style = BATCH if sheet.width(batch, BATCH) <= 36 else BATCH.sized(12)
    sheet.text(RIGHT, 20.0, batch, style, 1)
    title_end = LEFT + sheet.width(words("documents.picklist_title"), TITLE)
    _draw_counts(sheet, total, words, title_end + 6, RIGHT - sheet.width(batch, style) - 6)
    sheet.text(RIGHT, 25.7, page, PAGE, 1)
    for at, key, align in (
        (20.9, "documents.shelf", 0.0),
        (_NAME_X, "documents.goods", 0.0),
        (_JAN_X, "documents.jan", 0.0),
        (_QUANTITY_X, "documents.quantity", 0.5),
        (_ORDERS_X, "documents.orders", 0.0),
    ):
        sheet.text(at, 34.6, words(key), LABEL, align)
    sheet.line(LEFT, _TOP, RIGHT, _TOP, 0.4)


def _draw_counts(sheet: Sheet, total: PickTotal, words: Words, left: float, right: float) -> None:
    """Orders, pieces and rows between title and batch, as large as there is room."""
    figures = (
        (f"{total.shipments:,}", words("documents.orders_unit")),
        (f"{sum(row.quantity for row in total.rows):,}", words("documents.pieces_unit")),
        (f"{len(total.rows):,}", words("documents.rows_unit")),
    )
    styles = [(COUNT, UNIT), (COUNT.sized(14), UNIT.sized(8)), (COUNT.sized(10), UNIT.sized(6.5))]

    def wide(count: Style, unit: Style) -> float:
        return sum(sheet.width(f, count) + sheet.width(u, unit) + 6.4 for f, u in figures)

    count, unit = next((pair for pair in styles if wide(*pair) <= right - left), styles[-1])
    x = max(left, min(100.0, right - wide(count, unit)))
    for figure, word in figures:
        sheet.text(x, 20.3, figure, count)
        x += sheet.width(figure, count) + 1.6
        sheet.text(x, 20.3, word, unit)
        x += sheet.width(word, unit) + 4.8


def _draw_shortage_bar(sheet: Sheet, words: Words, y: float) -> None:
    sheet.rect(LEFT, y, RIGHT - LEFT, 7.0, fill=0.0)
    sheet.text(15.0, y + 4.8, words("documents.shortage"), BAR)
    sheet.text(_NAME_X, y + 4.7, words("documents.shortage_hint"), BAR_HINT)


def _draw_row(sheet: Sheet, placed: _Placed, top: float, words: Words) -> None:
    row, middle = placed.row, top + placed.height / 2
    sheet.rect(13.0, middle - 2.4, 4.8, 4.8, radius=0.7, stroke=0.0, thick=0.3)
    shelf = row.shelf or "－"
    room = _NAME_X - 22.5
    style = next((s for s in _SHELVES if sheet.width(shelf, s) <= room), _SHELVES[-1])
    lines = sheet.wrap(shelf, style, room)
    for index, line in enumerate(lines):
        sheet.text(20.9, middle + 1.9 + (index - (len(lines) - 1) / 2) * 3.6, line, style)
    _draw_goods(sheet, placed, top)
    if is_jan(row.jan):
        sheet.bars(_JAN_X, middle - 5.7, jan(row.jan, dots_for(0.42, sheet.paper.dpi, 3)), 7.5)
        sheet.text(_JAN_X, middle + 5.8, row.jan, JAN)
    elif row.jan:
        sheet.text(_JAN_X, middle + 1.5, row.jan, JAN)
    _draw_quantity(sheet, row, middle)
    _draw_orders(sheet, row, middle, words)
    y = top + placed.height
    if placed.thick:
        sheet.line(LEFT, y, RIGHT, y, 0.5)
    else:
        sheet.line(LEFT, y, RIGHT, y, 0.15, 0.72)


_SHELVES = (SHELF, SHELF.sized(11), SHELF.sized(8.5))


def _draw_goods(sheet: Sheet, placed: _Placed, top: float) -> None:
    row, y = placed.row, top + 6.1
    for index, line in enumerate(placed.names):
        y += 4.2 if index else 0.0
        sheet.text(_NAME_X, y, line, NAME)
    x = _NAME_X
    for index, line in enumerate(placed.variants):
        y += 5.6 if index else 6.2
        sheet.text(_NAME_X, y, line, VARIANT)
        x = _NAME_X + sheet.width(line, VARIANT) + 3.2
    if not placed.variants:
        y += 5.4
    elif not placed.beside:
        x, y = _NAME_X, y + 4.2
    sheet.text(x, y, row.sku, SKU)
    for line in placed.sets:
        y += _SET_STEP
        sheet.text(_NAME_X, y, line, SET)


def _draw_quantity(sheet: Sheet, row: PickRow, middle: float) -> None:
    quantity = f"{row.quantity:,}"
    if row.available is not None:
        there = f"{row.available:,}"
        sheet.text(_QUANTITY_X - 1.0, middle + 2.3, there, MANY, 1)
        sheet.text(_QUANTITY_X - 0.2, middle + 2.3, f" / {quantity}", OF)
        return
    style = MANY if row.quantity > 1 else QUANTITY
    wide = max(9.4, sheet.width(quantity, style) + 3.0)
    if row.quantity > 1:
        sheet.rect(_QUANTITY_X - wide / 2, middle - 5.35, wide, 10.7, radius=1.5, stroke=0.0, thick=0.4)
    sheet.text(_QUANTITY_X, middle + 2.3, quantity, style, 0.5)


def _draw_orders(sheet: Sheet, row: PickRow, middle: float, words: Words) -> None:
    shown = row.orders if len(row.orders) <= _TAILS else row.orders[: _TAILS - 1]
    lines = [(f"{tail}×{pieces}" if pieces > 1 else tail, TAIL) for tail, pieces in shown]
    if len(row.orders) > _TAILS:
        lines.append((words("documents.and_more", more=len(row.orders) - len(shown)), MORE))
    for index, (line, style) in enumerate(lines):
        sheet.text(_ORDERS_X, middle + 1.1 + (index - (len(lines) - 1) / 2) * 4.3, line, style)


def _draw_foot(sheet: Sheet, page: Sequence[_Placed], words: Words, y: float, last: bool) -> None:
    pieces = sum(placed.row.quantity for placed in page)
    sheet.text(LEFT, y + 6.3, words("documents.page_sum", rows=len(page), pieces=pieces), FOOT)
    if not last:
        sheet.text(RIGHT, y + 6.3, words("documents.next_page"), FOOT, 1)
    by, at = words("documents.collected_by"), words("documents.time")
    x = LEFT
    for label, line in ((by, 44.0), (at, 26.0)):
        sheet.text(x, 284.0, label, FOOT)
        x += sheet.width(label, FOOT) + 3.0
        sheet.line(x, 286.0, x + line, 286.0, 0.25, 0.25)
        x += line + 10.0
