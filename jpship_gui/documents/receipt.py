"""Receipts and qualified invoices: one issue on as many pages as its goods need, sums and issuer on the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jpship_gui.documents import slip_table as table
from jpship_gui.documents.layout import PaperLayout
from jpship_gui.documents.page import Document, Paper, Sheet, Style
from jpship_gui.documents.receipt_data import INVOICE, ReceiptData
from jpship_gui.documents.slip_closing import SumLine, fitting
from jpship_gui.documents.slip_frame import Columns, Form, Frame, form_in
from jpship_gui.documents.words import Words, postal, yen

LANGUAGE = "ja"
_COLUMNS = Columns(20.0, 190.0, 28.0, 24.8, 54.0, 88.0, 148.0, 168.0, row=7.4, header=6.4)
_FRAME = Frame(
    *((210.0, 297.0), 20.0, 190.0, 118.0),
    title=32.0,
    top=52.0,
    meta=48.0,
    greeting=0.0,
    table=116.0,
    band=78.0,
    rows_end=262.0,
    end=272.0,
    text_at=0.0,
    foot=0.0,
    page_number=284.0,
    sums=118.0,
    columns=_COLUMNS,
)
_LATER_TABLE = 44.0  # where the goods go on
_ISSUER = 46.0  # height of the block of issuer and stamp
AMOUNT, AMOUNT_LABEL, AFTER = Style(26, bold=True), Style(10), Style(10)
BODY, LABEL, SMALL, MARK = Style(9.5), Style(8.5, gray=0.33), Style(8, gray=0.33), Style(13, bold=True)
SUM, SUM_VALUE, TOTAL_LABEL, TOTAL = (
    Style(9, gray=0.25),
    Style(9.5),
    Style(10.5, bold=True),
    Style(12, bold=True),
)
ISSUER, ISSUER_LINE, NUMBER = Style(11, bold=True), Style(9), Style(9.5, bold=True)


@dataclass(frozen=True, slots=True)
class _Pen:
    document: Document
    form: Form
    words: Words
    columns: Columns


def render_receipts(
    issues: Sequence[tuple[ReceiptData, PaperLayout]], dpi: int = 300
) -> tuple[bytes, tuple[int, ...]]:
    """One PDF of all issues in their order, and how many pages each took."""
    words = Words(LANGUAGE)
    title = "documents.invoice_title" if _all_invoices(issues) else "documents.receipt_title"
    document = Document(Paper(dpi=dpi), words(title))
    forms: dict[PaperLayout, Form] = {}
    pages = []
    for data, layout in issues:
        if layout not in forms:
            forms[layout] = form_in(_FRAME, layout, words, dpi)
        form = forms[layout]
        pages.append(_draw(_Pen(document, form, words, form.columns[0]), data))
    return document.finish(), tuple(pages)


def _all_invoices(issues: Sequence[tuple[ReceiptData, PaperLayout]]) -> bool:
    return all(data.document == INVOICE for data, _ in issues)


def receipt_characters(data: ReceiptData, layout: PaperLayout) -> str:
    """Every character from outside the program that would be printed."""
    own = tuple(layout.texts.values())
    lines = [part for line in data.lines for part in (line.sku, line.name, line.variant)]
    shop = (data.shop.name, data.shop.address, data.shop.footer)
    return "".join((data.addressee, data.purpose, data.payment, data.order_number, *shop, *lines, *own))


def _draw(pen: _Pen, data: ReceiptData) -> int:
    measure = pen.document.sheet()
    rows = []
    if pen.form.layout.on("goods") or data.document == INVOICE:
        lines = (replace(line, options="") for line in data.lines)
        rows = [
            table.lay_out_line(measure, number, line, pen.columns, pen.form)
            for number, line in enumerate(lines, 1)
        ]
    sums = _sums(data, pen)
    closing = 6.0 + 5.4 * len(sums) + 9.0 + max(_ISSUER, _notes_height(measure, data, pen))
    pages: list[list[tuple[float, table.TableRow]]] = [[]]
    top = _head_end(measure, data, pen)
    y = top + pen.columns.header
    for row in rows:
        for part in table.split(row, _FRAME.rows_end - _LATER_TABLE - pen.columns.header):
            if y + part.height > _FRAME.rows_end:
                pages.append([])
                y = _LATER_TABLE + pen.columns.header
            pages[-1].append((y, part))
            y += part.height
    if y + closing > _FRAME.end + 6:
        pages.append([])
        y = _LATER_TABLE
    for number, placed in enumerate(pages, 1):
        sheet = pen.document.sheet()
        if number == 1:
            _draw_head(sheet, data, pen)
        else:
            _draw_again_head(sheet, data, pen)
        if placed:
            start = top if number == 1 else _LATER_TABLE
            table.draw_header(sheet, start, pen.columns, pen.form)
        for at, row in placed:
            table.draw_row(sheet, row, at, pen.columns, pen.form)
        if number == len(pages):
            _draw_closing(sheet, data, pen, sums, y)
        if len(pages) > 1:
            sheet.text(105, _FRAME.page_number, f"{number} / {len(pages)}", Style(9, gray=0.4), 0.5)
        pen.document.add(sheet)
    return len(pages)


def _title(data: ReceiptData, pen: _Pen) -> str:
    usual = "documents.invoice_title" if data.document == INVOICE else "documents.receipt_title"
    return pen.form.layout.text("title") or pen.words(usual)


def _number(data: ReceiptData, words: Words) -> str:
    return f"No. {data.number}" if data.number else words("documents.preview")


def _name_lines(sheet: Sheet, data: ReceiptData, pen: _Pen) -> tuple[list[str], Style]:
    style = (
        pen.form.type.name if sheet.width(data.addressee, pen.form.type.name) <= 98 else Style(11, bold=True)
    )
    return sheet.wrap(data.addressee, style, 98), style


def _head_end(sheet: Sheet, data: ReceiptData, pen: _Pen) -> float:
    """Where the table begins: a long name and purpose push it down."""
    extra = (len(_name_lines(sheet, data, pen)[0]) - 1) * 6.0
    extra += (len(_facts(sheet, data, pen)) - 2) * 5.4
    return _FRAME.table + extra


def _facts(sheet: Sheet, data: ReceiptData, pen: _Pen) -> list[str]:
    """Lines below the amount: what for, that it was received, how it was paid."""
    words = pen.words
    if data.document == INVOICE:
        said = [words("documents.invoice_statement")]
    else:
        said = [words("documents.receipt_for", purpose=data.purpose), words("documents.receipt_statement")]
    if data.payment:
        said.append(words("documents.paid_by", payment=data.payment))
    return [piece for line in said for piece in sheet.wrap(line, BODY, 168)]


def _draw_head(sheet: Sheet, data: ReceiptData, pen: _Pen) -> None:
    words, form = pen.words, pen.form
    title = _title(data, pen)
    style = form.type.title if len(title) <= 6 else form.type.title_long
    sheet.text(105, _FRAME.title, title, style, 0.5)
    if form.layout.on("logo") and form.layout.logo is not None:
        logo = form.layout.logo
        factor = min(50 / logo.width, 14 / logo.height, 25.4 / 150)
        sheet.image(pen.document.image(logo), 20, 16, logo.width * factor, logo.height * factor)
    _draw_marks(sheet, data, words)
    y = 44.0
    facts = [(_number(data, words), ""), (words("documents.issued_on"), words.day(data.issued_on))]
    facts.append((words("documents.supplied_on"), words.day(data.supplied_on)))
    if form.layout.on("order_number"):
        facts.append((words("documents.order_number"), data.order_number))
    for label, value in facts:
        if value:
            sheet.text(126, y, label, LABEL)
            style = BODY if sheet.width(value, BODY) <= 46 else Style(7.5)
            sheet.text(190, y, value, style, 1)
        else:
            sheet.text(190, y, label, BODY, 1)
        y += 5.2
    lines, style = _name_lines(sheet, data, pen)
    y = _FRAME.top + 12.0
    for line in lines[:-1]:
        sheet.text(20, y, line, style)
        y += 6.0
    sheet.text(20, y, lines[-1] if lines else "", style)
    after = sheet.width(lines[-1], style) if lines else 0.0
    sheet.text(20 + after + 3.0, y, data.honorific, form.type.honorific)
    sheet.line(20, y + 2.6, 122, y + 2.6, 0.25)
    _draw_amount(sheet, data, pen, y + 9.0)


def _draw_marks(sheet: Sheet, data: ReceiptData, words: Words) -> None:
    """再発行 and 訂正, framed so that nobody books the paper twice."""
    marks = []
    if data.again:
        day = words.day(data.first_issued_on) if data.first_issued_on else ""
        marks.append((words("documents.issued_again"), words("documents.first_issued", day=day)))
    if data.corrects:
        marks.append((words("documents.corrected"), words("documents.corrects", number=data.corrects)))
    x = 190.0
    for index, (mark, note) in enumerate(marks):
        wide = sheet.width(mark, MARK) + 8.0
        sheet.rect(x - wide, 15.0, wide, 9.0, radius=0.8, stroke=0.0, thick=0.5)
        sheet.text(x - wide / 2, 21.5, mark, MARK, 0.5)
        sheet.text(190.0, 28.0 + index * 4.2, note, SMALL, 1)
        x -= wide + 4.0


def _draw_amount(sheet: Sheet, data: ReceiptData, pen: _Pen, y: float) -> None:
    words = pen.words
    sheet.rect(20, y, 170, 17, radius=1.0, fill=0.93)
    label = "documents.invoice_amount" if data.document == INVOICE else "documents.receipt_amount"
    sheet.text(26, y + 10.6, words(label), AMOUNT_LABEL)
    shown = data.total if data.document == INVOICE else data.paid
    amount = f"{yen(shown)}-"
    sheet.text(118, y + 12.2, amount, AMOUNT, 0.5)
    sheet.text(118 + sheet.width(amount, AMOUNT) / 2 + 3.0, y + 12.2, words("documents.tax_included"), AFTER)
    at = y + 24.0
    for line in _facts(sheet, data, pen):
        sheet.text(22, at, line, BODY)
        at += 5.4


def _draw_again_head(sheet: Sheet, data: ReceiptData, pen: _Pen) -> None:
    """Further pages: what and whose they belong to."""
    name = " ".join(part for part in (data.addressee, data.honorific) if part)
    head = f"{_title(data, pen)}　{_number(data, pen.words)}"
    sheet.text(20, 26.0, head, TOTAL_LABEL)
    for index, line in enumerate(sheet.wrap(name, BODY, 170)):
        sheet.text(20, 32.0 + index * 4.6, line, BODY)
    if data.again:
        sheet.text(190, 26.0, pen.words("documents.issued_again"), MARK, 1)


def _sums(data: ReceiptData, pen: _Pen) -> list[tuple[str, str, bool]]:
    """(label, value, bold) from the sum of goods to what was paid."""
    words = pen.words
    found = [(words(key), yen(value), False) for key, value in data.sums if value]
    found.append((words("documents.total"), yen(data.total), True))
    if pen.form.layout.on("taxes") or data.registration_no:
        for part in data.taxes:
            key = "documents.rate_reduced" if part.rate == 8 else "documents.rate"
            label = words(key, rate=part.rate, amount=yen(part.amount))
            found.append((label, words("documents.tax_in_it", tax=yen(part.tax)), False))
    if data.points:
        found.append((words("documents.points"), yen(-data.points), False))
        found.append((words("documents.charged"), yen(data.paid), True))
    return found


def _notes(data: ReceiptData, pen: _Pen) -> list[str]:
    found = []
    if any(line.tax_rate == 8 for line in data.lines):
        found.append(pen.words("documents.reduced_note"))
    if data.on_slip:
        found.append(pen.words("documents.invoice_on_slip"))
    return found + pen.form.layout.text("footer").splitlines()


def _notes_height(sheet: Sheet, data: ReceiptData, pen: _Pen) -> float:
    return 4.6 * sum(len(sheet.wrap(note, SMALL, 84)) for note in _notes(data, pen))


def _draw_closing(
    sheet: Sheet, data: ReceiptData, pen: _Pen, sums: list[tuple[str, str, bool]], y: float
) -> None:
    """Sums, then issuer at the right and notes and stamp box at the left."""
    at = y + 7.0
    for label, value, bold in sums:
        if bold:
            at += 2.2
            sheet.line(118, at - 5.2, 190, at - 5.2, 0.25)
        styles = (TOTAL_LABEL, TOTAL) if bold else (SUM, SUM_VALUE)
        small, large = fitting(sheet, SumLine(0.0, label, value, *styles), 72.0)
        sheet.text(118, at, label, small)
        sheet.text(190, at, value, large, 1)
        at += 5.8 if bold else 5.2
    low = y + 7.0
    for note in _notes(data, pen):
        for line in sheet.wrap(note, SMALL, 84):
            sheet.text(20, low, line, SMALL)
            low += 4.6
    _draw_issuer(sheet, data, pen, at + 6.0)
    if data.stamp:
        box = max(low, at + 2.0)
        sheet.rect(20, box, 22, 26, stroke=0.4, thick=0.25)
        for index, line in enumerate(pen.words("documents.stamp").split("\n")):
            sheet.text(31, box + 11.5 + index * 4.6, line, SMALL, 0.5)


def _draw_issuer(sheet: Sheet, data: ReceiptData, pen: _Pen, y: float) -> None:
    shop, words = data.shop, pen.words
    for line in sheet.wrap(shop.name, ISSUER, 72):
        sheet.text(118, y, line, ISSUER)
        y += 5.4
    phone = words("documents.phone", number=shop.phone) if shop.phone else ""
    contact = "  ".join(part for part in (phone, shop.email) if part)
    for text in (
        f"{postal(shop.postal_code)} {shop.address}".strip(),
        contact if pen.form.layout.on("contact") else "",
    ):
        for line in sheet.wrap(text, ISSUER_LINE, 72) if text else ():
            sheet.text(118, y, line, ISSUER_LINE)
            y += 4.8
    if data.registration_no:
        sheet.text(118, y + 0.8, words("documents.registration_no", number=data.registration_no), NUMBER)
