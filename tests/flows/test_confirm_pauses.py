"""Without network the queue waits with growing pauses, says until when, and goes on by itself (CF-07)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.fault import Fault, Refused, WorldFault
from jpship_gui.flows.confirm import pauses
from jpship_gui.flows.confirm.pauses import Trouble
from jpship_gui.flows.confirm.queue import queue
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import open_shops, send, send_green, take_turn
from jpship_gui.flows.confirm.waiting import waiting
from jpship_gui.flows.confirm.words import queue_text
from jpship_gui.flows.upkeep import shops as shop_flows
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.net.faults import Throttled, Unanswered, Unauthorised, Unreachable
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.rakuten.shops import MAIN, SECOND
from jpship_gui.store import outbox, send_pauses, shipments, shops
from jpship_gui.store.database import from_ms, to_ms
from tests.flows.confirming import Scene, a_scene, a_shop

PATIENT = {"rakuten.sync": "on", "api.timeout_s": "20"}  # answered within the turn, however busy the machine
NOWHERE = "http://127.0.0.1:9"
SECOND_ = timedelta(seconds=1)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path / "home", **PATIENT) as made:
        yield made


def away(scene: Scene) -> None:
    shops.set_settings(scene.ws.store, scene.shop, {"api.url": NOWHERE})


def back(scene: Scene) -> None:
    shops.set_settings(scene.ws.store, scene.shop, {"api.url": scene.server.url})


def in_(ws: Workspace, later: timedelta) -> Workspace:
    now = ws.now()
    return replace(ws, clock=lambda: now + later)


FAULTS: list[tuple[Fault, list[float]]] = [
    (Unreachable("net_unreachable", host="x"), [30, 60, 120, 240, 300, 300]),
    (Unanswered("net_timeout", host="x"), [60, 120, 240, 480, 600, 600]),
    (WorldFault("rakuten_refused_call", code="x"), [60, 120, 240, 480, 600]),
    (Throttled("net_throttled", host="x"), [60, 120, 240, 480, 600]),
    (Throttled("net_not_due", seconds=75, minutes=1), [75, 75, 75]),
    (Unauthorised("rakuten_key_refused", host="x"), [600, 1200, 2400, 3600, 3600]),
    (Refused("secret_missing", shop="x", field="y"), [600, 1200, 2400, 3600]),
]


@pytest.mark.parametrize(("fault", "lengths"), FAULTS, ids=[fault.code for fault, _ in FAULTS])
def test_pauses_grow_as_long_as_the_trouble_is_the_same(
    scene: Scene, fault: Fault, lengths: list[float]
) -> None:
    now = from_ms(to_ms(scene.ws.now()))
    assert now is not None
    ws = replace(scene.ws, clock=lambda: now)
    made = [pauses.pause(ws, MAIN.name, Trouble.of_fault(fault)) for _ in lengths]
    assert [(one.until - now).total_seconds() for one in made] == lengths
    assert {one.since for one in made} == {now}
    other = pauses.pause(ws, MAIN.name, Trouble.of_code("net_unreachable"))
    assert other.tries == (len(lengths) + 1 if other.kind == made[-1].kind else 1)


def test_a_shop_that_cannot_be_reached_is_left_in_peace_and_says_until_when(scene: Scene) -> None:
    away(scene)
    report = send_green(scene.ws)
    (pause,) = report.pauses.values()
    assert (pause.shop, pause.code, pause.tries) == (MAIN.name, "net_unreachable", 1)
    (shop,) = open_shops(scene.ws)
    assert (shop.waits, shop.paused_until) == (True, pause.until)
    (line,) = waiting(scene.ws)
    assert (line.waiting, line.next_try, line.code) == (3, pause.until, "net_unreachable")
    assert "送信待ち 3件" in queue_text(line)


def test_the_pause_holds_after_a_restart_and_ends_by_the_clock(scene: Scene) -> None:
    away(scene)
    send_green(scene.ws)
    again = replace(open_workspace(str(scene.ws.places.home), practice=True), secrets=scene.ws.secrets)
    (shop,) = open_shops(again)
    assert shop.paused_until is not None
    (shop,) = open_shops(in_(again, 31 * SECOND_))
    assert (shop.waits, shop.paused_until) == (True, None)
    again.close()


def test_it_goes_on_once_the_network_is_back(scene: Scene) -> None:
    away(scene)
    send_green(scene.ws)
    assert take_turn(scene.ws, MAIN.name).report.pauses[MAIN.name].tries == 2
    back(scene)
    turn = take_turn(scene.ws, MAIN.name)
    assert {row.state for row in turn.report.rows} == {SendState.ACCEPTED}
    assert turn.woke
    assert send_pauses.every(scene.ws.store) == {}
    assert scene.registered() == scene.expected()


def test_when_one_shop_gets_through_the_others_are_tried_at_once(scene: Scene) -> None:
    with a_shop(scene.ws, SECOND, 1, first=100, **PATIENT) as other:
        away(scene)
        away(other)
        send_green(scene.ws)
        back(scene)
        assert not take_turn(scene.ws, SECOND.name).woke
        assert take_turn(scene.ws, MAIN.name).woke
        left = {shop.name: shop.paused_until for shop in open_shops(scene.ws) if shop.waits}
        assert left == {SECOND.name: None}
        assert send_pauses.every(scene.ws.store)[SECOND.name].tries == 2  # still, should it be in vain again


def test_a_refused_key_wakes_nobody_and_a_new_key_is_tried_at_once(scene: Scene) -> None:
    scene.server.app.play.shops[MAIN.number].license_key = "SL_renewed"
    report = send_green(scene.ws)
    assert report.pauses[MAIN.name].until > scene.ws.now() + timedelta(minutes=9)
    shop_flows.keep_secret(scene.ws, MAIN.name, "license_key", "SL_renewed")
    (shop,) = open_shops(scene.ws)
    assert shop.paused_until is None
    assert not take_turn(scene.ws, MAIN.name).woke
    assert scene.registered() == scene.expected()


def test_a_changed_setting_is_tried_at_once(scene: Scene) -> None:
    away(scene)
    send_green(scene.ws)
    shop_flows.set_values(scene.ws, MAIN.name, {"api.url": scene.server.url})
    (shop,) = open_shops(scene.ws)
    assert shop.paused_until is None


def test_a_person_who_asks_is_not_refused_for_a_pause(scene: Scene) -> None:
    away(scene)
    send_green(scene.ws)
    back(scene)
    assert {row.state for row in send(scene.ws).rows} == {SendState.ACCEPTED}


def test_too_many_calls_are_a_pause_of_the_shop(scene: Scene) -> None:
    scene.server.app.tricks.ask(Trick("updateOrderShipping", How.BUSY))
    report = send_green(scene.ws)
    assert SendState.WAITING in {row.state for row in report.rows}
    assert report.pauses[MAIN.name].kind == pauses.THROTTLED
    assert {row.state for row in send(scene.ws).rows} == {SendState.ACCEPTED}


def test_an_answer_that_cannot_be_fetched_keeps_no_other_from_being_sent(scene: Scene) -> None:
    shops.set_settings(scene.ws.store, scene.shop, {"rakuten.sync": "off"})
    queue(scene.ws, scene.keys[:1])
    scene.server.app.play.result_delay = 3600
    take_turn(scene.ws, MAIN.name)
    scene.server.app.tricks.ask(Trick("getResultUpdateOrderShippingAsync", How.HTML_500, times=3))
    queue(scene.ws, scene.keys[1:])
    turn = take_turn(scene.ws, MAIN.name)
    assert [fault.fault.code for fault in turn.report.faults] == ["net_server_fault"]
    writes = [call for call in scene.server.app.calls if call.function == "updateOrderShippingAsync"]
    assert len(writes) == 2


def test_who_waits_too_long_for_a_ship_by_is_named(scene: Scene) -> None:
    now = scene.ws.now()
    rows = shipments.by_keys(scene.ws.store, scene.keys)
    with scene.ws.store.transaction():
        for shipment, minutes in zip(rows, (-5, 50, 300), strict=True):
            ship_by = to_ms(now + timedelta(minutes=minutes))
            shipments.update(scene.ws.store, shipment.row_id, {"ship_by": ship_by})
    away(scene)
    send_green(scene.ws)
    (line,) = waiting(scene.ws)
    assert line.late == tuple(scene.keys[:2])
    assert line.ship_by == outbox.by_keys(scene.ws.store, scene.keys[:1])[0].ship_by
    assert "うち2件" in queue_text(line)


def test_what_waits_is_counted_and_named_by_shop(scene: Scene) -> None:
    away(scene)
    queue(scene.ws, scene.keys[:2])
    send(scene.ws)
    found = review(scene.ws)
    (shop,) = found.shops
    assert (shop.green, shop.waiting, shop.unconfirmed) == (1, 2, 3)
    assert [row.key for row in found.green if row.queued] == scene.keys[:2]
    assert shop.queue is not None
    assert shop.queue.waiting == 2
    back(scene)
    send_green(scene.ws)
    (shop,) = review(scene.ws).shops
    assert (shop.unconfirmed, shop.queue) == (0, None)
