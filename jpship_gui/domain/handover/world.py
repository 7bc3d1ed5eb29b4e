"""What a hand-over asks of the rest of the program, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from jpship_gui.domain.packing.kinds import NumberReading
from jpship_gui.domain.packing.world import NameChoice, Proof


class Way(StrEnum):
    """Where parcels change hands."""

    DRIVER = "driver"  # at our door
    COUNTER = "counter"  # at the carrier's


class Standing(StrEnum):
    """How a linked parcel stands before the hand-over; all but READY keep it here."""

    READY = "ready"
    CANCELLED = "cancelled"
    ELSEWHERE = "elsewhere"  # fulfilled elsewhere
    HOLD = "hold"
    CHANGED = "changed"
    OPEN = "open"  # a desk is still packing it
    BOXES = "boxes"  # another box of its shipment has no waybill yet
    NOT_PROVEN = "not_proven"  # its shop proves in another way than by the hand-over, and has not yet
    DISPUTED = "disputed"  # its carrier's file, or another order, speaks against the number


class Left(StrEnum):
    """Why a parcel stayed when the driver left."""

    LATER = "later"  # goes the next time
    NOT_FOUND = "not_found"
    CANCELLED = "cancelled"
    STOPPED = "stopped"  # held, changed, open, not proven …


@dataclass(frozen=True, slots=True)
class Piece:
    """One parcel as the hand-over finds it. `proof` is its shop's; `name_always`: the name is asked although it is
    proven; `every`: of proven ones the name is asked of one in so many, 0 = of none; `bound`: the marketplace was told
    because of the hand-over, which therefore stays; `unsure`: whether it was cannot be known now."""

    shipment: str
    parcel: str
    order: str
    number: str
    carrier: str
    standing: Standing = Standing.READY
    why: str = ""  # in a person's words, or what stands against the number
    linked: bool = True  # a person linked it; else only its carrier's file gives it this number
    linked_on: date | None = None
    proven: bool = False
    handed: bool = False
    untracked: bool = False
    void: bool = False
    proof: Proof = Proof.DOUBLE
    name_always: bool = False
    every: int = 0
    bound: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A linked parcel no driver has taken yet, as the list beside the count shows it."""

    shipment: str
    parcel: str
    order: str
    number: str
    carrier: str
    standing: Standing
    shop: str = ""
    recipient: str = ""
    linked_on: date | None = None
    service: str = ""
    box: int = 1
    boxes: int = 1


@dataclass(frozen=True, slots=True)
class Session:
    """One hand-over, running or over."""

    id: str
    carrier: str
    way: Way
    place: str
    desk: str
    person: str
    begun_at: datetime
    ended_at: datetime | None = None
    ended_by: str = ""
    driver: str = ""
    note: str = ""
    taken: int = 0
    left: int = 0


class World(Protocol):
    """Answers are the database's at this moment. Any method may raise Away."""

    def piece(self, text: str) -> Piece | None:
        """By tracking number or by a parcel's key; None when nobody has it."""
        ...

    def number(self, raw: str) -> NumberReading:
        """The text read as any carrier's tracking number."""
        ...

    def name_choice(self, shipment: str, among: Sequence[str] = ()) -> NameChoice:
        """This shipment's recipient among others, the same ones (`among`, keys) where it was asked for before."""
        ...

    def session(self, session: str) -> Session | None:
        """By its id."""
        ...

    def running(self, carrier: str) -> Session | None:
        """The one that runs for this carrier, at any desk."""
        ...

    def waiting(self, carrier: str) -> Sequence[Waiting]:
        """What is packed for this carrier and was not taken, and what is linked and must not go."""
        ...

    def today(self) -> date:
        """In Japan."""
        ...
