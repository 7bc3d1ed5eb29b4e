"""A parcel is read as the driver takes it: may it go, and is it what the label says?

The number alone repeats the first reading, so where the hand-over is what proves a parcel, the name on it is asked for:
without it nothing leaves as proven, however small a sample the shop asks for.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace

from jpship_gui.domain.handover.finding import Found, Now
from jpship_gui.domain.handover.state import DAY, NAME, Question
from jpship_gui.domain.handover.world import Piece, Standing
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.kinds import NumberState, shipment_key_of
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.world import Proof

_STOPS: Mapping[Standing, tuple[Outcome, str]] = {
    Standing.CANCELLED: (Outcome.NG_CANCELLED, ""),
    Standing.ELSEWHERE: (Outcome.NG_HOLD, "elsewhere"),
    Standing.HOLD: (Outcome.NG_HOLD, ""),
    Standing.CHANGED: (Outcome.NG_CHANGED, ""),
    Standing.DISPUTED: (Outcome.NG_OTHER_ORDER, ""),
    Standing.OPEN: (Outcome.NG_ORDER, "open"),
    Standing.BOXES: (Outcome.NG_ORDER, "boxes"),
    Standing.NOT_PROVEN: (Outcome.NG_ORDER, "not_proven"),
}
TAKEN = (Outcome.OK_TAKEN, Outcome.OK_DONE)
_FIRST = (Standing.CANCELLED, Standing.ELSEWHERE, Standing.HOLD)  # said before anything else is


def read(now: Now, raw: str, text: str) -> Found:
    """Any code while the hand-over runs and nothing is asked."""
    found = find(now, raw, text)
    return found if isinstance(found, Found) else judged(now, found)


def find(now: Now, raw: str, text: str) -> Piece | Found:
    """The parcel a code stands for, or what is wrong with the code."""
    key = shipment_key_of(text)
    if key:
        piece = now.world.piece(key)
        if piece is not None and piece.untracked:
            return piece
        return Found(Outcome.NG_ORDER, reason="slip") if piece else Found(Outcome.NG_UNKNOWN)
    reading = now.world.number(raw)
    piece = now.world.piece(reading.number) if reading.number else None
    if piece is not None:
        return piece
    if reading.state is NumberState.CHECK_DIGIT:
        return Found(Outcome.NG_CHECKDIGIT, values={"number": reading.number})
    number = reading.state in (NumberState.GOOD, NumberState.OTHER_CARRIER)
    return Found(Outcome.NG_UNKNOWN, reason="number" if number else "", values={"number": reading.number})


def judged(now: Now, piece: Piece) -> Found:
    """Whether this parcel may go with this driver: cancelled first, whatever else is wrong with it (guard 13)."""
    if piece.void:
        return _ng(Outcome.NG_DUPLICATE, piece, "void")
    if not piece.linked:
        return _ng(Outcome.NG_ORDER, piece, "not_packed")
    if piece.standing in _FIRST:
        return _ng(*_stop(piece))
    if piece.handed:
        return _ng(Outcome.NG_DUPLICATE, piece, "handed_over")
    if piece.carrier != now.state.carrier:
        values = {"carrier": now.state.carrier, "other_carrier": piece.carrier}
        return _ng(Outcome.NG_CARRIER, piece, "pile", values)
    if piece.standing is not Standing.READY:
        return _ng(*_stop(piece))
    if not piece.proven and piece.proof is not Proof.HANDOVER:
        return _ng(Outcome.NG_ORDER, piece, "not_proven")
    if piece.linked_on is not None and piece.linked_on != now.world.today():
        ask = Effect(Do.ASK, piece.shipment, piece.parcel, number=piece.number, how=DAY)
        values = {"order": piece.order, "day": piece.linked_on.isoformat(), "number": piece.number}
        return Found(Outcome.ATT_ASK, (ask,), DAY, values, piece.shipment)
    return _name_or_taken(now, piece)


def same(now: Now, question: Question, raw: str, text: str) -> bool:
    """Whether the code is the one that was asked about."""
    found = find(now, raw, text)
    return not isinstance(found, Found) and found.parcel == question.parcel


def of_another_day(now: Now, question: Question) -> Found:
    """It goes although it was packed on another day; everything else is looked at anew."""
    piece = now.world.piece(question.parcel)
    if piece is None or piece.number != question.number:
        return Found(Outcome.NG_ORDER, (Effect(Do.ANSWERED),), "moved_on")
    return judged(now, replace(piece, linked_on=None)).after(Effect(Do.ANSWERED))


def named(now: Now, question: Question, raw: str, text: str) -> Found:
    """The number of a name, 0 for none of them; the same waybill shows the same names again."""
    piece = now.world.piece(question.parcel)
    done = Effect(Do.ANSWERED)
    if piece is None or piece.number != question.number:
        return Found(Outcome.NG_ORDER, (done,), "moved_on")
    if not (text.isdigit() and len(text) == 1):
        if same(now, question, raw, text):
            return _asked(now, piece).after(done)
        return Found(Outcome.ATT_ASK, (), "name_number", {"order": piece.order}, piece.shipment)
    if int(text) != question.right:
        held = Effect(Do.HOLD, piece.shipment, reason=now.name_words)
        return _ng(Outcome.NG_OTHER_ORDER, piece, "name").after(done, held)
    again = judged(now, replace(piece, linked_on=None))
    if again.reason != NAME and again.outcome not in TAKEN:
        return again.after(done)  # something came up while the name was looked for
    return _taken(now, piece, Proof.HANDOVER).after(done)


def _name_or_taken(now: Now, piece: Piece) -> Found:
    wanted = not piece.proven or piece.name_always or _in_sample(now.state.session, piece)
    return _asked(now, piece) if wanted else _taken(now, piece, None)


def _in_sample(session: str, piece: Piece) -> bool:
    """One in `every`, picked by nobody and the same each time the parcel is read in this session."""
    return piece.every > 0 and zlib.crc32(f"{session} {piece.number}".encode()) % piece.every == 0


def _asked(now: Now, piece: Piece) -> Found:
    choice = now.world.name_choice(piece.shipment, now.state.choices.get(piece.parcel, "").split())
    ask = Effect(
        *(Do.ASK, piece.shipment, piece.parcel),
        line=choice.right,
        number=piece.number,
        how=NAME,
        contents=" ".join(choice.keys),
    )
    values = {"order": piece.order, "number": piece.number}
    return Found(Outcome.ATT_ASK, (ask,), NAME, values, piece.shipment, choice.names)


def _taken(now: Now, piece: Piece, proof: Proof | None) -> Found:
    """`taken` of `total` counts this one; complete once nothing of this carrier's that may go is left."""
    how = proof.value if proof else ""
    handed = Effect(
        *(Do.HAND_OVER, piece.shipment, piece.parcel),
        number=piece.number,
        proof=how,
        other=now.state.session,
    )
    effects: tuple[Effect, ...] = (handed,)
    if proof is not None and not piece.proven:
        effects = (Effect(Do.VERIFY, piece.shipment, piece.parcel, number=piece.number, proof=how), handed)
    waiting = now.world.waiting(piece.carrier)
    left = sum(w.standing is Standing.READY and w.parcel != piece.parcel for w in waiting)
    session = now.world.session(now.state.session)
    taken = (session.taken if session else 0) + 1
    values = {"order": piece.order, "number": piece.number}
    values |= {"taken": str(taken), "total": str(taken + left), "left": str(left)}
    outcome = Outcome.OK_TAKEN if left else Outcome.OK_DONE
    return Found(outcome, effects, "", values, piece.shipment)


def _stop(piece: Piece) -> tuple[Outcome, Piece, str]:
    outcome, reason = _STOPS[piece.standing]
    return outcome, piece, reason


def _ng(outcome: Outcome, piece: Piece, reason: str = "", values: Mapping[str, str] | None = None) -> Found:
    told = {"order": piece.order, "number": piece.number, "why": piece.why, **(values or {})}
    return Found(outcome, (), reason, told, piece.shipment)
