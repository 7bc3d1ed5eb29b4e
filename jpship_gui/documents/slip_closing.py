"""What follows the table of a slip: the sums at the right, the remark and notes at the left, the shop's text below."""

from __future__ import annotations

from dataclasses import dataclass

from jpship_gui.documents.page import Sheet, Style
from jpship_gui.documents.slip_data import Amounts, SlipData
from jpship_gui.documents.slip_frame import Form
from jpship_gui.documents.words import yen

ROW, TOTAL_LABEL, TOTAL = Style(10), Style(11, bold=True), Style(16, bold=True)
ROW_LABEL, PAID = Style(9.5, gray=0.25), Style(11, bold=True)
NOTE = Style(8.5, gray=0.33)
REMARK_STEP, NOTE_STEP, TEXT_STEP = 5.5, 5.0, 5.3
TEXT_LEAD = 6.0  # from the end of what stands above to the title's base line


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line of the sums: step down to its base line, words, value, and which styles."""

    step: float
    label: str
    value: str
    label_style: Style
    value_style: Style
    rule: bool = False


def sum_lines(amounts: Amounts, form: Form) -> tuple[SumLine, ...]:
    """Goods, additions, deductions, total with the tax in it per rate, then what points paid and what is left."""
    lines: list[SumLine] = []
    words, first = form.words, 9.2
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
    for index, part in enumerate(amounts.taxes if form.layout.on("taxes") else ()):
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


def sums_height(lines: tuple[SumLine, ...], form: Form) -> float:
    """Millimetres from the table's end to below the last line."""
    return sum(line.step for line in lines) * form.frame.tight + 2.0 if lines else 0.0


def tightness(lines: tuple[SumLine, ...], top: float, form: Form) -> float:
    """By how much the steps shrink; where nothing stands below them, only by what is needed."""
    frame = form.frame
    if not lines or not frame.returns:
        return frame.tight
    return min(1.0, max(frame.tight, (frame.end - top - 2.0) / sum(line.step for line in lines)))


def draw_sums(sheet: Sheet, lines: tuple[SumLine, ...], top: float, form: Form) -> None:
    """The sums, `top` being the end of the table."""
    y, frame, tight = top, form.frame, tightness(lines, top, form)
    for line in lines:
        y += line.step * tight
        if line.rule:
            rule = y - 7.4 * max(tight, 0.8)
            sheet.line(frame.sums, rule, frame.right, rule, 0.4)
        label, value = fitting(sheet, line, frame.right - frame.sums)
        sheet.text(frame.sums, y, line.label, label)
        sheet.text(frame.right, y, line.value, value, 1)


def fitting(sheet: Sheet, line: SumLine, room: float) -> tuple[Style, Style]:
    """The styles of a line of the sums, both smaller where its amount is a very large one."""
    label, value = line.label_style, line.value_style
    needed = sheet.width(line.label, label) + 1.6 + sheet.width(line.value, value)
    if needed <= room:
        return label, value
    factor = room / needed
    return label.sized(label.size * factor), value.sized(value.size * factor)


def notes(slip: SlipData, form: Form) -> tuple[str, ...]:
    """Small print at the left: what the reduced-rate mark means, the shop's own lines."""
    found: list[str] = []
    if slip.gift:  # a footer speaks to the buyer: receipts, payment
        return ()
    if slip.amounts is not None and any(line.tax_rate == 8 for line in slip.lines):
        found.append(form.words("documents.reduced_note"))
    found.extend(slip.notes)
    if slip.shop.footer:
        found.extend(slip.shop.footer.splitlines())
    return tuple(found)


def remark_lines(sheet: Sheet, remark: str, form: Form) -> list[str]:
    """The buyer's remark broken to the width of its box."""
    if not remark.strip() or not form.layout.on("remark"):
        return []
    return sheet.wrap(remark.strip(), form.type.remark, form.frame.beside - 7)


def draw_remark(sheet: Sheet, lines: list[str], top: float, form: Form) -> None:
    """The framed remark, `top` being the end of what stands above."""
    left, step = form.frame.left, REMARK_STEP * form.type.texts_factor
    sheet.text(left, top + 9.0, form.words("documents.remark"), form.type.label)
    high = 6.0 + len(lines) * step
    sheet.rect(left, top + 12.1, form.frame.beside, high, radius=1.2, stroke=0.7, thick=0.2)
    for index, line in enumerate(lines):
        sheet.text(left + 3.5, top + 18.0 + index * step, line, form.type.remark)


def note_lines(sheet: Sheet, found: tuple[str, ...], form: Form) -> list[str]:
    """Notes broken to the left column."""
    return [piece for note in found for piece in sheet.wrap(note, form.type.note, form.frame.beside)]


def draw_notes(sheet: Sheet, lines: list[str], top: float, form: Form) -> None:
    """Notes below what stands above."""
    step = NOTE_STEP * form.type.texts_factor
    for index, line in enumerate(lines):
        sheet.text(form.frame.left, top + 8.2 * form.frame.scale + index * step, line, form.type.note)


def draw_count(sheet: Sheet, count: str, y: float, form: Form) -> None:
    """How many goods and pieces, at the right."""
    sheet.text(form.frame.right, y, count, form.type.label, 1)


def text_height(lines: list[str], form: Form) -> float:
    """Height of the shop's text with its title, from the title's base line to below the last line."""
    return 2.0 + len(lines) * TEXT_STEP * form.type.texts_factor if lines else 0.0


def text_lines(sheet: Sheet, text: str, form: Form, narrow: bool = False) -> list[str]:
    """The shop's text (returns, gifts) broken to the page, or to the column beside the sums."""
    frame = form.frame
    room = frame.beside if narrow else frame.right - frame.left
    return sheet.wrap(text.strip(), form.type.texts, room) if text.strip() else []


def draw_text(sheet: Sheet, lines: list[str], top: float, title: str, form: Form) -> None:
    """The shop's text under its title."""
    y, step = top + TEXT_LEAD, TEXT_STEP * form.type.texts_factor
    sheet.text(form.frame.left, y, title, form.type.texts_title)
    for index, line in enumerate(lines):
        sheet.text(form.frame.left, y + 0.5 + step * (index + 1), line, form.type.texts)
