"""The table of goods on a slip: rows grow with their words, nothing is cut."""

from __future__ import annotations

from dataclasses import dataclass

from jpship_gui.documents.page import Sheet, Style
from jpship_gui.documents.slip_data import SlipLine, SlipOrder
from jpship_gui.documents.slip_frame import Columns, Form
from jpship_gui.documents.words import yen

_REDUCED = " ※"


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


def lay_out_heading(sheet: Sheet, order: SlipOrder, columns: Columns, form: Form) -> TableRow:
    """The row that begins one order's goods."""
    words, heading = form.words, form.type.heading
    day = words.short_day(order.ordered_on) if order.ordered_on else ""
    parts = (words("documents.order_of_goods", number=order.number), day, order.shop)
    title = "　".join(part for part in parts if part)
    amount = ""
    if columns.priced and order.amount is not None:
        amount = words("documents.order_amount", amount=yen(order.amount))
    room = columns.right - columns.left - (sheet.width(amount, heading) + 4.0 if amount else 0.0)
    lines = sheet.wrap(title, heading, room)
    pieces = tuple((columns.left, 4.4 if n else 0.0, line, heading) for n, line in enumerate(lines))
    height = (columns.row - 1.0) + 4.4 * (len(lines) - 1)
    return TableRow(0, None, pieces, (), height, heading=True, amount=amount)


def lay_out_line(sheet: Sheet, number: int, line: SlipLine, columns: Columns, form: Form) -> TableRow:
    """Break name, variant, options and SKU of a line into the columns."""
    type_ = form.type
    mark = _REDUCED if columns.priced and line.tax_rate == 8 else ""
    name = line.name + mark
    pieces: list[tuple[float, float, str, Style]] = []
    wide = sheet.width(name, type_.goods)
    gap = 3.2
    if wide + (gap + sheet.width(line.variant, type_.variant) if line.variant else 0) <= columns.name_width:
        pieces.append((columns.name, 0, name, type_.goods))
        if line.variant:
            pieces.append((columns.name + wide + gap, 0, line.variant, type_.variant))
    else:
        pieces = _broken(sheet, name, line.variant, columns, form)
    step = 4.0 * type_.goods_factor
    for option in line.options.splitlines():
        pieces.extend(
            (columns.name, step, piece, type_.option)
            for piece in sheet.wrap(option, type_.option, columns.name_width)
        )
    sku = _sku_lines(sheet, line.sku, columns, form) if columns.coded else ()
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


def _broken(
    sheet: Sheet, name: str, variant: str, columns: Columns, form: Form
) -> list[tuple[float, float, str, Style]]:
    """A name of several lines, smaller from the third on, the variant on a line of its own if it must."""
    type_ = form.type
    style, bold, step = type_.goods, type_.variant, 4.6 * type_.goods_factor
    lines = sheet.wrap(name, style, columns.name_width)
    if len(lines) > 2:
        style, bold, step = type_.small_goods, type_.small_variant, 3.9 * type_.goods_factor
        lines = sheet.wrap(name, style, columns.name_width)
    pieces = [(columns.name, step if index else 0.0, line, style) for index, line in enumerate(lines)]
    if variant:
        beside = columns.name + sheet.width(lines[-1], style) + 3.2
        if beside + sheet.width(variant, bold) <= columns.name + columns.name_width:
            pieces.append((beside, 0.0, variant, bold))
        else:
            pieces.extend(
                (columns.name, 4.6 * type_.goods_factor, line, bold)
                for line in sheet.wrap(variant, bold, columns.name_width)
            )
    return pieces


def _sku_style(sheet: Sheet, sku: str, columns: Columns, form: Form) -> Style:
    """The largest of three sizes in which the code stands in one line; a 13-digit bar code just fits the smallest."""
    styles = form.type.skus
    return next((style for style in styles if sheet.width(sku, style) <= columns.sku_width), styles[-1])


def _sku_lines(sheet: Sheet, sku: str, columns: Columns, form: Form) -> tuple[str, ...]:
    return tuple(sheet.wrap(sku, _sku_style(sheet, sku, columns, form), columns.sku_width)) if sku else ()


def draw_header(sheet: Sheet, top: float, columns: Columns, form: Form) -> None:
    """The header row between its two lines."""
    words, label, right = form.words, form.type.label, columns.right
    sheet.line(columns.left, top, right, top, 0.4)
    sheet.line(columns.left, top + columns.header, right, top + columns.header, 0.2, 0.25)
    y = top + columns.header - 2.4
    sheet.text(columns.left, y, "No", label)
    sheet.text(columns.name, y, words("documents.goods"), label)
    if columns.coded:
        sheet.text(columns.sku, y, words("documents.sku"), label)
    if columns.priced:
        sheet.text(columns.quantity, y, words("documents.quantity"), label, 0.5)
        sheet.text(columns.unit, y, words("documents.unit_price"), label, 1)
        sheet.text(right, y, words("documents.amount"), label, 1)
    else:
        sheet.text(right, y, words("documents.quantity"), label, 1)


def draw_row(sheet: Sheet, row: TableRow, top: float, columns: Columns, form: Form) -> None:
    """One row with the hairline below it; a quantity of two or more is boxed."""
    line, type_ = row.line, form.type
    base = top + columns.row / 2 + 1.3
    sku = _sku_style(sheet, "".join(row.sku), columns, form)
    for index, piece in enumerate(row.sku):
        sheet.text(columns.sku, base + index * 3.4, piece, sku)
    y = base
    for x, step, words, style in row.pieces:
        y += step
        sheet.text(x, y, words, style)
    if row.amount:
        sheet.text(columns.right, base, row.amount, type_.heading, 1)
    if line is not None:
        sheet.text(columns.left, base, str(row.number), type_.number)
    if line is not None and columns.priced:
        _draw_priced(sheet, line, base, columns, form)
    elif line is not None:
        style = type_.many if line.quantity > 1 else type_.quantity
        sheet.text(columns.right, base, f"{line.quantity:,}", style, 1)
    sheet.line(columns.left, top + row.height, columns.right, top + row.height, 0.15, 0.72)


def _draw_priced(sheet: Sheet, line: SlipLine, base: float, columns: Columns, form: Form) -> None:
    quantity, type_ = f"{line.quantity:,}", form.type
    many = line.quantity > 1
    if many:
        factor = type_.goods_factor
        wide = max(6.6 * factor, sheet.width(quantity, type_.many) + 2.6)
        sheet.rect(
            *(columns.quantity - wide / 2, base - 4.3 * factor, wide, 6.0 * factor),
            radius=0.9,
            stroke=0.0,
            thick=0.3,
        )
    sheet.text(columns.quantity, base, quantity, type_.many if many else type_.quantity, 0.5)
    sides = (columns.quantity + 4.0, columns.unit + 2.0)
    for left, right, amount in (
        (sides[0], columns.unit, line.unit_price),
        (sides[1], columns.right, line.unit_price * line.quantity),
    ):
        words = f"{amount:,}"
        style = next((s for s in type_.money if sheet.width(words, s) <= right - left), type_.money[-1])
        sheet.text(right, base, words, style, 1)
