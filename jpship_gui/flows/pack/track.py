"""Enter a tracking number for a named order, read twice (PK-01): the dialog's and the command line's flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jpship_gui.carriers import number_forms
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.packing.entry import (
    MISMATCH,
    Entered,
    Entry,
    begin,
    decide,
    judge,
    without_number,
)
from jpship_gui.domain.packing.outcomes import CLASSES, Klass, Outcome
from jpship_gui.domain.packing.second_entry import NOT_YET, Rule, decide_apart
from jpship_gui.domain.packing.world import PackView
from jpship_gui.domain.shipment import How
from jpship_gui.domain.tracking_no import Policy, check_number, grouped, is_untracked
from jpship_gui.flows import people
from jpship_gui.flows.own_carriers import called
from jpship_gui.flows.pack.record import Act, decide_and_record_all, record
from jpship_gui.flows.pack.second_entry import second_of, turn_of
from jpship_gui.flows.pack.surroundings import Surroundings
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import shipments
from jpship_gui.texts import known, text

__all__ = [
    "MISMATCH",
    "NOT_YET",
    "Pair",
    "TrackResult",
    "asks_apart",
    "look",
    "may_begin",
    "message_of",
    "track",
    "track_listed",
    "track_without",
]
_REASONS = {MISMATCH: "mismatch", NOT_YET: "not_yet"}  # in the journal, whose outcomes are the protocol's
_OWN = (MISMATCH, NOT_YET)  # outcomes the scan protocol does not know


@dataclass(frozen=True, slots=True)
class Pair:
    """An order and a number of a list."""

    key: str
    number: str
    carrier: str


@dataclass(frozen=True, slots=True)
class TrackResult:
    """What came of an entry. `outcome` is a code of the scan protocol, `MISMATCH` or `NOT_YET`; `doubtful` = a person
    may insist (`confirmed=True`); `verified` = the whole shipment is proven now."""

    outcome: str
    reason: str
    shipment: str
    order: str
    parcel: str
    number: str
    carrier: str
    values: Mapping[str, str]
    doubtful: bool = False

    @property
    def ok(self) -> bool:
        """Whether the number was taken (or, from `look`, may be confirmed)."""
        return self.klass is not Klass.NG

    @property
    def verified(self) -> bool:
        """Whether every parcel of the shipment is proven."""
        return self.outcome == Outcome.OK_DONE

    @property
    def klass(self) -> Klass:
        """Decides colour, shape and sound."""
        return Klass.NG if self.outcome in _OWN else CLASSES[Outcome(self.outcome)]


def may_begin(ws: Workspace, key: str) -> TrackResult | None:
    """What speaks against entering a number for a shipment (or the one parcel of `key`); None where nothing does.
    Raises Refused("shipment_unknown")."""
    case = _Case(ws, key, "", "", "", How.TYPED, False)
    found = begin(case.view, ws.desk, case.parcel if len(case.view.parcels) > 1 else "")
    return case.result(found) if found is not None else None


def look(ws: Workspace, key: str, first: str, carrier: str = "", *, confirmed: bool = False) -> TrackResult:
    """Judge the first reading alone, for the dialog; nothing is stored. OK_LINK = read it a second time.

    Raises Refused("shipment_unknown", "carrier_unknown").
    """
    case = _Case(ws, key, first, "", carrier, How.TYPED, confirmed)
    found = judge(case.world, case.view, case.entry, ws.desk, case.parcel)
    if found is None:
        number = case.world.number(first, case.entry.carrier).number
        found = Entered(Outcome.OK_LINK.value, "again", number, values={"number": number})
    return case.result(found)


def track(
    ws: Workspace,
    key: str,
    first: str,
    second: str,
    carrier: str = "",
    how: str = "typed",
    *,
    confirmed: bool = False,
) -> TrackResult:
    """Link a number to the shipment (or the one parcel) of `key` if both readings agree and nothing speaks
    against it.

    `how` is typed, scanned or pasted (from a list: nobody read it on the label, so it proves nothing); after a scan
    the shop may allow the last four digits as second reading. Where the shop asks for the second entry of a typed
    number by somebody else or later (`asks_apart`), the first one waits (reason `waits`; `second` may be blank) and the
    next call for the parcel is the second. Every outcome goes through the journal, an NG without changing anything but
    a waiting entry that an unequal one ends. Raises as `look`, and Refused("not_allowed") for what is not scanned.
    """
    if How(how) is not How.SCANNED:
        people.must(ws, people.Right.TYPE)
    case = _Case(ws, key, first, second, carrier, How(how), confirmed)
    if case.entry.how is How.TYPED and case.apart:
        turn = turn_of(ws, case.view, case.second, case.world.number(first, case.entry.carrier).number)
        found = decide_apart(case.world, case.view, case.entry, ws.desk, case.parcel, turn)
    else:
        found = decide(case.world, case.view, case.entry, ws.desk, case.parcel)
    act = _act(case, found)
    record(
        ws,
        "track",
        act.effects,
        raw=act.raw,
        outcome=act.outcome,
        reason=act.reason,
        shipment=act.shipment,
    )
    return case.result(found)


def track_listed(ws: Workspace, pairs: Sequence[Pair]) -> list[TrackResult]:
    """Link the first numbers of a pasted list, each as `track` would with "pasted", all of them with one sync. When
    this returns they are on disk. At least one is done; it ends before a pair whose judgement could depend on one done
    here: of the same shipment, or with the same number. Raises as `track`; then none of them counts as answered."""
    people.must(ws, people.Right.TYPE)
    results: list[TrackResult] = []

    def decided() -> Sequence[Act]:
        acts, seen = list[Act](), set[str]()
        for pair in pairs:
            case = _Case(ws, pair.key, pair.number, pair.number, pair.carrier, How.PASTED, False)
            found = decide(case.world, case.view, case.entry, ws.desk, case.parcel)
            names = {case.view.key, found.number} - {""}
            if names & seen:
                break
            seen |= names
            acts.append(_act(case, found))
            results.append(case.result(found))
        return acts

    decide_and_record_all(ws, "track", decided)
    return results


def _act(case: _Case, found: Entered) -> Act:
    own = found.outcome in _OWN
    return Act(
        found.effects,
        raw=f"{case.entry.first}\n{case.entry.second}".strip(),
        outcome=None if own else Outcome(found.outcome),
        reason=_REASONS.get(found.outcome, found.reason),
        shipment=case.view.key,
    )


def asks_apart(ws: Workspace, key: str) -> bool:
    """Whether a typed number of this shipment waits for its second entry by another person or later."""
    return second_of(_options(ws, key)).rule is not Rule.SAME


def track_without(ws: Workspace, key: str) -> TrackResult:
    """Close a shipment (or the one parcel of `key`) whose service gives no number; through the journal like `track`.
    Raises as `look`."""
    case = _Case(ws, key, "", "", "", How.TYPED, False)
    found = without_number(case.view, ws.desk, case.parcel if len(case.view.parcels) > 1 else "")
    outcome = Outcome(found.outcome)
    record(ws, "track", found.effects, raw="-", outcome=outcome, reason=found.reason, shipment=case.view.key)
    return case.result(found)


class _Case:
    """The shipment an entry is for, and the entry as its shop's settings make it."""

    def __init__(
        self, ws: Workspace, key: str, first: str, second: str, carrier: str, how: How, confirmed: bool
    ) -> None:
        wanted = key.strip().upper()
        self.world = Surroundings(ws)
        view = self.world.shipment(wanted)
        if view is None:
            raise Refused("shipment_unknown", key=key)
        if carrier and carrier not in ws.carriers():
            raise Refused("carrier_unknown", carrier=carrier, known=", ".join(ws.carriers()))
        self.view: PackView = view
        self.parcel = "" if wanted == view.key and len(view.parcels) > 1 else wanted
        planned = carrier or _planned(view, self.parcel)
        options = _options(ws, view.key)
        checked = check_number(first, ws.number_forms(), planned)
        reading = self.world.number(first, planned)
        self.proposal = checked.proposal
        unsure = checked.policy is Policy.CONFIRM or reading.reason == "never_seen"
        self.doubtful = unsure and not checked.proposal
        self.second = second_of(options)
        self.entry = Entry(
            first=first,
            second=second,
            carrier=planned,
            how=how,
            last4=bool(options.get("track.last4")),
            entry_proves=options.get("track.proof") != "strict" and how is not How.PASTED,
            insisted=confirmed and self.doubtful,
        )

    @property
    def apart(self) -> bool:
        """Whether the second entry is not the same person's at once."""
        return self.second.rule is not Rule.SAME

    def result(self, found: Entered) -> TrackResult:
        """The decision with what names it."""
        return TrackResult(
            outcome=found.outcome,
            reason=found.reason,
            shipment=self.view.key,
            order=self.view.order,
            parcel=found.parcel,
            number=found.number,
            carrier=self.entry.carrier,
            values={**found.values, "proposal": self.proposal} if self.proposal else found.values,
            doubtful=self.doubtful and not self.entry.insisted,
        )


def _planned(view: PackView, parcel: str) -> str:
    """Carrier of the named box, else of the first that lacks its number."""
    boxes = [box for box in view.parcels if box.key == parcel] or list(view.parcels)
    free = next((box for box in boxes if not box.tracking_no), boxes[0] if boxes else None)
    return free.carrier if free else ""


def _options(ws: Workspace, key: str) -> ShopOptions:
    shipment = shipments.by_key(ws.store, key)
    return ws.shop_options(shipment.order_id.shop) if shipment else ShopOptions({})


def message_of(result: TrackResult) -> str:
    """What happened and what to do, in the present language."""
    values = {name: str(value) for name, value in result.values.items()}
    values.setdefault("order", result.order)
    values["number"] = grouped(result.number, number_forms(), result.carrier)
    if is_untracked(result.number):
        values["number"] = text("track.untracked")
    for name in ("carrier", "other_carrier"):
        values[name] = called(values.get(name, result.carrier if name == "carrier" else ""))
    detail = f"tracking.{result.reason}"
    values["detail"] = text(detail) if result.reason and known(detail) else ""
    own = f"track.{result.outcome.lower()}.{result.reason}"
    return text(own if result.reason and known(own) else f"track.{result.outcome.lower()}", **values).strip()
