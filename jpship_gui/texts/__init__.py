"""Every word a person sees, by key: gettext catalogues read with the standard library, without Qt."""

from __future__ import annotations

import gettext
import os
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jpship_gui.settings.places import resources

LANGUAGES: tuple[str, ...] = ("ja", "en", "zh_Hans")
DEFAULT = "ja"
DOMAIN = "jpship"

_lock = threading.Lock()
_catalogues: dict[str, gettext.GNUTranslations] = {}
_language = DEFAULT
_listeners: list[Callable[[], Callable[[], None] | None]] = []
_strict = bool(os.environ.get("JPSHIP_STRICT_WORDS"))


def text(key: str, /, **values: object) -> str:
    """The words of a key in the present language, `{name}` filled from `values`; `count` also picks the plural."""
    return text_in(_language, key, **values)


def text_in(language: str, key: str, /, **values: object) -> str:
    """The same in a given language (documents speak the buyer's, not the desk's).

    A key the language lacks is taken from Japanese, and shown as ⟦key⟧ if that lacks it too; with the environment
    variable JPSHIP_STRICT_WORDS set (tests) it raises LookupError.
    """
    words = _words(language, key, values)
    if words is None:
        if _strict:
            raise LookupError(f"no words for {key} in {language}")
        words = _words(DEFAULT, key, values)
    if words is None:
        return f"⟦{key}⟧"
    return words.format(**values) if _strict else words.format_map(_Lenient(values))


def known(key: str) -> bool:
    """Whether the Japanese catalogue, which is the complete one, has the key."""
    return _words(DEFAULT, key, {}) is not None or _words(DEFAULT, key, {"count": 1}) is not None


def language() -> str:
    """The present language, one of LANGUAGES."""
    return _language


def set_language(language: str) -> None:
    """Switch and tell every listener, in this thread; ValueError unless the language is one of LANGUAGES."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    if language == _language:
        return
    _language = language
    for listener in list(_listeners):
        callback = listener()
        if callback is None:
            _listeners.remove(listener)
        else:
            callback()


def on_language_change(callback: Callable[[], None]) -> Callable[[], None]:
    """Call back after each switch; returns what ends it. A bound method does not keep its object alive."""
    bound = getattr(callback, "__self__", None) is not None
    listener: Callable[[], Callable[[], None] | None]
    listener = weakref.WeakMethod(callback) if bound else lambda: callback
    _listeners.append(listener)

    def stop() -> None:
        if listener in _listeners:
            _listeners.remove(listener)

    return stop


def forget_catalogues() -> None:
    """Read the catalogues anew at the next use (after they were compiled)."""
    with _lock:
        _catalogues.clear()


class _Lenient(dict[str, Any]):
    """Leaves a placeholder without a value visible: a wrong word must not stop a packing desk."""

    def __missing__(self, name: str) -> str:
        return f"⟦{name}⟧"


def _words(language: str, key: str, values: dict[str, object]) -> str | None:
    catalogue = _catalogues.get(language) or _load(language)
    if "count" in values:
        found = catalogue.ngettext(key, key, _number(values["count"]))
        if found != key:
            return found
    found = catalogue.gettext(key)
    return None if found == key else found


def _number(count: object) -> int:
    try:
        return int(str(count))
    except ValueError:
        return 2


def _load(language: str) -> gettext.GNUTranslations:
    with _lock:
        if language not in _catalogues:
            path = catalogue_path(language)
            with path.open("rb") as file:
                _catalogues[language] = gettext.GNUTranslations(file)
        return _catalogues[language]


def catalogue_path(language: str) -> Path:
    """Where the compiled catalogue of a language lies."""
    return resources() / "i18n" / language / f"{DOMAIN}.mo"
