"""What was accepted is read back once, in what the marketplace shows; differences stay until seen to (CF-08)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from jpship_gui.domain.confirmation import Confirmation, SendResult, SendState
from jpship_gui.domain.order import Order, RegisteredParcel
from jpship_gui.flows.confirm.audit import differences_seen
from jpship_gui.flows.confirm.queue import queue
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import read_back, send_green, take_turn
from jpship_gui.flows.confirm.words import difference_text
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import Marketplace, MarketplaceApi, ShopAccount
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.rakuten.shops import MAIN
from jpship_gui.store import history, outbox, shipments
from tests.flows.confirming import Scene, a_scene, yamato_number


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path / "home") as made:
        yield made


def parcel_of(scene: Scene, place: int) -> dict[str, Any]:
    order = scene.server.app.play.shops[MAIN.number].orders[scene.numbers[place]]
    found: dict[str, Any] = order["PackageModelList"][0]["ShippingModelList"][0]
    return found


def looks(scene: Scene) -> int:
    return sum(call.function == "getOrder" for call in scene.server.app.calls)


class Planter:
    """Changes what the marketplace shows as soon as everything is accepted, before anybody reads it back."""

    def __init__(self, scene: Scene, plant: Callable[[], object]) -> None:
        self.scene, self.plant, self.planted = scene, plant, False

    def step(self, done: int, total: int = 0, note: str = "") -> None:
        states = {item.state for item in outbox.by_keys(self.scene.ws.store, self.scene.keys)}
        if states == {SendState.ACCEPTED} and not self.planted:
            self.planted = True
            self.plant()


def test_a_wrong_value_is_found_by_the_sending_itself_and_stays(scene: Scene) -> None:
    planter = Planter(scene, lambda: parcel_of(scene, 1).update(deliveryCompany="1002"))
    report = send_green(scene.ws, None, planter)
    assert planter.planted
    assert [(d.order, d.field, d.ours, d.theirs) for d in report.differences] == [
        (scene.numbers[1], "carrier", "1001", "1002")
    ]
    assert send_green(scene.ws).differences == []  # not asked again
    (differs,) = review(scene.ws).differing
    assert differs.way.key == scene.keys[1]
    assert list(differs.found) == report.differences
    assert "1002" in difference_text(differs.found[0])
    trail = outbox.log_of(scene.ws.store, scene.keys[1])
    assert [(entry.what, entry.detail.get("theirs")) for entry in trail][-1] == ("differs", "1002")
    assert outbox.first_broken_line(scene.ws.store) is None


def test_each_is_read_back_once(scene: Scene) -> None:
    send_green(scene.ws)
    before = looks(scene)
    for _ in range(3):
        send_green(scene.ws)
    assert looks(scene) == before
    read_back(scene.ws)  # a person asks
    assert looks(scene) == before + 1


def test_what_is_right_again_is_no_difference_any_more(scene: Scene) -> None:
    send_green(scene.ws)
    parcel_of(scene, 0)["deliveryCompany"] = "1002"
    assert len(read_back(scene.ws).differences) == 1
    parcel_of(scene, 0)["deliveryCompany"] = "1001"
    assert read_back(scene.ws).differences == []
    assert review(scene.ws).differing == ()


def test_a_person_ticks_a_difference_off_until_it_is_another(scene: Scene) -> None:
    send_green(scene.ws)
    parcel_of(scene, 0)["shippingDate"] = "2020-01-01"
    read_back(scene.ws)
    assert differences_seen(scene.ws, scene.keys) == (scene.keys[0],)
    assert differences_seen(scene.ws, scene.keys) == ()
    read_back(scene.ws)
    assert review(scene.ws).differing == ()
    row_id = shipments.by_keys(scene.ws.store, scene.keys[:1])[0].row_id
    assert history.of(scene.ws.store, row_id)[-1].what == "confirm_difference_seen"
    parcel_of(scene, 0)["shippingDate"] = "2020-01-02"
    read_back(scene.ws)
    assert [differs.found[0].theirs for differs in review(scene.ws).differing] == ["2020-01-02"]


def test_a_parcel_that_appears_late_is_waited_for(scene: Scene) -> None:
    """Accepted and not shown is no difference until the marketplace must have shown it."""
    hidden: list[dict[str, Any]] = []
    package = scene.server.app.play.shops[MAIN.number].orders[scene.numbers[0]]["PackageModelList"][0]

    def hide() -> None:
        hidden.extend(package["ShippingModelList"])
        package["ShippingModelList"] = []

    send_green(scene.ws, None, Planter(scene, hide))
    assert review(scene.ws).differing == ()
    before = looks(scene)
    send_green(scene.ws)
    assert looks(scene) == before  # not again and again either
    now = scene.ws.now()
    later = replace(scene.ws, clock=lambda: now + timedelta(minutes=11))
    package["ShippingModelList"] = hidden
    send_green(later)
    assert (looks(scene), review(later).differing) == (before + 1, ())


def test_a_parcel_that_never_appears_is_a_difference(scene: Scene) -> None:
    package = scene.server.app.play.shops[MAIN.number].orders[scene.numbers[0]]["PackageModelList"][0]
    send_green(scene.ws, None, Planter(scene, lambda: package.update(ShippingModelList=[])))
    now = scene.ws.now()
    later = replace(scene.ws, clock=lambda: now + timedelta(minutes=11))
    send_green(later)
    (differs,) = review(later).differing
    assert [(one.field, one.ours) for one in differs.found] == [("parcel", yamato_number(0))]


def test_an_order_that_is_gone_is_a_difference(scene: Scene) -> None:
    del_from = scene.server.app.play.shops[MAIN.number].orders
    send_green(scene.ws, None, Planter(scene, lambda: del_from.pop(scene.numbers[2])))
    now = scene.ws.now()
    send_green(replace(scene.ws, clock=lambda: now + timedelta(minutes=11)))
    assert [differs.found[0].field for differs in review(scene.ws).differing] == ["order"]


def as_market(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    known = MappingProxyType({"rakuten": replace(marketplaces()["rakuten"], **changes)})
    monkeypatch.setattr(Workspace, "markets", lambda ws: known)


def test_only_what_a_marketplace_shows_is_compared(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    send_green(scene.ws)
    parcel_of(scene, 0).update(deliveryCompany="1002", shippingDate="2020-01-01")
    fields = [("carrier", "date"), ("date",), ("carrier",), ()]
    for shows in fields:
        as_market(monkeypatch, shows=frozenset(shows))
        assert {one.field for one in read_back(scene.ws).differences} == set(shows)


@pytest.mark.parametrize("function", ["getOrder", "getResultUpdateOrderShippingAsync"])
def test_an_answer_about_another_order_settles_nothing(scene: Scene, function: str) -> None:
    """Half of the orders are told; what is answered about the others is about nobody."""
    queue(scene.ws, scene.keys[:2])
    scene.server.app.tricks.ask(Trick(function, How.WRONG_ORDER, times=99))
    turn = take_turn(scene.ws, MAIN.name)
    assert SendState.ACCEPTED not in {row.state for row in turn.report.rows}
    assert SendState.REFUSED not in {row.state for row in turn.report.rows}
    scene.server.app.tricks.clear()
    send_green(scene.ws)
    assert scene.registered() == scene.expected()


class Confused:
    """A connector whose answers speak of everything but what was asked."""

    sees_changes = True
    push_size = 100

    def __init__(self, inner: MarketplaceApi, results: Sequence[SendResult]) -> None:
        self._inner = inner
        self._results = list(results)

    def read(self, numbers: Sequence[str]) -> list[Order]:
        return [
            replace(order, id=replace(order.id, shop="another shop")) for order in self._inner.read(numbers)
        ]

    def push(self, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        self._inner.push(confirmations)
        return self._results


def test_results_for_others_are_nobodys_and_silence_is_a_doubt(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = scene.keys
    results = [
        SendResult(one, SendState.ACCEPTED, detail_ids=((two, "7"),)),  # another's parcel
        SendResult(three, SendState.ACCEPTED),  # not asked
        SendResult("JP9999999", SendState.REFUSED),
    ]
    connect = marketplaces()["rakuten"].connect
    assert connect is not None

    def confused(account: ShopAccount) -> MarketplaceApi:
        assert connect is not None
        return Confused(connect(account), results)  # type: ignore[return-value]

    as_market(monkeypatch, connect=confused)
    queue(scene.ws, [one, two])
    turn = take_turn(scene.ws, MAIN.name)
    states = {row.key: (row.state, row.code) for row in turn.report.rows}
    assert states == dict.fromkeys((one, two), (SendState.DOUBTFUL, "answer_incomplete"))
    turn = take_turn(scene.ws, MAIN.name)  # what is read is another shop's order
    assert {row.state for row in turn.report.rows} == {SendState.DOUBTFUL}
    monkeypatch.undo()
    assert {row.state for row in send_green(scene.ws).rows} == {SendState.ACCEPTED}
    assert sorted(scene.registered()) == sorted(scene.expected())


class Sparing(Confused):
    """A connector that tells parcels of many orders in one call and would pay for reading orders."""

    def __init__(self, inner: MarketplaceApi) -> None:
        super().__init__(inner, [])
        self.asked: list[Sequence[str]] = []

    def read(self, numbers: Sequence[str]) -> list[Order]:
        raise AssertionError("each order read costs a call")

    def push(self, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        return self._inner.push(confirmations)

    def results(self, request_id: str, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        return self._inner.results(request_id, confirmations)

    def parcels_of(self, numbers: Sequence[str]) -> Mapping[str, Sequence[RegisteredParcel]]:
        self.asked.append(numbers)
        return {
            order.id.number: [row for package in order.packages for row in package.registered]
            for order in self._inner.read(numbers)
        }


def test_a_marketplace_that_tells_parcels_cheaply_is_asked_so(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect, made = marketplaces()["rakuten"].connect, list[Sparing]()
    assert connect is not None

    def sparing(account: ShopAccount) -> MarketplaceApi:
        assert connect is not None
        made.append(Sparing(connect(account)))
        return made[-1]  # type: ignore[return-value]

    as_market(monkeypatch, connect=sparing)
    planter = Planter(scene, lambda: parcel_of(scene, 0).update(deliveryCompany="1002"))
    report = send_green(scene.ws, None, planter)
    assert [one.field for one in report.differences] == ["carrier"]
    assert [len(numbers) for api in made for numbers in api.asked] == [3]
    assert isinstance(marketplaces()["rakuten"], Marketplace)


def test_what_a_reading_concludes_is_kept_before_more_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where each order read costs a call to be waited for, the second call's fault does not undo the first."""
    with a_scene(tmp_path / "home", 5) as scene:
        as_market(monkeypatch, reads_at_once=2)
        queue(scene.ws)
        scene.server.app.tricks.ask(Trick("updateOrderShippingAsync", How.CUT_AFTER))
        assert {row.state for row in take_turn(scene.ws, MAIN.name).report.rows} == {SendState.DOUBTFUL}
        scene.server.app.tricks.ask(Trick("getOrder", How.LATE, seconds=0))
        scene.server.app.tricks.ask(Trick("getOrder", How.HTML_500, times=9))
        turn = take_turn(scene.ws, MAIN.name)
        states = sorted(row.state.value for row in turn.report.rows)
        assert states == ["accepted"] * 2 + ["doubtful"] * 3
        assert [fault.fault.code for fault in turn.report.faults] == ["net_server_fault"]
