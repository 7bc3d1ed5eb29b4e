"""Compile resources/i18n/<language>/*.po and the adapters' own words into one jpship.mo each; a catalogue remembers the
digest of its sources. An adapter's words lie in its folder: jpship_gui/marketplaces/<name>/words/<language>.po.

Needs Babel. `python resources/build/words.py` compiles what is stale, `--check` only tells (exit 1 when stale).
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
I18N = ROOT / "resources" / "i18n"
ADAPTERS = tuple(ROOT / "jpship_gui" / kind for kind in ("marketplaces", "carriers"))
LANGUAGES = ("ja", "en", "zh_Hans")
PLURALS = {
    "ja": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
    "zh_Hans": "nplurals=1; plural=0;",
}
_DIGEST = re.compile(rb"X-Jpship-Sources: ([0-9a-f]{16})")


class WordsError(Exception):
    """A source file that cannot be compiled; the text says which and why."""


def sources(language: str) -> list[Path]:
    """The area files of a language in a fixed order, then the adapters' own."""
    own = [path for kind in ADAPTERS for path in sorted(kind.glob(f"*/words/{language}.po"))]
    return [*sorted((I18N / language).glob("*.po")), *own]


def digest(language: str) -> str:
    """Digest of all sources of a language, names included."""
    total = hashlib.sha256()
    for path in sources(language):
        name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
        total.update(name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()[:16]


def is_stale(language: str) -> bool:
    """Whether the compiled catalogue is missing or was made from other sources."""
    compiled = I18N / language / "jpship.mo"
    if not compiled.exists():
        return True
    found = _DIGEST.search(compiled.read_bytes())
    return found is None or found.group(1).decode() != digest(language)


def read_area(path: Path, language: str) -> dict[str, tuple[str, ...]]:
    """Key → words of one area file (several for plurals); WordsError on a fuzzy, empty or repeated entry."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise WordsError(f"{path}: {error}") from error
    words: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        given = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
        strings = tuple(string for string in given if isinstance(string, str) and string)
        if message.fuzzy or not strings or len(strings) < len(given):
            raise WordsError(f"{path}: {key} has no final words")
        words[key] = strings
    _refuse_repeated(path)
    return words


def _refuse_repeated(path: Path) -> None:
    seen: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith('msgid "') and line != 'msgid ""':
            if line in seen:
                raise WordsError(f"{path}: {line} stands there twice")
            seen.add(line)


def read_language(language: str) -> dict[str, tuple[str, ...]]:
    """All areas of a language together; WordsError when two areas hold the same key."""
    everything: dict[str, tuple[str, ...]] = {}
    for path in sources(language):
        area = read_area(path, language)
        twice = everything.keys() & area.keys()
        if twice:
            raise WordsError(f"{path}: also in another area: {', '.join(sorted(twice))}")
        everything.update(area)
    return everything


def compile_language(language: str) -> int:
    """Write the catalogue of a language atomically; returns how many keys it holds."""
    stamp = digest(language)
    words = read_language(language)
    entries = {
        "": f"Content-Type: text/plain; charset=utf-8\nLanguage: {language}\n"
        f"Plural-Forms: {PLURALS[language]}\nX-Jpship-Sources: {stamp}\n"
    }
    for key, strings in words.items():
        plural = len(strings) > 1
        entries[f"{key}\0{key}" if plural else key] = "\0".join(strings)
    target = I18N / language / "jpship.mo"
    scratch = target.with_name(f"jpship.{os.getpid()}.tmp")
    scratch.write_bytes(mo_bytes(entries))
    scratch.replace(target)
    return len(words)


def mo_bytes(entries: dict[str, str]) -> bytes:
    """A gettext catalogue, byte for byte the same for the same words (Babel's writer puts the time into it)."""
    pairs = sorted((key.encode(), words.encode()) for key, words in entries.items())
    count, start = len(pairs), 28
    offset = start + 16 * count
    tables: list[bytes] = []
    texts: list[bytes] = []
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<2I", len(pair[column]), offset))
            texts.append(pair[column] + b"\0")
            offset += len(pair[column]) + 1
    head = struct.pack("<7I", 0x950412DE, 0, count, start, start + 8 * count, 0, start + 16 * count)
    return head + b"".join(tables) + b"".join(texts)


def main(arguments: list[str]) -> int:
    """Compile or check; says one line for each language that was stale."""
    stale = [language for language in LANGUAGES if is_stale(language)]
    if "--check" in arguments:
        for language in stale:
            print(f"words: {language} is older than its sources; run: python3 dev.py words", file=sys.stderr)
        return 1 if stale else 0
    try:
        for language in stale:
            print(f"words: {language}, {compile_language(language)} keys compiled", file=sys.stderr)
    except WordsError as error:
        print(f"words: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
