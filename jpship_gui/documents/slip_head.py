"""The upper part of a slip: title, who it goes to, who sends it, what it is about."""

from __future__ import annotations

from jpship_gui.documents.honorific import titled
from jpship_gui.documents.layout import PaperLayout
from jpship_gui.documents.logo import Logo
from jpship_gui.documents.page import Document, Sheet, Style
from jpship_gui.documents.slip_data import Addressee, Shopfront, SlipData
from jpship_gui.documents.slip_frame import Form
from jpship_gui.documents.words import postal

BAND_NAME, BAND_VALUE, MESSAGE = Style(14.5, bold=True), Style(11.5), Style(12)
_SMALL_NAME, _FROM = Style(10, bold=True), Style(10)
_META = ("order_number", "ordered_on", "ships_on", "wish", "delivery")
_SPACED = 6  # characters of a title that stand apart
_OPTIONAL = frozenset({"ordered_on", "wish", "delivery"})  # rows a layout may leave out


def draw_constant(
    document: Document, sheet: Sheet, shop: Shopfront, gift: bool, form: Form, meta: float
) -> None:
    """What all slips of a shop share: title, logo, seller, labels of the meta table."""
    frame, type_, words = form.frame, form.type, form.words
    usual = words("documents.gift_title" if gift else "documents.slip_title")
    title = form.layout.text("gift_title" if gift else "title") or usual
    style = type_.title if len(title) <= _SPACED else type_.title_long
    sheet.text((frame.left + frame.right) / 2, frame.title, title, style, 0.5)
    draw_seller(sheet, shop, form, frame.middle, frame.top)
    if form.layout.on("logo") and form.layout.logo is not None:
        _draw_logo(document, sheet, form.layout.logo, form, sheet.width(title, style))
    if not gift:
        for index, key in enumerate(_rows(form.layout)):
            sheet.text(frame.middle, meta + index * frame.meta_step, words(f"documents.{key}"), type_.label)


def draw_seller(sheet: Sheet, shop: Shopfront, form: Form, x: float, y: float) -> float:
    """The seller's name, address and contact; gives the base line a next line would have."""
    for line, style, step in seller_lines(sheet, shop, form, form.frame.right - x):
        sheet.text(x, y, line, style)
        y += step
    return y


def seller_lines(sheet: Sheet, shop: Shopfront, form: Form, room: float) -> list[tuple[str, Style, float]]:
    """The seller's block as lines with style and step to the next."""
    type_, scale = form.type, form.frame.scale
    phone = form.words("documents.phone", number=shop.phone) if shop.phone else ""
    contact = "  ".join(part for part in (phone, shop.email) if part) if form.layout.on("contact") else ""
    found = [(line, type_.shop, 5.2 * scale) for line in sheet.wrap(shop.name, type_.shop, room)]
    for text in (f"{postal(shop.postal_code)} {shop.address}".strip(), contact):
        pieces = sheet.wrap(text, type_.shop_line, room) if text else ()
        found += [(line, type_.shop_line, 4.8 * scale) for line in pieces]
    return found


def _draw_logo(document: Document, sheet: Sheet, logo: Logo, form: Form, title: float) -> None:
    """In the upper left corner beside the title, as large as its room allows and its dots show it sharp."""
    frame, foot = form.frame, form.frame.top - 6.5 * form.frame.scale
    wide = min(60.0 * frame.scale, (frame.left + frame.right - title) / 2 - frame.left - 4.0)
    high = min(14.0 * frame.scale, foot - 7.5)
    factor = min(wide / logo.width, high / logo.height, 25.4 / 150)
    size = logo.width * factor, logo.height * factor
    sheet.image(document.image(logo), frame.left, foot - size[1], *size)


def _rows(layout: PaperLayout) -> tuple[str, ...]:
    return tuple(key for key in _META if key not in _OPTIONAL or layout.on(key))


def draw_addressee(sheet: Sheet, person: Addressee, form: Form) -> float:
    """Postal code, address, name and title; gives the base line of its last line.

    More than three address lines are drawn smaller, down to 75 %, before the block grows downwards.
    """
    frame, type_ = form.frame, form.type
    scale = frame.scale
    style = type_.body
    lines = _address_lines(sheet, person, style, frame.wide)
    if len(lines) > 3:
        style = type_.small_body
        lines = _address_lines(sheet, person, style, frame.wide)
    y = frame.top
    sheet.text(frame.left, y, postal(person.postal_code), type_.body)
    for line in lines:
        y += 5.15 * scale
        sheet.text(frame.left, y, line, style)
    y = max(y, frame.top + 10.3 * scale)
    for line in sheet.wrap(person.company, type_.company, frame.wide) if person.company else ():
        y += 6.2 * scale
        sheet.text(frame.left, y, line, type_.company)
    return _draw_name(sheet, person.name, y + (7.4 if person.company else 9.1) * scale, form)


def _address_lines(sheet: Sheet, person: Addressee, style: Style, width: float) -> list[str]:
    return [piece for line in person.lines for piece in sheet.wrap(line, style, width)]


def _draw_name(sheet: Sheet, raw: str, y: float, form: Form) -> float:
    name, title = titled(raw)
    left, width, type_ = form.frame.left, form.frame.wide - 10.0, form.type
    style = type_.name if sheet.width(name, type_.name) <= width else type_.name_small
    lines = sheet.wrap(name, style, width)
    for line in lines[:-1]:
        sheet.text(left, y, line, style)
        y += 6.0 * form.frame.scale
    sheet.text(left, y, lines[-1], style)
    sheet.text(left + sheet.width(lines[-1], style) + 3.2, y, title, type_.honorific)
    return y


def meta_top(sheet: Sheet, shop: Shopfront, form: Form) -> float:
    """Base line of the meta table's first row: a seller's block of many lines pushes it down."""
    lines = seller_lines(sheet, shop, form, form.frame.right - form.frame.middle)
    return max(form.frame.meta, form.frame.top + sum(step for _, _, step in lines) + 2.2)


def draw_meta(sheet: Sheet, slip: SlipData, form: Form, top: float) -> float:
    """Order number, days, wish and delivery at the right, then a business buyer's own number; a long value gets
    smaller, then a second line. Gives the base line of the last row."""
    frame, type_, words = form.frame, form.type, form.words
    several = len(slip.orders)
    given = {
        "order_number": (
            words("documents.orders_below", count=several) if several > 1 else slip.order_number
        ),
        "ordered_on": words.day(slip.ordered_on) if slip.ordered_on else "－",
        "ships_on": words.day(slip.ships_on) if slip.ships_on else "－",
        "wish": slip.wish or "－",
        "delivery": slip.delivery or "－",
    }
    values = [given[key] for key in _rows(form.layout)]
    if slip.purchase_order:
        y = top + len(values) * frame.meta_step
        sheet.text(frame.middle, y, words("documents.purchase_order"), type_.label)
        values.append(slip.purchase_order)
    room = frame.right - frame.middle - 16
    for index, value in enumerate(values):
        y = top + index * frame.meta_step
        style = next((s for s in type_.values if sheet.width(value, s) <= room), type_.values[-1])
        lines = sheet.wrap(value, style, room)
        for number, line in enumerate(lines):
            sheet.text(frame.right, y + (number - (len(lines) - 1) / 2) * 2.7, line, style, 1)
    return top + (len(values) - 1) * frame.meta_step


def draw_greeting(sheet: Sheet, text: str, y: float, form: Form) -> float:
    """The shop's greeting; gives the base line of its last line."""
    step = 5.4 * form.type.texts_factor
    for line in sheet.wrap(text, form.type.greeting, form.frame.wide) if text else ():
        sheet.text(form.frame.left, y, line, form.type.greeting)
        y += step
    return y - step


def draw_gift_band(sheet: Sheet, slip: SlipData, form: Form, top: float) -> float:
    """Who gives it and when it arrives, on a pale ground; gives its lower edge. Nothing is drawn of nothing."""
    wish = slip.wish if form.layout.on("wish") else ""
    if not (slip.sender or wish):
        return top - 10.0
    frame, words, label = form.frame, form.words, form.type.label
    left, right = frame.left + 8, frame.right - 8
    room = (frame.right - frame.left) * 95 / 180
    high = 24 * (frame.loose + 1) / 2
    base, first = top + high * 0.75, top + high * 0.37
    sheet.rect(frame.left, top, frame.right - frame.left, high, radius=1.3, fill=0.93)
    if slip.sender:
        sheet.text(left, first, words("documents.sender"), label)
    name, title = (slip.sender, "") if slip.sender_is_shop else titled(slip.sender)
    style = BAND_NAME if sheet.width(name, BAND_NAME) <= room else _SMALL_NAME
    lines = sheet.wrap(name, style, room) if name else []
    for number, line in enumerate(lines):
        sheet.text(left, base + (number - len(lines) + 1) * 4.6, line, style)
    if name:
        tail = words("documents.from_sender", title=title)
        sheet.text(left + sheet.width(lines[-1], style) + 2.6, base, tail, _FROM)
    if wish:
        sheet.text(right, first, words("documents.arrives"), label, 1)
        sheet.text(right, base, wish, BAND_VALUE, 1)
    return top + high


def message_fits(sheet: Sheet, message: str, form: Form) -> bool:
    """Whether the giver's words find room above the goods; longer ones follow after them."""
    return len(_message_lines(sheet, message, form)) <= form.frame.message


def _message_lines(sheet: Sheet, message: str, form: Form) -> list[str]:
    return sheet.wrap(message, MESSAGE, (form.frame.right - form.frame.left) * 150 / 180)


def draw_message(sheet: Sheet, message: str, y: float, form: Form) -> float:
    """The giver's words, centred; gives the base line of the last one."""
    frame = form.frame
    step = 8.0 * (frame.loose + 1) / 2
    for line in _message_lines(sheet, message, form):
        sheet.text((frame.left + frame.right) / 2, y, line, MESSAGE, 0.5)
        y += step
    return y - step
