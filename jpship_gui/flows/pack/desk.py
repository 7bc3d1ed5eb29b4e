"""One packing desk: classify and decide in memory, journal on disk, answer; the database follows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.packing.outcomes import Expect
from jpship_gui.domain.packing.session import Answer, PackSession, expected
from jpship_gui.domain.packing.state import FRESH, State
from jpship_gui.domain.packing.world import PackView
from jpship_gui.flows.pack import catch_up
from jpship_gui.flows.pack.surroundings import Surroundings
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal
from jpship_gui.store.journal import Entry, Journal
from jpship_gui.texts import text

_RECENT = 5
DEFAULT_DESK = "1"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the packing page shows: the open parcel (None = none), how far it is, and the last answers, newest first."""

    state: State
    view: PackView | None
    expects: Expect
    recent: tuple[Answer, ...]


EMPTY = Snapshot(State(), None, Expect.SLIP, ())


class Desk:
    """Open for one person at a time; holds the desk's journal until `close`. Not for several threads at once."""

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
            self.session = PackSession(
                Surroundings(ws),
                self.name,
                person or ws.person,
                text("pack.hold_words", desk=self.name),
                text("pack.name_words", desk=self.name),
                text("pack.recheck_words", desk=self.name),
            )
            for entry in reversed(_since_opened(path)):
                self.session.replay(catch_up.effects_of(entry))
        except BaseException:
            self._journal.close()
            raise
        self._waiting: deque[Entry] = deque()
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

    def command(self, command: Command, reason: str = "", argument: str = "") -> Answer:
        """A key or button of the packing page."""
        return self._do("key", lambda: self.session.command(command, reason, argument))

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

    def apply_pending(self) -> tuple[str, ...]:
        """Let the database follow; returns the keys of shipments that changed. The next scan does it by itself."""
        keys = dict[str, None]()
        while self._waiting:
            keys |= dict.fromkeys(catch_up.take_over(self.ws, self._waiting[0]))
            self._waiting.popleft()
        return tuple(keys)

    def snapshot(self) -> Snapshot:
        """The desk as it stands, for showing; the database has followed."""
        self.apply_pending()
        return self.glance()

    def glance(self) -> Snapshot:
        """The desk as it stands without waiting for the database, which may be one scan behind."""
        state = self.session.state
        view = self.session.open_view()
        return Snapshot(state, view, expected(state, view), tuple(self._recent))

    def leave(self) -> None:
        """The person goes: an NG nobody acknowledged is acknowledged by that, and the journal says so."""
        if self.session.state.locked:
            self._do("leave", lambda: self.session.command(Command.ACK))

    def close(self) -> None:
        """Let the database follow and let go of the journal."""
        try:
            self.apply_pending()
        finally:
            self._journal.close()

    def _do(self, kind: str, decide: Callable[[], Answer]) -> Answer:
        self.apply_pending()
        before = self.session.track
        answer = decide()
        try:
            entry = self._write(kind, answer)
        except BaseException:
            self.session.track = before  # not on disk, so it did not happen
            raise
        self._waiting.append(entry)
        self._recent.appendleft(answer)
        return answer

    def _write(self, kind: str, answer: Answer) -> Entry:
        return self._journal.append(
            kind,
            at=self.ws.now().isoformat(),
            person=self.session.person,
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
