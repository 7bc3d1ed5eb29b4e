"""What the desk remembers between two scans: rebuilt from effects alone, so a power cut costs nothing (PK-18)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from jpship_gui.domain.packing.effects import Do, Effect

FIRST = "first"
SECOND = "second"  # double scan
FURTHER = "further"  # the remaining boxes of a shipment whose goods were checked
_NO_COUNTS: Mapping[int, int] = MappingProxyType({})


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

    @property
    def idle(self) -> bool:
        """Nothing open and nothing asked."""
        return self == _START


_START = State()


@dataclass(frozen=True, slots=True)
class Track:
    """State and the way back: one entry for each scan that changed something since the parcel was opened."""

    state: State = _START
    past: tuple[tuple[State, tuple[Effect, ...]], ...] = ()

    def after(self, effects: Iterable[Effect]) -> Track:
        """The track once these effects of one scan have happened; an undone scan is gone from it."""
        changes = tuple(effects)
        if any(e.do is Do.UNDO for e in changes):
            return Track(self.past[-1][0], self.past[:-1]) if self.past else self
        state = self.state
        for effect in changes:
            step = _STEPS.get(effect.do)
            state = step(state, effect) if step else state
        if any(e.do in BOUNDARIES for e in changes):
            before = replace(self.state, reopening=False, question=None, busy="")
            return Track(state, ((before, changes),))
        if any(e.inverse() is not None for e in changes):
            return Track(state, (*self.past, (self.state, changes)))
        if any(e.do in (Do.RESTART, Do.ABANDON) for e in changes):
            return Track(state)
        return Track(state, self.past)


BOUNDARIES = frozenset({Do.OPEN, Do.HAND_OVER})


def _counted(state: State, effect: Effect) -> State:
    counts = {**state.counts, effect.line: state.counts.get(effect.line, 0) + effect.pieces}
    return replace(state, counts=MappingProxyType(counts))


_STEPS: Mapping[Do, Callable[[State, Effect], State]] = {
    Do.OPEN: lambda s, e: State(locked=s.locked, shipment=e.shipment, round=e.how, goods=e.goods),
    Do.ITEM: _counted,
    Do.TICK: lambda s, e: replace(s, ticked=s.ticked | {e.reason}),
    Do.LINK: lambda s, e: replace(s, boxes=s.boxes | {e.parcel}) if s.shipment == e.shipment else s,
    Do.LABEL: lambda s, e: replace(s, label_for=e.parcel),
    Do.VERIFY: lambda s, e: replace(s, label_for=""),
    Do.CLOSE: lambda s, e: State(locked=s.locked),
    Do.ABANDON: lambda s, e: State(locked=s.locked),
    Do.RESTART: lambda s, e: State(locked=s.locked, shipment=e.shipment, goods=e.goods),
    Do.LOCK: lambda s, e: replace(s, locked=True),
    Do.UNLOCK: lambda s, e: replace(s, locked=False),
    Do.ASK: lambda s, e: replace(s, question=Question(e.number, e.shipment, e.parcel, max(e.line, 0))),
    Do.ANSWERED: lambda s, e: replace(s, question=None),
    Do.BUSY: lambda s, e: replace(s, busy=e.shipment),
    Do.REOPENING: lambda s, e: replace(s, reopening=True),
    Do.REOPENED: lambda s, e: replace(s, reopening=False),
}
