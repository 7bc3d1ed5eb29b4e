"""The program's typeface, loaded once, in whole pixels only."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

OURS = "jpship UDPGothic"
FALLBACKS = (
    "BIZ UDPGothic",
    "jpship Hans",  # has both weights, and is what a simplified character is meant in
    "jpship Fallback",
    "Noto Sans JP",
    "Noto Sans CJK JP",
    "Noto Sans SC",
)


def load(folder: Path) -> list[str]:
    """Load every font file of a folder; the families found. Call before the first widget."""
    families: list[str] = []
    for path in sorted([*folder.glob("*.ttf"), *folder.glob("*.otf")]):
        number = QFontDatabase.addApplicationFont(str(path))
        if number >= 0:
            families += QFontDatabase.applicationFontFamilies(number)
    font.cache_clear()
    metrics.cache_clear()
    _families.cache_clear()
    return families


@cache
def _families() -> list[str]:
    known = set(QFontDatabase.families())
    wanted = [name for name in (OURS, *FALLBACKS) if name in known]
    extra = sorted(name for name in known if name.startswith("jpship") and name not in wanted)
    return [*wanted[:1], *extra, *wanted[1:]] or ["sans-serif"]


@cache
def font(pixels: int, bold: bool = False) -> QFont:
    """The one typeface at a whole pixel size; shared, so never change the result."""
    made = QFont()
    made.setFamilies(_families())
    made.setPixelSize(pixels)
    made.setBold(bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@cache
def metrics(pixels: int, bold: bool = False) -> QFontMetricsF:
    """Measures of `font(pixels, bold)`."""
    return QFontMetricsF(font(pixels, bold))


@cache
def _width(text: str, pixels: int, bold: bool) -> float:
    return metrics(pixels, bold).horizontalAdvance(text)


def width(text: str, pixels: int, bold: bool = False) -> float:
    """Advance of a short, often repeated text in pixels; do not use it for free text (every text is remembered)."""
    return _width(text, pixels, bold)
