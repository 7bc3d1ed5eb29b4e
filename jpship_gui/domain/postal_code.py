"""Postal code against address, by Japan Post's table; old and new notations are the same (CK-04)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from jpship_gui.domain.address import LINKS, PREFECTURES, fold, house_start, leading_prefecture, raw_tail
from jpship_gui.domain.order import Contact


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the table. `town` is "" for the code of all that is not listed; `note` is Japan Post's bracket."""

    code: str
    prefecture: str
    city: str
    town: str = ""
    note: str = ""
    office: bool = False  # a single large receiver's own code


class Atlas(Protocol):
    """The table as rules see it; unknown names and codes give empty sequences."""

    def places(self, code: str) -> Sequence[Place]: ...

    def cities(self, prefecture: str) -> Sequence[str]: ...

    def towns(self, prefecture: str, city: str) -> Sequence[Place]: ...


class Fit(StrEnum):
    """How a code and an address go together."""

    RIGHT = "right"
    WHOLE_CITY = "whole_city"  # the code for unlisted places, though the town has a code of its own
    TOWN_UNLISTED = "town_unlisted"  # municipality right, town written in no listed way
    WRONG_TOWN = "wrong_town"
    WRONG_CITY = "wrong_city"
    WRONG_PREFECTURE = "wrong_prefecture"
    NO_SUCH_CODE = "no_such_code"


@dataclass(frozen=True, slots=True)
class Located:
    """Where the table puts an address whatever its code: the place, all codes it may have, and the folded rest."""

    place: Place
    codes: tuple[str, ...]
    tail: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`tail` is the folded text after the town (house number on), "" where the town was not found."""

    fit: Fit
    place: Place | None = None
    tail: str = ""


_ISLANDS = re.compile(r"^(?:八丈島|三宅島)(?=.)")  # written without the island too
_COUNTY = re.compile(r"^.{1,5}?郡(?=.)")
_RANGES = re.compile(r"^\d+(?:〜\d+)?(?:[、・]\d+(?:〜\d+)?)*丁目$")
_RANGE = re.compile(r"(\d+)(?:〜(\d+))?")
_CHOME = re.compile(r"^(\d+)(?:丁目|-|$)")
_BUILDING = re.compile(r"階(?:層不明)?$")
_LOT_NUMBER = re.compile(r"第?\d")
_WARD = re.compile(r"^[^\d]{1,4}?区")


@lru_cache(maxsize=4096)
def _city_spellings(city: str) -> tuple[str, ...]:
    short = _ISLANDS.sub("", _COUNTY.sub("", city))
    return (fold(city),) if short == city else (fold(city), fold(short))


def _after_city(rest: str, city: str) -> str | None:
    for spelling in _city_spellings(city):
        if rest.startswith(spelling):
            return rest[len(spelling) :]
    return None


def _after_old_ward(rest: str, city: str, atlas: Atlas, prefecture: str) -> str | None:
    """Rest after the city where the ward is left out or no longer exists (浜松市中区 since 2024)."""
    mother, sep, ward = city.partition("市")
    if not (sep and ward.endswith("区")) or not rest.startswith(fold(mother + sep)):
        return None
    tail = rest[len(fold(mother + sep)) :]
    written = _WARD.match(tail)
    if written is None:
        return tail
    wards = {fold(name) for name in atlas.cities(prefecture)}
    return None if fold(mother + sep) + written.group() in wards else tail[written.end() :]


@lru_cache(maxsize=1 << 14)
def _town_spellings(town: str, note: str) -> tuple[str, ...]:
    """A town as it may stand in a folded address.

    A の or ヶ at its edge becomes a link beside other names; the numbers of 地割 belong to the house number.
    """
    spelling = fold(town)
    if "地割" in note or "地割" in spelling:
        spelling = _LOT_NUMBER.split(spelling)[0]
    bare = spelling.strip(LINKS)
    return (spelling,) if bare == spelling or not bare else (spelling, bare)


@lru_cache(maxsize=4096)
def _chome_ranges(note: str) -> tuple[tuple[int, int], ...]:
    if not _RANGES.match(note):
        return ()
    return tuple((int(first), int(last or first)) for first, last in _RANGE.findall(note))


def _in_range(tail: str, note: str) -> bool:
    ranges = _chome_ranges(note)
    chome = _CHOME.match(tail) if ranges else None
    return chome is None or any(first <= int(chome.group(1)) <= last for first, last in ranges)


def _after_building(tail: str, town: str) -> str | None:
    """Rest after the town where `town` is a town and a building in it, and the address has its number between them."""
    for cut in range(len(town) - 2, 1, -1):
        if tail.startswith(town[:cut]) and town[cut:] in tail[cut:]:
            return tail[cut:]
    return None


def _after_town(tail: str, place: Place) -> str | None:
    """Rest after the place's town, None where the address is not in it."""
    for spelling in _town_spellings(place.town, place.note):
        if tail.startswith(spelling):
            rest = tail[len(spelling) :]
            if not (spelling[-1:].isdigit() and rest[:1].isdigit()):
                return rest.lstrip("-")
    town = fold(place.town)
    if place.city.startswith("京都市") and town and town in tail:  # 通り名 stand before the town
        return tail[tail.index(town) + len(town) :]
    return _after_building(tail, town) if _BUILDING.search(place.note) else None


def _rest(contact: Contact) -> str:
    """City and street folded, without a prefecture written a second time."""
    rest = fold(contact.city + contact.street)
    prefecture = fold(contact.prefecture or leading_prefecture(contact.city + contact.street))
    while prefecture and rest.startswith(prefecture):
        rest = rest[len(prefecture) :]
    return rest


def _prefecture(contact: Contact) -> str:
    return contact.prefecture or leading_prefecture(contact.city + contact.street)


def locate(contact: Contact, atlas: Atlas) -> Located | None:
    """Where an address lies by its words alone; None if municipality or town are not in the table."""
    rest, prefecture = _rest(contact), _prefecture(contact)
    names = (prefecture,) if atlas.cities(prefecture) else PREFECTURES
    hits = [
        (len(rest) - len(tail), name, city, tail)
        for name in names
        for city in atlas.cities(name)
        if (tail := _after_city(rest, city)) is not None
    ]
    if not hits and prefecture in names:
        hits = [
            (0, prefecture, city, tail)
            for city in atlas.cities(prefecture)
            if (tail := _after_old_ward(rest, city, atlas, prefecture)) is not None
        ]
    longest = max((hit[0] for hit in hits), default=0)
    found: list[tuple[int, Place, str]] = []
    for length, name, city, tail in hits:
        if length == longest:
            found.extend(_towns_of(tail, atlas.towns(name, city)))
    if not found:
        return None
    best = max(size for size, _, _ in found)
    chosen = [(place, tail) for size, place, tail in found if size == best]
    return Located(chosen[0][0], tuple(sorted({place.code for place, _ in chosen})), chosen[0][1])


def parted(text: str, atlas: Atlas, code: str = "") -> tuple[str, str, str]:
    """An address written in one go as (prefecture, municipality, rest), each as written.

    A prefecture nobody wrote is that of the municipality, where `code` or the name itself leaves no doubt. What the
    table does not know stays in the rest: a rule asks about it, nothing is guessed.
    """
    written = leading_prefecture(text)
    rest = text.strip().removeprefix(written).lstrip()
    near = tuple(dict.fromkeys(place.prefecture for place in atlas.places(code)))
    for names in ((written,),) if written else (near, PREFECTURES):
        found = _in_one_city(fold(rest), names, atlas)
        if found is None:
            continue
        name, tail = found
        street = raw_tail(rest, tail)
        if tail and not street:
            return name, "", rest
        return name, rest.removesuffix(street).strip(), street
    return written, "", rest


def _in_one_city(folded: str, prefectures: Sequence[str], atlas: Atlas) -> tuple[str, str] | None:
    """The prefecture and what follows the municipality a folded text begins with; None where that is in doubt."""
    hits = [
        (name, tail)
        for name in prefectures
        for city in atlas.cities(name)
        if (tail := _after_city(folded, city)) is not None
    ]
    shortest = min((len(tail) for _, tail in hits), default=0)
    found = [(name, tail) for name, tail in hits if len(tail) == shortest]
    return found[0] if len({name for name, _ in found}) == 1 else None


def _towns_of(tail: str, places: Sequence[Place]) -> list[tuple[int, Place, str]]:
    """(length of the town's spelling, place, rest) of every listed town the text may lie in; no large receivers."""
    found = []
    for place in places:
        if place.office or not place.town or _BUILDING.search(place.note):
            continue
        rest = _after_town(tail, place)
        if rest is not None and _in_range(rest, place.note):
            found.append((len(fold(place.town)), place, rest))
    return found


def compare(contact: Contact, atlas: Atlas) -> Comparison:
    """How well the contact's seven-digit code and its address go together."""
    places = atlas.places(contact.postal_code)
    if not places:
        return Comparison(Fit.NO_SUCH_CODE)
    rest, prefecture = _rest(contact), fold(_prefecture(contact))
    in_city: tuple[Place, str] | None = None
    in_prefecture: Place | None = None
    for place in places:
        if prefecture and fold(place.prefecture) != prefecture:
            continue
        in_prefecture = in_prefecture or place
        tail = _after_city(rest, place.city)
        if tail is None:
            tail = _after_old_ward(rest, place.city, atlas, place.prefecture)
        if tail is None:
            continue
        in_city = in_city or (place, tail)
        after = _after_town(tail, place)
        if after is None or not _in_range(after, place.note):
            continue
        if place.town:
            return Comparison(Fit.RIGHT, place, after)
        return _whole_city(place, tail, atlas)
    if in_city is not None:
        return _in_city(*in_city, atlas)
    fit = Fit.WRONG_CITY if in_prefecture else Fit.WRONG_PREFECTURE
    return Comparison(fit, in_prefecture or places[0])


def _whole_city(place: Place, tail: str, atlas: Atlas) -> Comparison:
    listed = _towns_of(tail, atlas.towns(place.prefecture, place.city))
    if not listed:
        return Comparison(Fit.RIGHT, place, tail)
    return Comparison(Fit.WHOLE_CITY, place, max(listed, key=lambda hit: hit[0])[2])


def _in_city(place: Place, tail: str, atlas: Atlas) -> Comparison:
    """Verdict where code and municipality agree and the town does not."""
    if _towns_of(tail, atlas.towns(place.prefecture, place.city)):
        return Comparison(Fit.WRONG_TOWN, place)
    return Comparison(Fit.TOWN_UNLISTED, place, tail)


def address_at(place: Place, contact: Contact, located: Located | None) -> Contact:
    """The contact with prefecture, municipality and town of a place; house number and building stay as received."""
    whole = contact.city + contact.street
    kept = raw_tail(whole, located.tail) if located is not None and located.tail else ""
    if not kept:
        kept = contact.street[house_start(contact.street) :]
    return Contact(
        name=contact.name,
        kana=contact.kana,
        postal_code=contact.postal_code,
        prefecture=place.prefecture,
        city=place.city,
        street=place.town + kept,
        phone=contact.phone,
        email=contact.email,
    )
