"""Delivery slips: one document of many slips, priced and gift form, each on as many pages as it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from jpship_gui.documents import slip_flow
from jpship_gui.documents import slip_foot as foot
from jpship_gui.documents import slip_head as head
from jpship_gui.documents import slip_table as table
from jpship_gui.documents.fonts import missing_characters
from jpship_gui.documents.page import Document, Paper, Sheet
from jpship_gui.documents.slip_data import Look, SlipData
from jpship_gui.documents.words import Words

LANGUAGE = "ja"  # the buyer's, whatever the desk speaks
_GREETING, _TABLE, _BAND = 77.0, 97.0, 70.0  # where greeting, table and gift band stand unless pushed down


@dataclass(frozen=True, slots=True)
class Rendered:
    """The file and how many pages each slip took, in order."""

    pdf: bytes
    pages: tuple[int, ...]


def render_slips(slips: Sequence[SlipData], look: Look | None = None) -> Rendered:
    """One PDF of all slips in their order; the same slips give the same bytes."""
    look = look or Look()
    words = Words(LANGUAGE)
    document = Document(Paper(dpi=look.dpi), words("documents.slip_title"))
    pages = tuple(_draw_slip(document, slip, look, words) for slip in slips)
    return Rendered(document.finish(), pages)


def slip_characters(slip: SlipData) -> str:
    """Every character a slip would print that comes from outside the program."""
    lines = [part for line in slip.lines for part in (line.sku, line.name, line.variant, line.options)]
    lines += [part for order in slip.orders for part in (order.number, order.shop)]
    person, shop = slip.recipient, slip.shop
    own = (shop.name, shop.address, shop.greeting, shop.returns_text, shop.gift_text, shop.footer)
    return "".join(
        (
            *(person.name, person.company, *person.lines, slip.sender, slip.message, slip.remark),
            *(slip.order_number, slip.purchase_order, *own, *lines),
        )
    )


def slip_missing(slip: SlipData) -> tuple[str, ...]:
    """Characters of a slip that no font holds (PR-14)."""
    return missing_characters(slip_characters(slip))


def _draw_slip(document: Document, slip: SlipData, look: Look, words: Words) -> int:
    """Draws all pages of one slip; gives their number."""
    gift = slip.gift
    columns = table.GIFT if gift else table.FREE if slip.free else table.PRICED

    def constant(sheet: Sheet) -> None:
        head.draw_constant(sheet, slip.shop, gift, words)
        foot.draw_constant(sheet, words, look.fold_marks)

    shared = document.part((slip.shop, gift), constant)

    def begin(first_page: bool) -> tuple[Sheet, float]:
        sheet = document.sheet()
        sheet.part(shared)
        return sheet, _draw_head(sheet, slip, words, first_page)

    first, top = begin(True)
    pages = slip_flow.lay_out(first, slip, columns, words, top, lambda: begin(False)[1])
    for number, page in enumerate(pages, 1):
        sheet = first if number == 1 else begin(False)[0]
        if page.rows:
            header = partial(table.draw_header, top=page.top, columns=columns, words=words)
            sheet.part(document.part((columns, page.top), header))
        for y, row in page.rows:
            table.draw_row(sheet, row, y, columns)
        for draw in page.draws:
            draw(sheet)
        foot.draw_foot(sheet, slip, words)
        foot.draw_page_number(sheet, number, len(pages))
        document.add(sheet)
    return len(pages)


def _draw_head(sheet: Sheet, slip: SlipData, words: Words, first_page: bool) -> float:
    """The upper part; gives where the table begins. Greeting and message stand on the first page only."""
    end = head.draw_addressee(sheet, slip.recipient)
    if slip.gift:
        end = head.draw_gift_band(sheet, slip, words, max(_BAND, end + 7.0))
        if first_page and slip.message:
            return head.draw_message(sheet, slip.message, end + 17.7) + 14.3
        return end + 10.0
    head.draw_meta(sheet, slip, words)
    if first_page:
        end = head.draw_greeting(sheet, slip.shop.greeting, max(_GREETING, end + 8.0))
    return max(_TABLE, end + 8.0)
