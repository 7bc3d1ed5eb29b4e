"""Flows that talk to shops, each in its shop's lane; for several shops, one answer when all have ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.progress import Progress
from jpship_gui.flows.workspace import Workspace
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.tasks import Task

T = TypeVar("T")
Work = Callable[[Workspace, str, Progress], Any]


def never(shop: str, result: Any) -> float | None:
    """One turn is all."""
    return None


def run_at(
    desk: Desk,
    shop: str,
    work: Callable[[Workspace, str, Progress], T],
    *,
    done: Callable[[T], None],
    failed: Callable[[Fault], None],
    cancelled: Callable[[], None] | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    name: str = "",
) -> Task:
    """Start `work` in a shop's lane, with a database connection that ends with it; without a name it is never shown."""
    ws = desk.ws

    def do(share: Progress) -> T:
        with closing(ws):
            return work(ws, shop, share)

    return desk.tasks.run(
        do,
        done=done,
        failed=failed,
        cancelled=cancelled,
        progress=progress,
        name=name,
        lane=f"net:{shop}",
        quiet=not name,
    )


class AtShops(QObject):
    """`again(shop, result)` gives the seconds after which a shop has another turn, None for no more; who waits for its
    turn occupies no thread. Cancelling one shop's task cancels all."""

    one_ended = Signal(str, object)  # shop and result, as they come
    ended = Signal(list)  # last results in the order of the shops; those whose task failed are absent
    cancelled = Signal()

    def __init__(
        self,
        desk: Desk,
        work: Work,
        name: str = "",
        again: Callable[[str, Any], float | None] = never,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work = work
        self._name = name
        self._again = again
        self._shops: tuple[str, ...] = ()
        self._results: dict[str, Any] = {}
        self._left: dict[str, Task | None] = {}  # None = waits for its next turn
        self._stopped = False

    def start(self, shops: Sequence[str]) -> None:
        """Begin everywhere; once per object."""
        self._shops = tuple(shops)
        self._left = dict.fromkeys(shops)
        for shop in shops:
            self._turn(shop)
        if not shops:
            QTimer.singleShot(0, self, self._finish)

    def at_work(self) -> frozenset[str]:
        """Shops that have a task running or waiting for a thread."""
        return frozenset(shop for shop, task in self._left.items() if task is not None)

    def _turn(self, shop: str) -> None:
        if shop not in self._left:  # stopped while it waited
            return
        self._left[shop] = run_at(
            self._desk,
            shop,
            lambda ws, shop, progress: (shop, self._work(ws, shop, progress)),
            done=self._done,
            failed=self._failed,
            cancelled=self._cancelled,
            name=self._name,
        )

    def _done(self, answer: tuple[str, Any]) -> None:
        shop, result = answer
        self._results[shop] = result
        self._left[shop] = None
        pause = None if self._stopped else self._again(shop, result)
        self.one_ended.emit(shop, result)
        if pause is None:
            self._gone(shop)
        else:
            QTimer.singleShot(max(0, round(pause * 1000)), self, lambda: self._turn(shop))

    def _failed(self, fault: Fault) -> None:
        """Flows tell a shop's trouble in their result; what comes here concerns the desk."""
        self._desk.show_fault(fault)
        self._drop_finished()

    def _cancelled(self) -> None:
        self._stopped = True
        for task in self._left.values():
            if task is not None:
                task.cancel()
        self._drop_finished()

    def _drop_finished(self) -> None:
        """Let go of tasks that came to nothing and, once stopped, of who waits for a turn."""
        for shop, task in list(self._left.items()):
            if task.finished if task is not None else self._stopped:
                self._gone(shop)

    def _gone(self, shop: str) -> None:
        del self._left[shop]
        if not self._left:
            self._finish()

    def _finish(self) -> None:
        if self._stopped:
            self.cancelled.emit()
        else:
            self.ended.emit([self._results[shop] for shop in self._shops if shop in self._results])
        self.deleteLater()
