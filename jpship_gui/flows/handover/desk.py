"""A desk at the hand-over: decide in memory, journal on disk, answer; the database follows.

It has a journal of its own beside the packing desk's, so that an open parcel stays open there. A session is the
house's: another desk joins the one that runs for a carrier, and ends it where the first one cannot.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from jpship_gui.domain.badge import code_on
from jpship_gui.domain.handover.session import Answer, HandoverSession
from jpship_gui.domain.handover.state import FRESH
from jpship_gui.domain.handover.world import Left, Way
from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.packing.kinds import tidy
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.flows import people
from jpship_gui.flows.handover.surroundings import HandoverWorld
from jpship_gui.flows.pack import catch_up
from jpship_gui.flows.pack.crew import Crew
from jpship_gui.flows.pack.desk import DEFAULT_DESK
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal
from jpship_gui.store.handovers import SUFFIX
from jpship_gui.store.journal import Entry, Journal
from jpship_gui.texts import text

_MARKS = frozenset(do.value for do in FRESH)


class HandoverDesk:
    """Open for one person at a time; holds its journal until `close`. Not for several threads at once."""

    def __init__(self, ws: Workspace, name: str = "", person: str = "") -> None:
        """Catches the database up and continues where it stood. WorldFault("desk_in_use") if another process hands over
        under this desk's name, Refused("not_allowed"), and what `catch_up` raises."""
        self.ws = ws
        self.name = name or ws.desk or DEFAULT_DESK
        if person or ws.person:  # else whoever reads a badge is asked about, scan by scan
            people.must(ws.as_person(person or ws.person), people.Right.HAND_OVER)
        self._crew = Crew(ws)
        own = f"{self.name}{SUFFIX}"
        path = journal.file_of(ws.places.journal, own)
        self._journal = Journal(path, own)
        self._waiting: deque[Entry] = deque()
        try:
            catch_up.must_continue(ws, self._journal)
            catch_up.catch_up(ws)
            self.session = HandoverSession(
                HandoverWorld(ws),
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
        name = self._crew.whose(code_on(tidy(raw)))
        if name:
            people.must(self.ws.as_person(name), people.Right.HAND_OVER)
        return self._do("handover", lambda: self.session.scan(raw))

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

    @property
    def pending(self) -> bool:
        """Whether the database has not followed the last answers yet."""
        return bool(self._waiting)

    def apply_pending(self) -> tuple[str, ...]:
        """Let the database follow; returns the keys of shipments that changed. The next scan does it by itself."""
        keys = dict[str, None]()
        while self._waiting:
            keys |= dict.fromkeys(catch_up.take_over(self.ws, self._waiting[0]))
            self._waiting.popleft()
        return tuple(keys)

    def close(self) -> None:
        """Let the database follow and let go of the journal."""
        try:
            self.apply_pending()
        finally:
            self._journal.close()

    def _do(self, kind: str, decide: Callable[[], Answer]) -> Answer:
        self.apply_pending()
        before, person = self.session.track, self.session.person
        answer = decide()
        try:
            entry = self._journal.append(
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
        except BaseException:
            self.session.track = before  # not on disk, so it did not happen
            raise
        self._waiting.append(entry)
        return answer


def _since_begun(path: Path) -> Sequence[Entry]:
    """Lines from the newest back to the last that began or ended a session: all that the state depends on."""
    found = []
    for entry in journal.backwards(path):
        found.append(entry)
        if any(effect.get("do") in _MARKS for effect in entry.effects):
            break
    return found
