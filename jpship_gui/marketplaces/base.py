"""What one marketplace declares: data plus optional abilities. None or empty = it cannot, and the act is greyed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from jpship_gui.domain.confirmation import Confirmation, SendResult
from jpship_gui.domain.order import Order, OrderId, RegisteredParcel
from jpship_gui.formats.layout import Damage, Layout, Rejection, Table
from jpship_gui.settings.options import Option


@dataclass(frozen=True, slots=True)
class ShopAccount:
    """One shop as the connectors see it: settings as text, secrets looked up only when needed."""

    name: str
    marketplace: str
    settings: Mapping[str, str]
    secret: Callable[[str], str]  # field name → value; raises Refused("secret_missing") when unknown
    practice: bool = False  # nothing may be called but this computer


@dataclass(frozen=True, slots=True)
class ReadOrders:
    """What reading one file (or table) gave: whole orders with the rows they came from, and what was left out.

    An order with one bad row is left out whole: half an order would be shipped short.
    """

    orders: tuple[Order, ...]
    source_lines: Mapping[str, tuple[int, ...]]  # order number → indexes into Table.rows
    rejections: tuple[Rejection, ...] = ()
    rejected_rows: tuple[int, ...] = ()  # indexes of all rows of the orders left out
    damages: tuple[Damage, ...] = ()
    repeated_rows: int = 0
    absent: frozenset[str] = (
        frozenset()
    )  # fields the layout knows and the file lacks: they say nothing, not "blank"
    warnings: tuple[str, ...] = ()  # about the file; words: intake.warning.<code>
    registered: Mapping[tuple[OrderId, str], tuple[RegisteredParcel, ...]] = field(default_factory=dict)
    """Of a file that only tells registered parcels: by order and package id."""


class OrderReader(Protocol):
    """Table of a recognised layout → orders. `shop_of` gives the shop account for an order number's shop part, None
    when no account is known for it; repairs of spreadsheet damage whose code is in `refused` are reported, not put
    in."""

    def __call__(
        self,
        table: Table,
        layout: Layout,
        shop_of: Callable[[str], ShopAccount | None],
        refused: frozenset[str] = frozenset(),
    ) -> ReadOrders: ...


class MarketplaceApi(Protocol):
    """A connected shop. Every method raises `WorldFault`/`Refused` for what concerns the whole call."""

    @property
    def push_size(self) -> int:
        """How many confirmations one `push` takes, so that it ends well within a quarter of an hour at its slowest."""
        ...

    def fetch(
        self, since: datetime, until: datetime, step: Callable[[int, int], None]
    ) -> Iterator[Order | Rejection]:
        """Orders that are to be shipped or may be soon, and those that made no sense; `step(done, total)` may raise
        Cancelled."""
        ...

    def read(self, numbers: Sequence[str]) -> list[Order]:
        """These orders as the marketplace has them now, registered parcels included; unknown numbers are absent."""
        ...

    def push(self, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        """Tell the marketplace. One result per confirmation; an unknown outcome is DOUBTFUL, never an exception."""
        ...

    def results(self, request_id: str, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        """Answers of an asynchronous push; SENDING while not ready."""
        ...

    def check(self) -> str:
        """Try the credentials with a harmless read; returns a plain answer's text key."""
        ...


@dataclass(frozen=True, slots=True)
class DatedCode:
    """Our carrier id → the marketplace's code, valid from a day, with its source."""

    carrier: str
    code: str
    name: str
    service: str = ""  # narrower than the carrier: a service with a code of its own
    valid_from: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Marketplace:
    """Declaration of one marketplace adapter."""

    id: str
    name: str  # as users call it: 楽天
    order_layouts: tuple[Layout, ...] = ()
    read_orders: OrderReader | None = None
    confirm_layout: Layout | None = None
    confirm_rows: Callable[[Iterable[Confirmation]], Iterator[tuple[str, ...]]] | None = None
    carrier_codes: tuple[DatedCode, ...] = ()
    options: Mapping[str, Option] = field(default_factory=dict)  # its own options.toml
    shop_part: Callable[[str], str] | None = (
        None  # order number → shop part ("345678"), for files of several shops
    )
    connect: Callable[[ShopAccount], MarketplaceApi] | None = None
    limits: Mapping[str, str] = field(default_factory=dict)  # numbers per order, upload rows …

    def carrier_code(self, carrier: str, service: str, on: date) -> str | None:
        """The code valid on that day, the service's own before the carrier's; None = unmapped, never guessed
        (CF-03)."""
        best: DatedCode | None = None
        for code in self.carrier_codes:
            if code.carrier != carrier or code.service not in ("", service):
                continue
            if code.valid_from is not None and code.valid_from > on:
                continue
            if best is None or (bool(code.service), code.valid_from or date.min) > (
                bool(best.service),
                best.valid_from or date.min,
            ):
                best = code
        return best.code if best else None
