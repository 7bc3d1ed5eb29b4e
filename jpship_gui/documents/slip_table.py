"""The table of goods on a slip: rows grow with their words, nothing is cut."""

from __future__ import annotations

from dataclasses import dataclass

from jpship_gui.documents.page import Sheet, Style
from jpship_gui.documents.slip_data import SlipLine, SlipOrder
from jpship_gui.documents.slip_head import LABEL, LEFT, RIGHT
from jpship_gui.documents.words import Words, yen

HEADER = 7.0
NUMBER, SKU = Style(8.5, gray=0.33), Style(9, gray=0.33)
NAME, VARIANT, OPTION = Style(10), Style(10, bold=True), Style(8, gray=0.33)
SMALL_NAME, SMALL_VARIANT = Style(8.5), Style(9, bold=True)
HEADING = Style(9, bold=True)
MONEY, QUANTITY, MANY = Style(10), Style(10.5), Style(11, bold=True)
_REDUCED = " ※"
_SKU_WIDTH = 24.8  # mm
_SKU_STYLES = (SKU, SKU.sized(7.5), SKU.sized(7.0))


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges of the columns, centre of the quantity, and the lowest row height, in mm."""

    name: float
    name_width: float
    quantity: float
    row: float
    priced: bool
    coded: bool = True  # with a column of goods codes


PRICED = Columns(49.0, 96.0, 152.0, 9.0, priced=True)
FREE = Columns(49.0, 131.0, 195.0, 9.0, priced=False)
GIFT = Columns(25.0, 155.0, 195.0, 10.0, priced=False, coded=False)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of goods laid out: pieces are (x, step down from the line before, words, style); without `line` it
    goes on from the page before, or is the `heading` of the lines below it, to the right of which stands `amount`."""

    number: int
    line: SlipLine | None
    pieces: tuple[tuple[float, float, str, Style], ...]
    sku: tuple[str, ...]
    height: float
    heading: bool = False
    amount: str = ""


def lay_out_heading(sheet: Sheet, order: SlipOrder, columns: Columns, words: Words) -> TableRow:
    """The row that begins one order's goods."""
    day = words.short_day(order.ordered_on) if order.ordered_on else ""
    parts = (words("documents.order_of_goods", number=order.number), day, order.shop)
    title = "　".join(part for part in parts if part)
    amount = ""
    if columns.priced and order.amount is not None:
        amount = words("documents.order_amount", amount=yen(order.amount))
    room = RIGHT - LEFT - (sheet.width(amount, HEADING) + 4.0 if amount else 0.0)
    lines = sheet.wrap(title, HEADING, room)
    pieces = tuple((LEFT, 4.4 if n else 0.0, line, HEADING) for n, line in enumerate(lines))
    return TableRow(0, None, pieces, (), 8.0 + 4.4 * (len(lines) - 1), heading=True, amount=amount)


def lay_out_line(sheet: Sheet, number: int, line: SlipLine, columns: Columns) -> TableRow:
    """Break name, variant, options and SKU of a line into the columns."""
    mark = _REDUCED if columns.priced and line.tax_rate == 8 else ""
    name = line.name + mark
    pieces: list[tuple[float, float, str, Style]] = []
    wide = sheet.width(name, NAME)
    gap = 3.2
    if wide + (gap + sheet.width(line.variant, VARIANT) if line.variant else 0) <= columns.name_width:
        pieces.append((columns.name, 0, name, NAME))
        if line.variant:
            pieces.append((columns.name + wide + gap, 0, line.variant, VARIANT))
    else:
        pieces = _broken(sheet, name, line.variant, columns)
    for option in line.options.splitlines():
        pieces.extend(
            (columns.name, 4.0, piece, OPTION) for piece in sheet.wrap(option, OPTION, columns.name_width)
        )
    sku = _sku_lines(sheet, line.sku) if columns.coded else ()
    height = max(sum(piece[1] for piece in pieces), (len(sku) - 1) * 3.4)
    return TableRow(number, line, tuple(pieces), sku, columns.row + height)


def split(row: TableRow, room: float) -> list[TableRow]:
    """The row itself, or stretches of it none higher than `room`: a line with pages of options still loses nothing."""
    if row.height <= room:
        return [row]
    parts: list[TableRow] = []
    pieces: list[tuple[float, float, str, Style]] = []
    spare = row.height - sum(piece[1] for piece in row.pieces)
    for piece in row.pieces:
        if pieces and spare + sum(p[1] for p in pieces) + piece[1] > room:
            parts.append(_stretch(row, pieces, first=not parts, spare=spare))
            pieces = []
        pieces.append(piece)
    return [*parts, _stretch(row, pieces, first=not parts, spare=spare)]


def _stretch(
    row: TableRow, pieces: list[tuple[float, float, str, Style]], first: bool, spare: float
) -> TableRow:
    x, _, words, style = pieces[0]
    pieces = [(x, 0.0, words, style), *pieces[1:]]
    height = spare + sum(piece[1] for piece in pieces)
    return TableRow(row.number, row.line if first else None, tuple(pieces), row.sku if first else (), height)


def _broken(sheet: Sheet, name: str, variant: str, columns: Columns) -> list[tuple[float, float, str, Style]]:
    """A name of several lines, smaller from the third on, the variant on a line of its own if it must."""
    style = NAME
    lines = sheet.wrap(name, style, columns.name_width)
    if len(lines) > 2:
        style = SMALL_NAME
        lines = sheet.wrap(name, style, columns.name_width)
    step = 4.6 if style is NAME else 3.9
    pieces = [(columns.name, step if index else 0.0, line, style) for index, line in enumerate(lines)]
    if variant:
        bold = VARIANT if style is NAME else SMALL_VARIANT
        beside = columns.name + sheet.width(lines[-1], style) + 3.2
        if beside + sheet.width(variant, bold) <= columns.name + columns.name_width:
            pieces.append((beside, 0.0, variant, bold))
        else:
            pieces.extend(
                (columns.name, 4.6, line, bold) for line in sheet.wrap(variant, bold, columns.name_width)
            )
    return pieces


def _sku_style(sheet: Sheet, sku: str) -> Style:
    """The largest of three sizes in which the code stands in one line; a 13-digit bar code just fits the smallest."""
    return next((style for style in _SKU_STYLES if sheet.width(sku, style) <= _SKU_WIDTH), _SKU_STYLES[-1])


def _sku_lines(sheet: Sheet, sku: str) -> tuple[str, ...]:
    return tuple(sheet.wrap(sku, _sku_style(sheet, sku), _SKU_WIDTH)) if sku else ()


def draw_header(sheet: Sheet, top: float, columns: Columns, words: Words) -> None:
    """The header row between its two lines."""
    sheet.line(LEFT, top, RIGHT, top, 0.4)
    sheet.line(LEFT, top + HEADER, RIGHT, top + HEADER, 0.2, 0.25)
    y = top + 4.6
    sheet.text(LEFT, y, "No", LABEL)
    sheet.text(columns.name, y, words("documents.goods"), LABEL)
    if columns.coded:
        sheet.text(23, y, words("documents.sku"), LABEL)
    if columns.priced:
        sheet.text(columns.quantity, y, words("documents.quantity"), LABEL, 0.5)
        sheet.text(174, y, words("documents.unit_price"), LABEL, 1)
        sheet.text(RIGHT, y, words("documents.amount"), LABEL, 1)
    else:
        sheet.text(RIGHT, y, words("documents.quantity"), LABEL, 1)


def draw_row(sheet: Sheet, row: TableRow, top: float, columns: Columns) -> None:
    """One row with the hairline below it; a quantity of two or more is boxed."""
    line = row.line
    base = top + 5.8 + (columns.row - 9.0) / 2
    sku = _sku_style(sheet, "".join(row.sku))
    for index, piece in enumerate(row.sku):
        sheet.text(23, base + index * 3.4, piece, sku)
    y = base
    for x, step, words, style in row.pieces:
        y += step
        sheet.text(x, y, words, style)
    if row.amount:
        sheet.text(RIGHT, base, row.amount, HEADING, 1)
    if line is not None:
        sheet.text(LEFT, base, str(row.number), NUMBER)
    if line is not None and columns.priced:
        _draw_priced(sheet, line, base, columns)
    elif line is not None:
        sheet.text(RIGHT, base, f"{line.quantity:,}", MANY if line.quantity > 1 else QUANTITY, 1)
    sheet.line(LEFT, top + row.height, RIGHT, top + row.height, 0.15, 0.72)


def _draw_priced(sheet: Sheet, line: SlipLine, base: float, columns: Columns) -> None:
    quantity = f"{line.quantity:,}"
    if line.quantity > 1:
        wide = max(6.6, sheet.width(quantity, MANY) + 2.6)
        sheet.rect(columns.quantity - wide / 2, base - 4.3, wide, 6.0, radius=0.9, stroke=0.0, thick=0.3)
    sheet.text(columns.quantity, base, quantity, MANY if line.quantity > 1 else QUANTITY, 0.5)
    sheet.text(174, base, f"{line.unit_price:,}", MONEY, 1)
    sheet.text(RIGHT, base, f"{line.unit_price * line.quantity:,}", MONEY, 1)
