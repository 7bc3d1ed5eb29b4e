"""The strip at a slip's foot, by which a stack is leafed through: shipment key, tracking number, run number."""

from __future__ import annotations

from jpship_gui.documents.barcodes import code128, dots_for, nw7, nw7_wide
from jpship_gui.documents.page import Sheet, Style
from jpship_gui.documents.slip_data import SlipData
from jpship_gui.documents.slip_frame import Form
from jpship_gui.domain.order_key import paper_code

LABEL, CODE, RUN, PAGE = Style(7.5, gray=0.33), Style(10), Style(22, bold=True), Style(9, gray=0.4)
_CODE_SMALL, _RUN_SMALL, _PREVIEW = CODE.sized(8.5), RUN.sized(15), RUN.sized(12)
_LABEL = 5.9


def draw_constant(sheet: Sheet, form: Form) -> None:
    """Rule, label of the key, fold marks."""
    frame = form.frame
    sheet.line(frame.left, frame.foot, frame.right, frame.foot, 0.15, 0.6)
    if frame.labelled:
        sheet.text(frame.left, frame.foot + _LABEL, form.words("documents.shipment_key"), LABEL)
    if form.layout.on("fold_marks") and frame.paper[1] > 250:
        for y in (99.0, 198.0):
            sheet.line(4, y, 8, y, 0.15, 0.5)


def draw_foot(sheet: Sheet, slip: SlipData, form: Form) -> None:
    """Both bar codes with their numbers, and batch and row large at the right (on a preview: that it is one)."""
    frame = form.frame
    y = frame.foot + (_LABEL + 2.2 if frame.labelled else 1.4)
    small = frame.bars < 12
    style, below = (_CODE_SMALL, y + frame.bars + 4.0) if small else (CODE, y + frame.bars + 4.8)
    sheet.bars(
        frame.left, y, code128(paper_code(slip.key), dots_for(frame.module, sheet.paper.dpi)), frame.bars
    )
    sheet.text(frame.left, below, slip.key, style)
    if slip.tracking_no.isdigit() and form.layout.on("tracking"):
        x, module = frame.tracking, dots_for(frame.tracking_module, sheet.paper.dpi)
        label = form.words("documents.tracking_no_of", carrier=slip.carrier)
        sheet.bars(x, y, nw7(slip.tracking_no, module, nw7_wide(module)), frame.bars)
        number = slip.tracking_printed or slip.tracking_no
        sheet.text(x, below, number, style)
        if frame.labelled:
            sheet.text(x, frame.foot + _LABEL, label, LABEL)
        else:
            sheet.text(x + sheet.width(number, style) + 3.0, below, label, LABEL)
    if frame.run_on_top:
        _draw_run(sheet, slip, form, frame.title - 2.0)
    else:
        _draw_run(sheet, slip, form, frame.foot + (9.4 if small else 15.4))


def _draw_run(sheet: Sheet, slip: SlipData, form: Form, y: float) -> None:
    right = form.frame.right
    if not slip.batch:
        sheet.text(right, y, form.words("documents.preview"), _PREVIEW, 1)
        return
    run = f"{slip.batch}-{slip.row}"
    style = RUN if sheet.width(run, RUN) <= 30 and not form.frame.run_on_top else _RUN_SMALL
    sheet.text(right, y, run, style, 1)
    sheet.text(right, y + 4.6, form.words("documents.batch", batch=slip.batch), LABEL, 1)


def draw_page_number(sheet: Sheet, page: int, pages: int, form: Form) -> None:
    """n / m in the middle of the lower edge, beside the cut line's words where there is one."""
    frame = form.frame
    x, align = (frame.right, 1.0) if frame.returns else ((frame.left + frame.right) / 2, 0.5)
    sheet.text(x, frame.page_number, f"{page} / {pages}", PAGE, align)
