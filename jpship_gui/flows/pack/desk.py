"""One packing desk: classify and decide in memory, journal on disk, answer; the database follows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from jpship_gui.domain.fault import Fault, WorldFault
from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.packing.outcomes import Expect, Outcome
from jpship_gui.domain.packing.session import Answer, PackSession, expected
from jpship_gui.domain.packing.state import FRESH, State
from jpship_gui.domain.packing.world import PackView
from jpship_gui.flows.pack import catch_up
from jpship_gui.flows.pack.crew import Crew
from jpship_gui.flows.pack.follower import SILENCE, Follower
from jpship_gui.flows.pack.present import present
from jpship_gui.flows.pack.reach import Reach
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal, trouble
from jpship_gui.store.journal import Entry, Journal
from jpship_gui.texts import text

_RECENT = 5
_PATIENCE = 2.0  # s a scan waits for another writer where it cannot be decided otherwise
DEFAULT_DESK = "1"
BUSY = trouble.BUSY  # the code of a trouble that passes by itself


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the packing page shows: the open parcel (None = none), how far it is, and the last answers, newest first."""

    state: State
    view: PackView | None
    expects: Expect
    recent: tuple[Answer, ...]


EMPTY = Snapshot(State(), None, Expect.SLIP, ())


def reach(ws: Workspace) -> None:
    """Ask whether the database answers; its WorldFault where it does not."""
    ws.store.reach()


class Desk:
    """Open for one person at a time; holds the desk's journal until `close`. Not for several threads at once.

    The database may be locked or away: what was answered waits and is part of every later answer (`ahead`), the parcel
    in hand is finished from memory, the rest is NG_AWAY. `trouble` says why, `waiting` how many lines wait.
    """

    def __init__(self, ws: Workspace, name: str = "", person: str = "") -> None:
        """Catches the database up and continues where the desk stood. WorldFault("desk_in_use") if another process
        works there, and what `catch_up` raises: "journal_short" where its own journal was deleted or cut too."""
        self.name = name or ws.desk or DEFAULT_DESK
        self.ws = ws
        path = journal.file_of(ws.places.journal, self.name)
        self._journal = Journal(path, self.name)
        try:
            catch_up.must_continue(ws, self._journal)
            catch_up.catch_up(ws)
            self._follower = Follower(ws, self.name, self._reached, self._journal.look)
            self._reach = Reach(ws, self._follower.ahead, self._settle)
            self.session = PackSession(
                self._reach,
                self.name,
                person or ws.person,
                text("pack.hold_words", desk=self.name),
                text("pack.name_words", desk=self.name),
                text("pack.recheck_words", desk=self.name),
                Crew(ws, lambda: self._reach.away is not None, self._lost),
            )
            for entry in reversed(_since_opened(path)):
                self.session.replay(catch_up.effects_of(entry))
            self.session.track = replace(self.session.track, who=present(ws, path))
            self._remember()
        except BaseException:
            self._journal.close()
            raise
        self._recent: deque[Answer] = deque(maxlen=_RECENT)

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def torn(self) -> bool:
        """Whether a line torn by a power cut was put aside at opening; it was never answered."""
        return self._journal.torn is not None

    def scan(self, raw: str) -> Answer:
        """Answer one text. When this returns the journal line is on disk; call `apply_pending` after showing it."""
        return self._do("scan", lambda: self.session.scan(raw))

    def ignore(self, raw: str, reason: str) -> Answer:
        """Note a code that the scanner's blank time left out (`again`, `neighbour`): journalled, nothing changes."""
        return self._do("ignored", lambda: self.session.ignore(raw, reason))

    def command(self, command: Command, reason: str = "", argument: str = "") -> Answer:
        """A key or button of the packing page."""
        return self._do("key", lambda: self.session.command(command, reason, argument))

    def choose(self, name: str) -> Answer:
        """Somebody says who they are by click; the same as their badge."""
        return self._do("key", lambda: self.session.choose(name))

    def acknowledge(self) -> Answer:
        """F4: end the stop after an NG."""
        return self.command(Command.ACK)

    def undo(self) -> Answer:
        """Take the last scan back."""
        return self.command(Command.UNDO)

    def tick(self) -> Answer:
        """Tick the next instruction as done."""
        return self.command(Command.TICK)

    def restart(self, reason: str = "") -> Answer:
        """Start this parcel over; its numbers are taken back."""
        return self.command(Command.RESTART, reason)

    def reopen(self, key: str, reason: str) -> Answer:
        """Open a packed parcel again, with a reason, until it is confirmed."""
        return self._do("key", lambda: self.session.reopen(key, reason))

    def photographed(self, key: str, *, failed: bool = False) -> Answer:
        """A photo of this shipment was attached, or the camera gave none."""
        return self._do("photo", lambda: self.session.photographed(key, failed=failed))

    def follow_beside(self, told: Callable[[tuple[str, ...]], None] | None = None) -> None:
        """Let a thread of its own follow from now on: no scan waits for the database's writers. `told` hears in that
        thread which shipments changed, and that `trouble` came or went."""
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
        """A number two parcels got while a desk was cut off: said once, in big words."""
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

    def snapshot(self) -> Snapshot:
        """The desk as it stands, for showing; the database has followed if it can."""
        self.apply_pending()
        return self.glance()

    def glance(self) -> Snapshot:
        """The desk as it stands without waiting for the database."""
        state = self.session.state
        with self.ws.store.answering(SILENCE):
            view = self.session.open_view()
        self._notice()
        return Snapshot(state, view, expected(state, view), tuple(self._recent))

    def leave(self) -> None:
        """The person goes: an NG nobody acknowledged is acknowledged by that, and the journal says so."""
        if self.session.state.locked:
            self._do("leave", lambda: self.session.command(Command.ACK))

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

    def _remember(self) -> None:
        """Read the open parcel, so that it can be finished whatever happens to the database."""
        key = self.session.state.shipment
        if key:
            self._reach.shipment(key)
        self._reach.keep(key, ())

    def _notice(self) -> None:
        if self._reach.away is not None:
            self._follower.note(self._reach.away)

    def _bring_up(self) -> None:
        """Before a decision: what waits must be in the database or be laid over its answers."""
        if not self._follower.beside:
            self._follower.follow()
        fault = self._follower.trouble
        if isinstance(fault, WorldFault) and fault.code in (trouble.AWAY, trouble.DAMAGED):
            self._reach.away = fault  # what this thread could still read may be a file nobody else sees
        if not self._follower.ahead().sure and not self._settle() and self._reach.away is None:
            self._reach.away = WorldFault(trouble.AWAY, place=self.ws.store.place, reason="")

    def _settle(self) -> bool:
        """Wait a little until the database has every line; whether it has."""
        if self._follower.waiting:
            self._follower.follow(patience=_PATIENCE, at_once=True)
        return not self._follower.waiting

    def _do(self, kind: str, decide: Callable[[], Answer]) -> Answer:
        with self.ws.store.answering(SILENCE):
            return self._done(kind, decide)

    def _done(self, kind: str, decide: Callable[[], Answer]) -> Answer:
        self._bring_up()
        before, person = self.session.track, self.session.person
        try:
            answer = decide()
            entry = self._write(kind, answer, person)
        except BaseException:
            self.session.track = before  # not on disk, so it did not happen
            raise
        self._reach.keep(self.session.state.shipment, self._follower.add(entry))
        self._notice()
        self._recent.appendleft(answer)
        return answer

    def _write(self, kind: str, answer: Answer, person: str) -> Entry:
        """`person` did it; whoever reads a badge is there with that line."""
        return self._journal.append(
            kind,
            at=self.ws.now().isoformat(),
            person=self.session.person if answer.outcome is Outcome.OK_WHO else person,
            raw=answer.raw,
            outcome=answer.outcome.value,
            klass=answer.klass.value,
            reason=answer.reason,
            shipment=answer.shipment,
            expects=answer.expects.value,
            effects=[effect.plain() for effect in answer.effects],
        )


_MARKS: frozenset[str] = frozenset(do.value for do in FRESH)


def _since_opened(path: Path) -> Sequence[Entry]:
    """Lines from the newest back to the last that opened a parcel: all that the session's state depends on."""
    found = []
    for entry in journal.backwards(path):
        found.append(entry)
        if any(effect.get("do") in _MARKS for effect in entry.effects):
            break
    return found
