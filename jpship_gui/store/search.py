"""One search box over everything: a full-text index of folded two-character pieces, so any two characters are found.

SQLite's own trigram index finds nothing under three characters, and two-kanji names are the commonest search.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from jpship_gui.store.database import Store

_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ") + 1)}
# Name characters people type in the everyday form: old or variant form → everyday form, in pairs.
_NAMES = (
    "髙高﨑崎嵜崎碕崎濵浜濱浜邊辺邉辺齋斉齊斉斎斉澤沢國国廣広眞真櫻桜冨富嶋島嶌島栁柳德徳瀨瀬塚塚"
    "槇槙榮栄龍竜惠恵壽寿會会學学萬万與与靏鶴桒桑渕淵曾曽"
)
_FORMS = _HIRAGANA | {ord(old): new for old, new in zip(_NAMES[::2], _NAMES[1::2], strict=True)}
_SIGNS = re.compile(r"[\W_]+")
_ASCII_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}


def fold(text: str) -> str:
    """Comparable form: NFKC, lower case, hiragana for katakana, everyday forms of kanji, letters and digits only."""
    if text.isascii():
        return text.lower().translate(_ASCII_SIGNS)
    folded = unicodedata.normalize("NFKC", text).lower().translate(_FORMS)
    return folded if folded.isalnum() else _SIGNS.sub("", folded)


def words_of(texts: Iterable[str]) -> str:
    """Index text of one shipment: the overlapping pairs of every folded text, and its last single character."""
    return " ".join(filter(None, dict.fromkeys([_pieces(text) for text in texts if text])))


@lru_cache(maxsize=4096)
def _pieces(text: str) -> str:
    """Goods and towns repeat from order to order."""
    folded = fold(text)
    return " ".join((*map(str.__add__, folded, folded[1:]), folded[-1])) if folded else ""


def words_of_key(key: str) -> str:
    """The same of a shipment's key, which is none of the texts that repeat."""
    return _pieces.__wrapped__(key)


def match_of(search: str, postgres: bool) -> str | None:
    """The full-text query for what a person typed: every blank-separated word must occur; None = nothing typed."""
    terms = [t for t in (fold(w) for w in search.split()) if t]
    if not terms:
        return None
    if postgres:
        return " & ".join("(" + _postgres_phrase(t) + ")" for t in terms)
    return " AND ".join(f'"{_pairs(t)}"' if len(t) > 1 else f'"{t}"*' for t in terms)


def condition(store: Store) -> str:
    """SQL condition on `shipments.id` taking one parameter, the result of `match_of`."""
    if store.postgres:
        return "id IN (SELECT rowid FROM shipment_search WHERE to_tsvector('simple', words) @@ to_tsquery('simple', ?))"
    return "id IN (SELECT rowid FROM shipment_search WHERE shipment_search MATCH ?)"


def _pairs(term: str) -> str:
    return " ".join(term[i : i + 2] for i in range(len(term) - 1))


def _postgres_phrase(term: str) -> str:
    if len(term) == 1:
        return f"{term}:*"
    return " <-> ".join(term[i : i + 2] for i in range(len(term) - 1))


def add(store: Store, entries: Iterable[tuple[int, str]]) -> None:
    """Set the index text of shipments that are new, inside a transaction."""
    store.many("INSERT INTO shipment_search (rowid, words) VALUES (?, ?)", entries)


def replace(store: Store, entries: Iterable[tuple[int, str]]) -> None:
    """Set the index text of shipments, inside a transaction."""
    entries = list(entries)
    store.many("DELETE FROM shipment_search WHERE rowid = ?", [(row_id,) for row_id, _ in entries])
    add(store, entries)
