"""A packed parcel is checked once more: nothing of it is lost; what is wrong stops it for a person."""

from __future__ import annotations

from dataclasses import replace

from jpship_gui.domain.packing import guards, waybill_turn
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.turn import Found, Turn
from jpship_gui.domain.packing.world import Block, PackView

_WRONG = frozenset(
    {
        Outcome.NG_NOT_HERE,
        Outcome.NG_OVER,
        Outcome.NG_OTHER_ORDER,
        Outcome.NG_DUPLICATE,
        Outcome.NG_CARRIER,
    }
)


def judged(turn: Turn, view: PackView, decided: Found) -> Found:
    """What was found in the parcel or on it: something else than belongs there puts it on hold and ends the recheck.
    Where it is only looked at any more, the NG alone says so."""
    if decided.outcome not in _WRONG or waybill_turn.looked_at(view):
        return decided
    held = () if view.block is Block.HOLD else (Effect(Do.HOLD, view.key, reason=turn.recheck_words),)
    return replace(decided, reason="recheck", effects=(*decided.effects, *held, *guards.aside(view)))
