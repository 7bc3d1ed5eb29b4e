"""A desk at the hand-over: decide in memory, journal on disk, answer; the database follows.

It has a journal of its own beside the packing desk's, so that an open parcel stays open there. A session is the
house's: another desk joins the one that runs for a carrier, and ends it where the first one cannot.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from jpship_gui.domain.badge import code_on
from jpship_gui.domain.fault import Fault, WorldFault
from jpship_gui.domain.handover.session import Answer, HandoverSession
from jpship_gui.domain.handover.state import FRESH
from jpship_gui.domain.handover.world import Left, Way
from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.packing.kinds import tidy
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.flows import people
from jpship_gui.flows.handover.reach import HandoverReach
from jpship_gui.flows.pack import catch_up
from jpship_gui.flows.pack.crew import Crew
from jpship_gui.flows.pack.desk import DEFAULT_DESK
from jpship_gui.flows.pack.follower import SILENCE, Follower
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal, trouble
from jpship_gui.store.handovers import SUFFIX
from jpship_gui.store.journal import Entry, Journal
from jpship_gui.texts import text

_MARKS = frozenset(do.value for do in FRESH)


class HandoverDesk:
    """Open for one person at a time; holds its journal until `close`. Not for several threads at once.

    The database may be locked or away: what was answered waits and is part of every later answer, a set that was begun
    goes on from memory, the rest is NG_AWAY. `trouble` says why, `waiting` how many lines wait.
    """

    def __init__(self, ws: Workspace, name: str = "", person: str = "") -> None:
        """Catches the database up and continues where it stood. WorldFault("desk_in_use") if another process hands over
        under this desk's name, Refused("not_allowed"), and what `catch_up` raises."""
        self.ws = ws
        self.name = name or ws.desk or DEFAULT_DESK
        if person or ws.person:  # else whoever reads a badge is asked about, scan by scan
            people.must(ws.as_person(person or ws.person), people.Right.HAND_OVER)
        own = f"{self.name}{SUFFIX}"
        path = journal.file_of(ws.places.journal, own)
        self._journal = Journal(path, own)
        try:
            catch_up.must_continue(ws, self._journal)
            catch_up.catch_up(ws)
            self._follower = Follower(ws, own, self._reached, self._journal.look, quiet=False)
            self._reach = HandoverReach(ws, self._follower.ahead, self.name)
            self._crew = Crew(ws, lambda: self._reach.away is not None, self._lost)
            self.session = HandoverSession(
                self._reach,
                lambda: uuid.uuid4().hex[:12],
                place=str(ws.options.get("handover.place")),
                name_words=text("pack.name_words", desk=self.name),
                person=person or ws.person,
                crew=self._crew,
            )
            for entry in reversed(_since_begun(path)):
                self.session.replay(catch_up.effects_of(entry))
        except BaseException:
            self._journal.close()
            raise

    def __enter__(self) -> HandoverDesk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def scan(self, raw: str) -> Answer:
        """Answer one text. When this returns the journal line is on disk; call `apply_pending` after showing it. The
        badge of one who may not hand over is Refused("not_allowed") and takes nobody's place."""
        return self._do("handover", lambda: self.session.scan(raw), badge=code_on(tidy(raw)))

    @property
    def person(self) -> str:
        """Who scans now."""
        return self.session.person

    def ignore(self, raw: str, reason: str) -> Answer:
        """Note a code that the scanner's blank time left out (`again`, `neighbour`): journalled, nothing changes."""
        return self._do("ignored", lambda: self.session.ignore(raw, reason))

    def command(self, command: Command) -> Answer:
        """A key of the page."""
        return self._do("handover_key", lambda: self.session.command(command))

    def begin(self, carrier: str, way: Way, place: str = "") -> Answer:
        """Begin for a carrier, or join what runs for it."""
        return self._do("handover_key", lambda: self.session.begin(carrier, way, place))

    def mark(self, parcel: str, reason: Left | None) -> Answer:
        """Note why a parcel stays; None takes that back."""
        return self._do("handover_key", lambda: self.session.mark(parcel, reason))

    def finish(self, driver: str = "", note: str = "") -> Answer:
        """End it, whatever remains."""
        return self._do("handover_key", lambda: self.session.finish(driver, note))

    def leave(self) -> None:
        """The person goes: an NG nobody acknowledged is acknowledged by that, and the journal says so."""
        if self.session.state.locked:
            self._do("leave", lambda: self.session.command(Command.ACK))

    def follow_beside(self, told: Callable[[tuple[str, ...]], None] | None = None) -> None:
        """Let a thread of its own follow from now on: no scan waits for the database's writers. `told` hears in that
        thread that lines were taken over and which shipments changed, and that `trouble` came or went."""
        if told is not None:
            self._follower.told = told
        self._follower.start()

    @property
    def trouble(self) -> Fault | None:
        """Why the database does not follow, or the journal could not be written to if a scan came now."""
        return self._follower.trouble

    @property
    def waiting(self) -> int:
        """Lines on disk that the database lacks."""
        return self._follower.waiting

    @property
    def behind(self) -> bool:
        """Whether the database is about to follow, or `told` to hear of it."""
        return self._follower.behind

    def twice(self) -> WorldFault | None:
        """A number two parcels have; nothing done here gives one."""
        return self._follower.twice()

    def look(self) -> None:
        """Ask, beside the desk, whether database and journal are well; whoever was `told` hears of it."""
        self._follower.wake()

    def apply_pending(self) -> tuple[str, ...]:
        """Let the database follow; returns the keys of shipments that changed. The next scan does it by itself. Where a
        thread follows it is woken, and tells them later."""
        if self._follower.beside:
            self._follower.wake()
            return ()
        return self._follower.follow()

    def close(self, patience: float = 30.0) -> None:
        """Let the database follow, so long as that takes no longer, and let go of the journal, which keeps the rest for
        the next start."""
        try:
            self._follower.stop(patience)
        finally:
            self._journal.close()

    def _reached(self) -> None:
        """The database answers and has everything."""
        self._reach.away = None
        self._reach.prepare()

    def _lost(self, fault: WorldFault) -> None:
        self._reach.away = fault

    def _do(self, kind: str, decide: Callable[[], Answer], badge: str = "") -> Answer:
        with self.ws.store.answering(SILENCE):
            return self._done(kind, decide, badge)

    def _done(self, kind: str, decide: Callable[[], Answer], badge: str) -> Answer:
        if not self._follower.beside:
            self._follower.follow()
        fault = self._follower.trouble
        if isinstance(fault, WorldFault) and fault.code in (trouble.AWAY, trouble.DAMAGED):
            self._reach.away = fault  # what this thread could still read may be a file nobody else sees
        self._must_be_allowed(badge)
        before, person = self.session.track, self.session.person
        try:
            answer = decide()
            entry = self._write(kind, answer, person)
        except BaseException:
            self.session.track = before  # not on disk, so it did not happen
            raise
        self._reach.keep(self._follower.add(entry))
        if self._reach.away is not None:
            self._follower.note(self._reach.away)
        return answer

    def _must_be_allowed(self, badge: str) -> None:
        name = self._crew.whose(badge) if badge else ""
        if name and not self._crew.may(name, people.Right.HAND_OVER):
            raise people.not_allowed(people.Right.HAND_OVER, name, self._crew.who_may(people.Right.HAND_OVER))

    def _write(self, kind: str, answer: Answer, person: str) -> Entry:
        return self._journal.append(
            kind,
            at=self.ws.now().isoformat(),
            person=self.session.person if answer.outcome is Outcome.OK_WHO else person,
            raw=answer.raw,
            outcome=answer.outcome.value,
            klass=answer.klass.value,
            reason=answer.reason,
            shipment=answer.shipment,
            expects=answer.expects,
            effects=[effect.plain() for effect in answer.effects],
        )


def _since_begun(path: Path) -> Sequence[Entry]:
    """Lines from the newest back to the last that began or ended a session: all that the state depends on."""
    found = []
    for entry in journal.backwards(path):
        found.append(entry)
        if any(effect.get("do") in _MARKS for effect in entry.effects):
            break
    return found
