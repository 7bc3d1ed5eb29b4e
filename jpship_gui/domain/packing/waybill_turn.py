"""A waybill is read: linked to the open parcel, or read again to prove the link (PK-02, 07, 08; features 6.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jpship_gui.domain.packing import tick_turn, weight_turn
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.kinds import NumberReading, NumberState
from jpship_gui.domain.packing.outcomes import Expect, Outcome
from jpship_gui.domain.packing.state import RECHECK, SECOND
from jpship_gui.domain.packing.turn import Found, Turn, found
from jpship_gui.domain.packing.world import Block, Owner, PackParcel, PackView, Proof
from jpship_gui.domain.tracking_no import is_untracked, untracked_no


def read(turn: Turn, raw: str, view: PackView) -> NumberReading:
    """As a number of the next box's carrier; what the carrier's own file promised needs no further look."""
    carrier = _carrier(view)
    reading = turn.world.number(raw, carrier)
    promised = any(p.file_no == reading.number for p in view.parcels if p.file_no)
    if promised and reading.state is NumberState.OTHER_CARRIER:
        return NumberReading(reading.number, NumberState.GOOD, carrier)
    return reading


def number_read(turn: Turn, reading: NumberReading, view: PackView, expects: Expect) -> Found:
    """A code that is no goods, while no goods are expected."""
    if reading.state is NumberState.NO:
        return found(Outcome.NG_UNKNOWN, view)
    if expects is Expect.TICK:
        tick = next(t for t in view.ticks if t not in turn.state.ticked)
        return found(Outcome.ATT_TICK, view, values=tick_turn.words_of(view, tick))
    if expects in (Expect.WEIGHT, Expect.PHOTO):
        outcome = Outcome.ATT_WEIGHT if expects is Expect.WEIGHT else Outcome.ATT_PHOTO
        return found(outcome, view, reason="first")
    if expects is Expect.LABEL:
        return found(Outcome.NG_ORDER, view)
    if turn.state.round in (SECOND, RECHECK):
        return _read_again(turn, reading, view)
    return _link(turn, reading, view)


def proven(turn: Turn, view: PackView, parcel: str, proof: Proof) -> Found:
    """The open parcel's link has its second reading; what the carrier's file says otherwise no reading outweighs."""
    number = next((p.tracking_no for p in view.parcels if p.key == parcel), "")
    disputed = contradicted(turn, view, parcel)
    if disputed is not None:
        return disputed
    verify = Effect(Do.VERIFY, view.key, parcel, number=number, proof=proof)
    return _after_number(turn, view, parcel, (verify,))


def unproven(turn: Turn, view: PackView, parcel: str, skipped: tuple[Effect, ...]) -> Found:
    """The second reading was skipped: what is left of the parcel is asked, and it stays linked, not verified."""
    return _after_number(turn, view, parcel, skipped)


def without_number(turn: Turn, view: PackView, how: str) -> Found:
    """The next box is closed without a number, as its service gives none (SY-09)."""
    if turn.state.round == RECHECK:
        return _rechecked(turn, view, "", ())
    box = view.next_box
    assert box is not None
    number = untracked_no(box.key)
    link = Effect(Do.LINK, view.key, box.key, number=number, carrier=box.carrier, how=how)
    verify = Effect(Do.VERIFY, view.key, box.key, number=number, proof=Proof.UNTRACKED)
    done = _after_number(turn, view, box.key, (link, verify))
    return done if done.reason else replace(done, reason="untracked")


def name_asked(turn: Turn, view: PackView, parcel: str, number: str) -> Found:
    """Whose name stands on the waybill? The answer is awaited from now on (`name_turn`)."""
    choice = turn.world.name_choice(view.key, turn.state.choices.get(parcel, "").split())
    keys = " ".join(choice.keys)
    ask = Effect(Do.ASK, view.key, parcel, line=choice.right, number=number, contents=keys)
    names = "　".join(f"{n} {name}" for n, name in enumerate(choice.names, start=1))
    return found(Outcome.ATT_ASK, view, (ask,), "name", {"names": names})


def contradicted(turn: Turn, view: PackView, parcel: str) -> Found | None:
    """The NG of a link that is gone, or that the carrier's file or another shipment speaks against."""
    box = next((p for p in view.parcels if p.key == parcel), None)
    if box is None or not box.tracking_no:
        return found(Outcome.NG_ORDER, view)
    number = box.tracking_no
    if box.file_no and box.file_no != number:
        values = {"number": number, "promised": box.file_no}
        return found(Outcome.NG_OTHER_ORDER, view, reason="file", values=values)
    other = next((o for o in turn.world.owners(number) if o.shipment != view.key and not o.recycled), None)
    if other is None:
        return None
    values = {"number": number, "other": other.order}
    return found(Outcome.NG_OTHER_ORDER, view, reason="number", values=values)


def _link(turn: Turn, reading: NumberReading, view: PackView) -> Found:
    number = reading.number
    owners = turn.world.owners(number)
    wrong = claimed(number, owners, view) or bad(reading, view)
    if wrong is not None:
        return wrong
    box = _box_for(number, view)
    if box is None:
        return _not_promised(number, view)
    if view.goods and view.by_box and box != view.next_box:
        return found(Outcome.NG_ORDER, view, reason="box", values={"number": number})
    carrier = reading.carrier or box.carrier
    link = Effect(Do.LINK, view.key, box.key, number=number, carrier=carrier, how="scanned")
    if box.file_no == number:
        verify = Effect(Do.VERIFY, view.key, box.key, number=number, proof=Proof.FILE)
        return _after_number(turn, view, box.key, (link, verify))
    if view.proof is Proof.LABEL:
        label = Effect(Do.LABEL, view.key, box.key)
        return found(Outcome.OK_LINK, view, (link, label), "label", {"number": number})
    recycled = "recycled" if any(o.recycled for o in owners) else ""
    return _after_number(turn, view, box.key, (link,), recycled)


def _read_again(turn: Turn, reading: NumberReading, view: PackView) -> Found:
    """Double scan: the waybill must be the one linked to this slip before."""
    number = reading.number
    box = next((p for p in view.parcels if p.tracking_no == number), None)
    if box is not None and turn.state.round == RECHECK:
        if box.key in turn.state.boxes:
            return found(Outcome.ATT_NOTHING, view, reason="reread", values={"number": number})
        if box.verified or looked_at(view) or not independent(turn, box):
            return contradicted(turn, view, box.key) or _rechecked(turn, view, box.key, ())
    if box is not None and not box.verified:
        if not view.ask_name or box.file_no == number:
            return proven(turn, view, box.key, Proof.DOUBLE)
        return contradicted(turn, view, box.key) or name_asked(turn, view, box.key, number)
    if box is not None:
        values = {"number": number, "other": view.order}
        return found(Outcome.NG_DUPLICATE, view, reason="linked", values=values)
    others = [o for o in turn.world.owners(number) if o.shipment != view.key and not o.recycled]
    if others:
        values = {"number": number, "other": others[0].order}
        return found(Outcome.NG_OTHER_ORDER, view, reason="number", values=values)
    linked = "・".join(p.tracking_no for p in view.parcels)
    differs = found(Outcome.NG_OTHER_ORDER, view, reason="again", values={"number": number, "linked": linked})
    return bad(reading, view) or differs


def looked_at(view: PackView) -> bool:
    """Whether a recheck changes nothing of it any more: its number is told, or the marketplace calls it shipped."""
    return view.told or view.block in (Block.SENT, Block.SHIPPED)


def independent(turn: Turn, parcel: PackParcel) -> bool:
    """Whether reading again now is a second proof: another person, or another parcel in between."""
    return parcel.linked_by != turn.person or turn.world.linked_since(parcel)


def _rechecked(turn: Turn, view: PackView, parcel: str, effects: tuple[Effect, ...]) -> Found:
    """One more waybill agrees; once all do, the parcel is closed as it was, and a hold of an earlier recheck ends."""
    read = turn.state.boxes | {parcel}
    numbers = {p.key: p.tracking_no for p in view.parcels}
    left = [key for key, number in numbers.items() if key not in read and not is_untracked(number)]
    again = (Effect(Do.REREAD, view.key, parcel, number=numbers[parcel]),) if parcel else ()
    values = {"number": numbers.get(parcel, numbers[view.parcels[0].key]), "left": str(len(left))}
    if left:
        return found(Outcome.OK_LINK, view, (*effects, *again), "reread", values)
    ours = view.block is Block.HOLD and view.block_reason == turn.recheck_words
    release = (Effect(Do.RELEASE, view.key, reason=view.block_reason),) if ours else ()
    proofs = {p.key for p in view.parcels if p.verified} | {e.parcel for e in effects if e.do is Do.VERIFY}
    proven = proofs >= numbers.keys()
    done = Effect(Do.RECHECKED, view.key, how="look" if looked_at(view) else "")
    every = (*effects, *again, *release, done, Effect(Do.CLOSE, view.key))
    if proven:
        return found(Outcome.OK_DONE, view, every, "recheck", values)
    return found(Outcome.OK_RECHECK, view, every, "unproven", values)


def claimed(number: str, owners: Iterable[Owner], view: PackView) -> Found | None:
    """Somebody else's number: in use, void, or promised to another order by the carrier's file."""
    living = [o for o in owners if not o.recycled]
    used = next((o for o in living if o.linked), None)
    if used is not None:
        values = {"number": number, "other": used.order}
        return found(Outcome.NG_DUPLICATE, view, reason="linked", values=values)
    void = next((o for o in living if o.void), None)
    if void is not None:
        return found(
            Outcome.NG_DUPLICATE, view, reason="void", values={"number": number, "other": void.order}
        )
    promised = next((o for o in living if o.shipment != view.key), None)
    if promised is not None:
        values = {"number": number, "other": promised.order}
        return found(Outcome.NG_OTHER_ORDER, view, reason="number", values=values)
    return None


def bad(reading: NumberReading, view: PackView) -> Found | None:
    """A misread number, or another carrier's."""
    values = {"number": reading.number, "carrier": _carrier(view), "other_carrier": reading.carrier}
    if reading.state is NumberState.CHECK_DIGIT:
        return found(Outcome.NG_CHECKDIGIT, view, values=values)
    if reading.state is NumberState.OTHER_CARRIER:
        return found(Outcome.NG_CARRIER, view, values=values)
    return None


def _not_promised(number: str, view: PackView) -> Found:
    promised = "・".join(p.file_no for p in view.parcels if not p.tracking_no)
    values = {"number": number, "promised": promised}
    return found(Outcome.NG_OTHER_ORDER, view, reason="file", values=values)


def _after_number(
    turn: Turn, view: PackView, parcel: str, effects: tuple[Effect, ...], reason: str = ""
) -> Found:
    """Close when every box has what this round asks of it; complete once all are proven."""
    if turn.state.round == RECHECK:
        return _rechecked(turn, view, parcel, effects)
    boxes = {p.key for p in view.parcels}
    linked = {p.key for p in view.parcels if p.tracking_no} | {parcel}
    proofs = {p.key for p in view.parcels if p.verified} | {e.parcel for e in effects if e.do is Do.VERIFY}
    values = {"number": effects[0].number, "left": str(len(boxes - linked))}
    if turn.state.round != SECOND and weight_turn.still_to_weigh(turn, view, parcel):
        return found(Outcome.OK_LINK, view, effects, "weigh", values)
    close = (*tick_turn.left_out(turn.state.ticked, view), Effect(Do.CLOSE, view.key))
    if proofs >= boxes:
        return found(Outcome.OK_DONE, view, (*effects, *close), reason, values)
    if turn.state.round == SECOND or linked < boxes:
        return found(Outcome.OK_LINK, view, effects, "more", values)
    return found(Outcome.OK_LINK, view, (*effects, *close), reason, values)


def _carrier(view: PackView) -> str:
    """Of the first box that still lacks its number, else of the first."""
    box = next((p for p in view.parcels if not p.tracking_no), view.parcels[0] if view.parcels else None)
    return box.carrier if box else ""


def _box_for(number: str, view: PackView) -> PackParcel | None:
    """The free box this number was promised to, else the first free one nothing was promised to."""
    free = [p for p in view.parcels if not p.tracking_no]
    promised = next((p for p in free if p.file_no == number), None)
    return promised or next((p for p in free if not p.file_no), None)
