"""What the desk remembers between two scans: rebuilt from effects alone, so a power cut costs nothing (PK-18)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from jpship_gui.domain.packing.effects import Do, Effect

FIRST = "first"
SECOND = "second"  # double scan
FURTHER = "further"  # the remaining boxes of a shipment whose goods were checked
RECHECK = "recheck"  # a packed parcel is counted and read once more
RUN = "run"  # called by its goods in run mode
ANY_GOODS = "*"  # of a run nobody has read goods for yet
_NO_COUNTS: Mapping[int, int] = MappingProxyType({})
_NO_CHOICES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Question:
    """A scan that waits for an answer: a doubtful code (`right` 0) or a name at hand-over."""

    number: str
    shipment: str = ""
    parcel: str = ""
    right: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """The desk. `counts` are pieces by line index; `label_for` is the parcel whose waybill's key is awaited."""

    locked: bool = False
    shipment: str = ""
    round: str = FIRST
    counts: Mapping[int, int] = field(default_factory=lambda: _NO_COUNTS)
    ticked: frozenset[str] = frozenset()
    boxes: frozenset[str] = frozenset()  # parcels linked since the shipment was opened
    label_for: str = ""
    question: Question | None = None
    busy: str = ""  # shipment another desk was found to hold
    goods: str = ""  # of the open parcel, where sets are in it
    reopening: bool = False
    rechecking: bool = False
    reopen_reason: str = ""
    run: str = ""  # run mode: stock key of its goods, or ANY_GOODS
    number: str = ""  # read in run mode, waiting for the key on the same waybill
    quantity: int = 0  # pieces the next goods stand for; 0 = what their code says
    last: str = ""  # shipment whose slip a reprint means while none is open
    weighed: frozenset[str] = (
        frozenset()
    )  # parcels weighed, or let go unweighed, since the shipment was opened
    waived: frozenset[str] = frozenset()
    choices: Mapping[str, str] = field(
        default_factory=lambda: _NO_CHOICES
    )  # by parcel: whose names were offered when its name was asked for

    @property
    def idle(self) -> bool:
        """Nothing open and nothing asked."""
        return replace(self, quantity=0, last="", run="", choices=_NO_CHOICES) == _START

    @property
    def between(self) -> bool:
        """The same, whatever the next slip was to be read for: that may still be changed."""
        return replace(self, reopening=False, reopen_reason="", rechecking=False, busy="").idle


_START = State()


@dataclass(frozen=True, slots=True)
class Track:
    """State and the way back: one entry for each scan that changed something since the parcel was opened. `who` said
    they stand here; no undo takes that back."""

    state: State = _START
    past: tuple[tuple[State, tuple[Effect, ...]], ...] = ()
    who: str = ""

    def after(self, effects: Iterable[Effect]) -> Track:
        """The track once these effects of one scan have happened; an undone scan is gone from it."""
        changes = tuple(effects)
        return replace(self._moved(changes), who=_who(self.who, changes))

    def _moved(self, changes: tuple[Effect, ...]) -> Track:
        if any(e.do is Do.UNDO for e in changes):
            return self._back(changes)
        start = replace(self.state, quantity=0)  # a quantity is for the next scan alone, whatever that is
        state = start
        for effect in changes:
            step = _STEPS.get(effect.do)
            state = step(state, effect) if step else state
        if any(e.do in BOUNDARIES for e in changes):
            return Track(state, ((_before(start, changes), changes),))
        if any(e.inverse() is not None for e in changes):
            return Track(state, (*self.past, (start, changes)))
        if any(e.do in (Do.RESTART, Do.ABANDON, Do.FINISH) for e in changes):
            return Track(state)
        return Track(state, self.past)

    def _back(self, changes: Iterable[Effect]) -> Track:
        """Before the last scan that changed something; locked where an NG took it back. Run mode goes on as it is, but
        a number whose key was read and taken back is forgotten: another waybill may be in the hand by then."""
        if not self.past:
            return self
        now = self.state
        state = replace(self.past[-1][0], last=now.last, run=now.run, number="", choices=now.choices)
        for effect in changes:
            state = _STEPS[effect.do](state, effect) if effect.do in (Do.LOCK, Do.RUN) else state
        return Track(state, self.past[:-1])


BOUNDARIES = frozenset({Do.OPEN, Do.HAND_OVER})
FRESH = frozenset({Do.OPEN, Do.FINISH})  # what the desk remembers after these depends on nothing before them


def _before(state: State, changes: Iterable[Effect]) -> State:
    """What an undone opening or hand-over leaves: after an opening the same, whatever the desk remembered."""
    if any(e.do is Do.OPEN for e in changes):
        return _START
    return replace(state, reopening=False, reopen_reason="", rechecking=False, question=None, busy="")


def _who(who: str, changes: Iterable[Effect]) -> str:
    """Whoever read a badge last; with the day's end nobody is there any more."""
    for effect in changes:
        who = effect.person if effect.do is Do.WHO else "" if effect.do is Do.FINISH else who
    return who


def _counted(state: State, effect: Effect) -> State:
    counts = {**state.counts, effect.line: state.counts.get(effect.line, 0) + effect.pieces}
    return replace(state, counts=MappingProxyType(counts))


def _left(state: State) -> State:
    """Nothing is open any more."""
    return State(locked=state.locked, last=state.last, run=state.run, choices=state.choices)


def _asked(state: State, effect: Effect) -> State:
    question = Question(effect.number, effect.shipment, effect.parcel, max(effect.line, 0))
    if not effect.contents:
        return replace(state, question=question)
    choices = MappingProxyType({**state.choices, effect.parcel: effect.contents})
    return replace(state, question=question, choices=choices)


_STEPS: Mapping[Do, Callable[[State, Effect], State]] = {
    Do.OPEN: lambda s, e: State(
        locked=s.locked, shipment=e.shipment, round=e.how, goods=e.goods, last=e.shipment, run=e.mode
    ),
    Do.ITEM: _counted,
    Do.TICK: lambda s, e: replace(s, ticked=s.ticked | {e.reason}),
    Do.WEIGH: lambda s, e: replace(s, weighed=s.weighed | {e.parcel}),
    Do.WAIVE: lambda s, e: replace(s, waived=s.waived | {e.how}),
    Do.LINK: lambda s, e: replace(s, boxes=s.boxes | {e.parcel}) if s.shipment == e.shipment else s,
    Do.LABEL: lambda s, e: replace(s, label_for=e.parcel),
    Do.VERIFY: lambda s, e: replace(s, label_for=""),
    Do.CLOSE: lambda s, e: _left(s),
    Do.ABANDON: lambda s, e: _left(s),
    Do.RESTART: lambda s, e: replace(_left(s), shipment=e.shipment, goods=e.goods),
    Do.LOCK: lambda s, e: replace(s, locked=True, number=""),
    Do.UNLOCK: lambda s, e: replace(s, locked=False),
    Do.ASK: _asked,
    Do.ANSWERED: lambda s, e: replace(s, question=None),
    Do.BUSY: lambda s, e: replace(s, busy=e.shipment),
    Do.RECHECKING: lambda s, e: replace(s, rechecking=bool(e.how), reopening=False, reopen_reason=""),
    Do.REREAD: lambda s, e: replace(s, boxes=s.boxes | {e.parcel}),
    Do.REOPENING: lambda s, e: replace(s, reopening=True, reopen_reason=e.reason, rechecking=False),
    Do.REOPENED: lambda s, e: replace(s, reopening=False, reopen_reason=""),
    Do.SKIP: lambda s, e: replace(s, label_for="") if e.how == "proof" else s,
    Do.RUN: lambda s, e: replace(s, run=e.reason),
    Do.NUMBER: lambda s, e: replace(s, number=e.number),
    Do.QUANTITY: lambda s, e: replace(s, quantity=e.pieces),
    Do.LAST: lambda s, e: replace(s, last=e.shipment),
    Do.FINISH: lambda s, e: State(locked=s.locked),
}
