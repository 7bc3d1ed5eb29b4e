"""The packing desk as a state machine: slip → goods → waybill, and every way to be wrong (features 6).

It decides and remembers nothing but effects; whoever calls it writes them to the journal before the answer is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from jpship_gui.domain.badge import is_badge
from jpship_gui.domain.packing import (
    code_turn,
    command_turn,
    guards,
    name_turn,
    photo_turn,
    recheck_turn,
    run_turn,
    slip_turn,
    tick_turn,
    who_turn,
)
from jpship_gui.domain.packing.commands import Command, command_of
from jpship_gui.domain.packing.crew import ANYBODY, Crew
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.kinds import is_of_paper, shipment_key_of, tidy
from jpship_gui.domain.packing.outcomes import CLASSES, Expect, Klass, Outcome
from jpship_gui.domain.packing.state import RECHECK, RUN, Question, State, Track
from jpship_gui.domain.packing.turn import Answer, Found, Turn, expected, found
from jpship_gui.domain.packing.world import Away, PackView, World

__all__ = ["Answer", "PackSession", "expected"]


class PackSession:
    """One desk's work. `track` is all it remembers."""

    def __init__(
        self,
        world: World,
        desk: str,
        person: str = "",
        hold_words: str = "desk",
        name_words: str = "name",
        recheck_words: str = "recheck",
        crew: Crew = ANYBODY,
    ) -> None:
        self.world = world
        self.desk = desk
        self._person = person
        self.crew = crew
        self.hold_words = hold_words
        self.name_words = name_words
        self.recheck_words = recheck_words
        self.track = Track()

    @property
    def person(self) -> str:
        """Who scans now: whose badge was read, else who this desk is set up for."""
        return self.track.who or self._person

    @person.setter
    def person(self, name: str) -> None:
        self._person = name

    @property
    def unsaid(self) -> bool:
        """Whether nothing is taken until somebody said who they are."""
        return who_turn.not_said(self._turn()) is not None

    @property
    def state(self) -> State:
        """What the desk remembers."""
        return self.track.state

    def replay(self, effects: Iterable[Effect]) -> None:
        """Take over what one earlier scan did, as the journal tells it."""
        self.track = self.track.after(effects)

    def open_view(self) -> PackView | None:
        """The open parcel as the desk works on it; None too where the database is away and it was never read."""
        try:
            return self._turn().open_view()
        except Away:
            return None

    def expects(self) -> Expect:
        """What is to be read next."""
        return expected(self.state, self.open_view())

    def scan(self, raw: str) -> Answer:
        """Decide about one text. The session has moved on when this returns; blank text is NG_UNKNOWN."""
        return self._answer(raw, self._decided(lambda turn: _decide(turn, raw)))

    def command(self, command: Command, reason: str = "", argument: str = "") -> Answer:
        """A key or button of the packing page; the same as its bar code, with a reason where one was given."""
        decided = self._decided(lambda turn: command_turn.given(turn, command, reason, argument))
        return self._answer(f"[{command.value}{argument}]", decided)

    def choose(self, name: str) -> Answer:
        """Somebody says who they are by click; the same as their badge."""
        return self._answer(f"[WHO] {name}", self._decided(lambda turn: who_turn.chosen(turn, name)))

    def ignore(self, raw: str, reason: str) -> Answer:
        """A code that does not count, as the scanner's blank time judged it; nothing changes."""
        return self._answer(raw, replace(_NOT_NOW, reason=reason))

    def reopen(self, key: str, reason: str) -> Answer:
        """Open a packed parcel again, chosen on the screen (PK-11)."""

        def decide(turn: Turn) -> Found:
            view = turn.world.shipment(key)
            if view is None or not self.state.between:
                return _NOT_NOW
            stop = who_turn.not_said(turn) or who_turn.not_allowed(turn, Command.REOPEN)
            return stop or slip_turn.reopen(turn, view, reason)

        return self._answer(f"[REOPEN] {key}", self._decided(decide))

    def _decided(self, decide: Callable[[Turn], Found]) -> Found:
        """What cannot be known without the database is refused, whatever it is: nothing is guessed."""
        try:
            return decide(self._turn())
        except Away:
            return Found(Outcome.NG_AWAY, reason="open" if self.state.shipment else "")

    def photographed(self, key: str, *, failed: bool = False) -> Answer:
        """A photo of this shipment was attached, or the camera gave none."""
        view = self.world.shipment(key)
        if view is None:
            return self._answer("[PHOTO]", _NOT_NOW)
        turn = self._turn()
        return self._answer("[PHOTO]", photo_turn.failed(view) if failed else photo_turn.attached(turn, view))

    def _turn(self) -> Turn:
        words = self.hold_words, self.name_words, self.recheck_words
        return Turn(self.world, self.desk, self.person, self.track, *words, self.crew)

    def _answer(self, raw: str, decided: Found) -> Answer:
        before = self.state.shipment
        effects = decided.effects
        ng = CLASSES[decided.outcome] is Klass.NG
        if ng and decided.outcome is not Outcome.NG_LOCKED:
            left = any(effect.do is Do.ABANDON for effect in effects)
            dropped = () if left else command_turn.number_dropped(self._turn())
            effects = (*dropped, *effects, Effect(Do.LOCK))
        effects = tuple(self._in_mode(effect) for effect in effects)
        self.track = self.track.after(effects)
        view = self.open_view()
        due = expected(replace(self.state, locked=False), view)
        values = {"raw": tidy(raw), "expected": due.value, **decided.values}
        shipment = decided.shipment or before or self.state.shipment
        return Answer(
            raw, decided.outcome, expected(self.state, view), shipment, decided.reason, values, effects
        )

    def _in_mode(self, effect: Effect) -> Effect:
        """An opening tells in which run mode it happened: the journal is read from there."""
        return replace(effect, mode=self.state.run) if effect.do is Do.OPEN else effect


_NOT_NOW = Found(Outcome.ATT_NOTHING)


def _decide(turn: Turn, raw: str) -> Found:
    """Commands and badges first, then the lock and the open question, then keys, then everything else."""
    text = tidy(raw)
    asked = command_of(text)
    if asked is not None:
        command, argument = asked
        return command_turn.given(turn, command, argument=argument)
    said = who_turn.badge(turn, text)
    if said is not None:
        return said
    if turn.state.locked:
        return Found(Outcome.NG_LOCKED)
    unsaid = who_turn.not_said(turn)
    if unsaid is not None:
        return unsaid
    if turn.state.question is not None:
        return _asked(turn, turn.state.question, text)
    tick = tick_turn.tick_code(text)
    if tick:
        return tick_turn.by_code(turn, tick)
    if is_badge(text):
        return Found(Outcome.NG_UNKNOWN, reason="badge")
    key = shipment_key_of(text)
    other = turn.world.shipment(key) if key else None
    if not turn.state.shipment:
        return slip_turn.outside(turn, other) if other else code_turn.outside(turn, raw, text)
    view = turn.open_view()
    if view is None:  # the shipment is gone from the database
        return Found(Outcome.NG_UNKNOWN, (Effect(Do.ABANDON, turn.state.shipment),))
    if turn.state.round == RUN:
        return run_turn.inside(turn, raw, "" if is_of_paper(text) else key, other, view)
    stop = guards.stopped(turn, view)
    if stop is not None:
        return stop
    if other:
        return slip_turn.inside(turn, "" if is_of_paper(text) else key, other, view)
    decided = code_turn.inside(turn, raw, text, view)
    return recheck_turn.judged(turn, view, decided) if turn.state.round == RECHECK else decided


def _asked(turn: Turn, question: Question, text: str) -> Found:
    """Any text while an answer is awaited."""
    view = turn.view_of(question.shipment)
    if view is None:
        return Found(Outcome.ATT_NOTHING, (Effect(Do.ANSWERED),))
    if question.right:
        return name_turn.answered(turn, question, view, text)
    return found(Outcome.ATT_ASK, view, reason="kind", values={"raw": question.number})
