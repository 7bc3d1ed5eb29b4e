"""A house with packed parcels, in memory: it does what the database does with effects, without one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from jpship_gui.domain.handover.session import Answer, HandoverSession
from jpship_gui.domain.handover.world import Piece, Session, Standing, Waiting, Way
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.kinds import NumberReading, read_number, shipment_key_of
from jpship_gui.domain.packing.world import NameChoice, Proof
from tests.domain.packing.small_world import FORMS

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)


@dataclass
class SmallHouse:
    """Implements the hand-over's `World`; names to choose from are the parcels' places, from 1."""

    pieces: dict[str, Piece]  # by parcel key
    sessions: dict[str, Session] = field(default_factory=dict)
    taken: dict[str, tuple[str, str]] = field(default_factory=dict)  # parcel → session, number
    left: dict[tuple[str, str], str] = field(default_factory=dict)
    made: int = 0

    def piece(self, text: str) -> Piece | None:
        if shipment_key_of(text):
            return self.pieces.get(text)
        return next((p for p in self.pieces.values() if text and p.number == text), None)

    def number(self, raw: str) -> NumberReading:
        return read_number(raw, FORMS, "")

    def name_choice(self, shipment: str, among: Sequence[str] = ()) -> NameChoice:
        keys = tuple(among) or tuple(self.pieces)
        return NameChoice(tuple(f"name on {key}" for key in keys), keys.index(shipment) + 1, keys)

    def session(self, session: str) -> Session | None:
        found = self.sessions.get(session)
        taken = sum(of == session for of, _ in self.taken.values())
        return replace(found, taken=taken) if found else None

    def running(self, carrier: str) -> Session | None:
        running = (s.id for s in self.sessions.values() if s.carrier == carrier and not s.ended_at)
        return self.session(next(running, ""))

    def waiting(self, carrier: str) -> Sequence[Waiting]:
        return [
            Waiting(
                p.shipment, p.parcel, p.order, p.number, p.carrier, self._standing(p), linked_on=p.linked_on
            )
            for p in self.pieces.values()
            if p.carrier == carrier and p.linked and not p.void and not p.handed
        ]

    def _standing(self, piece: Piece) -> Standing:
        if piece.standing is Standing.READY and not piece.proven and piece.proof is not Proof.HANDOVER:
            return Standing.NOT_PROVEN
        return piece.standing

    def today(self) -> date:
        return TODAY

    def new_id(self) -> str:
        self.made += 1
        return f"session {self.made}"

    def apply(self, effects: Iterable[Effect], desk: str) -> None:
        """Change the house as the store would."""
        for effect in effects:
            if effect.do is Do.HAND_BEGIN:
                begun = Session(
                    effect.other, effect.carrier, Way(effect.how), effect.reason, desk, "佐藤", NOW
                )
                self.sessions.setdefault(effect.other, begun)
            elif effect.do is Do.HAND_END:
                self.sessions[effect.other] = replace(self.sessions[effect.other], ended_at=NOW)
            elif effect.do is Do.HAND_LEFT:
                self.left[effect.other, effect.parcel] = effect.reason
            elif effect.parcel in self.pieces:
                self._piece(self.pieces[effect.parcel], effect)
            if effect.do is Do.HOLD:
                piece = self.pieces[effect.shipment]
                self.pieces[effect.shipment] = replace(piece, standing=Standing.HOLD)

    def _piece(self, piece: Piece, effect: Effect) -> None:
        if effect.do in (Do.HAND_OVER, Do.UNHAND):
            handed = effect.do is Do.HAND_OVER
            self.pieces[piece.parcel] = replace(piece, handed=handed)
            if handed:
                self.taken[piece.parcel] = (effect.other, effect.number)
            else:
                del self.taken[piece.parcel]
        elif effect.do in (Do.VERIFY, Do.UNVERIFY):
            self.pieces[piece.parcel] = replace(piece, proven=effect.do is Do.VERIFY)


@dataclass
class Counter:
    """One desk at the hand-over, whose effects reach the house before the next scan."""

    house: SmallHouse
    desk: str = "1"
    session: HandoverSession = field(init=False)
    lines: list[tuple[Effect, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session = HandoverSession(self.house, self.house.new_id)

    def scan(self, raw: str) -> Answer:
        """One scan, taken over by the house."""
        return self.took(self.session.scan(raw))

    def took(self, answer: Answer) -> Answer:
        """Let the house follow."""
        self.house.apply(answer.effects, self.desk)
        self.lines.append(answer.effects)
        return answer

    def said(self, *raws: str) -> list[str]:
        """Outcome and reason of a run of scans."""
        answers = [self.scan(raw) for raw in raws]
        return [f"{a.outcome.value}.{a.reason}" if a.reason else a.outcome.value for a in answers]
