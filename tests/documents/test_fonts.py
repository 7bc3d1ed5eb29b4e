"""Which font draws what, and what none can."""

from __future__ import annotations

import pytest

from jpship_gui.documents.fonts import BOLD, FALLBACK, GETA, REGULAR, FontSet, face, missing_characters


@pytest.mark.parametrize(
    "text", ["髙橋", "山﨑", "𠮷田", "㈱ことり", "〒100-0001", "¥1,234", "× ※ ～ －", "ガギグ"]
)
def test_names_and_signs_of_the_trade_have_glyphs(text: str) -> None:
    assert missing_characters(text) == ()


def test_characters_without_a_glyph_are_named_once() -> None:
    assert missing_characters("山\U0002ebf0田\U0002ebf0\uf8ff") == ("\U0002ebf0", "\uf8ff")


def test_selectors_and_emoji_are_no_missing_characters() -> None:
    assert missing_characters("葛\U000e0100城🎁") == ()


def test_a_rare_name_is_drawn_from_the_fall_back_and_the_rest_from_the_main_font() -> None:
    runs = FontSet().runs("𠮷田", bold=True)
    assert [index for index, _, _ in runs] == [FALLBACK, BOLD]


def test_what_no_font_holds_becomes_a_geta() -> None:
    fonts = FontSet()
    (first,) = fonts.runs("\uf8ff")
    assert first == (REGULAR, fonts.encode(GETA), pytest.approx(fonts.width(GETA)))
    assert fonts.width("\uf8ff") == pytest.approx(fonts.width(GETA))


def test_the_width_of_runs_is_the_width_measured_for_wrapping() -> None:
    fonts = FontSet()
    text = "𠮷田 abc 髙﨑\uf8ff"
    assert sum(width for _, _, width in fonts.runs(text)) == pytest.approx(fonts.width(text))


def test_digits_are_all_equally_wide() -> None:
    for index in (REGULAR, BOLD):
        assert len({face(index).widths[ord(digit)] for digit in "0123456789"}) == 1
