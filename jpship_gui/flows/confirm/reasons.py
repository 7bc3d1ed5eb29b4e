"""Why a shipment must not be confirmed (CF-04), one small question each; an empty list means green."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from jpship_gui.domain.confirmation import OutboxItem, SendState
from jpship_gui.domain.order import LABEL_ELSEWHERE
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.domain.tracking_no import NumberForm, Policy, check_number, is_untracked
from jpship_gui.flows.confirm.units import Box, Unit
from jpship_gui.marketplaces.base import DatedCode, Marketplace, Objection
from jpship_gui.settings.options import ShopOptions

Values = Mapping[str, str]
NO_OPTIONS = ShopOptions({})


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; words from `confirm.red.<code>`. `repair` names what a person can do: `confirm.repair.<repair>`, to
    the shipment `key` where that is another than the row's. `whose` names its recipient where there are several."""

    code: str
    values: Values
    repair: str = ""
    key: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What is told in one go (`units.Unit`) with what the questions need to know besides it; `shipment` speaks for
    it."""

    unit: Unit
    marketplace: Marketplace
    ordered_on: date | None
    ship_date: date
    today: date
    others: Mapping[str, str]
    """Tracking number → order number of another shipment that has it or is promised it; those that travel together
    share theirs on purpose."""
    forms: tuple[NumberForm, ...]
    codes: Mapping[str, Mapping[str, str]]  # the shop's own codes of carriers
    ordered_at: datetime | None = None
    flags: tuple[str, ...] = ()  # of the order
    planned: str = ""  # the marketplace's word for the carrier that came with the order
    options: ShopOptions = NO_OPTIONS
    now: datetime | None = None
    objection: Objection | None = None  # of the marketplace to what would be said
    usual_services: Mapping[str, str] = field(default_factory=dict)  # by carrier
    by: str = ""  # api or file; "" where nothing in it asks for that
    same_as_refused: bool = False  # nothing changed since the marketplace refused it

    @property
    def shipment(self) -> Shipment:
        """The shipment that speaks for all that is told together."""
        return self.unit.parts[0]

    @property
    def item(self) -> OutboxItem | None:
        """Where it stands in the outbox."""
        return self.unit.item

    @property
    def parts(self) -> tuple[Shipment, ...]:
        """The shipments whose boxes are told now."""
        told = {box.shipment.key for box in self.unit.boxes}
        return tuple(part for part in self.unit.parts if part.key in told) or self.unit.parts


def code_of(case: Case, box: Box) -> DatedCode | None:
    """The marketplace's code for the carrier a box goes with; None = nobody mapped it (CF-03)."""
    service = box.service or case.usual_services.get(box.carrier, "")
    return case.marketplace.code_of(box.carrier, service, case.ship_date, case.codes, case.planned)


def reasons_of(case: Case) -> tuple[Reason, ...]:
    """Every reason that holds, the gravest first; an order nobody is told of has just that one."""
    if not case.marketplace.confirms:
        return (Reason("by_hand", {}, ""),)
    return tuple(reason for ask in _QUESTIONS for reason in ask(case))


def _each(ask: Callable[[Shipment], list[Reason]]) -> Callable[[Case], list[Reason]]:
    """The question put to every shipment that is told of."""

    def asked(case: Case) -> list[Reason]:
        if len(case.unit.parts) == 1:
            return ask(case.shipment)
        return [_of(reason, part) for part in case.parts for reason in ask(part)]

    return asked


def _of(reason: Reason, part: Shipment) -> Reason:
    return replace(reason, key=part.key, whose=part.recipient.name)


def _standing(shipment: Shipment) -> list[Reason]:
    stage, other = shipment.stage, shipment.stopped_by
    if stage is Stage.HOLD and not shipment.hold_reason and other is not None:
        values = {"order": other.order_id.number, "why": other.stops}
        return [Reason("bundle_stopped", values, "open_other", key=other.key)]
    code, repair = _STAGES.get(stage, ("", ""))
    if not code:
        return []
    return [Reason(code, {"reason": shipment.hold_reason} if stage is Stage.HOLD else {}, repair)]


_STAGES: Mapping[Stage, tuple[str, str]] = {
    Stage.CANCELLED: ("cancelled", "take_out"),
    Stage.HOLD: ("hold", "release"),
    Stage.CHECK: ("problems", "open_check"),
    Stage.WAITING: ("not_released", ""),
    Stage.SHIPPED: ("shipped_at_source", ""),
    Stage.NOT_OURS: ("not_ours", ""),
}


def _changed(shipment: Shipment) -> list[Reason]:
    fields = "・".join(dict.fromkeys(name for name, _, _ in shipment.changed))
    return [Reason("changed", {"fields": fields}, "open_check")] if fields else []


def _stopped(shipment: Shipment) -> list[Reason]:
    """A STOP cannot be approved away, whatever stage the facts led to."""
    stops = [p for p in shipment.problems if p.severity is Severity.STOP]
    return [Reason("stopped", {**stops[0].values, "problem": stops[0].code}, "open_check")] if stops else []


def _left_out(case: Case) -> list[Reason]:
    """The order was told as a whole, and then something of it turned up that the report knew nothing of."""
    return [_of(Reason("order_told", {}, ""), part) for part in case.unit.left_out]


def _numbers(case: Case) -> list[Reason]:
    several = len(case.unit.parts) > 1
    return [
        _of(reason, box.shipment) if several else reason
        for box in case.unit.boxes
        for reason in (*_number(case, box), *_promised(box.parcel))
    ]


def _contents(case: Case) -> list[Reason]:
    """More lines in one parcel than the marketplace takes for it."""
    most = case.unit.takes.lines_per_parcel
    if not most:
        return []
    counts = (len(box.lines) or _lines_of(box.shipment) for box in case.unit.boxes)
    fullest = max(counts, default=0)
    values = {"lines": str(fullest), "most": str(most), "marketplace": case.marketplace.name}
    return [Reason("too_many_lines", values, "")] if fullest > most else []


def _lines_of(shipment: Shipment) -> int:
    return sum(not line.deleted and line.quantity > 0 for line in shipment.lines)


def _promised(parcel: Parcel) -> list[Reason]:
    """The carrier's file gives this parcel another number, whatever proof the linked one once had (PK-07)."""
    if not parcel.tracking_no or parcel.file_no in ("", parcel.tracking_no):
        return []
    values = {"number": parcel.tracking_no, "promised": parcel.file_no}
    return [Reason("file_differs", values, "scan_again")]


def _number(case: Case, box: Box) -> list[Reason]:
    number, carrier = box.parcel.tracking_no, box.carrier
    if not number:
        return [Reason("no_number", {}, "track")]
    if is_untracked(number):
        return _without_number(case, box)
    if not carrier:
        return [Reason("no_carrier", {"number": number}, "set_carrier")]
    found = []
    code = code_of(case, box)
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


def _without_number(case: Case, box: Box) -> list[Reason]:
    """A parcel that travels without a number (SY-09): only where the marketplace is known to take that."""
    found = []
    if code_of(case, box) is None:
        found.append(Reason("no_mapping", {"carrier": box.carrier}, "set_carrier"))
    values = {"marketplace": case.marketplace.name}
    if box.shipment.cash_on_delivery:
        found.append(Reason("untracked_cash", values, "track"))
    elif set(case.flags) & set(case.unit.takes.numbered_flags):
        found.append(Reason("untracked_refused", values, "track"))
    elif not may_go_without(
        case.unit.takes.without_number, str(case.options.get("confirm.untracked")), case.by
    ):
        known = (
            "untracked_refused" if case.unit.takes.without_number in ("no", "file") else "untracked_unknown"
        )
        found.append(Reason(known, values, "track"))
    return found


def may_go_without(rule: str, said: str, by: str) -> bool:
    """Whether a parcel without a number may be told: what the shop says, else the marketplace's rule for this way."""
    if said != "auto":
        return said == "yes"
    return rule == "yes" or (rule == "file" and by == "file")


def _verified(case: Case) -> list[Reason]:
    """Of all of it, or, where a part is told first, of each box of that part."""
    if case.unit.whole:
        return _each(_proven)(case)
    unproven = any(not box.proven for box in case.unit.boxes)
    return [Reason("not_verified", {}, "scan_again")] if unproven else []


def _proven(shipment: Shipment) -> list[Reason]:
    return [] if shipment.facts.verified else [Reason("not_verified", {}, "scan_again")]


def _handed(case: Case) -> list[Reason]:
    """Where the shop says so, nothing is told before the driver has it (CF-02), or before the name on it was chosen as
    he took it (`pack.proof.also`)."""
    boxes, options = case.unit.boxes, case.options
    if options.get("confirm.after") == "handed_over" and any(box.handed_on() is None for box in boxes):
        return [Reason("not_handed_over", {}, "hand_over")]
    if options.get("pack.proof.also") == "handover" and not all(box.parcel.named for box in boxes):
        return [Reason("not_named", {}, "hand_over")]
    return []


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
    _each(_standing),
    _each(_changed),
    _each(_stopped),
    _left_out,
    _numbers,
    _contents,
    _verified,
    _handed,
    _dates,
    _bought,
    _objected,
    _refused,
)


def ship_date_of(boxes: Sequence[Box], today: date) -> date:
    """The day of the real hand-over, of the last box where there are several; today where it has not been noted of each
    (CF-02)."""
    days = [box.handed_on() for box in boxes]
    noted = [day for day in days if day is not None]
    return max(noted) if noted and len(noted) == len(days) else today
