"""The strip at a slip's foot, by which a stack is leafed through: shipment key, tracking number, run number."""

from __future__ import annotations

from jpship_gui.documents.barcodes import code128, dots_for, nw7, nw7_wide
from jpship_gui.documents.page import Sheet, Style
from jpship_gui.documents.slip_data import SlipData
from jpship_gui.documents.slip_head import LEFT, RIGHT
from jpship_gui.documents.words import Words

TOP = 246.0
LABEL, CODE, RUN, PAGE = Style(7.5, gray=0.33), Style(10), Style(22, bold=True), Style(9, gray=0.4)
MODULE = 0.42  # mm: reads at 203 dpi too when the page was made for 300 (documents reference, section 10)
_TRACKING = 92.0  # left edge of the tracking number's code
_BARS = 12.0


def draw_constant(sheet: Sheet, words: Words, fold_marks: bool) -> None:
    """Rule, label of the key, fold marks."""
    sheet.line(LEFT, TOP, RIGHT, TOP, 0.15, 0.6)
    sheet.text(LEFT, TOP + 5.9, words("documents.shipment_key"), LABEL)
    if fold_marks:
        for y in (99.0, 198.0):
            sheet.line(4, y, 8, y, 0.15, 0.5)


def draw_foot(sheet: Sheet, slip: SlipData, words: Words) -> None:
    """Both bar codes with their numbers, and batch and row large at the right (on a preview: that it is one)."""
    module = dots_for(MODULE, sheet.paper.dpi)
    sheet.bars(LEFT, TOP + 8.1, code128(slip.key, module), _BARS)
    sheet.text(LEFT, TOP + 24.9, slip.key, CODE)
    if slip.tracking_no.isdigit():
        label = words("documents.tracking_no_of", carrier=slip.carrier)
        sheet.text(_TRACKING, TOP + 5.9, label, LABEL)
        sheet.bars(_TRACKING, TOP + 8.1, nw7(slip.tracking_no, module, nw7_wide(module)), _BARS)
        sheet.text(_TRACKING, TOP + 24.9, slip.tracking_printed or slip.tracking_no, CODE)
    if not slip.batch:
        sheet.text(RIGHT, TOP + 15.4, words("documents.preview"), RUN.sized(12), 1)
        return
    run = f"{slip.batch}-{slip.row}"
    style = RUN if sheet.width(run, RUN) <= 30 else RUN.sized(15)
    sheet.text(RIGHT, TOP + 15.4, run, style, 1)
    sheet.text(RIGHT, TOP + 20.0, words("documents.batch", batch=slip.batch), LABEL, 1)


def draw_page_number(sheet: Sheet, page: int, pages: int) -> None:
    """n / m in the middle of the lower edge."""
    sheet.text(105, 285, f"{page} / {pages}", PAGE, 0.5)
