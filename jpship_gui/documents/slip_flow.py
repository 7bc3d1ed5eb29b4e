"""How one slip flows over pages: rows first, sums on the last page of the table only, long texts from page to page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from jpship_gui.documents import slip_closing as closing
from jpship_gui.documents.page import Sheet
from jpship_gui.documents.slip_data import SlipData
from jpship_gui.documents.slip_head import LABEL, RIGHT
from jpship_gui.documents.slip_table import HEADER, Columns, TableRow, lay_out_heading, lay_out_line, split
from jpship_gui.documents.words import Words

ROWS_END = 230.5  # 14 rows of 9 mm below the header
END = 242.0
_TEXT_AT = 215.3  # where the shop's text stands if nothing pushes it down


@dataclass(slots=True)
class FlowPage:
    """One page: where its table begins, its rows with their tops, what else is drawn, how far down it is filled."""

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
        self.pages.append(FlowPage(top, end=top, left=top))
        return self.pages[-1]

    def rows(self, rows: list[TableRow]) -> None:
        page = self.pages[-1]
        for place, row in enumerate(rows):
            y = page.end if page.rows else page.top + HEADER
            below = rows[place + 1].height if row.heading and place + 1 < len(rows) else 0.0
            if (
                y + row.height + min(below, ROWS_END - page.top - HEADER - row.height) > ROWS_END
                and page.rows
            ):
                page = self.new_page()
                y = page.top + HEADER
            for part in split(row, ROWS_END - page.top - HEADER):
                if y + part.height > ROWS_END and page.rows:
                    page = self.new_page()
                    y = page.top + HEADER
                page.rows.append((y, part))
                y += part.height
                page.end = page.left = y

    def sums(self, lines: tuple[closing.SumLine, ...]) -> None:
        """On the page of the last row; if there is no room, that row moves to a new page with them."""
        page = self.pages[-1]
        if page.end + closing.sums_height(lines) > END:
            moved = page.rows.pop()[1] if len(page.rows) > 1 else None
            page.end = page.left = page.end - (moved.height if moved else 0.0)
            page = self.new_page()
            if moved is not None:
                self.rows([moved])
        page.draws.append(partial(closing.draw_sums, lines=lines, top=page.end))
        page.end += closing.sums_height(lines)

    def pour(
        self, lines: list[str], lead: float, step: float, draw: Callable[[Sheet, list[str], float], object]
    ) -> None:
        """Lines into the left column from its end on, as many as fit, the rest on further pages; `lead` is the
        height of what stands around them."""
        while lines:
            page = self.pages[-1]
            room = int((END - page.left - lead) / step)
            if room < min(2, len(lines)):
                self.new_page()
                continue
            taken, lines = lines[:room], lines[room:]
            page.draws.append(partial(_call, draw, taken, page.left))
            page.left += lead + len(taken) * step


def _call(
    draw: Callable[[Sheet, list[str], float], object], lines: list[str], y: float, sheet: Sheet
) -> None:
    draw(sheet, lines, y)


def _goes_on(words: Words, y: float, sheet: Sheet) -> None:
    sheet.text(RIGHT, y, words("documents.next_page"), LABEL, 1)


def lay_out(
    sheet: Sheet, slip: SlipData, columns: Columns, words: Words, top: float, later_top: Callable[[], float]
) -> list[FlowPage]:
    """The pages of a slip; `sheet` is only measured with, `top` is where the first page's table begins."""
    flow = _Flow([FlowPage(top, end=top, left=top)], later_top)
    flow.rows(_rows(sheet, slip, columns, words))
    if slip.amounts is None:
        count = words(
            "documents.goods_count", lines=len(slip.lines), pieces=sum(x.quantity for x in slip.lines)
        )
        page = flow.pages[-1]
        page.draws.append(partial(closing.draw_count, count=count, y=page.end + 8.0))
        page.end += 10.0
    else:
        flow.sums(closing.sum_lines(slip.amounts, words))
    _texts(flow, sheet, slip, words)
    for page, following in pairwise(flow.pages):
        if following.rows:
            page.draws.append(partial(_goes_on, words, page.end + 6.5))
    return flow.pages


def _rows(sheet: Sheet, slip: SlipData, columns: Columns, words: Words) -> list[TableRow]:
    """The lines of goods, those of each order below its heading where there are several."""
    lines = [lay_out_line(sheet, number, line, columns) for number, line in enumerate(slip.lines, 1)]
    rows: list[TableRow] = []
    place = 0
    for order in slip.orders:
        rows.append(lay_out_heading(sheet, order, columns, words))
        rows += lines[place : place + order.lines]
        place += order.lines
    return rows + lines[place:]


def _text_place(sheet: Sheet, page: FlowPage, text: str) -> list[str]:
    """The shop's text broken for where it goes: its usual place, just below the sums, or else beside them."""
    lines = closing.text_lines(sheet, text)
    below = max(page.left, page.end) + 3.0
    if below + closing.TEXT_LEAD + closing.text_height(lines) > END:
        narrow = closing.text_lines(sheet, text, narrow=True)
        if page.left + closing.TEXT_LEAD + closing.text_height(narrow) + 3.0 <= END:
            page.left += 3.0
            return narrow
    page.left = below
    if page.left < _TEXT_AT and _TEXT_AT + closing.text_height(lines) <= END:
        page.left = _TEXT_AT - closing.TEXT_LEAD
    return lines


def _texts(flow: _Flow, sheet: Sheet, slip: SlipData, words: Words) -> None:
    """Remark and notes beside the sums, then the shop's text over the whole width."""
    gift = slip.gift
    if not gift:
        remark = closing.remark_lines(sheet, slip.remark)
        flow.pour(
            remark, 18.1, closing.REMARK_STEP, partial(closing.draw_remark, title=words("documents.remark"))
        )
    flow.pour(
        closing.note_lines(sheet, closing.notes(slip, words)), 4.2, closing.NOTE_STEP, closing.draw_notes
    )
    page = flow.pages[-1]
    lines = _text_place(sheet, page, slip.shop.gift_text if gift else slip.shop.returns_text)
    title = words("documents.gift_text_title" if gift else "documents.returns_title")
    flow.pour(lines, closing.TEXT_LEAD + 1.0, closing.TEXT_STEP, partial(closing.draw_text, title=title))
