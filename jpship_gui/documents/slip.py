"""Delivery slips: one document of many slips, priced and gift form, each on as many pages as it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from jpship_gui.documents import slip_flow
from jpship_gui.documents import slip_foot as foot
from jpship_gui.documents import slip_head as head
from jpship_gui.documents import slip_return as returns
from jpship_gui.documents import slip_table as table
from jpship_gui.documents.fonts import missing_characters
from jpship_gui.documents.layout import PaperLayout
from jpship_gui.documents.page import Document, Paper, Sheet
from jpship_gui.documents.slip_data import Look, Shopfront, SlipData
from jpship_gui.documents.slip_frame import Form, form_of
from jpship_gui.documents.words import Words

LANGUAGE = "ja"  # the buyer's, whatever the desk speaks


@dataclass(frozen=True, slots=True)
class Rendered:
    """The file and how many pages each slip took, in order."""

    pdf: bytes
    pages: tuple[int, ...]


@dataclass(slots=True)
class _Work:
    """A document with the forms its slips need, each made once."""

    document: Document
    words: Words
    dpi: int
    forms: dict[PaperLayout | None, Form] = field(default_factory=dict)
    tops: dict[tuple[Shopfront, Form], float] = field(default_factory=dict)

    def form(self, layout: PaperLayout | None) -> Form:
        if layout not in self.forms:
            self.forms[layout] = form_of(layout, self.words, self.dpi)
        return self.forms[layout]

    def meta_top(self, sheet: Sheet, shop: Shopfront, form: Form) -> float:
        found = self.tops.get((shop, form))
        if found is None:
            found = self.tops[shop, form] = head.meta_top(sheet, shop, form)
        return found


def render_slips(slips: Sequence[SlipData], look: Look | None = None) -> Rendered:
    """One PDF of all slips in their order; the same slips give the same bytes."""
    look = look or Look()
    words = Words(LANGUAGE)
    work = _Work(Document(Paper(dpi=look.dpi), words("documents.slip_title")), words, look.dpi)
    pages = tuple(_draw_slip(work, slip) for slip in slips)
    return Rendered(work.document.finish(), pages)


def slip_characters(slip: SlipData) -> str:
    """Every character a slip would print that comes from outside the program."""
    lines = [part for line in slip.lines for part in (line.sku, line.name, line.variant, line.options)]
    lines += [part for order in slip.orders for part in (order.number, order.shop)]
    person, shop = slip.recipient, slip.shop
    own = (shop.name, shop.address, shop.greeting, shop.returns_text, shop.gift_text, shop.footer)
    titles = (slip.layout.text("title"), slip.layout.text("gift_title")) if slip.layout else ()
    return "".join(
        (
            *(person.name, person.company, *person.lines, slip.sender, slip.message, slip.remark),
            *(slip.order_number, slip.purchase_order, *own, *lines, *titles, *slip.notes),
        )
    )


def slip_missing(slip: SlipData) -> tuple[str, ...]:
    """Characters of a slip that no font holds (PR-14)."""
    return missing_characters(slip_characters(slip))


def _draw_slip(work: _Work, slip: SlipData) -> int:
    """Draws all pages of one slip; gives their number."""
    document, form = work.document, work.form(slip.layout)
    place = 2 if slip.gift else 1 if slip.free else 0
    first, top = _begin(work, slip, form, first_page=True)
    rest = form.rest or form
    pages = slip_flow.lay_out(
        first, slip, form.columns[place], form, top, lambda: _begin(work, slip, rest, first_page=False)[1]
    )
    for number, page in enumerate(pages, 1):
        form = page.form
        columns = form.columns[place]
        sheet = first if number == 1 else _begin(work, slip, form, first_page=False)[0]
        if page.rows:
            header = partial(table.draw_header, top=page.top, columns=columns, form=form)
            sheet.part(document.part((columns, form, page.top), header, form.paper))
        for y, row in page.rows:
            table.draw_row(sheet, row, y, columns, form)
        for draw in page.draws:
            draw(sheet)
        foot.draw_foot(sheet, slip, form)
        foot.draw_page_number(sheet, number, len(pages), form)
        if form.frame.returns:
            returns.draw_return(sheet, slip, form)
        document.add(sheet)
    return len(pages)


def _begin(work: _Work, slip: SlipData, form: Form, *, first_page: bool) -> tuple[Sheet, float]:
    """A page with its upper part, and where the table begins."""
    document, gift = work.document, slip.gift
    sheet = document.sheet(form.paper)
    meta = work.meta_top(sheet, slip.shop, form)

    def constant(part: Sheet) -> None:
        head.draw_constant(document, part, slip.shop, gift, form, meta)
        foot.draw_constant(part, form)
        if form.frame.returns:
            returns.draw_constant(part, slip.shop, gift, form)

    sheet.part(document.part((slip.shop, gift, form), constant, form.paper))
    return sheet, _draw_head(sheet, slip, form, meta, first_page)


def _draw_head(sheet: Sheet, slip: SlipData, form: Form, meta: float, first_page: bool) -> float:
    """The upper part; gives where the table begins. Greeting and message stand on the first page only."""
    frame = form.frame
    end = head.draw_addressee(sheet, slip.recipient, form)
    if slip.gift:
        end = head.draw_gift_band(sheet, slip, form, max(frame.band, end + 7.0))
        if first_page and slip.message and head.message_fits(sheet, slip.message, form):
            return head.draw_message(sheet, slip.message, end + 17.7 * frame.loose, form) + 14.3 * frame.loose
        return end + 10.0 * frame.loose
    low = head.draw_meta(sheet, slip, form, meta)
    if first_page and form.layout.on("greeting"):
        end = head.draw_greeting(
            sheet, slip.shop.greeting, max(frame.greeting, end + 8.0 * frame.scale), form
        )
    return max(frame.table, end + 8.0 * frame.scale, low + 2.0)
