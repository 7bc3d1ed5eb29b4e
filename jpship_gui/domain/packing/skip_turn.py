"""Going on without what is missing: a piece, an instruction, the second verification, never a number (PK-14).

It needs the right and a reason, and it proves nothing: a parcel whose second verification was skipped stays linked, not
verified.
"""

from __future__ import annotations

from dataclasses import replace

from jpship_gui.domain.packing import goods_turn, guards, waybill_turn
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.outcomes import Expect, Outcome
from jpship_gui.domain.packing.turn import Found, Turn, expected, found
from jpship_gui.domain.packing.world import PackView

ITEM, TICK, PROOF = "item", "tick", "proof"  # what was skipped: `how` of the effect


def skip(turn: Turn, view: PackView, reason: str, reasons: str) -> Found:
    """The next missing thing; `reasons` are those to choose from, said where none was given."""
    step = _STEPS.get(expected(turn.state, view))
    if step is None:
        return found(Outcome.ATT_NOTHING, view, reason="skip_number" if turn.state.shipment else "")
    if not reason:
        return found(Outcome.ATT_NOTHING, view, reason="skip_reason", values={"reasons": reasons})
    return guards.stopped(turn, view) or step(turn, view, reason)


def _piece(turn: Turn, view: PackView, reason: str) -> Found:
    line = goods_turn.next_missing(turn, view)
    done = goods_turn.counted(turn, view, line, 1, "skip")
    skipped = Effect(Do.SKIP, view.key, line=line, pieces=1, how=ITEM, reason=reason)
    return replace(
        done.after(skipped), outcome=Outcome.OK_SKIP, reason=ITEM, values={**done.values, "why": reason}
    )


def _tick(turn: Turn, view: PackView, reason: str) -> Found:
    tick = next(one for one in view.ticks if one not in turn.state.ticked)
    effects = (
        Effect(Do.SKIP, view.key, how=TICK, reason=reason),
        Effect(Do.TICK, view.key, reason=tick, how="skip"),
    )
    return found(Outcome.OK_SKIP, view, effects, TICK, {"tick": tick, "why": reason})


def _proof(turn: Turn, view: PackView, reason: str) -> Found:
    skipped = Effect(Do.SKIP, view.key, turn.state.label_for, how=PROOF, reason=reason)
    number = next((p.tracking_no for p in view.parcels if p.key == turn.state.label_for), "")
    going_on = waybill_turn.unproven(turn, view, turn.state.label_for, (skipped,))
    values = {**going_on.values, "number": number, "why": reason}
    return replace(going_on, outcome=Outcome.OK_SKIP, reason=PROOF, values=values)


_STEPS = {Expect.ITEM: _piece, Expect.TICK: _tick, Expect.LABEL: _proof}
