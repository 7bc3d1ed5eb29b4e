"""The shipped fonts: digits of one width, room between lines, and a glyph for every character the program says."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from jpship_gui.settings.places import resources
from tests.contracts.test_words import catalogue

FONTS = resources() / "fonts"
MAIN = ("jpship-udpgothic-regular.ttf", "jpship-udpgothic-bold.ttf")
ALL = (*MAIN, "jpship-fallback.ttf", "jpship-hans.ttf", "jpship-hans-bold.ttf")


@cache
def font(name: str) -> Any:
    """A shipped font."""
    return TTFont(FONTS / name, lazy=True)


@cache
def characters(*names: str) -> frozenset[str]:
    """The characters that one of the fonts has."""
    return frozenset(chr(code) for name in names for code in font(name).getBestCmap())


@pytest.mark.parametrize("name", MAIN)
def test_all_digits_are_of_one_width(name: str) -> None:
    table = font(name).getBestCmap()
    assert {font(name)["hmtx"][table[ord(digit)]][0] for digit in "0123456789"} == {1556}


@pytest.mark.parametrize("name", MAIN)
def test_the_digit_one_was_moved_with_its_width(name: str) -> None:
    """As published its outline begins at 185 (bold 147) of 1290; half of the 266 gained lies on each side."""
    published = {"jpship-udpgothic-regular.ttf": 185, "jpship-udpgothic-bold.ttf": 147}[name]
    glyph = font(name)["glyf"]["one"]
    assert (glyph.xMin, font(name)["hmtx"]["one"][1]) == (published + 133, published + 133)


@pytest.mark.parametrize("name", ALL)
def test_lines_have_room_and_are_alike_in_all_fonts(name: str) -> None:
    em = font(name)["head"].unitsPerEm
    metrics = font(name)["OS/2"]
    assert metrics.fsSelection & 1 << 7
    assert metrics.sTypoLineGap / em == pytest.approx(0.45, abs=0.001)
    assert (metrics.sTypoAscender / em, metrics.sTypoDescender / em) == pytest.approx(
        (0.88, -0.12), abs=0.001
    )


@pytest.mark.parametrize("name", ALL)
def test_the_outlines_can_be_embedded(name: str) -> None:
    assert "glyf" in font(name)
    assert "CFF " not in font(name)


@pytest.mark.parametrize("name", ALL)
def test_no_name_is_left_that_could_pick_an_installed_original(name: str) -> None:
    names = {str(record) for record in font(name)["name"].names if record.nameID in (1, 3, 4, 6, 16, 17)}
    assert all(said.startswith("jpship") for said in names if said not in ("Regular", "Bold")), names


@pytest.mark.parametrize("name", MAIN)
def test_the_main_font_has_all_a_marketplace_file_can_hold(name: str) -> None:
    """Every character of CP932 but controls and the private area."""
    wanted = set()
    for lead in (*range(0x81, 0xA0), *range(0xE0, 0xFD)):
        for trail in range(0x40, 0xFD):
            try:
                wanted.add(bytes((lead, trail)).decode("cp932"))
            except UnicodeDecodeError:
                continue
    wanted = {character for character in wanted if not "\ue000" <= character <= "\uf8ff"}
    assert len(wanted) > 7000
    assert wanted - characters(name) == set()


@pytest.mark.parametrize("character", ["𠮷", "𫝆", "𠩤"])
def test_rare_characters_are_in_the_fall_back(character: str) -> None:
    assert character not in characters(*MAIN)
    assert character in characters("jpship-fallback.ttf")


def test_the_fall_backs_repeat_nothing() -> None:
    both_weights = (characters(MAIN[0]) & characters(MAIN[1])) - {"≅"}  # shares its glyph with ≌
    assert characters("jpship-fallback.ttf") & both_weights == set()
    assert characters("jpship-hans.ttf") & both_weights == set()


def test_chinese_has_both_weights() -> None:
    assert characters("jpship-hans.ttf") == characters("jpship-hans-bold.ttf")
    weights = [font(name)["OS/2"].usWeightClass for name in ("jpship-hans.ttf", "jpship-hans-bold.ttf")]
    assert weights == [400, 700]
    assert font("jpship-hans-bold.ttf")["head"].macStyle & 1


@pytest.mark.parametrize("language", ["ja", "en", "zh_Hans"])
def test_every_character_of_the_words_has_a_glyph(language: str) -> None:
    said = set("".join(form for forms in catalogue(language).values() for form in forms)) - {"\n"}
    assert said - characters(*ALL) == set()


@pytest.mark.parametrize("name", ["OFL-BIZ-UDPGothic.txt", "OFL-Noto-Sans.txt"])
def test_licences_lie_beside(name: str) -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in Path(FONTS / name).read_text(encoding="utf-8")
