"""Qoo10 by API: every order number told exactly once, whatever the marketplace does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.queue import retry
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import read_back, send, send_green
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.store import shipments
from tests.flows.confirming import yamato_number
from tests.flows.qoo10_desk import QooScene, a_qoo10_scene

BULK = "SetSendingInfoBulk"


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[QooScene]:
    with a_qoo10_scene(tmp_path / "home") as made:
        made.take_detail()
        made.pack()
        yield made


def stages(scene: QooScene) -> set[Stage]:
    return {shipment.stage for shipment in scene.shipments()}


def test_one_sending_tells_every_order_number_of_every_cart(scene: QooScene) -> None:
    report = send_green(scene.ws)
    assert ([row.state.value for row in report.rows], report.faults) == (["accepted"] * 4, [])
    assert report.differences == []  # neither the date, which cannot be told, nor a second line of a cart
    assert scene.told() == scene.expected()
    assert stages(scene) == {Stage.ACCEPTED}


def test_nothing_is_left_to_send_afterwards(scene: QooScene) -> None:
    send_green(scene.ws)
    assert send_green(scene.ws).rows == []
    assert scene.told() == scene.expected()


@pytest.mark.parametrize("how", [how for how in How if how is not How.CUT_THEN_ACCEPTED])
def test_exactly_once_whatever_goes_wrong(scene: QooScene, how: How) -> None:
    scene.server.app.tricks.ask(Trick(BULK, how, seconds=0.1 if how is How.LATE else 3))
    report = send_green(scene.ws)
    for _ in range(2):
        retry(scene.ws, [row.key for row in report.of(SendState.REFUSED)])
        report.merge(send_green(scene.ws))
    assert scene.told() == scene.expected()
    assert stages(scene) == {Stage.ACCEPTED}


def test_a_report_that_takes_effect_later_is_waited_for(tmp_path: Path) -> None:
    with a_qoo10_scene(tmp_path / "home", **{"confirm.settle_s": "2"}) as scene:
        scene.take_detail()
        scene.pack()
        scene.server.app.tricks.ask(Trick(BULK, How.CUT_THEN_ACCEPTED, seconds=0.5))
        assert {row.state for row in send_green(scene.ws).rows} == {SendState.ACCEPTED}
        assert scene.told() == scene.expected()
        assert [call.function for call in scene.server.app.calls].count(BULK) == 1


def test_a_cart_told_in_part_comes_back_and_only_the_rest_is_told(scene: QooScene) -> None:
    scene.server.app.tricks.ask(Trick(BULK, How.PARTIAL))
    report = send_green(scene.ws)
    refused = report.of(SendState.REFUSED)
    partly = [row for row in refused if row.code == "partly_told"]
    assert partly
    before = scene.told()
    (red,) = (row for row in review(scene.ws).red if row.key == partly[0].key)
    (reason,) = red.reasons
    missing = set(scene.carts[partly[0].order]) - {line for line, _ in before}
    assert missing
    assert all(line in reason.values["message"] for line in missing)
    fetch(scene.ws)  # reads half a cart as shipped: our own number asks nobody
    assert [p.severity.value for p in scene.shipments()[1].problems] == ["warn"]
    assert set(retry(scene.ws, [row.key for row in refused]).keys) == {row.key for row in refused}
    send(scene.ws)
    assert scene.told() == scene.expected()
    assert stages(scene) <= {Stage.ACCEPTED, Stage.SHIPPED}


def test_a_cancellation_asked_for_meanwhile_is_stopped_by_the_look_before(scene: QooScene) -> None:
    cart = next(iter(scene.carts))
    scene.server.app.play.change(cart, {"CLAIM": "1"})
    report = send_green(scene.ws)
    assert {row.order: row.code for row in report.of(SendState.REFUSED)} == {cart: "order_cancelling"}
    assert cart not in {row["order"] for row in scene.server.app.record()}


def test_a_fetch_sees_cancellations_and_deliveries(scene: QooScene) -> None:
    carts = list(scene.carts)
    scene.server.app.play.change(carts[0], {"CLAIM": "3"})
    fetch(scene.ws)
    assert scene.shipments()[0].stage is Stage.CANCELLED
    send_green(scene.ws)
    scene.server.app.night()
    (shop,) = fetch(scene.ws).shops
    assert shop.fault is None
    assert [s.stage for s in scene.shipments()] == [Stage.CANCELLED, *[Stage.SHIPPED] * 3]


def test_a_line_cancelled_out_of_a_cart_holds_it(scene: QooScene) -> None:
    cart, lines = list(scene.carts.items())[1]
    scene.server.app.play.change(lines[1], {"CLAIM": "3"})
    fetch(scene.ws)
    shipment = next(s for s in scene.shipments() if s.order_id.number == cart)
    assert shipment.stage in (Stage.HOLD, Stage.CHECK)
    row = next(row for row in review(scene.ws).red if row.key == shipment.key)
    assert row.reasons
    send_green(scene.ws)
    assert not {lines[0], lines[1]} & {line for line, _ in scene.told()}


def test_an_expired_key_leaves_everything_waiting_and_says_so(scene: QooScene) -> None:
    from datetime import timedelta

    from jpship_gui.practice.qoo10.shops import MAIN

    shop = scene.server.app.play.shops[MAIN.number]
    shop.expires -= timedelta(days=400)
    report = send_green(scene.ws)
    assert [row.state for row in report.rows] == [SendState.WAITING] * 4
    assert [fault.fault.code for fault in report.faults] == ["qoo10_key_expired"]
    shop.expires += timedelta(days=400)
    send(scene.ws)
    assert scene.told() == scene.expected()


def test_a_value_the_marketplace_shows_otherwise_is_found(scene: QooScene) -> None:
    send_green(scene.ws)
    cart, lines = list(scene.carts.items())[1]
    scene.server.app.play.change(lines[1], {"送り状番号": "400000000199"})
    scene.server.app.play.change(next(iter(scene.carts)), {"配送会社": "佐川急便"})
    found = {(d.order, d.field, d.ours, d.theirs) for d in read_back(scene.ws).differences}
    assert found == {
        (cart, "parcel", yamato_number(1), "400000000199"),
        (next(iter(scene.carts)), "carrier", "ヤマト宅急便", "佐川急便"),
    }


def test_what_was_told_knows_its_name_at_the_marketplace(scene: QooScene) -> None:
    send_green(scene.ws)
    for shipment, lines in zip(scene.shipments(), scene.carts.values(), strict=True):
        assert shipment.parcels[0].detail_id == lines[0]
    assert shipments.by_keys(scene.ws.store, scene.keys())[0].facts.accepted is not None
