"""An address block that fits or says that it does not: nothing of an address is ever cut (documents reference, 9.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpship_gui.documents.honorific import titled
from jpship_gui.documents.page import MM, Sheet, Style

LEAST = 0.75  # of its size a text may shrink to before it is refused
_SCALES = (1.0, 0.92, 0.84, LEAST)
_LINES = 3  # of an address before it shrinks
_LEAD = 1.28  # line pitch in sizes


@dataclass(frozen=True, slots=True)
class Sizes:
    """Points of an address block at full size."""

    address: float = 13.0
    company: float = 12.0
    name: float = 23.0
    title: float = 15.0
    gap: float = 3.4  # mm between address and name
    least_name: float = LEAST  # of its size: a name drawn larger than it need be may shrink further


@dataclass(frozen=True, slots=True)
class Block:
    """Lines ready to be drawn: base line in mm from the block's top, distance from its left edge, text, style."""

    lines: tuple[tuple[float, float, str, Style], ...]
    height: float

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """With its top left corner there."""
        for down, right, words, style in self.lines:
            sheet.text(x + right, y + down, words, style)


def pitch(size: float) -> float:
    """Line pitch in mm of a size in points."""
    return size * _LEAD / MM


def fit_block(
    sheet: Sheet,
    lines: Sequence[str],
    name: str,
    room: tuple[float, float],
    sizes: Sizes,
    company: str = "",
) -> Block | None:
    """Address, company and name with its title within `room` (width, height in mm); None where even the smallest sizes
    need more."""
    shares = (_share(sheet, lines, sizes.address, room[0], _LINES), _name_share(sheet, name, sizes, room[0]))
    for named in dict.fromkeys((shares[1], min(LEAST, shares[1]), sizes.least_name)):
        for address in (scale for scale in _SCALES if scale <= shares[0]):
            block = _set(sheet, lines, name, company, room[0], sizes, address, named)
            if block.height <= room[1]:
                return block
    return None


def _share(sheet: Sheet, lines: Sequence[str], size: float, width: float, most: int) -> float:
    """The largest part of the size at which the lines are few enough."""
    for scale in _SCALES:
        style = Style(size * scale, bold=True)
        if sum(len(sheet.wrap(line, style, width)) for line in lines) <= most:
            return scale
    return LEAST


def _name_share(sheet: Sheet, name: str, sizes: Sizes, width: float) -> float:
    bare, title = titled(name)
    for scale in (*_SCALES, sizes.least_name):
        wide = sheet.width(bare, Style(sizes.name * scale, bold=True))
        if wide + _title_width(sheet, title, sizes, scale) <= width:
            return scale
    return sizes.least_name


def _title_width(sheet: Sheet, title: str, sizes: Sizes, scale: float) -> float:
    """Of the title with the blank before it."""
    if not title:
        return 0.0
    return sheet.width(title, Style(sizes.title * scale, bold=True)) + sizes.title * scale / MM * 0.6


def _set(
    sheet: Sheet,
    lines: Sequence[str],
    name: str,
    company: str,
    width: float,
    sizes: Sizes,
    address: float,
    named: float,
) -> Block:
    made: list[tuple[float, float, str, Style]] = []
    y = 0.0
    style = Style(sizes.address * address, bold=True)
    for line in lines:
        for piece in sheet.wrap(line, style, width):
            y += pitch(style.size)
            made.append((y, 0.0, piece, style))
    y += sizes.gap * min(address, named) if made else 0.0
    if company:
        style = Style(sizes.company * named, bold=True)
        for piece in sheet.wrap(company, style, width):
            y += pitch(style.size)
            made.append((y, 0.0, piece, style))
    bare, title = titled(name)
    style = Style(sizes.name * named, bold=True)
    after = _title_width(sheet, title, sizes, named)
    pieces = sheet.wrap(bare, style, width - after) if bare else []
    for piece in pieces:
        y += pitch(style.size)
        made.append((y, 0.0, piece, style))
    if title:
        small = Style(sizes.title * named, bold=True)
        made.append((y, sheet.width(pieces[-1], style) + small.size / MM * 0.6, title, small))
    return Block(tuple(made), y + style.size * 0.2 / MM)


def fitted(sheet: Sheet, words: str, style: Style, width: float, least: float = LEAST) -> Style:
    """The style in the size at which the text takes one line of that width, not smaller than `least` of it."""
    wide = sheet.width(words, style)
    if wide <= width:
        return style
    return style.sized(round(style.size * max(least, width / wide) - 0.005, 2))
