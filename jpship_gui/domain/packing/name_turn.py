"""Whose name stands on the waybill? Asked where the number alone would only repeat the first reading (features 6.3).

A waybill taken from the wrong place in the stack is read the same way twice; only its name tells. A wrong name puts the
parcel on hold, so that nobody guesses until it fits.
"""

from __future__ import annotations

from dataclasses import replace

from jpship_gui.domain.packing import guards, slip_turn, waybill_turn
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.kinds import shipment_key_of
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.state import Question
from jpship_gui.domain.packing.turn import Found, Turn, found
from jpship_gui.domain.packing.world import PackView, Proof


def answered(turn: Turn, question: Question, view: PackView, text: str) -> Found:
    """Any text while the name is awaited: its number, 0 for none of them; the same waybill asks anew, since an NG or
    another command wipes the names off the screen; or a slip, which is no answer."""
    key = shipment_key_of(text)
    slip = turn.world.shipment(key) if key else None
    if slip is not None and turn.state.shipment:
        return slip_turn.inside(turn, key, slip, view)
    if slip is not None:  # whoever packs again has left the hand-over; that parcel stays unproven
        return slip_turn.outside(turn, slip).after(Effect(Do.ANSWERED))
    if not (text.isdigit() and len(text) == 1):
        if waybill_turn.read(turn, text, view).number == question.number:
            asked = waybill_turn.name_asked(turn, view, question.parcel, question.number)
            return asked.after(Effect(Do.ANSWERED))
        return found(Outcome.ATT_ASK, view, reason="name_number")
    done = Effect(Do.ANSWERED)
    if int(text) != question.right:
        return _another(turn, question, view).after(done)
    stop = guards.blocked(view) or _gone(turn, question, view)
    if stop is not None:
        return stop.after(done)
    if turn.state.shipment:
        return _closing(turn, question, view).after(done)
    verify = Effect(Do.VERIFY, view.key, question.parcel, number=question.number, proof=Proof.HANDOVER)
    handed = Effect(Do.HAND_OVER, view.key, question.parcel, number=question.number, proof=Proof.HANDOVER)
    return found(Outcome.OK_DONE, view, (done, verify, handed), "handed_over")


def _closing(turn: Turn, question: Question, view: PackView) -> Found:
    """The second reading of the open parcel holds; what is left of it is asked as if the question had not been."""
    plain = replace(turn, track=replace(turn.track, state=replace(turn.state, question=None)))
    return waybill_turn.proven(plain, view, question.parcel, Proof.DOUBLE)


def _another(turn: Turn, question: Question, view: PackView) -> Found:
    """Another name stands there: the parcel waits for a person who looks into it."""
    held = Effect(Do.HOLD, view.key, reason=turn.name_words)
    aside = guards.aside(view) if turn.state.shipment else ()
    return found(Outcome.NG_OTHER_ORDER, view, (held, *aside), "name", {"number": question.number})


def _gone(turn: Turn, question: Question, view: PackView) -> Found | None:
    """The NG where the number asked about is no longer the parcel's, or is disputed since."""
    parcel = next((p for p in view.parcels if p.key == question.parcel), None)
    if parcel is None or parcel.tracking_no != question.number:
        return found(Outcome.NG_ORDER, view)
    return waybill_turn.contradicted(turn, view, parcel.key)
