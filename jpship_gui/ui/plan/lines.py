"""What the plan table shows of a shipment, in words that are made once and only painted afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jpship_gui.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class Choice:
    """A service a shipment could go with. `why_not` is why it cannot, in words; `cost` is None where no price is
    known."""

    carrier: str
    service: str
    name: str
    cost: int | None = None
    why_not: str = ""
    chosen: bool = False
    note: str = ""  # what to look at with it, such as that it is not what the buyer chose


@dataclass(frozen=True, slots=True)
class Line:
    """One shipment. `trouble` is the loudest thing about it in words; `stops` where it must not be printed so."""

    row_id: int
    key: str
    marketplace: str
    shop: str
    number: str
    recipient: str
    place: str
    goods: str
    variant: str
    quantity: int
    more: int
    carrier: str
    service: str
    service_name: str
    reason: str
    cost: int | None
    other: str
    wish: str = ""
    wish_bad: bool = False
    measures: str = ""
    cool: str = ""
    boxes: int = 1
    together: int = 0
    ship_by: datetime | None = None
    trouble: str = ""
    stops: bool = False
    by_hand: bool = False
    problems: tuple[Problem, ...] = ()
    wait: str = ""  # the day it waits for, and who said so

    @property
    def group(self) -> tuple[str, str]:
        """Whom it goes with."""
        return self.carrier, self.service


@dataclass(frozen=True, slots=True)
class Head:
    """The line over all shipments of one service; `unpriced` of them have no known cost."""

    carrier: str
    service: str
    name: str
    count: int
    cost: int
    unpriced: int = 0
    troubles: int = 0


Row = Head | Line
