"""The same work for several shops at once, so that no shop's slowness holds another up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from typing import Generic, TypeVar

from jpship_gui.domain.fault import Cancelled
from jpship_gui.flows.progress import Progress
from jpship_gui.flows.workspace import Workspace

T = TypeVar("T")
THREADS = 16  # shops that are talked to at the same moment; one that only waits is not among them
_NAP = 0.25  # seconds until a wish to stop is noticed


def side_by_side(
    ws: Workspace,
    shops: Sequence[str],
    work: Callable[[str, Progress], T],
    progress: Progress,
    again: Callable[[str, T], float | None] = lambda shop, result: None,
    threads: int = THREADS,
) -> list[T]:
    """`work(shop, progress)` for every shop in threads; the last results, in the order of the shops.

    `again(shop, result)` is asked in the caller's thread: seconds after which the shop has another turn, None for no
    more. A shop that waits for its turn occupies no thread. The first exception (`Cancelled` is one) stops the others
    at their next step and is raised once all have ended.
    """
    with ThreadPoolExecutor(max(1, min(threads, len(shops))), thread_name_prefix="shop") as pool:
        rounds = _Rounds(ws, work, again, _Together(progress), pool)
        return rounds.run(shops)


class _Rounds(Generic[T]):
    """Who works, whose turn comes when, and what each shop's last turn gave."""

    def __init__(
        self,
        ws: Workspace,
        work: Callable[[str, Progress], T],
        again: Callable[[str, T], float | None],
        together: _Together,
        pool: ThreadPoolExecutor,
    ) -> None:
        self._ws = ws
        self._work = work
        self._again = again
        self._together = together
        self._pool = pool
        self._working: dict[Future[T], str] = {}
        self._due: dict[str, float] = {}
        self._results: dict[str, T] = {}

    def run(self, shops: Sequence[str]) -> list[T]:
        self._due = dict.fromkeys(shops, 0.0)
        try:
            while self._working or self._due:
                self._begin_due()
                self._together.look()
                for done in wait(self._working, self._patience(), FIRST_COMPLETED).done:
                    self._ended(done, self._working.pop(done))
        except BaseException:  # the user's Ctrl+C as well
            self._together.stop()
            for waiting in self._working:
                waiting.cancel()
            raise
        return [self._results[shop] for shop in shops]

    def _begin_due(self) -> None:
        now = time.monotonic()
        for shop in [shop for shop, due in self._due.items() if due <= now]:
            del self._due[shop]
            self._working[self._pool.submit(self._at, shop)] = shop

    def _at(self, shop: str) -> T:
        with closing(self._ws):  # this thread's connection
            return self._work(shop, self._together.of(shop))

    def _patience(self) -> float:
        next_due = min(self._due.values(), default=float("inf")) - time.monotonic()
        patience = min(_NAP, max(next_due, 0.0))
        if not self._working:
            time.sleep(patience)  # waiting for nobody returns at once
        return patience

    def _ended(self, done: Future[T], shop: str) -> None:
        self._results[shop] = result = done.result()
        pause = self._again(shop, result)
        if pause is not None:
            self._due[shop] = time.monotonic() + max(pause, 0.0)


class _Together:
    """Adds up what each shop reports and says whose step it was; told to stop, it stops all of them."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._lock = threading.Lock()
        self._steps: dict[str, tuple[int, int]] = {}
        self._last = (0, 0, "")
        self._stopped = threading.Event()

    def of(self, shop: str) -> _Share:
        """What one shop's work reports to."""
        return _Share(self, shop)

    def stop(self) -> None:
        """Let every shop's next step be its last."""
        self._stopped.set()

    def look(self) -> None:
        """Whether to go on, while nobody makes a step."""
        with self._lock:
            if self._steps:
                self._progress.step(*self._last)

    def step(self, shop: str, done: int, total: int) -> None:
        with self._lock:
            if self._stopped.is_set():
                raise Cancelled
            self._steps[shop] = (done, total)
            own = f"{shop} {done}/{total}" if total else shop
            sums = (sum(column) for column in zip(*self._steps.values(), strict=True))
            self._last = (*sums, own)
            self._progress.step(*self._last)


class _Share:
    def __init__(self, together: _Together, shop: str) -> None:
        self._together = together
        self._shop = shop

    def step(self, done: int, total: int = 0, note: str = "") -> None:
        """One shop's step, whose name it is not asked to say again."""
        self._together.step(self._shop, done, total)
