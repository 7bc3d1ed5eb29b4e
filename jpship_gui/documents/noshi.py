"""のし: title above the knot, names below it, in vertical writing; the cord is drawn or left to pre-printed paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpship_gui.documents.cord import draw_cord
from jpship_gui.documents.page import MM, Document, Paper, Sheet, Style
from jpship_gui.documents.vertical import cells, column_height, draw_column
from jpship_gui.documents.words import Words

LANGUAGE = "ja"
_MOST = 3  # names that stand side by side; of more, one is named and the others are 外一同
_OTHERS = "外一同"


@dataclass(frozen=True, slots=True)
class NoshiData:
    """One sheet. `names` from right to left, each with its reading, "" where none is written; `cord` is one of
    `cord.CORDS`, "" for paper that bears one."""

    title: str
    names: tuple[tuple[str, str], ...] = ()
    cord: str = ""


@dataclass(frozen=True, slots=True)
class Noshi:
    """The file, and the numbers (from 0) of those on no page because their text does not fit."""

    pdf: bytes
    over: tuple[int, ...]


def render_noshi(
    made: Sequence[NoshiData],
    size: tuple[float, float],
    dpi: int = 300,
    offset: tuple[float, float] = (0.0, 0.0),
) -> Noshi:
    """One page each; `offset` in mm moves the writing on the sheet, the cord with it."""
    document = Document(Paper(*size, dpi), Words(LANGUAGE)("documents.noshi_title"))
    over = []
    for index, noshi in enumerate(made):
        sheet = document.sheet()
        if _draw(sheet, noshi, offset):
            document.add(sheet)
        else:
            over.append(index)
    return Noshi(document.finish(), tuple(over))


def noshi_characters(noshi: NoshiData) -> str:
    """Every character that comes from outside the program."""
    return noshi.title + "".join(name + reading for name, reading in noshi.names)


def shown_names(names: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The columns below the knot, from right to left."""
    return (*names[:1], (_OTHERS, "")) if len(names) > _MOST else tuple(names)


def _draw(sheet: Sheet, noshi: NoshiData, offset: tuple[float, float]) -> bool:
    wide, high = sheet.paper.width, sheet.paper.height
    dx, dy = offset
    narrow = min(high, wide * 1.6)  # a strip's characters follow its width
    middle = wide / 2 + dx
    upper, lower = (high * 0.055, high * 0.385), (high * 0.625, high * 0.95)
    title = _sized(sheet, noshi.title, upper[1] - upper[0], narrow * 0.15, narrow * 0.06, 0.25)
    names = shown_names(noshi.names)
    each = [
        _sized(sheet, name, lower[1] - lower[0], narrow * 0.105, narrow * 0.035, 0.12) for name, _ in names
    ]
    if title is None or None in each:
        return False
    size = min((found for found in each if found), default=0.0)
    step = size * 1.45
    if len(names) * step + size * 0.6 > wide * 0.9:
        return False
    if noshi.cord:
        draw_cord(sheet, noshi.cord, middle, high * 0.495 + dy, wide, high)
    _column(sheet, middle, upper[0] + dy, noshi.title, title, 0.25, upper[1] - upper[0])
    x = middle + (len(names) - 1) / 2 * step
    for name, reading in names:
        small = size * 0.82 if name == _OTHERS else size
        _column(sheet, x, lower[0] + dy, name, small, 0.12)
        if reading:
            ruby = size * 0.36
            column = cells(sheet, reading, True)
            long = column_height(cells(sheet, name, True), size * MM, 0.12)
            own = column_height(column, ruby * MM)
            at = lower[0] + dy + max(0.0, (long - own) / 2)
            draw_column(sheet, x + size * 0.76, at, column, Style(round(ruby * MM, 2), bold=True))
        x -= step
    return True


def _sized(sheet: Sheet, text: str, room: float, most: float, least: float, spacing: float) -> float | None:
    """The em in mm at which a text takes that height at most; None where it would be smaller than `least`."""
    column = cells(sheet, text, True)
    long = column_height(column, MM, spacing) or 1.0
    size = min(most, room / long)
    return size if size >= least else None


def _column(
    sheet: Sheet, x: float, y: float, text: str, em: float, spacing: float, room: float = 0.0
) -> None:
    """From the top; with `room` it ends at the room's lower third where it is short."""
    column = cells(sheet, text, True)
    if room:
        y += max(0.0, room - column_height(column, em * MM, spacing)) * 0.55
    draw_column(sheet, x, y, column, Style(round(em * MM, 2), bold=True), spacing)
