"""Lets the database follow the desk's journal: at once as a rule, later where it is locked or away, in order always.

Lines wait in memory and stand in the journal; whatever is still waiting when the program ends is taken over from there
at the next start. With `start` a thread of its own does the following, so that no scan waits for another process'
write lock or for a server that is gone.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from jpship_gui.domain.fault import Fault, WorldFault
from jpship_gui.domain.packing.ahead import Ahead, Done
from jpship_gui.domain.packing.effects import Do
from jpship_gui.flows.pack import catch_up
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import packing, trouble
from jpship_gui.store.journal import Entry

_PATIENCE = 0.5  # s for another writer; a scan may wait this long where there is no thread
_PATIENCE_BESIDE = 2.0  # s, in the thread
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 10.0  # s between two tries; what is only locked is tried again at once
SILENCE = 4.0  # s a server may say nothing to who must not wait; as long as a dead network is waited for
_LOOK_EVERY = 5.0  # s between two looks while there is nothing to do


class Follower:
    """`told` is called after each try that changed anything, in the thread that tried: with the keys of changed
    shipments. `ready` runs after everything was taken over; `look` is asked now and then whether the journal could be
    written to. With `quiet` lines that changed no shipment are not told."""

    def __init__(
        self,
        ws: Workspace,
        desk: str,
        ready: Callable[[], None],
        look: Callable[[], None] | None = None,
        *,
        quiet: bool = True,
    ) -> None:
        self.ws = ws
        self.trouble: Fault | None = None
        self.told: Callable[[tuple[str, ...]], None] = lambda keys: None
        self._desk = desk
        self._ready = ready
        self._look, self._quiet = look, quiet
        self._waiting: deque[tuple[Entry, Ahead]] = deque()
        self._lock = threading.Lock()  # of what waits
        self._one = threading.Lock()  # one try at a time
        self._wake = threading.Event()
        self._pause, self._due = _FIRST_PAUSE, 0.0
        self._twice: deque[WorldFault] = deque()
        self._thread: threading.Thread | None = None
        self._ending = False
        self._trying = False

    # What waits -------------------------------------------------------------------------------------------------

    def add(self, entry: Entry) -> tuple[Done, ...]:
        """A line is on disk; what it did."""
        at = datetime.fromisoformat(entry.at)
        done = tuple(Done(effect, at, entry.person) for effect in catch_up.effects_of(entry))
        with self._lock:
            self._waiting.append((entry, Ahead(self._desk, done)))
        return done

    def ahead(self) -> Ahead:
        """All that waits."""
        with self._lock:
            return Ahead(self._desk, tuple(done for _, one in self._waiting for done in one.done))

    @property
    def waiting(self) -> int:
        """Lines the database lacks."""
        return len(self._waiting)

    @property
    def behind(self) -> bool:
        """Whether a line waits, or the thread has not yet told what became of the last ones."""
        return bool(self._waiting) or self._trying

    def note(self, fault: WorldFault) -> None:
        """The desk could not read: it is tried again from now on, as if a line waited."""
        if self.trouble is None:
            self.trouble = fault
            self._due = time.monotonic() + self._pause

    def twice(self) -> WorldFault | None:
        """A number that two parcels got while neither desk could see the other's line, told once."""
        return self._twice.popleft() if self._twice else None

    # Following --------------------------------------------------------------------------------------------------

    def follow(self, *, patience: float = _PATIENCE, at_once: bool = False) -> tuple[str, ...]:
        """Take over what waits, unless a pause after a failed try is running; the keys of changed shipments. What the
        database refuses stays waiting and stands in `trouble`; other faults, such as a journal that does not fit, are
        raised."""
        if not at_once and time.monotonic() < self._due:
            return ()
        if not self._one.acquire(timeout=patience):
            return ()  # another thread is at it
        try:
            with self.ws.store.answering(patience + SILENCE):
                return self._try(patience)
        finally:
            self._one.release()

    def _try(self, patience: float) -> tuple[str, ...]:
        keys: dict[str, None] = {}
        try:
            if self._waiting:
                with self.ws.store.patience(patience):
                    while self._waiting:
                        keys |= dict.fromkeys(self._take_over(self._waiting[0][0]))
                        with self._lock:
                            self._waiting.popleft()
            elif self.trouble is not None or self._thread is not None:
                self.ws.store.reach()
            self._ready()
        except WorldFault as fault:
            if not trouble.is_database(fault):
                raise
            self.trouble = fault
            self._rest(fault)
            return tuple(keys)
        self.trouble, self._pause, self._due = None, _FIRST_PAUSE, 0.0
        return tuple(keys)

    def _rest(self, fault: Fault) -> None:
        """Before the next try, longer each time."""
        self._due = time.monotonic() + self._pause
        if fault.code != trouble.BUSY:
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)

    def _take_over(self, entry: Entry) -> tuple[str, ...]:
        """One line; a database put back from a copy lacks lines before it as well, which the journals still have."""
        try:
            keys = catch_up.take_over(self.ws, entry)
        except WorldFault as fault:
            if fault.code != "journal_gap":
                raise
            keys = catch_up.catch_up(self.ws).keys
            if packing.marks(self.ws.store).get(entry.desk, (0, ""))[0] < entry.n:
                raise
        self._twice.extend(_linked_twice(self.ws, entry))
        return keys

    # A thread of its own ----------------------------------------------------------------------------------------

    def start(self) -> None:
        """Follow beside the desk from now on."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="follow", daemon=True)
            self._thread.start()

    @property
    def beside(self) -> bool:
        """Whether a thread follows."""
        return self._thread is not None

    def wake(self) -> None:
        """Something waits, or somebody wants to know whether all is well."""
        self._wake.set()

    def stop(self, patience: float) -> None:
        """End the thread and try once more to take over what waits; the rest, and all of it where the database is known
        to be away, is left to the next start."""
        self._ending = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(patience + _PATIENCE_BESIDE)
            self._thread = None
        hopeless = self.trouble is not None and self.trouble.code != trouble.BUSY
        if self._waiting and not hopeless and self._one.acquire(timeout=patience):
            try:
                with self.ws.store.answering(patience + SILENCE):
                    self._try(patience)
            finally:
                self._one.release()

    def _run(self) -> None:
        try:
            self._once()
            while not self._ending:
                left = self._due - time.monotonic()
                self._wake.wait(max(0.01, left) if self._waiting or self.trouble else _LOOK_EVERY)
                self._wake.clear()
                if self._ending:
                    return
                if left > 0:
                    self._wait_out(left)
                self._once()
        finally:
            self.ws.store.close()

    def _wait_out(self, seconds: float) -> None:
        """New lines do not shorten the pause after a failed try."""
        until = time.monotonic() + seconds
        while not self._ending and time.monotonic() < until:
            time.sleep(min(0.05, seconds))

    def _once(self) -> None:
        before, waited = self.trouble, self.waiting
        keys: tuple[str, ...] = ()
        self._trying = True
        try:
            keys = self.follow(patience=_PATIENCE_BESIDE, at_once=True)
            if self.trouble is None and self._look is not None:
                self._look()
        except Fault as fault:
            self.trouble = fault
            self._rest(fault)
        try:
            followed = not self._quiet and self.waiting < waited
            if keys or followed or self._twice or before is not self.trouble:
                self.told(keys)
        finally:
            self._trying = False


def _linked_twice(ws: Workspace, entry: Entry) -> list[WorldFault]:
    """Numbers this line linked that another parcel has too: two desks that could not see each other's lines. Neither
    order can be confirmed until one is mended; here it is said at once."""
    old = ws.now() - timedelta(days=int(ws.options.get("pack.recycle_days")))
    found = []
    for effect in catch_up.effects_of(entry):
        if effect.do is not Do.LINK:
            continue
        uses = [u for u in packing.uses_of(ws.store, effect.number) if u.linked and not u.void]
        own = next((u for u in uses if u.parcel == effect.parcel), None)
        other = next(
            (
                u
                for u in uses
                if u.shipment != effect.shipment and u.linked_at is not None and u.linked_at >= old
            ),
            None,
        )
        if own is not None and other is not None:
            found.append(WorldFault("number_twice", number=effect.number, order=own.order, other=other.order))
    return found
