"""What became of a sending, for window and command line alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from jpship_gui.domain.confirmation import Difference, SendState
from jpship_gui.domain.fault import Fault
from jpship_gui.store.send_pauses import Pause


@dataclass(frozen=True, slots=True)
class SentRow:
    """Where one confirmation stands after sending."""

    key: str
    shop: str
    order: str
    state: SendState
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class ShopFault:
    """A shop that could not be talked to; what it was to be told waits or is doubtful."""

    shop: str
    fault: Fault


@dataclass(slots=True)
class SendReport:
    """Every confirmation that was touched, faults and pauses by shop, and what the marketplaces show otherwise than we
    sent. That a marketplace takes no call yet is a pause and no fault."""

    rows: list[SentRow] = field(default_factory=list)
    faults: list[ShopFault] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    pauses: dict[str, Pause] = field(default_factory=dict)

    def of(self, state: SendState) -> list[SentRow]:
        """Rows in one state."""
        return [row for row in self.rows if row.state is state]

    def merge(self, other: SendReport) -> None:
        """Add another report; a later word on the same shipment, fault or shop counts."""
        newer = {row.key for row in other.rows}
        self.rows = [row for row in self.rows if row.key not in newer] + other.rows
        said = {(one.shop, one.fault.code) for one in other.faults}
        self.faults = [one for one in self.faults if (one.shop, one.fault.code) not in said] + other.faults
        self.differences = list(dict.fromkeys(self.differences + other.differences))
        self.pauses |= other.pauses


@dataclass(frozen=True, slots=True)
class Turn:
    """One shop's turn. `again_at` is when an answer may be there, a doubt is old enough or more is to be read back;
    None = there is nothing to wait for but the end of a pause. `woke` = what held others up as well is over."""

    shop: str
    report: SendReport
    again_at: datetime | None = None
    woke: bool = False
