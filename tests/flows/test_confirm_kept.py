"""What a marketplace does not take of a shipment is kept and shown; what it refuses of an order is that part's alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from jpship_gui.domain.confirmation import SendState
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import read_back, send_green
from jpship_gui.flows.confirm.words import numbers_text
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces import marketplaces
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.rakuten.shops import MAIN
from jpship_gui.store import outbox, shipments
from tests.flows.confirming import Scene, a_scene, yamato_number


def second_parcel(scene: Scene, place: int, number: str) -> str:
    """Put another box into a packed shipment; its key."""
    (shipment,) = shipments.by_keys(scene.ws.store, [scene.keys[place]])
    key = f"{shipment.key}-2"
    scene.ws.store.execute(
        "INSERT INTO parcels (shipment_id, no, key, carrier, tracking_no, how) "
        "VALUES (?, 2, ?, 'yamato', ?, 'scanned')",
        (shipment.row_id, key, number),
    )
    return key


@pytest.fixture
def one_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """A marketplace that takes one number a shipment."""
    market = marketplaces()["rakuten"]
    takes = tuple(replace(one, numbers=1) for one in market.takes)
    known = MappingProxyType({"rakuten": replace(market, takes=takes)})
    monkeypatch.setattr(Workspace, "markets", lambda ws: known)


@pytest.mark.usefixtures("one_number")
def test_numbers_beyond_the_limit_are_shown_and_not_told(tmp_path: Path) -> None:
    with a_scene(tmp_path / "home", 2) as scene:
        second_parcel(scene, 0, yamato_number(50))
        told, kept = (yamato_number(0),), (yamato_number(50),)
        green = {row.key: row for row in review(scene.ws).green}
        assert (green[scene.keys[0]].numbers, green[scene.keys[0]].kept) == (told, kept)
        assert green[scene.keys[1]].kept == ()
        assert "2件中1件" in numbers_text(told, kept)
        assert numbers_text(told, ()) == told[0]
        send_green(scene.ws)
        assert scene.registered() == scene.expected()
        ways = {way.key: way for way in review(scene.ws).accepted_today}
        assert (ways[scene.keys[0]].numbers, ways[scene.keys[0]].kept) == (told, kept)
        assert read_back(scene.ws).differences == []  # what was not told is not missing


@pytest.mark.parametrize("sync", ["off", "on"])
def test_a_refused_recipient_leaves_the_orders_other_one_accepted(tmp_path: Path, sync: str) -> None:
    """Two shipments of one order: the marketplace no longer has one of the recipients."""
    with a_scene(tmp_path / "home", 2, **{"rakuten.sync": sync}) as scene:
        first, second = shipments.by_keys(scene.ws.store, scene.keys)
        play = scene.server.app.play
        orders = play.shops[MAIN.number].orders
        moved = orders.pop(scene.numbers[1])["PackageModelList"]
        orders[scene.numbers[0]]["PackageModelList"] += moved
        scene.ws.store.execute(
            "UPDATE shipments SET order_id = (SELECT order_id FROM shipments WHERE id = ?), number = ? WHERE id = ?",
            (first.row_id, scene.numbers[0], second.row_id),
        )
        moved[0]["packageDeleteFlag"] = 1
        report = send_green(scene.ws)
        assert {row.key: (row.state, row.code) for row in report.rows} == {
            scene.keys[0]: (SendState.ACCEPTED, ""),
            scene.keys[1]: (SendState.REFUSED, "package_unknown"),
        }
        assert [(row.key, row.reasons[0].code) for row in review(scene.ws).red] == [
            (scene.keys[1], "refused")
        ]
        assert scene.registered() == [(scene.numbers[0], yamato_number(0))]


def test_of_a_shipment_refused_in_part_what_stands_is_not_told_again(tmp_path: Path) -> None:
    """The first box was registered, the second refused: the retry tells the second only."""
    with a_scene(tmp_path / "home", 1, **{"rakuten.sync": "on"}) as scene:
        key = second_parcel(scene, 0, yamato_number(50))
        play, apply = scene.server.app.play, scene.server.app.play._apply
        told: list[str] = []

        def first_only(package: object, parcel: dict[str, object]) -> dict[str, object]:
            told.append(str(parcel["shippingNumber"]))
            return apply(package if len(told) != 2 else None, parcel)  # type: ignore[arg-type]

        play._apply = first_only  # type: ignore[method-assign, assignment]
        send_green(scene.ws)
        (item,) = outbox.by_keys(scene.ws.store, scene.keys)
        assert item.state is SendState.REFUSED
        assert item.message
        parcels = {p.key: p.detail_id for p in shipments.by_keys(scene.ws.store, scene.keys)[0].parcels}
        assert parcels[scene.keys[0]]
        assert not parcels[key]
        from jpship_gui.flows.confirm.queue import retry

        retry(scene.ws, scene.keys)
        send_green(scene.ws)
        assert told == [yamato_number(0), yamato_number(50), yamato_number(50)]
        number = scene.numbers[0]
        assert sorted(scene.registered()) == [(number, yamato_number(0)), (number, yamato_number(50))]


def test_a_partly_refused_request_is_kept_order_by_order(tmp_path: Path) -> None:
    with a_scene(tmp_path / "home", 4) as scene:
        scene.server.app.tricks.ask(Trick("updateOrderShippingAsync", How.PARTIAL))
        send_green(scene.ws)
        states = {i.confirmation.shipment_key: i.state for i in outbox.by_keys(scene.ws.store, scene.keys)}
        assert [states[key] for key in scene.keys] == [
            SendState.ACCEPTED,
            SendState.REFUSED,
            SendState.ACCEPTED,
            SendState.REFUSED,
        ]
