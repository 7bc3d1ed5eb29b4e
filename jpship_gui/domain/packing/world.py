"""What the packing desk asks of the rest of the program, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from jpship_gui.domain.packing.checklist import CheckItem
from jpship_gui.domain.packing.kinds import NumberReading
from jpship_gui.domain.packing.weight import ScaleReading, Weighing


class Away(Exception):
    """The database does not answer, and what was asked is not known without it."""


class Block(StrEnum):
    """Why a shipment may not be packed now."""

    CANCELLED = "cancelled"
    CHANGED = "changed"  # at the source since printing
    HOLD = "hold"
    PROBLEM = "problem"
    REMARK = "remark"
    WAITING = "waiting"  # not released by the marketplace
    ELSEWHERE = "elsewhere"  # fulfilled elsewhere
    SHIPPED = "shipped"  # the marketplace says shipped already
    SENT = "sent"  # confirmation told
    BUNDLED = "bundled"  # it travels in another shipment's box, whose slip is to be read


class Proof(StrEnum):
    """Second verification (features 6.3). `ENTRY` is the double entry of shops that do not scan slips."""

    FILE = "file"
    LABEL = "label"
    DOUBLE = "double"
    HANDOVER = "handover"
    READBACK = "readback"  # what the marketplace shows afterwards: it finds, and proves nothing
    ENTRY = "entry"
    UNTRACKED = "untracked"  # it travels without a number: slip, or the key on its address label, read again


@dataclass(frozen=True, slots=True)
class PackLine:
    """One line to be packed; `codes` are tidied texts that name it directly, `order` the number of its order.

    A set stands here as its components: each names the set, and `each` is how many of it are in one piece of the order
    line `source`.
    """

    sku: str
    quantity: int
    codes: frozenset[str]
    name: str = ""
    variant: str = ""
    order: str = ""
    source: str = ""
    each: int = 1
    set_sku: str = ""
    set_name: str = ""
    grams: int | None = None  # of one piece, where the goods list knows it


_UNKNOWN: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PackParcel:
    """One box: what was linked to it and what its carrier's file says. `contents` is pieces by line index, empty where
    nobody said what lies in which box; `told` = the marketplace knows its number already; `untracked` = its service
    gives it none."""

    key: str
    carrier: str
    tracking_no: str = ""
    file_no: str = ""
    linked_at: datetime | None = None
    linked_by: str = ""
    verified: bool = False
    handed_over: bool = False
    contents: Mapping[int, int] = field(default_factory=lambda: _UNKNOWN)
    told: bool = False
    untracked: bool = False
    weighed: bool = False


@dataclass(frozen=True, slots=True)
class PackView:
    """One shipment as the desk needs it, read anew for every scan; of a bundle's leader everything that goes into its
    boxes. `orders` are the numbers of all orders in them, `block_of` the one that stops them if it is another's."""

    key: str
    order: str
    lines: tuple[PackLine, ...]
    parcels: tuple[PackParcel, ...]
    ticks: tuple[str, ...] = ()  # must be ticked: wrap, noshi, remark …, and items of the checklist by id
    optional: tuple[str, ...] = ()  # items that may be ticked
    checklist: tuple[CheckItem, ...] = ()  # all items, with their words
    weighing: Weighing | None = None  # None: this shop does not weigh
    photo: bool = False  # a photo must be attached and is not yet
    goods: bool = True  # this shop scans goods
    proof: Proof = Proof.DOUBLE
    checked: bool = False
    block: Block | None = None
    block_reason: str = ""
    holder: str = ""  # desk that has it open
    orders: tuple[str, ...] = ()
    block_of: str = ""
    gift: bool = False
    called: bool = False  # the desk that has it only called it in run mode
    ask_name: bool = False  # the second reading asks whose name stands on the waybill

    @property
    def linked(self) -> bool:
        """Whether every box has its number."""
        return bool(self.parcels) and all(p.tracking_no for p in self.parcels)

    @property
    def verified(self) -> bool:
        """Whether every box is proven."""
        return bool(self.parcels) and all(p.verified for p in self.parcels)

    @property
    def next_box(self) -> PackParcel | None:
        """The first box that lacks its number."""
        return next((p for p in self.parcels if not p.tracking_no), None)

    @property
    def by_box(self) -> bool:
        """Whether it is known what lies in which box."""
        return any(p.contents for p in self.parcels)

    @property
    def told(self) -> bool:
        """Whether a box was told ahead of the others: nothing of it may be taken back."""
        return any(p.told for p in self.parcels)


@dataclass(frozen=True, slots=True)
class Owner:
    """A parcel that has a number: linked by a person, promised by the carrier's file, or both. `void` is a waybill to
    be destroyed, whose goods travel under another."""

    shipment: str
    parcel: str
    order: str
    linked: bool
    recycled: bool = False  # used so long ago that carriers give it out again
    void: bool = False
    promised: bool = False


@dataclass(frozen=True, slots=True)
class Goods:
    """What a code of goods means; `pieces` above 1 for a case."""

    sku: str
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class NameChoice:
    """Recipients to choose from at hand-over; `right` counts from 1."""

    names: tuple[str, ...]
    right: int
    keys: tuple[str, ...] = ()  # of the shipments they stand on, in the same order


@dataclass(frozen=True, slots=True)
class Day:
    """How the day stands when a desk finishes: `packed` here today; in the whole house `unproven` (linked, second
    reading missing), `held`, `left` to pack, `late` of all that is not done, `open` at other desks."""

    packed: int = 0
    unproven: int = 0
    held: int = 0
    left: int = 0
    late: int = 0
    open: int = 0


class World(Protocol):
    """Answers are the database's at this moment, together with what was answered and waits for it. Codes are tidied
    texts. Any method may raise Away."""

    def shipment(self, key: str) -> PackView | None:
        """By the key on slip or label; further parcels' keys lead to their shipment."""
        ...

    def owners(self, number: str) -> Sequence[Owner]:
        """Every parcel that has this tracking number, or had it on a waybill that is void."""
        ...

    def goods(self, codes: Sequence[str]) -> Goods | None:
        """What any shop's goods list or order says of the first known of these codes."""
        ...

    def called(self, sku: str) -> str:
        """Name and variant of goods, for people; the stock key where neither is known."""
        ...

    def needing(self, goods: Goods) -> str:
        """Order number of the most urgent shipment that waits for these goods, or blank."""
        ...

    def weight(self, raw: str) -> ScaleReading | None:
        """The text read as a line of a scale."""
        ...

    def number(self, raw: str, carrier: str) -> NumberReading:
        """The text read as a tracking number of this carrier."""
        ...

    def linked_since(self, parcel: PackParcel) -> bool:
        """Whether another shipment's parcel was linked after this one."""
        ...

    def run_size(self) -> tuple[int, int]:
        """How many shipments of one plain piece wait and could be packed in run mode, and how many could only if their
        waybills proved whose they are."""
        ...

    def run_waiting(self, desk: str, codes: Sequence[str], goods: Goods | None) -> Iterable[PackView]:
        """Those that may be called for these goods, the most urgent first; each is looked at again before it is."""
        ...

    def day(self, desk: str) -> Day:
        """How the day stands for this desk."""
        ...

    def name_choice(self, key: str, among: Sequence[str] = ()) -> NameChoice:
        """This shipment's recipient among those of other parcels on the way out. `among` are the keys it was asked with
        before: were others shown the second time, the name that stays would be the right one."""
        ...
