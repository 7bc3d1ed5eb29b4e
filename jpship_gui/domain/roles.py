"""People of the shop, their roles, and what each role may do (MD-03). Rights are data: one table, changeable."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What a person is in the shop."""

    PACKER = "packer"
    OFFICE = "office"
    OWNER = "owner"


class Right(StrEnum):
    """One thing not everybody may do. Words: `people.right.<value>`."""

    BY_EYE = "by_eye"  # count a piece that was only looked at
    HOLD = "hold"
    RESTART = "restart"  # start a parcel over; its numbers are taken back
    REOPEN = "reopen"  # open a packed parcel again
    TAKE_OVER = "take_over"  # a parcel another desk has open
    TYPE = "type"  # enter a tracking number by keys or from a list
    HAND_OVER = "hand_over"
    SKIP = "skip"  # go on without a piece, an instruction or the second verification
    CONFIRM = "confirm"  # tell the marketplaces
    SETTINGS = "settings"
    PEOPLE = "people"  # who works here and what they may do


_AT_THE_DESK = frozenset(
    {
        *(Right.BY_EYE, Right.HOLD, Right.RESTART, Right.REOPEN),
        *(Right.TAKE_OVER, Right.TYPE, Right.HAND_OVER),
    }
)
DEFAULTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.PACKER: _AT_THE_DESK,
        Role.OFFICE: _AT_THE_DESK | {Right.SKIP, Right.CONFIRM, Right.SETTINGS},
        Role.OWNER: frozenset(Right),
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """One person. `code` stands on the badge; names are unique among those who are active, codes among all."""

    name: str
    code: str
    role: Role = Role.PACKER
    active: bool = True


Rights = Mapping[Role, Collection[Right]]


def rights_of(kept: Mapping[str, Sequence[str]]) -> Rights:
    """What each role may do: as kept by role, else as delivered. The owner may always everything, so that nobody can
    lock himself out; names this version does not know give nothing."""
    known = {right.value for right in Right}
    found: dict[Role, Collection[Right]] = dict(DEFAULTS)
    for role in (Role.PACKER, Role.OFFICE):
        if role.value in kept:
            found[role] = frozenset(Right(name) for name in kept[role.value] if name in known)
    return found


def may(people: Iterable[Person], rights: Rights, name: str, right: Right) -> bool:
    """Whether somebody may do this. Where nobody is entered everybody may everything; where people are, a name that is
    none of theirs may what a packer may."""
    active = [person for person in people if person.active]
    if not active:
        return True
    role = next((person.role for person in active if person.name == name), Role.PACKER)
    return right in rights[role]


def who_may(people: Iterable[Person], rights: Rights, right: Right) -> tuple[str, ...]:
    """Names of those who may."""
    return tuple(person.name for person in people if person.active and right in rights[person.role])
