"""Build the shipped fonts: digits of one width, room between lines, and the rare characters the main font lacks.

    python resources/build/fonts.py --biz FOLDER --jp NotoSansJP-Regular.ttf --sc NotoSansSC-Regular.ttf \
        --sc-bold NotoSansSC-Bold.ttf

The sources are BIZ UDPGothic 1.05 (Debian: fonts-morisawa-bizud-gothic) and the static TrueType files of Noto Sans JP
and SC (npm: @expo-google-fonts/noto-sans-jp and -sc), all under the SIL Open Font License 1.1. They get a family name
of their own, so that a copy of the original on a computer is never picked in their place. Needs fontTools.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "fonts"
MAIN_FAMILY = "jpship UDPGothic"
LINE_GAP = 0.45  # em; as published, wrapped lines touch
ASCENT, DESCENT = 0.88, -0.12  # em, of the main font; the others take them over so that a line never grows


def rename(font: Any, family: str, style: str) -> None:
    """Give family, full and PostScript names in every language the font has; the licence entries stay."""
    full = family if style == "Regular" else f"{family} {style}"
    names = {
        1: family,
        2: style,
        3: f"jpship:{full}",
        4: full,
        6: f"{family.replace(' ', '')}-{style}",
    }
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in {0, 5, 7, 8, 9, 11, 12, 13, 14}]
    for number, value in names.items():
        table.setName(value, number, 3, 1, 0x409)


def set_line(font: Any) -> None:
    """Ascent and descent of one em together and a gap below, in the tables Qt reads."""
    em = font["head"].unitsPerEm
    for table, ascent, descent, gap in (
        (font["hhea"], "ascent", "descent", "lineGap"),
        (font["OS/2"], "sTypoAscender", "sTypoDescender", "sTypoLineGap"),
    ):
        setattr(table, ascent, round(ASCENT * em))
        setattr(table, descent, round(DESCENT * em))
        setattr(table, gap, round(LINE_GAP * em))
    font["OS/2"].version = max(font["OS/2"].version, 4)
    font["OS/2"].fsSelection |= 1 << 7  # USE_TYPO_METRICS: without it the gap is ignored


def widen_one(font: Any) -> None:
    """The digit 1 as wide as the others, its outline in the middle; composites that use it stay as they were."""
    glyphs, widths = font["glyf"], font["hmtx"]
    width = widths["zero"][0]
    old, bearing = widths["one"]
    shift = (width - old) // 2
    one = glyphs["one"]
    one.coordinates.translate((shift, 0))
    one.removeHinting()  # its instructions name the old positions
    one.recalcBounds(glyphs)
    widths["one"] = (width, bearing + shift)
    for name in font.getGlyphOrder():
        glyph = glyphs[name]
        if glyph.isComposite():
            for component in glyph.components:
                if component.glyphName == "one":
                    component.x -= shift


def build_main(source: Path, style: str, target: Path) -> set[int]:
    """The main font of one style; returns the characters it has."""
    font = TTFont(source, recalcTimestamp=False)
    widen_one(font)
    set_line(font)
    rename(font, MAIN_FAMILY, style)
    if "DSIG" in font:
        del font["DSIG"]  # signs the published file
    font.save(target)
    return set(font.getBestCmap())


def build_subset(
    source: Path, family: str, characters: set[int], target: Path, style: str = "Regular"
) -> int:
    """A fall-back font with only the given characters, as far as the source has them; returns how many."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(
        layout_features=[],
        hinting=False,
        notdef_outline=True,
        glyph_names=False,
        name_IDs=["*"],
        name_languages=["*"],
    )
    options.drop_tables += [
        "DSIG",
        "GSUB",
        "GPOS",
        "GDEF",
        "BASE",
        "STAT",
        "vhea",
        "vmtx",
        "VORG",
        "meta",
        "gasp",
    ]
    subsetter = Subsetter(options)
    kept = characters & set(font.getBestCmap())
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)
    set_line(font)
    rename(font, family, style)
    font.save(target)
    return len(kept)


def gb2312() -> set[int]:
    """All characters of GB 2312, levels 1 and 2, with its signs."""
    found: set[int] = set()
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((lead, trail)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def main() -> None:
    """Build all five and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--biz", type=Path, default=Path("/usr/share/fonts/truetype/bizud-gothic"))
    parser.add_argument("--jp", type=Path, required=True)
    parser.add_argument("--sc", type=Path, required=True)
    parser.add_argument("--sc-bold", type=Path, required=True)
    given = parser.parse_args()
    FONTS.mkdir(exist_ok=True)
    have = build_main(
        given.biz / "BIZUDPGothic-Regular.ttf", "Regular", FONTS / "jpship-udpgothic-regular.ttf"
    )
    have &= build_main(given.biz / "BIZUDPGothic-Bold.ttf", "Bold", FONTS / "jpship-udpgothic-bold.ttf")
    rare = set(TTFont(given.jp).getBestCmap()) - have
    print("fallback", build_subset(given.jp, "jpship Fallback", rare, FONTS / "jpship-fallback.ttf"))
    print("hans", build_subset(given.sc, "jpship Hans", gb2312() - have, FONTS / "jpship-hans.ttf"))
    bold = FONTS / "jpship-hans-bold.ttf"
    print("hans bold", build_subset(given.sc_bold, "jpship Hans", gb2312() - have, bold, "Bold"))
    for path in sorted(FONTS.glob("*.ttf")):
        print(path.name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()[:16])


if __name__ == "__main__":
    main()
