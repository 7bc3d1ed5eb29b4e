"""Handling marks a parcel can bear, in our own ids; carriers and papers say them in their own words."""

from __future__ import annotations

MARKS = ("fragile", "precision", "upright", "no_stacking", "perishable", "dry", "bottles", "valuables")
_SEPARATORS = str.maketrans("、，,;／/・|\n", " " * 9)
_WORDS = {  # how lists of goods name them, as the carriers' own forms do
    "ワレ物注意": "fragile",
    "われもの注意": "fragile",
    "割れ物注意": "fragile",
    "割れ物": "fragile",
    "ワレ物": "fragile",
    "こわれもの": "fragile",
    "取扱注意": "fragile",
    "精密機器": "precision",
    "天地無用": "upright",
    "逆さま厳禁": "upright",
    "下積厳禁": "no_stacking",
    "下積み厳禁": "no_stacking",
    "ナマモノ": "perishable",
    "なまもの": "perishable",
    "生もの": "perishable",
    "水濡厳禁": "dry",
    "水濡れ厳禁": "dry",
    "ビン類": "bottles",
    "貴重品": "valuables",
}


def marks_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The marks a text names by id or in the carriers' words, in the order of `MARKS`, and the words not known."""
    words = text.translate(_SEPARATORS).replace("　", " ").split()
    found = {known for word in words if (known := _WORDS.get(word, word)) in MARKS}
    unknown = tuple(word for word in words if _WORDS.get(word, word) not in MARKS)
    return tuple(mark for mark in MARKS if mark in found), unknown
