"""A packed parcel's waybill is read while nothing is open: the driver takes it (PK-21, hand-over proof of 6.3).

A number alone would only repeat the first reading, so the name on the waybill is asked for.
"""

from __future__ import annotations

from jpship_gui.domain.packing import guards, waybill_turn
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.state import Question
from jpship_gui.domain.packing.turn import Found, Turn, found
from jpship_gui.domain.packing.world import Owner, PackView, Proof


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
    if parcel.verified:
        handed = Effect(Do.HAND_OVER, view.key, parcel.key)
        return found(Outcome.OK_DONE, view, (handed,), "handed_over")
    choice = turn.world.name_choice(view.key)
    ask = Effect(Do.ASK, view.key, parcel.key, line=choice.right, number=number)
    names = "　".join(f"{n} {name}" for n, name in enumerate(choice.names, start=1))
    return found(Outcome.ATT_ASK, view, (ask,), "name", {"names": names})


def named(turn: Turn, question: Question, view: PackView, text: str) -> Found:
    """The answer: the number of a name, 0 for none of them."""
    if not (text.isdigit() and len(text) == 1):
        return found(Outcome.ATT_ASK, view, reason="name_number")
    answered = Effect(Do.ANSWERED)
    if int(text) != question.right:
        return found(Outcome.NG_OTHER_ORDER, view, (answered,), "name", {"number": question.number})
    stop = guards.blocked(view) or _gone(turn, question, view)
    if stop is not None:
        return stop.after(answered)
    verify = Effect(Do.VERIFY, view.key, question.parcel, number=question.number, proof=Proof.HANDOVER)
    handed = Effect(Do.HAND_OVER, view.key, question.parcel)
    return found(Outcome.OK_DONE, view, (answered, verify, handed), "handed_over")


def _gone(turn: Turn, question: Question, view: PackView) -> Found | None:
    """The NG where the number asked about is no longer the parcel's, or is disputed since."""
    parcel = next((p for p in view.parcels if p.key == question.parcel), None)
    if parcel is None or parcel.tracking_no != question.number:
        return found(Outcome.NG_ORDER, view)
    return waybill_turn.contradicted(turn, view, parcel.key)
