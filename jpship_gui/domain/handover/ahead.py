"""Lines of the hand-over that are on disk and wait for the database, laid over what it says.

Every change sets a value or names a parcel, so laying it over a database that has taken some of the lines over
meanwhile comes to the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from jpship_gui.domain.handover.world import Piece, Session, Standing, Waiting, Way
from jpship_gui.domain.packing.ahead import Done
from jpship_gui.domain.packing.effects import Do

_TAKES = {Do.HAND_OVER: True, Do.UNHAND: False}
_PROVES = {Do.VERIFY: True, Do.UNVERIFY: False}
_STRONGER = frozenset({Standing.CANCELLED, Standing.ELSEWHERE})


def over_piece(done: Iterable[Done], piece: Piece) -> Piece:
    """The parcel once they have happened."""
    for effect in (one.effect for one in done):
        same = effect.parcel == piece.parcel and effect.number in ("", piece.number)
        if same and effect.do in _TAKES:
            piece = replace(piece, handed=_TAKES[effect.do])
        elif same and effect.do in _PROVES:
            piece = replace(piece, proven=_PROVES[effect.do])
        elif effect.do is Do.HOLD and effect.shipment == piece.shipment and piece.standing not in _STRONGER:
            piece = replace(piece, standing=Standing.HOLD, why=effect.reason)
    return piece


def handed(done: Iterable[Done]) -> dict[str, bool]:
    """By parcel, whether it was taken or taken back last."""
    return {one.effect.parcel: _TAKES[one.effect.do] for one in done if one.effect.do in _TAKES}


def taken_back(done: Iterable[Done]) -> dict[str, str]:
    """Parcels that were taken back last, each with the session that had it."""
    last = {one.effect.parcel: one.effect for one in done if one.effect.do in _TAKES}
    return {parcel: effect.other for parcel, effect in last.items() if not _TAKES[effect.do]}


def over_waiting(
    done: Sequence[Done], rows: Iterable[Waiting], seen: Mapping[str, Waiting], carrier: str
) -> list[Waiting]:
    """What waits for a carrier once they have happened; `seen` must know by parcel whatever was taken back."""
    taken = handed(done)
    held = {one.effect.shipment for one in done if one.effect.do is Do.HOLD}
    kept = [row for row in rows if not taken.get(row.parcel)]
    there = {row.parcel for row in kept}
    back = (seen[parcel] for parcel, gone in taken.items() if not gone and parcel in seen)
    kept += [row for row in back if row.parcel not in there and row.carrier == carrier]
    return [
        replace(row, standing=Standing.HOLD)
        if row.shipment in held and row.standing not in _STRONGER
        else row
        for row in kept
    ]


def over_session(
    done: Sequence[Done], id_: str, session: Session | None, taken: Iterable[str], desk: str
) -> Session | None:
    """A session once they have happened; `taken` are its parcels as the database has them, `desk` is where they
    happened."""
    parcels = set(taken)
    for one in done:
        effect = one.effect
        if effect.other != id_:
            continue
        if effect.do is Do.HAND_BEGIN and session is None:
            way = Way(effect.how)
            session = Session(id_, effect.carrier, way, effect.reason, desk, one.person, one.at)
        elif effect.do is Do.HAND_END and session is not None and session.ended_at is None:
            session = replace(
                session, ended_at=one.at, ended_by=one.person, driver=effect.words, note=effect.reason
            )
        elif _TAKES.get(effect.do):
            parcels.add(effect.parcel)
        elif effect.do in _TAKES:
            parcels.discard(effect.parcel)
    return replace(session, taken=len(parcels)) if session is not None else None


def begun(done: Iterable[Done], carrier: str) -> str:
    """The session they began for a carrier and did not end; blank for none."""
    found = ""
    for effect in (one.effect for one in done):
        if effect.do is Do.HAND_BEGIN and effect.carrier == carrier:
            found = effect.other
        elif effect.do is Do.HAND_END and effect.other == found:
            found = ""
    return found
