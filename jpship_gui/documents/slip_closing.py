"""What follows the table of a slip: the sums at the right, the remark and notes at the left, the shop's text below."""

from __future__ import annotations

from dataclasses import dataclass

from jpship_gui.documents.page import Sheet, Style
from jpship_gui.documents.slip_data import Amounts, SlipData
from jpship_gui.documents.slip_head import LABEL, LEFT, RIGHT
from jpship_gui.documents.words import Words, yen

SUMS = 130.0  # left edge of the sums
ROW, TOTAL_LABEL, TOTAL = Style(10), Style(11, bold=True), Style(16, bold=True)
ROW_LABEL, PAID = Style(9.5, gray=0.25), Style(11, bold=True)
REMARK, NOTE = Style(9.5), Style(8.5, gray=0.33)
TEXT_TITLE, TEXT = Style(9.5, bold=True), Style(9)
REMARK_STEP, NOTE_STEP, TEXT_STEP = 5.5, 5.0, 5.3
TEXT_LEAD = 6.0  # from the end of what stands above to the title's base line
_REMARK_WIDTH = 104.0


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line of the sums: step down to its base line, words, value, and which styles."""

    step: float
    label: str
    value: str
    label_style: Style
    value_style: Style
    rule: bool = False


def sum_lines(amounts: Amounts, words: Words) -> tuple[SumLine, ...]:
    """Goods, additions, deductions, total with the tax in it per rate, then what points paid and what is left."""
    lines: list[SumLine] = []
    first = 9.2
    parts: list[tuple[str, int]] = [] if amounts.goods is None else [("documents.goods_sum", amounts.goods)]
    parts += list(amounts.adds)
    parts += [(key, -value) for key, value in amounts.takes]
    for key, value in parts:
        lines.append(SumLine(6.0 if lines else first, words(key), yen(value), ROW_LABEL, ROW))
    if amounts.undecided:
        lines.append(
            SumLine(10.9, words("documents.total"), words("documents.undecided"), TOTAL_LABEL, ROW, rule=True)
        )
        return tuple(lines)
    if amounts.total is not None:
        lines.append(
            SumLine(10.9, words("documents.total"), yen(amounts.total), TOTAL_LABEL, TOTAL, rule=True)
        )
    for index, part in enumerate(amounts.taxes):
        key = "documents.rate_reduced" if part.rate == 8 else "documents.rate"
        label = words(key, rate=part.rate, amount=yen(part.amount))
        lines.append(
            SumLine(4.8 if index else 6.6, label, words("documents.tax_in_it", tax=yen(part.tax)), NOTE, NOTE)
        )
    if amounts.points:
        lines.append(SumLine(6.6, words("documents.points"), yen(-amounts.points), ROW_LABEL, ROW))
    if amounts.charged is not None and (amounts.points or amounts.total is None):
        lines.append(SumLine(6.2, words("documents.charged"), yen(amounts.charged), ROW_LABEL, PAID))
    return tuple(lines)


def sums_height(lines: tuple[SumLine, ...]) -> float:
    """Millimetres from the table's end to below the last line."""
    return sum(line.step for line in lines) + 2.0 if lines else 0.0


def draw_sums(sheet: Sheet, lines: tuple[SumLine, ...], top: float) -> None:
    """The sums, `top` being the end of the table."""
    y = top
    for line in lines:
        y += line.step
        if line.rule:
            sheet.line(SUMS, y - 7.4, RIGHT, y - 7.4, 0.4)
        sheet.text(SUMS, y, line.label, line.label_style)
        sheet.text(RIGHT, y, line.value, line.value_style, 1)


def notes(slip: SlipData, words: Words) -> tuple[str, ...]:
    """Small print at the left: what the reduced-rate mark means, the shop's own lines."""
    found: list[str] = []
    if slip.gift:  # a footer speaks to the buyer: receipts, payment
        return ()
    if slip.amounts is not None and any(line.tax_rate == 8 for line in slip.lines):
        found.append(words("documents.reduced_note"))
    if slip.shop.footer:
        found.extend(slip.shop.footer.splitlines())
    return tuple(found)


def remark_lines(sheet: Sheet, remark: str) -> list[str]:
    """The buyer's remark broken to the width of its box."""
    return sheet.wrap(remark.strip(), REMARK, _REMARK_WIDTH - 7) if remark.strip() else []


def draw_remark(sheet: Sheet, lines: list[str], top: float, title: str) -> None:
    """The framed remark, `top` being the end of what stands above."""
    sheet.text(LEFT, top + 9.0, title, LABEL)
    high = 6.0 + len(lines) * REMARK_STEP
    sheet.rect(LEFT, top + 12.1, _REMARK_WIDTH, high, radius=1.2, stroke=0.7, thick=0.2)
    for index, line in enumerate(lines):
        sheet.text(LEFT + 3.5, top + 18.0 + index * REMARK_STEP, line, REMARK)


def note_lines(sheet: Sheet, found: tuple[str, ...]) -> list[str]:
    """Notes broken to the left column."""
    return [piece for note in found for piece in sheet.wrap(note, NOTE, _REMARK_WIDTH)]


def draw_notes(sheet: Sheet, lines: list[str], top: float) -> None:
    """Notes below what stands above."""
    for index, line in enumerate(lines):
        sheet.text(LEFT, top + 8.2 + index * NOTE_STEP, line, NOTE)


def draw_count(sheet: Sheet, count: str, y: float) -> None:
    """How many goods and pieces, at the right."""
    sheet.text(RIGHT, y, count, LABEL, 1)


def text_height(lines: list[str]) -> float:
    """Height of the shop's text with its title, from the title's base line to below the last line."""
    return 2.0 + len(lines) * TEXT_STEP if lines else 0.0


def text_lines(sheet: Sheet, text: str, narrow: bool = False) -> list[str]:
    """The shop's text (returns, gifts) broken to the page, or to the column beside the sums."""
    return sheet.wrap(text.strip(), TEXT, _REMARK_WIDTH if narrow else RIGHT - LEFT) if text.strip() else []


def draw_text(sheet: Sheet, lines: list[str], top: float, title: str) -> None:
    """The shop's text under its title."""
    y = top + TEXT_LEAD
    sheet.text(LEFT, y, title, TEXT_TITLE)
    for index, line in enumerate(lines):
        sheet.text(LEFT, y + 5.8 + index * TEXT_STEP, line, TEXT)
