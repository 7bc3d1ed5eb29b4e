"""Words by key: languages, plurals, fall-backs, listeners, threads."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui import texts

AREA = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

"""


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Catalogues of this test's own: `say.hello`, `say.boxes` with a plural in English, `say.only_ja`."""
    from tests.contracts.test_words import compiler

    said = {
        "ja": 'msgid "say.hello"\nmsgstr "{name} 様"\n\nmsgid "say.boxes"\nmsgstr "{count} 個口"\n\n'
        'msgid "say.only_ja"\nmsgstr "日本語"\n',
        "en": 'msgid "say.hello"\nmsgstr "Dear {name}"\n\nmsgid "say.boxes"\nmsgid_plural "say.boxes"\n'
        'msgstr[0] "{count} parcel"\nmsgstr[1] "{count} parcels"\n',
        "zh_Hans": 'msgid "say.hello"\nmsgstr "{name}，您好"\n\nmsgid "say.boxes"\nmsgstr "{count} 件"\n',
    }
    for language, entries in said.items():
        folder = tmp_path / "i18n" / language
        folder.mkdir(parents=True)
        (folder / "say.po").write_text(AREA + entries, encoding="utf-8")
        monkeypatch.setattr(compiler(), "I18N", tmp_path / "i18n")
        compiler().compile_language(language)
    monkeypatch.setattr(texts, "resources", lambda: tmp_path)
    texts.forget_catalogues()
    yield tmp_path / "i18n"
    texts.forget_catalogues()


@pytest.mark.usefixtures("words")
def test_a_key_speaks_the_present_language() -> None:
    said = []
    for language in texts.LANGUAGES:
        texts.set_language(language)
        said.append(texts.text("say.hello", name="山田"))
    assert said == ["山田 様", "Dear 山田", "山田，您好"]


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "1 parcel"),
        ("en", 0, "0 parcels"),
        ("en", "2", "2 parcels"),
        ("ja", 1, "1 個口"),
        ("zh_Hans", 3, "3 件"),
    ],
)
def test_count_picks_the_plural(language: str, count: object, said: str) -> None:
    assert texts.text_in(language, "say.boxes", count=count) == said


@pytest.mark.usefixtures("words")
def test_a_missing_key_falls_back_to_japanese_then_shows_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_strict", False)
    assert texts.text_in("en", "say.only_ja") == "日本語"
    assert texts.text_in("en", "say.nothing") == "⟦say.nothing⟧"


@pytest.mark.usefixtures("words")
def test_a_missing_value_never_stops_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_strict", False)
    assert texts.text("say.hello") == "⟦name⟧ 様"


@pytest.mark.usefixtures("words")
def test_tests_are_strict() -> None:
    with pytest.raises(LookupError, match=r"say\.only_ja"):
        texts.text_in("en", "say.only_ja")
    with pytest.raises(KeyError, match="name"):
        texts.text("say.hello")


@pytest.mark.usefixtures("words")
def test_known_asks_japanese() -> None:
    assert (texts.known("say.only_ja"), texts.known("say.nothing")) == (True, False)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="xx"):
        texts.set_language("xx")


def test_listeners_hear_a_switch_until_they_stop_or_die() -> None:
    heard: list[str] = []

    class Page:
        def retranslate(self) -> None:
            heard.append(texts.language())

    page, other = Page(), Page()
    stop = texts.on_language_change(page.retranslate)
    texts.on_language_change(other.retranslate)
    texts.set_language("en")
    texts.set_language("en")
    assert heard == ["en", "en"]
    stop()
    del other
    gc.collect()
    texts.set_language("ja")
    assert heard == ["en", "en"]


@pytest.mark.usefixtures("words")
def test_many_threads_read_the_first_word_together() -> None:
    said: list[str] = []
    start = threading.Barrier(8)

    def read(language: str) -> None:
        start.wait()
        said.append(texts.text_in(language, "say.hello", name="A"))

    threads = [threading.Thread(target=read, args=(texts.LANGUAGES[number % 3],)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == sorted(["A 様"] * 3 + ["Dear A"] * 3 + ["A，您好"] * 2)


def test_a_stale_catalogue_is_noticed(words: Path) -> None:
    from tests.contracts.test_words import compiler

    assert not compiler().is_stale("ja")
    with (words / "ja" / "say.po").open("a", encoding="utf-8") as file:
        file.write('\nmsgid "say.more"\nmsgstr "もっと"\n')
    assert compiler().is_stale("ja")
    compiler().compile_language("ja")
    assert not compiler().is_stale("ja")


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "say.hello"\nmsgstr "again"\n', "twice"),
        ('msgid "say.empty"\nmsgstr ""\n', "no final words"),
        ('#, fuzzy\nmsgid "say.fuzzy"\nmsgstr "?"\n', "no final words"),
    ],
)
def test_unfinished_words_are_not_compiled(words: Path, entry: str, fault: str) -> None:
    from tests.contracts.test_words import compiler

    before = (words / "ja" / "jpship.mo").read_bytes()
    with (words / "ja" / "say.po").open("a", encoding="utf-8") as file:
        file.write("\n" + entry)
    with pytest.raises(compiler().WordsError, match=fault):
        compiler().compile_language("ja")
    assert (words / "ja" / "jpship.mo").read_bytes() == before
