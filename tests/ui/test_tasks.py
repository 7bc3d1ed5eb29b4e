"""Work off the main thread: results, faults, bugs, cancelling, order, lanes."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from jpship_gui.domain.fault import Fault, WorldFault
from jpship_gui.ui.tasks import TaskProgress, Tasks


class Receiver(QObject):
    """Remembers what came, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []
        self.threads: list[QThread] = []

    def take(self, value: object = None) -> None:
        self.got.append(value)
        self.threads.append(QThread.currentThread())


def until_idle(qtbot: QtBot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=20_000)


def test_results_arrive_in_the_main_thread_and_in_order(qtbot: QtBot, tasks: Tasks) -> None:
    receiver = Receiver()
    for number in range(20):
        tasks.run(lambda _, n=number: (n, threading.current_thread().name), done=receiver.take)  # type: ignore[misc]
    assert receiver.got == []
    until_idle(qtbot, tasks)
    assert [value[0] for value in receiver.got] == list(range(20))  # type: ignore[index]
    assert {str(value[1]).split("_")[0] for value in receiver.got} == {"data"}  # type: ignore[index]
    assert set(receiver.threads) == {QThread.currentThread()}


def test_a_fault_goes_to_its_handler_else_to_the_frame(qtbot: QtBot, tasks: Tasks) -> None:
    def refuse(_: TaskProgress) -> None:
        raise WorldFault("disk_full", folder="x")

    mine, frame = Receiver(), Receiver()
    tasks.fault.connect(frame.take)
    tasks.run(refuse, failed=mine.take)
    tasks.run(refuse)
    until_idle(qtbot, tasks)
    assert [fault.code for fault in (*mine.got, *frame.got) if isinstance(fault, Fault)] == ["disk_full"] * 2


def test_a_bug_is_told_as_a_bug(qtbot: QtBot) -> None:
    tasks, bugs, failed = Tasks(), Receiver(), Receiver()
    tasks.bug.connect(bugs.take)
    tasks.run(lambda _: 1 // 0, failed=failed.take)
    until_idle(qtbot, tasks)
    tasks.close()
    assert [type(bug) for bug in bugs.got] == [ZeroDivisionError]
    assert failed.got == []


def test_cancelling_stops_at_the_next_step(qtbot: QtBot, tasks: Tasks) -> None:
    started, go_on = threading.Event(), threading.Event()

    def endless(progress: TaskProgress) -> None:
        started.set()
        go_on.wait()
        for number in range(1_000_000):
            progress.step(number, 1_000_000)

    cancelled, done = Receiver(), Receiver()
    task = tasks.run(endless, done=done.take, cancelled=cancelled.take)
    started.wait()
    waiting = tasks.run(lambda _: "never", done=done.take, cancelled=cancelled.take)
    task.cancel()
    waiting.cancel()
    go_on.set()
    until_idle(qtbot, tasks)
    assert cancelled.got == [None, None]
    assert done.got == []


def test_progress_reaches_its_handler_with_the_last_step(qtbot: QtBot, tasks: Tasks) -> None:
    steps: list[tuple[int, int, str]] = []

    def work(progress: TaskProgress) -> None:
        for number in range(1, 101):
            progress.step(number, 100, "読込")

    tasks.run(work, progress=lambda done, total, note: steps.append((done, total, note)))
    until_idle(qtbot, tasks)
    assert steps[-1] == (100, 100, "読込")
    assert len(steps) < 50


def test_one_lane_a_shop_keeps_order_and_others_do_not_wait(qtbot: QtBot, tasks: Tasks) -> None:
    slow, order = threading.Event(), []

    def note(name: str, wait: bool) -> Callable[[TaskProgress], None]:
        def work(_: TaskProgress) -> None:
            if wait:
                slow.wait()
            order.append(name)

        return work

    tasks.run(note("a1", True), lane="net:a")
    tasks.run(note("a2", False), lane="net:a")
    tasks.run(note("b1", False), lane="net:b", done=lambda _: slow.set())
    until_idle(qtbot, tasks)
    assert order == ["b1", "a1", "a2"]


def test_nobody_is_called_who_is_gone(qtbot: QtBot, tasks: Tasks) -> None:
    receiver = Receiver()
    taken = receiver.got
    go_on = threading.Event()
    tasks.run(lambda _: go_on.wait(), done=receiver.take)
    import shiboken6

    shiboken6.delete(receiver)
    go_on.set()
    until_idle(qtbot, tasks)
    assert taken == []


def test_closing_waits_for_the_data_thread(qapp: object) -> None:
    tasks, log = Tasks(), []
    tasks.run(lambda _: log.append("work"))
    tasks.close(lambda: log.append("closed"))
    assert log == ["work", "closed"]


@pytest.mark.parametrize("quiet", [True, False])
def test_a_task_is_shown_only_after_half_a_second_and_never_when_quiet(
    qtbot: QtBot, tasks: Tasks, quiet: bool
) -> None:
    shown, go_on = Receiver(), threading.Event()
    tasks.shown.connect(shown.take)
    tasks.run(lambda _: go_on.wait(), quiet=quiet)
    if quiet:
        with qtbot.assertNotEmitted(tasks.shown, wait=700):
            pass
    else:
        qtbot.waitUntil(lambda: bool(shown.got), timeout=20_000)
    go_on.set()
    until_idle(qtbot, tasks)
    assert bool(shown.got) is not quiet


@pytest.mark.parametrize("lane", ["data", "net:検品店"])
def test_nothing_starts_after_the_end(tasks: Tasks, lane: str) -> None:
    tasks.close()
    log: list[str] = []
    late = tasks.run(lambda _: log.append("late"), lane=lane)
    assert (late.report.cancelled, tasks.busy(), log) == (True, False, [])
