"""A hand-over's view of the world: the database, the lines that wait for it, and what to go by while it is away.

A set that was begun goes on from memory: what was packed and might go, and what this set took, is looked at beside the
desk whenever shipments changed. What is not in it, whose name is asked for, and how the set ends is for the database
alone to say (docs/decisions/database-away.md).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TypeVar

from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.handover import ahead as over
from jpship_gui.domain.handover.world import Piece, Session, Standing, Waiting
from jpship_gui.domain.packing.ahead import Ahead, Done
from jpship_gui.domain.packing.kinds import NumberReading, read_number
from jpship_gui.domain.packing.world import Away, NameChoice, Proof
from jpship_gui.domain.tracking_no import NumberForm, is_untracked
from jpship_gui.flows.handover.surroundings import (
    ALSO,
    HandoverWorld,
    needs_handover,
    proves_by_handover,
    since,
    without_names,
)
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import handovers, trouble
from jpship_gui.store.handovers import Known

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Memory:
    """What was looked at last; pieces by tracking number and by parcel, parcels taken by session. Of a number that
    more than one parcel has, nothing is known here. `gone` is what the sets that run have taken, as it stood in the
    list before; `binding` are parcels of shops told because of the hand-over."""

    pieces: Mapping[str, Piece] = field(default_factory=dict)
    rows: tuple[Waiting, ...] = ()
    gone: tuple[Waiting, ...] = ()
    sessions: Mapping[str, Session] = field(default_factory=dict)
    taken: Mapping[str, frozenset[str]] = field(default_factory=dict)
    binding: frozenset[str] = frozenset()


class HandoverReach(HandoverWorld):
    """`ahead` gives the lines that wait; `away` is the fault as long as the database does not answer, and whoever
    reaches it again sets it back to None."""

    def __init__(self, ws: Workspace, ahead: Callable[[], Ahead], desk: str) -> None:
        super().__init__(ws)
        self.away: WorldFault | None = None
        self._ahead, self._of = ahead, desk
        self._memory = Memory()
        self._seen_at = -1  # the database's change this memory is of
        self._since: tuple[Done, ...] = ()  # what was answered and may not be in the memory
        self._lock = threading.Lock()
        self._rows: dict[str, Waiting] = {}  # what ever waited, for what is taken back
        self._forms: tuple[NumberForm, ...] = ()

    # What is remembered -----------------------------------------------------------------------------------------

    def keep(self, done: Iterable[Done]) -> None:
        """An answer is on disk."""
        with self._lock:
            self._since += tuple(done)

    def prepare(self) -> None:
        """Look at everything a set may need, where shipments changed since the last look. May run beside the desk."""
        if not self._forms:
            self._forms = self.ws.number_forms()
        now = self.ws.store.change_no()
        if now == self._seen_at:
            return
        before, waits = self._since, {id(done) for done in self._ahead().done}
        memory = _looked_at(self.ws)
        with self._lock:
            self._memory, self._seen_at = memory, now
            later = self._since[len(before) :]
            self._since = tuple(done for done in before if id(done) in waits) + later
            self._rows |= {row.parcel: row for row in (*memory.rows, *memory.gone)}

    # The world --------------------------------------------------------------------------------------------------

    def piece(self, text: str) -> Piece | None:
        """What is not remembered may be anything while the database is away."""
        done = self._ahead().done
        try:
            found = self._ask(lambda: super(HandoverReach, self).piece(text))
        except Away:
            known = self._memory.pieces.get(text)
            if known is None:
                raise
            found = over.over_piece(self._since, known)
            sure = over.handed(done).get(found.parcel, False) or found.parcel not in self._memory.binding
            return replace(found, unsure=not sure)
        return over.over_piece(done, found) if found is not None else None

    def number(self, raw: str) -> NumberReading:
        """By the forms last known."""
        try:
            self._forms = self._ask(self.ws.number_forms)
        except Away:
            if not self._forms:
                raise
        return read_number(raw, self._forms, "")

    def name_choice(self, shipment: str, among: Sequence[str] = ()) -> NameChoice:
        """Only the database knows names."""
        return self._ask(lambda: super(HandoverReach, self).name_choice(shipment, among))

    def session(self, session: str) -> Session | None:
        """With what was taken a moment ago."""
        done = self._ahead().done
        try:
            found = self._ask(lambda: super(HandoverReach, self).session(session))
            taken: Iterable[str] = self._ask(lambda: handovers.taken(self.ws.store, session)) if done else ()
        except Away:
            known = self._memory
            found, taken, done = known.sessions.get(session), known.taken.get(session, ()), self._since
        return over.over_session(done, session, found, taken, self._of) if done else found

    def running(self, carrier: str) -> Session | None:
        """Whether another desk has begun one is for the database to say."""
        done = self._ahead().done
        found = self._ask(lambda: super(HandoverReach, self).running(carrier))
        if not done:
            return found
        standing = self.session(found.id) if found is not None else None
        if standing is not None and standing.ended_at is None:
            return standing
        here = over.begun(done, carrier)
        return self.session(here) if here else None

    def waiting(self, carrier: str) -> Sequence[Waiting]:
        """Without what was taken a moment ago, and with what was taken back, whenever it had been taken."""
        done = self._ahead().done
        try:
            rows = self._ask(lambda: super(HandoverReach, self).waiting(carrier))
            self._rows |= {row.parcel: row for row in rows}
            for session in {of for parcel, of in over.taken_back(done).items() if parcel not in self._rows}:
                self._rows |= self._ask(lambda of=session: _rows_of(self.ws, of))  # type: ignore[misc]
        except Away:
            rows = [row for row in self._memory.rows if row.carrier == carrier]
            done = self._since
            if over.taken_back(done).keys() - self._rows.keys():
                raise
        return over.over_waiting(done, rows, self._rows, carrier) if done else rows

    def _ask(self, question: Callable[[], T]) -> T:
        if self.away is not None:
            raise Away
        try:
            return question()
        except WorldFault as fault:
            if not trouble.is_database(fault):
                raise
            self.away = fault
            raise Away from fault


def _rows_of(ws: Workspace, session: str) -> dict[str, Waiting]:
    """By parcel, what a set has taken, as it would wait again."""
    taken = handovers.known_of(ws.store, session, proves_by_handover(ws))
    return {row.parcel: row for row in without_names(ws, [one.row for one in taken])}


def _looked_at(ws: Workspace) -> Memory:
    """Everything that waits, and everything the sets that run have taken."""
    by_handover = proves_by_handover(ws)
    waiting = handovers.known(ws.store, since(ws), by_handover)
    sessions = {one.id: one for one in handovers.running(ws.store)}
    gone = {id_: handovers.known_of(ws.store, id_, by_handover) for id_ in sessions}
    shops: dict[str, ShopOptions] = {}
    pieces: dict[str, Piece] = {}
    binding = set()
    left = {one.row.parcel for one in waiting}
    for one in chain(waiting, *gone.values()):
        shop = one.row.shop
        own = shops[shop] if shop in shops else shops.setdefault(shop, ws.shop_options(shop))
        piece = _piece(one, own, one.row.parcel not in left)
        if one.clash and not piece.untracked:
            continue  # whose it is, and whether one of them is void, is for the database to say
        pieces[piece.parcel] = piece
        if not piece.untracked:
            pieces[piece.number] = piece
        if needs_handover(own):
            binding.add(piece.parcel)
    return Memory(
        pieces,
        tuple(without_names(ws, [one.row for one in waiting])),
        tuple(without_names(ws, [one.row for many in gone.values() for one in many])),
        sessions,
        {id_: frozenset(one.row.parcel for one in many) for id_, many in gone.items()},
        frozenset(binding),
    )


def _piece(one: Known, own: ShopOptions, taken: bool) -> Piece:
    row = one.row
    return Piece(
        shipment=row.shipment,
        parcel=row.parcel,
        order=row.order,
        number=row.number,
        carrier=row.carrier or str(own.get("carrier.default")),
        standing=Standing.READY if row.standing is Standing.NOT_PROVEN else row.standing,
        why=one.hold if row.standing is Standing.HOLD else "",
        linked_on=row.linked_on,
        proven=one.proven,
        handed=taken,
        untracked=is_untracked(row.number),
        proof=Proof(own.get("pack.proof")),
        name_always=own.get("pack.proof.also") == ALSO,
        every=int(own.get("handover.sample")),
        bound=one.told and needs_handover(own),
    )
