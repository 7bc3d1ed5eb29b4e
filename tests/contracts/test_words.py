"""The catalogues hold the same keys and placeholders, are compiled, and have every key the source names."""

from __future__ import annotations

import ast
import importlib.util
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from jpship_gui.texts import DEFAULT, LANGUAGES

# A language may do without these: a number that its plural form says, a 様 that it does not have.
OPTIONAL = {"count", "title"}
ROOT = Path(__file__).resolve().parents[2]
# What is called with a literal first argument → the key it stands for.
CALLS = {
    "text": "{}",
    "text_in": "{}",
    "Problem": "problem.{}",
    "Finding": "problem.{}",
    "Refused": "fault.{}",
    "WorldFault": "fault.{}",
}


@cache
def compiler() -> ModuleType:
    """resources/build/words.py as a module."""
    spec = importlib.util.spec_from_file_location("words", ROOT / "resources" / "build" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """Key → words of a language, read from the sources."""
    found: dict[str, tuple[str, ...]] = compiler().read_language(language)
    return found


def placeholders(words: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def calls() -> Iterator[tuple[str, str, set[str] | None]]:
    """Every (place, key, given values) named literally in the package; None for values that cannot be seen."""
    for path in sorted((ROOT / "jpship_gui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            argument = node.args[1 if called == "text_in" and len(node.args) > 1 else 0]
            if (
                called not in CALLS
                or not isinstance(argument, ast.Constant)
                or not isinstance(argument.value, str)
            ):
                continue
            names = {keyword.arg for keyword in node.keywords}
            hidden = None in names or called in {"Problem", "Finding"}
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            yield (
                place,
                CALLS[called].format(argument.value),
                None if hidden else {str(name) for name in names},
            )


def looks_like_a_key(key: str) -> bool:
    """Whether a literal can be a key at all: `area.name`."""
    return "." in key and " " not in key and key.isascii()


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != DEFAULT])
def test_every_language_has_the_same_keys(language: str) -> None:
    assert set(catalogue(language)) == set(catalogue(DEFAULT))


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same_in_every_form_and_language(language: str) -> None:
    wrong = {}
    for key, forms in catalogue(language).items():
        wanted = placeholders(catalogue(DEFAULT).get(key, forms)[0])
        for form in forms:
            if placeholders(form) - OPTIONAL != wanted - OPTIONAL:
                wrong[key] = form
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_fresh(language: str) -> None:
    assert not compiler().is_stale(language), "run: python3 dev.py words"


def test_every_key_named_in_the_source_has_words() -> None:
    known = catalogue(DEFAULT)
    missing = sorted(
        f"{key} ({place})"
        for place, key, _ in calls()
        if looks_like_a_key(key)
        and not {key, f"{key}.title"} & known.keys()  # a problem has title, text and do
    )
    assert missing == []


def test_every_placeholder_is_given_a_value() -> None:
    """Where the call's values can be seen, the words ask for no other; a fault's `count` included."""
    known = catalogue(DEFAULT)
    wrong = sorted(
        f"{key} ({place}) lacks {', '.join(sorted(placeholders(form) - given))}"
        for place, key, given in calls()
        if given is not None and key in known
        for form in known[key]
        if placeholders(form) - given
    )
    assert wrong == []


def test_no_word_is_left_to_translate() -> None:
    """A word of another language that equals the Japanese one has no Japanese letters in it."""
    left = {
        key: words
        for key, words in catalogue("en").items()
        if any("ぁ" <= letter <= "ヿ" for form in words for letter in form)
        and words == catalogue(DEFAULT).get(key)
    }
    assert {key for key in left if not key.startswith("house.language_")} == set()
