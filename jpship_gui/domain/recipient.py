"""Whether two shipments go to the same person at the same address, however each was written (PL-01)."""

from __future__ import annotations

import re
from functools import lru_cache

from jpship_gui.domain.address import flat, fold
from jpship_gui.domain.order import Contact

_TITLE = re.compile(r"(?:様|さま|サマ|殿|御中)$")
_GAP = re.compile(r"(?<=\d)\s+(?=\d)")  # a room number behind the house number
_PART = re.compile(r"\d+|[^\d\-]+")
_COUNTER = re.compile(r"(?<=\d)(?:丁目|番地?ノ?|号室?|室|ノ(?=\d))")


def address_key(contact: Contact) -> str:
    """Postal code and address in one spelling; "" where there is too little to go by."""
    if not contact.city or not contact.street:
        return ""
    folded = _COUNTER.sub("-", fold(_GAP.sub("-", flat(contact.address))))
    return "-".join((contact.postal_code, *_PART.findall(folded)))


def name_key(contact: Contact) -> str:
    """The name in one spelling, without a title."""
    return _bare_name(contact.name)


@lru_cache(50_000)  # the same people are compared whenever something is printed
def _bare_name(name: str) -> str:
    return _TITLE.sub("", fold(name))


def phone_key(contact: Contact) -> str:
    """The telephone number, +81 as 0."""
    digits = "".join(c for c in contact.phone if c.isdigit())
    return "0" + digits[2:] if digits.startswith("81") and len(digits) > 10 else digits


def same_recipient(one: Contact, other: Contact) -> bool:
    """Whether goods for the one may be put into the parcel of the other: same name at the same address. A telephone
    number may differ."""
    address = address_key(one)
    return bool(address) and address == address_key(other) and name_key(one) == name_key(other) != ""


def same_phone(one: Contact, other: Contact) -> bool:
    """Whether nothing speaks against it: equal numbers, or none given."""
    mine, theirs = phone_key(one), phone_key(other)
    return not mine or not theirs or mine == theirs
