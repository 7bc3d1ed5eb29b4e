"""How one slip flows over pages: rows first, sums on the last page of the table only, long texts from page to page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from jpship_gui.documents import slip_closing as closing
from jpship_gui.documents.page import Sheet
from jpship_gui.documents.slip_data import SlipData
from jpship_gui.documents.slip_frame import Columns, Form
from jpship_gui.documents.slip_head import message_fits
from jpship_gui.documents.slip_return import own_text
from jpship_gui.documents.slip_table import TableRow, lay_out_heading, lay_out_line, split

Draw = Callable[[Sheet, list[str], float, Form], object]


@dataclass(slots=True)
class FlowPage:
    """One page: its form, where its table begins, its rows with their tops, what else is drawn, how far it is full."""

    form: Form
    top: float
    rows: list[tuple[float, TableRow]] = field(default_factory=list)
    draws: list[Callable[[Sheet], None]] = field(default_factory=list)
    end: float = 0.0
    left: float = 0.0


@dataclass(slots=True)
class _Flow:
    pages: list[FlowPage]
    later_top: Callable[[], float]

    def new_page(self) -> FlowPage:
        top = self.later_top()
        form = self.pages[0].form
        self.pages.append(FlowPage(form.rest or form, top, end=top, left=top))
        return self.pages[-1]

    def rows(self, rows: list[TableRow]) -> None:
        page = self.pages[-1]
        for place, row in enumerate(rows):
            y = page.end if page.rows else page.top + _header(page)
            below = rows[place + 1].height if row.heading and place + 1 < len(rows) else 0.0
            bottom = page.form.frame.rows_end
            fresh = bottom - page.top - _header(page)
            if y + row.height + min(below, fresh - row.height) > bottom and page.rows:
                page = self.new_page()
                y = page.top + _header(page)
            for part in split(row, page.form.frame.rows_end - page.top - _header(page)):
                if y + part.height > page.form.frame.rows_end and page.rows:
                    page = self.new_page()
                    y = page.top + _header(page)
                page.rows.append((y, part))
                y += part.height
                page.end = page.left = y

    def sums(self, lines: tuple[closing.SumLine, ...]) -> None:
        """On the page of the last row; if there is no room, that row moves to a new page with them."""
        page = self.pages[-1]
        if page.end + closing.sums_height(lines, page.form) > page.form.frame.end:
            moved = page.rows.pop()[1] if len(page.rows) > 1 else None
            page.end = page.left = page.end - (moved.height if moved else 0.0)
            page = self.new_page()
            if moved is not None:
                self.rows([moved])
        page.draws.append(partial(closing.draw_sums, lines=lines, top=page.end, form=page.form))
        page.end += sum(line.step for line in lines) * closing.tightness(lines, page.end, page.form) + 2.0

    def pour(self, lines: list[str], lead: float, step: float, draw: Draw) -> None:
        """Lines into the left column from its end on, as many as fit, the rest on further pages; `lead` is the
        height of what stands around them, `step` that of a line of usual size."""
        while lines:
            page = self.pages[-1]
            high = step * page.form.type.texts_factor
            room = int((page.form.frame.end - page.left - lead) / high)
            if room < min(2, len(lines)):
                self.new_page()
                continue
            taken, lines = lines[:room], lines[room:]
            page.draws.append(partial(_call, draw, taken, page.left, page.form))
            page.left += lead + len(taken) * high


def _header(page: FlowPage) -> float:
    return page.form.frame.columns.header


def _call(draw: Draw, lines: list[str], y: float, form: Form, sheet: Sheet) -> None:
    draw(sheet, lines, y, form)


def _goes_on(form: Form, y: float, sheet: Sheet) -> None:
    sheet.text(form.frame.right, y, form.words("documents.next_page"), form.type.label, 1)


def lay_out(
    sheet: Sheet, slip: SlipData, columns: Columns, form: Form, top: float, later_top: Callable[[], float]
) -> list[FlowPage]:
    """The pages of a slip; `sheet` is only measured with, `top` is where the first page's table begins."""
    flow = _Flow([FlowPage(form, top, end=top, left=top)], later_top)
    flow.rows(_rows(sheet, slip, columns, form))
    if slip.amounts is None:
        count = form.words(
            "documents.goods_count", lines=len(slip.lines), pieces=sum(x.quantity for x in slip.lines)
        )
        page = flow.pages[-1]
        drop = 8.0 * page.form.frame.tight
        if page.end + drop > page.form.frame.end:
            page = flow.new_page()
        page.draws.append(partial(closing.draw_count, count=count, y=page.end + drop, form=page.form))
        page.end += drop + 2.0
    else:
        flow.sums(closing.sum_lines(slip.amounts, form))
    _texts(flow, sheet, slip)
    for page, following in pairwise(flow.pages):
        if following.rows:
            y = min(page.end + 6.5, page.form.frame.foot - 1.5)
            page.draws.append(partial(_goes_on, page.form, y))
    return flow.pages


def _rows(sheet: Sheet, slip: SlipData, columns: Columns, form: Form) -> list[TableRow]:
    """The lines of goods, those of each order below its heading where there are several."""
    lines = [lay_out_line(sheet, number, line, columns, form) for number, line in enumerate(slip.lines, 1)]
    rows: list[TableRow] = []
    place = 0
    for order in slip.orders:
        rows.append(lay_out_heading(sheet, order, columns, form))
        rows += lines[place : place + order.lines]
        place += order.lines
    return rows + lines[place:]


def _text_place(sheet: Sheet, page: FlowPage, text: str) -> list[str]:
    """The shop's text broken for where it goes: its usual place, just below the sums, or else beside them."""
    form, frame = page.form, page.form.frame
    lines = closing.text_lines(sheet, text, form)
    below = max(page.left, page.end) + 3.0
    if below + closing.TEXT_LEAD + closing.text_height(lines, form) > frame.end:
        narrow = closing.text_lines(sheet, text, form, narrow=True)
        if page.left + closing.TEXT_LEAD + closing.text_height(narrow, form) + 3.0 <= frame.end:
            page.left += 3.0
            return narrow
    page.left = below
    if page.left < frame.text_at and frame.text_at + closing.text_height(lines, form) <= frame.end:
        page.left = frame.text_at - closing.TEXT_LEAD
    return lines


def _texts(flow: _Flow, sheet: Sheet, slip: SlipData) -> None:
    """Remark and notes beside the sums, then the shop's text over the whole width."""
    gift, page = slip.gift, flow.pages[-1]
    form = page.form
    if not gift:
        flow.pour(
            closing.remark_lines(sheet, slip.remark, form), 18.1, closing.REMARK_STEP, closing.draw_remark
        )
    elif slip.message and not message_fits(sheet, slip.message, flow.pages[0].form):
        flow.pages[-1].left = max(flow.pages[-1].left, flow.pages[-1].end)
        draw_message = partial(_draw_text, title=form.words("documents.message"))
        words = closing.text_lines(sheet, slip.message, form)
        flow.pour(words, closing.TEXT_LEAD + 1.0, closing.TEXT_STEP, draw_message)
    form = flow.pages[-1].form
    notes = closing.note_lines(sheet, closing.notes(slip, form), form)
    flow.pour(notes, 4.2, closing.NOTE_STEP, closing.draw_notes)
    page = flow.pages[-1]
    text = slip.shop.gift_text if gift else slip.shop.returns_text
    if flow.pages[0].form.frame.returns and own_text(sheet, text, flow.pages[0].form):
        return
    lines = _text_place(sheet, page, text)
    title = form.words("documents.gift_text_title" if gift else "documents.returns_title")
    flow.pour(lines, closing.TEXT_LEAD + 1.0, closing.TEXT_STEP, partial(_draw_text, title=title))


def _draw_text(sheet: Sheet, lines: list[str], top: float, form: Form, *, title: str) -> None:
    closing.draw_text(sheet, lines, top, title, form)
