"""Where to part a street and a building, for waybills that print them in fields of limited length.

A cut at the limit itself splits house numbers (17-13-18 → 17-1 and 3-18), so a place is proposed; only a
blank that is already in the address is taken without asking.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jpship_gui.domain.address import part_address
from jpship_gui.domain.order import Contact
from jpship_gui.formats import cp932

_BLANKS = re.compile(r"[ 　\t\r\n]+")
_NUMBER = "0-9０-９"
_KANJI_NUMBER = "〇一二三四五六七八九十百"
_HOUSE_NUMBER = re.compile(
    rf"(?:[{_NUMBER}{_KANJI_NUMBER}]+(?:丁目|番地|番|号)|[{_NUMBER}]+)"
    rf"(?:[-－‐-―−ーのノ之]?[{_NUMBER}{_KANJI_NUMBER}]*[{_NUMBER}{_KANJI_NUMBER}](?:丁目|番地の|番地|番|号)?)*"
)


@dataclass(frozen=True, slots=True)
class Parted:
    """Street and building. `asked` is True where the place was chosen by us and a person must see it
    first."""

    street: str
    building: str
    asked: bool = False
    fits: bool = True


def placed(contact: Contact) -> Contact:
    """The contact with its municipality apart, where a marketplace writes it before the street in one field (Amazon's
    ship-city is always empty); as it is where that is already so, or where no municipality is found."""
    if contact.city.strip() or not contact.street.strip():
        return contact
    prefecture, city, street = part_address(contact.prefecture + contact.street)
    if not city or prefecture != contact.prefecture:
        return contact
    return replace(contact, city=city, street=street)


def part(address: str, street_limit: int, building_limit: int) -> Parted:
    """Part an address so that each half keeps its limit (CP932 bytes); the street is without blanks."""
    by_blank = _part_at_blank(_BLANKS.sub(" ", address).strip())
    if _fits(by_blank, street_limit, building_limit):
        return by_blank
    whole = by_blank.street + by_blank.building.replace(" ", "")
    places = [*_ends_of_numbers(whole), *_starts_of_numbers(whole)]
    for place in places:
        parted = Parted(whole[:place], whole[place:], asked=True)
        if _fits(parted, street_limit, building_limit):
            return parted
    return Parted(by_blank.street, by_blank.building, asked=True, fits=False)


def _part_at_blank(address: str) -> Parted:
    """What follows a blank goes to the building, unless no house number came yet (道玄坂 1-2-3): then it
    is joined."""
    street, *rest = address.split(" ")
    while rest and not (_HOUSE_NUMBER.search(street) and not _continues(street, rest[0])):
        street += rest.pop(0)
    return Parted(street, " ".join(rest))


def _continues(street: str, following: str) -> bool:
    """Whether a house number goes on after the blank: 1丁目 2-3."""
    return bool(re.search(r"(?:丁目|番地|番|[-－])$", street)) and bool(_HOUSE_NUMBER.match(following))


def _fits(parted: Parted, street_limit: int, building_limit: int) -> bool:
    return cp932.length(parted.street) <= street_limit and cp932.length(parted.building) <= building_limit


def _ends_of_numbers(text: str) -> list[int]:
    """Places just after a house number, the last first."""
    ends = [found.end() for found in _HOUSE_NUMBER.finditer(text) if found.end() < len(text)]
    return ends[::-1]


def _starts_of_numbers(text: str) -> list[int]:
    starts = [found.start() for found in _HOUSE_NUMBER.finditer(text) if found.start() > 0]
    return starts[::-1]
