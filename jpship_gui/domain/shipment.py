"""What goes to one address in one go, and its boxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from jpship_gui.domain.order import Contact, OrderId, OrderLine, Wish
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
class Parcel:
    """One box. `key` travels through the carrier's file; the first parcel's key is the shipment's.

    `tracking_no` is what a person linked; `file_no` what the carrier's result file says (file proof).
    """

    key: str
    no: int = 1
    carrier: str = ""
    tracking_no: str = ""
    how: str = ""
    file_no: str = ""
    detail_id: str = ""  # the marketplace's id of the registered parcel (Rakuten 発送明細ID)


@dataclass(frozen=True, slots=True)
class Shipment:
    """The unit of work at the desk; `row_id` is the store's handle."""

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

    @property
    def pieces(self) -> int:
        """Number of goods in all lines."""
        return sum(line.quantity for line in self.lines)
