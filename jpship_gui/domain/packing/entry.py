"""A tracking number entered for a named order, twice: for shops that do not scan slips (PK-01, 02, 07,
08)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.kinds import NumberReading, NumberState
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.world import Block, PackParcel, PackView, Proof, World
from jpship_gui.domain.shipment import How
from jpship_gui.domain.tracking_no import normalise, untracked_no

MISMATCH = "NG_MISMATCH"  # the two readings differ; the scan protocol has no code for it
_LAST = 4
_BLOCKS: Mapping[Block, Outcome] = {
    Block.CANCELLED: Outcome.NG_CANCELLED,
    Block.CHANGED: Outcome.NG_CHANGED,
    Block.SHIPPED: Outcome.NG_DUPLICATE,
    Block.SENT: Outcome.NG_DUPLICATE,
}  # every other block is NG_HOLD


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person gave. `last4` = the shop lets a scanned number be confirmed by its last four digits;
    `entry_proves` = two equal readings count as proof; `insisted` = a person insists on a number that may
    be taken on a second confirmation."""

    first: str
    second: str
    carrier: str
    how: How = How.TYPED
    last4: bool = False
    entry_proves: bool = True
    insisted: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """The decision: an outcome of the scan protocol or `MISMATCH`, narrowed by `reason`, with what is to
    be recorded."""

    outcome: str
    reason: str = ""
    number: str = ""
    parcel: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the number was taken."""
        return self.outcome.startswith("OK")


def judge(world: World, view: PackView, entry: Entry, desk: str, parcel: str = "") -> Entered | None:
    """What is wrong with the first reading alone; None where it may be confirmed. `parcel` names one box."""
    stopped = _stopped(view, desk)
    if stopped is not None:
        return stopped
    reading = _read(world, view, entry)
    found = _claimed(world, view, reading) or _bad(reading, entry)
    if found is not None:
        return found
    box = box_for(view, reading.number, parcel)
    if box is None:
        return _no_box(view, reading.number, parcel)
    if box.file_no and box.file_no != reading.number:  # linked before the file came, which says otherwise
        values = {"number": reading.number, "promised": box.file_no, "order": view.order}
        return Entered(Outcome.NG_OTHER_ORDER.value, "file", reading.number, values=values)
    return None


def decide(world: World, view: PackView, entry: Entry, desk: str, parcel: str = "") -> Entered:
    """Both readings: link the number, and prove it by the carrier's file or by having been read twice."""
    wrong = judge(world, view, entry, desk, parcel)
    if wrong is not None:
        return wrong
    reading = _read(world, view, entry)
    number = reading.number
    if not agrees(entry, number):
        return Entered(MISMATCH, number=number, values={"first": number, "second": normalise(entry.second)})
    box = box_for(view, number, parcel)
    assert box is not None
    effects: list[Effect] = []
    if box.tracking_no != number:
        carrier = entry.carrier or box.carrier
        link = Effect(Do.LINK, view.key, box.key, number=number, carrier=carrier, how=entry.how.value)
        effects.append(link)
    proof = Proof.FILE if box.file_no == number else Proof.ENTRY if entry.entry_proves else None
    if proof is not None and not box.verified:
        effects.append(Effect(Do.VERIFY, view.key, box.key, number=number, proof=proof))
    return _done(world, view, box, number, tuple(effects))


def begin(view: PackView, desk: str, parcel: str = "") -> Entered | None:
    """What speaks against entering any number for this shipment; None where it may begin."""
    stopped = _stopped(view, desk)
    if stopped is not None:
        return stopped
    boxes = [box for box in view.parcels if parcel in ("", box.key)]
    return _no_box(view, "", parcel) if all(box.verified and box.tracking_no for box in boxes) else None


def without_number(view: PackView, desk: str, parcel: str = "") -> Entered:
    """Boxes whose service gives no number (SY-09) are done without one; `parcel` names one, "" = all that are left."""
    stopped = _stopped(view, desk)
    if stopped is not None:
        return stopped
    boxes = [b for b in view.parcels if b.untracked and not b.tracking_no and parcel in ("", b.key)]
    if not boxes:
        return Entered(Outcome.NG_ORDER.value, "tracked", values={"order": view.order})
    effects: list[Effect] = []
    for box in boxes:
        number = untracked_no(box.key)
        effects.append(
            Effect(Do.LINK, view.key, box.key, number=number, carrier=box.carrier, how="untracked")
        )
        effects.append(Effect(Do.VERIFY, view.key, box.key, number=number, proof=Proof.UNTRACKED))
    closed = {box.key for box in boxes} | {box.key for box in view.parcels if box.verified}
    done = closed >= {box.key for box in view.parcels}
    outcome = Outcome.OK_DONE if done else Outcome.OK_LINK
    values = {"number": effects[0].number, "order": view.order, "left": str(len(view.parcels) - len(closed))}
    return Entered(
        outcome.value,
        "untracked" if done else "more",
        effects[0].number,
        boxes[0].key,
        values,
        tuple(effects),
    )


def _done(world: World, view: PackView, box: PackParcel, number: str, effects: tuple[Effect, ...]) -> Entered:
    linked = {p.key for p in view.parcels if p.tracking_no} | {box.key}
    proven = {p.key for p in view.parcels if p.verified} | {e.parcel for e in effects if e.do is Do.VERIFY}
    boxes = {p.key for p in view.parcels}
    recycled = any(owner.recycled and owner.parcel != box.key for owner in world.owners(number))
    outcome = Outcome.OK_DONE if proven >= boxes else Outcome.OK_LINK
    reason = "more" if linked < boxes else "recycled" if recycled else ""
    values = {"number": number, "order": view.order, "left": str(len(boxes - linked))}
    return Entered(outcome.value, reason, number, box.key, values, effects)


def _stopped(view: PackView, desk: str) -> Entered | None:
    if view.block is not None:
        outcome = _BLOCKS.get(view.block, Outcome.NG_HOLD)
        reason, values = view.block.value, {"why": view.block_reason, "order": view.order}
        if view.block_of:
            reason = "bundled" if view.block is Block.BUNDLED else "together"
            values["other"] = view.block_of
        return Entered(outcome.value, reason, values=values)
    if view.holder and view.holder != desk:
        return Entered(Outcome.NG_BUSY.value, values={"desk": view.holder, "order": view.order})
    return None


def _read(world: World, view: PackView, entry: Entry) -> NumberReading:
    """What the carrier's own file promised needs no further look."""
    reading = world.number(entry.first, entry.carrier)
    promised = any(box.file_no == reading.number for box in view.parcels if box.file_no)
    return NumberReading(reading.number, NumberState.GOOD, entry.carrier) if promised else reading


def _claimed(world: World, view: PackView, reading: NumberReading) -> Entered | None:
    """Somebody else's number: linked elsewhere, void, or promised to another order by the carrier's file."""
    number = reading.number
    living = [owner for owner in world.owners(number) if not owner.recycled]
    for owner in living:
        own = next((box for box in view.parcels if box.key == owner.parcel), None)
        if owner.linked and (own is None or own.verified):
            values = {"number": number, "other": owner.order}
            return Entered(Outcome.NG_DUPLICATE.value, "linked", number, values=values)
    for owner in living:
        if owner.void:
            values = {"number": number, "other": owner.order}
            return Entered(Outcome.NG_DUPLICATE.value, "void", number, values=values)
        if owner.shipment != view.key:
            values = {"number": number, "other": owner.order}
            return Entered(Outcome.NG_OTHER_ORDER.value, "number", number, values=values)
    return None


def _bad(reading: NumberReading, entry: Entry) -> Entered | None:
    values = {"number": reading.number, "carrier": entry.carrier, "other_carrier": reading.carrier}
    outcome = _STATES.get(reading.state)
    if outcome is None or entry.insisted:
        return None
    return Entered(outcome.value, reading.reason, reading.number, values=values)


_STATES: Mapping[NumberState, Outcome] = {
    NumberState.CHECK_DIGIT: Outcome.NG_CHECKDIGIT,
    NumberState.OTHER_CARRIER: Outcome.NG_CARRIER,
    NumberState.NO: Outcome.NG_UNKNOWN,
}


def agrees(entry: Entry, number: str) -> bool:
    """Whether the second reading says the same: in full, or the last four digits of one that was scanned."""
    second = normalise(entry.second)
    if second == normalise(entry.first):
        return True
    short = entry.last4 and entry.how is How.SCANNED and len(second) == _LAST
    return short and number.endswith(second)


def box_for(view: PackView, number: str, parcel: str) -> PackParcel | None:
    """The box that has this number unproven, else the one it was promised to, else the first nothing was
    promised to."""
    boxes = [box for box in view.parcels if not parcel or box.key == parcel]
    linked = next((box for box in boxes if box.tracking_no == number), None)
    free = [box for box in boxes if not box.tracking_no]
    promised = next((box for box in free if box.file_no == number), None)
    return linked or promised or next((box for box in free if not box.file_no), None)


def _no_box(view: PackView, number: str, parcel: str) -> Entered:
    """Every box has its number, or the carrier's file promises others to the free ones."""
    boxes = [box for box in view.parcels if not parcel or box.key == parcel]
    promised = [box.file_no for box in boxes if not box.tracking_no and box.file_no]
    values = {"number": number, "promised": "・".join(promised), "order": view.order}
    if promised:
        return Entered(Outcome.NG_OTHER_ORDER.value, "file", number, values=values)
    values["linked"] = "・".join(box.tracking_no for box in boxes)
    return Entered(Outcome.NG_DUPLICATE.value, "has_number", number, values=values)
