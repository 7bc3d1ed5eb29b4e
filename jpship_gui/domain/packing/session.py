"""The packing desk as a state machine: slip → goods → waybill, and every way to be wrong (features 6).

It decides and remembers nothing but effects; whoever calls it writes them to the journal before the answer is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from jpship_gui.domain.packing.commands import Command, command_of
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.kinds import (
    NumberReading,
    NumberState,
    goods_codes,
    shipment_key_of,
    tidy,
)
from jpship_gui.domain.packing.outcomes import CLASSES, Expect, Klass, Outcome
from jpship_gui.domain.packing.state import FIRST, FURTHER, SECOND, State, Track
from jpship_gui.domain.packing.world import Block, Goods, Owner, PackParcel, PackView, Proof, World


@dataclass(frozen=True, slots=True)
class Answer:
    """What a scan came to. `reason` narrows the outcome's words, `values` fill them; `expects` is what comes next."""

    raw: str
    outcome: Outcome
    expects: Expect
    shipment: str = ""
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()

    @property
    def klass(self) -> Klass:
        """Decides colour, shape and sound."""
        return CLASSES[self.outcome]

    @property
    def message_key(self) -> str:
        """Key of the words."""
        key = f"pack.{self.outcome.value.lower()}"
        return f"{key}.{self.reason}" if self.reason else key


@dataclass(frozen=True, slots=True)
class _Found:
    """A decision before it is made an answer."""

    outcome: Outcome
    effects: tuple[Effect, ...] = ()
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    shipment: str = ""


_BLOCKS: Mapping[Block, Outcome] = {
    Block.CANCELLED: Outcome.NG_CANCELLED,
    Block.CHANGED: Outcome.NG_CHANGED,
    Block.SHIPPED: Outcome.NG_DUPLICATE,
    Block.SENT: Outcome.NG_DUPLICATE,
}


class PackSession:
    """One desk's work. `person` is who scans now."""

    def __init__(self, world: World, desk: str, person: str = "") -> None:
        self.world = world
        self.desk = desk
        self.person = person
        self.track = Track()

    @property
    def state(self) -> State:
        """What the desk remembers."""
        return self.track.state

    def replay(self, effects: Iterable[Effect]) -> None:
        """Take over what one earlier scan did, as the journal tells it."""
        self.track = self.track.after(effects)

    def expects(self) -> Expect:
        """What is to be read next."""
        view = self.world.shipment(self.state.shipment) if self.state.shipment else None
        return expected(self.state, view)

    def scan(self, raw: str) -> Answer:
        """Decide about one text. The session has moved on when this returns; blank text is NG_UNKNOWN."""
        return self._answer(raw, self._decide(raw))

    def command(self, command: Command, reason: str = "") -> Answer:
        """A key or button of the packing page; the same as its bar code, with a reason where one was given."""
        return self._answer(f"[{command.value}]", self._command(command, reason))

    def _answer(self, raw: str, found: _Found) -> Answer:
        before = self.state.shipment
        effects = found.effects
        klass = CLASSES[found.outcome]
        if klass is Klass.NG and found.outcome is not Outcome.NG_LOCKED:
            effects = (*effects, Effect(Do.LOCK))
        self.track = self.track.after(effects)
        expects = self.expects()
        values = {"raw": tidy(raw), "expected": expects.value, **found.values}
        if klass is Klass.NG:
            values["expected"] = self._expected_unlocked().value
        shipment = found.shipment or before or self.state.shipment
        return Answer(raw, found.outcome, expects, shipment, found.reason, values, effects)

    def _expected_unlocked(self) -> Expect:
        state = self.state
        view = self.world.shipment(state.shipment) if state.shipment else None
        return expected(replace(state, locked=False), view)

    def _decide(self, raw: str) -> _Found:
        text = tidy(raw)
        command = command_of(text)
        if command is not None:
            return self._command(command, "")
        if self.state.locked:
            return _Found(Outcome.NG_LOCKED)
        if self.state.question is not None:
            return self._asked(text)
        key = shipment_key_of(text)
        if self.state.shipment:
            view = self.world.shipment(self.state.shipment)
            stopped = self._stopped(view)
            if stopped is not None or view is None:
                return stopped or _Found(Outcome.NG_UNKNOWN, (Effect(Do.ABANDON),))
            return self._key_inside(key, view) or self._inside(raw, text, view)
        return self._key_outside(key) or self._outside(raw, text)

    # --- nothing open ---------------------------------------------------------------------------------------------

    def _key_outside(self, key: str) -> _Found | None:
        view = self.world.shipment(key) if key else None
        if view is None:
            return None
        if self.state.reopening:
            return self._reopen(view, "barcode")
        return self._blocked(view) or self._busy(view) or self._open(view)

    def _open(self, view: PackView) -> _Found:
        if view.verified or any(p.handed_over for p in view.parcels):
            return self._found(Outcome.NG_DUPLICATE, view, reason="packed")
        values = {"order": view.order}
        if not view.linked:
            begun = view.checked and any(p.tracking_no for p in view.parcels)
            opened = Effect(Do.OPEN, view.key, how=FURTHER if begun else FIRST)
            return _Found(Outcome.OK_OPEN, (opened,), "", values, view.key)
        if not all(self._independent(p) for p in view.parcels if not p.verified):
            return self._found(Outcome.NG_ORDER, view, reason="too_soon")
        opened = Effect(Do.OPEN, view.key, how=SECOND)
        return _Found(Outcome.OK_OPEN, (opened,), "second", values, view.key)

    def _independent(self, parcel: PackParcel) -> bool:
        """Whether reading again now is a second proof: another person, or another parcel in between."""
        return parcel.linked_by != self.person or self.world.linked_since(parcel)

    def _outside(self, raw: str, text: str) -> _Found:
        reading = self.world.number(raw, "")
        owners = [o for o in self.world.owners(reading.number) if o.linked and not o.recycled]
        if owners:
            return self._waybill_alone(owners[0], reading)
        codes = goods_codes(text)
        if reading.state in (NumberState.GOOD, NumberState.OTHER_CARRIER) or self.world.goods(codes):
            return _Found(Outcome.NG_ORDER)
        return _Found(Outcome.NG_UNKNOWN)

    def _waybill_alone(self, owner: Owner, reading: NumberReading) -> _Found:
        """A packed parcel's waybill while nothing is open: hand-over where the shop proves by it."""
        view = self.world.shipment(owner.shipment)
        if view is None or view.proof is not Proof.HANDOVER:
            return _Found(Outcome.NG_ORDER, reason="linked", values={"order": owner.order})
        blocked = self._blocked(view)
        if blocked is not None:
            return blocked
        parcel = next(p for p in view.parcels if p.key == owner.parcel)
        if parcel.handed_over:
            return self._found(Outcome.NG_DUPLICATE, view, reason="handed_over")
        if parcel.verified:
            handed = Effect(Do.HAND_OVER, view.key, parcel.key)
            return self._found(Outcome.OK_DONE, view, (handed,), "handed_over")
        choice = self.world.name_choice(view.key)
        ask = Effect(Do.ASK, view.key, parcel.key, line=choice.right, number=reading.number)
        names = "　".join(f"{n} {name}" for n, name in enumerate(choice.names, start=1))
        return self._found(Outcome.ATT_ASK, view, (ask,), "name", {"names": names})

    # --- guards ---------------------------------------------------------------------------------------------------

    def _blocked(self, view: PackView) -> _Found | None:
        if view.block is None:
            return None
        outcome = _BLOCKS.get(view.block, Outcome.NG_HOLD)
        reason = "" if outcome.value.endswith(view.block.value.upper()) else view.block.value
        return self._found(outcome, view, reason=reason, values={"why": view.block_reason})

    def _busy(self, view: PackView) -> _Found | None:
        if not view.holder or view.holder == self.desk:
            return None
        busy = Effect(Do.BUSY, view.key)
        return self._found(Outcome.NG_BUSY, view, (busy,), values={"desk": view.holder})

    def _stopped(self, view: PackView | None) -> _Found | None:
        """What forbids going on with the open parcel; it is set aside with the NG."""
        if view is None:
            return None
        found = self._blocked(view)
        if found is None and view.holder and view.holder != self.desk:
            found = self._found(Outcome.NG_BUSY, view, values={"desk": view.holder})
        if found is None:
            return None
        return _Found(found.outcome, (*_aside(view), *found.effects), found.reason, found.values, view.key)

    # --- a parcel is open -----------------------------------------------------------------------------------------

    def _key_inside(self, key: str, view: PackView) -> _Found | None:
        other = self.world.shipment(key) if key else None
        if other is None:
            return None
        if other.key != view.key:
            return self._found(Outcome.NG_OTHER_ORDER, view, reason="slip", values={"other": other.order})
        if self.state.label_for and key != self.state.label_for:
            return self._found(Outcome.NG_ORDER, view, reason="label")
        if self.state.label_for:
            return self._prove(view, self.state.label_for, Proof.LABEL)
        return self._found(Outcome.OK_OPEN, view, reason="again")

    def _inside(self, raw: str, text: str, view: PackView) -> _Found:
        codes = goods_codes(text)
        line = line_of(view, codes, None)
        goods = self.world.goods(codes) if line is None else None
        line = line_of(view, codes, goods) if goods else line
        expects = expected(self.state, view)
        if expects is Expect.ITEM:
            return self._item_turn(raw, view, goods, line)
        reading = self._read(raw, view)
        if line is None and goods is None:
            return self._number_turn(reading, view, expects)
        if reading.state is not NumberState.GOOD or expects is Expect.LABEL:
            return self._wrong_goods(view, goods, line)
        if any(p.file_no == reading.number for p in view.parcels):
            return self._number_turn(reading, view, expects)
        ask = Effect(Do.ASK, view.key, number=text)
        return self._found(Outcome.ATT_ASK, view, (ask,), "kind")

    def _read(self, raw: str, view: PackView) -> NumberReading:
        """As a number of the next box's carrier; what the carrier's own file promised needs no further look."""
        reading = self.world.number(raw, _carrier(view))
        promised = any(p.file_no == reading.number for p in view.parcels if p.file_no)
        if promised and reading.state is NumberState.OTHER_CARRIER:
            return NumberReading(reading.number, NumberState.GOOD, _carrier(view))
        return reading

    def _item_turn(self, raw: str, view: PackView, goods: Goods | None, line: int | None) -> _Found:
        if line is not None:
            pieces = goods.pieces if goods else 1
            return self._count(view, line, pieces, "code")
        if goods is not None:
            return self._not_here(view, goods)
        if self._read(raw, view).state in (NumberState.GOOD, NumberState.OTHER_CARRIER):
            return self._found(Outcome.NG_ORDER, view)
        return self._found(Outcome.NG_UNKNOWN, view)

    def _count(self, view: PackView, line: int, pieces: int, how: str) -> _Found:
        line = self._free_line(view, line, pieces)
        wanted = view.lines[line].quantity
        had = self.state.counts.get(line, 0)
        values = {"goods": view.lines[line].name or view.lines[line].sku, "quantity": str(wanted)}
        if had + pieces > wanted:
            return self._found(Outcome.NG_OVER, view, values=values)
        item = Effect(Do.ITEM, view.key, line=line, pieces=pieces, how=how)
        total = sum(self.state.counts.values()) + pieces
        values |= {"done": str(total), "of": str(sum(x.quantity for x in view.lines))}
        if total < sum(x.quantity for x in view.lines):
            return self._found(Outcome.OK_ITEM, view, (item,), values=values)
        return self._found(
            Outcome.OK_ITEM_LAST, view, (item, Effect(Do.CHECKED, view.key, how=how)), values=values
        )

    def _free_line(self, view: PackView, line: int, pieces: int) -> int:
        """Another line of the same goods that still has room, where this one is full."""
        for index, other in enumerate(view.lines):
            room = other.quantity - self.state.counts.get(index, 0)
            if other.sku == view.lines[line].sku and room >= pieces:
                return index
        return line

    def _not_here(self, view: PackView, goods: Goods) -> _Found:
        needing = self.world.needing(goods)
        reason = "needed" if needing else ""
        return self._found(
            Outcome.NG_NOT_HERE, view, reason=reason, values={"goods": goods.sku, "other": needing}
        )

    def _wrong_goods(self, view: PackView, goods: Goods | None, line: int | None) -> _Found:
        """A code of goods when no goods are expected."""
        if line is None and goods is not None:
            return self._not_here(view, goods)
        if view.goods and line is not None and self.state.round == FIRST and not self.state.label_for:
            shown = view.lines[line]
            values = {"goods": shown.name or shown.sku, "quantity": str(shown.quantity)}
            return self._found(Outcome.NG_OVER, view, values=values)
        return self._found(Outcome.NG_ORDER, view)

    # --- waybills -------------------------------------------------------------------------------------------------

    def _number_turn(self, reading: NumberReading, view: PackView, expects: Expect) -> _Found:
        if reading.state is NumberState.NO:
            return self._found(Outcome.NG_UNKNOWN, view)
        if expects is Expect.TICK:
            tick = next(t for t in view.ticks if t not in self.state.ticked)
            return self._found(Outcome.ATT_TICK, view, values={"tick": tick})
        if expects is Expect.LABEL:
            return self._found(Outcome.NG_ORDER, view)
        if self.state.round == SECOND:
            return self._read_again(reading, view)
        return self._link(reading, view)

    def _bad_number(self, reading: NumberReading, view: PackView) -> _Found | None:
        values = {"number": reading.number, "carrier": _carrier(view), "other_carrier": reading.carrier}
        if reading.state is NumberState.CHECK_DIGIT:
            return self._found(Outcome.NG_CHECKDIGIT, view, values=values)
        if reading.state is NumberState.OTHER_CARRIER:
            return self._found(Outcome.NG_CARRIER, view, values=values)
        return None

    def _link(self, reading: NumberReading, view: PackView) -> _Found:
        number = reading.number
        owners = self.world.owners(number)
        wrong = self._claimed(number, owners, view) or self._bad_number(reading, view)
        if wrong is not None:
            return wrong
        box = _box_for(number, view)
        if box is None:
            return self._not_in_file(number, view)
        link = Effect(
            Do.LINK, view.key, box.key, number=number, carrier=reading.carrier or box.carrier, how="scanned"
        )
        proven = box.file_no == number
        effects = [link]
        if proven:
            effects.append(Effect(Do.VERIFY, view.key, box.key, number=number, proof=Proof.FILE))
        elif view.proof is Proof.LABEL:
            effects.append(Effect(Do.LABEL, view.key, box.key))
            return self._found(Outcome.OK_LINK, view, tuple(effects), "label", {"number": number})
        recycled = "recycled" if any(o.recycled for o in owners) else ""
        return self._after_number(view, box.key, effects, number, recycled)

    def _claimed(self, number: str, owners: Iterable[Owner], view: PackView) -> _Found | None:
        """Somebody else's number: in use, or promised to another order by the carrier's file."""
        values = {"number": number}
        living = [o for o in owners if not o.recycled]
        for owner in living:
            if owner.linked:
                values["other"] = owner.order
                return self._found(Outcome.NG_DUPLICATE, view, reason="linked", values=values)
        for owner in living:
            if owner.shipment != view.key:
                values["other"] = owner.order
                return self._found(Outcome.NG_OTHER_ORDER, view, reason="number", values=values)
        return None

    def _not_in_file(self, number: str, view: PackView) -> _Found:
        promised = "・".join(p.file_no for p in view.parcels if not p.tracking_no)
        values = {"number": number, "promised": promised}
        return self._found(Outcome.NG_OTHER_ORDER, view, reason="file", values=values)

    def _read_again(self, reading: NumberReading, view: PackView) -> _Found:
        """Double scan: the waybill must be the one linked to this slip before."""
        number = reading.number
        box = next((p for p in view.parcels if p.tracking_no == number), None)
        if box is not None and not box.verified:
            return self._prove(view, box.key, Proof.DOUBLE)
        if box is not None:
            return self._found(
                Outcome.NG_DUPLICATE, view, reason="linked", values={"number": number, "other": view.order}
            )
        others = [o for o in self.world.owners(number) if o.shipment != view.key and not o.recycled]
        if others:
            values = {"number": number, "other": others[0].order}
            return self._found(Outcome.NG_OTHER_ORDER, view, reason="number", values=values)
        wrong = self._bad_number(reading, view)
        linked = "・".join(p.tracking_no for p in view.parcels)
        values = {"number": number, "linked": linked}
        return wrong or self._found(Outcome.NG_OTHER_ORDER, view, reason="again", values=values)

    def _prove(self, view: PackView, parcel: str, proof: Proof) -> _Found:
        number = next((p.tracking_no for p in view.parcels if p.key == parcel), "")
        return self._after_number(
            view, parcel, [Effect(Do.VERIFY, view.key, parcel, number=number, proof=proof)], number
        )

    def _after_number(
        self, view: PackView, parcel: str, effects: list[Effect], number: str, reason: str = ""
    ) -> _Found:
        """Close when every box has what this round asks of it; complete once all are proven."""
        linked = {p.key for p in view.parcels if p.tracking_no} | {parcel}
        proven = {p.key for p in view.parcels if p.verified}
        proven |= {e.parcel for e in effects if e.do is Do.VERIFY}
        boxes = {p.key for p in view.parcels}
        values = {"number": number, "order": view.order, "left": str(len(boxes - linked))}
        if proven >= boxes:
            done = (*effects, Effect(Do.CLOSE, view.key))
            return self._found(Outcome.OK_DONE, view, done, reason, values)
        if self.state.round == SECOND or linked < boxes:
            return self._found(Outcome.OK_LINK, view, tuple(effects), "more", values)
        closed = (*effects, Effect(Do.CLOSE, view.key))
        return self._found(Outcome.OK_LINK, view, closed, reason, values)

    # --- questions and commands -----------------------------------------------------------------------------------

    def _asked(self, text: str) -> _Found:
        question = self.state.question
        assert question is not None
        view = self.world.shipment(question.shipment)
        if view is None:
            return _Found(Outcome.ATT_NOTHING, (Effect(Do.ANSWERED),))
        if not question.right:
            return self._found(Outcome.ATT_ASK, view, reason="kind")
        answered = Effect(Do.ANSWERED)
        if not (text.isdigit() and len(text) == 1):
            return self._found(Outcome.ATT_ASK, view, reason="name_number")
        if int(text) != question.right:
            return self._found(Outcome.NG_OTHER_ORDER, view, (answered,), "name", {"number": question.number})
        stopped = self._blocked(view)
        if stopped is not None:
            return _Found(stopped.outcome, (answered,), stopped.reason, stopped.values, view.key)
        proof = Effect(Do.VERIFY, view.key, question.parcel, number=question.number, proof=Proof.HANDOVER)
        handed = Effect(Do.HAND_OVER, view.key, question.parcel)
        return self._found(Outcome.OK_DONE, view, (answered, proof, handed), "handed_over")

    def _command(self, command: Command, reason: str) -> _Found:
        if self.state.locked and command is not Command.ACK:
            return _Found(Outcome.NG_LOCKED)
        if self.state.question is not None and command not in _IN_QUESTION:
            kind = "name_number" if self.state.question.right else "kind"
            return _Found(Outcome.ATT_ASK, reason=kind, shipment=self.state.question.shipment)
        return _COMMANDS[command](self, reason)

    def _acknowledge(self, reason: str) -> _Found:
        if not self.state.locked:
            return _Found(Outcome.ATT_NOTHING)
        return _Found(Outcome.OK_ACK, (Effect(Do.UNLOCK),))

    def _undo(self, reason: str) -> _Found:
        if self.state.question is not None:
            return _Found(Outcome.OK_UNDO, (Effect(Do.ANSWERED),))
        if not self.track.past:
            return _Found(Outcome.ATT_NOTHING)
        _, effects = self.track.past[-1]
        key = next((e.shipment for e in effects if e.shipment), "")
        view = self.world.shipment(key)
        if view is not None and view.block is Block.SENT:
            return self._found(Outcome.ATT_NOTHING, view, reason="sent")
        back = [inverse for e in reversed(effects) if (inverse := e.inverse()) is not None]
        return _Found(Outcome.OK_UNDO, (Effect(Do.UNDO, key), *back), shipment=key)

    def _restart(self, reason: str) -> _Found:
        view = self._open_view()
        if view is None:
            return _Found(Outcome.ATT_NOTHING)
        effects = (*_all_back(view), Effect(Do.RESTART, view.key, reason=reason))
        return self._found(Outcome.OK_RESTART, view, effects)

    def _next(self, reason: str) -> _Found:
        view = self._open_view()
        if view is None:
            return _Found(Outcome.ATT_NOTHING)
        return self._found(Outcome.OK_NEXT, view, _aside(view, reason))

    def _hold(self, reason: str) -> _Found:
        view = self._open_view()
        if view is None:
            return _Found(Outcome.ATT_NOTHING)
        held = Effect(Do.HOLD, view.key, reason=reason or "desk")
        return self._found(Outcome.OK_HOLD, view, (held, *_aside(view)))

    def _tick(self, reason: str) -> _Found:
        view = self._open_view()
        waiting = [t for t in view.ticks if t not in self.state.ticked] if view else []
        if view is None or not waiting or self.state.round == SECOND:
            return _Found(Outcome.ATT_NOTHING)
        stopped = self._stopped(view)
        if stopped is not None:
            return stopped
        tick = Effect(Do.TICK, view.key, reason=waiting[0])
        return self._found(Outcome.OK_TICK, view, (tick,), values={"tick": waiting[0]})

    def _by_eye(self, reason: str) -> _Found:
        view = self._open_view()
        if view is None or expected(self.state, view) is not Expect.ITEM:
            return _Found(Outcome.ATT_NOTHING)
        stopped = self._stopped(view)
        if stopped is not None:
            return stopped
        line = next(i for i, wanted in enumerate(view.lines) if self.state.counts.get(i, 0) < wanted.quantity)
        return self._count(view, line, 1, "eye")

    def _it_was_goods(self, reason: str) -> _Found:
        asked = self._doubtful()
        if asked is None:
            return _Found(Outcome.ATT_NOTHING)
        view, text = asked
        codes = goods_codes(text)
        goods = self.world.goods(codes)
        found = self._wrong_goods(view, goods, line_of(view, codes, goods))
        return _Found(
            found.outcome, (Effect(Do.ANSWERED), *found.effects), found.reason, found.values, view.key
        )

    def _it_was_the_waybill(self, reason: str) -> _Found:
        asked = self._doubtful()
        if asked is None:
            return _Found(Outcome.ATT_NOTHING)
        view, text = asked
        found = self._stopped(view) or self._number_turn(
            self._read(text, view), view, expected(replace(self.state, question=None), view)
        )
        return _Found(
            found.outcome, (Effect(Do.ANSWERED), *found.effects), found.reason, found.values, view.key
        )

    def _doubtful(self) -> tuple[PackView, str] | None:
        question = self.state.question
        view = self.world.shipment(question.shipment) if question and not question.right else None
        return (view, question.number) if view and question else None

    def _ask_reopen(self, reason: str) -> _Found:
        if self.state.shipment:
            return _Found(Outcome.ATT_NOTHING, reason="open_first")
        return _Found(Outcome.OK_REOPEN, (Effect(Do.REOPENING),), "slip")

    def reopen(self, key: str, reason: str) -> Answer:
        """Open a packed parcel again: its numbers are taken back and packing starts over (PK-11)."""
        view = self.world.shipment(key)
        if view is None or self.state.shipment or self.state.locked:
            return self._answer(f"[REOPEN] {key}", _Found(Outcome.ATT_NOTHING))
        return self._answer(f"[REOPEN] {key}", self._reopen(view, reason))

    def _reopen(self, view: PackView, reason: str) -> _Found:
        ready = Effect(Do.REOPENED)
        if view.block in (Block.SENT, Block.SHIPPED):
            return self._found(Outcome.NG_DUPLICATE, view, (ready,), view.block.value)
        stopped = self._blocked(view) or self._busy(view)
        if stopped is not None:
            return _Found(
                stopped.outcome, (ready, *stopped.effects), stopped.reason, stopped.values, view.key
            )
        opened = Effect(Do.OPEN, view.key, how=FIRST, reason=reason)
        return self._found(Outcome.OK_REOPEN, view, (*_all_back(view), opened))

    def _take_over(self, reason: str) -> _Found:
        view = self.world.shipment(self.state.busy) if self.state.busy and not self.state.shipment else None
        if view is None:
            return _Found(Outcome.ATT_NOTHING)
        found = self._blocked(view) or self._open(view)
        return found if found.outcome is not Outcome.OK_OPEN else self._taken(found, view.holder)

    def _taken(self, found: _Found, holder: str) -> _Found:
        opened = [
            Effect(e.do, e.shipment, how=e.how, reason=f"takeover {holder}") if e.do is Do.OPEN else e
            for e in found.effects
        ]
        return _Found(found.outcome, tuple(opened), found.reason, found.values, found.shipment)

    def _open_view(self) -> PackView | None:
        return self.world.shipment(self.state.shipment) if self.state.shipment else None

    def _found(
        self,
        outcome: Outcome,
        view: PackView,
        effects: tuple[Effect, ...] = (),
        reason: str = "",
        values: Mapping[str, str] | None = None,
    ) -> _Found:
        return _Found(outcome, effects, reason, {"order": view.order, **(values or {})}, view.key)


def expected(state: State, view: PackView | None) -> Expect:
    """What the desk waits for in this state of this parcel."""
    if state.locked:
        return Expect.ACK
    if state.question is not None:
        return Expect.NAME if state.question.right else Expect.ASK
    if not state.shipment or view is None:
        return Expect.SLIP
    if state.label_for:
        return Expect.LABEL
    if state.round != FIRST:
        return Expect.WAYBILL
    if view.goods and any(state.counts.get(i, 0) < line.quantity for i, line in enumerate(view.lines)):
        return Expect.ITEM
    return Expect.WAYBILL if state.ticked >= set(view.ticks) else Expect.TICK


def line_of(view: PackView, codes: Iterable[str], goods: Goods | None) -> int | None:
    """Index of the line that the codes, or the goods they mean, belong to."""
    wanted = set(codes)
    sku = goods.sku.upper() if goods else ""
    return next(
        (i for i, line in enumerate(view.lines) if line.codes & wanted or (sku and line.sku.upper() == sku)),
        None,
    )


def _carrier(view: PackView) -> str:
    """Of the first box that still lacks its number, else of the first."""
    box = next((p for p in view.parcels if not p.tracking_no), view.parcels[0] if view.parcels else None)
    return box.carrier if box else ""


def _box_for(number: str, view: PackView) -> PackParcel | None:
    """The free box this number was promised to, else the first free one nothing was promised to."""
    free = [p for p in view.parcels if not p.tracking_no]
    promised = next((p for p in free if p.file_no == number), None)
    return promised or next((p for p in free if not p.file_no), None)


def _all_back(view: PackView) -> tuple[Effect, ...]:
    """Everything this shipment gained at the desk, taken back."""
    effects = [Effect(Do.UNCHECKED, view.key)] if view.checked else []
    for box in view.parcels:
        if box.handed_over:
            effects.append(Effect(Do.UNHAND, view.key, box.key))
        if box.verified:
            effects.append(Effect(Do.UNVERIFY, view.key, box.key))
        if box.tracking_no:
            effects.append(Effect(Do.UNLINK, view.key, box.key, number=box.tracking_no, carrier=box.carrier))
    return tuple(effects)


def _aside(view: PackView, reason: str = "") -> tuple[Effect, ...]:
    """Close without finishing; goods that left the desk unlinked count as unchecked again."""
    back = (
        (Effect(Do.UNCHECKED, view.key),)
        if view.checked and not any(p.tracking_no for p in view.parcels)
        else ()
    )
    return (*back, Effect(Do.ABANDON, view.key, reason=reason))


_IN_QUESTION = frozenset(
    {Command.ACK, Command.UNDO, Command.GOODS, Command.WAYBILL, Command.NEXT, Command.HOLD}
)

_COMMANDS: Mapping[Command, Callable[[PackSession, str], _Found]] = {
    Command.ACK: PackSession._acknowledge,
    Command.UNDO: PackSession._undo,
    Command.RESTART: PackSession._restart,
    Command.NEXT: PackSession._next,
    Command.HOLD: PackSession._hold,
    Command.TICK: PackSession._tick,
    Command.BYEYE: PackSession._by_eye,
    Command.GOODS: PackSession._it_was_goods,
    Command.WAYBILL: PackSession._it_was_the_waybill,
    Command.REOPEN: PackSession._ask_reopen,
    Command.TAKEOVER: PackSession._take_over,
}
