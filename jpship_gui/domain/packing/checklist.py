"""The seller's own packing checklist: items in his words, for groups of goods and parcels, one a line (PK-16).

    1 送り状の氏名と納品書の氏名を見比べた | 任意
    [割れ物] sku:mug-* sku:glass-* mark:fragile
    2 四隅に緩衝材を入れた
    3 「ワレ物注意」を貼った
    [クール] cold:chilled cold:frozen carrier:yamato
    4 保冷剤を2個入れた

A line in brackets begins a group: its name, then which parcels it is about. Items before the first group are for every
parcel. An item has a number of its own from 1 to 99, which its bar code holds (`JPTICK4`), its text, and behind a bar
`必須` (must) or `任意` (may); without it, it must be ticked.

A group asks of goods `sku:` `name:` `shelf:` (wildcards), `mark:` `cold:` `grams:1000-`, of the parcel `carrier:`
`service:` `shop:` `pieces:3-` `gift` `nogift`. Of several answers to one question one must hold, of several questions
all; what is asked of goods must hold of the same goods. A name with blanks stands in quotes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from types import MappingProxyType

from jpship_gui.domain.handling_marks import marks_in

MOST = 99  # two digits: the code stays shorter than the key of a shipment
LONGEST = 50  # characters of an item, as packing page and command sheet can show them
_BARS = re.compile(r"[|｜]")
_GROUP = re.compile(r"[\[［](?P<name>[^\]］]*)[\]］](?P<asks>.*)")
_ITEM = re.compile(r"(?P<number>\d+)[.．)）:：、]?\s+(?P<text>.*)")
_WORD = re.compile(r'[^\s"]*"[^"]*"|\S+')
_RANGE = re.compile(r"(?P<least>\d{1,7})?-(?P<most>\d{1,7})?")
_MUST = frozenset({"", "must", "必須", "必须"})
_MAY = frozenset({"may", "任意", "可选"})
_TEMPERATURES = frozenset({"chilled", "frozen"})
NO_NUMBER, NUMBER_TWICE, NUMBER_RANGE, NO_TEXT, TOO_LONG = (
    "no_number",
    "number_twice",
    "number_range",
    "no_text",
    "too_long",
)
NOT_READ, NOT_KNOWN, KIND = "not_read", "not_known", "kind"


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One item. `id` names item and text: whoever ticked it said yes to these words, other words are asked anew."""

    number: int
    words: str
    must: bool = True

    @property
    def id(self) -> str:
        """`c4.3f2a9c1b`: the number and the version of the text."""
        return f"c{self.number}.{hashlib.sha256(self.words.encode()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Group:
    """Items and which parcels they are for; `asks` as (question, answers), `line` where it begins, 0 = for all."""

    name: str
    items: tuple[CheckItem, ...] = ()
    asks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Flaw:
    """A line that is not used, by its number from 1; `word` is what could not be read."""

    line: int
    code: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """All groups, and the lines that could not be read. A group with a flaw is left out whole: half its questions would
    fit too many parcels."""

    groups: tuple[Group, ...] = ()
    flaws: tuple[Flaw, ...] = ()

    @property
    def about_goods(self) -> bool:
        """Whether the goods list has to be asked."""
        return any(question in _OF_LIST for group in self.groups for question, _ in group.asks)


@dataclass(frozen=True, slots=True)
class CheckGoods:
    """Goods in a parcel as order and goods list know them."""

    sku: str
    name: str = ""
    shelf: str = ""
    marks: tuple[str, ...] = ()
    temperature: str = ""
    grams: int | None = None


@dataclass(frozen=True, slots=True)
class CheckSubject:
    """What travels together, as a group asks about it; `shops` of all orders in it."""

    goods: tuple[CheckGoods, ...]
    pieces: int = 0
    carrier: str = ""
    service: str = ""
    shops: frozenset[str] = frozenset()
    gift: bool = False


_ANY: Mapping[str, frozenset[str]] = MappingProxyType({})


def read_checklist(text: str, known: Mapping[str, frozenset[str]] = _ANY) -> Checklist:
    """The groups of a text. `known` are the carriers, services and shops there are, by question: another one would
    never fit and is a flaw."""
    reader = _Reader(known)
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            reader.take(number, line.strip())
    groups = tuple(
        Group(group.name, tuple(items), group.asks, group.line)
        for group, items in reader.groups
        if items and group.line not in reader.spoilt
    )
    return Checklist(groups, tuple(reader.flaws))


def items_for(checklist: Checklist, subject: CheckSubject) -> tuple[CheckItem, ...]:
    """What is to be ticked of a parcel, those that must be first, each once, in the order of the text."""
    found = {item.number: item for group in checklist.groups if fits(group, subject) for item in group.items}
    return tuple(sorted(found.values(), key=lambda item: not item.must))


def fits(group: Group, subject: CheckSubject) -> bool:
    """Whether a group is for this parcel."""
    asks = dict(group.asks)
    of_goods = {question: answers for question, answers in asks.items() if question in _OF_GOODS}
    of_parcel = ((q, answers) for q, answers in asks.items() if q not in _OF_GOODS)
    if not all(any(_OF_PARCEL[q](subject, answer) for answer in answers) for q, answers in of_parcel):
        return False
    return not of_goods or any(
        all(any(_OF_GOODS[q](goods, answer) for answer in answers) for q, answers in of_goods.items())
        for goods in subject.goods
    )


class _Reader:
    def __init__(self, known: Mapping[str, frozenset[str]]) -> None:
        self.known = known
        self.groups: list[tuple[Group, list[CheckItem]]] = [(Group(""), [])]
        self.flaws: list[Flaw] = []
        self.spoilt: set[int] = set()
        self._numbers: set[int] = set()

    def take(self, number: int, line: str) -> None:
        """One line: the head of a group, or an item of the last one."""
        head = _GROUP.fullmatch(line)
        if head is not None:
            self._begin(number, head["name"].strip(), head["asks"])
            return
        made = self._item(number, line)
        if isinstance(made, Flaw):
            self.flaws.append(made)
            return
        self._numbers.add(made.number)
        self.groups[-1][1].append(made)

    def _begin(self, number: int, name: str, asks: str) -> None:
        found: dict[str, list[str]] = {}
        for word in _WORD.findall(asks.replace("　", " ")):
            question, _, answer = word.partition(":")
            question, answer = question.lower(), answer.strip('"')
            if question in ("gift", "nogift") and not answer:
                question, answer = "gift", "yes" if question == "gift" else "no"
            code = _flaw_of(question, answer, self.known)
            if code:
                self.flaws.append(Flaw(number, code, word))
                self.spoilt.add(number)
                continue
            found.setdefault(question, []).append(answer)
        if not name:
            self.flaws.append(Flaw(number, NO_TEXT))
            self.spoilt.add(number)
        kept = tuple((question, tuple(answers)) for question, answers in found.items())
        self.groups.append((Group(name, (), kept, number), []))

    def _item(self, number: int, line: str) -> CheckItem | Flaw:
        words, *rest = (part.strip() for part in _BARS.split(line))
        found = _ITEM.fullmatch(words)
        if found is None:
            bare = words.isdigit()
            return Flaw(number, NO_TEXT if bare else NO_NUMBER, words[:LONGEST])
        own, kind = int(found["number"]), " ".join(rest).lower()
        if not 1 <= own <= MOST:
            return Flaw(number, NUMBER_RANGE, found["number"])
        if own in self._numbers:
            return Flaw(number, NUMBER_TWICE, found["number"])
        if kind not in _MUST | _MAY:
            return Flaw(number, KIND, kind)
        if len(found["text"]) > LONGEST:
            return Flaw(number, TOO_LONG, str(LONGEST))
        return CheckItem(own, found["text"], kind not in _MAY)


def _flaw_of(question: str, answer: str, known: Mapping[str, frozenset[str]]) -> str:
    """What is wrong with one question, "" = nothing."""
    if question not in _OF_GOODS and question not in _OF_PARCEL:
        return NOT_READ
    if question in ("grams", "pieces") and (not _RANGE.fullmatch(answer) or answer == "-"):
        return NOT_READ
    if not answer:
        return NOT_READ
    if question == "cold" and answer not in _TEMPERATURES:
        return NOT_KNOWN
    if question == "mark" and not marks_in(answer)[0]:
        return NOT_KNOWN
    return NOT_KNOWN if question in known and answer not in known[question] else ""


def _within(number: int | None, answer: str) -> bool:
    found = _RANGE.fullmatch(answer)
    if found is None or number is None:
        return False
    return int(found["least"] or 0) <= number <= (int(found["most"]) if found["most"] else number)


def _like(value: str, pattern: str) -> bool:
    return fnmatchcase(value.upper(), pattern.upper())


_OF_GOODS: Mapping[str, Callable[[CheckGoods, str], bool]] = {
    "sku": lambda goods, answer: _like(goods.sku, answer),
    "name": lambda goods, answer: _like(goods.name, answer),
    "shelf": lambda goods, answer: _like(goods.shelf, answer),
    "mark": lambda goods, answer: bool(set(marks_in(answer)[0]) & set(goods.marks)),
    "cold": lambda goods, answer: goods.temperature == answer,
    "grams": lambda goods, answer: _within(goods.grams, answer),
}
_OF_LIST = frozenset(_OF_GOODS) - {"sku", "name"}
_OF_PARCEL: Mapping[str, Callable[[CheckSubject, str], bool]] = {
    "carrier": lambda subject, answer: subject.carrier == answer,
    "service": lambda subject, answer: subject.service == answer,
    "shop": lambda subject, answer: answer in subject.shops,
    "pieces": lambda subject, answer: _within(subject.pieces, answer),
    "gift": lambda subject, answer: subject.gift == (answer == "yes"),
}
