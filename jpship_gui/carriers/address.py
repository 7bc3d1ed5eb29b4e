"""Where to part a street and a building, for waybills that print them in fields of limited length.

A cut at the limit itself splits house numbers (17-13-18 → 17-1 and 3-18), so a place is proposed; only a
blank that is already in the address is taken without asking.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

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


@dataclass(frozen=True, slots=True)
class Lines:
    """An address over the columns of a form, as many as there are limits. `asked` = parted at a place we chose, which
    a person must see first; without `fits` nothing may be written."""

    lines: tuple[str, ...]
    asked: bool = False
    fits: bool = True


def spread(contact: Contact, limits: Sequence[int]) -> Lines:
    """A whole address over several columns (limits in CP932 bytes), none of it lost.

    Parted unasked only behind prefecture and municipality and at blanks that are already there; what follows a blank
    behind a house number (the building) begins a column of its own where the columns suffice. Never inside a number.
    """
    to = placed(contact)
    by_blank = _part_at_blank(_BLANKS.sub(" ", to.street).strip())
    area = [("", _BLANKS.sub("", to.prefecture)), ("", _BLANKS.sub("", to.city))]
    building = by_blank.building.split(" ") if by_blank.building else []
    for apart, cut in _TRIALS:
        street = [("", piece) for piece in _pieces(by_blank.street, cut)]
        names = [found for word in building for found in _word(word, cut)]
        head = _fill([*area, *street], limits)
        if apart and head is not None:
            rest = _fill(names, limits[len(head) :])
            filled = None if rest is None else [*head, *rest]
        else:
            filled = _fill([*area, *street, *names], limits) if not apart else None
        if filled is not None:
            padding = ("",) * (len(limits) - len(filled))
            natural = {*(text for _, text in area), by_blank.street, *building}
            return Lines((*filled, *padding), asked=cut > 0 and not _whole(filled, natural))
    return Lines((to.address, *("",) * (len(limits) - 1)), asked=True, fits=False)


# Building apart or not, and how fine the pieces may be: whole, at house numbers, at a change of script, anywhere but
# in a number or a word of letters.
_TRIALS = ((True, 0), (True, 1), (False, 0), (False, 1), (True, 2), (False, 2), (True, 3), (False, 3))
_LETTERS = "[0-9０-９A-Za-zＡ-Ｚａ-ｚ]+"
_SCRIPTS = re.compile(rf"{_LETTERS}|[ァ-ヺー]+|[ｦ-ﾟ]+|[ぁ-ゖ]+|[一-鿿々〆ヶ]+|.", re.DOTALL)
_CHARACTERS = re.compile(rf"{_LETTERS}|.[ーｰﾞﾟァィゥェォャュョッ]*", re.DOTALL)


def _fill(pieces: Sequence[tuple[str, str]], limits: Sequence[int]) -> list[str] | None:
    """Pieces in their order, each column as full as it may be, with what stands before a piece where it does not begin
    a column (the blank before a building, else 9-9-9 and 203 become 9-9-9203); None where they do not fit."""
    lines: list[str] = []
    for before, piece in pieces:
        joined = f"{lines[-1]}{before}{piece}" if lines else piece
        if not piece:
            continue
        if lines and cp932.length(joined) <= limits[len(lines) - 1]:
            lines[-1] = joined
        elif len(lines) == len(limits) or cp932.length(piece) > limits[len(lines)]:
            return None
        else:
            lines.append(piece)
    return lines


def _word(text: str, cut: int) -> list[tuple[str, str]]:
    """A word of a building, or its pieces, with the blank before it."""
    return [("" if place else " ", piece) for place, piece in enumerate(_pieces(text, cut))]


def _pieces(text: str, cut: int) -> list[str]:
    """A text in pieces that a column may begin with, as fine as `cut` says: before and behind each house number, which
    stays whole, and within what stands between them."""
    if not cut:
        return [text]
    places = sorted({0, *_ends_of_numbers(text), *_starts_of_numbers(text), len(text)})
    pieces = [text[start:end] for start, end in pairwise(places)]
    if cut == 1:
        return pieces
    finer = _SCRIPTS if cut == 2 else _CHARACTERS
    return [
        part
        for piece in pieces
        for part in ([piece] if _HOUSE_NUMBER.fullmatch(piece) else finer.findall(piece))
    ]


def _whole(lines: Sequence[str], natural: set[str]) -> bool:
    """Whether no natural part stands in two columns."""
    return all(not part or any(part in line for line in lines) for part in natural)


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
