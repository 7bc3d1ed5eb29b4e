"""Why a shipment must not be confirmed (CF-04), one small question each; an empty list means green."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from jpship_gui.carriers import carriers
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.confirmation import OutboxItem, SendState
from jpship_gui.domain.order import LABEL_ELSEWHERE
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.domain.tracking_no import NumberForm, Policy, check_number
from jpship_gui.marketplaces.base import DatedCode, Marketplace, Objection
from jpship_gui.settings.options import ShopOptions

Values = Mapping[str, str]
NO_OPTIONS = ShopOptions({})


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; words from `confirm.red.<code>`. `repair` names what a person can do: `confirm.repair.<repair>`."""

    code: str
    values: Values
    repair: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One shipment with what the questions need to know besides it."""

    shipment: Shipment
    marketplace: Marketplace
    ordered_on: date | None
    ship_date: date
    today: date
    carrier: str  # of the shipment, or the shop's default where it says nothing
    others: Mapping[
        str, str
    ]  # tracking number → order number of another shipment that has it or is promised it
    forms: tuple[NumberForm, ...]
    codes: Mapping[str, Mapping[str, str]]  # the shop's own codes of carriers
    ordered_at: datetime | None = None
    flags: tuple[str, ...] = ()  # of the order
    planned: str = ""  # the marketplace's word for the carrier that came with the order
    options: ShopOptions = NO_OPTIONS
    now: datetime | None = None
    objection: Objection | None = None  # of the marketplace to what would be said
    item: OutboxItem | None = None  # where it stands in the outbox
    same_as_refused: bool = False  # nothing changed since the marketplace refused it


def carrier_of(case: Case, parcel_carrier: str) -> str:
    """The carrier a parcel goes with."""
    return parcel_carrier or case.carrier


def code_of(case: Case, parcel_carrier: str) -> DatedCode | None:
    """The marketplace's code for the carrier a parcel goes with; None = nobody mapped it (CF-03)."""
    carrier = carrier_of(case, parcel_carrier)
    service = case.shipment.service or _usual_service(carrier)
    return case.marketplace.code_of(carrier, service, case.ship_date, case.codes, case.planned)


def _usual_service(carrier: str) -> str:
    known = carriers().get(carrier)
    return known.default_service if known else ""


def reasons_of(case: Case) -> tuple[Reason, ...]:
    """Every reason that holds, the gravest first; an order nobody is told of has just that one."""
    if not case.marketplace.confirms:
        return (Reason("by_hand", {}, ""),)
    return tuple(reason for ask in _QUESTIONS for reason in ask(case))


def _standing(case: Case) -> list[Reason]:
    stage = case.shipment.stage
    code, repair = _STAGES.get(stage, ("", ""))
    if not code:
        return []
    values = {"reason": case.shipment.hold_reason} if stage is Stage.HOLD else {}
    return [Reason(code, values, repair)]


_STAGES: Mapping[Stage, tuple[str, str]] = {
    Stage.CANCELLED: ("cancelled", "take_out"),
    Stage.HOLD: ("hold", "release"),
    Stage.CHECK: ("problems", "open_check"),
    Stage.WAITING: ("not_released", ""),
    Stage.SHIPPED: ("shipped_at_source", ""),
    Stage.NOT_OURS: ("not_ours", ""),
}


def _changed(case: Case) -> list[Reason]:
    fields = "・".join(dict.fromkeys(name for name, _, _ in case.shipment.changed))
    return [Reason("changed", {"fields": fields}, "open_check")] if fields else []


def _stopped(case: Case) -> list[Reason]:
    """A STOP cannot be approved away, whatever stage the facts led to."""
    stops = [p for p in case.shipment.problems if p.severity is Severity.STOP]
    return [Reason("stopped", {**stops[0].values, "problem": stops[0].code}, "open_check")] if stops else []


def _numbers(case: Case) -> list[Reason]:
    return [
        reason
        for parcel in case.shipment.parcels
        for reason in (*_number(case, parcel.carrier, parcel.tracking_no), *_promised(parcel))
    ]


def _promised(parcel: Parcel) -> list[Reason]:
    """The carrier's file gives this parcel another number, whatever proof the linked one once had (PK-07)."""
    if not parcel.tracking_no or parcel.file_no in ("", parcel.tracking_no):
        return []
    values = {"number": parcel.tracking_no, "promised": parcel.file_no}
    return [Reason("file_differs", values, "scan_again")]


def _number(case: Case, parcel_carrier: str, number: str) -> list[Reason]:
    if not number:
        return [Reason("no_number", {}, "track")]
    carrier = carrier_of(case, parcel_carrier)
    if not carrier:
        return [Reason("no_carrier", {"number": number}, "set_carrier")]
    found = []
    code = code_of(case, parcel_carrier)
    if code is None:
        found.append(Reason("no_mapping", {"carrier": carrier}, "set_carrier"))
    elif not case.marketplace.takes_number(code.code, number, case.ship_date):
        values = {"number": number, "marketplace": case.marketplace.name}
        found.append(Reason("number_form", values, "track"))
    checked = check_number(number, case.forms, carrier)
    if checked.policy is Policy.REJECT:
        found.append(Reason("check_digit", {"number": number, "reason": checked.reason}, "track"))
    if number in case.others:
        found.append(Reason("duplicate", {"number": number, "order": case.others[number]}, "track"))
    return found


def _verified(case: Case) -> list[Reason]:
    return [] if case.shipment.facts.verified else [Reason("not_verified", {}, "scan_again")]


def _dates(case: Case) -> list[Reason]:
    if case.ship_date > case.today:
        return [Reason("date_in_future", {"date": case.ship_date.isoformat()})]
    if case.ordered_on is not None and case.ship_date < case.ordered_on:
        values = {"date": case.ship_date.isoformat(), "ordered": case.ordered_on.isoformat()}
        return [Reason("date_before_order", values)]
    return []


def _bought(case: Case) -> list[Reason]:
    """The marketplace sold the label and knows its number: telling it would be the second time (SY-11)."""
    return [Reason("label_elsewhere", {}, "")] if LABEL_ELSEWHERE in case.flags else []


def _objected(case: Case) -> list[Reason]:
    """What the marketplace asks of a confirmation beyond what all of them do."""
    found = case.objection
    return [Reason(found.code, found.values, found.repair)] if found else []


def _refused(case: Case) -> list[Reason]:
    """What the marketplace refused comes back red until something changed or a person tries again on purpose."""
    item = case.item
    if item is None or item.state is not SendState.REFUSED or not case.same_as_refused:
        return []
    return [Reason("refused", {"code": item.code, "message": item.message}, "retry")]


_QUESTIONS: tuple[Callable[[Case], list[Reason]], ...] = (
    _standing,
    _changed,
    _stopped,
    _numbers,
    _verified,
    _dates,
    _bought,
    _objected,
    _refused,
)


def ship_date_of(shipment: Shipment, today: date) -> date:
    """The day of the real hand-over, today where it has not been noted (CF-02)."""
    handed = shipment.facts.handed_over
    return to_jst(handed.at).date() if handed else today
