"""Characters without a glyph are named; the fonts are asked for rare text only."""

from dataclasses import replace

from jpship_gui.domain.problem import Severity
from jpship_gui.domain.rules import Surroundings
from jpship_gui.domain.rules.characters import characters

from .conftest import Make


def _asked(text: str) -> str:
    return "".join(c for c in text if c == "🐦")


def _never(text: str) -> str:
    raise AssertionError(f"asked for {text}")


def test_a_character_no_font_draws_is_named(subject: Make, around: Surroundings) -> None:
    (problem,) = characters(subject({"name": "ことり🐦"}), replace(around, unprintable=_asked))
    assert (problem.code, problem.severity, problem.values["characters"]) == (
        "characters_unprintable",
        Severity.WARN,
        "🐦",
    )


def test_what_cp932_holds_needs_no_font(subject: Make, around: Surroundings) -> None:
    assert characters(subject({"name": "髙橋﨑"}), replace(around, unprintable=_never)) == []


def test_rare_but_printable_is_quiet(subject: Make, around: Surroundings) -> None:
    assert characters(subject({"name": "𠮷田"}), replace(around, unprintable=_asked)) == []
