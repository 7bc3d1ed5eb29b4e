"""The lower half of the form with a return slip: what comes back, why, what the buyer wishes, and where to send it."""

from __future__ import annotations

from jpship_gui.documents.barcodes import code128, dots_for
from jpship_gui.documents.page import Sheet, Style
from jpship_gui.documents.slip_data import Shopfront, SlipData
from jpship_gui.documents.slip_frame import Form
from jpship_gui.documents.words import postal
from jpship_gui.domain.order_key import paper_code

CUT = 148.5
TITLE, BODY, SMALL, LABEL = Style(14, bold=True, spacing=0.3), Style(9), Style(8), Style(8, gray=0.33)
GOODS, TO, HEAVY = Style(8.5), Style(12, bold=True), Style(9.5, bold=True)
GOODS_SMALL, HEAVY_SMALL = GOODS.sized(6.5), HEAVY.sized(7)
CUT_WORDS = Style(7, gray=0.33)
REASONS = ("broken", "wrong", "size", "image", "other")
WISHES = ("exchange", "refund", "repair")
_LABEL_LEFT, _LABEL_TOP, _LABEL_HIGH = 112.0, 155.0, 40.0
_TABLE, _ROW, _MOST = 205.0, 6.6, 5
_TEXT, _TEXT_LINES = 250.0, 3  # the shop's text about returns, if it is short
_BOXES = 263.0


def draw_constant(sheet: Sheet, shop: Shopfront, gift: bool, form: Form) -> None:
    """Cut line, title, the label to cut out, and all boxes."""
    words, frame = form.words, form.frame
    x = 3.0
    while x < frame.paper[0] - 3:
        sheet.line(x, CUT, min(x + 3, frame.paper[0] - 3), CUT, 0.15, 0.3)
        x += 5
    sheet.text(105, CUT - 1.2, words("documents.cut_here"), CUT_WORDS, 0.5)
    sheet.text(frame.left, 161.0, words("documents.return_title"), TITLE)
    for index, line in enumerate(sheet.wrap(words("documents.return_hint"), SMALL, 88)):
        sheet.text(frame.left, 166.5 + index * 4.0, line, SMALL)
    _draw_label(sheet, shop, form)
    sheet.line(frame.left, _TABLE, frame.right, _TABLE, 0.4)
    y = _TABLE + 4.4
    sheet.text(frame.left, y, words("documents.return_mark"), LABEL)
    sheet.text(frame.left + 14, y, words("documents.goods"), LABEL)
    sheet.text(168, y, words("documents.quantity"), LABEL, 1)
    sheet.text(frame.right, y, words("documents.return_pieces"), LABEL, 1)
    sheet.line(frame.left, _TABLE + 6.2, frame.right, _TABLE + 6.2, 0.2, 0.25)
    text = shop.gift_text if gift else shop.returns_text
    for index, line in enumerate(own_text(sheet, text, form)):
        sheet.text(frame.left, _TEXT + index * 3.9, line, SMALL)
    _draw_boxes(sheet, form, _BOXES, "documents.return_reason", REASONS)
    _draw_boxes(sheet, form, _BOXES + 7.5, "documents.return_wish", WISHES)
    sheet.text(frame.left, _BOXES + 15.0, words("documents.return_details"), LABEL)
    sheet.rect(frame.left + 22, _BOXES + 11.4, 158, 15, radius=0.8, stroke=0.4, thick=0.2)


def own_text(sheet: Sheet, text: str, form: Form) -> list[str]:
    """The shop's text (returns, gifts) in lines, where it finds room here; [] = it stands on the slip above."""
    lines = sheet.wrap(text.strip(), SMALL, form.frame.right - form.frame.left)
    return lines if text.strip() and len(lines) <= _TEXT_LINES else []


def _draw_label(sheet: Sheet, shop: Shopfront, form: Form) -> None:
    """Where to send it, large enough to be stuck on a parcel."""
    x, y = _LABEL_LEFT, _LABEL_TOP
    sheet.rect(x, y, 83, _LABEL_HIGH, radius=1.0, stroke=0.3, thick=0.25)
    sheet.text(x + 4, y + 5.6, form.words("documents.return_to"), LABEL)
    sheet.text(x + 4, y + 12.2, postal(shop.postal_code), TO)
    at = y + 18.2
    for line in sheet.wrap(shop.address, BODY, 75) if shop.address else ():
        sheet.text(x + 4, at, line, BODY)
        at += 4.6
    at = max(at + 2.2, y + 27.0)
    for line in sheet.wrap(form.words("documents.return_addressee", shop=shop.name), TO, 75):
        sheet.text(x + 4, at, line, TO)
        at += 5.4
    if shop.phone:
        phone = form.words("documents.phone", number=shop.phone)
        sheet.text(x + 4, max(at + 0.4, y + 36.0), phone, BODY)


def _draw_boxes(sheet: Sheet, form: Form, y: float, title: str, names: tuple[str, ...]) -> None:
    """A heading and squares to tick; squares are drawn, as no font has them."""
    sheet.text(form.frame.left, y, form.words(title), LABEL)
    x = form.frame.left + 22
    for name in names:
        word = form.words(f"{title}.{name}")
        sheet.rect(x, y - 3.1, 3.6, 3.6, radius=0.4, stroke=0.0, thick=0.25)
        sheet.text(x + 5.2, y, word, BODY)
        x += 5.2 + sheet.width(word, BODY) + 6.0


def draw_return(sheet: Sheet, slip: SlipData, form: Form) -> None:
    """Whose return it would be, its key, and the goods with a box each; what finds no room is counted."""
    words, frame = form.words, form.frame
    y = 178.0
    numbers = "・".join(order.number for order in slip.orders) or slip.order_number
    facts = (
        ("documents.order_number", numbers),
        ("documents.buyer", slip.recipient.name),
    )
    for key, value in facts:
        sheet.text(frame.left, y, words(key), LABEL)
        style = HEAVY if sheet.width(value, HEAVY) <= 72 else HEAVY_SMALL
        for line in sheet.wrap(value, style, 72) or [""]:
            sheet.text(frame.left + 20, y, line, style)
            y += 4.6 if style is HEAVY else 2.8
        y += 0.8
    sheet.bars(frame.left, 193.5, code128(paper_code(slip.key), dots_for(frame.module, sheet.paper.dpi)), 7.0)
    sheet.text(frame.left + 60, 198.5, slip.key, BODY)
    y = _TABLE + 6.2
    shown = slip.lines if len(slip.lines) <= _MOST else slip.lines[: _MOST - 1]
    for place, goods in enumerate(shown, 1):
        name = "　".join(part for part in (goods.name, goods.variant) if part)
        pieces, small = sheet.wrap(name, GOODS, 134), GOODS
        if len(pieces) > 1:
            pieces, small = sheet.wrap(name, GOODS_SMALL, 134), GOODS_SMALL
        if len(pieces) > 2:
            pieces = [pieces[0], pieces[1][:-1] + "…"]  # it stands whole on the slip above, by its number
        sheet.rect(frame.left + 1, y + 1.4, 3.6, 3.6, radius=0.4, stroke=0.0, thick=0.25)
        sheet.text(frame.left + 8, y + 4.5, str(place), LABEL)
        for index, piece in enumerate(pieces):
            sheet.text(frame.left + 14, y + 4.5 + (index - (len(pieces) - 1) / 2) * 2.7, piece, small)
        sheet.text(168, y + 4.5, f"{goods.quantity:,}", BODY, 1)
        sheet.line(180, y + 5.6, frame.right, y + 5.6, 0.2, 0.3)
        y += _ROW
    if len(shown) < len(slip.lines):
        rest = words("documents.return_more", count=len(slip.lines) - len(shown))
        sheet.text(frame.left + 14, y + 4.5, rest, GOODS)
