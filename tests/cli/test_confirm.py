"""`jpship confirm`, `fetch` and `shop expiry`: what waits, what differs, what was kept, what ends, as a script reads it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.cli.main import run
from jpship_gui.flows.confirm.queue import queue
from jpship_gui.flows.confirm.send import take_turn
from jpship_gui.flows.intake import fetch as fetching
from jpship_gui.marketplaces.base import MarketplaceApi
from jpship_gui.net.faults import Throttled
from jpship_gui.practice.rakuten.shops import MAIN
from jpship_gui.store import shops
from tests.flows.confirming import Scene, a_scene

Jpship = Callable[..., tuple[int, Any]]


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    for field, value in MAIN.secrets.items():
        monkeypatch.setenv(f"JPSHIP_SECRET_{field.upper()}", value)
    with a_scene(tmp_path / "home") as made:
        yield made


@pytest.fixture
def jpship(scene: Scene, capsys: pytest.CaptureFixture[str]) -> Jpship:
    home = str(scene.ws.places.home)

    def call(*words: str) -> tuple[int, Any]:
        code = run(["--home", home, "--json", *words])
        return code, json.loads(capsys.readouterr().out)

    return call


def test_what_waits_is_counted_with_the_next_try(scene: Scene, jpship: Jpship) -> None:
    shops.set_settings(scene.ws.store, MAIN.name, {"api.url": "http://127.0.0.1:9"})
    queue(scene.ws, scene.keys[:2])
    take_turn(scene.ws, MAIN.name)
    _, said = jpship("confirm", "--list")
    (shop,) = said["shops"]
    counters = ("unconfirmed", "green", "waiting", "red", "doubtful", "sent", "filed")
    assert {name: shop[name] for name in counters} == dict(zip(counters, (3, 1, 2, 0, 0, 0, 0), strict=True))
    assert (shop["waits_because"], shop["too_late"]) == ("net_unreachable", [])
    assert shop["next_try"] > scene.ws.now().isoformat()
    assert [row["queued"] for row in said["green"]] == [True, True, False]
    assert {tuple(row["kept"]) for row in said["green"]} == {()}


def test_sending_without_network_tells_the_next_try(scene: Scene, jpship: Jpship) -> None:
    shops.set_settings(scene.ws.store, MAIN.name, {"api.url": "http://127.0.0.1:9"})
    code, said = jpship("confirm", "--send")
    assert code == 3
    assert [(pause["shop"], pause["code"]) for pause in said["pauses"]] == [(MAIN.name, "net_unreachable")]


def test_a_difference_is_listed_until_it_is_seen_to(scene: Scene, jpship: Jpship) -> None:
    assert jpship("confirm", "--send")[0] == 0
    order = scene.server.app.play.shops[MAIN.number].orders[scene.numbers[0]]
    order["PackageModelList"][0]["ShippingModelList"][0]["deliveryCompany"] = "1002"
    assert jpship("confirm", "--read-back")[0] == 1
    code, said = jpship("confirm", "--list")
    assert (code, [(d["key"], d["field"]) for d in said["differences"]]) == (1, [(scene.keys[0], "carrier")])
    assert jpship("confirm", "--seen", scene.keys[0]) == (0, {"seen": [scene.keys[0]]})
    assert jpship("confirm", "--seen", scene.keys[0]) == (2, {"seen": []})
    assert jpship("confirm", "--list")[1]["differences"] == []


def test_a_call_that_is_not_due_is_a_time_and_no_fault(
    scene: Scene, jpship: Jpship, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_early(self: MarketplaceApi, *_: object) -> object:
        raise Throttled("net_not_due", seconds=240, minutes=4)

    from jpship_gui.marketplaces.rakuten.connect import RakutenApi

    monkeypatch.setattr(RakutenApi, "fetch", too_early)
    code, said = jpship("fetch")
    (shop,) = said["files"]
    assert code == 0
    assert "error" not in shop
    due_at = fetching.fetch(scene.ws).shops[0].due_at
    assert due_at is not None
    assert timedelta(minutes=3) < due_at - scene.ws.now() <= timedelta(minutes=4)


def test_what_ends_is_told_and_what_is_due_is_no_success(scene: Scene, jpship: Jpship) -> None:
    code, (found,) = jpship("shop", "expiry")
    assert (code, found["level"], found["setting"]) == (0, "unknown", "rakuten.key_made")
    day = (scene.ws.today() - timedelta(days=80)).isoformat()
    jpship("shop", "set", MAIN.name, f"rakuten.key_made={day}")
    code, (found,) = jpship("shop", "expiry", MAIN.name)
    assert (code, found["level"], found["days_left"]) == (1, "soon", 10)
    assert jpship("shop", "expiry", "nowhere")[0] == 2
