"""The upper part of a slip: title, who it goes to, who sends it, what it is about."""

from __future__ import annotations

from jpship_gui.documents.honorific import titled
from jpship_gui.documents.page import Sheet, Style
from jpship_gui.documents.slip_data import Addressee, Shopfront, SlipData
from jpship_gui.documents.words import Words, postal

LEFT, RIGHT, MIDDLE = 15.0, 195.0, 120.0
TITLE = Style(18, bold=True, spacing=0.42)
BODY, NAME, HONORIFIC = Style(10), Style(16, bold=True), Style(12)
COMPANY = Style(12, bold=True)
SHOP, SHOP_LINE = Style(11, bold=True), Style(8.5)
LABEL, VALUE = Style(8.5, gray=0.33), Style(9.5)
_VALUES = (VALUE, Style(8.7), Style(7.2))
GREETING = Style(9.5)
BAND_NAME, BAND_VALUE, MESSAGE = Style(14.5, bold=True), Style(11.5), Style(12)
_ADDRESS_WIDTH, _NAME_WIDTH = 98.0, 88.0
_META = (
    "documents.order_number",
    "documents.ordered_on",
    "documents.ships_on",
    "documents.wish",
    "documents.delivery",
)
_META_TOP, _META_STEP = 61.2, 5.6


def draw_constant(sheet: Sheet, shop: Shopfront, gift: bool, words: Words) -> None:
    """What all slips of a shop share: title, seller, labels of the meta table."""
    title = words("documents.gift_title" if gift else "documents.slip_title")
    sheet.text(105, 24.1, title, TITLE, 0.5)
    y = 37.4
    for line in sheet.wrap(shop.name, SHOP, RIGHT - MIDDLE):
        sheet.text(MIDDLE, y, line, SHOP)
        y += 5.2
    phone = words("documents.phone", number=shop.phone) if shop.phone else ""
    contact = "  ".join(part for part in (phone, shop.email) if part)
    for text in (f"{postal(shop.postal_code)} {shop.address}".strip(), contact):
        for line in sheet.wrap(text, SHOP_LINE, RIGHT - MIDDLE) if text else ():
            sheet.text(MIDDLE, y, line, SHOP_LINE)
            y += 4.8
    if not gift:
        for index, key in enumerate(_META):
            sheet.text(MIDDLE, _META_TOP + index * _META_STEP, words(key), LABEL)


def draw_addressee(sheet: Sheet, person: Addressee) -> float:
    """Postal code, address, name and title; gives the base line of its last line.

    More than three address lines are drawn smaller, down to 75 %, before the block grows downwards.
    """
    style = BODY
    lines = _address_lines(sheet, person, style)
    if len(lines) > 3:
        style = BODY.sized(7.5)
        lines = _address_lines(sheet, person, style)
    y = 37.4
    sheet.text(LEFT, y, postal(person.postal_code), BODY)
    for line in lines:
        y += 5.15
        sheet.text(LEFT, y, line, style)
    y = max(y, 47.7)
    for line in sheet.wrap(person.company, COMPANY, _ADDRESS_WIDTH) if person.company else ():
        y += 6.2
        sheet.text(LEFT, y, line, COMPANY)
    return _draw_name(sheet, person.name, y + (7.4 if person.company else 9.1))


def _address_lines(sheet: Sheet, person: Addressee, style: Style) -> list[str]:
    return [piece for line in person.lines for piece in sheet.wrap(line, style, _ADDRESS_WIDTH)]


def _draw_name(sheet: Sheet, raw: str, y: float) -> float:
    name, title = titled(raw)
    style = NAME if sheet.width(name, NAME) <= _NAME_WIDTH else NAME.sized(12)
    lines = sheet.wrap(name, style, _NAME_WIDTH)
    for line in lines[:-1]:
        sheet.text(LEFT, y, line, style)
        y += 6.0
    sheet.text(LEFT, y, lines[-1], style)
    sheet.text(LEFT + sheet.width(lines[-1], style) + 3.2, y, title, HONORIFIC)
    return y


def draw_meta(sheet: Sheet, slip: SlipData, words: Words) -> None:
    """Order number, days, wish and delivery at the right, then a business buyer's own number; a long value gets
    smaller, then a second line."""
    several = len(slip.orders)
    values = [
        words("documents.orders_below", count=several) if several > 1 else slip.order_number,
        words.day(slip.ordered_on) if slip.ordered_on else "－",
        words.day(slip.ships_on) if slip.ships_on else "－",
        slip.wish or "－",
        slip.delivery or "－",
    ]
    if slip.purchase_order:
        y = _META_TOP + len(values) * _META_STEP
        sheet.text(MIDDLE, y, words("documents.purchase_order"), LABEL)
        values.append(slip.purchase_order)
    for index, value in enumerate(values):
        y = _META_TOP + index * _META_STEP
        room = RIGHT - MIDDLE - 16
        style = next((s for s in _VALUES if sheet.width(value, s) <= room), _VALUES[-1])
        lines = sheet.wrap(value, style, room)
        for number, line in enumerate(lines):
            sheet.text(RIGHT, y + (number - (len(lines) - 1) / 2) * 2.7, line, style, 1)


def draw_greeting(sheet: Sheet, text: str, y: float) -> float:
    """The shop's greeting; gives the base line of its last line."""
    for line in sheet.wrap(text, GREETING, 98) if text else ():
        sheet.text(LEFT, y, line, GREETING)
        y += 5.4
    return y - 5.4


def draw_gift_band(sheet: Sheet, slip: SlipData, words: Words, top: float) -> float:
    """Who gives it and when it arrives, on a pale ground; gives its lower edge. Nothing is drawn of nothing."""
    if not (slip.sender or slip.wish):
        return top - 10.0
    sheet.rect(LEFT, top, RIGHT - LEFT, 24, radius=1.3, fill=0.93)
    if slip.sender:
        sheet.text(23, top + 8.9, words("documents.sender"), LABEL)
    name, title = (slip.sender, "") if slip.sender_is_shop else titled(slip.sender)
    style = BAND_NAME if sheet.width(name, BAND_NAME) <= 95 else BAND_NAME.sized(10)
    lines = sheet.wrap(name, style, 95) if name else []
    for number, line in enumerate(lines):
        sheet.text(23, top + 18 + (number - len(lines) + 1) * 4.6, line, style)
    if name:
        tail = words("documents.from_sender", title=title)
        sheet.text(23 + sheet.width(lines[-1], style) + 2.6, top + 18, tail, BODY)
    if slip.wish:
        sheet.text(187, top + 8.9, words("documents.arrives"), LABEL, 1)
        sheet.text(187, top + 18, slip.wish, BAND_VALUE, 1)
    return top + 24


def draw_message(sheet: Sheet, message: str, y: float) -> float:
    """The giver's words, centred; gives the base line of the last one."""
    for line in sheet.wrap(message, MESSAGE, 150):
        sheet.text(105, y, line, MESSAGE, 0.5)
        y += 8.0
    return y - 8.0
