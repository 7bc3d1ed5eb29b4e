"""What one carrier declares: data plus optional abilities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jpship_gui.domain.problem import Problem
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.tracking_no import NumberForm
from jpship_gui.formats.layout import Layout, Table


@dataclass(frozen=True, slots=True)
class Service:
    """One service; `code` is the carrier tool's own (送り状種類), `slots` our slot code → the tool's code."""

    id: str
    name: str
    code: str
    slots: Mapping[str, str] = field(default_factory=dict)
    cool: str = ""
    cash_on_delivery: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who ships, as printed on the waybill, and the contract's codes; from the shop's settings."""

    name: str = ""
    postal_code: str = ""
    address: str = ""
    building: str = ""
    phone: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)  # customer_code, freight_no …


@dataclass(frozen=True, slots=True)
class HandoverResult:
    """A carrier file ready to be written, and what could not go into it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]  # shipment key of each row
    problems: Mapping[str, tuple[Problem, ...]]  # shipment key → why it was left out


@dataclass(frozen=True, slots=True)
class IssuedNumber:
    """One row of the carrier's issued data: our parcel key and the number the carrier gave it."""

    line: int
    parcel_key: str
    tracking_no: str
    ship_date: str = ""
    recipient: str = ""
    repaired_from: str = ""  # the damaged text, where check digit and key left exactly one answer


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """What reading a result file gave; `refused` is a fault code for the whole file."""

    numbers: tuple[IssuedNumber, ...]
    rejected: tuple[tuple[int, str, str, str], ...] = ()  # line, column, code, value
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Carrier:
    """Declaration of one carrier adapter."""

    id: str
    name: str  # as users call it: ヤマト
    full_name: str
    services: tuple[Service, ...] = ()
    numbers: tuple[NumberForm, ...] = ()
    handover_layout: Layout | None = None
    result_layout: Layout | None = None
    write_rows: Callable[[Sequence[Shipment], Sender, date], HandoverResult] | None = None
    read_result: Callable[[Table], IssuedFile] | None = None
    tracking_url: str = ""  # {number} is replaced
