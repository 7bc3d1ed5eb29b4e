"""Addresses printed on envelopes, in vertical writing (numbers as 一二三〇) or across."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.documents.address_labels import AddressData, Labels
from jpship_gui.documents.addressing import LEAST, Sizes, fit_block, fitted, pitch
from jpship_gui.documents.honorific import titled
from jpship_gui.documents.page import MM, Document, Paper, Sheet, Style
from jpship_gui.documents.vertical import cells, column_height, draw_column, kanji_digits
from jpship_gui.documents.words import Words, postal

LANGUAGE = "ja"
PAPERS = {"naga3": (120.0, 235.0), "naga4": (90.0, 205.0), "kaku2": (240.0, 332.0)}  # documents reference 7.1
VERTICAL, ACROSS = "vertical", "across"
_EDGE, _LEFT = (
    12.0,
    22.0,
)  # mm: from the edges; of the address across from the left (documents reference, section 11)
_MOST = 3  # columns of an address


def render_envelopes(
    labels: Sequence[AddressData],
    size: tuple[float, float],
    writing: str = VERTICAL,
    dpi: int = 300,
    offset: tuple[float, float] = (0.0, 0.0),
) -> Labels:
    """One envelope each; over = the address does not fit."""
    document = Document(Paper(*size, dpi), Words(LANGUAGE)("documents.envelope_title"))
    draw = _draw_across if writing == ACROSS else _draw_vertical
    over, pages = [], []
    for index, label in enumerate(labels):
        sheet = document.sheet()
        if draw(sheet, label, offset):
            document.add(sheet)
            pages.append((index,))
        else:
            over.append(index)
    return Labels(document.finish(), tuple(pages), tuple(over))


def _draw_vertical(sheet: Sheet, label: AddressData, offset: tuple[float, float]) -> bool:
    """Postal code across at the top right, address in columns below, name in the middle, sender at the lower left."""
    wide, high = sheet.paper.width, sheet.paper.height
    dx, dy = offset
    f = min(wide / 120, 1.4)
    top = 34 * f
    room = high - top - _EDGE * 1.5
    name, title = titled(label.name)
    columns = _columns(sheet, label, room, 13 * f)
    named = _fit(sheet, f"{name}　{title}" if title else name, room * 0.94, 26 * f, 13 * f)
    sender = _sender_columns(sheet, label, room * 0.62, 9 * f)
    if columns is None or named is None or sender is None:
        return False
    step = pitch(columns[0][1].size) if columns else 0.0
    right = wide - _EDGE - step / 2
    left = wide / 2 - named.size / MM * 0.8
    if right - (len(columns) - 1) * step - step / 2 < wide / 2 + named.size / MM / 2:
        return False
    code = Style(round(13 * f, 2), bold=True, spacing=0.15)
    sheet.text(wide - _EDGE + dx, 22 * f + dy, postal(label.postal_code).removeprefix("〒"), code, 1)
    for number, (text, style) in enumerate(columns):
        down = top + (6 * f if number else 0.0)
        draw_column(sheet, right - number * step + dx, down + dy, cells(sheet, text, style.bold), style)
    words = f"{name}　{title}" if title else name
    draw_column(sheet, wide / 2 + dx, top + 12 * f + dy, cells(sheet, words, True), named, 0.08)
    if left - len(sender) * pitch(9 * f) < _EDGE * 0.6:
        return False
    for number, (text, style) in enumerate(reversed(sender)):
        column = cells(sheet, text)
        at = high - _EDGE - column_height(column, style.size)
        draw_column(sheet, _EDGE + number * pitch(style.size) + dx, at + dy, column, style)
    return True


def _columns(sheet: Sheet, label: AddressData, room: float, size: float) -> list[tuple[str, Style]] | None:
    """The address's columns from the right with the company's, at the largest size at which three are enough."""
    lines = [kanji_digits(line) for line in label.lines] + [part for part in (label.company,) if part]
    for scale in (1.0, 0.88, LEAST):
        style = Style(round(size * scale, 2), bold=True)
        made = [(piece, style) for line in lines for piece in sheet.wrap(line, style, room * 0.94)]
        tall = max((column_height(cells(sheet, piece, True), style.size) for piece, _ in made), default=0.0)
        if len(made) <= _MOST + bool(label.company) and tall <= room:
            return made
    return None


def _fit(sheet: Sheet, text: str, room: float, most: float, least: float) -> Style | None:
    long = column_height(cells(sheet, text, True), 1.0, 0.08)
    size = min(most, room / long) if long else most
    return Style(round(size, 2), bold=True) if size >= least else None


def _sender_columns(
    sheet: Sheet, label: AddressData, room: float, size: float
) -> list[tuple[str, Style]] | None:
    """Postal code, address and name of the sender, from right to left."""
    style = Style(round(size, 2))
    code = kanji_digits(postal(label.sender_postal_code))
    texts = [code, kanji_digits(label.sender_address), label.sender]
    made = [(piece, style) for text in texts if text for piece in sheet.wrap(text, style, room)]
    return made if len(made) <= 6 else None


def _draw_across(sheet: Sheet, label: AddressData, offset: tuple[float, float]) -> bool:
    """The address 22 mm from the left in the upper half, the sender at the foot."""
    wide, high = sheet.paper.width, sheet.paper.height
    dx, dy = offset
    f = min(wide / 120, 1.5)
    width, top = wide - _LEFT - _EDGE, high * 0.24
    sizes = Sizes(12 * f, 12 * f, 18 * f, 13 * f, 3 * f)
    block = fit_block(sheet, label.lines, label.name, (width, high * 0.38), sizes, label.company)
    if block is None:
        return False
    code = Style(round(14 * f, 2), bold=True, spacing=0.12)
    sheet.text(_LEFT + dx, top + dy, postal(label.postal_code).removeprefix("〒"), code)
    block.draw(sheet, _LEFT + dx, top + 3 * f + dy)
    style = Style(round(8.5 * f, 2))
    where = f"{postal(label.sender_postal_code)} {label.sender_address}".strip()
    lines = [line for text in (where, label.sender) if text for line in sheet.wrap(text, style, width)]
    for number, line in enumerate(lines):
        y = high - _EDGE - (len(lines) - 1 - number) * pitch(style.size)
        sheet.text(_LEFT + dx, y + dy, line, fitted(sheet, line, style, width))
    return True
