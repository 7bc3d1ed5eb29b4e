"""Sending confirmations: exactly once, whatever the marketplace does."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.queue import queue, retry
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import SendReport, read_back, send, send_green
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.rakuten.shops import MAIN
from jpship_gui.store import history, outbox, shipments, shops
from tests.flows.confirming import Scene, a_scene, yamato_number


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path / "home") as made:
        yield made


def states(report: SendReport) -> list[str]:
    return [row.state.value for row in report.rows]


def stages(scene: Scene) -> list[Stage]:
    return [s.stage for s in shipments.by_keys(scene.ws.store, scene.keys)]


@pytest.mark.parametrize("sync", ["off", "on"])
def test_one_sending_ends_with_final_states(tmp_path: Path, sync: str) -> None:
    with a_scene(tmp_path / "home", **{"rakuten.sync": sync}) as scene:
        scene.server.app.play.result_delay = 0.1
        report = send_green(scene.ws)
        assert (states(report), report.faults, report.differences) == (["accepted"] * 3, [], [])
        assert scene.registered() == scene.expected()
        assert stages(scene) == [Stage.ACCEPTED] * 3  # reported, not yet 発送済
        assert len(review(scene.ws).accepted_today) == 3
        parcel = shipments.by_keys(scene.ws.store, scene.keys[:1])[0].parcels[0]
        assert parcel.detail_id == str(scene.server.app.play.record()[0]["shippingDetailId"])


def test_nothing_is_left_to_send_afterwards(scene: Scene) -> None:
    send_green(scene.ws)
    asked = len(scene.server.app.calls)
    assert send_green(scene.ws).rows == []
    assert scene.registered() == scene.expected()
    writes = [c for c in scene.server.app.calls[asked:] if c.function.startswith("updateOrder")]
    assert writes == []


@pytest.mark.parametrize("sync", ["off", "on"])
@pytest.mark.parametrize("how", [h for h in How if h not in (How.PARTIAL, How.CUT_THEN_ACCEPTED)])
def test_exactly_one_parcel_whatever_goes_wrong(tmp_path: Path, how: How, sync: str) -> None:
    with a_scene(tmp_path / "home", **{"rakuten.sync": sync}) as scene:
        function = "updateOrderShipping" + ("" if sync == "on" else "Async")
        scene.server.app.tricks.ask(Trick(function, how, times=1, seconds=0.1 if how is How.LATE else 3))
        send_green(scene.ws)
        send_green(scene.ws)
        assert scene.registered() == scene.expected()
        assert stages(scene) == [Stage.ACCEPTED] * 3


@pytest.mark.parametrize("how", [How.HTML_500, How.CUT_AFTER, How.TWICE, How.EMPTY_500])
def test_a_lost_result_is_asked_for_again(scene: Scene, how: How) -> None:
    scene.server.app.tricks.ask(Trick("getResultUpdateOrderShippingAsync", how, times=9))
    send_green(scene.ws)
    scene.server.app.tricks.clear()
    send_green(scene.ws)
    assert scene.registered() == scene.expected()
    assert stages(scene) == [Stage.ACCEPTED] * 3


def test_a_report_that_takes_effect_later_is_waited_for(tmp_path: Path) -> None:
    with a_scene(tmp_path / "home", 1, **{"confirm.settle_s": "2"}) as scene:
        trick = Trick("updateOrderShippingAsync", How.CUT_THEN_ACCEPTED, seconds=0.5)
        scene.server.app.tricks.ask(trick)
        assert states(send_green(scene.ws)) == ["accepted"]
        assert scene.registered() == scene.expected()
        writes = [c for c in scene.server.app.calls if c.function == "updateOrderShippingAsync"]
        assert len(writes) == 1


def test_doubtful_is_not_sent_again_before_it_settled(tmp_path: Path) -> None:
    with a_scene(tmp_path / "home", 1, **{"confirm.settle_s": "600"}) as scene:
        scene.server.app.tricks.ask(Trick("updateOrderShippingAsync", How.CUT_BEFORE))
        assert states(send_green(scene.ws)) == ["doubtful"]
        assert states(send(scene.ws)) == ["doubtful"]
        assert [row.key for row in review(scene.ws).doubtful] == scene.keys
        assert review(scene.ws).green == ()
        later = replace(scene.ws, clock=lambda: scene.ws.now() + timedelta(seconds=601))
        assert states(send(later)) == ["accepted"]
        assert scene.registered() == scene.expected()


def test_without_network_the_queue_waits_and_goes_later(scene: Scene) -> None:
    shops.set_settings(scene.ws.store, MAIN.name, {"api.url": "http://127.0.0.1:9"})
    report = send_green(scene.ws)
    assert states(report) == ["waiting"] * 3
    assert [fault.fault.code for fault in report.faults] == ["net_unreachable"]
    assert all(row.queued for row in review(scene.ws).green)
    assert stages(scene) == [Stage.CONFIRM] * 3
    shops.set_settings(scene.ws.store, MAIN.name, {"api.url": scene.server.url})
    assert states(send(scene.ws)) == ["accepted"] * 3
    assert scene.registered() == scene.expected()


def test_refused_keys_leave_everything_waiting(scene: Scene) -> None:
    scene.server.app.play.shops[MAIN.number].license_key = "SL_renewed"
    report = send_green(scene.ws)
    assert states(report) == ["waiting"] * 3
    assert [fault.fault.code for fault in report.faults] == ["rakuten_key_refused"]
    assert scene.registered() == []


def test_refused_orders_come_back_with_the_marketplaces_words(scene: Scene) -> None:
    scene.server.app.tricks.ask(Trick("updateOrderShippingAsync", How.PARTIAL))
    report = send_green(scene.ws)
    assert sorted(states(report)) == ["accepted", "accepted", "refused"]
    (row,) = review(scene.ws).red
    (reason,) = row.reasons
    assert (reason.code, reason.values["message"]) == ("refused", "発送情報を更新できない受注です。")
    assert send_green(scene.ws).rows == []  # not without a person
    assert retry(scene.ws, [row.key]).keys == (row.key,)
    assert states(send(scene.ws)) == ["accepted"]
    assert sorted(scene.registered()) == sorted(scene.expected())


def test_what_turns_red_after_queueing_is_not_sent(scene: Scene) -> None:
    queue(scene.ws)
    ids = [s.row_id for s in shipments.by_keys(scene.ws.store, scene.keys)]
    with scene.ws.store.transaction():
        shipments.update(scene.ws.store, ids[0], {"cancelled": 1})
        shipments.update(scene.ws.store, ids[1], {"hold_reason": "住所を確認中"})
        shipments.restage(scene.ws.store, ids)
    assert states(send(scene.ws)) == ["accepted"]
    assert scene.registered() == scene.expected()[2:]
    trail = [entry.what for entry in outbox.log_of(scene.ws.store, scene.keys[0])]
    assert trail == ["queued", "withdrawn"]


def test_cancelled_at_the_marketplace_is_stopped_by_the_first_look(scene: Scene) -> None:
    scene.server.app.play.change_order(scene.numbers[0], {"orderProgress": 900})
    report = send_green(scene.ws)
    refused = {row.order: row.code for row in report.of(SendState.REFUSED)}
    assert refused == {scene.numbers[0]: "order_cancelled"}
    assert scene.registered() == scene.expected()[1:]


def test_a_value_the_marketplace_shows_otherwise_is_found(scene: Scene) -> None:
    send_green(scene.ws)
    package = scene.server.app.play.shops[MAIN.number].orders[scene.numbers[1]]["PackageModelList"][0]
    package["ShippingModelList"][0]["deliveryCompany"] = "1002"
    found = read_back(scene.ws).differences
    assert [(d.order, d.field, d.ours, d.theirs) for d in found] == [
        (scene.numbers[1], "carrier", "1001", "1002")
    ]


def test_a_sender_that_died_leaves_a_doubt_not_a_second_parcel(scene: Scene) -> None:
    queue(scene.ws)
    dead = outbox.Actor("佐藤", "1", "dead")
    outbox.take_waiting(scene.ws.store, MAIN.name, dead, scene.ws.now(), timedelta(minutes=15), 100)
    assert send(scene.ws).rows == []  # somebody is at it
    later = replace(scene.ws, clock=lambda: scene.ws.now() + timedelta(minutes=16))
    assert states(send(later)) == ["accepted"] * 3
    assert scene.registered() == scene.expected()


def _send_in_process(home: str, go: object, answers: object) -> None:
    ws: Workspace = open_workspace(home, practice=True)
    for field, value in MAIN.secrets.items():
        ws.secrets.set(MAIN.name, field, value)
    go.wait()  # type: ignore[attr-defined]
    report = send_green(ws)
    answers.put([row.order for row in report.of(SendState.ACCEPTED)])  # type: ignore[attr-defined]
    ws.close()


def test_two_programs_sending_at_once_send_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with a_scene(tmp_path / "home", 40) as scene:
        go, answers = context.Event(), context.Queue()
        arguments = (str(tmp_path / "home"), go, answers)
        programs = [context.Process(target=_send_in_process, args=arguments) for _ in range(2)]
        for program in programs:
            program.start()
        go.set()
        accepted = [order for _ in programs for order in answers.get()]
        for program in programs:
            program.join()
        assert sorted(scene.registered()) == sorted(scene.expected())
        assert set(accepted) == set(scene.numbers)


def test_the_audit_trail_tells_everything_and_shows_tampering(scene: Scene) -> None:
    send_green(scene.ws)
    trail = outbox.log_of(scene.ws.store, scene.keys[0])
    assert [entry.what for entry in trail] == ["queued", "sending", "accepted"]
    assert {(entry.person, entry.desk) for entry in trail} == {("佐藤", "1")}
    assert trail[0].detail["values"]["parcels"][0]["tracking_no"] == yamato_number(0)
    assert trail[1].detail["request"]
    assert outbox.first_broken_line(scene.ws.store) is None
    scene.ws.store.execute("UPDATE confirm_log SET person = '誰か' WHERE id = 2")
    assert outbox.first_broken_line(scene.ws.store) == 2


def test_a_removed_last_line_of_the_trail_is_noticed(scene: Scene) -> None:
    send_green(scene.ws)
    scene.ws.store.execute("DELETE FROM confirm_log WHERE id = (SELECT MAX(id) FROM confirm_log)")
    count = int(scene.ws.store.value("SELECT COUNT(*) FROM confirm_log"))
    assert outbox.first_broken_line(scene.ws.store) == count + 1


def test_history_of_a_shipment_names_the_confirmation(scene: Scene) -> None:
    send_green(scene.ws)
    row_id = shipments.by_keys(scene.ws.store, scene.keys[:1])[0].row_id
    assert [entry.what for entry in history.of(scene.ws.store, row_id)] == [
        "confirm_sent",
        "confirm_accepted",
    ]
