"""Keeps an eye on the desk's folder and says what is new in it; whether anything is taken in, a person decides."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.intake.watch import (
    NOTHING_SEEN,
    Found,
    Offers,
    Watched,
    look_and_judge,
    offer_again,
    remember,
    watched_folder,
    without,
)
from jpship_gui.ui.desk import Desk

POLL = 30_000  # ms between two looks where the system tells of no change, as on a network share
SETTLES = 2_000  # ms until a file that was still growing is looked at again
BUNCH = 400  # ms after a change; a browser makes several for one download
_LANE = (
    "net: watched folder"  # a share that does not answer holds up nobody else; no shop begins with a blank
)


def watcher_of(desk: Desk) -> Watcher:
    """The one of this window, made when first asked for; it looks at nothing until `begin`."""
    found = desk.findChild(Watcher)
    return found if found is not None else Watcher(desk)


class Watcher(QObject):
    """`found(Offers)` when what is new has changed. A folder that vanishes is looked for at every poll."""

    found = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.offers = Offers()
        self.missing = ""  # the folder, where there is none now
        self._folder: Path | None = None
        self._seen = NOTHING_SEEN
        self._judged: frozenset[str] | None = None
        self._aside: set[str] = set()  # fingerprints a person looks at or has waved aside
        self._begun = self._looking = self._again = False
        self._system = QFileSystemWatcher(self)
        self._system.directoryChanged.connect(lambda _: self._soon(BUNCH))
        self._poll = QTimer(self)
        self._poll.setInterval(POLL)
        self._poll.timeout.connect(self.look)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self.look)
        desk.changed.connect(self._changed)
        desk.settled.connect(self._settled)

    def begin(self) -> None:
        """Watch the folder the desk is set to, or none; from now on the setting is followed."""
        self._begun = True
        folder = watched_folder(self._desk.ws)
        if folder == self._folder:
            return
        self.stop()
        self._begun, self._folder = True, folder
        self._show(Offers(), "")
        if folder is not None:
            self._poll.start()
            self.look()

    def stop(self) -> None:
        """Watch nothing any more."""
        self._begun, self._folder, self._seen, self._judged = False, None, NOTHING_SEEN, None
        self._poll.stop()
        self._next.stop()
        if self._system.directories():
            self._system.removePaths(self._system.directories())

    def look(self) -> None:
        """One look now; while one is under way, once more after it."""
        folder, seen, judged, ws = self._folder, self._seen, self._judged, self._desk.ws
        if folder is None:
            return
        if self._looking:
            self._again = True
            return
        self._looking = True

        def work() -> tuple[Path, Watched]:
            with closing(ws):  # this thread's connection ends with the look
                return folder, look_and_judge(ws, folder, seen, judged)

        self._desk.tasks.run(lambda _: work(), done=self._looked, failed=self._failed, lane=_LANE, quiet=True)

    def shown(self, paths: Iterable[Path]) -> tuple[Found, ...]:
        """A person looks at these: they are no longer offered. Which of them were offered."""
        wanted = set(paths)
        taken = tuple(one.found for one in self.offers.files if one.found.path in wanted)
        self._aside |= {one.fingerprint for one in taken}
        self._show(self.offers, self.missing)
        return taken

    def settle(self, files: Iterable[Found]) -> None:
        """A person has decided on these: they are not offered again, at this desk, ever."""
        done, ws = tuple(files), self._desk.ws
        if done:
            self._aside |= {one.fingerprint for one in done}
            self._desk.tasks.run(lambda _: remember(ws, done), quiet=True)
            self._show(self.offers, self.missing)

    def offer_again(self, files: Iterable[Found]) -> None:
        """Undo `settle`: the next look judges them anew."""
        back, ws = tuple(files), self._desk.ws
        self._aside -= {one.fingerprint for one in back}
        self._judged = None
        self._desk.tasks.run(lambda _: offer_again(ws, back), done=lambda _: self.look(), quiet=True)

    def _changed(self) -> None:
        """Orders came in another way: what is offered may be known by now."""
        if self.offers.files:
            self._judged = None
            self.look()

    def _settled(self) -> None:
        if self._begun:
            self.begin()

    def _soon(self, wait: int) -> None:
        self._next.start(wait)

    def _looked(self, answer: tuple[Path, Watched]) -> None:
        self._looking = False
        folder, watched = answer
        if folder == self._folder:
            self._take(folder, watched)
        if self._again:
            self._again = False
            self.look()

    def _take(self, folder: Path, watched: Watched) -> None:
        self._seen = watched.look.seen
        if watched.look.missing:
            self._judged = None
            self._show(Offers(), str(folder))
            return
        if str(folder) not in self._system.directories():  # the system forgets a folder that was away
            self._system.addPath(str(folder))
        if watched.offers is not None:
            self._judged = watched.prints
            self._show(watched.offers, "")
        elif self.missing:
            self._show(self.offers, "")
        if watched.look.growing:
            self._soon(SETTLES)

    def _failed(self, fault: Fault) -> None:
        """The next look may succeed; nobody asked for this one."""
        self._looking = False

    def _show(self, offers: Offers, missing: str) -> None:
        left = without(offers, self._aside)
        if (left, missing) != (self.offers, self.missing):
            self.offers, self.missing = left, missing
            self.found.emit(left)
