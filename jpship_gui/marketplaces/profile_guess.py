"""What the columns of an unseen file probably hold, by their names and first values. Suggestions only: a person
confirms them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from jpship_gui.formats.detect import plain
from jpship_gui.formats.layout import Table
from jpship_gui.formats.transforms import Step
from jpship_gui.marketplaces.profile_data import FIRST_ROW, PER_ITEM, CodeRule, OutColumn, Source
from jpship_gui.marketplaces.profile_rows import Headers
from jpship_gui.marketplaces.profile_targets import SHOULD, targets

_SIGNS = re.compile(r"[()\[\]{}<>【】「」_\-/\\:.,*・のご]")
# 住所1, Shipping address city
_FORMS = (re.compile(r"^(.*?)[1-9]$"), re.compile(r"^address(.*)$"))
_PEOPLE = ("recipient", "buyer")
_PROBE = 200  # rows looked at
_NEEDED = (
    *("number", "recipient.name", "recipient.postal", "recipient.address", "recipient.street"),
    *("line.name", "line.quantity"),
)


@dataclass(frozen=True, slots=True)
class Guess:
    """Sources by target, how rows make orders, and columns of the download a number can be written into."""

    fields: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    mode: str = PER_ITEM
    required: tuple[str, ...] = ()
    out: tuple[OutColumn, ...] = ()


@cache
def _names() -> Mapping[str, Mapping[str, Sequence[str]]]:
    text = files("jpship_gui.marketplaces").joinpath("profile_names.toml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = tomllib.loads(text)
    return {
        group: {key: tuple(_bare(name) for name in names) for key, names in table.items()}
        for group, table in found.items()
    }


def _bare(name: str) -> str:
    return _SIGNS.sub("", plain(name))


def guess(table: Table) -> Guess:
    """What each column of a table probably is; a column is used once."""
    people: dict[tuple[str, str], list[str]] = {}
    fields: dict[str, tuple[Source, ...]] = {}
    for header in _distinct(table.header):
        bare = _bare(header)
        target = _of(_names()["target"], bare)
        if target and target not in fields:
            fields[target] = (Source((header,)),)
            continue
        found = None if target else _person(bare)
        if found is not None:
            people.setdefault(found, []).append(header)
    _settle_nobody(people)
    fields |= _people(people)
    order = [name for name in targets() if name in fields]
    fields = {name: fields[name] for name in order}
    return Guess(fields, _mode(table, fields), _required(fields), _out(table.header))


def _distinct(header: Sequence[str]) -> list[str]:
    """Headers as a profile names them: the second of a name with its number."""
    seen: dict[str, int] = {}
    names = []
    for name in header:
        seen[plain(name)] = nth = seen.get(plain(name), 0) + 1
        if name.strip():
            names.append(name if nth == 1 else f"{name}#{nth}")
    return names


def _of(words: Mapping[str, Sequence[str]], bare: str) -> str:
    return next((key for key, names in words.items() if bare in names), "")


def _person(bare: str) -> tuple[str, str] | None:
    """(whose, which part) of a column about a person; whose is "" where the name does not say."""
    who = word = ""
    for person in _PEOPLE:
        word = next(
            (word for word in sorted(_names()["who"][person], key=len, reverse=True) if word in bare), ""
        )
        if word:
            who, bare = person, bare.replace(word, "", 1)
            break
    if not bare and (not who or word.isascii()):
        return None  # "Shipping" alone is a fee, 买家 alone a name
    part = _of(_names()["part"], bare)
    for form in _FORMS:
        found = form.match(bare)
        part = part or (_of(_names()["part"], found[1]) if found and found[1] else "")
    return (who, part) if part else None


def _settle_nobody(people: dict[tuple[str, str], list[str]]) -> None:
    """Columns that name nobody are the recipient's; where one of them says what a recipient's column says already, they
    are the buyer's."""
    nobodys = {part for who, part in people if not who and part != "email"}
    owner = "buyer" if any(("recipient", part) in people for part in nobodys) else "recipient"
    for (who, part), headers in list(people.items()):
        if not who:
            del people[who, part]
            whose = "buyer" if part == "email" else owner
            people.setdefault((whose, part), headers)


def _people(people: Mapping[tuple[str, str], list[str]]) -> dict[str, tuple[Source, ...]]:
    found: dict[str, tuple[Source, ...]] = {}
    for who in _PEOPLE:
        parts = {part: headers for (whose, part), headers in people.items() if whose == who}
        names = parts.get("name") or [*parts.get("family", ()), *parts.get("given", ())]
        if names:
            found[f"{who}.name"] = (Source(tuple(names[:2])),)
        lines = parts.get("address", [])
        # Where an address has lines of its own, a column called street repeats them (Shopify).
        street = [*([] if len(lines) > 1 else parts.get("street", [])), *lines, *parts.get("building", [])]
        if street:
            # Where the prefecture has a column of its own, what is called address begins behind it.
            part = "street" if "prefecture" in parts or "city" in parts else "address"
            found[f"{who}.{part}"] = (Source(tuple(street)),)
        for part, target in (
            ("kana", "kana"),
            ("postal", "postal"),
            ("prefecture", "prefecture"),
            ("city", "city"),
        ):
            if part in parts:
                found[f"{who}.{target}"] = _person_source(part, parts[part])
        for part in ("phone", "email"):
            if part in parts:
                found[f"{who}.{part}"] = _person_source(part, parts[part])
    return found


def _person_source(part: str, headers: Sequence[str]) -> tuple[Source, ...]:
    """Three columns of a telephone or two of a postal code are one number; otherwise the first that is filled."""
    if part == "prefecture":
        return tuple(Source((name,), (Step("strip"), Step("prefecture_name"))) for name in headers[:2])
    if (part, len(headers)) in (("phone", 3), ("postal", 2)):
        return (Source(tuple(headers)),)
    return tuple(Source((name,)) for name in headers[:3])


def _mode(table: Table, fields: Mapping[str, tuple[Source, ...]]) -> str:
    """Whether order and recipient stand on the first row of an order only: on later rows both are blank."""
    headers = Headers(table.header)
    number = _place(headers, fields.get("number"))
    name = _place(headers, fields.get("recipient.name") or fields.get("recipient.postal"))
    goods = _place(headers, fields.get("line.name") or fields.get("line.quantity"))
    if number is None or name is None or goods is None:
        return PER_ITEM
    before = ""
    following = blank = 0
    for row in table.rows[:_PROBE]:
        cells = (*row.cells, *[""] * (len(table.header) - len(row.cells)))
        if cells[goods].strip() and before and cells[number].strip() in ("", before):
            following += 1
            blank += not cells[name].strip()
        before = cells[number].strip() or before
    return FIRST_ROW if following and blank == following else PER_ITEM


def _place(headers: Headers, sources: Iterable[Source] | None) -> int | None:
    return next((headers.find(source.columns[0]) for source in sources or ()), None)


def _required(fields: Mapping[str, tuple[Source, ...]]) -> tuple[str, ...]:
    """First columns of what every order needs."""
    columns = [fields[name][0].columns[0] for name in _NEEDED if name in fields]
    return tuple(dict.fromkeys(column for column in columns if "#" not in column))


def _out(header: Sequence[str]) -> tuple[OutColumn, ...]:
    found: dict[str, OutColumn] = {}
    for name in header:
        field_name = _of(_names()["tracking"], _bare(name))
        if field_name and field_name not in found:
            found[field_name] = OutColumn(name, field_name)
    return tuple(found.values()) if "tracking_no" in found else ()


def guess_states(words: Iterable[str]) -> tuple[CodeRule, ...]:
    """A rule for each word of the file whose meaning is usual; the others are left to a person."""
    rules = []
    for word in dict.fromkeys(words):
        bare = plain(word)
        code = next((c for c, parts in _states().items() if any(part in bare for part in parts)), "")
        if code and bare:
            rules.append(CodeRule(re.escape(word), code))
    return tuple(rules)


@cache
def _states() -> Mapping[str, Sequence[str]]:
    text = files("jpship_gui.marketplaces").joinpath("profile_names.toml").read_text(encoding="utf-8")
    return {code: tuple(map(plain, words)) for code, words in tomllib.loads(text)["state"].items()}


def lacking(fields: Mapping[str, Sequence[Source]]) -> tuple[str, ...]:
    """Targets an order needs and has no column for; a whole address stands for its parts."""
    have = {name for name, sources in fields.items() if sources}
    if "recipient.street" in have:
        have.add("recipient.address")
    wanted = (name for name, target in targets().items() if target.need == SHOULD)
    return tuple(name for name in wanted if name not in have)
