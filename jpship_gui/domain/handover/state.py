"""What a desk remembers between two scans of a hand-over: rebuilt from effects alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from jpship_gui.domain.packing.effects import Do, Effect

NAME, DAY, END = "name", "day", "end"  # what can be asked
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Question:
    """`kind`: NAME, which name stands on the waybill (`right` counts from 1); DAY, whether a parcel of another day
    goes; END, whether the hand-over ends although parcels remain."""

    kind: str
    shipment: str = ""
    parcel: str = ""
    number: str = ""
    right: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """`session` "" = none is running at this desk. `left` is, by parcel, why a person said it stays;
    `choices`, by parcel, whose names were offered when its name was asked for."""

    session: str = ""
    carrier: str = ""
    locked: bool = False
    question: Question | None = None
    left: Mapping[str, str] = field(default_factory=lambda: _NONE)
    choices: Mapping[str, str] = field(default_factory=lambda: _NONE)


@dataclass(frozen=True, slots=True)
class Track:
    """State and the way back: the parcels this desk took since it began, the last one last."""

    state: State = State()  # noqa: RUF009 - frozen
    taken: tuple[tuple[Effect, ...], ...] = ()
    who: str = ""  # whose badge was read last

    def after(self, effects: Iterable[Effect]) -> Track:
        """Once these effects of one scan have happened."""
        changes = tuple(effects)
        state = self.state
        for effect in changes:
            step = _STEPS.get(effect.do)
            state = step(state, effect) if step else state
        who = next((e.person for e in reversed(changes) if e.do in _WHO and e.person), self.who)
        if any(e.do in FRESH for e in changes):
            taken: tuple[tuple[Effect, ...], ...] = ()
        elif any(e.do is Do.UNDO for e in changes):
            return Track(state, self.taken[:-1], who)
        else:
            taken = self.taken
        if any(e.do is Do.HAND_OVER for e in changes):
            taken = (*taken, changes)
        return Track(state, taken, who)


_WHO = frozenset({Do.WHO, Do.HAND_BEGIN})  # both say who stands here
FRESH = frozenset({Do.HAND_BEGIN, Do.HAND_END, Do.HAND_LEAVE})  # nothing before these matters any more


def _asked(state: State, effect: Effect) -> State:
    right = max(effect.line, 0)
    question = Question(effect.how, effect.shipment, effect.parcel, effect.number, right)
    if not effect.contents:
        return replace(state, question=question)
    choices = MappingProxyType({**state.choices, effect.parcel: effect.contents})
    return replace(state, question=question, choices=choices)


def _marked(state: State, effect: Effect) -> State:
    left = {**state.left, effect.parcel: effect.reason}
    if not effect.reason:
        del left[effect.parcel]
    return replace(state, left=MappingProxyType(left))


def _taken(state: State, effect: Effect) -> State:
    left = {parcel: reason for parcel, reason in state.left.items() if parcel != effect.parcel}
    return replace(state, left=MappingProxyType(left))


_STEPS: Mapping[Do, Callable[[State, Effect], State]] = {
    Do.HAND_BEGIN: lambda s, e: State(session=e.other, carrier=e.carrier, locked=s.locked),
    Do.HAND_END: lambda s, e: State(locked=s.locked),
    Do.HAND_LEAVE: lambda s, e: State(locked=s.locked),
    Do.HAND_LEFT: _marked,
    Do.HAND_OVER: _taken,
    Do.ASK: _asked,
    Do.ANSWERED: lambda s, e: replace(s, question=None),
    Do.LOCK: lambda s, e: replace(s, locked=True),
    Do.UNLOCK: lambda s, e: replace(s, locked=False),
}
