"""What an order's のし text asks for: title, names, cord. Markets have one free text; what it does not say is asked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SEPARATORS = re.compile(r"[\s\u3000:：、,，/／|｜()（）\[\]【】「」『』=＝・;；]+")
_AND = re.compile(r"[\s\u3000]*(?:[、,，/／・&＆]|\n)[\s\u3000]*")
_READING = re.compile(r"(?P<name>[^(（]+)[(（](?P<reading>[\u3041-\u309f\u30a0-\u30ff]+)[)）]")


@dataclass(frozen=True, slots=True)
class Asked:
    """`title` "" where the text names none we know; `blank` = paper without any writing; `nothing` = declined."""

    title: str = ""
    names: tuple[tuple[str, str], ...] = ()
    cord: str = ""
    blank: bool = False
    nothing: bool = False


@cache
def _data() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads(Path(__file__).with_name("noshi.toml").read_text(encoding="utf-8"))


def cord_of(title: str) -> str:
    """The cord that goes with a title, the bow for one we do not know."""
    return str(_data()["cords"].get(title, "bow"))


def asked(text: str) -> Asked:
    """A proposal from an order's text."""
    about = _data()["about"]
    if not text.strip() or _has(text, about["none"]):
        return Asked(nothing=True)
    tokens = _SEPARATORS.split(text)
    found = (
        t for t in _data()["cords"] if (t in tokens if len(t) == 1 else t in text)
    )  # 志村 asks for no 志
    title = max(found, key=len, default="")
    if not title:
        return Asked(blank=_has(text, about["blank"]), cord="bow")
    rest = text.replace(title, " ", 1)
    reading = [(m["name"], m["reading"]) for m in _READING.finditer(rest)]
    names = tuple((_bare(name), said) for name, said in reading) or tuple(
        (n, "") for n in _names(rest, about["words"])
    )
    return Asked(title, tuple(pair for pair in names if pair[0]), cord_of(title))


def names_in(text: str) -> tuple[tuple[str, str], ...]:
    """Names as a person types them: 山田 太郎／花子（はなこ), from right to left."""
    made = []
    for part in _AND.split(text.strip()):
        found = _READING.fullmatch(part.strip())
        made.append((found["name"].strip(), found["reading"]) if found else (part.strip(), ""))
    return tuple(pair for pair in made if pair[0])


def _has(text: str, words: object) -> bool:
    return any(word in text for word in (words if isinstance(words, list) else ()))


def _names(rest: str, about: object) -> list[str]:
    """What is left besides words about the paper."""
    known = set(about) if isinstance(about, list) else set()
    return [part for part in _SEPARATORS.split(rest) if part and part not in known and part != "い"]


def _bare(name: str) -> str:
    return next(iter(reversed(_names(name, _data()["about"]["words"]))), "")
