"""Pick lists per order, four to an A4 sheet: what goes into one box, by shelf, with the key to scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpship_gui.documents.barcodes import code128, dots_for
from jpship_gui.documents.honorific import titled
from jpship_gui.documents.page import Document, Paper, Sheet, Style
from jpship_gui.documents.slip_data import Look
from jpship_gui.documents.words import Words
from jpship_gui.domain.order_key import paper_code

RUN, TAIL, NAME = Style(22, bold=True), Style(13, bold=True), Style(12, bold=True)
SMALL, NOTE, SET = Style(8, gray=0.33), Style(8.5), Style(8)
SHELF, GOODS, VARIANT, SKU = Style(10, bold=True), Style(8.5), Style(10, bold=True), Style(7.5, gray=0.45)
QUANTITY, MANY = Style(13), Style(13, bold=True)
_WIDTH, _HEIGHT, _MARGIN = 105.0, 148.5, 8.0
_INNER = _WIDTH - 2 * _MARGIN
_TOP, _END = 37.0, 121.0  # where rows begin and end in a quarter
_NAME_X, _NAME_WIDTH = 27.0, 48.0
_BARS_TOP = 123.0
_NOTE_STEP, _BESIDE = 4.4, 10  # mm between lines of notes, and how many of them leave goods enough room


@dataclass(frozen=True, slots=True)
class PickLine:
    """One line of an order; a component of a set names the set."""

    sku: str
    name: str
    quantity: int
    variant: str = ""
    shelf: str = ""
    set_name: str = ""


@dataclass(frozen=True, slots=True)
class PickOrder:
    """One shipment as its quarter shows it; `notes` are short facts such as wrapping, in words."""

    key: str
    order_number: str
    recipient: str
    lines: tuple[PickLine, ...]
    batch: int | None = None
    row: int | None = None
    carrier: str = ""
    wish: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """One line laid out; pieces are (x, step down from the line before, words, style)."""

    line: PickLine
    pieces: tuple[tuple[float, float, str, Style], ...]
    height: float


@dataclass(frozen=True, slots=True)
class _Quarter:
    order: PickOrder
    rows: tuple[_Row, ...]
    notes: tuple[str, ...]
    number: int
    of: int


def render_orders(orders: Sequence[PickOrder], look: Look, language: str) -> bytes:
    """The PDF of pick lists per order, quarters left to right and down, long orders going on in the next quarter."""
    return render_placed(orders, look, language)[0]


def render_placed(
    orders: Sequence[PickOrder], look: Look, language: str
) -> tuple[bytes, tuple[tuple[int, ...], ...]]:
    """As `render_orders`, with the pages (from 1) that each order stands on."""
    words = Words(language)
    document = Document(Paper(dpi=look.dpi), words("documents.picklist_order_title"))
    measure = document.sheet()
    quarters: list[_Quarter] = []
    places: list[tuple[int, ...]] = []
    for order in orders:
        first = len(quarters)
        quarters += _quarters(measure, order, words)
        places.append(tuple(range(first // 4 + 1, (len(quarters) - 1) // 4 + 2)))
    for start in range(0, len(quarters), 4):
        sheet = document.sheet()
        sheet.part(document.part("cross", _draw_cross))
        for place, quarter in enumerate(quarters[start : start + 4]):
            left, top = (place % 2) * _WIDTH + _MARGIN, (place // 2) * _HEIGHT
            _draw_quarter(sheet, quarter, left, top, words)
        document.add(sheet)
    return document.finish(), tuple(places)


def _draw_cross(sheet: Sheet) -> None:
    sheet.line(_WIDTH, 5, _WIDTH, 292, 0.1, 0.7)
    sheet.line(5, _HEIGHT, 205, _HEIGHT, 0.1, 0.7)


def _quarters(sheet: Sheet, order: PickOrder, words: Words) -> list[_Quarter]:
    """The order's lines by shelf, parted over as many quarters as they need."""
    lines = sorted(order.lines, key=lambda line: (not line.shelf, line.shelf, line.sku))
    notes = _note_lines(sheet, order)
    whole = int((_END - _TOP) / _NOTE_STEP)
    before: list[tuple[str, ...]] = []
    while len(notes) > _BESIDE:  # more words than goods leave room for: quarters of their own come first
        before.append(tuple(notes[:whole]))
        notes = notes[whole:]
    parts: list[list[_Row]] = [[]]
    room = _END - _TOP - _NOTE_STEP * len(notes)
    for row in (_lay_out(sheet, line, words) for line in lines):
        if parts[-1] and sum(r.height for r in parts[-1]) + row.height > room:
            parts.append([])
        parts[-1].append(row)
    filled = [*(((), said) for said in before), *((tuple(rows), tuple(notes)) for rows in parts)]
    return [_Quarter(order, rows, said, number, len(filled)) for number, (rows, said) in enumerate(filled, 1)]


def _note_lines(sheet: Sheet, order: PickOrder) -> list[str]:
    return [piece for note in order.notes for piece in sheet.wrap(note, NOTE, _INNER)]


def _lay_out(sheet: Sheet, line: PickLine, words: Words) -> _Row:
    """Name, then the variant with the SKU beside it where there is room, then the set it belongs to."""
    names = sheet.wrap(line.name, GOODS, _NAME_WIDTH)
    pieces = [(_NAME_X, 3.6 if i else 0.0, text, GOODS) for i, text in enumerate(names)]
    beside = 0.0
    if line.variant:
        wrapped = sheet.wrap(line.variant, VARIANT, _NAME_WIDTH)
        pieces += [(_NAME_X, 4.6, text, VARIANT) for text in wrapped]
        beside = sheet.width(wrapped[-1], VARIANT) + 2.4
    if line.sku and beside and beside + sheet.width(line.sku, SKU) <= _NAME_WIDTH:
        pieces.append((_NAME_X + beside, 0.0, line.sku, SKU))
    elif line.sku:
        pieces += [(_NAME_X, 3.6, text, SKU) for text in sheet.wrap(line.sku, SKU, _NAME_WIDTH)]
    if line.set_name:
        in_set = words("documents.in_set", name=line.set_name)
        pieces += [(_NAME_X, 4.0, text, SET) for text in sheet.wrap(in_set, SET, _NAME_WIDTH)]
    return _Row(line, tuple(pieces), max(10.0, sum(piece[1] for piece in pieces) + 7.4))


def _draw_quarter(sheet: Sheet, quarter: _Quarter, x: float, y: float, words: Words) -> None:
    order = quarter.order
    right = x + _INNER
    run = f"{order.batch}-{order.row}" if order.batch is not None else order.order_number[-5:]
    sheet.text(x, y + 16.0, run, RUN)
    sheet.text(right, y + 12.6, "…" + order.order_number[-5:], TAIL, 1)
    part = f"  {quarter.number} / {quarter.of}" if quarter.of > 1 else ""
    sheet.text(right, y + 16.8, f"{order.order_number}{part}", SMALL, 1)
    _draw_person(sheet, order, x, y + 24.2)
    sheet.text(x, y + 29.4, "・".join(part for part in (order.carrier, order.wish) if part), SMALL)
    sheet.line(x, y + 32.5, right, y + 32.5, 0.4)
    at = y + _TOP
    for note in quarter.notes:
        sheet.text(x, at, note, NOTE)
        at += _NOTE_STEP
    at -= 2.2 if quarter.notes else 4.5
    for row in quarter.rows:
        _draw_row(sheet, row, x, at)
        at += row.height
        sheet.line(x, at, right, at, 0.12, 0.72)
    _draw_foot(sheet, quarter, x, y + _BARS_TOP, words)


def _draw_person(sheet: Sheet, order: PickOrder, x: float, y: float) -> None:
    name, title = titled(order.recipient)
    whole = f"{name} {title}".rstrip()
    style = NAME if sheet.width(whole, NAME) <= _INNER else NAME.sized(8.5)
    lines = sheet.wrap(whole, style, _INNER)
    for index, line in enumerate(lines):
        sheet.text(x, y + (index - (len(lines) - 1) / 2) * 3.2, line, style)


def _draw_row(sheet: Sheet, row: _Row, x: float, top: float) -> None:
    base = top + 5.6
    sheet.rect(x, base - 3.2, 3.8, 3.8, radius=0.5, stroke=0.0, thick=0.25)
    shelf = row.line.shelf or "－"
    room = _NAME_X - 7.0
    style = SHELF if sheet.width(shelf, SHELF) <= room else SHELF.sized(7)
    for index, line in enumerate(sheet.wrap(shelf, style, room)):
        sheet.text(x + 6.0, base + index * 3.0, line, style)
    y = base
    for at, step, words, piece_style in row.pieces:
        y += step
        sheet.text(x + at, y, words, piece_style)
    quantity, right = f"{row.line.quantity:,}", x + _INNER
    many = row.line.quantity > 1
    style = MANY if many else QUANTITY
    wide = max(7.4, sheet.width(quantity, style) + 2.4)
    if many:
        sheet.rect(right - wide, base - 4.7, wide, 6.8, radius=1.0, stroke=0.0, thick=0.35)
    sheet.text(right - wide / 2, base + 0.3, quantity, style, 0.5)


def _draw_foot(sheet: Sheet, quarter: _Quarter, x: float, y: float, words: Words) -> None:
    order = quarter.order
    sheet.bars(x, y, code128(paper_code(order.key), dots_for(0.42, sheet.paper.dpi)), 10.0)
    sheet.text(x, y + 14.4, order.key, SMALL)
    pieces = sum(line.quantity for line in order.lines)
    sheet.text(x + _INNER, y + 9.0, words("documents.pieces_of", pieces=pieces), TAIL, 1)
