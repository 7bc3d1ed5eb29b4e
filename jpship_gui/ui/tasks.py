"""Runs flows off the main thread and brings progress and results back to it."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from jpship_gui.domain.fault import Cancelled, Fault

T = TypeVar("T")
DATA = "data"  # the one thread for everything on the database
SHOW_AFTER = 500  # ms before a running task is shown
_STEP_EVERY = 0.05  # s between two steps that reach the window


class TaskProgress:
    """What a flow reports to; `step` raises Cancelled once the person asked to stop. Called in the task's thread."""

    def __init__(self, report: Callable[[int, int, str], None]) -> None:
        self._report = report
        self._cancelled = threading.Event()
        self._last = 0.0

    def step(self, done: int, total: int = 0, note: str = "") -> None:
        """`done` of `total` (0 = unknown) is finished; at most some twenty a second reach the window."""
        if self._cancelled.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._last >= _STEP_EVERY or (total and done >= total):
            self._last = now
            self._report(done, total, note)

    def cancel(self) -> None:
        """Ask the flow to stop at its next step."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether that was asked."""
        return self._cancelled.is_set()


@dataclass(slots=True, eq=False)
class Task:
    """One run. `name` is the key of its words; a quiet one is never shown."""

    work: Callable[[TaskProgress], Any]
    name: str
    quiet: bool
    lane: str
    done: Callable[[Any], None] | None
    failed: Callable[[Fault], None] | None
    progress: Callable[[int, int, str], None] | None
    cancelled: Callable[[], None] | None
    report: TaskProgress = field(init=False)
    finished: bool = False
    shown: bool = False

    def cancel(self) -> None:
        """Ask it to stop; a task still waiting for its turn never starts."""
        self.report.cancel()


class Tasks(QObject):
    """One data thread, and net threads with one queue per shop (lane `net:<shop>`): a lane never occupies more than one
    of them, and where there are more lanes than threads they take turns after each task.

    Handlers run in the main thread, and not at all when the QObject they are methods of is gone.
    """

    shown = Signal(object)  # Task: it has been running for half a second
    stepped = Signal(object, int, int, str)
    ended = Signal(object)
    fault = Signal(object)  # Fault nobody handled
    bug = Signal(object)  # Exception that is our own fault
    _back = Signal(object, str, object)

    def __init__(self, parent: QObject | None = None, net_threads: int = 16) -> None:
        super().__init__(parent)
        self._data = ThreadPoolExecutor(1, thread_name_prefix="data")
        self._net = ThreadPoolExecutor(net_threads, thread_name_prefix="net")
        self._lanes: dict[str, deque[Task]] = {}
        self._lock = threading.Lock()
        self._open: list[Task] = []
        self._closed = False
        self._back.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[TaskProgress], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Fault], None] | None = None,
        progress: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        name: str = "",
        lane: str = DATA,
        quiet: bool = False,
    ) -> Task:
        """Start `work(progress)` in its lane, from the main thread; handlers are called there later, never at once.
        What is asked for after `close` (by a timer that was under way) never starts."""
        task = Task(work, name, quiet, lane, done, failed, progress, cancelled)
        task.report = TaskProgress(lambda d, t, n: self._back.emit(task, "step", (d, t, n)))
        if self._closed:
            task.cancel()
            return task
        self._open.append(task)
        if lane == DATA:
            self._data.submit(self._work, task)
        else:
            self._enqueue(task)
        if not quiet:
            QTimer.singleShot(SHOW_AFTER, self, lambda: self._show(task))
        return task

    def busy(self) -> bool:
        """Whether anything runs or waits."""
        return bool(self._open)

    def close(self, last: Callable[[], None] | None = None) -> None:
        """Wait for the data thread, run `last` in it (closing its connection), let go of the network."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        for task in self._open:
            if task.lane != DATA or task.quiet:
                task.cancel()
        if last is not None:
            self._data.submit(last)
        self._data.shutdown(wait=True)
        self._net.shutdown(wait=False, cancel_futures=True)

    def _enqueue(self, task: Task) -> None:
        with self._lock:
            lane = self._lanes.setdefault(task.lane, deque())
            lane.append(task)
            if len(lane) == 1:
                self._net.submit(self._work_lane, task.lane)

    def _work_lane(self, name: str) -> None:
        """One task of a lane, in a net thread; the lane's next one stands behind the other lanes."""
        with self._lock:
            task = self._lanes[name][0]
        self._work(task)
        with self._lock:
            lane = self._lanes[name]
            lane.popleft()
            if not lane:
                del self._lanes[name]
            elif not self._closed:
                self._net.submit(self._work_lane, name)

    def _work(self, task: Task) -> None:
        if task.report.cancelled:
            self._give(task, "cancelled", None)
            return
        try:
            result = task.work(task.report)
        except Cancelled:
            self._give(task, "cancelled", None)
        except Fault as fault:
            self._give(task, "failed", fault)
        except Exception as error:  # a bug: the hook in app.py shows it
            self._give(task, "bug", error)
        else:
            self._give(task, "done", result)

    def _give(self, task: Task, kind: str, value: object) -> None:
        if shiboken6.isValid(self):
            self._back.emit(task, kind, value)

    def _show(self, task: Task) -> None:
        if not task.finished:
            task.shown = True
            self.shown.emit(task)

    def _arrived(self, task: Task, kind: str, value: Any) -> None:
        if kind == "step":
            if not task.finished:
                _call(task.progress, *value)
                self.stepped.emit(task, *value)
            return
        task.finished = True
        self._open.remove(task)
        self.ended.emit(task)
        if kind == "done":
            _call(task.done, value)
        elif kind == "cancelled":
            _call(task.cancelled)
        elif kind == "failed":
            if task.failed is None:
                self.fault.emit(value)
            else:
                _call(task.failed, value)
        else:
            self.bug.emit(value)


def _call(handler: Callable[..., None] | None, *values: object) -> None:
    if handler is None:
        return
    owner = getattr(handler, "__self__", None)
    if isinstance(owner, QObject) and not shiboken6.isValid(owner):
        return
    handler(*values)
