"""Calls saved up survive a restart and are never spent twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.net.faults import Throttled
from jpship_gui.net.pace import Bucket, Rate, pace_of


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


SEARCH = Rate(0.0056, 20)


def a_bucket(memory: dict[str, str], clock: Clock, rate: Rate = SEARCH) -> Bucket:
    return Bucket(rate, memory, "search", clock, clock.sleep)


def test_the_burst_then_one_every_three_minutes() -> None:
    memory: dict[str, str] = {}
    clock = Clock()
    for _ in range(20):
        a_bucket(memory, clock).take(0)  # each from a new object, as after a restart
    with pytest.raises(Throttled) as told:
        a_bucket(memory, clock).take(60)
    assert (told.value.code, told.value.values["minutes"]) == ("net_not_due", 3)
    clock.now += 179
    a_bucket(memory, clock).take(0.5)
    assert a_bucket(memory, clock).due_in() > 170


def test_a_short_wait_is_waited_for() -> None:
    clock = Clock()
    bucket = a_bucket({}, clock, Rate(2, 1))
    for _ in range(3):
        bucket.take(5)
    assert clock.now == pytest.approx(1_000_001.0)


def test_how_many_calls_may_leave_at_once() -> None:
    clock = Clock()
    bucket = a_bucket({}, clock, Rate(0.5, 4))
    assert bucket.left() == 4
    for _ in range(4):
        bucket.take(0)
    assert bucket.left() == 0
    clock.now += 3
    assert bucket.left() == 1  # one and a half were saved up


def test_the_site_may_say_that_nothing_is_left() -> None:
    clock = Clock()
    bucket = a_bucket({}, clock)
    bucket.empty()
    assert bucket.due_in() == pytest.approx(1 / 0.0056, rel=0.01)


@given(st.lists(st.floats(0, 400), min_size=1, max_size=200))
def test_never_more_calls_than_burst_and_rate_allow(pauses: list[float]) -> None:
    clock, memory = Clock(), {"bucket.search": "what an older program wrote"}
    rate, made, start = Rate(0.1, 5), 0, clock.now
    for pause in pauses:
        clock.now += pause
        try:
            a_bucket(memory, clock, rate).take(0)
            made += 1
        except Throttled:
            continue
    assert made <= 5 + (clock.now - start) * 0.1 + 1e-3


def test_a_clock_set_back_gives_no_calls_away() -> None:
    clock, memory = Clock(), dict[str, str]()
    bucket = a_bucket(memory, clock, Rate(1, 2))
    bucket.take(0)
    bucket.take(0)
    clock.now -= 3600
    assert bucket.due_in() == pytest.approx(1.0)


def test_lanes_of_one_site_do_not_wait_for_each_other() -> None:
    assert pace_of("a", "shop", "orderList") is not pace_of("a", "shop", "orderInfo")
    assert pace_of("a", "shop", "orderList") is pace_of("a", "shop", "orderList")
