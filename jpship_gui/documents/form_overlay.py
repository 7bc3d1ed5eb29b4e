"""Only the values, for printing onto pre-printed forms: no frame, no rule; and the test print with a cross at each
field's origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jpship_gui.documents.addressing import LEAST, pitch
from jpship_gui.documents.form import ALIGN, TICKS, Form, FormField
from jpship_gui.documents.page import MM, Document, Paper, Sheet, Style
from jpship_gui.documents.words import Words

LANGUAGE = "ja"
YES = "○"  # what a tick prints
_CROSS = 2.0  # mm each way


@dataclass(frozen=True, slots=True)
class Overlay:
    """The file, and by number (from 0) of those on no page which values do not fit their boxes."""

    pdf: bytes
    over: Mapping[int, tuple[str, ...]]


def paper_of(form: Form, dpi: int) -> Paper:
    """The form's sheet."""
    return Paper(form.size[0] / 10, form.size[1] / 10, dpi)


def render_overlay(
    filled: Sequence[Mapping[str, str]], form: Form, dpi: int = 180, offset: tuple[float, float] = (0.0, 0.0)
) -> Overlay:
    """A page for each set of values (value → text); `offset` in mm is what printer and form were measured to need."""
    document = Document(paper_of(form, dpi), Words(LANGUAGE)("documents.form_title"))
    over: dict[int, tuple[str, ...]] = {}
    for index, values in enumerate(filled):
        sheet = document.sheet()
        wrong = tuple(
            field.value for field in form.fields if not _draw(sheet, field, _text(field, values), offset)
        )
        if wrong:
            over[index] = wrong
        else:
            document.add(sheet)
    return Overlay(document.finish(), over)


def render_test(
    form: Form, names: Mapping[str, str], dpi: int = 180, offset: tuple[float, float] = (0.0, 0.0)
) -> bytes:
    """A cross at each field's origin with its name, and the four corners of the paper 10 mm in."""
    document = Document(paper_of(form, dpi), Words(LANGUAGE)("documents.form_title"))
    sheet = document.sheet()
    dx, dy = offset
    style = Style(6)
    for x in (10 + dx, sheet.paper.width - 10 + dx):
        for y in (10 + dy, sheet.paper.height - 10 + dy):
            _cross(sheet, x, y, _CROSS * 2)
    for field in form.fields:
        x, y = field.x / 10 + dx, field.y / 10 + dy
        _cross(sheet, x, y, _CROSS)
        sheet.text(
            x + 0.6,
            y + 2.6,
            f"{names.get(field.value, field.value)} {field.x / 10:g} {field.y / 10:g}",
            style,
        )
    document.add(sheet)
    return document.finish()


def _cross(sheet: Sheet, x: float, y: float, arm: float) -> None:
    sheet.line(x - arm, y, x + arm, y, 0.15)
    sheet.line(x, y - arm, x, y + arm, 0.15)


def _text(field: FormField, values: Mapping[str, str]) -> str:
    if field.value in TICKS:
        return (field.text or YES) if values.get(field.value) else ""
    return field.text if field.value == "text" else values.get(field.value, "")


def _draw(sheet: Sheet, field: FormField, text: str, offset: tuple[float, float]) -> bool:
    """False, and nothing drawn, where the text does not fit its box at three quarters of its size."""
    if not text:
        return True
    x, y = field.x / 10 + offset[0], field.y / 10 + offset[1]
    if field.pitch:
        return _draw_spaced(sheet, field, text, x, y)
    wide, high = field.width / 10, field.height / 10
    for scale in (1.0, 0.9, 0.82, LEAST):
        style = Style(round(field.size * scale, 2), field.bold)
        lines = sheet.wrap(text, style, wide)
        step = pitch(style.size)
        tall = step * (len(lines) - 1) + style.size / MM
        if tall <= high + 0.05 and all(sheet.width(line, style) <= wide + 0.01 for line in lines):
            break
    else:
        return False
    align = ALIGN[field.align]
    base = y + (high - tall) / 2 + style.size * 0.86 / MM if len(lines) == 1 else y + style.size * 0.86 / MM
    for number, line in enumerate(lines):
        sheet.text(x + wide * align, base + number * step, line, style, align)
    return True


def _draw_spaced(sheet: Sheet, field: FormField, text: str, x: float, y: float) -> bool:
    """Each character in the middle of its own box; aligned right the last box is filled first."""
    boxes = (field.width + field.pitch // 10) // field.pitch
    characters = [c for c in text if c not in " -"]
    if len(characters) > boxes:
        return False
    first = boxes - len(characters) if field.align == "right" else 0
    style = Style(field.size, field.bold)
    base = y + field.height / 20 + style.size * 0.36 / MM
    for number, character in enumerate(characters, first):
        sheet.text(x + (number + 0.5) * field.pitch / 10, base, character, style, 0.5)
    return True
