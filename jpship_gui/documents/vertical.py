"""Vertical writing: one column of text, with what turns or moves in its cell, and short numbers upright in one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from jpship_gui.documents.characters import printable
from jpship_gui.documents.page import MM, Sheet, Style

_TURNED = frozenset("ー－-−―—‐–〜～~…‥＝=（）()「」『』［］[]【】〔〕〈〉《》｛｝{}:：;；|｜→←")
_CORNER = frozenset("、。，．,.")
_SMALL = frozenset("ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖ")
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9'&. -]*[A-Za-z0-9.]|[A-Za-z]|[0-9]+|.", re.DOTALL)
_DASH = re.compile(r"(?<=[0-9０-９])[-‐−－ー―–](?=[0-9０-９])")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
_UP, _MIDDLE = (
    0.88,
    0.38,
)  # of an em: base line below the cell's top; middle of a character above its base line
_TWO = 2  # digits that stand beside each other in one cell (縦中横)


class How(Enum):
    """How a piece stands in its cell."""

    UPRIGHT = "upright"
    TURNED = "turned"
    CORNER = "corner"
    SMALL = "small"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a column; `length` is the em it takes downwards."""

    text: str
    how: How
    length: float = 1.0


def kanji_digits(text: str) -> str:
    """Numbers as vertical addresses write them: 9-9-9 as 九ー九ー九, 203 as 二〇三."""
    return _DASH.sub("ー", text).translate(_WIDE).translate(_KANJI)


def cells(sheet: Sheet, text: str, bold: bool = False) -> list[Cell]:
    """The pieces of one column from the top."""
    made: list[Cell] = []
    for token in _TOKEN.findall(printable(text)):
        if token in " \u3000":
            made.append(Cell("", How.UPRIGHT, 0.5))
        elif token.isascii() and token.isdigit() and len(token) <= _TWO:
            made.append(Cell(token, How.BESIDE))
        elif token.isascii() and token.isdigit():
            made += [Cell(digit, How.UPRIGHT) for digit in token]
        elif len(token) > 1:
            made.append(Cell(token, How.TURNED, sheet.fonts.width(token, bold)))
        else:
            how = _how(token)
            long = sheet.fonts.width(token, bold) if how is How.TURNED else 1.0
            made.append(Cell(token, how, max(long, 0.5)))
    return made


def _how(character: str) -> How:
    kinds = ((_TURNED, How.TURNED), (_CORNER, How.CORNER), (_SMALL, How.SMALL))
    return next((how for kind, how in kinds if character in kind), How.UPRIGHT)


def column_height(column: Sequence[Cell], size: float, spacing: float = 0.0) -> float:
    """Height in mm at that size; `spacing` is em between the pieces."""
    return (sum(cell.length for cell in column) + spacing * max(0, len(column) - 1)) * size / MM


def draw_column(
    sheet: Sheet, x: float, y: float, column: Sequence[Cell], style: Style, spacing: float = 0.0
) -> None:
    """Draw from the top, centred on `x`."""
    em = style.size / MM
    for cell in column:
        if cell.text:
            _draw_cell(sheet, x, y, cell, style, em)
        y += (cell.length + spacing) * em


def _draw_cell(sheet: Sheet, x: float, y: float, cell: Cell, style: Style, em: float) -> None:
    if cell.how is How.TURNED:
        _draw_turned(sheet, x, y, cell.text, style, em)
    elif cell.how is How.CORNER:
        sheet.text(x + em * 0.12, y + em * (_UP - 0.58), cell.text, style)
    elif cell.how is How.SMALL:
        sheet.text(x + em * 0.1, y + em * (_UP - 0.12), cell.text, style, 0.5)
    elif cell.how is How.BESIDE:
        wide = sheet.width(cell.text, style)
        fit = style if wide <= em else style.sized(round(style.size * em / wide, 2))
        sheet.text(x, y + em * _UP, cell.text, fit, 0.5)
    else:
        sheet.text(x, y + em * _UP, cell.text, style, 0.5)


def _draw_turned(sheet: Sheet, x: float, y: float, text: str, style: Style, em: float) -> None:
    """A quarter turn to the right: the text's own x axis then runs down the column."""
    high = sheet.paper.points[1]
    sheet.draw(f"q 0 -1 1 0 {sheet.point(x, y)} cm\n")
    sheet.text(0, high / MM + em * _MIDDLE, text, style)
    sheet.draw("Q\n")
