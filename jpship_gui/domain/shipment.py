"""What goes to one address in one go, and its boxes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from jpship_gui.domain.goods_facts import UNMEASURED, Measures
from jpship_gui.domain.order import BY_HAND, Contact, OrderId, OrderLine, Wish
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.stage import Facts, Stage

NO_FACTS = Facts()
NO_WISH = Wish()


class How(StrEnum):
    """How a tracking number came to us; shown in reports (PK-01)."""

    SCANNED = "scanned"
    TYPED = "typed"
    PASTED = "pasted"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Content:
    """Some pieces of one order line that lie in a box; `shipment` is the key of the shipment the line belongs to."""

    shipment: str
    line_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """One box. `key` travels through the carrier's file; the first parcel's key is the shipment's.

    `tracking_no` is what a person linked; `file_no` what the carrier's result file says (file proof). `contents` is as
    a person noted it, and may be out of date: `Shipment.contents` says what may be relied on.
    """

    key: str
    no: int = 1
    carrier: str = ""
    tracking_no: str = ""
    how: str = ""
    file_no: str = ""
    detail_id: str = ""  # the marketplace's id of the registered parcel (Rakuten 発送明細ID)
    contents: tuple[Content, ...] = ()
    proven: bool = False  # second verification done for this box
    handed_at: datetime | None = None  # aware, UTC
    measures: Measures = UNMEASURED  # as somebody at the desk found them
    named: bool = False  # the name on it was chosen as the driver took it


@dataclass(frozen=True, slots=True)
class Shipment:
    """The unit of work at the desk; `row_id` is the store's handle.

    Several orders may travel together (PL-03): one leads, whose key stands on slip and waybill and whose boxes they
    travel in; the others are its members. `leader` is the key of the one that leads, "" where it goes alone; `together`
    are the others of the bundle, none of which knows its own `together`. `stops` is why this one stops the others.
    """

    row_id: int
    key: str  # exactly what the slip's bar code holds
    order_id: OrderId
    package_id: str
    recipient: Contact  # after accepted repairs; the order keeps the original
    buyer: Contact
    lines: tuple[OrderLine, ...]
    stage: Stage
    facts: Facts = NO_FACTS
    problems: tuple[Problem, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    wish: Wish = NO_WISH
    ship_by: datetime | None = None  # aware, UTC
    carrier: str = ""
    service: str = ""
    buyer_text: str = ""
    remark_read: bool = False
    gift: bool = False
    wrapping: tuple[str, ...] = ()
    noshi: str = ""
    hold_reason: str = ""
    batch: int | None = None
    batch_row: int | None = None
    cash_on_delivery: bool = False
    changed: tuple[tuple[str, str, str], ...] = ()  # (field, old, new) changed at the source since printing
    extra: dict[str, str] = field(default_factory=dict)
    leader: str = ""
    together: tuple[Shipment, ...] = ()
    stops: str = ""
    own_ids: Mapping[str, str] = field(default_factory=dict)  # parcel key → its marketplace's id, of a member

    @property
    def pieces(self) -> int:
        """Number of goods in all lines."""
        return sum(line.quantity for line in self.lines)

    @property
    def entry_open(self) -> bool:
        """Whether its order was entered by hand and can still be changed or cancelled."""
        gone = (Stage.HANDED_OVER, Stage.CANCELLED)
        return self.order_id.marketplace == BY_HAND and self.stage not in gone

    @property
    def is_member(self) -> bool:
        """Whether it is packed as part of another shipment, and therefore never by itself."""
        return self.leader not in ("", self.key)

    @property
    def bundle(self) -> tuple[Shipment, ...]:
        """All shipments that travel together, the leader first; itself alone where it goes alone."""
        return tuple(sorted((self, *self.together), key=lambda s: (s.is_member, s.row_id)))

    @property
    def boxes(self) -> tuple[Parcel, ...]:
        """The parcels its goods travel in: the leader's, with this order's own ids at its marketplace."""
        if not self.is_member:
            return self.parcels
        leader = next((s for s in self.together if s.key == self.leader), self)
        return tuple(replace(p, detail_id=self.own_ids.get(p.key, "")) for p in leader.parcels)

    @property
    def stopped_by(self) -> Shipment | None:
        """The first of those it travels with that stops it."""
        return next((s for s in self.bundle if s is not self and s.stops), None)

    @property
    def goods(self) -> tuple[tuple[Shipment, OrderLine], ...]:
        """Every line that goes into the boxes, with the shipment it belongs to, in the order of packing."""
        return tuple(
            (s, line) for s in self.bundle for line in s.lines if not line.deleted and line.quantity > 0
        )

    def contents(self) -> Mapping[str, tuple[Content, ...]]:
        """What lies in each box, by parcel key: everything in an only box, else what a person noted, as long as it adds
        up to the goods; empty where that is not known."""
        pieces: Counter[tuple[str, str]] = Counter()
        for shipment, line in self.goods:
            pieces[shipment.key, line.line_id] += line.quantity
        if len(self.boxes) == 1:
            return {self.boxes[0].key: tuple(Content(*line, count) for line, count in pieces.items())}
        noted: Counter[tuple[str, str]] = Counter()
        for box in self.boxes:
            for content in box.contents:
                noted[content.shipment, content.line_id] += content.quantity
        told_apart = len(pieces) == len(self.goods)  # every line has an id of its own
        return {box.key: box.contents for box in self.boxes} if told_apart and noted == pieces else {}
