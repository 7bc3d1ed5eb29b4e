"""The fonts of all papers: which character comes from which file, how wide it is, and the subset a document embeds.

One document uses one `FontSet`. A text is cut into runs: main font, fall-backs, and 〓 for what none holds. Character
codes in the PDF are our own running numbers (Identity-H), so one font object serves any number of characters.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jpship_gui.documents.characters import printable
from jpship_gui.settings.places import resources

GETA = "〓"
REGULAR, BOLD, FALLBACK, HANS = 0, 1, 2, 3
FILES = (
    "jpship-udpgothic-regular.ttf",
    "jpship-udpgothic-bold.ttf",
    "jpship-fallback.ttf",
    "jpship-hans.ttf",
)
_OTHERS = (FALLBACK, HANS)  # tried in this order, and read only once the main font lacks a character


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, read once per process; `widths` is character code → 1/1000 em."""

    index: int
    file: Any  # reportlab's TTFontFile
    glyphs: dict[int, int]
    widths: dict[int, float]
    lock: threading.Lock  # the file object keeps a reading position

    def subset(self, codes: Sequence[int]) -> tuple[bytes, list[int]]:
        """A font file with these characters' glyphs, and each character's glyph number in it."""
        numbers: dict[int, int] = {0: 0}
        placed = [numbers.setdefault(self.glyphs.get(code, 0), len(numbers)) for code in codes]
        with self.lock:
            return self.file.makeSubset(list(codes)), placed


@cache
def face(index: int) -> Face:
    """REGULAR, BOLD, FALLBACK or HANS; raises OSError when the program's own resources are missing."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    file = TTFontFile(str(resources() / "fonts" / FILES[index]))
    widths = dict(file.charWidths)
    return Face(index, file, file.charToGlyph, widths, threading.Lock())


def missing_characters(text: str) -> tuple[str, ...]:
    """Characters no font holds, each once, in order; they would be printed as 〓."""
    if text.isascii():
        return ()
    main = face(REGULAR).glyphs
    lacking = [c for c in printable(text) if ord(c) not in main and c != "\n"]
    for other in _OTHERS if lacking else ():
        lacking = [c for c in lacking if ord(c) not in face(other).glyphs]
    return tuple(dict.fromkeys(lacking))


class _Codes(dict[int, str]):
    """Character → four hex digits of its code in this document; a character the face lacks becomes a NUL."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self._index = index
        self.order: list[int] = []

    def __missing__(self, code: int) -> str:
        if code in face(self._index).glyphs:
            self.order.append(code)
            made = f"{len(self.order):04X}"
        else:
            made = "\0"
        self[code] = made
        return made


class _Widths(dict[str, float]):
    """Character → 1/1000 em, in whichever font it will be drawn."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, character: str) -> float:
        code = ord(character)
        holders = (other for other in (self._index, *_OTHERS) if code in face(other).glyphs)
        index = next(holders, None)
        found = self[GETA] if index is None else face(index).widths.get(code, 1000.0)
        self[character] = found
        return found


class FontSet:
    """The fonts of one document under work. Not for several threads at once."""

    def __init__(self) -> None:
        self.codes = tuple(_Codes(index) for index in range(len(FILES)))
        self.widths = (_Widths(REGULAR), _Widths(BOLD))

    def width(self, text: str, bold: bool = False) -> float:
        """Width in em of a text that went through `printable`."""
        return sum(map(self.widths[bold].__getitem__, text)) / 1000.0

    def encode(self, text: str, bold: bool = False) -> str | None:
        """Hex codes of the text in the main font, or None where some of it needs `runs`."""
        made = text.translate(self.codes[bold])
        return None if "\0" in made else made

    def runs(self, text: str, bold: bool = False) -> list[tuple[int, str, float]]:
        """(font index, hex codes, width in em) of each stretch drawn from one font."""
        widths = self.widths[bold]
        made: list[tuple[int, str, float]] = []
        for character in text:
            choices = ((index, self.codes[index][ord(character)]) for index in (int(bold), *_OTHERS))
            index, code = next((choice for choice in choices if choice[1] != "\0"), (int(bold), ""))
            code = code or self.codes[bold][ord(GETA)]
            width = widths[character] / 1000.0
            if made and made[-1][0] == index:
                made[-1] = (index, made[-1][1] + code, made[-1][2] + width)
            else:
                made.append((index, code, width))
        return made

    def used(self) -> Iterable[tuple[int, list[int]]]:
        """(font index, character codes in the order of their numbers from 1) of the fonts that were drawn with."""
        return [(index, codes.order) for index, codes in enumerate(self.codes) if codes.order]


def subset_tag(codes: Sequence[int]) -> str:
    """The six letters PDF wants before a subset's name; the same characters give the same letters."""
    digest = hashlib.sha256(repr(sorted(codes)).encode()).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])
