"""Several shops at once: a slow one holds nobody up, a waiting one occupies no thread, stopping stops all."""

from __future__ import annotations

import threading
import time
from typing import Any, cast

import pytest

from jpship_gui.domain.fault import Cancelled, WorldFault
from jpship_gui.flows.progress import UNWATCHED, Progress
from jpship_gui.flows.side_by_side import side_by_side
from jpship_gui.flows.workspace import Workspace


class Folder:
    """A workspace that remembers which threads gave their connection back."""

    def __init__(self) -> None:
        self.closed: list[str] = []

    def close(self) -> None:
        self.closed.append(threading.current_thread().name)


class Watcher:
    """Progress that stops at a wish."""

    def __init__(self, most: int = 10**9) -> None:
        self.steps: list[tuple[int, int, str]] = []
        self.most = most

    def step(self, done: int, total: int = 0, note: str = "") -> None:
        self.steps.append((done, total, note))
        if len(self.steps) > self.most:
            raise Cancelled


def run(shops: list[str], work: Any, progress: Any = UNWATCHED, **more: Any) -> list[Any]:
    return side_by_side(cast(Workspace, Folder()), shops, work, progress, **more)


def test_results_come_in_the_order_of_the_shops_however_long_each_takes() -> None:
    others = threading.Event()

    def work(shop: str, progress: Progress) -> str:
        if shop == "a":
            others.wait()  # for ever, unless b runs at the same time
        else:
            others.set()
        return shop.upper()

    assert run(["a", "b"], work) == ["A", "B"]
    assert run([], work) == []


def test_a_shop_that_waits_for_its_turn_occupies_no_thread() -> None:
    """One thread, and a shop that asks for a turn half a second later: the others are through before."""
    order: list[str] = []

    def work(shop: str, progress: Progress) -> int:
        order.append(shop)
        return order.count(shop)

    def again(shop: str, turns: int) -> float | None:
        return 0.5 if shop == "slow" and turns < 2 else None

    assert run(["slow", "b", "c", "d"], work, again=again, threads=1) == [2, 1, 1, 1]
    assert order == ["slow", "b", "c", "d", "slow"]


def test_more_shops_than_threads_all_have_their_turn() -> None:
    assert run([str(n) for n in range(50)], lambda shop, _: int(shop) ** 2, threads=3) == [
        n**2 for n in range(50)
    ]


def test_each_thread_gives_its_connection_back() -> None:
    folder = Folder()
    side_by_side(cast(Workspace, folder), ["a", "b", "c"], lambda shop, _: shop, UNWATCHED)
    assert len(folder.closed) == 3
    assert threading.current_thread().name not in folder.closed


def test_progress_adds_up_and_names_shop_and_counts() -> None:
    watcher = Watcher()
    first = threading.Event()

    def work(shop: str, progress: Progress) -> None:
        if shop == "b":
            first.wait()
        progress.step(2 if shop == "a" else 1, 4, "whatever")
        first.set()

    run(["a", "b"], work, watcher)
    steps = list(dict.fromkeys(watcher.steps))
    assert steps == [(2, 4, "a 2/4"), (3, 8, "b 1/4")]


def test_stopping_stops_every_shop_at_its_next_step() -> None:
    watcher = Watcher(most=20)
    ended: list[str] = []

    def work(shop: str, progress: Progress) -> None:
        try:
            while True:
                progress.step(0, 1)
                time.sleep(0.001)
        finally:
            ended.append(shop)

    with pytest.raises(Cancelled):
        run(["a", "b", "c"], work, watcher)
    assert sorted(ended) == ["a", "b", "c"]


def test_stopping_is_noticed_while_nobody_works() -> None:
    watcher = Watcher(most=1)

    def work(shop: str, progress: Progress) -> None:
        progress.step(0, 1)

    with pytest.raises(Cancelled):
        run(["a"], work, watcher, again=lambda shop, _: 3600.0)


def test_what_one_shop_raises_is_raised_once_the_others_have_ended() -> None:
    begun, ended = threading.Event(), threading.Event()

    def work(shop: str, progress: Progress) -> None:
        if shop == "a":
            begun.wait()
            raise WorldFault("disk_full", folder="x")
        begun.set()
        try:
            while True:
                progress.step(0, 1)
                time.sleep(0.001)
        finally:
            ended.set()

    with pytest.raises(WorldFault, match="disk_full"):
        run(["a", "b"], work)
    assert ended.is_set()
