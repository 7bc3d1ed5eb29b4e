"""Promising ship dates: what waits, what is promised, what is read again, and that it never happens by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.confirm.send import send_green
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.flows.plan.promise import promise, waiting
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.qoo10.shops import MAIN
from jpship_gui.store import history, orders
from tests.builders import an_order, stored
from tests.flows.qoo10_desk import QooScene, a_qoo10_scene

BULK = "SetSellerCheckYNBulk"


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[QooScene]:
    with a_qoo10_scene(tmp_path / "home", orders=9) as made:
        made.rows[0] = {**made.rows[0], "発送予定日": ""}
        made.server.app.play.change(made.rows[0]["注文番号"], {"発送予定日": ""})
        made.take_detail()
        yield made


def waiting_carts(scene: QooScene) -> set[str]:
    """Carts that stand in state 2 on the marketplace and can be packed."""
    rows = scene.server.app.play.shops[MAIN.number].rows.values()
    return {row["カート番号"] for row in rows if row["STATE"] == "2" and not row["CLAIM"]}


def waiting_of(scene: QooScene, cart: str) -> list[str]:
    return [one.key for one in waiting(scene.ws) if one.order_id.number == cart]


def asked(scene: QooScene) -> int:
    return sum(call.function.startswith("SetSellerCheck") for call in scene.server.app.calls)


def test_what_waits_is_listed_with_a_day_in_the_future_and_nothing_is_sent(scene: QooScene) -> None:
    found = waiting(scene.ws)
    assert {one.order_id.number for one in found} == waiting_carts(scene)
    assert all(one.day > scene.ws.today() for one in found)
    assert scene.server.app.calls == []
    chosen = waiting(scene.ws, [found[1].key])
    assert [one.key for one in chosen] == [found[1].key]


def test_a_promise_brings_the_order_up_to_date(scene: QooScene) -> None:
    (key,) = waiting_of(scene, scene.rows[0]["カート番号"])
    (first,) = waiting(scene.ws, [key])
    before = next(s for s in scene.shipments() if s.key == first.key)
    assert "unpromised" in {p.code for p in before.problems}
    day = scene.ws.today() + timedelta(days=2)
    (row,) = promise(scene.ws, [first.key], day).rows
    assert (row.key, row.day, row.state) == (first.key, day, SendState.ACCEPTED)
    after = next(s for s in scene.shipments() if s.key == first.key)
    assert "unpromised" not in {p.code for p in after.problems}
    assert after.ship_by is not None
    assert f"{to_jst(after.ship_by):%Y-%m-%d %H:%M}" == f"{day} 23:59"
    (stored_order,) = orders.find(scene.ws.store, [first.order_id]).values()
    assert (stored_order.order().state_code, stored_order.order().flags) == ("3", ())
    noted = [entry for entry in history.of(scene.ws.store, after.row_id) if entry.what == "promised"]
    assert [(entry.person, dict(entry.values)) for entry in noted] == [("佐藤", {"day": day.isoformat()})]
    assert first.key not in {one.key for one in waiting(scene.ws)}
    fetch(scene.ws)
    again = next(s for s in scene.shipments() if s.key == first.key)
    assert again.ship_by == after.ship_by


def test_all_that_wait_get_their_own_day_once(scene: QooScene) -> None:
    undated, *_ = waiting_of(scene, scene.rows[0]["カート番号"])
    promise(scene.ws, [undated], scene.ws.today() + timedelta(days=1))
    found = waiting(scene.ws)
    assert undated not in {one.key for one in found}
    report = promise(scene.ws)
    assert {row.key for row in report.rows} == {one.key for one in found}
    assert {row.state for row in report.rows} == {SendState.ACCEPTED}
    assert {row.key: row.day for row in report.rows} == {one.key: one.day for one in found}
    assert waiting_carts(scene) == set()
    with pytest.raises(Refused, match="promise_nothing"):
        promise(scene.ws)


def test_a_day_that_is_past_is_refused_before_anything_is_sent(scene: QooScene) -> None:
    with pytest.raises(Refused, match="promise_past"):
        promise(scene.ws, day=scene.ws.today() - timedelta(days=1))
    assert asked(scene) == 0


def test_what_the_marketplace_refuses_stays_as_it_was(scene: QooScene) -> None:
    first = waiting(scene.ws)[0]
    (row,) = promise(scene.ws, [first.key], scene.ws.today() + timedelta(days=30)).rows
    assert (row.state, row.code) == (SendState.REFUSED, "-10017")
    assert first.key in {one.key for one in waiting(scene.ws)}
    shipment = next(s for s in scene.shipments() if s.key == first.key)
    assert "promised" not in {entry.what for entry in history.of(scene.ws.store, shipment.row_id)}


def test_an_answer_that_never_came_is_read_again(scene: QooScene) -> None:
    first = waiting(scene.ws)[0]
    scene.server.app.tricks.ask(Trick(BULK, How.CUT_AFTER))
    (row,) = promise(scene.ws, [first.key]).rows
    assert row.state is SendState.DOUBTFUL
    assert first.key not in {one.key for one in waiting(scene.ws)}  # it had been taken


def test_a_promise_the_marketplace_did_not_get_still_waits(scene: QooScene) -> None:
    first = waiting(scene.ws)[0]
    scene.server.app.tricks.ask(Trick(BULK, How.CUT_BEFORE))
    (row,) = promise(scene.ws, [first.key]).rows
    assert row.state is SendState.DOUBTFUL
    assert first.key in {one.key for one in waiting(scene.ws)}
    (row,) = promise(scene.ws, [first.key]).rows
    assert row.state is SendState.ACCEPTED


def test_a_shop_that_cannot_be_talked_to_is_named(scene: QooScene) -> None:
    scene.server.app.play.shops[MAIN.number].expires = to_jst(now_utc()).date() - timedelta(days=1)
    report = promise(scene.ws)
    assert {(row.state, row.code) for row in report.rows} == {(SendState.WAITING, "qoo10_key_expired")}
    scene.ws.secrets.delete(MAIN.name, "certification_key")
    report = promise(scene.ws)
    assert (report.rows, [(shop, fault.code) for shop, fault in report.faults]) == (
        (),
        [(MAIN.name, "secret_missing")],
    )


def test_orders_of_marketplaces_that_take_no_promise_never_wait_for_one(scene: QooScene) -> None:
    from jpship_gui.flows.upkeep import shops

    shops.add(scene.ws, "rakuten", "本店", {})
    ((_, key),) = stored(scene.ws.store, an_order(1))
    assert key not in {one.key for one in waiting(scene.ws)}
    with pytest.raises(Refused, match="promise_nothing"):
        promise(scene.ws, [key])


def test_sending_promises_nothing_by_itself(scene: QooScene) -> None:
    scene.pack()
    send_green(scene.ws)
    assert scene.told()
    assert asked(scene) == 0


def test_sending_promises_where_the_shop_says_so(tmp_path: Path) -> None:
    with a_qoo10_scene(tmp_path / "home", **{"qoo10.promise_on_send": "on"}) as scene:
        scene.take_detail()
        scene.pack()
        send_green(scene.ws)
        assert scene.told() == scene.expected()
        assert asked(scene) == 1
