"""Colours stand in one file and can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jpship_gui.ui.theme.tokens import DARK, DARK_HIGH, LIGHT, LIGHT_HIGH, THEMES, Tokens

UI = Path(__file__).resolve().parents[3] / "jpship_gui" / "ui"
LITERAL = re.compile(
    r'"#[0-9A-Fa-f]{3,8}"|\bQColor\(\s*\d|\bQt\.(?:GlobalColor\.)?(?!transparent)(?:red|black|white|blue|gray)\b'
)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_no_colour_is_written_anywhere_else() -> None:
    found = [
        f"{path.relative_to(UI)}:{number}"
        for path in sorted(UI.rglob("*.py"))
        if path.name != "tokens.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if LITERAL.search(line)
    ]
    assert found == []


def test_both_themes_have_the_same_chips_and_carriers() -> None:
    assert LIGHT.chips.keys() == DARK.chips.keys()
    assert LIGHT.carriers.keys() == DARK.carriers.keys()


@pytest.mark.parametrize("theme", list(THEMES.values()), ids=lambda theme: theme.name)
@pytest.mark.parametrize("ink", ["text", "text2", "text3", "accent", "ok", "done", "attention", "ng"])
@pytest.mark.parametrize("ground", ["surface", "accent_weak"])
def test_text_can_be_read(theme: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", list(THEMES.values()), ids=lambda theme: theme.name)
@pytest.mark.parametrize("kind", ["ok", "done", "attention", "ng"])
def test_strong_inks_can_be_read_on_their_weak_grounds(theme: Tokens, kind: str) -> None:
    assert contrast(getattr(theme, f"{kind}_strong"), getattr(theme, f"{kind}_weak")) >= 4.5


@pytest.mark.parametrize("theme", list(THEMES.values()), ids=lambda theme: theme.name)
@pytest.mark.parametrize("outcome", ["ok", "done", "attention", "ng"])
def test_the_outcome_band_can_be_read_from_afar(theme: Tokens, outcome: str) -> None:
    assert contrast(getattr(theme, f"band_{outcome}_ink"), getattr(theme, f"band_{outcome}")) >= 7


@pytest.mark.parametrize("theme", list(THEMES.values()), ids=lambda theme: theme.name)
def test_outcome_grounds_stay_apart_for_red_green_blindness(theme: Tokens) -> None:
    """Bright, middle, dark: apart by luminance alone."""
    bright, middle, dark = (luminance(getattr(theme, f"band_{n}")) for n in ("ok", "attention", "ng"))
    assert bright > middle > dark
    assert contrast(theme.band_attention, theme.band_ng) >= 3


@pytest.mark.parametrize("theme", [LIGHT_HIGH, DARK_HIGH], ids=lambda theme: theme.name)
def test_high_contrast_holds_for_words_and_lines(theme: Tokens) -> None:
    grounds = ("window", "surface", "raised", "hover", "accent_weak")
    inks = ("text", "text2", "text3", "accent", "ok", "done", "attention", "ng")
    low = [
        (ink, ground)
        for ink in inks
        for ground in grounds
        if contrast(getattr(theme, ink), getattr(theme, ground)) < 7
    ]
    assert low == []
    for line in ("line", "line_strong"):
        assert contrast(getattr(theme, line), theme.surface) >= 3
    assert contrast(theme.ghost, theme.surface) >= 4.5
    for band in ("ok", "done", "attention", "ng"):
        assert contrast(getattr(theme, f"band_{band}_ink"), getattr(theme, f"band_{band}")) >= 8.5
    for words in ("rail_text", "rail_text2", "rail_accent", "rail_attention", "rail_ng"):
        assert contrast(getattr(theme, words), theme.rail) >= 7
    for ink, ground in theme.chips.values():
        assert contrast(ink, ground) >= 7


@pytest.mark.parametrize("theme", list(THEMES.values()), ids=lambda theme: theme.name)
def test_chips_can_be_read(theme: Tokens) -> None:
    for ink, ground in theme.chips.values():
        assert contrast(ink, ground) >= 4.5
