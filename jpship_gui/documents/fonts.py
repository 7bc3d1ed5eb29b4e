"""The fonts of all papers: which character comes from which file, how wide it is, and the subset a document embeds.

One document uses one `FontSet`. A text is cut into runs: main font, fall-back, and 〓 for what neither holds. Character
codes in the PDF are our own running numbers (Identity-H), so one font object serves any number of characters.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jpship_gui.documents.characters import printable
from jpship_gui.settings.places import resources

GETA = "〓"
REGULAR, BOLD, FALLBACK = 0, 1, 2
FILES = ("jpship-udpgothic-regular.ttf", "jpship-udpgothic-bold.ttf", "jpship-fallback.ttf")


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
    """REGULAR, BOLD or FALLBACK; raises OSError when the program's own resources are missing."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    file = TTFontFile(str(resources() / "fonts" / FILES[index]))
    widths = dict(file.charWidths)
    return Face(index, file, file.charToGlyph, widths, threading.Lock())


def missing_characters(text: str) -> tuple[str, ...]:
    """Characters neither font holds, each once, in order; they would be printed as 〓."""
    if text.isascii():
        return ()
    main, other = face(REGULAR).glyphs, face(FALLBACK).glyphs
    lacking = [c for c in printable(text) if ord(c) not in main and ord(c) not in other and c != "\n"]
    return tuple(dict.fromkeys(lacking))


class _Codes(dict[int, str]):
    """Character → four hex digits of its code in this document; a character the face lacks becomes a NUL."""

    def __init__(self, glyphs: dict[int, int]) -> None:
        super().__init__()
        self._glyphs = glyphs
        self.order: list[int] = []

    def __missing__(self, code: int) -> str:
        if code in self._glyphs:
            self.order.append(code)
            made = f"{len(self.order):04X}"
        else:
            made = "\0"
        self[code] = made
        return made


class _Widths(dict[str, float]):
    """Character → 1/1000 em, in whichever font it will be drawn."""

    def __init__(self, main: dict[int, float], other: dict[int, float]) -> None:
        super().__init__()
        self._main, self._other = main, other

    def __missing__(self, character: str) -> float:
        code = ord(character)
        found = self._main.get(code)
        if found is None:
            found = self._other.get(code, 1000.0)
        self[character] = found
        return found


@dataclass(slots=True)
class FontSet:
    """The fonts of one document under work. Not for several threads at once."""

    codes: tuple[_Codes, _Codes, _Codes] = field(init=False)
    widths: tuple[_Widths, _Widths] = field(init=False)

    def __post_init__(self) -> None:
        faces = [face(index) for index in (REGULAR, BOLD, FALLBACK)]
        self.codes = (_Codes(faces[0].glyphs), _Codes(faces[1].glyphs), _Codes(faces[2].glyphs))
        other = faces[2].widths
        self.widths = (_Widths(faces[0].widths, other), _Widths(faces[1].widths, other))

    def width(self, text: str, bold: bool = False) -> float:
        """Width in em of a text that went through `printable`."""
        return sum(map(self.widths[bold].__getitem__, text)) / 1000.0

    def encode(self, text: str, bold: bool = False) -> str | None:
        """Hex codes of the text in the main font, or None where some of it needs `runs`."""
        made = text.translate(self.codes[bold])
        return None if "\0" in made else made

    def runs(self, text: str, bold: bool = False) -> list[tuple[int, str, float]]:
        """(font index, hex codes, width in em) of each stretch drawn from one font."""
        main, other = self.codes[bold], self.codes[FALLBACK]
        widths = self.widths[bold]
        made: list[tuple[int, str, float]] = []
        for character in text:
            index, code = int(bold), main[ord(character)]
            if code == "\0":
                index, code = FALLBACK, other[ord(character)]
            if code == "\0":
                index, code, character = int(bold), main[ord(GETA)], GETA
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
