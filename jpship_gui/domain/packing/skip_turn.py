"""Going on without what is missing: a piece, an instruction, weight, photo, the second verification; never a number.

It needs the right and a reason, and it proves nothing: a parcel whose second verification was skipped stays linked, not
verified (PK-14).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from jpship_gui.domain.packing import goods_turn, guards, photo_turn, tick_turn, waybill_turn, weight_turn
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.outcomes import Expect, Outcome
from jpship_gui.domain.packing.state import FIRST, RUN
from jpship_gui.domain.packing.turn import Found, Turn, expected, found
from jpship_gui.domain.packing.world import PackView

ITEM, TICK, PROOF = "item", "tick", "proof"  # what was skipped: `how` of the effect
_Step = Callable[[Turn, PackView, str], Found | None]


def skip(turn: Turn, view: PackView, reason: str, reasons: str) -> Found:
    """The next missing thing; `reasons` are those to choose from, said where none was given."""
    waits = expected(turn.state, view)
    here = turn.state.round == FIRST or (waits in _AFTER and turn.state.round != RUN)
    step = _STEPS.get(waits) if here else None
    if step is None:
        return found(Outcome.ATT_NOTHING, view, reason="skip_here")
    if not reason:
        return found(Outcome.ATT_NOTHING, view, reason="skip_reason", values={"reasons": reasons})
    stop = guards.stopped(turn, view)
    return stop or step(turn, view, reason) or found(Outcome.ATT_NOTHING, view, reason="skip_here")


def _piece(turn: Turn, view: PackView, reason: str) -> Found:
    single = replace(turn, track=replace(turn.track, state=replace(turn.state, quantity=0)))
    line = goods_turn.next_missing(turn, view)
    done = goods_turn.counted(single, view, line, 1, "skip")
    skipped = Effect(Do.SKIP, view.key, line=line, pieces=1, how=ITEM, reason=reason)
    values = {**done.values, "why": reason}
    return replace(done.after(skipped), outcome=Outcome.OK_SKIP, reason=ITEM, values=values)


def _tick(turn: Turn, view: PackView, reason: str) -> Found:
    tick = next(one for one in view.ticks if one not in turn.state.ticked)
    named = tick_turn.words_of(view, tick)
    effects = (
        Effect(Do.SKIP, view.key, how=TICK, reason=reason, words=named.get("item", "") or tick),
        Effect(Do.TICK, view.key, reason=tick, how="skip", words=named.get("item", "")),
    )
    return found(Outcome.OK_SKIP, view, effects, TICK, {**named, "why": reason})


def _weight(turn: Turn, view: PackView, reason: str) -> Found | None:
    return _waived(weight_turn.waived(turn, view, reason), view, "weight", reason)


def _photo(turn: Turn, view: PackView, reason: str) -> Found | None:
    return _waived(photo_turn.waived(turn, view, reason), view, "photo", reason)


def _waived(done: Found | None, view: PackView, what: str, reason: str) -> Found | None:
    return done and done.after(Effect(Do.SKIP, view.key, how=what, reason=reason))


def _proof(turn: Turn, view: PackView, reason: str) -> Found:
    box = turn.state.label_for
    skipped = Effect(Do.SKIP, view.key, box, how=PROOF, reason=reason)
    number = next((p.tracking_no for p in view.parcels if p.key == box), "")
    left = waybill_turn.unproven(turn, view, box, (skipped,))
    values = {**left.values, "number": number, "why": reason}
    return replace(left, outcome=Outcome.OK_SKIP, reason=PROOF, values=values)


_STEPS: Mapping[Expect, _Step] = {
    Expect.ITEM: _piece,
    Expect.TICK: _tick,
    Expect.WEIGHT: _weight,
    Expect.PHOTO: _photo,
    Expect.LABEL: _proof,
}
_AFTER = frozenset({Expect.WEIGHT, Expect.LABEL})  # these may wait in later rounds too
