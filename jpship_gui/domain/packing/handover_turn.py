"""A packed parcel's waybill is read while nothing is open: the driver takes it (PK-21, hand-over proof of 6.3).

A number alone would only repeat the first reading, so the name on the waybill is asked for.
"""

from __future__ import annotations

from jpship_gui.domain.packing import guards, waybill_turn, who_turn
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.turn import Found, Turn, found
from jpship_gui.domain.packing.world import Owner, Proof
from jpship_gui.domain.roles import Right


def waybill(turn: Turn, owner: Owner, number: str) -> Found:
    """The number of a linked parcel; out of turn unless the shop proves by hand-over. A cancelled one is stopped at any
    scan (IN-09)."""
    view = turn.world.shipment(owner.shipment)
    stop = guards.blocked(view) if view else None
    cancelled = stop is not None and stop.outcome is Outcome.NG_CANCELLED
    if view is None or (view.proof is not Proof.HANDOVER and not cancelled):
        return Found(Outcome.NG_ORDER, reason="linked", values={"order": owner.order})
    if stop is not None:
        return stop
    parcel = next(p for p in view.parcels if p.key == owner.parcel)
    if parcel.handed_over:
        return found(Outcome.NG_DUPLICATE, view, reason="handed_over")
    disputed = waybill_turn.contradicted(turn, view, parcel.key)
    if disputed is not None:
        return disputed
    denied = who_turn.denied(turn, Right.HAND_OVER)
    if denied is not None:
        return denied
    if parcel.verified:
        handed = Effect(Do.HAND_OVER, view.key, parcel.key, number=number)
        return found(Outcome.OK_DONE, view, (handed,), "handed_over")
    return waybill_turn.name_asked(turn, view, parcel.key, number)
