"""Misbehaviour by chance: as often as asked, the same for the same seed, and only what means anything to a call."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar

import pytest

from jpship_gui.domain.clock import now_utc
from jpship_gui.practice.markets import markets
from jpship_gui.practice.misbehaviour import Chance, How, Misbehaviour, Trick
from jpship_gui.practice.opening import plain_marketplaces
from jpship_gui.practice.rakuten.orders import RakutenPlay
from jpship_gui.practice.rakuten.server import RakutenServer
from jpship_gui.practice.rakuten.shops import MAIN, open_shop
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.server import Json, PracticeServer, Reply, Request, json_reply
from tests.practice.rakuten_rows import a_row

HOWS = (How.BUSY, How.SILENT, How.LATE)


def drawn(seed: str, count: int = 400, one_in: int = 4) -> list[Trick | None]:
    chance = Chance(one_in, seed, seconds=0.2, silence=3.0)
    return [chance.draw("call", HOWS) for _ in range(count)]


def test_one_call_in_four_and_the_same_for_the_same_seed() -> None:
    first, again, other = drawn("a"), drawn("a"), drawn("b")
    assert first == again
    assert first != other
    wrong = [trick for trick in first if trick is not None]
    assert 60 <= len(wrong) <= 140
    assert {trick.how for trick in wrong} == set(HOWS)
    assert {trick.how: trick.seconds for trick in wrong} == {
        How.BUSY: 0.2,
        How.LATE: 0.2,
        How.SILENT: 3.0,
    }
    assert all(drawn("a", one_in=1))


def test_standing_orders_come_before_chance_and_clearing_ends_both() -> None:
    tricks = Misbehaviour()
    tricks.leave_to(Chance(1, "a"))
    tricks.ask(Trick("call", How.TWICE))
    taken = [tricks.take("call", HOWS) for _ in range(2)]
    assert [trick.how in HOWS if trick else None for trick in taken] == [False, True]
    assert tricks.take("call") is None  # nothing can happen to it
    tricks.clear()
    assert tricks.take("call", HOWS) is None


class Small(PracticeServer):
    """A marketplace of two calls."""

    mishaps: ClassVar[Mapping[str, tuple[How, ...]]] = {"write": (How.BUSY,), "*": (How.EMPTY_500,)}

    def now(self) -> datetime:
        return now_utc()

    def function_of(self, request: Request) -> str | None:
        return request.path.strip("/")

    def answer(self, function: str, request: Request, *, partial: bool) -> Reply:
        return json_reply(200, {"function": function})

    def record(self) -> list[Json]:
        return []


@pytest.fixture
def small() -> Iterator[RunningServer[Small]]:
    with RunningServer(Small()) as server:
        yield server


def status(server: RunningServer[Any], path: str, body: object = None) -> int:
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(server.url + path, data) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code


def test_a_marketplace_says_what_may_happen_to_which_call(small: RunningServer[Small]) -> None:
    assert [status(small, path) for path in ("/write", "/read")] == [200, 200]
    assert status(small, "/practice/behave", {"one_in": 1, "seed": "x"}) == 200
    assert [status(small, path) for path in ("/write", "/read", "/write")] == [429, 500, 429]
    assert status(small, "/practice/behave", {"one_in": "often"}) == 400
    status(small, "/practice/behave", {})
    assert status(small, "/write") == 200


def test_without_a_say_everything_that_means_something_may_happen() -> None:
    plain, rakuten = set(PracticeServer._mishaps_of(Small(), "write")), RakutenServer(RakutenPlay(now_utc))
    assert plain == {How.BUSY}
    assert set(rakuten._mishaps_of("getOrder")) == set(How)


def test_an_answer_about_another_order_speaks_of_nothing_that_was_asked() -> None:
    play = RakutenPlay(now_utc, result_delay=0)
    open_shop(play, MAIN, [a_row(serial) for serial in range(1, 5)])
    server = RakutenServer(play)
    numbers = sorted(play.shops[MAIN.number].orders)
    for asked in (numbers[:1], numbers[:2], numbers):
        models = [play.shops[MAIN.number].orders[number] for number in asked]
        results = [{"orderNumber": number, "MessageModelList": []} for number in asked]
        body = json.loads(
            server.for_another(
                json_reply(200, {"OrderModelList": models, "ResultShippingModelList": results})
            ).body
        )
        for name in ("OrderModelList", "ResultShippingModelList"):
            told = [entry["orderNumber"] for entry in body[name]]
            assert len(told) == len(set(told)) == len(asked)
            assert not set(told) & set(asked)
    assert server.for_another(Reply(500, b"<html>")).body == b"<html>"


def test_plain_marketplaces_hold_as_many_orders_as_asked_for() -> None:
    mall = plain_marketplaces(7)
    assert set(mall.servers) == set(markets())
    rakuten = mall.servers["rakuten"]
    assert isinstance(rakuten, RakutenServer)
    held = Counter({shop.number: len(shop.orders) for shop in rakuten.play.shops.values()})
    assert set(held.values()) == {4}
