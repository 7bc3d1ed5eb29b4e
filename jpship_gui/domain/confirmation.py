"""What is told to a marketplace about one shipment, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from jpship_gui.domain.order import OrderId


@dataclass(frozen=True, slots=True)
class ConfirmedLine:
    """Some pieces of one order line, by the marketplace's id of the line."""

    line_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class ConfirmedParcel:
    """One parcel as the marketplace is to learn of it; `carrier_code`, `carrier_name` and `method` are already the
    marketplace's own words. `lines` is what of the order lies in it, () where that is not known parcel by parcel. `no`
    counts the shipment's parcels from 1 and stays with the parcel, whatever is told of the others."""

    parcel_key: str
    carrier: str
    carrier_code: str
    tracking_no: str
    detail_id: str = ""
    carrier_name: str = ""
    method: str = ""
    lines: tuple[ConfirmedLine, ...] = ()
    no: int = 1


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One shipment's confirmation. `shipment_key` makes it unique in the outbox.

    `kept` are parcels the marketplace takes no numbers of (dated table `limits.toml`): they are shown and never told.
    `shipped_at` is the moment of hand-over, or of packing where no hand-over was noted (aware, UTC). `with_keys` are
    further shipments of the same order that are told in it, where the marketplace takes numbers for whole orders only.

    Where a part is told before the rest (`whole` False), each part is a confirmation of its own, the second one keyed
    `<shipment>+2`; `earlier` are the parcels that were told before.
    """

    order_id: OrderId
    package_id: str
    shipment_key: str
    ship_date: date
    parcels: tuple[ConfirmedParcel, ...]
    lines: tuple[ConfirmedLine, ...] = ()
    kept: tuple[ConfirmedParcel, ...] = ()
    shipped_at: datetime | None = None
    ordered_at: datetime | None = None
    with_keys: tuple[str, ...] = ()
    earlier: tuple[ConfirmedParcel, ...] = ()
    whole: bool = True

    @property
    def shipments(self) -> tuple[str, ...]:
        """Keys of the shipments it tells of."""
        return (shipment_of(self.shipment_key), *self.with_keys)


def part_key(shipment_key: str, part: int) -> str:
    """Key of the n-th part of what is told of a shipment, from 1."""
    return shipment_key if part == 1 else f"{shipment_key}+{part}"


def shipment_of(confirmation_key: str) -> str:
    """The shipment a confirmation is about."""
    return confirmation_key.partition("+")[0]


class SendState(StrEnum):
    """Where an outbox item stands. DOUBTFUL is only ever read back, never sent again unread."""

    WAITING = "waiting"
    SENDING = "sending"
    DOUBTFUL = "doubtful"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    FILED = "filed"  # written into an upload file, which a person uploads


@dataclass(frozen=True, slots=True)
class SendResult:
    """The marketplace's answer for one confirmation; `detail_ids` are (parcel_key, marketplace's parcel id)."""

    shipment_key: str
    state: SendState
    code: str = ""
    message: str = ""
    detail_ids: tuple[tuple[str, str], ...] = ()
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A ship date promised to the marketplace before shipping, with which the order counts as accepted there.

    `reason` is the marketplace's own code for a late day, "" for none.
    """

    order_id: OrderId
    line_ids: tuple[str, ...]
    day: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PromiseResult:
    """The marketplace's answer to one promise; DOUBTFUL where none came. `ship_by` is what the order must keep now,
    where the answer proves it (aware, UTC)."""

    order_id: OrderId
    state: SendState
    code: str = ""
    message: str = ""
    ship_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A confirmation on its way."""

    row_id: int
    confirmation: Confirmation
    state: SendState
    created_at: datetime
    attempts: int = 0
    request_id: str = ""
    message: str = ""
    answered_at: datetime | None = None
    code: str = ""
    attempted_at: datetime | None = None
    file_fingerprint: str = ""  # of the upload file it went into
    ship_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing a marketplace shows otherwise than it was told; `field` is parcel, carrier, date, extra_parcel or order
    (it shows no such order)."""

    shipment_key: str
    order: str
    field: str
    ours: str
    theirs: str
