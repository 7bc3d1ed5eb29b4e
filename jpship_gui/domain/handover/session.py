"""The hand-over as a state machine: begin, read each waybill the driver takes, finish (PK-21, hand-over proof of 6.3).

It decides and remembers nothing but effects; whoever calls it writes them to the journal before the answer is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from jpship_gui.domain.badge import code_on, is_badge
from jpship_gui.domain.handover import piece_turn
from jpship_gui.domain.handover.finding import Found, Now
from jpship_gui.domain.handover.state import DAY, END, NAME, State, Track
from jpship_gui.domain.handover.world import Left, Session, Standing, Waiting, Way, World
from jpship_gui.domain.packing.commands import Command, command_of
from jpship_gui.domain.packing.crew import ANYBODY, Crew
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.kinds import tidy
from jpship_gui.domain.packing.outcomes import CLASSES, Klass, Outcome
from jpship_gui.domain.packing.world import Away
from jpship_gui.domain.roles import Right


@dataclass(frozen=True, slots=True)
class Answer:
    """What a scan came to. Words from `handover.<outcome>[.<reason>]`, filled by `values`; `expects` from
    `handover.expects.<expects>`; `names` are to be chosen from and stand in no journal."""

    raw: str
    outcome: Outcome
    expects: str
    shipment: str = ""
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()

    @property
    def klass(self) -> Klass:
        """Decides colour, shape and sound."""
        return CLASSES[self.outcome]

    @property
    def message_key(self) -> str:
        """Key of the words."""
        key = f"handover.{self.outcome.value.lower()}"
        return f"{key}.{self.reason}" if self.reason else key


def expected(state: State) -> str:
    """What is to be read or answered next: ack, name, day, end, waybill, or begin."""
    if state.locked:
        return "ack"
    if state.question is not None:
        return state.question.kind
    return "waybill" if state.session else "begin"


class HandoverSession:
    """One desk's part in hand-overs. `way` and `place` are where the next one begins, `new_id` names it."""

    def __init__(
        self,
        world: World,
        new_id: Callable[[], str],
        way: Way = Way.DRIVER,
        place: str = "",
        name_words: str = "name",
        person: str = "",
        crew: Crew = ANYBODY,
    ) -> None:
        self.world = world
        self.way, self.place = way, place
        self.name_words = name_words
        self.track = Track()
        self._person, self._crew = person, crew
        self._new_id = new_id

    @property
    def state(self) -> State:
        """What the desk remembers."""
        return self.track.state

    @property
    def person(self) -> str:
        """Who scans now: whose badge was read, else who this desk is set up for."""
        return self.track.who or self._person

    def replay(self, effects: Iterable[Effect]) -> None:
        """Take over what one earlier scan did, as the journal tells it."""
        self.track = self.track.after(effects)

    def scan(self, raw: str) -> Answer:
        """Decide about one text."""
        return self._answer(raw, self._decided(lambda: self._decide(raw)))

    def command(self, command: Command) -> Answer:
        """A key or button; the same as its bar code."""
        return self._answer(f"[{command.value}]", self._decided(lambda: self._given(command)))

    def ignore(self, raw: str, reason: str) -> Answer:
        """A code that does not count, as the scanner's blank time judged it; nothing changes."""
        return self._answer(raw, Found(Outcome.ATT_NOTHING, reason=reason))

    def begin(self, carrier: str, way: Way, place: str) -> Answer:
        """Begin one for a carrier, or join the one that runs for it at another desk."""
        self.way, self.place = way, place

        def decide() -> Found:
            return self._stopped() or self._running_here() or self._begun(carrier)

        return self._answer(f"[BEGIN] {carrier}", self._decided(decide))

    def mark(self, parcel: str, reason: Left | None) -> Answer:
        """Note why a parcel that waits stays here; None takes that back."""
        return self._answer(
            f"[LEFT] {parcel}", self._decided(lambda: self._stopped() or self._marked(parcel, reason))
        )

    def finish(self, driver: str = "", note: str = "") -> Answer:
        """End it for all desks, whatever remains: a person looked at the list and said so."""
        return self._answer("[END]", self._decided(lambda: self._stopped() or self._ended(driver, note)))

    def _now(self) -> Now:
        return Now(self.world, self.track, self.name_words)

    def _decided(self, decide: Callable[[], Found]) -> Found:
        """What cannot be known without the database is refused, whatever it is: nothing is guessed."""
        try:
            return decide()
        except Away:
            return Found(Outcome.NG_AWAY, reason="running" if self.state.session else "")

    def _answer(self, raw: str, decided: Found) -> Answer:
        effects = decided.effects
        if CLASSES[decided.outcome] is Klass.NG and decided.outcome is not Outcome.NG_LOCKED:
            effects = (*effects, Effect(Do.LOCK))
        self.track = self.track.after(effects)
        values = {"raw": tidy(raw), **decided.values}
        return Answer(
            *(raw, decided.outcome, expected(self.state), decided.shipment, decided.reason),
            *(values, decided.names, effects),
        )

    def _decide(self, raw: str) -> Found:
        """Commands and badges first, then the lock, then whether the session still runs, then the open question."""
        text = tidy(raw)
        asked = command_of(text)
        if asked is not None:
            return self._given(asked[0])
        name = self._crew.whose(code_on(text)) if code_on(text) else ""
        if name:
            effects = (Effect(Do.WHO, how="badge", person=name),) if name != self.track.who else ()
            return Found(Outcome.OK_WHO, effects, values={"person": name})
        if self.state.locked:
            return Found(Outcome.NG_LOCKED)
        if is_badge(text):
            return Found(Outcome.NG_UNKNOWN, reason="badge")
        unsaid = self._unsaid()
        if unsaid is not None:
            return unsaid
        if self.state.session and self._ended_elsewhere():
            return Found(Outcome.ATT_NOTHING, (Effect(Do.HAND_LEAVE, other=self.state.session),), "ended")
        if not self.state.session:
            return self._first(raw, text)
        question = self.state.question
        if question is None:
            return piece_turn.read(self._now(), raw, text)
        if question.kind == NAME:
            return piece_turn.named(self._now(), question, raw, text)
        again = piece_turn.same(self._now(), question, raw, text)
        if question.kind == DAY and again:
            return piece_turn.of_another_day(self._now(), question)
        return piece_turn.read(self._now(), raw, text).after(Effect(Do.ANSWERED))

    def _first(self, raw: str, text: str) -> Found:
        """The first waybill begins the hand-over of its carrier."""
        found = piece_turn.find(self._now(), raw, text)
        piece = found if not isinstance(found, Found) else None
        if piece is None or not piece.carrier or not piece.linked:
            return Found(Outcome.ATT_NOTHING, reason="begin")
        begun = self._begun(piece.carrier)
        if begun.outcome is not Outcome.OK_OPEN:
            return begun
        here = Now(self.world, self.track.after(begun.effects), self.name_words)
        judged = piece_turn.judged(here, piece)
        return judged if CLASSES[judged.outcome] is Klass.NG else judged.after(*begun.effects)

    def _given(self, command: Command) -> Found:
        if command is Command.ACK:
            locked = self.state.locked
            return Found(Outcome.OK_ACK, (Effect(Do.UNLOCK),)) if locked else Found(Outcome.ATT_NOTHING)
        if self.state.locked:
            return Found(Outcome.NG_LOCKED)
        question = self.state.question
        unsaid = self._unsaid()
        if unsaid is not None:
            return unsaid
        if command is Command.UNDO:
            return self._undo()
        if command is Command.TICK and question is not None and question.kind == DAY:
            return piece_turn.of_another_day(self._now(), question)
        if command is Command.FINISH and self.state.session:
            return self._finish_asked()
        return Found(Outcome.ATT_NOTHING, reason="" if self.state.session else "begin")

    def _stopped(self) -> Found | None:
        return Found(Outcome.NG_LOCKED) if self.state.locked else self._unsaid()

    def _unsaid(self) -> Found | None:
        """The NG of a shop that takes nothing until somebody said who they are, or of whoever has no right to this."""
        if not self.track.who and self._crew.must_say():
            return Found(Outcome.NG_ORDER, reason="who")
        right = Right.HAND_OVER
        if self._crew.may(self.person, right):
            return None
        values = {"person": self.person, "right": right.value, "who": "・".join(self._crew.who_may(right))}
        return Found(Outcome.NG_RIGHT, values=values)

    def _running_here(self) -> Found | None:
        if not self.state.session:
            return None
        return Found(Outcome.ATT_NOTHING, reason="runs", values={"carrier": self.state.carrier})

    def _ended_elsewhere(self) -> bool:
        session = self.world.session(self.state.session)
        return session is None or session.ended_at is not None

    def _begun(self, carrier: str) -> Found:
        running = self.world.running(carrier)
        session = running.id if running else self._new_id()
        way, place = (running.way, running.place) if running else (self.way, self.place)
        who = self.track.who
        effect = Effect(
            Do.HAND_BEGIN, carrier=carrier, how=way.value, reason=place, other=session, person=who
        )
        values = {"carrier": carrier, "desk": running.desk if running else ""}
        values |= _count(self.world, running, carrier)
        return Found(Outcome.OK_OPEN, (effect,), "joined" if running else "", values)

    def _undo(self) -> Found:
        if self.state.question is not None:
            return Found(Outcome.OK_UNDO, (Effect(Do.ANSWERED),), "question")
        if not self.track.taken:
            return Found(Outcome.ATT_NOTHING)
        last = self.track.taken[-1]
        taken = next(e for e in last if e.do is Do.HAND_OVER)
        piece = self.world.piece(taken.parcel)
        if piece is not None and piece.unsure:
            raise Away  # the marketplace may have been told of it meanwhile
        if piece is not None and piece.bound:
            return Found(Outcome.ATT_NOTHING, reason="sent", values={"order": piece.order})
        if piece is None or not piece.handed or piece.number != taken.number:
            return Found(Outcome.ATT_NOTHING, reason="moved_on")
        back = [e.inverse() for e in reversed(last) if e.do in (Do.HAND_OVER, Do.VERIFY)]
        effects = (Effect(Do.UNDO, taken.shipment), *[e for e in back if e is not None])
        session = self.world.session(self.state.session)
        before = _count(self.world, session, self.state.carrier)
        values = {"order": piece.order, "number": taken.number}
        values |= {"taken": str(int(before["taken"]) - 1), "total": before["total"]}
        return Found(Outcome.OK_UNDO, effects, values=values, shipment=taken.shipment)

    def _marked(self, parcel: str, reason: Left | None) -> Found:
        waiting = next((w for w in self.world.waiting(self.state.carrier) if w.parcel == parcel), None)
        if not self.state.session or waiting is None:
            return Found(Outcome.ATT_NOTHING)
        if reason is None and parcel not in self.state.left:
            return Found(Outcome.ATT_NOTHING)
        effect = _left(waiting, self.state.session, reason)
        values = {"order": waiting.order, "number": waiting.number, "left": reason or ""}
        return Found(Outcome.OK_TICK, (effect,), "" if reason else "back", values, waiting.shipment)

    def _finish_asked(self) -> Found:
        """By bar code: at once where nothing remains; where something does, the list must be looked at, and the code
        read a second time."""
        question = self.state.question
        if question is not None and question.kind != END:
            return Found(Outcome.ATT_ASK, reason=question.kind)
        self._must_know_the_house()
        remaining = self._remaining()
        if question is not None or not remaining:
            return self._ended("", "")
        ask = Effect(Do.ASK, how=END)
        return Found(Outcome.ATT_ASK, (ask,), END, {"left": str(len(remaining))})

    def _remaining(self) -> list[Waiting]:
        return [w for w in self.world.waiting(self.state.carrier) if w.standing is Standing.READY]

    def _must_know_the_house(self) -> None:
        """What remains at the end is every desk's doing: Away where only memory would tell it."""
        self.world.running(self.state.carrier)

    def _ended(self, driver: str, note: str) -> Found:
        self._must_know_the_house()
        session = self.world.session(self.state.session) if self.state.session else None
        if session is None or session.ended_at is not None:
            leave = (Effect(Do.HAND_LEAVE, other=self.state.session),) if self.state.session else ()
            return Found(Outcome.ATT_NOTHING, leave, "ended" if leave else "begin")
        left = [
            _left(one, session.id, _why(one, self.state.left.get(one.parcel, "")))
            for one in self.world.waiting(self.state.carrier)
        ]
        end = Effect(Do.HAND_END, carrier=session.carrier, words=driver, reason=note, other=session.id)
        values = {"carrier": session.carrier, "taken": str(session.taken), "left": str(len(left))}
        reason = "left" if left else ""
        return Found(Outcome.OK_FINISH, (*left, end), reason, values)


def _left(waiting: Waiting, session: str, reason: Left | None) -> Effect:
    return Effect(
        *(Do.HAND_LEFT, waiting.shipment, waiting.parcel),
        number=waiting.number,
        reason=reason.value if reason else "",
        other=session,
    )


def _why(waiting: Waiting, said: str) -> Left:
    if waiting.standing is Standing.CANCELLED:
        return Left.CANCELLED
    if waiting.standing is not Standing.READY:
        return Left.STOPPED
    return Left(said) if said else Left.LATER


def _count(world: World, session: Session | None, carrier: str) -> dict[str, str]:
    taken = session.taken if session else 0
    ready = sum(w.standing is Standing.READY for w in world.waiting(carrier))
    return {"taken": str(taken), "total": str(taken + ready)}
